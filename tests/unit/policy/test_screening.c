/**
 * @file tests/unit/policy/test_screening.c  Which rule speaks for a caller
 */
#include "app/policy/screening.h"

#include "check.h"
#include "number_list_golden.h"


static const struct number_pattern spam[] = {
	{.kind = NUMBER_PREFIX, .digits = "+4990"},
	{.kind = NUMBER_EXACT, .digits = "+493012345"},
};

static const struct number_pattern friends[] = {
	{.kind = NUMBER_EXACT, .digits = "+49905"},
	{.kind = NUMBER_PREFIX, .digits = "+4917"},
};

static const struct policy_match is_spam[] = {
	{.kind = POLICY_MATCH_NUMBER, .numberv = spam, .numberc = ROWS(spam)},
};

static const struct policy_match is_friend[] = {
	{.kind = POLICY_MATCH_NUMBER,
	 .numberv = friends,
	 .numberc = ROWS(friends)},
};

static const struct policy_match hidden_spam[] = {
	{.kind = POLICY_MATCH_NUMBER, .numberv = spam, .numberc = ROWS(spam)},
	{.kind = POLICY_MATCH_ANONYMOUS},
};

static const struct policy_rule rule[] = {
	{.name = "hidden", .matchv = hidden_spam, .matchc = 2},
	{.name = "friends", .matchv = is_friend, .matchc = 1},
	{.name = "spam", .matchv = is_spam, .matchc = 1},
	{.name = "again", .matchv = is_spam, .matchc = 1},
};


static const struct policy_rule *find(const struct policy *p,
				      const char *number, bool anonymous,
				      screening_passed_h *passedh, void *arg)
{
	struct caller caller;
	const struct now now = {.utc_valid = false};
	const struct screening s = {
		.caller = &caller,
		.now = &now,
		.called_before_s = SCREENING_NEVER_S,
	};

	memset(&caller, 0, sizeof(caller));
	strcpy(caller.from.uri, "sip:+4990@example.com");
	strcpy(caller.from.name, "+4990");
	strcpy(caller.from.number, number);
	caller.anonymous = anonymous;

	return screening_find(p, &s, passedh, arg);
}


static void check(const struct policy *p, const char *number, bool anonymous,
		  const char *want)
{
	const struct policy_rule *r = find(p, number, anonymous, NULL, NULL);

	if (!r != !want || (r && strcmp(r->name, want)))
		fail_msg("\"%s\": %s", number, r ? r->name : "none");
}


static void the_first_rule_all_of_whose_matches_hold_speaks(void **state)
{
	static const struct {
		const char *number;
		bool anonymous;
		const char *rule; /* NULL: none */
	} row[] = {
		{"+4990123", false, "spam"},  {"+493012345", false, "spam"},
		{"+4930123456", false, NULL}, {"+49905", false, "friends"},
		{"+499056", false, "spam"},   {"+49171", false, "friends"},
		{"204", false, NULL},         {"", false, NULL},
		{"+4990123", true, "hidden"}, {"+49905", true, "hidden"},
		{"+49171", true, "friends"},  {"204", true, NULL},
	};
	static struct policy p;

	(void)state;
	policy_init(&p);
	p.rulev = rule;
	p.rulec = ROWS(rule);

	for (size_t i = 0; i < ROWS(row); i++)
		check(&p, row[i].number, row[i].anonymous, row[i].rule);
}


struct passed {
	char text[256];
};


static void passed_handler(const struct policy_rule *r,
			   const struct policy_match *failed, void *arg)
{
	struct passed *passed = arg;
	const size_t n = strlen(passed->text);

	snprintf(passed->text + n, sizeof(passed->text) - n, "%s:%s ", r->name,
		 policy_match_name(failed->kind));
}


static void rules_passed_over_are_told_with_what_failed_first(void **state)
{
	static const struct {
		const char *number, *passed;
	} row[] = {
		{"+49171", "hidden:number "},
		{"+4990123", "hidden:anonymous friends:number "},
		{"204", "hidden:number friends:number spam:number "
			"again:number "},
	};
	static struct policy p;

	(void)state;
	policy_init(&p);
	p.rulev = rule;
	p.rulec = ROWS(rule);

	for (size_t i = 0; i < ROWS(row); i++) {
		struct passed passed = {.text = ""};

		find(&p, row[i].number, false, passed_handler, &passed);
		assert_string_equal(passed.text, row[i].passed);
	}
}


