/**
 * @file tests/stories/test_kept.c  What the person changes, kept or not
 */
#include "tests/stories/story.h"

#include <errno.h>


/** Held down, the key that declines blocks */
static void decline_for_good(struct story *st, uint32_t id, const char *number)
{
	story_invite(st, id, number);
	story_button(st, BUTTON_REJECT, BUTTON_PRESS);
	story_button(st, BUTTON_REJECT, BUTTON_LONG);
	story_button(st, BUTTON_REJECT, BUTTON_RELEASE);
	st->wire[0] = '\0';
}


static void who_was_blocked_is_declined_from_the_next_call_on(void **state)
{
	struct story *st = story_open();

	(void)state;
	decline_for_good(st, 1, "300");
	story_kept(st, "block 300");
	story_face(st, "notice");
	story_invite(st, 2, "300");
	story_wire(st, "refuse 2 603 q21");
	story_history(st, 0, "in 300 603 block");
	story_invite(st, 3, "301");
	story_wire(st, "accept 3");

	story_close(st);
}


static void what_could_not_be_kept_did_not_happen_and_is_told(void **state)
{
	static const struct {
		int err;
		enum phone_save_why why;
	} row[] = {
		{ENOENT, PHONE_SAVE_NOWHERE},  {ENOSPC, PHONE_SAVE_FULL},
		{EDQUOT, PHONE_SAVE_FULL},     {E2BIG, PHONE_SAVE_FULL},
		{EROFS, PHONE_SAVE_READ_ONLY}, {EACCES, PHONE_SAVE_READ_ONLY},
		{EPERM, PHONE_SAVE_READ_ONLY}, {EIO, PHONE_SAVE_OTHER},
		{EINVAL, PHONE_SAVE_OTHER},    {ENOMEM, PHONE_SAVE_OTHER},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();
		const struct phone_notice *notice = &st->d.phone.notice;

		st->store_err = row[i].err;
		decline_for_good(st, 1, "300");
		story_kept(st, "block 300");
		assert_int_equal(notice->kind, PHONE_NOTICE_NOT_SAVED);
		assert_int_equal(notice->not_saved.what, PHONE_SAVE_BLOCK);
		assert_int_equal(notice->not_saved.why, row[i].why);
		story_invite(st, 2, "300");
		story_wire(st, "accept 2");
		story_close(st);
	}
}


static void
without_a_store_blocking_is_told_to_have_nowhere_to_go(void **state)
{
	struct story *st = story_open();
	const struct phone_notice *notice = &st->d.phone.notice;

	(void)state;
	dispatch_keep(&st->d, NULL, NULL);
	decline_for_good(st, 1, "300");
	assert_int_equal(notice->kind, PHONE_NOTICE_NOT_SAVED);
	assert_int_equal(notice->not_saved.why, PHONE_SAVE_NOWHERE);
	story_tap(st, BUTTON_OK);
	story_tap(st, BUTTON_DND);
	assert_true(st->d.phone.dnd);
	story_face(st, "idle");

	story_close(st);
}


static void do_not_disturb_is_kept_as_it_changes(void **state)
{
	struct story *st = story_open();
	struct phone_event ev = {
		.type = EV_DND,
		.dnd = {.on = true, .has_end = true},
	};

	(void)state;
	story_tap(st, BUTTON_DND);
	story_kept(st, "dnd on");
	story_tap(st, BUTTON_DND);
	story_kept(st, "dnd off");

	ev.dnd.until_s = 1798133400;
	assert_int_equal(dispatch_post(&st->d, &ev), 0);
	story_kept(st, "dnd until 1798133400");

	story_close(st);
}


static void what_was_kept_is_not_kept_again(void **state)
{
	struct story *st = story_open();
	const struct phone_event ev = {
		.type = EV_DND_KEPT,
		.dnd = {.on = true},
	};

	(void)state;
	assert_int_equal(dispatch_post(&st->d, &ev), 0);
	assert_true(st->d.phone.dnd);
	story_kept(st, "");

	story_close(st);
}


static void do_not_disturb_that_could_not_be_kept_is_told(void **state)
{
	struct story *st = story_open();
	const struct phone_notice *notice = &st->d.phone.notice;

	(void)state;
	st->store_err = ENOSPC;
	story_tap(st, BUTTON_DND);
	assert_int_equal(notice->kind, PHONE_NOTICE_NOT_SAVED);
	assert_int_equal(notice->not_saved.what, PHONE_SAVE_DND);
	assert_int_equal(notice->not_saved.why, PHONE_SAVE_FULL);
	assert_false(st->d.phone.dnd);
	story_invite(st, 1, "300");
	story_wire(st, "accept 1");

	story_close(st);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(
			who_was_blocked_is_declined_from_the_next_call_on),
		cmocka_unit_test(
			what_could_not_be_kept_did_not_happen_and_is_told),
		cmocka_unit_test(
			without_a_store_blocking_is_told_to_have_nowhere_to_go),
		cmocka_unit_test(do_not_disturb_is_kept_as_it_changes),
		cmocka_unit_test(what_was_kept_is_not_kept_again),
		cmocka_unit_test(
			do_not_disturb_that_could_not_be_kept_is_told),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
