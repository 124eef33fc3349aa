/**
 * @file tests/unit/policy/test_lint_property.c  What is warned of is so
 *
 * Patterns, rules and callers are drawn; no number and no call may ever show
 * a finding to be wrong.
 */
#include "app/policy/lint.h"
#include "app/policy/lint_cover.h"
#include "app/policy/screening.h"

#include "check.h"


static struct number_pattern pattern_draw(uint64_t *seed)
{
	static const char *const text[] = {
		"1",    "11",   "121",    "1*",       "11*",     "2*",
		"?*",   "1?",   "?1",     "1?*",      "???",     "11..12",
		"1..2", "2?1*", "11..22", "111..212", "121..122"};
	const char *s = text[check_random(seed) % ROWS(text)];
	struct number_pattern p;

	assert_int_equal(number_pattern_parse(&p, s, strlen(s), NULL), 0);
	return p;
}


/* All numbers of up to four digits of 0-2 */
static bool number_count(char number[NUMBER_MAX])
{
	size_t i;

	for (i = 0; number[i] == '2'; i++)
		number[i] = '0';
	if (number[i])
		number[i]++;
	else if (i < 4)
		memcpy(number + i, "0", 2);
	else
		return false;

	return true;
}


static void what_covers_a_pattern_has_all_its_numbers(void **state)
{
	enum {
		ROUNDS = 2000,
	};
	uint64_t seed = 20261127;
	unsigned covered = 0;

	(void)state;
	for (unsigned i = 0; i < ROUNDS; i++) {
		const struct number_pattern wide = pattern_draw(&seed);
		const struct number_pattern narrow = pattern_draw(&seed);
		char number[NUMBER_MAX] = "0";

		if (!lint_pattern_covers(&wide, &narrow))
			continue;
		covered++;
		do {
			if (number_pattern_match(&narrow, number) &&
			    !number_pattern_match(&wide, number))
				fail_msg("%s over %s: %s", wide.digits,
					 narrow.digits, number);
		} while (number_count(number));
	}
	assert_true(covered > ROUNDS / 10);
}


/* Which rules of a policy were found not to be reached, by index */
struct dead {
	const struct policy_rule *rulev;
	bool rule[4];
	unsigned n;
};


static void dead_handler(const struct lint *l, void *arg)
{
	struct dead *dead = arg;

	if (l->kind != LINT_NEVER && l->kind != LINT_UNREACHABLE)
		return;
	dead->rule[l->rule - dead->rulev] = true;
	dead->n++;
}


static struct policy_match match_draw(const struct number_pattern number[2],
				      const struct policy_text text[2],
				      uint64_t *seed)
{
	const uint64_t bits = check_random(seed);
	struct policy_match m = {
		.kind = (enum policy_match_kind)(check_random(seed) %
						 POLICY_MATCH_COUNT),
		.negated = check_random(seed) % 3 == 0,
		.numberv = number,
		.numberc = 1 + (bits & 1),
		.textv = text,
		.textc = 1 + (bits >> 1 & 1),
		.mask = 1 + (bits >> 2) % 3,
		.within_s = (uint32_t)(1 + (bits >> 8) % 3),
	};

	if (m.kind == POLICY_MATCH_DIVERTED && bits >> 16 & 1)
		m.numberc = 0;
	if (m.kind == POLICY_MATCH_WHEN)
		m.mask |= bits >> 17 & 1 ? POLICY_WHEN_OPEN : 0;

	return m;
}


