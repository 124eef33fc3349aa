/**
 * @file tests/unit/policy/test_screening_match.c  When each match holds
 *
 * Each row is a match, what differs from a plain caller, and whether it
 * holds as it is and behind "not".
 */
#include "app/policy/compile.h"
#include "app/policy/screening.h"

#include "check.h"

#include <stdlib.h>

enum {
	NUMBERS_MAX = 4,
	TEXTS_MAX = 4,
	TUESDAY_NOON_S = 1795521600, /* 2026-11-24T12:00:00Z */
	HOURS = 2,
};

/* Family is bit 0, work bit 1 */
static const struct contact contact[] = {
	{"+493011", "Ada", 1},
	{"+493012", "Bob", 2},
	{"+493013", "Cy", 0},
};

/* What a match holds for: "yes no": as it is, not behind "not" */
enum holds {
	YES,
	NO,
	UNTOLD, /* neither way */
};

/* The plain caller, but for what is set; "-" is "" */
struct who {
	const char *number, *name, *domain, *asserted;
	const char *diverted[2];
	unsigned account;
	bool trusted, anonymous, clock_unset;
	enum caller_verstat verstat;
	uint32_t before_s; /* 0: never */
	bool no_hours;
};

static const struct {
	enum policy_match_kind kind;
	const char *value;
	struct who who;
	enum holds holds;
} row[] = {
	/* Numbers: who has none is neither in nor out */
	{POLICY_MATCH_NUMBER, "+4930*", {.number = "+493011"}, YES},
	{POLICY_MATCH_NUMBER, "1, +493011", {.number = "+493011"}, YES},
	{POLICY_MATCH_NUMBER, "+4931*", {.number = "+493011"}, NO},
	{POLICY_MATCH_NUMBER, "+4930*", {.number = "-"}, UNTOLD},

	/* Contacts: who has no number is no contact */
	{POLICY_MATCH_CONTACT, "", {.number = "+493013"}, YES},
	{POLICY_MATCH_CONTACT, "", {.number = "+493014"}, NO},
	{POLICY_MATCH_CONTACT, "", {.number = "-"}, NO},
	{POLICY_MATCH_GROUP, "1", {.number = "+493011"}, YES},
	{POLICY_MATCH_GROUP, "3", {.number = "+493012"}, YES},
	{POLICY_MATCH_GROUP, "1", {.number = "+493012"}, NO},
	{POLICY_MATCH_GROUP, "3", {.number = "+493013"}, NO},
	{POLICY_MATCH_GROUP, "3", {.number = "+493014"}, NO},
	{POLICY_MATCH_GROUP, "3", {.number = "-"}, NO},

	/* A name that isn't there is an empty one */
	{POLICY_MATCH_NAME, "*bank*", {.name = "Your BANK calls"}, YES},
	{POLICY_MATCH_NAME, "a*, b?b", {.name = "Bob"}, YES},
	{POLICY_MATCH_NAME, "bank", {.name = "Your bank"}, NO},
	{POLICY_MATCH_NAME, "?*", {.name = "-"}, NO},
	{POLICY_MATCH_NAME, "*", {.name = "-"}, YES},

	{POLICY_MATCH_DOMAIN,
	 "*.example.com",
	 {.domain = "a.example.com"},
	 YES},
	{POLICY_MATCH_DOMAIN, "*.example.com", {.domain = "example.com"}, NO},
	{POLICY_MATCH_DOMAIN,
	 "a, EXAMPLE.com",
	 {.domain = "example.com"},
	 YES},
	{POLICY_MATCH_DOMAIN, "*", {.domain = "-"}, UNTOLD},

	{POLICY_MATCH_ACCOUNT, "5", {.account = 0}, YES},
	{POLICY_MATCH_ACCOUNT, "5", {.account = 1}, NO},
	{POLICY_MATCH_ACCOUNT, "5", {.account = 2}, YES},
	{POLICY_MATCH_ACCOUNT, "5", {.account = 66}, NO},

	{POLICY_MATCH_ANONYMOUS, "", {.anonymous = true}, YES},
	{POLICY_MATCH_ANONYMOUS, "", {.anonymous = false}, NO},

	/* Only who is trusted can assert */
	{POLICY_MATCH_ASSERTED,
	 "+4930*",
	 {.asserted = "+493011", .trusted = true},
	 YES},
	{POLICY_MATCH_ASSERTED,
	 "+4931*",
	 {.asserted = "+493011", .trusted = true},
	 NO},
	{POLICY_MATCH_ASSERTED,
	 "+4930*",
	 {.asserted = "+493011", .trusted = false},
	 UNTOLD},
	{POLICY_MATCH_ASSERTED, "+4930*", {.trusted = true}, UNTOLD},

	{POLICY_MATCH_VERSTAT,
	 "passed",
	 {.verstat = CALLER_VERSTAT_PASSED, .trusted = true},
	 YES},
	{POLICY_MATCH_VERSTAT,
	 "passed",
	 {.verstat = CALLER_VERSTAT_PASSED_C, .trusted = true},
	 YES},
	{POLICY_MATCH_VERSTAT,
	 "passed-a, failed",
	 {.verstat = CALLER_VERSTAT_PASSED_B, .trusted = true},
	 NO},
	{POLICY_MATCH_VERSTAT,
	 "passed-a",
	 {.verstat = CALLER_VERSTAT_PASSED, .trusted = true},
	 NO},
	{POLICY_MATCH_VERSTAT,
	 "passed-a, failed",
	 {.verstat = CALLER_VERSTAT_FAILED, .trusted = true},
	 YES},
	{POLICY_MATCH_VERSTAT, "none", {.trusted = true}, YES},
	{POLICY_MATCH_VERSTAT, "none", {.trusted = false}, UNTOLD},
	{POLICY_MATCH_VERSTAT,
	 "passed",
	 {.verstat = CALLER_VERSTAT_PASSED, .trusted = false},
	 UNTOLD},

	/* Diverted at all, or by a number, whichever of them */
	{POLICY_MATCH_DIVERTED, "", {.number = NULL}, NO},
	{POLICY_MATCH_DIVERTED, "", {.diverted = {"+4930"}}, YES},
	{POLICY_MATCH_DIVERTED, "", {.diverted = {"-"}}, YES},
	{POLICY_MATCH_DIVERTED, "+4930*", {.number = "+493011"}, NO},
	{POLICY_MATCH_DIVERTED, "+4930*", {.diverted = {"+493011"}}, YES},
	{POLICY_MATCH_DIVERTED, "+4930*", {.diverted = {"+4931"}}, NO},
	{POLICY_MATCH_DIVERTED,
	 "+4930*",
	 {.diverted = {"+4931", "+4930"}},
	 YES},
	{POLICY_MATCH_DIVERTED,
	 "+4930*",
	 {.diverted = {"+4931", "-"}},
	 UNTOLD},
	{POLICY_MATCH_DIVERTED, "+4930*", {.diverted = {"-", "+4930"}}, YES},

	/* Hours: [hours] is open, the first of the others, not the second */
	{POLICY_MATCH_WHEN, "open", {.number = NULL}, YES},
	{POLICY_MATCH_WHEN, "closed", {.number = NULL}, NO},
	{POLICY_MATCH_WHEN, "0", {.number = NULL}, YES},
	{POLICY_MATCH_WHEN, "1", {.number = NULL}, NO},
	{POLICY_MATCH_WHEN, "1 closed", {.number = NULL}, NO},
	{POLICY_MATCH_WHEN, "1 open", {.number = NULL}, YES},
	{POLICY_MATCH_WHEN, "open", {.clock_unset = true}, UNTOLD},
	{POLICY_MATCH_WHEN, "closed", {.clock_unset = true}, UNTOLD},
	{POLICY_MATCH_WHEN, "0 1", {.clock_unset = true}, UNTOLD},

	/* Who has not called before has not */
	{POLICY_MATCH_CALLED_BEFORE, "300", {.before_s = 1}, YES},
	{POLICY_MATCH_CALLED_BEFORE, "300", {.before_s = 300}, YES},
	{POLICY_MATCH_CALLED_BEFORE, "300", {.before_s = 301}, NO},
	{POLICY_MATCH_CALLED_BEFORE, "300", {.number = NULL}, NO},
	{POLICY_MATCH_CALLED_BEFORE, "4294967295", {.number = NULL}, NO},
};


