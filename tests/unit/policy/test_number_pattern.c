/**
 * @file tests/unit/policy/test_number_pattern.c  What a rule calls a number
 */
#include "app/policy/number.h"

#include "check.h"

#include <errno.h>

#define DIGITS_47 "12345678901234567890123456789012345678901234567"
#define DIGITS_46 "1234567890123456789012345678901234567890123456"


static const struct {
	const char *text;
	enum number_pattern_kind kind;
	const char *digits, *last;
} pattern_row[] = {
	{"+493012345", NUMBER_EXACT, "+493012345", ""},
	{"204", NUMBER_EXACT, "204", ""},
	{"*21#", NUMBER_EXACT, "*21#", ""},
	{"*21*5", NUMBER_EXACT, "*21*5", ""},
	{"+49 (30) 12-34.5", NUMBER_EXACT, "+493012345", ""},
	{DIGITS_47, NUMBER_EXACT, DIGITS_47, ""},
	{"+4990*", NUMBER_PREFIX, "+4990", ""},
	{"2*", NUMBER_PREFIX, "2", ""},
	{"+*", NUMBER_PREFIX, "+", ""},
	{"**", NUMBER_PREFIX, "*", ""},
	{"*21*", NUMBER_PREFIX, "*21", ""},
	{"+49 90 *", NUMBER_PREFIX, "+4990", ""},
	{DIGITS_47 "*", NUMBER_PREFIX, DIGITS_47, ""},
	{"+493012??", NUMBER_WILDCARD, "+493012??", ""},
	{"+49 30 12-??", NUMBER_WILDCARD, "+493012??", ""},
	{"?", NUMBER_WILDCARD, "?", ""},
	{"2??", NUMBER_WILDCARD, "2??", ""},
	{"*2?#", NUMBER_WILDCARD, "*2?#", ""},
	{"+4930??5*", NUMBER_WILDCARD, "+4930??5*", ""},
	{"?*", NUMBER_WILDCARD, "?*", ""},
	{"+?*", NUMBER_WILDCARD, "+?*", ""},
	{DIGITS_46 "?", NUMBER_WILDCARD, DIGITS_46 "?", ""},
	{"+49301200..+49301299", NUMBER_RANGE, "+49301200", "+49301299"},
	{"+49 30 1200 .. +49 30 1299", NUMBER_RANGE, "+49301200", "+49301299"},
	{"200..299", NUMBER_RANGE, "200", "299"},
	{"200..200", NUMBER_RANGE, "200", "200"},
	{"030-1.2 .. 030-1.3", NUMBER_RANGE, "03012", "03013"},
};


static void what_is_written_is_the_pattern(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(pattern_row); i++) {
		const char *text = pattern_row[i].text;
		struct number_pattern p;
		struct text_error err = {0, ""};

		if (number_pattern_parse(&p, text, strlen(text), &err) ||
		    strcmp(p.digits, pattern_row[i].digits) ||
		    strcmp(p.last, pattern_row[i].last) ||
		    p.kind != pattern_row[i].kind)
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
	{".", EBADMSG, 1, "no digits: write a number"},
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
	{"+49*3?", EBADMSG, 3, "\"*\" stands only at the end: write"},
	{DIGITS_47 "8", ENOSPC, 47, "number too long: at most 47"},
	{"+" DIGITS_47, ENOSPC, 47, "number too long: at most 47"},
	{DIGITS_46 "?*", ENOSPC, 47, "number too long: at most 47"},
	{"..", EBADMSG, 0, "a range has a number at both ends"},
	{"200..", EBADMSG, 5, "a range has a number at both ends"},
	{"..200", EBADMSG, 0, "a range has a number at both ends"},
	{"+..+1", EBADMSG, 1, "a range has a number at both ends"},
	{"200..2x9", EBADMSG, 6, "not part of a number"},
	{"2x0..299", EBADMSG, 1, "not part of a number"},
	{"20?..299", EBADMSG, 2, "a range goes from one number"},
	{"200..29*", EBADMSG, 7, "a range goes from one number"},
	{"200..#29", EBADMSG, 5, "a range goes from one number"},
	{"200..299..399", EBADMSG, 5, "both ends of a range"},
	{"+49301200..99", EBADMSG, 11, "both ends of a range"},
	{"+4930..49300", EBADMSG, 7, "both ends of a range"},
	{"299..200", EBADMSG, 5, "the range ends before it starts"},
	{"200.." DIGITS_47 "8", ENOSPC, 52, "number too long: at most 47"},
};


static void a_wrong_pattern_is_told_where_and_how(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(error_row); i++) {
		const char *text = error_row[i].text;
		struct number_pattern p = {.digits = "untouched"};
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
	{"204", "", false},

	{"+4990*", "+49901", true},
	{"+4990*", "+4990", true},
	{"+4990*", "+499", false},
	{"+4990*", "+4991", false},
	{"+*", "+1", true},
	{"+*", "1", false},
	{"+*", "", false},
	{"2*", "204", true},
	{"*21*", "*21#", true},

	{"+493012??", "+49301234", true},
	{"+493012??", "+4930123", false},
	{"+493012??", "+493012345", false},
	{"+493012??", "+4930123*", false},
	{"+493012??", "+49301334", false},
	{"???", "204", true},
	{"???", "+20", false},
	{"?", "", false},
	{"*2?#", "*21#", true},
	{"*2?#", "*2*#", false},
	{"2?4*", "214", true},
	{"2?4*", "2145", true},
	{"2?4*", "214*", true},
	{"2?4*", "21", false},
	{"2?4*", "215", false},

	{"200..299", "199", false},
	{"200..299", "200", true},
	{"200..299", "250", true},
	{"200..299", "299", true},
	{"200..299", "300", false},
	{"200..299", "25", false},
	{"200..299", "2500", false},
	{"200..299", "+25", false},
	{"200..299", "2*5", false},
	{"200..299", "25#", false},
	{"+20..+29", "+25", true},
	{"+20..+29", "+2*", false},
	{"+20..+29", "255", false},
	{"099..100", "100", true},
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
		&(const struct number_pattern){.kind = NUMBER_PREFIX}, ""));
}


static void abroad_is_what_is_not_of_the_own_country(void **state)
{
	const struct number_pattern abroad = {NUMBER_ABROAD, "+49", ""};
	const struct number_pattern also = {NUMBER_ABROAD, "+39", "+390"};

	(void)state;
	assert_true(number_pattern_match(&abroad, "+441"));
	assert_true(number_pattern_match(&abroad, "+4"));
	assert_false(number_pattern_match(&abroad, "+491"));
	assert_false(number_pattern_match(&abroad, "204"));
	assert_false(number_pattern_match(&abroad, "*21#"));
	assert_true(number_pattern_match(&also, "+39061"));
	assert_false(number_pattern_match(&also, "+393471"));
	assert_true(number_pattern_match(&also, "+4930"));
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_the_pattern),
		cmocka_unit_test(a_wrong_pattern_is_told_where_and_how),
		cmocka_unit_test(
			a_pattern_covers_its_numbers_and_never_nothing),
		cmocka_unit_test(abroad_is_what_is_not_of_the_own_country),
	};

	return cmocka_run_group_tests_name("number_pattern", tests, NULL,
					   NULL);
}
