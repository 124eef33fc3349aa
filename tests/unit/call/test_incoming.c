/**
 * @file tests/unit/call/test_incoming.c  What a call meets besides the order
 * of decision
 */
#include "tests/unit/call/person.h"


/* Emergency */

static void after_an_emergency_call_everything_rings(void **state)
{
	static const char blocked[][NUMBER_MAX] = {"+4990123"};
	static const struct phone_event dial = {
		.type = EV_DIAL,
		.dial = {.uri = "112"},
	};
	uint32_t id;

	(void)state;
	text_copy(person.policy.emergency.number[0], NUMBER_MAX, "112");
	person.policy.emergency.numberc = 1;
	person.policy.blockv = blocked;
	person.policy.blockc = 1;
	person.phone.dnd = true;

	person_invite("+4990123");
	(void)person_asked(0, CMD_REFUSE);
	person_button(BUTTON_OK, BUTTON_PRESS);

	person_post(&dial);
	id = person_asked(0, CMD_DIAL)->id;
	person_wait_ms(5 * MINUTE_MS);
	person_closed(id); /* the hour is counted from the end */
	person_wait_ms(60 * MINUTE_MS - 1);
	assert_true(phone_emergency(&person.phone, &person.now));
	person_invite("+4990123");
	(void)person_asked(0, CMD_ACCEPT);
	person_closed(person.id);

	person_wait_ms(1);
	assert_false(phone_emergency(&person.phone, &person.now));
	person_invite("+4990123");
	(void)person_asked(0, CMD_REFUSE);
}


static void another_number_opens_nothing(void **state)
{
	static const char *const number[] = {"1120", "11", "+112", "0112"};

	(void)state;
	text_copy(person.policy.emergency.number[0], NUMBER_MAX, "112");
	person.policy.emergency.numberc = 1;

	for (size_t i = 0; i < ROWS(number); i++) {
		struct phone_event dial = {.type = EV_DIAL};

		text_copy(dial.dial.uri, sizeof(dial.dial.uri), number[i]);
		person_post(&dial);
		person_closed(person_asked(0, CMD_DIAL)->id);
		assert_false(phone_emergency(&person.phone, &person.now));
	}
}


static void a_call_back_is_believed_from_the_own_server_only(void **state)
{
	(void)state;
	person.phone.dnd = true;

	for (int trusted = 0; trusted < 2; trusted++) {
		struct phone_event ev = person_invite_event("301");

		ev.invite.caller.psap_callback = true;
		ev.invite.caller.trusted = trusted;
		person_post(&ev);
		(void)person_asked(0, trusted ? CMD_ACCEPT : CMD_REFUSE);
	}
}


/* Rules */

static void a_rule_answers_by_itself_but_not_into_a_call(void **state)
{
	(void)state;
	person.rule =
		(struct policy_rule){.name = "door", .action = POLICY_ANSWER};
	person.policy.rulev = &person.rule;
	person.policy.rulec = 1;
	person.phone.dnd = true;

	person_invite("301");
	(void)person_asked(0, CMD_ACCEPT);
	assert_int_equal(person_asked(1, CMD_ANSWER)->path,
			 AUDIO_PATH_SPEAKER);
	person_invite("302");
	assert_int_equal(person_asked(0, CMD_REFUSE)->refusal.scode, 486);
}


static void a_rule_sends_a_call_on(void **state)
{
	const struct refusal *r;

	(void)state;
	person.rule = (struct policy_rule){.name = "away",
					   .action = POLICY_REDIRECT,
					   .uri = "sip:desk@example.com"};
	person.policy.rulev = &person.rule;
	person.policy.rulec = 1;

	person_invite("301");
	r = &person_asked(0, CMD_REFUSE)->refusal;
	assert_int_equal(r->scode, 302);
	assert_string_equal(r->contact, "sip:desk@example.com");
	assert_int_equal(history_at(&person.phone.history, 0)->scode, 302);
}


static void a_contact_is_called_by_the_owners_name(void **state)
{
	(void)state;
	text_copy(person.contact.number, NUMBER_MAX, "+49301");
	text_copy(person.contact.name, CONTACT_NAME_MAX, "Aunt Zoe");
	person.policy.contacts.v = &person.contact;
	person.policy.contacts.n = 1;

	person_invite("+49 (30) 1");
	assert_string_equal(phone_current(&person.phone)->party.name,
			    "Aunt Zoe");
}


