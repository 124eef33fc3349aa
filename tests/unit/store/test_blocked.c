/**
 * @file tests/unit/store/test_blocked.c  The text of the block list
 */
#include "firmware/store/blocked.h"

#include "tests/unit/policy/check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	LINE_MAX_SIZE = 64,
};

static const struct dial_plan plan;


static struct blocked_text text_of(const char *s)
{
	return (struct blocked_text){
		.p = (char *)(uintptr_t)s,
		.len = strlen(s),
	};
}


static void numbers_are_read(void **state)
{
	static const struct {
		const char *text;
		const char *number[3]; /* sorted */
	} row[] = {
		{"", {NULL}},
		{"\n\n\n", {NULL}},
		{"# nobody\n#\n", {NULL}},
		{"+49301\n", {"+49301"}},
		{"+49301", {"+49301"}},
		{"+49301\r\n300\r\n", {"+49301", "300"}},
		{" \t+49 30-1 \t\n", {"+49301"}},
		{"300 # the neighbour\n", {"300"}},
		{"300\t#\n", {"300"}},
		{"302\n301\n", {"301", "302"}},
		{"301\n(30)1\n301\n", {"301"}},
		{"\xef\xbb\xbf+49301\n", {"+49301"}},
		{"*21#\n#31#\n", {"#31#", "*21#"}},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		const struct blocked_text text = text_of(row[i].text);
		struct store_error e;
		struct blocked b;
		size_t n = 0;

		assert_int_equal(blocked_parse(&b, &text, &plan, &e), 0);
		for (; n < ROWS(row[i].number) && row[i].number[n]; n++) {
			assert_true(n < b.n);
			assert_string_equal(b.v[n], row[i].number[n]);
			assert_true(blocked_has(&b, row[i].number[n]));
		}
		assert_int_equal(b.n, n);
		assert_false(blocked_has(&b, "999"));
		blocked_free(&b);
	}
}


static void what_is_no_number_is_told_with_its_place(void **state)
{
	static const struct {
		const char *text;
		unsigned line, col;
	} row[] = {
		{"x\n", 1, 1},
		{"+49301\n+4930x\n", 2, 6},
		{"+49301\n\n  nobody # 300\n", 3, 3},
		{"+4990*\n", 1, 1},
		{"#nobody\n", 1, 2},
		{"300 #nobody\n", 1, 6},
		{"300,301\n", 1, 4},
		{"\xff\xfe\n", 1, 1},
		{"1234567890123456789012345678901234567890123456789\n", 1, 48},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		const struct blocked_text text = text_of(row[i].text);
		struct store_error e = {.line = 0};
		struct blocked b;

		assert_int_equal(blocked_parse(&b, &text, &plan, &e), EBADMSG);
		assert_null(b.v);
		assert_int_equal(e.line, row[i].line);
		assert_int_equal(e.col, row[i].col);
		assert_true(e.what[0]);
	}
}


static void a_zero_byte_is_no_number(void **state)
{
	static const char zero[] = "300\0001\n";
	const struct blocked_text text = {
		.p = (char *)(uintptr_t)zero,
		.len = sizeof(zero) - 1,
	};
	struct store_error e;
	struct blocked b;

	(void)state;

	assert_int_equal(blocked_parse(&b, &text, &plan, &e), EBADMSG);
	assert_int_equal(e.col, 4);
}


static void numbers_are_compared_by_the_dial_plan(void **state)
{
	const struct blocked_text text = text_of("+49301\n0301\n301\n");
	struct dial_plan german = {.min_national = 3};
	struct store_error e;
	struct blocked b;
	char want[NUMBER_MAX];

	(void)state;

	(void)dial_plan_init(&german, "49");
	assert_int_equal(blocked_parse(&b, &text, &german, &e), 0);
	dial_plan_apply(&german, want, "0301");
	assert_true(blocked_has(&b, want));
	for (size_t i = 1; i < b.n; i++)
		assert_true(strcmp(b.v[i - 1], b.v[i]) < 0);
	blocked_free(&b);
}


