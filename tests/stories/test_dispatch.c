/**
 * @file tests/stories/test_dispatch.c  Events that come while one is worked on
 */
#include "tests/stories/story.h"

enum {
	FLOOD = 500,
	FLOOD_FIRST = 1000, /* ids of the flood */
	PRESSES = DISPATCH_RING - DISPATCH_RESERVED,
};


static void nested_later(struct story *st)
{
	story_cancel(st, 1);
	/* Nothing has happened yet: the step that called us is not done */
	assert_int_equal(story_calls(st), 0);
	assert_non_null(phone_current(&st->d.phone));
}


static void nested_event_waits_for_the_step_to_end(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->inside = nested_later;
	story_invite(st, 1, "300");
	story_history(st, 0, "in 300 487 caller missed");
	assert_int_equal(st->d.n, 0);
	assert_false(st->d.running);

	story_close(st);
}


static void flood_of_keys(struct story *st)
{
	for (int i = 0; i < FLOOD; i++)
		story_button(st, BUTTON_DND, BUTTON_PRESS);

	story_post(st, EV_RINGING, STORY_DIALLED + 1);
	story_final(st, STORY_DIALLED + 1, 486, "Busy Here", -1);
}


static void flood_of_keys_drops_no_end_of_a_call(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->inside = flood_of_keys;
	story_dial(st, "205");
	story_face(st, "result");
	story_history(st, 0, "out 205 486 remote");
	assert_int_equal(st->d.dropped, FLOOD - PRESSES);
	assert_int_equal(st->d.phone.dnd, PRESSES % 2 == 1);

	story_close(st);
}


static void flood_of_states(struct story *st)
{
	flood_of_keys(st);
	for (int i = 0; i < FLOOD; i++) {
		struct phone_event ev = {.type = EV_REGISTRATION};

		ev.registration.account = (unsigned)i % PHONE_ACCOUNT_MAX;
		ev.registration.reg = PHONE_REG_FAILED;
		ev.registration.scode = (uint16_t)i;
		assert_int_equal(dispatch_post(&st->d, &ev), 0);
		story_remote_hold(st, STORY_DIALLED + 1, i % 2 == 0);
		story_end(st, STORY_DIALLED + 1, CALL_CAUSE_BYE);
	}
}


static void flood_of_states_keeps_the_newest_and_the_first_end(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->inside = flood_of_states;
	story_dial(st, "205");
	for (unsigned i = 0; i < PHONE_ACCOUNT_MAX; i++) {
		const unsigned scode = st->d.phone.reg[i].scode;

		assert_int_equal(scode % PHONE_ACCOUNT_MAX, i);
		assert_in_range(scode, FLOOD - PHONE_ACCOUNT_MAX, FLOOD - 1);
	}
	story_history(st, 0, "out 205 486 remote");
	assert_int_equal(story_calls(st), 1);

	story_close(st);
}


static void flood_of_calls(struct story *st)
{
	for (uint32_t i = 0; i < FLOOD; i++)
		story_invite(st, FLOOD_FIRST + i, "300");
}


static void flood_of_calls_refuses_each_once(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->inside = flood_of_calls;
	story_dial(st, "205");
	for (uint32_t i = 0; i < FLOOD; i++)
		assert_int_equal(st->finals[FLOOD_FIRST + i], 1);
	story_face(st, "calling");
	assert_int_equal(st->d.dropped, FLOOD - PRESSES);

	story_close(st);
}


static void settings_are_swapped_whole(void **state)
{
	struct story *st = story_open();
	struct phone_settings other = st->settings;
	struct phone_event ev = {.type = EV_SETTINGS, .settings = &other};

	(void)state;
	other.ring_timeout_s = 5;
	other.account[0].registers = true;
	story_invite(st, 1, "300");
	story_wait(st, 4000);
	assert_int_equal(dispatch_post(&st->d, &ev), 0);
	assert_int_equal(st->d.phone.reg[0].reg, PHONE_REG_PENDING);
	story_wait(st, 999);
	story_face(st, "incoming");
	story_wait(st, 1);
	story_history(st, 0, "in 300 480 no_answer missed");

	story_close(st);
}


static void events_for_nobody_change_nothing(void **state)
{
	static const enum phone_event_type type[] = {
		EV_RINGING,     EV_PROGRESS,   EV_ESTABLISHED, EV_CLOSED,
		EV_REMOTE_HOLD, EV_HOLD_STATE, EV_MUTE_STATE};
	struct story *st = story_open();
	const struct phone before = st->d.phone;

	(void)state;
	for (size_t i = 0; i < ROWS(type); i++) {
		story_post(st, type[i], 7);
		story_post(st, type[i], STORY_DIALLED + 7);
	}
	assert_memory_equal(&before, &st->d.phone, sizeof(before));
	story_wire(st, "");

	story_close(st);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(nested_event_waits_for_the_step_to_end),
		cmocka_unit_test(flood_of_keys_drops_no_end_of_a_call),
		cmocka_unit_test(
			flood_of_states_keeps_the_newest_and_the_first_end),
		cmocka_unit_test(flood_of_calls_refuses_each_once),
		cmocka_unit_test(settings_are_swapped_whole),
		cmocka_unit_test(events_for_nobody_change_nothing),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