struct fixture {
	struct policy policy;
	struct policy_hours hours[HOURS];
	struct policy_match match;
	struct policy_rule rule;
	struct number_pattern number[NUMBERS_MAX];
	struct policy_text text[TEXTS_MAX];
	struct caller caller;
	struct now now;
	struct screening screening;
};


static void policy_fill(struct fixture *f)
{
	struct policy *p = &f->policy;

	policy_init(p);
	p->has_hours = true;
	assert_int_equal(hours_parse(&p->hours, "Tu 12:00-13:00", NULL), 0);
	assert_int_equal(hours_parse(&f->hours[0].hours, "24/7", NULL), 0);
	assert_int_equal(
		hours_parse(&f->hours[1].hours, "We 00:00-24:00", NULL), 0);
	p->hourv = f->hours;
	p->hourc = HOURS;
	p->contacts.v = contact;
	p->contacts.n = ROWS(contact);
	f->rule.matchv = &f->match;
	f->rule.matchc = 1;
	p->rulev = &f->rule;
	p->rulec = 1;
}


static uint64_t when_mask(const char *value)
{
	uint64_t mask = 0;

	if (strstr(value, "open"))
		mask |= POLICY_WHEN_OPEN;
	if (strstr(value, "closed"))
		mask |= POLICY_WHEN_CLOSED;
	for (unsigned i = 0; i < HOURS; i++) {
		if (strchr(value, (char)('0' + i)))
			mask |= UINT64_C(1) << i;
	}

	return mask;
}


