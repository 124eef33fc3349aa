/**
 * @file tests/stories/test_screening.c  Calls to us before they ring: who may
 */
#include "tests/stories/story.h"

static const char caller[] = "+49301234567";
static const char spam[] = "+49900123456";


static void screened_call_gets_603_and_never_rings(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_rule(st, "spam", 34, "+4990*", POLICY_REJECT, 0);

	story_invite(st, 1, spam);
	story_wire(st, "refuse 1 603 q21");
	story_history(st, 0, "in +49900123456 603 rule spam:34");
	assert_null(phone_current(&st->d.phone));
	assert_int_equal(st->d.phone.history.unseen, 0);

	/* Told for 10 s, then the phone sleeps */
	story_face(st, "notice");
	assert_int_equal(st->d.phone.notice.kind, PHONE_NOTICE_REFUSED);
	assert_string_equal(st->d.phone.notice.rule, "spam");
	story_wait(st, PHONE_NOTICE_MS - 1);
	story_face(st, "notice");
	story_wait(st, 1);
	story_face(st, "idle");
	story_sleeps(st);

	story_close(st);
}


static void rule_code_goes_out_and_notice_can_be_off(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->settings.notice = false;
	story_rule(st, "spam", 34, "+4990*", POLICY_REJECT, 404);

	story_invite(st, 1, spam);
	story_wire(st, "refuse 1 404");
	story_face(st, "idle");
	assert_int_equal(story_calls(st), 1);

	story_close(st);
}


static void closed_hours_decline_with_retry_after(void **state)
{
	static const struct {
		const char *open;
		uint16_t utc_ms;
		const char *wire;
	} row[] = {
		/* Friday 18:04:00 to Monday 09:00:00 */
		{"Mo-Fr 09:00-18:00", 0, "refuse 1 603 q21 retry 226560"},
		{"Mo-Fr 09:00-18:00", 1, "refuse 1 603 q21 retry 226560"},
		{"Mo-Fr 09:00-18:00", 999, "refuse 1 603 q21 retry 226560"},
		{"Mo-Fr 09:00-18:00; Fr 18:05-19:00", 500,
		 "refuse 1 603 q21 retry 60"},
		{"off", 0, "refuse 1 603 q21"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		st->now.utc_ms = row[i].utc_ms;
		story_hours(st, row[i].open, POLICY_REJECT);
		story_invite(st, 1, caller);
		story_wire(st, row[i].wire);
		story_history(st, 0, "in +49301234567 603 hours");
		story_close(st);
	}
}


static void retry_after_is_for_hours_alone(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_hours(st, "Mo-Fr 09:00-18:00", POLICY_REJECT);
	story_rule(st, "spam", 34, "+4990*", POLICY_REJECT, 0);
	story_invite(st, 1, spam);
	story_wire(st, "refuse 1 603 q21");

	story_tap(st, BUTTON_DND);
	story_invite(st, 2, caller);
	story_wire(st, "refuse 2 480 q19");

	story_close(st);
}


static void unset_clock_rings(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_hours(st, "off", POLICY_REJECT);
	story_clock_unset(st);
	story_invite(st, 1, caller);
	story_wire(st, "accept 1");
	story_face(st, "incoming");
	story_cancel(st, 1);
	assert_false(history_at(&st->d.phone.history, 0)->start_valid);

	story_close(st);
}


static void silence_shows_the_call_without_a_tone(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_hours(st, "off", POLICY_SILENCE);
	story_invite(st, 1, caller);
	story_wire(st, "accept 1");
	story_keys(st, "answer,,,reject");
	assert_true(phone_current(&st->d.phone)->silent);

	story_close(st);
}


static void dnd_declines_and_lets_a_ringing_call_go_on(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_invite(st, 1, caller);
	story_tap(st, BUTTON_DND);
	story_face(st, "incoming");
	story_tap(st, BUTTON_REJECT);
	st->wire[0] = '\0';

	story_invite(st, 2, caller);
	story_wire(st, "refuse 2 480 q19");
	story_history(st, 0, "in +49301234567 480 dnd missed");

	story_tap(st, BUTTON_DND);
	story_invite(st, 3, caller);
	story_wire(st, "accept 3");

	story_close(st);
}


static void ring_rule_overrides_hours_and_dnd_but_not_busy(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_hours(st, "off", POLICY_REJECT);
	story_rule(st, "family", 40, "+4930*", POLICY_RING, 0);
	story_tap(st, BUTTON_DND);

	story_invite(st, 1, caller);
	story_wire(st, "accept 1");
	story_invite(st, 2, caller);
	story_wire(st, "refuse 2 486 q17");
	story_history(st, 0, "in +49301234567 486 busy missed");
	story_face(st, "incoming");

	story_close(st);
}


static void screened_call_in_a_call_gets_the_screening(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_rule(st, "spam", 34, "+4990*", POLICY_REJECT, 0);
	story_talk(st, 1, caller);
	story_invite(st, 2, spam);
	story_wire(st, "refuse 2 603 q21");
	story_history(st, 0, "in +49900123456 603 rule spam:34");
	story_face(st, "talking");

	story_close(st);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(screened_call_gets_603_and_never_rings),
		cmocka_unit_test(rule_code_goes_out_and_notice_can_be_off),
		cmocka_unit_test(closed_hours_decline_with_retry_after),
		cmocka_unit_test(retry_after_is_for_hours_alone),
		cmocka_unit_test(unset_clock_rings),
		cmocka_unit_test(silence_shows_the_call_without_a_tone),
		cmocka_unit_test(dnd_declines_and_lets_a_ringing_call_go_on),
		cmocka_unit_test(
			ring_rule_overrides_hours_and_dnd_but_not_busy),
		cmocka_unit_test(screened_call_in_a_call_gets_the_screening),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
