/**
 * @file tests/unit/hal/test_led.c  Every lamp and colour has its name
 */
#include "tests/unit/hal/rows.h"


static void lamps_are_those_of_the_interface(void **state)
{
	static const char *const all[] = {
		"ring",  "message", "dnd",   "mute",  "line1", "line2",
		"line3", "line4",   "line5", "line6", "line7", "line8"};

	(void)state;

	assert_int_equal(LED_COUNT, ROWS(all));
	for (unsigned i = 0; i < LED_COUNT; i++)
		assert_string_equal(led_name((enum led)i), all[i]);
	assert_null(led_name(LED_COUNT));
}


static void colours_are_those_of_the_interface(void **state)
{
	static const char *const all[] = {"off", "white", "red", "green",
					  "amber"};

	(void)state;

	assert_int_equal(LED_COLOUR_COUNT, ROWS(all));
	for (unsigned i = 0; i < LED_COLOUR_COUNT; i++)
		assert_string_equal(led_colour_name((enum led_colour)i),
				    all[i]);
	assert_null(led_colour_name(LED_COLOUR_COUNT));
}


static void patterns_differ_by_colour_and_by_time(void **state)
{
	const struct led_pattern a = {LED_COLOUR_RED, 100, 900};
	const struct led_pattern other[] = {{LED_COLOUR_AMBER, 100, 900},
					    {LED_COLOUR_RED, 101, 900},
					    {LED_COLOUR_RED, 100, 901}};
	const struct led_pattern same = a;

	(void)state;

	assert_true(led_pattern_equal(&a, &same));
	for (size_t i = 0; i < ROWS(other); i++)
		assert_false(led_pattern_equal(&a, &other[i]));
	assert_false(led_pattern_equal(&a, NULL));
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lamps_are_those_of_the_interface),
		cmocka_unit_test(colours_are_those_of_the_interface),
		cmocka_unit_test(patterns_differ_by_colour_and_by_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
