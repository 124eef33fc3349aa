/**
 * @file tests/unit/policy/test_number.c  What is a number, and which
 */
#include "app/policy/number.h"

#include "check.h"

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
	{"204;user=phone;x=%3B", "204"},
	{"204;;", "204"},
	{"204;ext=7", "204"},
	{";ext=7", ""},
	{"204%3Bext", ""},
	/* the scheme of a tel URI */
	{"tel:+49301", "+49301"},
	{"TEL:7042;phone-context=+1-201-555", "+12015557042"},
	{"tel:", ""},
	{"tel:tel:1", ""},
	{"tel%3A1", ""},
	{"telephone", ""},
	{"sip:204", ""},
	/* RFC 3966 5.1.5: a context that is a number comes in front */
	{"1234;phone-context=+4930", "+49301234"},
	{"1234;isub=1;Phone-Context=%2B49-(30);ext=5", "+49301234"},
	{"12%2D34;phone-context=%2b4930", "+49301234"},
	{"1234;phone-context=example.com", "1234"},
	{"1234;phone-context=", "1234"},
	{"1234;phone-context", "1234"},
	{"1234;phone-contexts=+49", "1234"},
	{"1234;x-phone-context=+49", "1234"},
	{"1234;phone-context=4930", "1234"},
	{"1234;phone-context=+", "1234"},
	{"1234;phone-context=+49x", "1234"},
	{"1234;phone-context=+49*", "1234"},
	{"1234;phone-context=%252B49", "1234"},
	{"1234;phone-context=+49;phone-context=+1", "+491234"},
	{"+4930;phone-context=+1", "+4930"},
	{"*21#;phone-context=+49", "*21#"},
	{"alice;phone-context=+4930", ""},
	{";phone-context=+4930", ""},
	{"1234567890123456789012345678901234567890123456;phone-context=+4",
	 ""},
	{"123456789012345678901234567890123456789012345;phone-context=+4",
	 "+4123456789012345678901234567890123456789012345"},
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


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_user_part_becomes_the_number_that_is_compared),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
