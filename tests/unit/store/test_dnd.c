/**
 * @file tests/unit/store/test_dnd.c  The text of do not disturb
 */
#include "firmware/store/dnd.h"

#include "tests/unit/policy/check.h"

#include <errno.h>
#include <stdio.h>

enum {
	EVENING_S = 1798133400, /* 2026-12-24T17:30:00Z */
};


static void what_is_kept_is_read(void **state)
{
	static const struct {
		const char *text;
		struct dnd_state dnd;
	} row[] = {
		{"off\n", {.on = false}},
		{"on\n", {.on = true}},
		{"on", {.on = true}},
		{"# a\r\n\r\non\r\n#b\r\n", {.on = true}},
		{"2026-12-24T18:30:00+01:00\n",
		 {.on = true, .has_end = true, .until_s = EVENING_S}},
		{"2026-12-24T17:30:00Z\n",
		 {.on = true, .has_end = true, .until_s = EVENING_S}},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		struct dnd_state dnd = {.on = !row[i].dnd.on};
		struct store_error e;

		assert_int_equal(
			dnd_parse(&dnd, row[i].text, strlen(row[i].text), &e),
			0);
		assert_int_equal(dnd.on, row[i].dnd.on);
		assert_int_equal(dnd.has_end, row[i].dnd.has_end);
		assert_true(dnd.until_s == row[i].dnd.until_s);
	}
}


static void what_is_nothing_of_it_is_told_with_its_line(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
	} row[] = {
		{"#\n", 1},
		{"maybe\n", 1},
		{"On\n", 1},
		{" on\n", 1},
		{"# a\n2026-13-01T00:00:00Z\n", 2},
		{"on\noff\n", 2},
		{"2026-12-24T17:30:00Z2026-12-24T17:30:00Z"
		 "2026-12-24T17:30:00Z2026-12-24T17:30:00Z\n",
		 1},
		{"\xff\n", 1},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		struct store_error e = {.line = 0};
		struct dnd_state dnd;

		assert_int_equal(
			dnd_parse(&dnd, row[i].text, strlen(row[i].text), &e),
			EBADMSG);
		assert_int_equal(e.line, row[i].line);
		assert_int_equal(e.col, 1);
		assert_true(e.what[0]);
	}
}


static void a_zero_byte_is_nothing_of_it(void **state)
{
	static const char zero[] = "on\0\n";
	struct store_error e;
	struct dnd_state dnd;

	(void)state;

	assert_int_equal(dnd_parse(&dnd, zero, sizeof(zero) - 1, &e), EBADMSG);
}


static void what_is_written_is_read_again(void **state)
{
	static const struct dnd_state row[] = {
		{.on = false},
		{.on = true},
		{.on = true, .has_end = true, .until_s = EVENING_S},
		{.on = true, .has_end = true, .until_s = 0},
		{.on = true, .has_end = true, .until_s = INT64_C(1) << 36},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		char text[DND_TEXT_MAX];
		struct store_error e;
		struct dnd_state dnd;

		dnd_print(text, &row[i]);
		assert_int_equal(dnd_parse(&dnd, text, strlen(text), &e), 0);
		assert_int_equal(dnd.on, row[i].on);
		assert_int_equal(dnd.has_end, row[i].has_end);
		assert_true(dnd.until_s == row[i].until_s);
	}
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(what_is_kept_is_read),
		cmocka_unit_test(what_is_nothing_of_it_is_told_with_its_line),
		cmocka_unit_test(a_zero_byte_is_nothing_of_it),
		cmocka_unit_test(what_is_written_is_read_again),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