static void a_number_is_added_behind_what_a_person_wrote(void **state)
{
	static const struct {
		const char *text, *with;
	} row[] = {
		{"300\n", "300\n+49301\n"},
		{"300", "300\n+49301\n"},
		{"# mine\n\n300 # him\n", "# mine\n\n300 # him\n+49301\n"},
		{"300\r\n", "300\r\n+49301\n"},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		const struct blocked_text text = text_of(row[i].text);
		struct blocked_text with;

		assert_int_equal(blocked_with(&with, &text, "+49301"), 0);
		assert_int_equal(with.len, strlen(row[i].with));
		assert_memory_equal(with.p, row[i].with, with.len);
		free(with.p);
	}
}


static void a_new_file_says_what_it_is(void **state)
{
	const struct blocked_text text = text_of("");
	struct blocked_text with;
	struct store_error e;
	struct blocked b;

	(void)state;

	assert_int_equal(blocked_with(&with, &text, "+49301"), 0);
	assert_memory_equal(with.p, "# ", 2);
	assert_int_equal(blocked_parse(&b, &with, &plan, &e), 0);
	assert_int_equal(b.n, 1);
	blocked_free(&b);
	free(with.p);
}


static void a_number_goes_with_all_its_lines_and_no_other(void **state)
{
	static const struct {
		const char *text, *without;
	} row[] = {
		{"300\n", ""},
		{"301\n300\n302\n", "301\n302\n"},
		{"# a\n300\n(3)00 # b\n3000\n", "# a\n3000\n"},
		{"301\n300", "301\n"},
		{"301\n", "301\n"},
		{"", ""},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		const struct blocked_text text = text_of(row[i].text);
		struct blocked_text without;

		assert_int_equal(
			blocked_without(&without, &text, &plan, "300"), 0);
		assert_int_equal(without.len, strlen(row[i].without));
		assert_memory_equal(without.p, row[i].without, without.len);
		free(without.p);
	}
}


/** So many numbers, each another */
static struct blocked_text many(unsigned n)
{
	struct blocked_text text = {.p = malloc((size_t)n * LINE_MAX_SIZE)};

	assert_non_null(text.p);
	for (unsigned i = 0; i < n; i++)
		text.len += (size_t)snprintf(text.p + text.len, LINE_MAX_SIZE,
					     "+4930%u\n", n - i);

	return text;
}


static void there_is_room_for_10000_and_no_more(void **state)
{
	struct blocked_text text = many(BLOCKED_MAX);
	struct store_error e = {.line = 0};
	struct blocked b;

	(void)state;

	assert_int_equal(blocked_parse(&b, &text, &plan, &e), 0);
	assert_int_equal(b.n, BLOCKED_MAX);
	for (size_t i = 1; i < b.n; i++)
		assert_true(strcmp(b.v[i - 1], b.v[i]) < 0);
	blocked_free(&b);
	free(text.p);

	text = many(BLOCKED_MAX + 1);
	assert_int_equal(blocked_parse(&b, &text, &plan, &e), EBADMSG);
	assert_int_equal(e.line, BLOCKED_MAX + 1);
	free(text.p);
}


static void a_text_that_would_be_too_long_is_not_made(void **state)
{
	struct blocked_text text = {.len = BLOCKED_TEXT_MAX - 4};
	struct blocked_text with;

	(void)state;

	text.p = malloc(text.len);
	assert_non_null(text.p);
	memset(text.p, '\n', text.len);
	assert_int_equal(blocked_with(&with, &text, "3000"), E2BIG);
	assert_int_equal(blocked_with(&with, &text, "300"), 0);
	assert_int_equal(with.len, BLOCKED_TEXT_MAX);
	free(with.p);
	free(text.p);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(numbers_are_read),
		cmocka_unit_test(what_is_no_number_is_told_with_its_place),
		cmocka_unit_test(a_zero_byte_is_no_number),
		cmocka_unit_test(numbers_are_compared_by_the_dial_plan),
		cmocka_unit_test(a_number_is_added_behind_what_a_person_wrote),
		cmocka_unit_test(a_new_file_says_what_it_is),
		cmocka_unit_test(
			a_number_goes_with_all_its_lines_and_no_other),
		cmocka_unit_test(there_is_room_for_10000_and_no_more),
		cmocka_unit_test(a_text_that_would_be_too_long_is_not_made),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
