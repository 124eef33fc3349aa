/**
 * @file tests/unit/policy/test_rule_index.c  The index changes nothing but
 *                                            the time
 */
#include "app/policy/screening.h"

#include "check.h"

#include <stdlib.h>
#include <time.h>

enum {
	RULES_MAX = 1000,
	KEYS_MAX = 4 * RULES_MAX,
};

static struct {
	struct policy policy;
	struct rule_index index;
	struct rule_key key[KEYS_MAX];
	uint32_t other[RULES_MAX];
} t;


static void index_make(const struct policy_rule *rulev, size_t rulec)
{
	policy_init(&t.policy);
	t.policy.rulev = rulev;
	t.policy.rulec = rulec;
	memset(&t.index, 0, sizeof(t.index));

	for (size_t i = 0; i < rulec; i++) {
		const struct number_pattern *v;
		size_t n = 0;

		v = rule_index_numbers(&rulev[i], &n);
		if (!v)
			t.other[t.index.otherc++] = (uint32_t)i;
		for (size_t k = 0; k < n; k++) {
			assert_in_range(t.index.keyc, 0, KEYS_MAX - 1);
			t.key[t.index.keyc++] = (struct rule_key){
				.pattern = &v[k],
				.rule = (uint32_t)i,
			};
		}
	}
	qsort(t.key, t.index.keyc, sizeof(t.key[0]), rule_key_compare);
	t.index.keyv = t.key;
	t.index.otherv = t.other;
}


static const struct policy_rule *find(const char *number, bool anonymous,
				      bool indexed)
{
	static struct caller caller;
	static const struct now now;
	const struct screening s = {
		.caller = &caller,
		.now = &now,
		.called_before_s = SCREENING_NEVER_S,
	};

	text_copy(caller.from.number, sizeof(caller.from.number), number);
	caller.anonymous = anonymous;
	t.policy.index = indexed ? &t.index : NULL;

	return screening_find(&t.policy, &s, NULL, NULL);
}


static struct number_pattern pattern_draw(uint64_t *seed)
{
	static const char *const text[] = {
		"1",	"12",	"123",	  "13",	    "1*",
		"12*",	"123*",	"2*",	  "+*",	    "+1*",
		"+1",	"1?",	"12?*",	  "11..13", "129..139",
		"*",	"#1",	"121*",	  "1*",	    "12",
	};
	const char *s = text[check_random(seed) % ROWS(text)];
	struct number_pattern p;

	/* "*" alone is no pattern of a file: what starts with nothing */
	if (!strcmp(s, "*"))
		return (struct number_pattern){.kind = NUMBER_PREFIX};

	assert_int_equal(number_pattern_parse(&p, s, strlen(s), NULL), 0);
	return p;
}


static void the_same_rule_speaks_with_it_and_without(void **state)
{
	enum {
		ROUNDS = 20000,
		RULES = 8,
		NUMBERS = 4,
	};
	static const char *const called[] = {
		"",  "1",   "12",   "13",   "121", "122",	  "123",
		"2", "22",  "+1",   "+12",  "+",   "1234",	  "131",
		"3", "*21", "#1",   "#",    "111", "12345678901234567890",
	};
	static const struct number_list list;
	uint64_t seed = 20261127;
	unsigned found = 0;

	(void)state;
	for (unsigned i = 0; i < ROUNDS; i++) {
		const char *who = called[check_random(&seed) % ROWS(called)];
		const bool hides = check_random(&seed) % 2;
		struct number_pattern number[RULES][NUMBERS];
		struct policy_match match[RULES][2];
		struct policy_rule rule[RULES];
		const struct policy_rule *want;

		memset(rule, 0, sizeof(rule));
		memset(match, 0, sizeof(match));
		for (size_t r = 0; r < RULES; r++) {
			struct policy_match *m = match[r];
			const size_t at = check_random(&seed) % 2;

			for (size_t k = 0; k < NUMBERS; k++)
				number[r][k] = pattern_draw(&seed);

			m[!at].kind = POLICY_MATCH_ANONYMOUS;
			m[!at].negated = check_random(&seed) % 2;
			m[at].kind = POLICY_MATCH_NUMBER;
			m[at].negated = check_random(&seed) % 8 == 0;
			m[at].numberv = number[r];
			m[at].numberc = 1 + check_random(&seed) % NUMBERS;
			if (check_random(&seed) % 16 == 0)
				m[at].list = &list;

			/* All, the first only, or nothing at all */
			rule[r].matchv = m;
			rule[r].matchc = check_random(&seed) % 16
						 ? 1 + check_random(&seed) % 2
						 : 0;
		}
		index_make(rule, RULES);
		want = find(who, hides, false);
		found += want != NULL;
		assert_ptr_equal(find(who, hides, true), want);
	}
	assert_in_range(found, ROUNDS / 4, ROUNDS - ROUNDS / 64);
}


