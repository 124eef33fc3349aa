/**
 * @file tests/unit/policy/test_number_list.c  Which numbers a list has
 */
#include "app/policy/number_list_file.h"

#include "check.h"
#include "number_list_golden.h"

#include <errno.h>

static const struct {
	const char *number;
	bool has;
} row[] = {
	{"100", true},
	{"301", true},
	{"302", true},
	{"999", true},
	{"0301", true},
	{"+301", true},
	{"+4990", true},
	{"+49901", true},
	{"+49901234567890123", true},
	{"*21#", true},
	{"*3", true},
	{"*3#", true},
	{"*31234", true},

	{"", false},
	{"+", false},
	{"0", false},
	{"10", false},
	{"101", false},
	{"300", false},
	{"303", false},
	{"998", false},
	{"1000", false},
	{"3010", false},
	{"00301", false},
	{"+0301", false},
	{"+302", false},
	{"+499", false},
	{"4990", false},
	{"+49801", false},
	{"*21", false},
	{"*21#1", false},
	{"21#", false},
	{"*2", false},
	{"*", false},
	{"#3", false},
	{"301#", false},
	{"301*", false},
	{"12345678901234567890123456789012345678901234567890", false},
};


static struct number_list golden(void)
{
	struct number_list list;
	const char *what = NULL;

	assert_int_equal(number_list_open(&list, number_list_golden,
					  sizeof(number_list_golden), &what),
			 0);
	assert_null(what);

	return list;
}


static void a_list_has_its_numbers_and_what_its_prefixes_cover(void **state)
{
	const struct number_list list = golden();

	(void)state;
	assert_int_equal(list.numbers, 7);
	assert_int_equal(list.prefixes, 2);
	for (size_t i = 0; i < ROWS(row); i++) {
		if (number_list_has(&list, row[i].number) != row[i].has)
			fail_msg("\"%s\"", row[i].number);
	}
}


static void without_a_list_or_a_number_nothing_is_in_it(void **state)
{
	const struct number_list list = golden();
	static const struct number_list none;

	(void)state;
	assert_false(number_list_has(NULL, "301"));
	assert_false(number_list_has(&none, "301"));
	assert_false(number_list_has(&none, "*21#"));
	assert_false(number_list_has(&list, NULL));
}


static void what_is_not_opened_is_empty(void **state)
{
	struct number_list list = golden();
	const char *what = NULL;

	(void)state;
	assert_int_equal(number_list_open(&list, number_list_golden,
					  sizeof(number_list_golden) - 1,
					  &what),
			 EBADMSG);
	assert_string_equal(what, "it is damaged: its size is wrong");
	assert_false(number_list_has(&list, "301"));
}


static void the_checksum_is_the_one_that_others_know(void **state)
{
	static const uint8_t text[] = "123456789";

	(void)state;
	assert_true(number_list_checksum(text, sizeof(text) - 1) ==
		    UINT64_C(0x995dc9bbdf1939fa));
	assert_true(number_list_checksum(text, 0) == 0);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_list_has_its_numbers_and_what_its_prefixes_cover),
		cmocka_unit_test(without_a_list_or_a_number_nothing_is_in_it),
		cmocka_unit_test(what_is_not_opened_is_empty),
		cmocka_unit_test(the_checksum_is_the_one_that_others_know),
	};

	return cmocka_run_group_tests_name("number_list", tests, NULL, NULL);
}
