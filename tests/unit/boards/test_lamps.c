/**
 * @file tests/unit/boards/test_lamps.c  LEDs of the kernel, and their colours
 */
#include "tests/unit/boards/machine.h"

#include <errno.h>
#include <unistd.h>

#include "boards/linux/backlight.h"
#include "boards/linux/lamps.h"

#define OFF LED_COLOUR_OFF
#define WHITE LED_COLOUR_WHITE
#define RED LED_COLOUR_RED
#define GREEN LED_COLOUR_GREEN
#define AMBER LED_COLOUR_AMBER


static const char *leds(void)
{
	return machine_path("/sys/class/leds");
}


static void parts_are_lit_as_the_rows_say(void **state)
{
	/* A lamp's parts, the colour that is asked for, the parts lit */
	static const struct {
		enum led_colour part[3];
		size_t n;
		enum led_colour want;
		unsigned lit;
	} rows[] = {
		{{OFF}, 1, RED, 1},
		{{OFF}, 1, OFF, 0},
		{{RED}, 1, GREEN, 1}, /* what it has, for what it lacks */
		{{RED, GREEN}, 2, RED, 1},
		{{RED, GREEN}, 2, GREEN, 2},
		{{RED, GREEN}, 2, AMBER, 3},
		{{RED, GREEN}, 2, WHITE, 3},
		{{RED, GREEN}, 2, OFF, 0},
		{{RED, GREEN, AMBER}, 3, AMBER, 4},
		{{RED, WHITE}, 2, AMBER, 3},
		{{RED, OFF}, 2, RED, 3}, /* one of no colour is always lit */
		{{RED, GREEN, OFF}, 3, AMBER, 7},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		const unsigned lit =
			lamps_parts(rows[i].part, rows[i].n, rows[i].want);

		if (lit != rows[i].lit)
			fail_msg("row %zu: %x", i, lit);
	}
}


static void leds_are_found_by_name_or_function(void **state)
{
	struct leds_led led[3];
	char list[48];

	(void)state;

	assert_int_equal(leds_find(leds(), "ring", led, 3), 0);
	machine_led("phone:green:line1", true);
	machine_led("phone:red:line1", true);
	machine_led("line1x", true);
	machine_led("ACT", true);
	machine_led("red:mwi", true);

	assert_int_equal(leds_find(leds(), "line1", led, 3), 2);
	assert_string_equal(led[0].name, "phone:green:line1");
	assert_int_equal(led[0].colour, GREEN);
	assert_int_equal(led[1].colour, RED);
	assert_int_equal(leds_find(leds(), "line1", led, 1), 1);
	assert_int_equal(leds_find(leds(), "phone:red:line1", led, 3), 1);
	assert_string_equal(led[0].name, "phone:red:line1");
	assert_int_equal(leds_find(leds(), "ACT", led, 3), 1);
	assert_int_equal(led[0].colour, OFF);
	assert_int_equal(leds_find(leds(), "mwi", led, 3), 1);
	assert_int_equal(led[0].colour, RED);

	/* A name that fits wholly is not a function as well */
	machine_led("line1", true);
	assert_int_equal(leds_find(leds(), "line1", led, 3), 1);
	assert_string_equal(led[0].name, "line1");

	leds_list(leds(), list, sizeof(list));
	assert_string_equal(list,
			    "ACT, line1, line1x, phone:green:line1, ...");
}


static void the_kernel_blinks_where_it_can(void **state)
{
	(void)state;

	machine_led("ring", true);
	assert_int_equal(leds_blink(leds(), "ring", 250, 100), 0);
	assert_string_equal(machine_read("/sys/class/leds/ring/trigger"),
			    "timer");
	assert_string_equal(machine_read("/sys/class/leds/ring/delay_on"),
			    "250");
	assert_string_equal(machine_read("/sys/class/leds/ring/delay_off"),
			    "100");
	assert_int_equal(leds_light(leds(), "ring", true), 0);
	assert_string_equal(machine_read("/sys/class/leds/ring/trigger"),
			    "none");
	assert_string_equal(machine_read("/sys/class/leds/ring/brightness"),
			    "31");
	assert_int_equal(leds_light(leds(), "ring", false), 0);
	assert_string_equal(machine_read("/sys/class/leds/ring/brightness"),
			    "0");
	assert_int_equal(leds_light(leds(), "gone", false), ENOENT);

	machine_led("plain", false);
	assert_int_equal(leds_light(leds(), "plain", true), 0);
	assert_int_equal(leds_blink(leds(), "plain", 1, 1), ENOTSUP);
}


static void a_backlight_is_set_in_percent(void **state)
{
	static const char dir[] = "/sys/class/backlight";
	char list[32];

	(void)state;

	assert_int_equal(backlight_set(machine_path(dir), "", 50), ENOENT);
	machine_folder("/sys/class/backlight/panel");
	machine_write("/sys/class/backlight/panel/max_brightness", "7\n");
	machine_write("/sys/class/backlight/panel/brightness", "3\n");

	assert_int_equal(backlight_set(machine_path(dir), "", 100), 0);
	assert_string_equal(
		machine_read("/sys/class/backlight/panel/brightness"), "7");
	assert_int_equal(backlight_set(machine_path(dir), "panel", 1), 0);
	assert_string_equal(
		machine_read("/sys/class/backlight/panel/brightness"), "1");
	assert_int_equal(backlight_set(machine_path(dir), "panel", 0), 0);
	assert_string_equal(
		machine_read("/sys/class/backlight/panel/brightness"), "0");
	assert_int_equal(backlight_set(machine_path(dir), "lamp", 0), ENOENT);
	backlight_list(machine_path(dir), list, sizeof(list));
	assert_string_equal(list, "panel");
}


#define ON_MACHINE(test)                                                      \
	cmocka_unit_test_setup_teardown(test, machine_set_up,                 \
					machine_tear_down)


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_lit_as_the_rows_say),
		ON_MACHINE(leds_are_found_by_name_or_function),
		ON_MACHINE(the_kernel_blinks_where_it_can),
		ON_MACHINE(a_backlight_is_set_in_percent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
