/**
 * @file tests/unit/boards/test_linux.c  A whole board, as the shell meets it
 */
#include "tests/unit/boards/machine.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <linux/gpio.h>
#include <linux/input.h>

#include "boards/linux/linux.h"


static const char *const pi_lines[] = {"GPIO17", "GPIO27", "GPIO23",
				       "GPIO24", "GPIO5",  NULL};
static const unsigned phone_keys[] = {KEY_HANGUP_PHONE, KEY_5, 0};

static const struct linux_default defaults[] = {
	{"key.reject", "gpio-line:GPIO17"}, {"key.answer", "gpio-line:GPIO27"},
	{"lamp.ring", "led:ring"},          {"lamp.ring", "gpio-line:GPIO23"},
	{"lamp.message", "led:message"},    {"display", "oled:/dev/i2c-1"},
};

static struct linux_board board = {
	.name = "test",
	.defaultv = defaults,
	.defaultc = ROWS(defaults),
};

struct open {
	struct hal *hal;
	struct told told; /* errors and notes */
	int err;
};


static struct open board_up(const struct board_setting *v, size_t n)
{
	struct open o = {.hal = NULL};

	board.root = machine_root();
	o.err = linux_open(&o.hal, &board, v, n, told_error, told_note,
			   &o.told);
	assert_true(!o.err == (o.hal != NULL));
	return o;
}


static bool readable(const struct hal *hal)
{
	struct pollfd pfd = {.fd = hal_buttons_fd(hal), .events = POLLIN};

	return poll(&pfd, 1, 0) == 1;
}


static uint64_t check_poll(const struct hal *hal, uint64_t now_ms,
			   const char *want)
{
	struct told told = {.n = 0};
	uint64_t next_ms = 0;

	assert_int_equal(
		hal_buttons_poll(hal, now_ms, told_edge, &told, &next_ms), 0);
	told_check(&told, want);
	assert_false(readable(hal));
	return next_ms;
}


static void without_any_hardware_it_says_what_is_missing(void **state)
{
	static const struct led_pattern red = {LED_COLOUR_RED, 1000, 0};
	struct open o = board_up(NULL, 0);
	char want[512];

	(void)state;

	(void)snprintf(
		want, sizeof(want),
		"no GPIO lines for the keys reject, answer\n"
		"no input device with keys of a phone in %s/dev/input: "
		"keys work when it is plugged in\n"
		"no LEDs and no GPIO lines for the lamps ring, message\n"
		"no display: no I2C bus %s/dev/i2c-1: there is none\n",
		machine_root(), machine_root());
	told_check(&o.told, want);
	assert_int_equal(o.err, 0);
	assert_string_equal(o.hal->name, "test");
	assert_int_equal(hal_led_set(o.hal, LED_RING, &red), ENOENT);
	assert_int_equal(hal_display_backlight(o.hal, 50), ENOSYS);
	assert_true(readable(o.hal));
	assert_true(check_poll(o.hal, 1, "") == HAL_NEVER_MS);

	/* And what is plugged in later works */
	machine_plug("event0", "USB Phone", phone_keys, -1);
	assert_true(readable(o.hal));
	(void)check_poll(o.hal, 2, "");
	machine_event("event0", EV_KEY, KEY_HANGUP_PHONE, 1, 3);
	(void)check_poll(o.hal, 4, "reject+@3 ");
	linux_close(o.hal);
	linux_close(NULL);
}


static void edges_of_all_sources_come_in_order(void **state)
{
	struct open o;

	(void)state;

	machine_chip("gpiochip0", "soc", pi_lines);
	machine_plug("event0", "USB Phone", phone_keys, -1);
	o = board_up(NULL, 0);
	(void)check_poll(o.hal, 1, "");

	machine_line_set("GPIO27", true, 20);
	machine_line_set("GPIO27", false, 30);
	machine_event("event0", EV_KEY, KEY_5, 1, 25);
	machine_event("event0", EV_KEY, KEY_5, 0, 35);
	assert_true(readable(o.hal));
	(void)check_poll(o.hal, 40, "answer+@20 5+@25 answer-@30 5-@35 ");
	linux_close(o.hal);
}


static void a_key_with_two_sources_is_down_while_either_is(void **state)
{
	struct open o;

	(void)state;

	machine_chip("gpiochip0", "soc", pi_lines);
	machine_plug("event0", "USB Phone", phone_keys, -1);
	o = board_up(NULL, 0);
	(void)check_poll(o.hal, 1, "");

	machine_line_set("GPIO17", true, 10);
	machine_event("event0", EV_KEY, KEY_HANGUP_PHONE, 1, 20);
	machine_line_set("GPIO17", false, 30);
	(void)check_poll(o.hal, 35, "reject+@10 ");
	machine_unplug("event0");
	(void)check_poll(o.hal, 40, "reject-@40 ");
	linux_close(o.hal);
}


