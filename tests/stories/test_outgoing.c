/**
 * @file tests/stories/test_outgoing.c  Our calls, and how we are refused
 */
#include "tests/stories/story.h"

#include <errno.h>

enum {
	OUT1 = STORY_DIALLED + 1,
	OUT2 = STORY_DIALLED + 2,
};


static const struct status_row *row_shown(const struct story *st)
{
	const struct status_row *row = status_find(&st->d.phone.result.end);

	assert_true(st->d.phone.result.shown);
	assert_non_null(row);

	return row;
}


static void digits_go_to_the_first_account(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_button(st, BUTTON_HOOK, BUTTON_PRESS);
	story_type(st, "2");
	story_face(st, "dialling");
	story_keys(st, "call,delete,,cancel");
	story_type(st, "059");
	story_tap(st, BUTTON_BACK);
	story_type(st, "#");
	story_wire(st, "dial out1 a0 sip:205@pbx.test");
	story_face(st, "calling");
	story_keys(st, ",,,cancel");

	story_close(st);
}


static void every_way_to_send_sends(void **state)
{
	static const enum button send[] = {BUTTON_HASH,    BUTTON_ANSWER,
					   BUTTON_OK,      BUTTON_SOFT1,
					   BUTTON_SPEAKER, BUTTON_LINE1};

	(void)state;
	for (size_t i = 0; i < ROWS(send); i++) {
		struct story *st = story_open();

		story_type(st, "205");
		story_tap(st, send[i]);
		story_wire(st, "dial out1 a0 sip:205@pbx.test");
		story_close(st);
	}
}


static void addresses_are_told_from_digits(void **state)
{
	static const struct {
		const char *text, *wire, *entry;
	} row[] = {
		{"205", "dial out1 a0 sip:205@pbx.test", ""},
		{"+49 30 (123)", "dial out1 a0 sip:+4930123@pbx.test", ""},
		{"*21#", "dial out1 a0 sip:*21%23@pbx.test", ""},
		{"sip:zo@x.test", "dial out1 a0 sip:zo@x.test", ""},
		{"SIPS:zo@x.test", "dial out1 a0 SIPS:zo@x.test", ""},
		{"sip:[::1]:5062", "dial out1 a0 sip:[::1]:5062", ""},
		{"", "", ""},
		{"sip:", "", "out sip: 0 phone"},
		{"mailto:a@b", "", "out mailto:a@b 0 phone"},
		{"zo", "", "out zo 0 phone"},
		{"1+1", "", "out 1+1 0 phone"},
		{"sip:a b@x.test", "", "out sip:a b@x.test 0 phone"},
		{"sip:a>@x.test", "", "out sip:a>@x.test 0 phone"},
		{"sip:a\r\nTo: b", "", "out sip:a To: b 0 phone"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		story_dial(st, row[i].text);
		story_wire(st, row[i].wire);
		story_history(st, 0, row[i].entry);
		if (*row[i].entry)
			assert_int_equal(row_shown(st)->meaning,
					 STATUS_ADDRESS);
		story_close(st);
	}
}


static void number_and_user_of_an_address_are_kept(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "sip:+49-30:secret@x.test;transport=tcp");
	story_final(st, OUT1, 404, "Not Found", -1);
	assert_string_equal(history_at(&st->d.phone.history, 0)->party.user,
			    "+49-30");
	assert_string_equal(history_at(&st->d.phone.history, 0)->party.number,
			    "+4930");

	story_close(st);
}


static void three_refusals_differ_pairwise(void **state)
{
	static const uint16_t scode[] = {480, 486, 603};
	static const char *const keys[] = {"retry,remind,,ok", "retry,,,ok",
					   ",remind,,ok"};
	const struct status_row *row[ROWS(scode)];

	(void)state;
	for (size_t i = 0; i < ROWS(scode); i++) {
		struct story *st = story_open();
		char entry[64];

		story_dial(st, "205");
		story_post(st, EV_RINGING, OUT1);
		story_face(st, "ringback");
		story_final(st, OUT1, scode[i], "Whatever", -1);
		story_face(st, "result");
		story_keys(st, keys[i]);
		(void)snprintf(entry, sizeof(entry), "out 205 %u remote",
			       scode[i]);
		story_history(st, 0, entry);
		assert_string_equal(
			history_at(&st->d.phone.history, 0)->phrase,
			"Whatever");
		row[i] = row_shown(st);

		story_wait(st, PHONE_RESULT_MS - 1);
		story_face(st, "result");
		story_wait(st, 1);
		story_face(st, "idle");
		story_sleeps(st);
		story_close(st);
	}

	for (size_t i = 0; i < ROWS(row); i++) {
		for (size_t k = 0; k < i; k++) {
			assert_int_not_equal(row[i]->meaning, row[k]->meaning);
			assert_false(
				row[i]->lamp.colour == row[k]->lamp.colour &&
				row[i]->lamp.on_ms == row[k]->lamp.on_ms &&
				row[i]->lamp.off_ms == row[k]->lamp.off_ms);
			assert_int_not_equal(row[i]->tone, row[k]->tone);
			assert_string_not_equal(keys[i], keys[k]);
		}
	}
}


