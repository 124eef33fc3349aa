/**
 * @file tests/unit/list/test_list.c  What was put into a list is in it
 *
 * The oracle is the slow way: every pattern of the set, one after the other.
 */
#include "tests/unit/list/check.h"

#include "app/policy/number_list_file.h"


enum {
	MILLION = 1000000,
	MILLION_BYTES_MAX = 2500000,
	QUERIES = 1500,
};

/* How the numbers of a random set are made */
struct kind {
	const char *name;
	size_t count;
	unsigned digits_min, digits_max;
	unsigned alphabet; /* how many different digits: few make neighbours */
	unsigned plus_in_8, prefix_in_8, code_in_8;
};

static const struct kind kind[] = {
	{"one", 1, 5, 5, 10, 4, 0, 0},
	{"none but prefixes", 40, 1, 15, 3, 4, 8, 0},
	{"all lengths", 600, 1, 15, 10, 4, 2, 0},
	{"longer than what is packed", 600, 12, 40, 2, 4, 2, 0},
	{"neighbours", 700, 9, 10, 2, 0, 0, 0},
	{"whole ranges", 700, 3, 3, 9, 0, 1, 0},
	{"as dialled, with * and #", 500, 1, 20, 3, 1, 3, 4},
	{"far apart", 300, 15, 15, 10, 8, 0, 0},
};


static void number_make(char *dst, const struct kind *k, uint64_t *rnd)
{
	const unsigned span = k->digits_max - k->digits_min + 1;
	const unsigned n = k->digits_min + (unsigned)(figure(rnd) % span);

	if (figure(rnd) % 8 < k->plus_in_8)
		*dst++ = '+';
	for (unsigned i = 0; i < n; i++)
		*dst++ = (char)('0' + figure(rnd) % k->alphabet);
	if (figure(rnd) % 8 < k->code_in_8)
		dst[-(int)(1 + figure(rnd) % n)] = "*#"[figure(rnd) % 2];
	*dst = '\0';
}


static bool any_covers(const struct number_pattern *v, size_t n,
		       const char *number)
{
	for (size_t i = 0; i < n; i++) {
		if (number_pattern_match(&v[i], number))
			return true;
	}

	return false;
}


static void check_number(const struct kind *k, const struct number_list *list,
			 const struct number_pattern *v, const char *number)
{
	const bool want = any_covers(v, k->count, number);

	if (number_list_has(list, number) != want)
		fail_msg("%s: \"%s\" is%s in it", k->name, number,
			 want ? "" : " not");
}


/* A number of the set, its prefixes, what starts so, and its neighbours */
static void check_near(const struct kind *k, const struct number_list *list,
		       const struct number_pattern *v,
		       const struct number_pattern *p)
{
	char number[2 * NUMBER_MAX];
	const size_t n = strlen(p->digits);

	for (size_t len = 1; len <= n; len++) {
		(void)snprintf(number, sizeof(number), "%.*s", (int)len,
			       p->digits);
		check_number(k, list, v, number);
		number[len - 1] ^= 1;
		check_number(k, list, v, number);
	}
	for (size_t len = 1; len <= 16 && n + len < NUMBER_MAX; len++) {
		(void)snprintf(number, sizeof(number), "%s%.*s", p->digits,
			       (int)len, "0190123456789012");
		check_number(k, list, v, number);
	}
	(void)snprintf(number, sizeof(number), "0%s", p->digits);
	check_number(k, list, v, number);
	(void)snprintf(number, sizeof(number), "+%s", p->digits);
	check_number(k, list, v, number);
}


static void check_kind(const struct kind *k, uint64_t seed)
{
	struct number_pattern *v = calloc(k->count, sizeof(*v));
	struct list_build build = {.keyv = NULL};
	struct list_bytes bytes;
	struct number_list list;
	const char *what = NULL;
	uint64_t rnd = seed;

	assert_non_null(v);
	for (size_t i = 0; i < k->count; i++) {
		number_make(v[i].digits, k, &rnd);
		v[i].kind = figure(&rnd) % 8 < k->prefix_in_8 ? NUMBER_PREFIX
							      : NUMBER_EXACT;
		assert_int_equal(list_build_add(&build, &v[i]), 0);
	}

	bytes = packed(&build);
	if (number_list_open(&list, bytes.p, bytes.size, &what))
		fail_msg("%s: %s", k->name, what);
	assert_true(list.numbers == bytes.numbers);
	assert_true(list.prefixes == bytes.prefixes);

	for (size_t i = 0; i < k->count; i += 1 + k->count / 60)
		check_near(k, &list, v, &v[i]);
	for (size_t i = 0; i < QUERIES; i++) {
		char number[NUMBER_MAX];

		number_make(number, k, &rnd);
		check_number(k, &list, v, number);
	}

	free(bytes.p);
	free(v);
}


static void a_list_says_what_its_patterns_say_one_by_one(void **state)
{
	(void)state;

	for (uint64_t seed = 1; seed <= 6; seed++) {
		for (size_t i = 0; i < ROWS(kind); i++)
			check_kind(&kind[i], seed * 0x9e3779b97f4a7c15);
	}
}


