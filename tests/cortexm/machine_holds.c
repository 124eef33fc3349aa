/**
 * @file tests/cortexm/machine_holds.c  The stand-ins do what they stand in for
 */
#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TEXT_MAX = 64,
};

static char initialised[] = "initialised";
static uint32_t zeroed[4];


static void memory_is_as_the_program_says(void **state)
{
	static const uint32_t zeros[4];

	(void)state;
	assert_string_equal(initialised, "initialised");
	assert_memory_equal(zeroed, zeros, sizeof(zeros));
	initialised[0] = 'I';
	zeroed[3] = 1;
	assert_string_equal(initialised, "Initialised");
}


static void printed_text_is_cut_and_measured(void **state)
{
	char text[TEXT_MAX];

	(void)state;
	assert_int_equal(snprintf(text, 4, "%s-%c", "abc", 'd'), 5);
	assert_string_equal(text, "abc");
	assert_int_equal(snprintf(text, sizeof(text), "%%%d %u %" PRIu32, -120,
				  0u, UINT32_MAX),
			 18);
	assert_string_equal(text, "%-120 0 4294967295");
	snprintf(text, sizeof(text), "%zu %08lx %llx %3u|", sizeof(uint32_t),
		 0xc0ffeeUL, UINT64_MAX + 0ULL, 7u);
	assert_string_equal(text, "4 00c0ffee ffffffffffffffff   7|");
	snprintf(text, sizeof(text), "%lld", (long long)INT64_MIN);
	assert_string_equal(text, "-9223372036854775808");
}


static void searches_find_the_first_or_nothing(void **state)
{
	const char *const s = "ababc";

	(void)state;
	assert_true(strstr(s, "abc") == s + 2);
	assert_true(strstr(s, "") == s);
	assert_null(strstr(s, "abd"));
	assert_true(strchr(s, 'b') == s + 1);
	assert_true(strchr(s, '\0') == s + 5);
	assert_null(strchr(s, 'x'));
	assert_null(memchr(s, 'c', 4));
	assert_int_equal(strspn(s, "ba"), 4);
	assert_int_equal(strspn(s, ""), 0);
	assert_int_equal(strcspn(s, "c"), 4);
	assert_int_equal(strcspn(s, "x"), 5);
}


static void comparisons_are_of_unsigned_bytes(void **state)
{
	(void)state;
	assert_true(strcmp("a", "\xc3") < 0);
	assert_true(strcmp("ab", "a") > 0);
	assert_int_equal(strcmp("ab", "ab"), 0);
	assert_int_equal(strncmp("abc", "abd", 2), 0);
	assert_true(memcmp("\xff", "\x01", 1) > 0);
	assert_int_equal(memcmp("ab", "ac", 1), 0);
}


static void moves_keep_what_overlaps(void **state)
{
	char up[] = "12345678", down[] = "12345678";

	(void)state;
	memmove(up + 2, up, 6);
	assert_string_equal(up, "12123456");
	memmove(down, down + 2, 6);
	assert_string_equal(down, "34567878");
}


static void block_is_zeroed_each_time(void **state)
{
	char *p = calloc(2, 8);

	(void)state;
	memset(p, 'x', 16);
	free(p);
	p = calloc(16, 1);
	assert_int_equal(p[0], 0);
	assert_int_equal(p[15], 0);
	free(p);
	free(NULL);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(memory_is_as_the_program_says),
		cmocka_unit_test(printed_text_is_cut_and_measured),
		cmocka_unit_test(searches_find_the_first_or_nothing),
		cmocka_unit_test(comparisons_are_of_unsigned_bytes),
		cmocka_unit_test(moves_keep_what_overlaps),
		cmocka_unit_test(block_is_zeroed_each_time),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
