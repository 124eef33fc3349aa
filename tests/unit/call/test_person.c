/**
 * @file tests/unit/call/test_person.c  The person declines: for good, or with
 * a word
 */
#include "tests/unit/call/person.h"


static void reject_held_declines_at_once_and_then_blocks(void **state)
{
	(void)state;

	person_invite("+4990123");
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	assert_int_equal(person_asked(0, CMD_REJECT)->refusal.scode, 603);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_REFUSED);

	person_button(BUTTON_REJECT, BUTTON_LONG);
	assert_string_equal(person_asked(0, CMD_BLOCK)->number, "+4990123");
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_BLOCKED);
	assert_int_equal(person_key(0), SOFTKEY_UNDO);

	person_button(BUTTON_REJECT, BUTTON_REPEAT);
	assert_int_equal(person.out.n, 0);
	person_button(BUTTON_REJECT, BUTTON_RELEASE);

	person_button(BUTTON_SOFT1, BUTTON_PRESS);
	assert_string_equal(person_asked(0, CMD_UNBLOCK)->number, "+4990123");
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_UNBLOCKED);
	person_button(BUTTON_SOFT1, BUTTON_RELEASE);

	person_button(BUTTON_SOFT1, BUTTON_PRESS);
	assert_string_equal(person_asked(0, CMD_BLOCK)->number, "+4990123");
}


static void only_the_press_that_declined_blocks(void **state)
{
	(void)state;

	person_invite("301");
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	person_button(BUTTON_REJECT, BUTTON_RELEASE);
	person_closed(person.id);
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	person_button(BUTTON_REJECT, BUTTON_LONG);
	assert_int_equal(person.out.n, 0);

	/* A key at rest, and one that hangs up */
	person_button(BUTTON_REJECT, BUTTON_LONG);
	assert_int_equal(person.out.n, 0);
}


/* Another key may be down as well: one that silenced, say */
static void another_key_that_is_held_does_not_block(void **state)
{
	(void)state;

	person_invite("301");
	person_button(BUTTON_VOLUME_DOWN, BUTTON_PRESS);
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	person_button(BUTTON_VOLUME_DOWN, BUTTON_LONG);
	assert_int_equal(person.out.n, 0);
	person_button(BUTTON_VOLUME_DOWN, BUTTON_RELEASE);
	person_button(BUTTON_REJECT, BUTTON_LONG);
	(void)person_asked(0, CMD_BLOCK);
}


static void who_gets_a_text_is_not_blocked_by_the_same_key(void **state)
{
	(void)state;
	text_copy(person.settings.reply[0], COMMAND_TEXT_MAX, "Later");
	person.settings.replyc = 1;

	person_invite("301");
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	person_button(BUTTON_SOFT1, BUTTON_PRESS);
	(void)person_asked(1, CMD_MESSAGE);
	person_button(BUTTON_SOFT1, BUTTON_LONG);
	assert_int_equal(person.out.n, 0);
}


static void who_has_no_number_is_declined_and_not_blocked(void **state)
{
	struct phone_event ev = {.type = EV_INVITE, .id = 7};

	(void)state;
	text_copy(ev.invite.caller.from.uri, PARTY_URI_MAX,
		  "sip:anonymous@anonymous.invalid");
	person_post(&ev);
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	(void)person_asked(0, CMD_REJECT);
	person_button(BUTTON_REJECT, BUTTON_LONG);
	assert_int_equal(person.out.n, 0);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_REFUSED);
	assert_int_equal(person_key(2), SOFTKEY_NONE);
}


static void what_is_blocked_is_declined_and_let_in_again(void **state)
{
	static const char blocked[][NUMBER_MAX] = {"+4990123"};

	(void)state;
	person.policy.blockv = blocked;
	person.policy.blockc = 1;

	person_invite("+4990123");
	(void)person_asked(0, CMD_REFUSE);
	assert_int_equal(person.phone.notice.by, DECIDED_BLOCK);
	assert_int_equal(person_key(2), SOFTKEY_UNBLOCK);
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	assert_string_equal(person_asked(0, CMD_UNBLOCK)->number, "+4990123");
}


