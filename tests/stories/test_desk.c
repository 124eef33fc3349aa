/**
 * @file tests/stories/test_desk.c  What the keys do: in a call and at rest
 */
#include "tests/stories/story.h"

#include <errno.h>

enum {
	OUT1 = STORY_DIALLED + 1,
};


static void every_way_to_answer_answers(void **state)
{
	static const enum button answer[] = {BUTTON_ANSWER, BUTTON_OK,
					     BUTTON_SOFT1,  BUTTON_SPEAKER,
					     BUTTON_LINE1,  BUTTON_HOOK};

	(void)state;
	for (size_t i = 0; i < ROWS(answer); i++) {
		struct story *st = story_open();

		story_invite(st, 1, "300");
		story_button(st, answer[i], BUTTON_PRESS);
		story_wire(st, answer[i] == BUTTON_SPEAKER
				       ? "accept 1; answer 1 speaker"
				       : "accept 1; answer 1");
		story_close(st);
	}
}


static void every_way_to_silence_keeps_it_ringing(void **state)
{
	static const enum button silence[] = {BUTTON_BACK, BUTTON_SOFT2,
					      BUTTON_VOLUME_UP,
					      BUTTON_VOLUME_DOWN, BUTTON_MUTE};

	(void)state;
	for (size_t i = 0; i < ROWS(silence); i++) {
		struct story *st = story_open();

		story_invite(st, 1, "300");
		story_tap(st, silence[i]);
		story_face(st, "incoming");
		story_keys(st, "answer,,,reject");
		story_tap(st, BUTTON_SOFT4);
		story_wire(st, "accept 1; reject 1 603 q21");
		story_close(st);
	}
}


static void hold_and_resume(void **state)
{
	static const struct {
		enum button hold, resume;
	} row[] = {
		{BUTTON_SOFT1, BUTTON_SOFT1},
		{BUTTON_LINE1, BUTTON_LINE1},
		{BUTTON_SOFT1, BUTTON_ANSWER},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		story_talk(st, 1, "300");
		story_tap(st, row[i].hold);
		story_face(st, "held");
		story_keys(st, "resume,,,end");
		story_tap(st, row[i].resume);
		story_face(st, "talking");
		story_wire(st, "hold 1 on; hold 1 off");

		story_tap(st, row[i].hold);
		story_tap(st, BUTTON_SOFT4);
		story_face(st, "idle");
		story_history(st, 0, "in 300 200 none");
		story_close(st);
	}
}


static void far_end_holds_and_we_still_talk(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_talk(st, 1, "300");
	story_remote_hold(st, 1, true);
	story_face(st, "talking");
	assert_true(phone_current(&st->d.phone)->remote_hold);
	story_remote_hold(st, 1, false);
	assert_false(phone_current(&st->d.phone)->remote_hold);

	story_close(st);
}


static void hold_or_mute_that_fails_is_not_shown(void **state)
{
	struct story *st = story_open();

	(void)state;
	st->hold_err = st->mute_err = EIO;
	story_talk(st, 1, "300");
	story_tap(st, BUTTON_SOFT1);
	story_face(st, "talking");
	story_tap(st, BUTTON_MUTE);
	assert_false(phone_current(&st->d.phone)->muted);

	st->hold_err = 0;
	story_tap(st, BUTTON_SOFT1);
	st->hold_err = EIO;
	story_tap(st, BUTTON_SOFT1);
	story_face(st, "held");

	story_close(st);
}


static void mute_toggles_and_survives_a_hold(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_talk(st, 1, "300");
	story_tap(st, BUTTON_MUTE);
	story_keys(st, "hold,,unmute,end");
	story_tap(st, BUTTON_SOFT1);
	story_tap(st, BUTTON_SOFT1);
	story_keys(st, "hold,,unmute,end");
	story_tap(st, BUTTON_SOFT3);
	story_keys(st, "hold,,mute,end");
	story_wire(st, "mute 1 on; hold 1 on; hold 1 off; mute 1 off");

	story_close(st);
}


