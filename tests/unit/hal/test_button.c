/**
 * @file tests/unit/hal/test_button.c  Every key has its name
 */
#include "tests/unit/hal/rows.h"


static void names_are_those_of_the_interface_in_this_order(void **state)
{
	static const char all[] =
		"answer reject hook 0 1 2 3 4 5 6 7 8 9 star hash ok back up "
		"down left right soft1 soft2 soft3 soft4 volume_up "
		"volume_down mute speaker message dnd redial line1 line2 "
		"line3 line4 line5 line6 line7 line8";
	char got[sizeof(all) + 64] = "";

	(void)state;

	for (unsigned i = 0; i < BUTTON_COUNT; i++) {
		if (i)
			strcat(got, " ");
		strcat(got, button_name((enum button)i));
	}
	assert_string_equal(got, all);
}


static void each_name_finds_its_key(void **state)
{
	(void)state;

	for (unsigned i = 0; i < BUTTON_COUNT; i++)
		assert_int_equal(button_find(button_name((enum button)i)), i);
}


static void what_is_no_key_has_no_name(void **state)
{
	static const char *const none[] = {"",   "Answer", "answer ", "line9",
					   "10", "soft",   "%s"};

	(void)state;

	assert_null(button_name(BUTTON_COUNT));
	assert_int_equal(button_find(NULL), BUTTON_COUNT);
	for (size_t i = 0; i < ROWS(none); i++)
		assert_int_equal(button_find(none[i]), BUTTON_COUNT);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			names_are_those_of_the_interface_in_this_order),
		cmocka_unit_test(each_name_finds_its_key),
		cmocka_unit_test(what_is_no_key_has_no_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