static void a_call_in_the_list_can_be_blocked(void **state)
{
	(void)state;

	person_invite("301");
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	person_closed(person.id);
	person_button(BUTTON_OK, BUTTON_PRESS);
	person_button(BUTTON_SOFT1, BUTTON_PRESS);
	assert_int_equal(phone_face(&person.phone), PHONE_FACE_MENU);
	assert_int_equal(person_key(2), SOFTKEY_BLOCK);
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	assert_string_equal(person_asked(0, CMD_BLOCK)->number, "301");

	/* The list is below the notice */
	person_button(BUTTON_OK, BUTTON_PRESS);
	assert_int_equal(phone_face(&person.phone), PHONE_FACE_MENU);
}


static void what_could_not_be_kept_is_told_and_did_not_happen(void **state)
{
	static const struct phone_event ev = {
		.type = EV_NOT_SAVED,
		.not_saved = {PHONE_SAVE_BLOCK, PHONE_SAVE_FULL},
	};

	(void)state;
	person_invite("301");
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	person_button(BUTTON_REJECT, BUTTON_LONG);
	person_closed(person.id);
	person_post(&ev);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_NOT_SAVED);
	assert_int_equal(person.phone.notice.not_saved.why, PHONE_SAVE_FULL);
	assert_string_equal(person.phone.notice.party.number, "301");
	assert_int_equal(person_key(0), SOFTKEY_NONE);

	person_invite("301");
	(void)person_asked(0, CMD_ACCEPT);
}


/* What was told stands for ten seconds: behind a call it must not be wrong */
static void
what_could_not_be_kept_during_a_call_is_not_told_as_done(void **state)
{
	static const struct phone_event ev = {
		.type = EV_NOT_SAVED,
		.not_saved = {PHONE_SAVE_BLOCK, PHONE_SAVE_FULL},
	};

	(void)state;
	person_invite("301");
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	person_invite("302");
	person_button(BUTTON_REJECT, BUTTON_LONG);
	(void)person_asked(0, CMD_BLOCK);
	person_post(&ev);
	person_given_up(person.id);
	assert_int_equal(phone_face(&person.phone), PHONE_FACE_NOTICE);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_MISSED);

	person_invite("303");
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	person_invite("304");
	person_button(BUTTON_REJECT, BUTTON_LONG);
	person_post(&ev);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_NOT_SAVED);
}


static void what_could_not_be_kept_does_not_end_a_reminder(void **state)
{
	static const struct phone_event ev = {
		.type = EV_NOT_SAVED,
		.not_saved = {PHONE_SAVE_DND, PHONE_SAVE_FULL},
	};

	(void)state;
	person.phone.remind.set = true;
	person.phone.remind.due_ms = person.now.mono_ms + 1;
	person_wait_ms(1);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_REMIND);
	person_post(&ev);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_NOT_SAVED);
	person_button(BUTTON_OK, BUTTON_PRESS);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_REMIND);
}


/* The keys below it would mean somebody else */
static void a_screened_call_leaves_what_was_told_of_others(void **state)
{
	static const char blocked[][NUMBER_MAX] = {"+4990123"};

	(void)state;
	person.policy.blockv = blocked;
	person.policy.blockc = 1;

	person_invite("301");
	person_button(BUTTON_REJECT, BUTTON_PRESS);
	person_invite("+4990123");
	assert_string_equal(person.phone.notice.party.number, "301");
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	assert_string_equal(person_asked(0, CMD_BLOCK)->number, "301");
	person_invite("+4990123");
	person_button(BUTTON_SOFT1, BUTTON_PRESS);
	assert_string_equal(person_asked(0, CMD_UNBLOCK)->number, "301");

	person_invite("302");
	person_given_up(person.id);
	assert_int_equal(person.phone.notice.kind, PHONE_NOTICE_MISSED);
	person_invite("+4990123");
	assert_string_equal(person.phone.notice.party.number, "302");

	/* One that told of another screened call gives way */
	person_button(BUTTON_OK, BUTTON_PRESS);
	person_invite("+4990123");
	person.phone.dnd = true;
	person_invite("303");
	assert_string_equal(person.phone.notice.party.number, "303");
}