static void redirection_is_shown_and_not_followed(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "205");
	story_wire(st, "dial out1 a0 sip:205@pbx.test");
	story_final(st, OUT1, 302, "Moved Temporarily", -1);
	assert_int_equal(row_shown(st)->meaning, STATUS_MOVED);
	story_keys(st, ",,,ok");
	story_wait(st, 60000);
	story_wire(st, "");

	story_close(st);
}


static void failures_without_a_code_have_rows_of_their_own(void **state)
{
	static const struct {
		enum call_cause cause;
		enum status_meaning meaning;
		const char *entry;
	} row[] = {
		{CALL_CAUSE_TIMEOUT, STATUS_TIMEOUT, "out 205 0 network"},
		{CALL_CAUSE_DNS, STATUS_DNS, "out 205 0 network"},
		{CALL_CAUSE_CONNECTION, STATUS_CONNECTION,
		 "out 205 0 network"},
		{CALL_CAUSE_MEDIA, STATUS_MEDIA, "out 205 0 phone"},
		{CALL_CAUSE_ADDRESS, STATUS_ADDRESS, "out 205 0 phone"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		story_dial(st, "205");
		story_end(st, OUT1, row[i].cause);
		assert_int_equal(row_shown(st)->meaning, row[i].meaning);
		story_history(st, 0, row[i].entry);
		story_close(st);
	}
}


static void dial_that_fails_at_once_is_a_result(void **state)
{
	static const struct {
		int err;
		enum status_meaning meaning;
	} row[] = {
		{EINVAL, STATUS_ADDRESS},    {ENOENT, STATUS_DNS},
		{EADDRNOTAVAIL, STATUS_DNS}, {ECONNREFUSED, STATUS_CONNECTION},
		{ENOMEM, STATUS_CONNECTION},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		st->dial_err = row[i].err;
		story_dial(st, "205");
		story_face(st, "result");
		assert_int_equal(row_shown(st)->meaning, row[i].meaning);
		assert_int_equal(story_calls(st), 1);
		story_close(st);
	}
}


static void our_call_talks(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "205");
	story_post(st, EV_PROGRESS, OUT1);
	story_face(st, "ringback");
	assert_true(phone_current(&st->d.phone)->early_media);
	story_post(st, EV_ESTABLISHED, OUT1);
	story_face(st, "talking");
	story_wait(st, 7000);
	story_tap(st, BUTTON_REJECT);
	story_wire(st, "dial out1 a0 sip:205@pbx.test; hangup out1");
	story_history(st, 0, "out 205 200 none");
	assert_int_equal(history_at(&st->d.phone.history, 0)->talk_s, 7);
	story_face(st, "idle");

	story_close(st);
}


static void every_way_to_cancel_cancels_and_shows_nothing(void **state)
{
	static const enum button cancel[] = {BUTTON_REJECT, BUTTON_BACK,
					     BUTTON_SOFT4, BUTTON_HOOK};

	(void)state;
	for (size_t i = 0; i < ROWS(cancel); i++) {
		struct story *st = story_open();

		story_dial(st, "205");
		story_post(st, EV_RINGING, OUT1);
		st->wire[0] = '\0';
		story_tap(st, cancel[i]);
		story_wire(st, "hangup out1");
		story_face(st, "idle");
		story_history(st, 0, "out 205 0 user");

		/* The 200 that crossed our CANCEL changes nothing */
		story_post(st, EV_ESTABLISHED, OUT1);
		story_face(st, "idle");
		assert_int_equal(story_calls(st), 1);
		story_close(st);
	}
}


static void retry_calls_the_same_again(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "sip:zo@x.test");
	story_final(st, OUT1, 486, "Busy Here", -1);
	st->wire[0] = '\0';
	story_tap(st, BUTTON_SOFT1);
	story_wire(st, "dial out2 a0 sip:zo@x.test");
	story_face(st, "calling");

	story_close(st);
}


static void redial_calls_the_last_number(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_tap(st, BUTTON_REDIAL);
	story_wire(st, "");
	story_dial(st, "205");
	story_final(st, OUT1, 603, "Decline", -1);
	story_talk(st, 1, "300");
	story_bye(st, 1);
	story_tap(st, BUTTON_REDIAL);
	story_wire(st, "dial out2 a0 sip:205@pbx.test");

	story_close(st);
}