static void rules_are_walked_once_and_in_their_order(void **state)
{
	static const struct number_pattern number[] = {
		{.kind = NUMBER_PREFIX, .digits = "1"},
		{.kind = NUMBER_EXACT, .digits = "12"},
		{.kind = NUMBER_PREFIX, .digits = "12"},
		{.kind = NUMBER_WILDCARD, .digits = "1?"},
	};
	const struct policy_match match[] = {
		{.kind = POLICY_MATCH_NUMBER, .numberv = number, .numberc = 3},
		{.kind = POLICY_MATCH_NUMBER,
		 .numberv = &number[3],
		 .numberc = 1},
		{.kind = POLICY_MATCH_NUMBER,
		 .numberv = &number[1],
		 .numberc = 1},
	};
	const struct policy_rule rule[] = {
		{.matchv = &match[0], .matchc = 1},
		{.matchv = &match[1], .matchc = 1},
		{.matchv = &match[2], .matchc = 1},
		{.matchv = &match[0], .matchc = 1},
	};
	static const struct {
		const char *number;
		uint32_t want[5]; /* UINT32_MAX: the end */
	} row[] = {
		{"12", {0, 1, 2, 3, UINT32_MAX}},
		{"1", {0, 1, 3, UINT32_MAX}},
		{"2", {1, UINT32_MAX}},
		{"", {1, UINT32_MAX}},
	};

	(void)state;
	index_make(rule, ROWS(rule));
	assert_int_equal(t.index.otherc, 1);
	for (size_t i = 0; i < ROWS(row); i++) {
		struct rule_walk walk;
		uint32_t rule_i, k = 0;

		rule_walk_init(&walk, &t.index, row[i].number);
		while (rule_walk_next(&walk, &rule_i)) {
			assert_int_equal(rule_i, row[i].want[k]);
			k++;
		}
		assert_int_equal(row[i].want[k], UINT32_MAX);
	}
}


static void a_thousand_rules_take_no_time_to_speak_of(void **state)
{
	enum {
		CALLS = 5000,
		NS_MAX = 20000, /* a call; a sanitizer's take 4000 */
	};
	static struct number_pattern number[RULES_MAX][2];
	static struct policy_match match[RULES_MAX];
	static struct policy_rule many[RULES_MAX];

	(void)state;
	for (unsigned i = 0; i < RULES_MAX; i++) {
		number[i][0].kind = NUMBER_PREFIX;
		snprintf(number[i][0].digits, NUMBER_MAX, "+491%04u", i);
		number[i][1].kind = NUMBER_EXACT;
		snprintf(number[i][1].digits, NUMBER_MAX, "0302%05u", i);
		match[i] = (struct policy_match){
			.kind = POLICY_MATCH_NUMBER,
			.numberv = number[i],
			.numberc = 2,
		};
		many[i].matchv = &match[i];
		many[i].matchc = 1;
	}
	index_make(many, RULES_MAX);

	for (unsigned indexed = 0; indexed < 2; indexed++) {
		const clock_t start = clock();
		double ns;

		for (unsigned i = 0; i < CALLS; i++)
			assert_null(find("+49901234567", false, indexed));
		ns = (double)(clock() - start) * 1e9 / CLOCKS_PER_SEC / CALLS;
		print_message("a call%s: %.0f ns\n",
			      indexed ? " with the index" : "", ns);
		if (indexed)
			assert_true(ns < NS_MAX);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_rule_speaks_with_it_and_without),
		cmocka_unit_test(rules_are_walked_once_and_in_their_order),
		cmocka_unit_test(a_thousand_rules_take_no_time_to_speak_of),
	};

	return cmocka_run_group_tests_name("rule_index", tests, NULL, NULL);
}
