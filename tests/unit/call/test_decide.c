/**
 * @file tests/unit/call/test_decide.c  Rule, do not disturb, hours, busy
 */
#include "app/call/decide.h"
#include "app/policy/compile.h"

#include "tests/unit/policy/check.h"

enum {
	DAY_S = 86400,
	HOUR_S = 3600,
};

/* The rules of every row, in this order: the first that covers decides */
static const struct {
	const char *name, *number;
	unsigned line;
	enum policy_action action;
	uint16_t scode;
} rule_row[] = {
	{"family", "100", 10, POLICY_RING, 0},
	{"quiet", "200*", 20, POLICY_SILENCE, 0},
	{"spam", "300*", 30, POLICY_REJECT, 0},
	{"gone", "400", 40, POLICY_REJECT, 410},
	{"late", "100*", 50, POLICY_REJECT, 0}, /* 100 is family before */
};

enum hours_case {
	NO_HOURS,
	OPEN,
	SHUT,
	SHUT_UNSET, /* closed, if only the clock were known */
	SHUT_RING,
	SHUT_SILENCE,
};

static const struct {
	const char *number;
	bool dnd;
	enum hours_case hours;
	bool busy;

	enum policy_action action;
	enum decided_by by;
	uint16_t scode;
	const char *rule;
	unsigned line;
} row[] = {
	/* Nothing speaks */
	{"900", 0, NO_HOURS, 0, POLICY_RING, DECIDED_NONE, 0, "", 0},
	{"900", 0, OPEN, 0, POLICY_RING, DECIDED_NONE, 0, "", 0},
	{"900", 0, SHUT_UNSET, 0, POLICY_RING, DECIDED_NONE, 0, "", 0},
	{"900", 0, SHUT_RING, 0, POLICY_RING, DECIDED_NONE, 0, "", 0},
	{"", 0, NO_HOURS, 0, POLICY_RING, DECIDED_NONE, 0, "", 0},

	/* Each alone */
	{"300", 0, NO_HOURS, 0, POLICY_REJECT, DECIDED_RULE, 604, "spam", 30},
	{"400", 0, NO_HOURS, 0, POLICY_REJECT, DECIDED_RULE, 410, "gone", 40},
	{"100", 0, NO_HOURS, 0, POLICY_RING, DECIDED_RULE, 0, "family", 10},
	{"1001", 0, NO_HOURS, 0, POLICY_REJECT, DECIDED_RULE, 604, "late", 50},
	{"2001", 0, NO_HOURS, 0, POLICY_SILENCE, DECIDED_RULE, 0, "quiet", 20},
	{"900", 1, NO_HOURS, 0, POLICY_REJECT, DECIDED_DND, 480, "", 0},
	{"900", 0, SHUT, 0, POLICY_REJECT, DECIDED_HOURS, 603, "", 0},
	{"900", 0, SHUT_SILENCE, 0, POLICY_SILENCE, DECIDED_HOURS, 0, "", 0},
	{"900", 0, NO_HOURS, 1, POLICY_REJECT, DECIDED_BUSY, 486, "", 0},

	/* A rule comes before all; "ring" does not make room in a call */
	{"300", 1, SHUT, 1, POLICY_REJECT, DECIDED_RULE, 604, "spam", 30},
	{"100", 1, SHUT, 0, POLICY_RING, DECIDED_RULE, 0, "family", 10},
	{"2001", 1, SHUT, 0, POLICY_SILENCE, DECIDED_RULE, 0, "quiet", 20},
	{"100", 1, SHUT, 1, POLICY_REJECT, DECIDED_BUSY, 486, "", 0},
	{"2001", 0, NO_HOURS, 1, POLICY_REJECT, DECIDED_BUSY, 486, "", 0},

	/* Do not disturb, then hours, then busy */
	{"900", 1, SHUT, 1, POLICY_REJECT, DECIDED_DND, 480, "", 0},
	{"900", 1, SHUT_SILENCE, 0, POLICY_REJECT, DECIDED_DND, 480, "", 0},
	{"900", 0, SHUT, 1, POLICY_REJECT, DECIDED_HOURS, 603, "", 0},
	{"900", 0, SHUT_SILENCE, 1, POLICY_REJECT, DECIDED_BUSY, 486, "", 0},
	{"900", 0, SHUT_RING, 1, POLICY_REJECT, DECIDED_BUSY, 486, "", 0},
	{"900", 0, SHUT_UNSET, 1, POLICY_REJECT, DECIDED_BUSY, 486, "", 0},
};


