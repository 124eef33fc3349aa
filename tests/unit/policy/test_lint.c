/**
 * @file tests/unit/policy/test_lint.c  What a policy can hardly mean
 */
#include "app/policy/compile.h"
#include "app/policy/lint.h"
#include "app/policy/lint_cover.h"

#include "check.h"

#include <time.h>

enum {
	TOLD_MAX = 1024,
	VALUES_MAX = 4,
};


/* Numbers: whether the first covers the second is plain */
static void a_pattern_covers_another_as_the_rows_say(void **state)
{
	static const struct {
		const char *wide, *narrow;
		bool covers;
	} row[] = {
		{"1", "1", true},
		{"1", "2", false},
		{"1*", "1", true},
		{"1*", "12*", true},
		{"12*", "1*", false},
		{"12*", "1", false},
		{"1", "1*", false},
		{"1?", "12", true},
		{"1?", "1?", true},
		{"1?", "123", false},
		{"??", "1?", true},
		{"1?", "??", false},
		{"?*", "12*", true},
		{"1?*", "12*", true},
		{"1?*", "1*", false},
		{"1*", "1?*", true},
		{"1?*", "123?", true},
		{"12?", "12?*", false},
		{"1*", "10..19", true},
		{"1?", "10..19", true},
		{"1?", "10..20", false},
		{"10..19", "1?", true},
		{"10..18", "1?", false},
		{"10..19", "12..15", true},
		{"12..15", "10..19", false},
		{"10..19", "15", true},
		{"10..19", "155", false},
		{"10..19", "1*", false},
		{"1??", "100..199", true},
		{"12?", "119..121", false},
		{"1?5", "105..195", false},
		{"10..19", "1?*", false},
		{"+49*", "+4930*", true},
		{"49*", "+4930*", false},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct number_pattern w, n;

		assert_int_equal(number_pattern_parse(&w, row[i].wide,
						      strlen(row[i].wide),
						      NULL),
				 0);
		assert_int_equal(number_pattern_parse(&n, row[i].narrow,
						      strlen(row[i].narrow),
						      NULL),
				 0);
		if (lint_pattern_covers(&w, &n) != row[i].covers)
			fail_msg("%s over %s", row[i].wide, row[i].narrow);
	}
}


/* Rules for rows: a line for each, "action: key = value; key = value" */
struct text_rules {
	struct policy policy;
	struct policy_rule rule[8];
	struct policy_match match[8][VALUES_MAX];
	struct number_pattern number[8][VALUES_MAX][VALUES_MAX];
	struct policy_text text[8][VALUES_MAX][VALUES_MAX];
};


static void match_read(struct text_rules *r, size_t i, size_t k,
		       const char *key, const char *value)
{
	struct policy_match *m = &r->match[i][k];
	size_t kind = 0;

	m->negated = !strncmp(key, "not.", 4);
	if (m->negated)
		key += 4;
	while (strcmp(policy_match_name((enum policy_match_kind)kind), key))
		kind++;
	m->kind = (enum policy_match_kind)kind;
	m->numberv = r->number[i][k];
	m->textv = r->text[i][k];

	if (kind == POLICY_MATCH_NAME || kind == POLICY_MATCH_DOMAIN)
		assert_int_equal(compile_texts(r->text[i][k], VALUES_MAX,
					       &m->textc, value, NULL),
				 0);
	else if (kind == POLICY_MATCH_VERSTAT)
		assert_int_equal(compile_verstat(&m->mask, value, NULL), 0);
	else if (kind == POLICY_MATCH_CALLED_BEFORE)
		m->within_s = (uint32_t)strlen(value);
	else if (kind == POLICY_MATCH_NUMBER ||
		 kind == POLICY_MATCH_ASSERTED ||
		 (kind == POLICY_MATCH_DIVERTED && strcmp(value, "yes")))
		assert_int_equal(compile_numbers(r->number[i][k], VALUES_MAX,
						 &m->numberc, value, NULL),
				 0);
	else if (kind != POLICY_MATCH_DIVERTED)
		while (*value)
			m->mask |= UINT64_C(1) << (*value++ - '0');
}


