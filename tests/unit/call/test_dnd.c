/**
 * @file tests/unit/call/test_dnd.c  Do not disturb, and when it ends
 */
#include "tests/unit/call/person.h"


static void dnd_held_asks_how_long(void **state)
{
	(void)state;

	person_button(BUTTON_DND, BUTTON_PRESS);
	assert_true(person.phone.dnd);
	assert_true(person_asked(0, CMD_SAVE_DND)->dnd.on);
	assert_false(person_asked(0, CMD_SAVE_DND)->dnd.has_end);

	person_button(BUTTON_DND, BUTTON_LONG);
	assert_int_equal(person.phone.menu.list, PHONE_LIST_DND);
	person_button(BUTTON_DOWN, BUTTON_PRESS);
	person_button(BUTTON_SOFT1, BUTTON_PRESS);
	assert_int_equal(phone_face(&person.phone), PHONE_FACE_IDLE);
	assert_true(person_asked(0, CMD_SAVE_DND)->dnd.has_end);
	assert_int_equal(person_asked(0, CMD_SAVE_DND)->dnd.until_s,
			 FRIDAY_S + HOUR_S);

	person_wait_ms(60 * MINUTE_MS - 1);
	assert_true(person.phone.dnd);
	person_wait_ms(1);
	assert_false(person.phone.dnd);
	assert_false(person_asked(0, CMD_SAVE_DND)->dnd.on);
	assert_true(phone_next_ms(&person.phone) == NOW_NEVER_MS);
}


static void dnd_held_leaves_a_number_that_is_being_dialled(void **state)
{
	(void)state;

	person_button(BUTTON_1, BUTTON_PRESS);
	person_button(BUTTON_2, BUTTON_PRESS);
	person_button(BUTTON_DND, BUTTON_PRESS);
	assert_true(person.phone.dnd);
	person_button(BUTTON_DND, BUTTON_LONG);
	assert_int_equal(phone_face(&person.phone), PHONE_FACE_DIALLING);
	assert_string_equal(person.phone.dial, "12");
}


static void not_saved_dnd(void)
{
	static const struct phone_event ev = {
		.type = EV_NOT_SAVED,
		.not_saved = {PHONE_SAVE_DND, PHONE_SAVE_READ_ONLY},
	};

	person_post(&ev);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_NOT_SAVED);
	person_button(BUTTON_OK, BUTTON_PRESS);
}


/* What is shown, what is kept and what holds are the same */
static void dnd_that_could_not_be_kept_stays_what_it_was(void **state)
{
	const struct phone_event hour = {
		.type = EV_DND,
		.dnd = {true, true, FRIDAY_S + HOUR_S},
	};

	(void)state;
	person_button(BUTTON_DND, BUTTON_PRESS);
	not_saved_dnd();
	assert_false(person.phone.dnd);
	assert_true(phone_next_ms(&person.phone) == NOW_NEVER_MS);

	person_post(&hour);
	person_button(BUTTON_DND, BUTTON_LONG);
	person_button(BUTTON_OK, BUTTON_PRESS); /* for half an hour */
	assert_int_equal(person.phone.dnd_end.until_s, FRIDAY_S + HOUR_S / 2);
	not_saved_dnd();
	assert_true(person.phone.dnd);
	assert_int_equal(person.phone.dnd_end.until_s, FRIDAY_S + HOUR_S);
	person_wait_ms(60 * MINUTE_MS);
	assert_false(person.phone.dnd);
}


/* Else a disk that fails would keep the phone from ringing, for ever */
static void dnd_ends_though_that_could_not_be_kept(void **state)
{
	const struct phone_event minute = {
		.type = EV_DND,
		.dnd = {true, true, FRIDAY_S + 60},
	};

	(void)state;
	person_post(&minute);
	person_wait_ms(MINUTE_MS);
	assert_false(person.phone.dnd);
	not_saved_dnd();
	assert_false(person.phone.dnd);

	person_button(BUTTON_DND, BUTTON_PRESS);
	person_button(BUTTON_DND, BUTTON_PRESS);
	not_saved_dnd();
	assert_false(person.phone.dnd);
	person_invite("301");
	(void)person_asked(0, CMD_ACCEPT);
}