static void who_called_before_is_remembered_in_seconds(void **state)
{
	(void)state;
	person_invite("301");
	person_closed(person.id);
	person_wait_ms(90 * SECOND_MS + 999);
	assert_int_equal(history_called_before_s(&person.phone.history, "301",
						 person.now.mono_ms),
			 90);
	assert_int_equal(history_called_before_s(&person.phone.history, "302",
						 person.now.mono_ms),
			 SCREENING_NEVER_S);
	assert_int_equal(history_called_before_s(&person.phone.history, "",
						 person.now.mono_ms),
			 SCREENING_NEVER_S);
}


/* 0301 is 301 without a plan of 0, and +49301 with one */
static void who_called_before_is_found_by_a_plan_that_came_since(void **state)
{
	static struct phone_settings other;
	static struct policy policy;
	struct phone_event ev = {.type = EV_SETTINGS, .settings = &other};
	struct decide_facts facts;

	(void)state;
	policy = person.policy;
	text_copy(policy.plan.country_code, sizeof(policy.plan.country_code),
		  "49");
	text_copy(policy.plan.trunk_prefix, sizeof(policy.plan.trunk_prefix),
		  "0");
	policy.plan.min_national = 7;
	other = person.settings;
	other.policy = &policy;

	person_invite("030123456");
	person_closed(person.id);
	person_post(&ev);
	ev = person_invite_event("+4930123456");
	phone_facts(&facts, &person.phone, &ev.invite.caller, &person.now);
	assert_int_equal(facts.called_before_s, 0);
}


/* Who is screened takes no turn; our own server has its own */
static void calls_that_come_too_fast_are_refused(void **state)
{
	struct phone_event settings = {.type = EV_SETTINGS,
				       .settings = &person.settings};
	struct phone_event ev;

	(void)state;
	person.policy.limit.source_per_min = 2;
	person.policy.limit.all_per_min = 3;
	phone_init(&person.phone, &person.settings);

	for (unsigned i = 0; i < 5; i++) {
		static const bool rings[] = {true, true, false, true, false};
		static const uint64_t source[] = {1, 1, 1, 2, 3};

		ev = person_invite_event("301");
		ev.invite.caller.source = source[i];
		person_post(&ev);
		(void)person_asked(0, rings[i] ? CMD_ACCEPT : CMD_REFUSE);
		if (rings[i])
			person_closed(person.id);
		else
			assert_int_equal(
				history_at(&person.phone.history, 0)->by,
				DECIDED_LIMIT);
	}

	ev = person_invite_event("301");
	ev.invite.caller.trusted = true;
	person_post(&ev);
	(void)person_asked(0, CMD_ACCEPT);
	person_closed(person.id);

	/* The same settings leave what was counted as it was */
	person_post(&settings);
	ev = person_invite_event("301");
	ev.invite.caller.source = 9;
	person_post(&ev);
	(void)person_asked(0, CMD_REFUSE);

	person_wait_ms(MINUTE_MS);
	ev = person_invite_event("301");
	ev.invite.caller.source = 9;
	person_post(&ev);
	(void)person_asked(0, CMD_ACCEPT);
}


/* Busy is told only to who would have come through */
static void too_many_is_told_before_busy(void **state)
{
	(void)state;
	person.policy.limit.all_per_min = 2;
	phone_init(&person.phone, &person.settings);

	for (unsigned i = 0; i < 3; i++) {
		person_invite("301");
		(void)person_asked(0, i ? CMD_REFUSE : CMD_ACCEPT);
		if (i)
			assert_int_equal(
				history_at(&person.phone.history, 0)->by,
				i == 1 ? DECIDED_BUSY : DECIDED_LIMIT);
	}
	assert_int_equal(person_asked(0, CMD_REFUSE)->refusal.scode, 480);

	/* Who is let in by a rule takes no turn, and is told that it is busy
	 */
	person.rule =
		(struct policy_rule){.name = "all", .action = POLICY_RING};
	person.policy.rulev = &person.rule;
	person.policy.rulec = 1;
	person_invite("302");
	assert_int_equal(person_asked(0, CMD_REFUSE)->refusal.scode, 486);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		TEST(after_an_emergency_call_everything_rings),
		TEST(another_number_opens_nothing),
		TEST(a_call_back_is_believed_from_the_own_server_only),
		TEST(a_rule_answers_by_itself_but_not_into_a_call),
		TEST(a_rule_sends_a_call_on),
		TEST(a_contact_is_called_by_the_owners_name),
		TEST(who_called_before_is_remembered_in_seconds),
		TEST(who_called_before_is_found_by_a_plan_that_came_since),
		TEST(calls_that_come_too_fast_are_refused),
		TEST(too_many_is_told_before_busy),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