static void a_setting_replaces_all_that_its_key_had(void **state)
{
	static const struct board_setting v[] = {
		{"key.reject", "evdev:KEY_5", 2, 14, 1},
		{"key.answer", "none", 3, 14, 1},
		{"lamp.ring", "gpio-line:GPIO24", 4, 13, 1},
		{"display", "none", 5, 11, 1},
	};
	struct open o;

	(void)state;

	machine_chip("gpiochip0", "soc", pi_lines);
	machine_led("ring", true);
	machine_led("message", true);
	machine_plug("event0", "USB Phone", phone_keys, -1);
	o = board_up(v, ROWS(v));
	told_check(&o.told, "");
	(void)check_poll(o.hal, 1, "");
	assert_false(machine_line_is_taken("GPIO17"));
	assert_false(machine_line_is_taken("GPIO27"));
	assert_true(machine_line_is_taken("GPIO24"));
	machine_event("event0", EV_KEY, KEY_HANGUP_PHONE, 1, 2);
	machine_event("event0", EV_KEY, KEY_5, 1, 3);
	(void)check_poll(o.hal, 4, "reject+@3 ");
	linux_close(o.hal);
}


static void the_kernels_lamps_are_told_once(void **state)
{
	static const struct led_pattern ring = {LED_COLOUR_WHITE, 250, 250};
	static const struct led_pattern off = {LED_COLOUR_OFF, 0, 0};
	struct open o;

	(void)state;

	machine_chip("gpiochip0", "soc", pi_lines);
	machine_led("phone:white:ring", true);
	o = board_up(NULL, 0);
	assert_false(machine_line_is_taken("GPIO23"));
	(void)check_poll(o.hal, 1000, "");
	assert_string_equal(
		machine_read("/sys/class/leds/phone:white:ring/brightness"),
		"0");

	assert_int_equal(hal_led_set(o.hal, LED_RING, &ring), 0);
	assert_string_equal(
		machine_read("/sys/class/leds/phone:white:ring/delay_on"),
		"250");
	assert_true(check_poll(o.hal, 1001, "") == HAL_NEVER_MS);
	assert_int_equal(hal_led_set(o.hal, LED_RING, &off), 0);
	assert_string_equal(
		machine_read("/sys/class/leds/phone:white:ring/trigger"),
		"none");
	linux_close(o.hal);
}


/* By GPIO, or by an LED of a kernel without the timer trigger */
static void other_lamps_are_blinked(void **state)
{
	static const struct led_pattern ring = {LED_COLOUR_WHITE, 250, 100};
	static const char led[] = "/sys/class/leds/message/brightness";
	struct open o;

	(void)state;

	machine_chip("gpiochip0", "soc", pi_lines);
	machine_led("message", false);
	o = board_up(NULL, 0);
	(void)check_poll(o.hal, 1000, "");

	assert_int_equal(hal_led_set(o.hal, LED_RING, &ring), 0);
	assert_int_equal(hal_led_set(o.hal, LED_MESSAGE, &ring), 0);
	assert_true(machine_line_get("GPIO23"));
	assert_string_equal(machine_read(led), "31");

	/* The caller was told to sleep: it has to be woken */
	assert_true(readable(o.hal));
	assert_int_equal(check_poll(o.hal, 1001, ""), 1250);
	assert_int_equal(check_poll(o.hal, 1250, ""), 1350);
	assert_false(machine_line_get("GPIO23"));
	assert_string_equal(machine_read(led), "0");
	assert_int_equal(check_poll(o.hal, 1350, ""), 1600);
	assert_true(machine_line_get("GPIO23"));
	linux_close(o.hal);
}