struct fixture {
	struct policy policy;
	struct policy_rule rule[ROWS(rule_row)];
	struct number_pattern number[ROWS(rule_row)];
	struct policy_match match[ROWS(rule_row)];
	struct now now;
};


static void fixture_init(struct fixture *f, const char *open)
{
	struct text_error err;
	size_t n;

	memset(f, 0, sizeof(*f));
	policy_init(&f->policy);
	f->policy.scode[POLICY_CAUSE_RULE] = 604; /* unlike all the others */
	f->policy.rulev = f->rule;
	f->policy.rulec = ROWS(rule_row);

	for (size_t i = 0; i < ROWS(rule_row); i++) {
		struct policy_rule *r = &f->rule[i];

		assert_int_equal(compile_numbers(&f->number[i], 1, &n,
						 rule_row[i].number, &err),
				 0);
		text_copy(r->name, sizeof(r->name), rule_row[i].name);
		r->line = rule_row[i].line;
		f->match[i] = (struct policy_match){
			.kind = POLICY_MATCH_NUMBER,
			.numberv = &f->number[i],
			.numberc = 1,
		};
		r->matchv = &f->match[i];
		r->matchc = 1;
		r->action = rule_row[i].action;
		r->scode = rule_row[i].scode;
	}

	if (open) {
		f->policy.has_hours = true;
		assert_int_equal(hours_parse(&f->policy.hours, open, &err), 0);
	}

	/* Friday, 20:00 UTC */
	f->now.utc_s = civil_to_days(2026, 11, 20) * DAY_S + 20 * HOUR_S;
	f->now.utc_valid = true;
}


static void first_that_speaks_decides(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		const enum hours_case h = row[i].hours;
		struct caller caller;
		const struct decide_facts facts = {
			.caller = &caller,
			.called_before_s = SCREENING_NEVER_S,
			.dnd = row[i].dnd,
			.busy = row[i].busy,
		};
		struct fixture f;
		struct verdict v;

		fixture_init(&f, h == NO_HOURS ? NULL
				 : h == OPEN   ? "24/7"
					       : "Mo 09:00-18:00");
		if (h == SHUT_UNSET)
			f.now.utc_valid = false;
		if (h == SHUT_RING)
			f.policy.outside = POLICY_RING;
		if (h == SHUT_SILENCE)
			f.policy.outside = POLICY_SILENCE;

		memset(&caller, 0, sizeof(caller));
		text_copy(caller.from.number, sizeof(caller.from.number),
			  row[i].number);
		memset(&v, 0xff, sizeof(v));
		decide(&v, &f.policy, &facts, &f.now, NULL, NULL);

		if (v.action != row[i].action || v.by != row[i].by ||
		    v.scode != row[i].scode || v.line != row[i].line ||
		    strcmp(v.rule, row[i].rule))
			fail_msg("row %zu: action %d by %s %u %s:%u", i,
				 (int)v.action, decided_name(v.by), v.scode,
				 v.rule, v.line);
		assert_int_equal(v.has_retry_after,
				 row[i].by == DECIDED_HOURS &&
					 row[i].action == POLICY_REJECT);
	}
}


static void retry_after_is_the_next_opening_rounded_up(void **state)
{
	static const struct {
		const char *open;
		uint16_t utc_ms;
		bool has;
		uint32_t retry_after_s;
	} retry[] = {
		{"Fr 20:01-21:00", 0, true, 60},
		{"Fr 20:01-21:00", 1, true, 60},
		{"Fr 20:01-21:00", 999, true, 60},
		{"Sa 10:00-14:00", 0, true, 14 * HOUR_S},
		{"Fr 19:00-20:00", 500, true, 7 * DAY_S - HOUR_S},
		{"off", 0, false, 0},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(retry); i++) {
		static const struct caller caller;
		static const struct decide_facts facts = {.caller = &caller};
		struct fixture f;
		struct verdict v;

		fixture_init(&f, retry[i].open);
		f.now.utc_ms = retry[i].utc_ms;
		decide(&v, &f.policy, &facts, &f.now, NULL, NULL);
		assert_int_equal(v.by, DECIDED_HOURS);
		assert_int_equal(v.has_retry_after, retry[i].has);
		assert_int_equal(v.retry_after_s, retry[i].retry_after_s);
	}
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(first_that_speaks_decides),
		cmocka_unit_test(retry_after_is_the_next_opening_rounded_up),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