static void a_prefix_of_every_length_covers_what_starts_so(void **state)
{
	static const char digits[] =
		"98765432109876543210987654321098765432109876";

	(void)state;

	for (int plus = 0; plus <= 1; plus++) {
		for (int len = 1 - plus; len < (int)sizeof(digits); len++) {
			struct list_build build = {.keyv = NULL};
			struct number_pattern p = {.kind = NUMBER_PREFIX};
			struct list_bytes bytes;
			struct number_list list;
			const char *what;

			(void)snprintf(p.digits, sizeof(p.digits), "%s%.*s",
				       plus ? "+" : "", len, digits);
			assert_int_equal(list_build_add(&build, &p), 0);
			bytes = packed(&build);
			assert_int_equal(number_list_open(&list, bytes.p,
							  bytes.size, &what),
					 0);

			for (int n = 1; n < (int)sizeof(digits); n++) {
				char number[2 * NUMBER_MAX];

				(void)snprintf(number, sizeof(number),
					       "%s%.*s", plus ? "+" : "", n,
					       digits);
				if (number_list_has(&list, number) !=
				    (n >= len))
					fail_msg("%s* and %s", p.digits,
						 number);
				assert_false(len &&
					     number_list_has(&list,
							     number + plus) &&
					     plus);
			}
			free(bytes.p);
		}
	}
}


static void what_is_given_twice_is_in_it_once(void **state)
{
	static const char *const text[] = {
		"+4930 1", "+49301", "301",  "0301", "3-0-1", "+49*",
		"+49*",    "*21#",   "*21#", "*21*", "*21*",
	};
	struct list_build build = {.keyv = NULL};
	struct list_bytes bytes;

	(void)state;

	for (size_t i = 0; i < ROWS(text); i++) {
		const struct number_pattern p = pattern_of(text[i]);

		assert_int_equal(list_build_add(&build, &p), 0);
	}
	assert_int_equal(build.added, ROWS(text));
	bytes = packed(&build);
	assert_int_equal(bytes.numbers, 4);
	assert_int_equal(bytes.prefixes, 2);
	free(bytes.p);
}


static void a_list_without_a_number_has_none(void **state)
{
	struct list_build build = {.keyv = NULL};
	struct list_bytes bytes = packed(&build);
	struct number_list list;
	const char *what;

	(void)state;

	assert_int_equal(number_list_open(&list, bytes.p, bytes.size, &what),
			 0);
	assert_int_equal(bytes.size,
			 NUMBER_LIST_HEADER_SIZE + NUMBER_LIST_TRAILER_SIZE);
	assert_false(number_list_has(&list, "301"));
	assert_false(number_list_has(&list, ""));
	free(bytes.p);
}


/* Elias and Fano's own: for n numbers below u, n (l + 1) + u / 2^l bits with
 * the l that makes it least */
static uint64_t elias_fano_bits(uint64_t n, uint64_t u)
{
	uint64_t least = UINT64_MAX;

	for (unsigned l = 0; l < 40; l++) {
		const uint64_t bits = n * (l + 1) + (u >> l);

		least = bits < least ? bits : least;
	}

	return least;
}


static void a_million_numbers_have_2_5_megabytes(void **state)
{
	struct list_build build = {.keyv = NULL};
	const uint64_t seed = 0x2545f4914f6cdd1d;
	struct list_bytes bytes;
	struct number_list list;
	const char *what;
	uint64_t rnd = seed;
	struct number_pattern p = {.kind = NUMBER_EXACT};

	(void)state;

	for (unsigned i = 0; i < MILLION; i++) {
		(void)snprintf(p.digits, sizeof(p.digits), "%llu",
			       (unsigned long long)(figure(&rnd) %
						    UINT64_C(100000000000)));
		assert_int_equal(list_build_add(&build, &p), 0);
	}
	bytes = packed(&build);
	assert_in_range(bytes.size, 1, MILLION_BYTES_MAX);
	assert_true(bytes.size * 8 * 100 <=
		    elias_fano_bits(bytes.numbers, UINT64_C(100000000000)) *
			    105);

	assert_int_equal(number_list_open(&list, bytes.p, bytes.size, &what),
			 0);
	rnd = seed;
	for (unsigned i = 0; i < MILLION; i++) {
		(void)snprintf(p.digits, sizeof(p.digits), "%llu",
			       (unsigned long long)(figure(&rnd) %
						    UINT64_C(100000000000)));
		if (!number_list_has(&list, p.digits))
			fail_msg("%s is lost", p.digits);
	}
	free(bytes.p);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_says_what_its_patterns_say_one_by_one),
		cmocka_unit_test(
			a_prefix_of_every_length_covers_what_starts_so),
		cmocka_unit_test(what_is_given_twice_is_in_it_once),
		cmocka_unit_test(a_list_without_a_number_has_none),
		cmocka_unit_test(a_million_numbers_have_2_5_megabytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
