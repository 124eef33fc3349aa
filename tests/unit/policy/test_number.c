/**
 * @file tests/unit/policy/test_number.c  Numbers and the patterns for them
 */
#include "app/policy/number.h"

#include "check.h"

#include <errno.h>

#define DIGITS_47 "12345678901234567890123456789012345678901234567"


static const struct {
	const char *user;
	const char *number; /* "": none */
} normalise_row[] = {
	{"204", "204"},
	{"+493012345", "+493012345"},
	{"*21#", "*21#"},
	{"*", "*"},
	{"#", "#"},
	/* an escape is decoded once */
	{"%2B493012345", "+493012345"},
	{"%2b49", "+49"},
	{"%31%32%33", "123"},
	{"%2A21%23", "*21#"},
	{"%2531", ""},
	{"%252B49", ""},
	{"1%2", ""},
	{"1%", ""},
	{"%", ""},
	{"%zz1", ""},
	{"%3", ""},
	{"%00123", ""},
	{"123%00", ""},
	{"%C3%AB", ""},
	/* separators are left out, escaped ones too */
	{"+49 (30) 123-45.67", "+49301234567"},
	{"+49%2030%2D1", "+49301"},
	{"(+49)30", "+4930"},
	{"-.() ", ""},
	/* parameters, but not an escaped ";" */
	{"+4930;phone-context=example.com", "+4930"},
	{"204;ext=7", "204"},
	{";ext=7", ""},
	{"204%3Bext", ""},
	/* no number */
	{"", ""},
	{"+", ""},
	{"++49", ""},
	{"49+30", ""},
	{"+-", ""},
	{"alice", ""},
	{"204a", ""},
	{"a204", ""},
	{"0x10", ""},
	{"204:secret", ""},
	{"12/34", ""},
	{"12\t34", ""},
	{"\xd9\xa1\xd9\xa2\xd9\xa3", ""}, /* Arabic-Indic 123 */
	{"\xef\xbc\x91\xef\xbc\x92", ""}, /* fullwidth 12     */
	{"\xe2\x80\x91"
	 "12",
	 ""}, /* no-break hyphen  */
	{"\xff\xfe", ""},
	/* 47 fit, 48 do not, separators do not count */
	{DIGITS_47, DIGITS_47},
	{"123456789-0123456789-0123456789-0123456789-01234567", DIGITS_47},
	{DIGITS_47 "8", ""},
	{"+" DIGITS_47, ""},
};


static void a_user_part_becomes_the_number_that_is_compared(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(normalise_row); i++) {
		const char *want = normalise_row[i].number;
		char number[NUMBER_MAX] = "unset";
		const bool is =
			number_normalise(number, normalise_row[i].user);

		if (is != !!want[0] || strcmp(number, want))
			fail_msg("\"%s\": %d \"%s\"", normalise_row[i].user,
				 is, number);
	}
}


static const struct {
	const char *text;
	const char *digits;
	bool prefix;
} pattern_row[] = {
	{"+493012345", "+493012345", false},
	{"+4990*", "+4990", true},
	{"204", "204", false},
	{"2*", "2", true},
	{"+*", "+", true},
	{"**", "*", true},
	{"*21#", "*21#", false},
	{"*21*", "*21", true},
	{"*21*5", "*21*5", false},
	{"+49 (30) 12-34.5", "+493012345", false},
	{"+49 90 *", "+4990", true},
	{DIGITS_47, DIGITS_47, false},
	{DIGITS_47 "*", DIGITS_47, true},
};


static void a_pattern_is_a_number_or_what_it_starts_with(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(pattern_row); i++) {
		const char *text = pattern_row[i].text;
		struct number_pattern p;
		struct text_error err = {0, ""};

		if (number_pattern_parse(&p, text, strlen(text), &err) ||
		    strcmp(p.digits, pattern_row[i].digits) ||
		    p.prefix != pattern_row[i].prefix)
			fail_msg("\"%s\": %s", text, err.what);
	}
}


static const struct {
	const char *text;
	int err;
	size_t off;
	const char *what; /* how the message starts */
} error_row[] = {
	{"", EBADMSG, 0, "no number: write one"},
	{"*", EBADMSG, 0, "nothing before \"*\": write what"},
	{"- *", EBADMSG, 2, "nothing before \"*\": write what"},
	{"+", EBADMSG, 1, "no digits: write a number"},
	{"--", EBADMSG, 2, "no digits: write a number"},
	{"alice", EBADMSG, 0, "not part of a number: write digits"},
	{"+49x30", EBADMSG, 3, "not part of a number: write digits"},
	{"sip:204@example.com", EBADMSG, 0, "not part of a number"},
	{"%2B49", EBADMSG, 0, "not part of a number"},
	{"0049\xc2\xa0"
	 "30",
	 EBADMSG, 4, "not part of a number"},
	{"\xef\xbc\x91", EBADMSG, 0, "not part of a number"},
	{"49;ext=1", EBADMSG, 2, "not part of a number"},
	{"++49", EBADMSG, 1, "\"+\" stands only in front"},
	{"49+30", EBADMSG, 2, "\"+\" stands only in front"},
	{"+49*30", EBADMSG, 3, "\"*\" stands only at the end: write"},
	{"+49**", EBADMSG, 3, "\"*\" stands only at the end: write"},
	{DIGITS_47 "8", ENOSPC, 47, "number too long: at most 47"},
	{"+" DIGITS_47, ENOSPC, 47, "number too long: at most 47"},
};


static void a_wrong_pattern_is_told_where_and_how(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(error_row); i++) {
		const char *text = error_row[i].text;
		struct number_pattern p = {"untouched", false};
		struct text_error err = {99, ""};
		const int e =
			number_pattern_parse(&p, text, strlen(text), &err);

		if (e != error_row[i].err || err.off != error_row[i].off ||
		    strncmp(err.what, error_row[i].what,
			    strlen(error_row[i].what)))
			fail_msg("\"%s\": %d at %zu, %s", text, e, err.off,
				 err.what);
		assert_string_equal(p.digits, "untouched");
		assert_int_equal(
			number_pattern_parse(&p, text, strlen(text), NULL),
			error_row[i].err);
	}
}


static const struct {
	const char *pattern, *number;
	bool covered;
} match_row[] = {
	{"+493012345", "+493012345", true},
	{"+493012345", "+4930123456", false},
	{"+493012345", "+49301234", false},
	{"+493012345", "493012345", false},
	{"+4990*", "+49901", true},
	{"+4990*", "+4990", true},
	{"+4990*", "+499", false},
	{"+4990*", "+4991", false},
	{"+*", "+1", true},
	{"+*", "1", false},
	{"2*", "204", true},
	{"*21*", "*21#", true},
	{"204", "", false},
	{"+*", "", false},
};


static void a_pattern_covers_its_numbers_and_never_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(match_row); i++) {
		const char *text = match_row[i].pattern;
		struct number_pattern p;

		assert_int_equal(
			number_pattern_parse(&p, text, strlen(text), NULL), 0);
		if (number_pattern_match(&p, match_row[i].number) !=
		    match_row[i].covered)
			fail_msg("%s, %s", text, match_row[i].number);
	}

	assert_false(number_pattern_match(
		&(const struct number_pattern){"", true}, ""));
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_user_part_becomes_the_number_that_is_compared),
		cmocka_unit_test(a_pattern_is_a_number_or_what_it_starts_with),
		cmocka_unit_test(a_wrong_pattern_is_told_where_and_how),
		cmocka_unit_test(
			a_pattern_covers_its_numbers_and_never_nothing),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