static void match_fill(struct fixture *f, enum policy_match_kind kind,
		       const char *value)
{
	struct policy_match *m = &f->match;

	m->kind = kind;
	m->numberv = f->number;
	m->textv = f->text;

	switch (kind) {

	case POLICY_MATCH_NUMBER:
	case POLICY_MATCH_ASSERTED:
	case POLICY_MATCH_DIVERTED:
		if (value[0])
			assert_int_equal(
				compile_numbers(f->number, NUMBERS_MAX,
						&m->numberc, value, NULL),
				0);
		break;

	case POLICY_MATCH_NAME:
	case POLICY_MATCH_DOMAIN:
		assert_int_equal(compile_texts(f->text, TEXTS_MAX, &m->textc,
					       value, NULL),
				 0);
		break;

	case POLICY_MATCH_VERSTAT:
		assert_int_equal(compile_verstat(&m->mask, value, NULL), 0);
		break;

	case POLICY_MATCH_WHEN:
		m->mask = when_mask(value);
		break;

	case POLICY_MATCH_GROUP:
	case POLICY_MATCH_ACCOUNT:
		m->mask = strtoul(value, NULL, 10);
		break;

	case POLICY_MATCH_CALLED_BEFORE:
		m->within_s = (uint32_t)strtoul(value, NULL, 10);
		break;

	case POLICY_MATCH_CONTACT:
	case POLICY_MATCH_ANONYMOUS:
	case POLICY_MATCH_COUNT:
		break;
	}
}


static void set(char *dst, size_t size, const char *value, const char *plain)
{
	if (!value)
		value = plain;
	text_copy(dst, size, strcmp(value, "-") ? value : "");
}


static void caller_fill(struct fixture *f, const struct who *who)
{
	struct caller *c = &f->caller;

	set(c->from.number, sizeof(c->from.number), who->number, "+4940");
	set(c->from.name, sizeof(c->from.name), who->name, "Dee");
	set(c->domain, sizeof(c->domain), who->domain, "pbx.example.com");
	set(c->asserted, sizeof(c->asserted), who->asserted, "");
	c->account = who->account;
	c->trusted = who->trusted;
	c->anonymous = who->anonymous;
	c->verstat = who->verstat;
	while (c->divertedc < ROWS(who->diverted) &&
	       who->diverted[c->divertedc]) {
		set(c->diverted[c->divertedc], sizeof(c->diverted[0]),
		    who->diverted[c->divertedc], "");
		c->divertedc++;
	}

	f->now.utc_s = TUESDAY_NOON_S;
	f->now.utc_valid = !who->clock_unset;
	f->screening = (struct screening){
		.caller = c,
		.now = &f->now,
		.called_before_s =
			who->before_s ? who->before_s : SCREENING_NEVER_S,
	};
}