static void rules_read(struct text_rules *r, const char *text)
{
	memset(r, 0, sizeof(*r));
	policy_init(&r->policy);
	r->policy.rulev = r->rule;

	while (*text) {
		const size_t i = r->policy.rulec++;
		struct policy_rule *rule = &r->rule[i];
		struct compile_action action;
		char line[256], *at, *key;

		(void)snprintf(line, sizeof(line), "%.*s",
			       (int)strcspn(text, "\n"), text);
		text += strlen(line);
		text += *text == '\n';

		at = strrchr(line, ':');
		*at++ = '\0';
		assert_int_equal(compile_action(&action, line, NULL), 0);
		rule->action = action.action;
		(void)snprintf(rule->name, sizeof(rule->name), "%zu", i + 1);
		rule->matchv = r->match[i];
		while ((key = strtok(at, "="))) {
			char *value = strtok(NULL, ";");

			at = NULL;
			key += strspn(key, " ");
			key[strcspn(key, " ")] = '\0';
			value += strspn(value, " ");
			match_read(r, i, rule->matchc++, key, value);
		}
	}
}


struct told {
	char text[TOLD_MAX];
};


/* "2<1 " rule 2 is shadowed by 1, "2! " never holds, "2- " nothing rings */
static void lint_handler(const struct lint *l, void *arg)
{
	struct told *told = arg;
	const size_t n = strlen(told->text);
	char *s = told->text + n;
	const size_t size = sizeof(told->text) - n;

	switch (l->kind) {

	case LINT_NEVER:
		(void)snprintf(s, size, "%s! ", l->rule->name);
		break;

	case LINT_UNREACHABLE:
		(void)snprintf(s, size, "%s<%s ", l->rule->name, l->by->name);
		break;

	case LINT_NO_RING:
		(void)snprintf(s, size, "%s- ",
			       l->rule ? l->rule->name : "hours");
		break;

	case LINT_HOURS_FINAL:
		(void)snprintf(s, size, "480 ");
		break;
	}
}


static void findings_are_as_the_rows_say(void **state)
{
	static const struct {
		const char *rules, *told;
	} row[] = {
		{"", ""},
		{"ring: number = 1\nreject: number = 2", ""},
		{"ring: number = 1*\nreject: number = 12, 13*", "2<1 "},
		{"ring: number = 1*\nreject: number = 12, 2", ""},
		{"ring: number = 12\nreject: number = 1*", ""},
		{"ring: number = 1*, 2*\nreject: number = 2\n"
		 "reject: number = 3\nreject: number = 1",
		 "2<1 4<1 "},

		/* One condition more narrows; two narrow each other */
		{"ring: number = 1*\nreject: number = 12; anonymous = 1",
		 "2<1 "},
		{"ring: number = 1*; when = 0\nreject: number = 12", ""},
		{"ring: number = 1*; when = 01\n"
		 "reject: number = 12; when = 1",
		 "2<1 "},
		{"ring: number = 1*; called_before_min = xx\n"
		 "reject: number = 1; called_before_min = x",
		 "2<1 "},
		{"ring: number = 1*; called_before_min = x\n"
		 "reject: number = 1; called_before_min = xx",
		 ""},
		{"ring: anonymous = 1\nreject: anonymous = 1", "2<1 "},
		{"ring: anonymous = 1\nreject: not.anonymous = 1", ""},

		/* Behind "not" it is the other way round */
		{"ring: not.number = 1\nreject: not.number = 1*", "2<1 "},
		{"ring: not.number = 1*\nreject: not.number = 1", ""},
		{"ring: not.number = 1\nreject: number = 2", ""},
		{"ring: not.diverted = 12\nreject: not.diverted = yes",
		 "2<1 "},
		{"ring: not.diverted = yes\nreject: not.diverted = 12", ""},
		{"ring: diverted = yes\nreject: diverted = 12", "2<1 "},

		/* The other kinds */
		{"ring: name = *bank*\nreject: name = My Bank, bank*", "2<1 "},
		{"ring: domain = *.com\nreject: domain = a.com", "2<1 "},
		{"ring: name = a.com\nreject: domain = a.com", ""},
		{"ring: verstat = passed\nreject: verstat = passed-a", "2<1 "},
		{"ring: verstat = passed-a\nreject: verstat = passed", ""},
		{"ring: asserted = 1*\nreject: asserted = 1", "2<1 "},
		{"ring: asserted = 1*\nreject: number = 1", ""},
		{"ring: account = 01\nreject: account = 1", "2<1 "},
		{"ring: contact = 1\nreject: group = 3", "2<1 "},
		{"ring: group = 3\nreject: contact = 1", ""},
		{"ring: not.group = 3\nreject: not.contact = 1", "2<1 "},

		/* What holds for nobody, and for everybody */
		{"ring: number = 12; not.number = 1*", "1! "},
		{"ring: number = 1*; not.number = 12", ""},
		{"ring: group = 1; not.contact = 1", "1! "},
		{"ring: when = 0; not.when = 01", "1! "},
		{"ring: number = 1\nring:\nreject: number = 2", "3<2 "},

		/* Nothing rings */
		{"reject: number = 1\nreject:", "2- "},
		{"silence:", "1- "},
		{"redirect sip:a@b:", "1- "},
		{"answer: number = 1\nreject:", ""},
		{"ring:\nreject:", "2<1 "},
		{"reject: number = 1*\nring: number = 1\nreject:", "2<1 3- "},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		static struct text_rules r;
		struct told told = {.text = ""};

		rules_read(&r, row[i].rules);
		lint_policy(&r.policy, lint_handler, &told);
		if (strcmp(told.text, row[i].told))
			fail_msg("%s\n told %s\n want %s", row[i].rules,
				 told.text, row[i].told);
	}
}