static void till_midnight_is_the_clocks_on_the_wall(void **state)
{
	static const struct phone_event down = {
		.type = EV_BUTTON,
		.button = {BUTTON_DOWN, BUTTON_PRESS, 0},
	};

	(void)state;
	person_button(BUTTON_DND, BUTTON_LONG);
	for (size_t i = 0; i < 20; i++)
		person_post(&down); /* the last one */
	person_button(BUTTON_OK, BUTTON_PRESS);
	assert_true(person.phone.dnd);
	assert_int_equal(person.phone.dnd_end.until_s,
			 FRIDAY_S / 86400 * 86400 + 86400);
}


static void without_a_clock_dnd_ends_by_the_other_and_is_not_kept(void **state)
{
	(void)state;
	person.now.utc_valid = false;
	person.now.utc_s = 0;

	person_button(BUTTON_DND, BUTTON_LONG);
	for (size_t i = 0; i < 20; i++)
		person_button(BUTTON_DOWN, BUTTON_PRESS);
	assert_int_equal(dnd_choice_at(&person.now,
				       person.phone.menu.index)
				 ->kind,
			 DND_CHOICE_OFF);
	while (person.phone.menu.index)
		person_button(BUTTON_UP, BUTTON_PRESS);
	person_button(BUTTON_OK, BUTTON_PRESS);
	assert_true(person.phone.dnd);
	assert_false(person_asked(0, CMD_SAVE_DND)->dnd.on);
	person_wait_ms(30 * MINUTE_MS);
	assert_false(person.phone.dnd);
}


/* The end has passed while the phone was off, or passes when it learns what
 * time it is */
static void a_kept_end_is_kept_to(void **state)
{
	static const struct {
		int64_t until_s;
		bool valid, on;
	} row[] = {
		{FRIDAY_S + 1, true, true},
		{FRIDAY_S, true, false},
		{FRIDAY_S - 5000, true, false},
		{FRIDAY_S - 5000, false, true},
	};

	for (size_t i = 0; i < ROWS(row); i++) {
		const struct phone_event kept = {
			.type = EV_DND_KEPT,
			.dnd = {true, true, row[i].until_s},
		};
		static const struct phone_event tick = {.type = EV_TICK};

		(void)person_begin(state);
		person.now.utc_valid = row[i].valid;
		person_post(&kept);
		assert_int_equal(person.phone.dnd, row[i].on);
		assert_int_equal(person.out.n, !row[i].on);

		person.now.utc_valid = true;
		person_post(&tick);
		assert_int_equal(person.phone.dnd, row[i].until_s > FRIDAY_S);
	}
}


static void a_clock_that_jumps_moves_the_end(void **state)
{
	const struct phone_event ev = {
		.type = EV_DND,
		.dnd = {true, true, FRIDAY_S + HOUR_S},
	};
	static const struct phone_event tick = {.type = EV_TICK};

	(void)state;
	person_post(&ev);
	person.now.utc_s -= HOUR_S; /* it was wrong */
	person_post(&tick);
	person_wait_ms(119 * MINUTE_MS);
	assert_true(person.phone.dnd);
	person_wait_ms(MINUTE_MS);
	assert_false(person.phone.dnd);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		TEST(dnd_held_asks_how_long),
		TEST(dnd_held_leaves_a_number_that_is_being_dialled),
		TEST(dnd_that_could_not_be_kept_stays_what_it_was),
		TEST(dnd_ends_though_that_could_not_be_kept),
		TEST(till_midnight_is_the_clocks_on_the_wall),
		TEST(without_a_clock_dnd_ends_by_the_other_and_is_not_kept),
		TEST(a_kept_end_is_kept_to),
		TEST(a_clock_that_jumps_moves_the_end),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