static void digits_in_a_call_are_dtmf(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_talk(st, 1, "300");
	story_type(st, "10*#");
	story_button(st, BUTTON_0, BUTTON_LONG);
	story_wire(st, "dtmf 1 1; dtmf 1 0; dtmf 1 *; dtmf 1 #");
	story_face(st, "talking");

	story_close(st);
}


static void handset_is_a_phone_of_old(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_button(st, BUTTON_HOOK, BUTTON_PRESS);
	story_face(st, "dialling");
	story_type(st, "205");
	story_button(st, BUTTON_HOOK, BUTTON_RELEASE);
	story_face(st, "idle");
	story_wire(st, "");

	/* Busy, the handset in the hand: seen, then put down */
	story_button(st, BUTTON_HOOK, BUTTON_PRESS);
	story_type(st, "205#");
	story_final(st, OUT1, 486, "Busy Here", -1);
	story_face(st, "result");
	story_button(st, BUTTON_HOOK, BUTTON_RELEASE);
	story_face(st, "idle");
	st->wire[0] = '\0';

	/* Lifted, it rings on; put down before it was answered likewise */
	story_button(st, BUTTON_HOOK, BUTTON_PRESS);
	story_invite(st, 1, "300");
	story_button(st, BUTTON_HOOK, BUTTON_RELEASE);
	story_face(st, "incoming");
	story_button(st, BUTTON_HOOK, BUTTON_PRESS);
	story_post(st, EV_ESTABLISHED, 1);
	story_button(st, BUTTON_HOOK, BUTTON_RELEASE);
	story_wire(st, "accept 1; answer 1; hangup 1");

	story_close(st);
}


static void dialling_edits(void **state)
{
	struct story *st = story_open();
	const char *dial = st->d.phone.dial;

	(void)state;
	story_button(st, BUTTON_0, BUTTON_PRESS);
	assert_string_equal(dial, "0");
	story_button(st, BUTTON_0, BUTTON_LONG);
	assert_string_equal(dial, "+");
	story_type(st, "490");
	story_button(st, BUTTON_0, BUTTON_LONG);
	assert_string_equal(dial, "+490"); /* '+' stands only at the front */
	story_tap(st, BUTTON_SOFT2);
	assert_string_equal(dial, "+49");
	story_button(st, BUTTON_BACK, BUTTON_PRESS);
	story_button(st, BUTTON_BACK, BUTTON_LONG);
	story_button(st, BUTTON_BACK, BUTTON_REPEAT);
	story_button(st, BUTTON_BACK, BUTTON_REPEAT);
	assert_string_equal(dial, "");
	story_face(st, "dialling");
	story_tap(st, BUTTON_OK); /* nothing to send */
	story_face(st, "dialling");
	story_tap(st, BUTTON_BACK);
	story_face(st, "idle");

	story_type(st, "0");
	story_button(st, BUTTON_0, BUTTON_PRESS);
	story_button(st, BUTTON_0, BUTTON_LONG);
	assert_string_equal(dial, "00");
	story_tap(st, BUTTON_REJECT);

	/* A feature code begins with '#', and '#' ends it */
	story_type(st, "#21#");
	story_wire(st, "dial out1 a0 sip:%2321@pbx.test");

	story_close(st);
}


static void too_many_digits_are_not_taken(void **state)
{
	struct story *st = story_open();

	(void)state;
	for (int i = 0; i < 2 * PHONE_DIAL_MAX; i++)
		story_type(st, "7");
	assert_int_equal(strlen(st->d.phone.dial), PHONE_DIAL_MAX - 1);
	story_tap(st, BUTTON_REJECT);
	story_face(st, "idle");
	assert_string_equal(st->d.phone.dial, "");

	story_close(st);
}


/** Three calls: 301 answered, 302 missed, 303 blocked by a rule */
static struct story *story_with_calls(void)
{
	struct story *st = story_open();