static void why_in_a_notice_opens_the_call_that_it_is_about(void **state)
{
	(void)state;

	person.phone.dnd = true;
	person_invite("301");
	person.settings.notice = false;
	person_invite("302");
	assert_string_equal(person.phone.notice.party.number, "301");
	assert_int_equal(person_key(1), SOFTKEY_WHY);
	person_button(BUTTON_SOFT2, BUTTON_PRESS);
	assert_int_equal(phone_face(&person.phone), PHONE_FACE_MENU);
	assert_true(person.phone.menu.why);
	assert_string_equal(phone_menu_entry(&person.phone)->party.number,
			    "301");
}


/* With a word */

static void reject_button_auto_asks_who_else_there_is(void **state)
{
	static const struct {
		enum phone_reg reg;
		uint16_t others, scode;
	} row[] = {
		{PHONE_REG_OK, 0, 603},     {PHONE_REG_OK, 1, 486},
		{PHONE_REG_FAILED, 1, 603}, {PHONE_REG_PENDING, 2, 603},
		{PHONE_REG_OK, 300, 486},
	};

	(void)state;
	person.policy.button_auto = true;
	for (size_t i = 0; i < ROWS(row); i++) {
		const struct phone_event reg = {
			.type = EV_REGISTRATION,
			.registration = {.reg = row[i].reg,
					 .others = row[i].others},
		};

		person_post(&reg);
		person_invite("301");
		person_button(BUTTON_REJECT, BUTTON_PRESS);
		assert_int_equal(person_asked(0, CMD_REJECT)->refusal.scode,
				 row[i].scode);
		person_closed(person.id);
	}
}


static void a_text_declines_and_goes_to_the_caller(void **state)
{
	const struct command *cmd;

	(void)state;
	text_copy(person.settings.reply[0], COMMAND_TEXT_MAX, "Later");
	text_copy(person.settings.reply[1], COMMAND_TEXT_MAX, "In a meeting");
	person.settings.replyc = 2;

	person_invite("301");
	assert_int_equal(person_key(2), SOFTKEY_MESSAGE);
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	assert_true(person.phone.reply.choosing);
	assert_true(phone_current(&person.phone)->silent);
	person_button(BUTTON_UP, BUTTON_PRESS);
	assert_int_equal(person.phone.reply.index, 0);
	person_button(BUTTON_DOWN, BUTTON_PRESS);
	person_button(BUTTON_DOWN, BUTTON_PRESS);
	assert_int_equal(person.phone.reply.index, 1);
	person_button(BUTTON_OK, BUTTON_PRESS);

	assert_int_equal(person_asked(0, CMD_REJECT)->refusal.scode, 603);
	cmd = person_asked(1, CMD_MESSAGE);
	assert_string_equal(cmd->message.text, "In a meeting");
	assert_string_equal(cmd->message.uri, "sip:301@pbx.example.com");
	assert_false(person.phone.reply.choosing);
}


static void a_choice_that_is_left_goes_on_ringing(void **state)
{
	(void)state;
	text_copy(person.settings.reply[0], COMMAND_TEXT_MAX, "Later");
	person.settings.replyc = 1;

	person_invite("301");
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	person_button(BUTTON_BACK, BUTTON_PRESS);
	assert_int_equal(person.out.n, 0);
	assert_false(person.phone.reply.choosing);
	assert_int_equal(phone_face(&person.phone), PHONE_FACE_INCOMING);

	/* The caller gives up meanwhile: the next call is a new one */
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	person_closed(person.id);
	person_invite("302");
	assert_false(person.phone.reply.choosing);

	/* Reject and answer are what they were */
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	person_button(BUTTON_ANSWER, BUTTON_PRESS);
	(void)person_asked(0, CMD_ANSWER);
	assert_false(person.phone.reply.choosing);
}


