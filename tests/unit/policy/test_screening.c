/**
 * @file tests/unit/policy/test_screening.c  Which rule speaks for a caller
 */
#include "app/policy/screening.h"

#include "check.h"
#include "number_list_golden.h"

static const struct number_pattern spam[] = {
	{"+4990", true},
	{"+493012345", false},
};

static const struct number_pattern friends[] = {
	{"+49905", false},
	{"+4917", true},
};

static const struct policy_rule rule[] = {
	{"friends", 20, friends, ROWS(friends), POLICY_RING, 0, NULL},
	{"spam", 24, spam, ROWS(spam), POLICY_REJECT, 607, NULL},
	{"nobody", 28, NULL, 0, POLICY_REJECT, 0, NULL},
	{"again", 32, spam, ROWS(spam), POLICY_SILENCE, 0, NULL},
};

static const struct {
	const char *number;
	const char *rule; /* NULL: none */
} row[] = {
	{"+4990123", "spam"},  {"+493012345", "spam"},
	{"+4930123456", NULL}, {"+49905", "friends"},
	{"+499056", "spam"},   {"+49171", "friends"},
	{"204", NULL},         {"", NULL},
};


static void the_first_rule_that_covers_the_number_speaks(void **state)
{
	static struct policy p;

	(void)state;
	policy_init(&p);
	p.rulev = rule;
	p.rulec = ROWS(rule);

	for (size_t i = 0; i < ROWS(row); i++) {
		struct party caller = {.uri = "sip:+4990@example.com",
				       .name = "+4990"};
		const struct policy_rule *r;

		strcpy(caller.number, row[i].number);
		r = screening_find(&p, &caller);
		if (!r != !row[i].rule || (r && strcmp(r->name, row[i].rule)))
			fail_msg("\"%s\": %s", row[i].number,
				 r ? r->name : "none");
	}
}


static void a_rule_speaks_for_its_list_as_well_as_for_its_numbers(
	void **state)
{
	static const struct {
		const char *number, *rule;
	} want[] = {
		{"302", "listed"},    {"0301", "listed"}, {"+49901", "both"},
		{"+493012345", "both"}, {"303", NULL},	  {"", NULL},
	};
	static struct number_list list;
	struct policy_rule both[] = {
		{"both", 20, spam, ROWS(spam), POLICY_REJECT, 0, NULL},
		{"listed", 24, NULL, 0, POLICY_REJECT, 0, &list},
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
	for (size_t i = 0; i < ROWS(want); i++) {
		struct party caller = {.uri = ""};
		const struct policy_rule *r;

		strcpy(caller.number, want[i].number);
		r = screening_find(&p, &caller);
		if (!r != !want[i].rule || (r && strcmp(r->name, want[i].rule)))
			fail_msg("\"%s\": %s", want[i].number,
				 r ? r->name : "none");
	}

	/* Now it has both */
	both[0].list = &list;
	for (size_t i = 0; i < ROWS(want); i++) {
		struct party caller = {.uri = ""};
		const struct policy_rule *r;

		strcpy(caller.number, want[i].number);
		r = screening_find(&p, &caller);
		assert_ptr_equal(r, want[i].rule ? &both[0] : NULL);
	}
}


static void without_rules_nothing_speaks(void **state)
{
	static struct policy p;
	const struct party caller = {.number = "204"};

	(void)state;
	policy_init(&p);
	assert_null(screening_find(&p, &caller));
	assert_null(screening_find(&p, NULL));
	assert_null(screening_find(NULL, &caller));
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
	assert_string_equal(p.zone.name, "UTC");
	assert_int_equal(zone_offset_s(&p.zone, 1800000000), 0);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_rule_that_covers_the_number_speaks),
		cmocka_unit_test(
			a_rule_speaks_for_its_list_as_well_as_for_its_numbers),
		cmocka_unit_test(without_rules_nothing_speaks),
		cmocka_unit_test(a_policy_starts_with_the_documented_codes),
	};

	return cmocka_run_group_tests_name("screening", tests, NULL, NULL);
}