	st->settings.notice = false;
	story_rule(st, "spam", 34, "303", POLICY_REJECT, 0);
	story_talk(st, 1, "301");
	story_bye(st, 1);
	story_invite(st, 2, "302");
	story_cancel(st, 2);
	story_invite(st, 3, "303");
	story_tap(st, BUTTON_OK);
	story_face(st, "idle");
	st->wire[0] = '\0';

	return st;
}


static const char *shown(const struct story *st)
{
	const struct history_entry *e = phone_menu_entry(&st->d.phone);

	return e ? e->party.user : "";
}


static void list_of_calls_is_walked_asked_and_called(void **state)
{
	struct story *st = story_with_calls();

	(void)state;
	story_tap(st, BUTTON_DOWN);
	story_face(st, "menu");
	story_keys(st, "call,why,block,back");
	assert_string_equal(shown(st), "303");
	story_tap(st, BUTTON_SOFT2);
	assert_true(st->d.phone.menu.why);
	story_keys(st, "call,,block,back");
	story_tap(st, BUTTON_BACK);
	assert_false(st->d.phone.menu.why);

	story_tap(st, BUTTON_UP);
	assert_string_equal(shown(st), "303");
	story_tap(st, BUTTON_DOWN);
	story_tap(st, BUTTON_DOWN);
	story_tap(st, BUTTON_DOWN);
	assert_string_equal(shown(st), "301");
	story_tap(st, BUTTON_OK);
	story_wire(st, "dial out1 a0 sip:301@far.test");
	story_face(st, "calling");
	story_tap(st, BUTTON_REJECT);
	story_face(st, "idle");

	story_close(st);
}


static void missed_list_holds_only_the_missed(void **state)
{
	struct story *st = story_with_calls();

	(void)state;
	assert_int_equal(st->d.phone.history.unseen, 1);
	story_tap(st, BUTTON_SOFT2);
	assert_int_equal(st->d.phone.history.unseen, 0);
	assert_string_equal(shown(st), "302");
	story_tap(st, BUTTON_DOWN);
	assert_string_equal(shown(st), "302");
	story_tap(st, BUTTON_SOFT1);
	story_wire(st, "dial out1 a0 sip:302@far.test");

	story_close(st);
}


static void entry_stays_under_the_eyes_while_calls_come(void **state)
{
	struct story *st = story_with_calls();

	(void)state;
	story_tap(st, BUTTON_SOFT1);
	story_tap(st, BUTTON_DOWN);
	assert_string_equal(shown(st), "302");
	story_invite(st, 4, "303");
	story_face(st, "menu");
	assert_string_equal(shown(st), "302");

	story_tap(st, BUTTON_MESSAGE);
	story_invite(st, 5, "303"); /* not missed: not in this list */
	assert_string_equal(shown(st), "302");
	story_invite(st, 6, "304");
	story_cancel(st, 6);
	story_tap(st, BUTTON_OK);
	assert_string_equal(shown(st), "302");
	story_tap(st, BUTTON_UP);
	assert_string_equal(shown(st), "304");

	story_close(st);
}


static void entry_that_falls_off_gives_way_to_the_oldest(void **state)
{
	struct story *st = story_with_calls();

	(void)state;
	for (uint32_t id = 4; id <= HISTORY_MAX; id++)
		story_invite(st, id, "303");
	story_tap(st, BUTTON_SOFT1);
	for (int i = 0; i < HISTORY_MAX; i++)
		story_tap(st, BUTTON_DOWN);
	assert_string_equal(shown(st), "301");
	story_invite(st, HISTORY_MAX + 1, "303");
	assert_string_equal(shown(st), "302");

	story_close(st);
}