static void hours_are_looked_at_too(void **state)
{
	static const struct {
		const char *open;
		enum policy_action outside;
		uint16_t scode;
		bool nothing, ring;
		const char *told;
	} row[] = {
		{"Mo 09:00-10:00", POLICY_REJECT, 603, false, false, "480 "},
		{"Mo 09:00-10:00", POLICY_REJECT, 480, false, false, ""},
		{"Mo 09:00-10:00", POLICY_REJECT, 603, true, false, ""},
		{"Mo 09:00-10:00", POLICY_SILENCE, 603, false, false, ""},
		{"off", POLICY_REJECT, 480, false, false, "hours- "},
		{"off", POLICY_SILENCE, 480, false, false, "hours- "},
		{"off", POLICY_RING, 480, false, false, ""},
		{"off", POLICY_REJECT, 480, false, true, ""},
		{"Dec 24 09:00-10:00", POLICY_REJECT, 480, false, false, ""},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		static struct text_rules r;
		struct told told = {.text = ""};

		rules_read(&r, row[i].ring ? "ring: number = 1" : "");
		r.policy.has_hours = true;
		assert_int_equal(
			hours_parse(&r.policy.hours, row[i].open, NULL), 0);
		r.policy.outside = row[i].outside;
		r.policy.scode[POLICY_CAUSE_HOURS] = row[i].scode;
		r.policy.disclose_nothing = row[i].nothing;
		lint_policy(&r.policy, lint_handler, &told);
		if (strcmp(told.text, row[i].told))
			fail_msg("row %zu: %s", i, told.text);
	}
}


static void thousands_of_rules_are_looked_at_in_time(void **state)
{
	enum {
		RULES = 5000,
		S_MAX = 10, /* with sanitizers */
	};
	static struct number_pattern number[RULES];
	static struct policy_match match[RULES];
	static struct policy_rule rule[RULES];
	static struct policy p;
	struct told told = {.text = ""};
	const clock_t start = clock();

	(void)state;
	policy_init(&p);
	for (unsigned i = 0; i < RULES; i++) {
		snprintf(number[i].digits, sizeof(number[i].digits),
			 "+4930%06u", i);
		match[i].numberv = &number[i];
		match[i].numberc = 1;
		rule[i].matchv = &match[i];
		rule[i].matchc = 1;
	}
	p.rulev = rule;
	p.rulec = RULES;
	lint_policy(&p, lint_handler, &told);
	assert_string_equal(told.text, "");
	print_message("%d rules: %.0f ms\n", RULES,
		      (double)(clock() - start) * 1e3 / CLOCKS_PER_SEC);
	assert_true(clock() - start < S_MAX * CLOCKS_PER_SEC);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_covers_another_as_the_rows_say),
		cmocka_unit_test(findings_are_as_the_rows_say),
		cmocka_unit_test(hours_are_looked_at_too),
		cmocka_unit_test(thousands_of_rules_are_looked_at_in_time),
	};

	return cmocka_run_group_tests_name("lint", tests, NULL, NULL);
}