static void a_rule_speaks_for_its_list_as_well_as_for_its_numbers(void **state)
{
	static const struct {
		const char *number, *rule, *with_both;
	} want[] = {
		{"302", "listed", "both"},  {"0301", "listed", "both"},
		{"+49901", "both", "both"}, {"+493012345", "both", "both"},
		{"303", NULL, NULL},        {"", NULL, NULL},
	};
	static struct number_list list;
	struct policy_match match[] = {
		{.kind = POLICY_MATCH_NUMBER,
		 .numberv = spam,
		 .numberc = ROWS(spam)},
		{.kind = POLICY_MATCH_NUMBER, .list = &list},
	};
	const struct policy_rule both[] = {
		{.name = "both", .matchv = &match[0], .matchc = 1},
		{.name = "listed", .matchv = &match[1], .matchc = 1},
	};
	static struct policy p;
	const char *what;

	(void)state;
	policy_init(&p);
	p.rulev = both;
	p.rulec = ROWS(both);

	assert_int_equal(number_list_open(&list, number_list_golden,
					  sizeof(number_list_golden), &what),
			 0);
	for (size_t i = 0; i < ROWS(want); i++)
		check(&p, want[i].number, false, want[i].rule);

	match[0].list = &list;
	for (size_t i = 0; i < ROWS(want); i++)
		check(&p, want[i].number, false, want[i].with_both);
}


static void without_rules_nothing_speaks(void **state)
{
	static struct policy p;
	const struct screening nobody = {.caller = NULL};

	(void)state;
	policy_init(&p);
	check(&p, "204", false, NULL);
	assert_null(screening_find(&p, NULL, NULL, NULL));
	assert_null(screening_find(&p, &nobody, NULL, NULL));
	assert_null(find(NULL, "204", false, NULL, NULL));
}


static void a_rule_without_matches_speaks_for_everybody(void **state)
{
	static const struct policy_rule all = {.name = "all"};
	static struct policy p;

	(void)state;
	policy_init(&p);
	p.rulev = &all;
	p.rulec = 1;
	check(&p, "", false, "all");
	check(&p, "+4990123", true, "all");
}


/* The plan counts for what is sent and for what the rules say */
static void numbers_are_compared_in_the_plans_form(void **state)
{
	static struct policy p;

	(void)state;
	policy_init(&p);
	p.rulev = rule;
	p.rulec = ROWS(rule);
	assert_int_equal(dial_plan_init(&p.plan, "49"), 0);

	check(&p, "03012345", false, "spam");
	check(&p, "00493012345", false, "spam");
	check(&p, "0171234567", false, "friends");
	check(&p, "301234", false, NULL);
}


static void a_policy_starts_with_the_documented_codes(void **state)
{
	static const uint16_t want[POLICY_CAUSE_COUNT] = {
		[POLICY_CAUSE_BUTTON] = 603, [POLICY_CAUSE_RULE] = 603,
		[POLICY_CAUSE_HOURS] = 603,  [POLICY_CAUSE_DND] = 480,
		[POLICY_CAUSE_BUSY] = 486,   [POLICY_CAUSE_NO_ANSWER] = 480,
	};
	static struct policy p;

	(void)state;
	memset(&p, 0xff, sizeof(p));
	policy_init(&p);
	assert_memory_equal(p.scode, want, sizeof(want));
	assert_false(p.has_hours);
	assert_int_equal(p.hours.n, 0);
	assert_int_equal(p.outside, POLICY_REJECT);
	assert_int_equal(p.rulec, 0);
	assert_int_equal(p.emergency.window_s, 3600);
	assert_string_equal(p.zone.name, "UTC");
	assert_int_equal(zone_offset_s(&p.zone, 1800000000), 0);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_first_rule_all_of_whose_matches_hold_speaks),
		cmocka_unit_test(
			rules_passed_over_are_told_with_what_failed_first),
		cmocka_unit_test(
			a_rule_speaks_for_its_list_as_well_as_for_its_numbers),
		cmocka_unit_test(without_rules_nothing_speaks),
		cmocka_unit_test(a_rule_without_matches_speaks_for_everybody),
		cmocka_unit_test(numbers_are_compared_in_the_plans_form),
		cmocka_unit_test(a_policy_starts_with_the_documented_codes),
	};

	return cmocka_run_group_tests_name("screening", tests, NULL, NULL);
}