static void caller_draw(struct screening *s, struct caller *c, struct now *now,
			uint64_t *seed)
{
	static const char *const number[] = {"",   "1",   "2",   "11",
					     "12", "121", "122", "211"};
	static const char *const text[] = {"", "a", "ab", "b"};

	memset(c, 0, sizeof(*c));
#define DRAW(v) ((v)[check_random(seed) % ROWS(v)])
	strcpy(c->from.number, DRAW(number));
	strcpy(c->from.name, DRAW(text));
	strcpy(c->domain, DRAW(text));
	strcpy(c->asserted, DRAW(number));
	c->account = (unsigned)(check_random(seed) % 3);
	c->trusted = check_random(seed) % 4 != 0;
	c->verstat = (enum caller_verstat)(check_random(seed) %
					   CALLER_VERSTAT_COUNT);
	c->anonymous = check_random(seed) % 2;
	c->divertedc = check_random(seed) % 3;
	for (size_t i = 0; i < c->divertedc; i++)
		strcpy(c->diverted[i], DRAW(number));
#undef DRAW
	now->utc_valid = check_random(seed) % 4 != 0;
	now->utc_s = check_random_in(seed, 0, 7 * 86400);
	s->caller = c;
	s->now = now;
	s->called_before_s = check_random(seed) % 2
				     ? (uint32_t)(check_random(seed) % 5)
				     : SCREENING_NEVER_S;
}


/* Whatever is drawn: no call ever finds a rule that was called dead */
static void no_call_reaches_a_rule_that_was_found_dead(void **state)
{
	enum {
		ROUNDS = 20000,
		RULES = 4,
		MATCHES = 2,
		CALLS = 60,
	};
	static const struct contact contact[] = {
		{"11", "a", 1}, {"12", "b", 2}, {"2", "c", 0}};
	static struct policy_hours hours[2];
	static struct policy p;
	uint64_t seed = 20261128;
	unsigned dead_all = 0;

	(void)state;
	policy_init(&p);
	p.has_hours = true;
	assert_int_equal(hours_parse(&p.hours, "Mo-We 00:00-24:00", NULL), 0);
	assert_int_equal(
		hours_parse(&hours[0].hours, "Tu-Sa 08:00-20:00", NULL), 0);
	assert_int_equal(hours_parse(&hours[1].hours, "We 00:00-12:00", NULL),
			 0);
	p.hourv = hours;
	p.hourc = ROWS(hours);
	p.contacts.v = contact;
	p.contacts.n = ROWS(contact);

	for (unsigned i = 0; i < ROUNDS; i++) {
		struct number_pattern number[RULES][MATCHES][2];
		struct policy_text text[RULES][MATCHES][2];
		struct policy_match match[RULES][MATCHES];
		struct policy_rule rule[RULES];
		struct dead dead = {.rulev = rule};
		static const char *const pattern[] = {"*", "a*", "?",
						      "a", "*b", "ab"};

		memset(rule, 0, sizeof(rule));
		for (size_t r = 0; r < RULES; r++) {
			for (size_t k = 0; k < MATCHES; k++) {
				for (size_t v = 0; v < 2; v++) {
					number[r][k][v] = pattern_draw(&seed);
					strcpy(text[r][k][v].text,
					       pattern[check_random(&seed) %
						       ROWS(pattern)]);
				}
				match[r][k] = match_draw(number[r][k],
							 text[r][k], &seed);
			}
			rule[r].matchv = match[r];
			rule[r].matchc = 1 + check_random(&seed) % MATCHES;
		}
		p.rulev = rule;
		p.rulec = RULES;
		lint_policy(&p, dead_handler, &dead);
		dead_all += dead.n;

		for (unsigned k = 0; dead.n && k < CALLS; k++) {
			const struct policy_rule *found;
			struct screening s;
			struct caller c;
			struct now now = {.utc_s = 0};

			caller_draw(&s, &c, &now, &seed);
			found = screening_find(&p, &s, NULL, NULL);
			if (found && dead.rule[found - rule])
				fail_msg("round %u: rule %td", i,
					 found - rule);
		}
	}
	print_message("%u rules found dead\n", dead_all);
	assert_true(dead_all > ROUNDS / 20);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_covers_a_pattern_has_all_its_numbers),
		cmocka_unit_test(no_call_reaches_a_rule_that_was_found_dead),
	};

	return cmocka_run_group_tests_name("lint_property", tests, NULL, NULL);
}
