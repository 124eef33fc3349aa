/**
 * @file tests/unit/shell/test_words.c  A command's line, cut into words
 */
#include "tests/unit/shell/check.h"

#include "firmware/control/words.h"

#include <string.h>

enum {
	WORD_MAX = 4,
	LINE_SIZE = 64,
};

static const struct {
	const char *line;
	const char *word[WORD_MAX + 1]; /* NULL behind the last */
} row[] = {
	{"", {NULL}},
	{"   ", {NULL}},
	{"show", {"show"}},
	{"  dial   201  ", {"dial", "201"}},
	{"a\tb c", {"a\tb", "c"}},
	{"a \"b c\" d", {"a", "b c", "d"}},
	{"\"\"", {""}},
	{"a \"\" \"\" b", {"a", "", "", "b"}},
	{"a\"b c\"d", {"ab cd"}},
	{"\"a\"\"b\"", {"ab"}},
	{"\"a \\\" b\"", {"a \" b"}},
	{"\"a\\\\\" b", {"a\\", "b"}},
	{"\"\\a\"", {"a"}},
	{"a\\ b", {"a\\", "b"}},
	{"\\\"a b\"", {"\\a b"}},
	{"\"a b", {"a b"}},
	{"\"a\\", {"a\\"}},
	{"\"", {""}},
	{"\"\xc3\xab \xff\"", {"\xc3\xab \xff"}},
	{"1 2 3 4", {"1", "2", "3", "4"}},
};


static void a_line_is_cut_at_spaces_outside_of_quotes(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		char line[LINE_SIZE], *wordv[WORD_MAX];
		size_t n = 0;

		assert_true(strlen(row[i].line) < sizeof(line));
		memcpy(line, row[i].line, strlen(row[i].line) + 1);
		while (row[i].word[n])
			n++;

		assert_int_equal(words_split(wordv, WORD_MAX, line), n);
		while (n--)
			assert_string_equal(wordv[n], row[i].word[n]);
	}
}


static void more_words_than_fit_are_one_more_than_fit(void **state)
{
	char five[] = "1 2 3 4 5", many[] = "1 2 3 4 5 6 7 8 9", one[] = "1";
	char *wordv[WORD_MAX];

	(void)state;

	assert_int_equal(words_split(wordv, WORD_MAX, five), WORD_MAX + 1);
	assert_string_equal(wordv[WORD_MAX - 1], "4");
	assert_int_equal(words_split(wordv, WORD_MAX, many), WORD_MAX + 1);
	assert_int_equal(words_split(wordv, 0, one), 1);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_cut_at_spaces_outside_of_quotes),
		cmocka_unit_test(more_words_than_fit_are_one_more_than_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