static void empty_list_offers_only_the_way_back(void **state)
{
	static const enum button key[] = {BUTTON_OK,    BUTTON_UP,
					  BUTTON_DOWN,  BUTTON_SOFT1,
					  BUTTON_SOFT2, BUTTON_SOFT3};
	struct story *st = story_open();

	(void)state;
	story_tap(st, BUTTON_SOFT1);
	story_keys(st, ",,,back");
	for (size_t i = 0; i < ROWS(key); i++)
		story_tap(st, key[i]);
	story_face(st, "menu");
	assert_false(st->d.phone.menu.why);
	story_tap(st, BUTTON_SOFT4);
	story_face(st, "idle");

	story_tap(st, BUTTON_SOFT4);
	assert_int_equal(st->d.phone.menu.list, PHONE_LIST_INFO);
	story_keys(st, ",,,back");
	story_tap(st, BUTTON_REJECT);
	story_face(st, "idle");
	story_wire(st, "");

	story_close(st);
}


static void notice_calls_back_or_goes(void **state)
{
	struct story *st = story_open();

	(void)state;
	story_invite(st, 1, "300");
	story_cancel(st, 1);
	story_keys(st, "call,,,ok");
	story_tap(st, BUTTON_SOFT4);
	story_face(st, "idle");

	story_invite(st, 2, "300");
	story_cancel(st, 2);
	st->wire[0] = '\0';
	story_tap(st, BUTTON_SOFT1);
	story_wire(st, "dial out1 a0 sip:300@far.test");

	story_close(st);
}


static void anonymous_caller_can_not_be_called_back(void **state)
{
	struct story *st = story_open();
	struct phone_event ev = {.type = EV_INVITE, .id = 1};

	(void)state;
	text_copy(ev.invite.caller.from.uri, PARTY_URI_MAX,
		  "sip:anonymous@anonymous.invalid");
	*story_book(st, 1) = STORY_INVITED;
	assert_int_equal(dispatch_post(&st->d, &ev), 0);
	story_cancel(st, 1);
	story_keys(st, ",,,ok");
	story_tap(st, BUTTON_OK);
	story_tap(st, BUTTON_SOFT1);
	story_keys(st, ",why,,back");

	story_close(st);
}


static void notice_over_a_list_gives_it_back(void **state)
{
	struct story *st = story_with_calls();

	(void)state;
	st->settings.notice = true;
	story_tap(st, BUTTON_UP);
	story_invite(st, 4, "303");
	story_face(st, "notice");
	story_tap(st, BUTTON_BACK);
	story_face(st, "menu");

	story_close(st);
}


static void dnd_toggles_in_every_face(void **state)
{
	struct story *st = story_open();
	const bool *dnd = &st->d.phone.dnd;

	(void)state;
	story_tap(st, BUTTON_SOFT3);
	assert_true(*dnd);
	story_type(st, "2");
	story_tap(st, BUTTON_DND);
	assert_false(*dnd);
	story_face(st, "dialling");
	story_tap(st, BUTTON_REJECT);
	story_talk(st, 1, "300");
	story_tap(st, BUTTON_DND);
	assert_true(*dnd);
	story_face(st, "talking");

	story_close(st);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(every_way_to_answer_answers),
		cmocka_unit_test(every_way_to_silence_keeps_it_ringing),
		cmocka_unit_test(hold_and_resume),
		cmocka_unit_test(far_end_holds_and_we_still_talk),
		cmocka_unit_test(hold_or_mute_that_fails_is_not_shown),
		cmocka_unit_test(mute_toggles_and_survives_a_hold),
		cmocka_unit_test(digits_in_a_call_are_dtmf),
		cmocka_unit_test(handset_is_a_phone_of_old),
		cmocka_unit_test(dialling_edits),
		cmocka_unit_test(too_many_digits_are_not_taken),
		cmocka_unit_test(list_of_calls_is_walked_asked_and_called),
		cmocka_unit_test(missed_list_holds_only_the_missed),
		cmocka_unit_test(entry_stays_under_the_eyes_while_calls_come),
		cmocka_unit_test(entry_that_falls_off_gives_way_to_the_oldest),
		cmocka_unit_test(empty_list_offers_only_the_way_back),
		cmocka_unit_test(notice_calls_back_or_goes),
		cmocka_unit_test(anonymous_caller_can_not_be_called_back),
		cmocka_unit_test(notice_over_a_list_gives_it_back),
		cmocka_unit_test(dnd_toggles_in_every_face),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