static void a_setting_that_names_what_is_not_there_is_an_error(void **state)
{
	static const struct board_setting v[] = {
		{"key.reject", "evdev:KEY_5, gpio-line:GPIO18", 2, 14, 1},
		{"key.answer", "gpio:soc/9", 3, 14, 1},
		{"key.ok", "gpio-line:GPIO5", 4, 10, 1},
		{"lamp.ring", "led:rung", 5, 13, 1},
		{"lamp.message", "gpio-line:GPIO24, gpio-line:GPIO99", 6, 16,
		 1},
		{"display", "oled:/dev/i2c-7", 7, 11, 1},
		{"backlight", "panel", 8, 13, 1},
	};
	struct open o;
	char want[1024];

	(void)state;

	machine_chip("gpiochip0", "soc", pi_lines);
	machine_line_taken("GPIO5", "spi0 CS0");
	machine_led("ring", true);
	machine_led("ACT", true);
	machine_plug("event0", "USB Phone", phone_keys, -1);
	machine_folder("/sys/class/backlight/10-0045");
	machine_write("/dev/i2c-2", "");
	o = board_up(v, ROWS(v));
	assert_int_equal(o.err, EBADMSG);
	(void)snprintf(
		want, sizeof(want),
		"2:27 no GPIO line \"GPIO18\": there are GPIO17, GPIO27, "
		"GPIO23, GPIO24, GPIO5\n"
		"3:14 no GPIO chip \"soc\" with a line 9: there are soc "
		"(5 lines)\n"
		"4:10 the line is taken by \"spi0 CS0\": write what that "
		"makes of it, evdev:CODE or led:NAME, or remove it from the "
		"device tree\n"
		"5:13 no LED \"rung\" in %s/sys/class/leds: there are ACT, "
		"ring\n"
		"6:34 no GPIO line \"GPIO99\": there are GPIO17, GPIO27, "
		"GPIO23, GPIO24, GPIO5\n"
		"7:11 no I2C bus %s/dev/i2c-7: there are %s/dev/i2c-2\n"
		"8:13 no backlight \"panel\" in %s/sys/class/backlight: there "
		"are 10-0045\n",
		machine_root(), machine_root(), machine_root(),
		machine_root());
	told_check(&o.told, want);
}


static void a_form_that_is_wrong_never_opens(void **state)
{
	static const struct board_setting v[] = {
		{"key.rejekt", "none", 2, 14, 1},
	};
	struct open o = board_up(v, ROWS(v));

	(void)state;

	assert_int_equal(o.err, EBADMSG);
	told_has(&o.told, "2:5 no such key");
	assert_int_equal(linux_open(NULL, &board, NULL, 0, told_error,
				    told_note, &o.told),
			 EINVAL);
}


static void a_glass_that_there_is_not_is_an_error(void **state)
{
	static const struct board_setting v[] = {
		{"display_offset", "36", 2, 18, 1},
	};
	struct open o = board_up(v, ROWS(v));

	(void)state;

	assert_int_equal(o.err, EBADMSG);
	told_has(&o.told, "2:18 there is no OLED of 128x64 pixels at column "
			  "36");
}


static void a_keypad_by_name_may_come_later(void **state)
{
	static const struct board_setting v[] = {
		{"input", "USB Phone", 2, 9, 1},
		{"input_grab", "yes", 3, 14, 1},
	};
	struct open o;

	(void)state;

	machine_plug("event0", "admin's keyboard", phone_keys, -1);
	o = board_up(v, ROWS(v));
	assert_int_equal(o.err, 0);
	told_has(&o.told, "there are admin's keyboard: keys work when it is "
			  "plugged in");
	machine_plug("event1", "USB Phone", phone_keys, -1);
	(void)check_poll(o.hal, 1, "");
	assert_true(machine_grabbed("event1"));
	machine_event("event0", EV_KEY, KEY_5, 1, 2);
	(void)check_poll(o.hal, 3, "");
	linux_close(o.hal);
}


static void a_line_without_edges_is_noted_and_read(void **state)
{
	struct open o;

	(void)state;

	machine_chip("gpiochip0", "soc", pi_lines);
	machine_line_no_edges("GPIO17");
	o = board_up(NULL, 0);
	told_has(&o.told, "the line of the key reject gives no edges: it is "
			  "read every 20 ms\n");
	assert_int_equal(check_poll(o.hal, 100, ""), 120);
	linux_close(o.hal);
}


#define ON_MACHINE(test)                                                      \
	cmocka_unit_test_setup_teardown(test, machine_set_up,                 \
					machine_tear_down)


int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_MACHINE(without_any_hardware_it_says_what_is_missing),
		ON_MACHINE(edges_of_all_sources_come_in_order),
		ON_MACHINE(a_key_with_two_sources_is_down_while_either_is),
		ON_MACHINE(a_setting_replaces_all_that_its_key_had),
		ON_MACHINE(the_kernels_lamps_are_told_once),
		ON_MACHINE(other_lamps_are_blinked),
		ON_MACHINE(a_setting_that_names_what_is_not_there_is_an_error),
		ON_MACHINE(a_form_that_is_wrong_never_opens),
		ON_MACHINE(a_glass_that_there_is_not_is_an_error),
		ON_MACHINE(a_keypad_by_name_may_come_later),
		ON_MACHINE(a_line_without_edges_is_noted_and_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