static void each_match_holds_as_its_row_says(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		for (unsigned negated = 0; negated < 2; negated++) {
			static struct fixture f;
			const enum holds want = negated ? NO : YES;
			bool holds;

			memset(&f, 0, sizeof(f));
			policy_fill(&f);
			match_fill(&f, row[i].kind, row[i].value);
			f.match.negated = negated;
			caller_fill(&f, &row[i].who);

			holds = screening_find(&f.policy, &f.screening, NULL,
					       NULL) != NULL;
			if (holds != (row[i].holds == want))
				fail_msg("row %zu: %s%s = %s: %d", i,
					 negated ? "not." : "",
					 policy_match_name(row[i].kind),
					 row[i].value, holds);
		}
	}
}


static void every_kind_of_match_has_rows_for_yes_and_no(void **state)
{
	bool seen[POLICY_MATCH_COUNT][UNTOLD + 1] = {{false}};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++)
		seen[row[i].kind][row[i].holds] = true;
	for (size_t i = 0; i < POLICY_MATCH_COUNT; i++)
		assert_true(seen[i][YES] && seen[i][NO]);
}


/* Without [hours] neither open nor closed is true */
static void without_hours_it_is_neither_open_nor_closed(void **state)
{
	static struct fixture f;
	static const struct who plain;

	(void)state;
	memset(&f, 0, sizeof(f));
	policy_fill(&f);
	caller_fill(&f, &plain);
	f.policy.has_hours = false;
	match_fill(&f, POLICY_MATCH_WHEN, "open closed");
	assert_null(screening_find(&f.policy, &f.screening, NULL, NULL));
}


/* Two rules ask for the same hours: what was worked out stays right */
static void what_is_worked_out_once_serves_all_rules(void **state)
{
	static struct fixture f;
	static const struct who plain = {.number = "+493012"};
	struct policy_match match[] = {
		{.kind = POLICY_MATCH_WHEN, .mask = POLICY_WHEN_CLOSED},
		{.kind = POLICY_MATCH_WHEN, .mask = 2},
		{.kind = POLICY_MATCH_WHEN, .mask = 2, .negated = true},
		{.kind = POLICY_MATCH_WHEN, .mask = POLICY_WHEN_OPEN | 1},
		{.kind = POLICY_MATCH_GROUP, .mask = 1},
		{.kind = POLICY_MATCH_GROUP, .mask = 2},
		{.kind = POLICY_MATCH_WHEN, .mask = 1},
	};
	const struct policy_rule rule[] = {
		{.name = "closed", .matchv = &match[0], .matchc = 1},
		{.name = "second", .matchv = &match[1], .matchc = 1},
		{.name = "family", .matchv = &match[2], .matchc = 3},
		{.name = "family", .matchv = &match[4], .matchc = 1},
		{.name = "work", .matchv = &match[5], .matchc = 2},
	};
	const struct policy_rule *r;

	(void)state;
	memset(&f, 0, sizeof(f));
	policy_fill(&f);
	caller_fill(&f, &plain);
	f.policy.rulev = rule;
	f.policy.rulec = ROWS(rule);
	r = screening_find(&f.policy, &f.screening, NULL, NULL);
	assert_non_null(r);
	assert_string_equal(r->name, "work");
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_match_holds_as_its_row_says),
		cmocka_unit_test(every_kind_of_match_has_rows_for_yes_and_no),
		cmocka_unit_test(without_hours_it_is_neither_open_nor_closed),
		cmocka_unit_test(what_is_worked_out_once_serves_all_rules),
	};

	return cmocka_run_group_tests_name("screening_match", tests, NULL,
					   NULL);
}