static void without_texts_and_voicemail_nothing_is_offered(void **state)
{
	(void)state;
	person_invite("301");
	assert_int_equal(person_key(1), SOFTKEY_SILENCE);
	assert_int_equal(person_key(2), SOFTKEY_NONE);
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	assert_int_equal(person.out.n, 0);
}


static void voicemail_sends_the_call_on(void **state)
{
	const struct refusal *r;

	(void)state;
	text_copy(person.settings.voicemail, PARTY_URI_MAX,
		  "sip:voicemail@pbx.example.com");
	person_invite("301");
	assert_int_equal(person_key(2), SOFTKEY_VOICEMAIL);
	person_button(BUTTON_BACK, BUTTON_PRESS); /* silenced */
	assert_int_equal(person_key(1), SOFTKEY_NONE);
	assert_int_equal(person_key(2), SOFTKEY_VOICEMAIL);
	person_button(BUTTON_SOFT3, BUTTON_PRESS);

	r = &person_asked(0, CMD_REJECT)->refusal;
	assert_int_equal(r->scode, 302);
	assert_string_equal(r->contact, "sip:voicemail@pbx.example.com");
	assert_int_equal(history_at(&person.phone.history, 0)->by,
			 DECIDED_USER);
}


static void texts_that_are_read_again_are_not_sent_unseen(void **state)
{
	static struct phone_settings other;
	struct phone_event ev = {.type = EV_SETTINGS, .settings = &other};

	(void)state;
	text_copy(person.settings.reply[0], COMMAND_TEXT_MAX, "Later");
	text_copy(person.settings.reply[1], COMMAND_TEXT_MAX, "In a meeting");
	person.settings.replyc = 2;
	other = person.settings;
	text_copy(other.reply[0], COMMAND_TEXT_MAX, "Soon");

	/* The one that is shown is still the same */
	person_invite("301");
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	person_button(BUTTON_DOWN, BUTTON_PRESS);
	person_post(&ev);
	assert_true(person.phone.reply.choosing);

	/* It is another one, or none */
	person_button(BUTTON_UP, BUTTON_PRESS);
	ev.settings = &person.settings;
	person_post(&ev);
	assert_false(person.phone.reply.choosing);
	person_button(BUTTON_SOFT3, BUTTON_PRESS);
	person_button(BUTTON_DOWN, BUTTON_PRESS);
	other.replyc = 1;
	ev.settings = &other;
	person_post(&ev);
	assert_false(person.phone.reply.choosing);
	assert_int_equal(phone_face(&person.phone), PHONE_FACE_INCOMING);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		TEST(reject_held_declines_at_once_and_then_blocks),
		TEST(only_the_press_that_declined_blocks),
		TEST(another_key_that_is_held_does_not_block),
		TEST(who_gets_a_text_is_not_blocked_by_the_same_key),
		TEST(who_has_no_number_is_declined_and_not_blocked),
		TEST(what_is_blocked_is_declined_and_let_in_again),
		TEST(a_call_in_the_list_can_be_blocked),
		TEST(what_could_not_be_kept_is_told_and_did_not_happen),
		TEST(what_could_not_be_kept_during_a_call_is_not_told_as_done),
		TEST(what_could_not_be_kept_does_not_end_a_reminder),
		TEST(a_screened_call_leaves_what_was_told_of_others),
		TEST(why_in_a_notice_opens_the_call_that_it_is_about),
		TEST(reject_button_auto_asks_who_else_there_is),
		TEST(a_text_declines_and_goes_to_the_caller),
		TEST(a_choice_that_is_left_goes_on_ringing),
		TEST(without_texts_and_voicemail_nothing_is_offered),
		TEST(voicemail_sends_the_call_on),
		TEST(texts_that_are_read_again_are_not_sent_unseen),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