static void any_key_clears_a_result_and_some_act(void **state)
{
	static const struct {
		enum button b;
		const char *face;
	} row[] = {
		{BUTTON_OK, "idle"},          {BUTTON_SOFT4, "idle"},
		{BUTTON_SOFT3, "idle"},       {BUTTON_REJECT, "idle"},
		{BUTTON_BACK, "idle"},        {BUTTON_UP, "idle"},
		{BUTTON_VOLUME_UP, "idle"},   {BUTTON_LINE8, "idle"},
		{BUTTON_LEFT, "idle"},        {BUTTON_MUTE, "idle"},
		{BUTTON_DND, "idle"},         {BUTTON_5, "dialling"},
		{BUTTON_ANSWER, "dialling"},  {BUTTON_LINE1, "dialling"},
		{BUTTON_SPEAKER, "dialling"}, {BUTTON_MESSAGE, "menu"},
		{BUTTON_REDIAL, "calling"},   {BUTTON_SOFT1, "calling"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		story_dial(st, "205");
		story_final(st, OUT1, 486, "Busy Here", -1);
		story_tap(st, row[i].b);
		story_face(st, row[i].face);
		story_close(st);
	}
}


static void reminder_comes_when_they_said(void **state)
{
	static const struct {
		uint16_t scode;
		int64_t retry_after_s;
		uint64_t wait_s;
	} row[] = {
		{480, 3600, 3600}, {480, -1, 900}, {480, 0, 900},
		{603, -1, 3600},   {603, 60, 60},  {503, 120, 120},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		story_dial(st, "205");
		story_final(st, OUT1, row[i].scode, "No",
			    row[i].retry_after_s);
		story_button(st, BUTTON_SOFT2, BUTTON_PRESS);
		story_face(st, "idle");

		/* The wall clock has no say in it */
		st->now.utc_s -= 7200;
		story_wait(st, row[i].wait_s * 1000 - 1);
		story_face(st, "idle");
		story_wait(st, 1);
		story_face(st, "notice");
		story_keys(st, "call,,,ok");
		assert_int_equal(st->d.phone.notice.kind, PHONE_NOTICE_REMIND);

		story_wait(st, PHONE_REMIND_MS - 1);
		story_face(st, "notice");
		st->wire[0] = '\0';
		story_tap(st, BUTTON_SOFT1);
		story_wire(st, "dial out2 a0 sip:205@pbx.test");
		story_close(st);
	}
}


static void reminder_waits_for_the_end_of_a_call(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "205");
	story_final(st, OUT1, 480, "No", 60);
	story_tap(st, BUTTON_SOFT2);
	story_talk(st, 1, "300");
	story_sleeps(st); /* nothing to poll for while it talks */
	story_wait(st, 600000);
	story_face(st, "talking");
	story_bye(st, 1);
	story_face(st, "notice");
	assert_int_equal(st->d.phone.notice.kind, PHONE_NOTICE_REMIND);

	story_close(st);
}


static void reminder_that_a_call_covers_comes_again(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "205");
	story_final(st, OUT1, 480, "No", 60);
	story_tap(st, BUTTON_SOFT2);
	story_wait(st, 70000);
	story_face(st, "notice");
	story_invite(st, 1, "300");
	story_face(st, "incoming");
	story_cancel(st, 1);
	assert_int_equal(st->d.phone.notice.kind, PHONE_NOTICE_MISSED);
	story_wait(st, PHONE_NOTICE_MS);
	assert_int_equal(st->d.phone.notice.kind, PHONE_NOTICE_REMIND);
	story_wait(st, PHONE_REMIND_MS);
	story_face(st, "idle");
	story_sleeps(st);

	story_close(st);
}


static void reminder_goes_when_the_person_calls_before(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "205");
	story_final(st, OUT1, 480, "No", 60);
	story_tap(st, BUTTON_SOFT2);
	story_dial(st, "205");
	story_post(st, EV_ESTABLISHED, OUT2);
	story_bye(st, OUT2);
	story_sleeps(st);
	story_wait(st, 61000);
	story_face(st, "idle");

	story_close(st);
}


static void second_dial_in_a_call_is_ignored(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_dial(st, "205");
	story_dial(st, "206");
	story_dial(st, "no address");
	story_wire(st, "dial out1 a0 sip:205@pbx.test");
	story_face(st, "calling");
	assert_int_equal(story_calls(st), 0);

	story_close(st);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(digits_go_to_the_first_account),
		cmocka_unit_test(every_way_to_send_sends),
		cmocka_unit_test(addresses_are_told_from_digits),
		cmocka_unit_test(number_and_user_of_an_address_are_kept),
		cmocka_unit_test(three_refusals_differ_pairwise),
		cmocka_unit_test(redirection_is_shown_and_not_followed),
		cmocka_unit_test(
			failures_without_a_code_have_rows_of_their_own),
		cmocka_unit_test(dial_that_fails_at_once_is_a_result),
		cmocka_unit_test(our_call_talks),
		cmocka_unit_test(
			every_way_to_cancel_cancels_and_shows_nothing),
		cmocka_unit_test(retry_calls_the_same_again),
		cmocka_unit_test(redial_calls_the_last_number),
		cmocka_unit_test(any_key_clears_a_result_and_some_act),
		cmocka_unit_test(reminder_comes_when_they_said),
		cmocka_unit_test(reminder_waits_for_the_end_of_a_call),
		cmocka_unit_test(reminder_that_a_call_covers_comes_again),
		cmocka_unit_test(reminder_goes_when_the_person_calls_before),
		cmocka_unit_test(second_dial_in_a_call_is_ignored),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
