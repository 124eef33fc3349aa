/**
 * @file tests/stories/test_incoming.c  Calls that ring: how each of them ends
 */
#include "tests/stories/story.h"

#include <errno.h>

static const char caller[] = "+49301234567";


static void rejected_by_hand_is_603_and_one_entry(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_invite(st, 1, caller);
	story_wire(st, "accept 1");
	story_face(st, "incoming");
	story_keys(st, "answer,silence,,reject");

	story_tap(st, BUTTON_REJECT);
	story_wire(st, "reject 1 603 q21");
	story_history(st, 0, "in +49301234567 603 user");
	assert_int_equal(st->d.phone.history.unseen, 0);
	story_face(st, "notice");

	story_close(st);
}


/* Each row: what comes after the INVITE, in which order */
static void one_entry_whatever_the_order(void **state)
{
	static const struct {
		const char *order; /* k key, c CANCEL, l late CLOSED */
		const char *wire;
		const char *entry;
	} row[] = {
		{"k", "accept 1; reject 1 603 q21", "in 1 603 user"},
		{"kk", "accept 1; reject 1 603 q21", "in 1 603 user"},
		{"kc", "accept 1; reject 1 603 q21", "in 1 603 user"},
		{"kl", "accept 1; reject 1 603 q21", "in 1 603 user"},
		{"kcll", "accept 1; reject 1 603 q21", "in 1 603 user"},
		{"c", "accept 1", "in 1 487 caller missed"},
		{"cc", "accept 1", "in 1 487 caller missed"},
		{"ck", "accept 1", "in 1 487 caller missed"},
		{"clkl", "accept 1", "in 1 487 caller missed"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		for (int silent = 0; silent < 2; silent++) {
			struct story *st = story_open();

			st->mute_port = silent;
			story_invite(st, 1, "1");
			for (const char *c = row[i].order; *c; c++) {
				if (*c == 'k')
					story_tap(st, BUTTON_REJECT);
				else
					story_end(st, 1,
						  *c == 'c' ? CALL_CAUSE_CANCEL
							    : CALL_CAUSE_BYE);
			}
			story_wire(st, row[i].wire);
			story_history(st, 0, row[i].entry);
			assert_int_equal(story_calls(st), 1);
			story_close(st);
		}
	}
}


static void cancelled_call_is_missed_until_looked_at(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_invite(st, 1, caller);
	story_wait(st, 4000);
	story_cancel(st, 1);
	story_wire(st, "accept 1");
	story_history(st, 0, "in +49301234567 487 caller missed");
	assert_string_equal(history_at(&st->d.phone.history, 0)->phrase,
			    "Request Terminated");
	assert_int_equal(st->d.phone.notice.kind, PHONE_NOTICE_MISSED);
	assert_int_equal(st->d.phone.history.unseen, 1);

	story_tap(st, BUTTON_MESSAGE);
	story_face(st, "menu");
	assert_int_equal(st->d.phone.history.unseen, 0);

	story_close(st);
}


static void cancel_from_inside_accept_is_missed(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->accept_cancels = true;
	story_invite(st, 1, caller);
	story_wire(st, "accept 1");
	story_history(st, 0, "in +49301234567 487 caller missed");
	assert_int_equal(story_calls(st), 1);
	assert_null(phone_current(&st->d.phone));

	story_close(st);
}


static void cancel_inside(struct story *st)
{
	story_cancel(st, 1);
}


static void cancel_that_waits_behind_the_answer_key_wins(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_invite(st, 1, caller);
	st->inside = cancel_inside;
	st->answer_err = ENOENT;
	story_tap(st, BUTTON_ANSWER);
	story_wire(st, "accept 1; answer 1");
	story_history(st, 0, "in +49301234567 487 caller missed");
	assert_int_equal(story_calls(st), 1);

	story_close(st);
}


static void nobody_answers_within_the_ring_timeout(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_invite(st, 1, caller);
	story_wait(st, 59999);
	story_face(st, "incoming");
	story_wait(st, 1);
	story_wire(st, "accept 1; reject 1 480 q19");
	story_history(st, 0, "in +49301234567 480 no_answer missed");
	assert_int_equal(st->d.phone.notice.kind, PHONE_NOTICE_MISSED);

	story_close(st);
}


static void step_of_the_wall_clock_moves_no_timer(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_invite(st, 1, caller);
	story_wait(st, 30000);
	st->now.utc_s += 86400;
	story_post(st, EV_TICK, 0);
	story_face(st, "incoming");
	st->now.utc_s -= 2 * 86400;
	story_wait(st, 29999);
	story_face(st, "incoming");
	story_wait(st, 1);
	story_face(st, "notice");

	story_close(st);
}


static void answered_call_talks_and_ends(void **state)
{
	struct story *st = story_open();
	const struct history_entry *e;

	(void)state;
	story_invite(st, 1, caller);
	story_tap(st, BUTTON_ANSWER);
	story_wire(st, "accept 1; answer 1");
	story_face(st, "talking"); /* before the ACK as well */
	story_keys(st, ",,,end");
	story_post(st, EV_ESTABLISHED, 1);
	story_keys(st, "hold,,mute,end");
	story_wait(st, 42900);
	story_bye(st, 1);

	story_history(st, 0, "in +49301234567 200 none");
	e = history_at(&st->d.phone.history, 0);
	assert_int_equal(e->talk_s, 42);
	assert_string_equal(e->phrase, "OK");
	story_face(st, "idle");
	story_sleeps(st);

	story_close(st);
}


static void caller_that_hangs_up_before_the_ack_was_answered(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_invite(st, 1, caller);
	story_tap(st, BUTTON_ANSWER);
	story_bye(st, 1);
	story_history(st, 0, "in +49301234567 200 none");
	assert_int_equal(history_at(&st->d.phone.history, 0)->talk_s, 0);

	story_close(st);
}


static void answer_without_audio_refuses_with_480(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->answer_err = ENODEV;
	story_invite(st, 1, caller);
	story_tap(st, BUTTON_ANSWER);
	story_wire(st, "accept 1; answer 1; reject 1 480 q19");
	story_history(st, 0, "in +49301234567 480 phone missed");
	assert_int_equal(story_calls(st), 1);
	assert_int_equal(st->finals[1], 1);
	story_face(st, "notice");

	story_close(st);
}


static void lost_connections_are_told_apart(void **state)
{
	static const struct {
		bool talked;
		enum call_cause cause;
		const char *entry;
	} row[] = {
		{false, CALL_CAUSE_CONNECTION, "in 1 0 network missed"},
		{false, CALL_CAUSE_TIMEOUT, "in 1 0 network missed"},
		{false, CALL_CAUSE_MEDIA, "in 1 0 phone missed"},
		{false, CALL_CAUSE_LOCAL, "in 1 0 phone missed"},
		{true, CALL_CAUSE_CONNECTION, "in 1 200 network"},
		{true, CALL_CAUSE_MEDIA, "in 1 200 phone"},
		{true, CALL_CAUSE_LOCAL, "in 1 200 none"},
		{true, CALL_CAUSE_BYE, "in 1 200 none"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		if (row[i].talked)
			story_talk(st, 1, "1");
		else
			story_invite(st, 1, "1");
		story_end(st, 1, row[i].cause);
		story_history(st, 0, row[i].entry);
		story_close(st);
	}
}


static void hundred_rejects_then_the_next_rings_and_dial_works(void **state)
{
	struct story *st = story_open();

	(void)state;
	for (uint32_t id = 1; id <= 100; id++) {
		story_invite(st, id, caller);
		story_tap(st, BUTTON_REJECT);
		assert_int_equal(st->finals[id], 1);
	}
	assert_int_equal(story_calls(st), 100);
	st->wire[0] = '\0';

	story_invite(st, 101, caller);
	story_wire(st, "accept 101");
	story_tap(st, BUTTON_REJECT);
	st->wire[0] = '\0';
	story_dial(st, "sip:205@pbx.test");
	story_wire(st, "dial out1 a0 sip:205@pbx.test");

	story_close(st);
}


static void calls_that_never_close_free_their_slots(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->mute_port = true;
	for (uint32_t id = 1; id <= PHONE_CALL_MAX; id++) {
		story_invite(st, id, caller);
		story_tap(st, BUTTON_REJECT);
	}
	st->wire[0] = '\0';

	story_invite(st, 5, caller); /* an ending call keeps nobody out, but */
	story_wire(st, "refuse 5 486 q17"); /* no slot is left for this one */
	story_wait(st, PHONE_HOLDOFF_MS);
	story_invite(st, 6, caller);
	story_wire(st, "accept 6");
	assert_int_equal(story_calls(st), 5);

	story_close(st);
}


static void ending_call_does_not_make_the_phone_busy(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->mute_port = true;
	story_invite(st, 1, caller);
	story_tap(st, BUTTON_REJECT);
	story_invite(st, 2, caller);
	story_wire(st, "accept 1; reject 1 603 q21; accept 2");
	story_end(st, 1, CALL_CAUSE_LOCAL);
	story_face(st, "incoming");

	story_close(st);
}


static void same_id_twice_is_one_call(void **state)
{
	struct story *st = story_open();
	struct phone_event ev = {.type = EV_INVITE, .id = 1};

	(void)state;
	story_invite(st, 1, caller);
	(void)dispatch_post(&st->d, &ev);
	story_wire(st, "accept 1");
	assert_int_equal(story_calls(st), 0);

	story_close(st);
}


static void call_that_rings_takes_a_result_off_the_screen(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "205");
	story_final(st, STORY_DIALLED + 1, 486, "Busy Here", -1);
	story_face(st, "result");
	story_invite(st, 1, caller);
	story_face(st, "incoming");
	story_cancel(st, 1);
	story_face(st, "notice");
	story_tap(st, BUTTON_OK);
	story_face(st, "idle");

	story_close(st);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(rejected_by_hand_is_603_and_one_entry),
		cmocka_unit_test(one_entry_whatever_the_order),
		cmocka_unit_test(cancelled_call_is_missed_until_looked_at),
		cmocka_unit_test(cancel_from_inside_accept_is_missed),
		cmocka_unit_test(cancel_that_waits_behind_the_answer_key_wins),
		cmocka_unit_test(nobody_answers_within_the_ring_timeout),
		cmocka_unit_test(step_of_the_wall_clock_moves_no_timer),
		cmocka_unit_test(answered_call_talks_and_ends),
		cmocka_unit_test(
			caller_that_hangs_up_before_the_ack_was_answered),
		cmocka_unit_test(answer_without_audio_refuses_with_480),
		cmocka_unit_test(lost_connections_are_told_apart),
		cmocka_unit_test(
			hundred_rejects_then_the_next_rings_and_dial_works),
		cmocka_unit_test(calls_that_never_close_free_their_slots),
		cmocka_unit_test(ending_call_does_not_make_the_phone_busy),
		cmocka_unit_test(same_id_twice_is_one_call),
		cmocka_unit_test(
			call_that_rings_takes_a_result_off_the_screen),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
