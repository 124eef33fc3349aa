/**
 * @file tests/unit/policy/test_text_pattern.c  Patterns with "*" and "?"
 */
#include "app/policy/text_pattern.h"

#include "check.h"

#include <time.h>


static const struct {
	const char *pattern, *text;
	bool fits;
} row[] = {
	{"", "", true},
	{"", "a", false},
	{"*", "", true},
	{"*", "anything", true},
	{"**", "", true},
	{"?", "", false},
	{"?", "a", true},
	{"?", "ab", false},
	{"?*", "", false},
	{"*?", "abc", true},
	{"bank", "Bank", true},
	{"BANK", "bank", true},
	{"bank", "banks", false},
	{"*bank*", "The Bank of", true},
	{"*bank*", "The ban of", false},
	{"*bank", "bankbank", true},
	{"*bank", "bankbanks", false},
	{"a*b*c", "aXbXbXc", true},
	{"a*b*c", "aXcXb", false},
	{"*.example.com", "a.b.example.com", true},
	{"*.example.com", "example.com", false},
	{"a?c", "abc", true},
	{"a?c", "ac", false},
	{"*ab?", "ababc", true},
	{"[", "{", false},
	{"@", "`", false},
	/* "?" is a character of UTF-8, not a byte; only ASCII has two cases */
	{"M?ller", "M\xc3\xbcller", true},
	{"M??ller", "M\xc3\xbcller", false},
	{"\xc3\xbc", "\xc3\x9c", false},
	{"\xc3\xbc*", "\xc3\xbc", true},
	{"*?", "\xe7\x94\xb0", true},
	{"*??x?", "\xe7\x94\xb0xy", false},
	{"??", "\xf0\x9f\x93\x9e\xe7\x94\xb0", true},
};


static void a_text_fits_as_its_row_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		if (text_pattern_match(row[i].pattern, row[i].text) !=
		    row[i].fits)
			fail_msg("%s on %s", row[i].pattern, row[i].text);
	}
	assert_false(text_pattern_match(NULL, "a"));
	assert_false(text_pattern_match("a", NULL));
}


/* By definition, with all the time in the world */
static bool fits_slowly(const char *pattern, const char *text)
{
	if (!*pattern)
		return !*text;
	if (*pattern == '*')
		return fits_slowly(pattern + 1, text) ||
		       (*text && fits_slowly(pattern, text + 1));
	if (!*text || (*pattern != '?' && *pattern != *text))
		return false;

	return fits_slowly(pattern + 1, text + 1);
}


static void draw(char *dst, size_t max, const char *from, uint64_t *seed)
{
	const size_t n = (size_t)check_random_in(seed, 0, (int64_t)max);

	for (size_t i = 0; i < n; i++)
		dst[i] = from[check_random(seed) % strlen(from)];
	dst[n] = '\0';
}


static void whatever_fits_is_what_the_definition_says(void **state)
{
	enum {
		ROUNDS = 200000,
		LONG = 8,
	};
	uint64_t seed = 20261124;

	(void)state;
	for (unsigned i = 0; i < ROUNDS; i++) {
		char pattern[LONG + 1], text[LONG + 1];

		draw(pattern, LONG, "ab*?", &seed);
		draw(text, LONG, "ab", &seed);
		if (text_pattern_match(pattern, text) !=
		    fits_slowly(pattern, text))
			fail_msg("%s on %s", pattern, text);
	}
}


static void what_covers_a_pattern_fits_all_that_fits_it(void **state)
{
	enum {
		ROUNDS = 200000,
		LONG = 5,
		TEXTS = 20,
	};
	uint64_t seed = 20261125;
	unsigned covered = 0;

	(void)state;
	for (unsigned i = 0; i < ROUNDS; i++) {
		char wide[LONG + 1], narrow[LONG + 1], text[LONG + 1];

		draw(wide, LONG, "ab*?*?", &seed);
		draw(narrow, LONG, "ab*?", &seed);
		if (!text_pattern_covers(wide, narrow))
			continue;
		covered++;
		for (unsigned k = 0; k < TEXTS; k++) {
			draw(text, LONG, "ab", &seed);
			if (fits_slowly(narrow, text) &&
			    !fits_slowly(wide, text))
				fail_msg("%s does not cover %s: %s", wide,
					 narrow, text);
		}
	}
	assert_true(covered > ROUNDS / 100);
}


static void what_covers_is_found_where_it_is_plain(void **state)
{
	static const struct {
		const char *wide, *narrow;
		bool covers;
	} cover[] = {
		{"*", "*", true},
		{"*", "", true},
		{"*bank*", "bank of*", true},
		{"*bank*", "BANK", true},
		{"bank*", "*bank", false},
		{"?", "*", false},
		{"?*", "*", false},
		{"*", "?*", true},
		{"a?c", "abc", true},
		{"abc", "a?c", false},
		{"*.com", "*.example.com", true},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cover); i++) {
		if (text_pattern_covers(cover[i].wide, cover[i].narrow) !=
		    cover[i].covers)
			fail_msg("%s over %s", cover[i].wide, cover[i].narrow);
	}
	assert_false(text_pattern_covers(NULL, "a"));
	assert_false(text_pattern_covers("a", NULL));
}


static void no_text_takes_long(void **state)
{
	enum {
		LONG = 20000,
	};
	static char text[LONG + 1], pattern[64];
	const clock_t start = clock();

	(void)state;
	memset(text, 'a', LONG);
	for (size_t i = 0; i + 2 < sizeof(pattern); i += 2)
		memcpy(pattern + i, "*a", 2);
	pattern[sizeof(pattern) - 2] = 'b';
	assert_false(text_pattern_match(pattern, text));
	assert_true(clock() - start < CLOCKS_PER_SEC);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_fits_as_its_row_says),
		cmocka_unit_test(whatever_fits_is_what_the_definition_says),
		cmocka_unit_test(what_covers_a_pattern_fits_all_that_fits_it),
		cmocka_unit_test(what_covers_is_found_where_it_is_plain),
		cmocka_unit_test(no_text_takes_long),
	};

	return cmocka_run_group_tests_name("text_pattern", tests, NULL, NULL);
}
