/**
 * @file tests/unit/boards/test_setting.c  Lines of [board] and what they mean
 */
#include "tests/unit/boards/machine.h"

#include <errno.h>

#include <linux/input-event-codes.h>

#include "boards/linux/codes.h"
#include "boards/linux/linux.h"
#include "boards/linux/setting.h"


static void wrong_settings_stand_where_the_rows_say(void **state)
{
	static const struct {
		const char *key, *value;
		bool in_key;
		size_t off;
		const char *words;
	} rows[] = {
		{"kee.reject", "none", true, 0, "unknown key: [board] has"},
		{"displays", "none", true, 0, "display_offset"},
		{"", "none", true, 0, "unknown key"},
		{"key.rejekt", "none", true, 4,
		 "no such key: there are answer, reject, hook, 0, 1"},
		{"key.", "none", true, 4, "no such key"},
		{"lamp.fire", "none", true, 5,
		 "no such lamp: there are ring, message, dnd, mute, line1, "
		 "line2, line3, line4, line5, line6, line7, line8"},
		{"key.reject", "", false, 0, "write evdev:CODE"},
		{"key.reject", "GPIO17", false, 0,
		 "write evdev:CODE, gpio-line:NAME, gpio:CHIP/OFFSET or none"},
		{"key.reject", "led:ring", false, 0, "write evdev:CODE"},
		{"lamp.ring", "evdev:KEY_A", false, 0, "write led:NAME"},
		{"key.reject", "evdev:KEY_A, 17", false, 13, "write evdev"},
		{"key.reject", "evdev:KEY_A,", false, 12, "write evdev"},
		{"key.reject", "evdev:KEY_NONE", false, 6, "no such code"},
		{"key.reject", "evdev:768", false, 6, "no such code"},
		{"key.reject", "evdev:0", false, 6, "no such code"},
		{"key.reject", "evdev:17x", false, 6, "no such code"},
		{"key.reject", "evdev:", false, 6, "nothing here"},
		{"key.reject", "evdev:KEY_A polled", false, 0,
		 "\"polled\" means nothing here"},
		{"key.reject", "gpio-line:", false, 10, "nothing here"},
		{"key.reject",
		 "gpio-line:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false, 10,
		 "at most 31 bytes"},
		{"key.reject", "gpio:17", false, 5, "gpio:CHIP/OFFSET"},
		{"key.reject", "gpio:/17", false, 5, "nothing here"},
		{"key.reject", "gpio:chip/", false, 10, "nothing here"},
		{"key.reject", "gpio:chip/x", false, 10, "line's offset"},
		{"key.reject", "gpio:chip/-1", false, 10, "line's offset"},
		{"key.reject", "gpio:chip/70000", false, 10, "line's offset"},
		{"key.reject", "gpio-line:A pull-up pull-down", false, 0,
		 "the opposite"},
		{"key.reject", "gpio-line:A active-low active-high", false, 0,
		 "the opposite"},
		{"key.reject", "gpio-line:A inverted", false, 0,
		 "\"inverted\" means nothing here"},
		{"lamp.ring", "gpio-line:A pull-up", false, 0,
		 "\"pull-up\" means nothing here"},
		{"lamp.ring", "led:a active-low", false, 0,
		 "\"active-low\" means nothing here"},
		{"lamp.ring", "led:../x", false, 4, "the LED's name"},
		{"lamp.ring", "purple led:a", false, 0, "write led:NAME"},
		{"lamp.ring",
		 "led:1, led:2, led:3, led:4, led:5, led:6, "
		 "led:7, led:8, led:9",
		 false, 56, "at most 8"},
		{"input", "a,,b", false, 2, "nothing here"},
		{"input_grab", "true", false, 0, "\"yes\" or \"no\""},
		{"display", "/dev/i2c-1", false, 0, "write oled:/dev/i2c-1"},
		{"display", "oled:i2c-1", false, 0, "write oled:/dev/i2c-1"},
		{"display", "oled:", false, 0, "write oled:/dev/i2c-1"},
		{"display_size", "128", false, 0, "WIDTHxHEIGHT"},
		{"display_size", "128x", false, 4, "from 8 to 64"},
		{"display_size", "128x63", false, 4, "a multiple of 8"},
		{"display_size", "128x72", false, 4, "from 8 to 64"},
		{"display_size", "0x64", false, 0, "from 1 to 128"},
		{"display_size", "129x64", false, 0, "from 1 to 128"},
		{"display_offset", "128", false, 0, "from 0 to 127"},
		{"display_offset", "two", false, 0, "from 0 to 127"},
		{"display_address", "0x78", false, 0, "0x08 to 0x77"},
		{"display_contrast", "101", false, 0, "from 0 to 100"},
		{"backlight", "a/b", false, 0, "/sys/class/backlight"},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		struct setting_error err;
		struct setting set;

		if (setting_read(&set, rows[i].key, rows[i].value, &err) !=
			    EBADMSG ||
		    err.in_key != rows[i].in_key || err.off != rows[i].off ||
		    !strstr(err.what, rows[i].words))
			fail_msg("%s = %s: %zu %s", rows[i].key, rows[i].value,
				 err.off, err.what);
	}
}


static void set_read(struct setting *set, const char *key, const char *value)
{
	struct setting_error err;

	if (setting_read(set, key, value, &err))
		fail_msg("%s = %s: %zu %s", key, value, err.off, err.what);
}


static void a_key_may_come_from_many_places(void **state)
{
	struct setting set;

	(void)state;

	set_read(&set, "key.reject",
		 "evdev:KEY_HANGUP_PHONE, evdev:0x1be inverted , "
		 "gpio-line:my line 7 polled active-high,gpio:a/b/17 "
		 "pull-none");
	assert_int_equal(set.kind, SETTING_KEY);
	assert_int_equal(set.button, BUTTON_REJECT);
	assert_int_equal(set.sourcec, 4);

	assert_int_equal(set.source[0].code.type, EV_KEY);
	assert_int_equal(set.source[0].code.code, KEY_HANGUP_PHONE);
	assert_int_equal(set.source[0].code.button, BUTTON_REJECT);
	assert_false(set.source[0].code.inverted);
	assert_true(set.source[1].code.inverted);
	assert_true(setting_source_same(&set.source[0], &set.source[1]));

	assert_string_equal(set.source[2].line.name, "my line 7");
	assert_true(set.source[2].line.polled);
	assert_false(set.source[2].line.active_low);
	assert_int_equal(set.source[2].line.bias, GPIO_BIAS_DOWN);

	assert_string_equal(set.source[3].line.chip, "a/b");
	assert_int_equal(set.source[3].line.offset, 17);
	assert_true(set.source[3].line.active_low);
	assert_int_equal(set.source[3].line.bias, GPIO_BIAS_NONE);
	assert_int_equal(set.source[3].off, 86);
	assert_false(setting_source_same(&set.source[2], &set.source[3]));

	set_read(&set, "key.hook", "evdev:SW_LID inverted");
	assert_int_equal(set.source[0].code.type, EV_SW);
	set_read(&set, "key.line8", "none");
	assert_int_equal(set.button, BUTTON_LINE8);
	assert_int_equal(set.sourcec, 0);
	set_read(&set, "key.0", "gpio-line:polled");
	assert_string_equal(set.source[0].line.name, "polled");
	assert_int_equal(set.source[0].line.bias, GPIO_BIAS_UP);
}


static void a_lamp_may_have_parts_of_colours(void **state)
{
	struct setting set;

	(void)state;

	set_read(&set, "lamp.line1",
		 "red led:phone:red:line1, green  gpio-line:LED7 active-low, "
		 "led:red");
	assert_int_equal(set.led, LED_LINE1);
	assert_int_equal(set.sourcec, 3);
	assert_string_equal(set.source[0].led, "phone:red:line1");
	assert_int_equal(set.source[0].colour, LED_COLOUR_RED);
	assert_string_equal(set.source[1].line.name, "LED7");
	assert_int_equal(set.source[1].colour, LED_COLOUR_GREEN);
	assert_true(set.source[1].line.active_low);
	assert_int_equal(set.source[1].line.bias, GPIO_BIAS_AS_IS);
	assert_string_equal(set.source[2].led, "red");
	assert_int_equal(set.source[2].colour, LED_COLOUR_OFF);
}


static void displays_and_inputs_are_read(void **state)
{
	struct setting set;

	(void)state;

	set_read(&set, "display", "oled:/dev/i2c-1");
	assert_int_equal(set.display, SETTING_DISPLAY_OLED);
	assert_string_equal(set.path, "/dev/i2c-1");
	set_read(&set, "display", "drm:/dev/dri/card0");
	assert_int_equal(set.display, SETTING_DISPLAY_DRM);
	set_read(&set, "display", "none");
	assert_int_equal(set.display, SETTING_DISPLAY_NONE);
	set_read(&set, "display_size", "96x16");
	assert_int_equal(set.w, 96);
	assert_int_equal(set.h, 16);
	set_read(&set, "display_offset", "36");
	assert_int_equal(set.number, 36);
	set_read(&set, "display_address", "0x3d");
	assert_int_equal(set.number, 0x3d);
	set_read(&set, "backlight", "panel");
	assert_string_equal(set.path, "panel");
	set_read(&set, "input", "gpio-keys, Yealink USB Phone");
	assert_int_equal(set.filter.n, 2);
	assert_string_equal(set.filter.name[1], "Yealink USB Phone");
	set_read(&set, "input", "none");
	assert_true(set.filter.none);
	set_read(&set, "input", "all");
	assert_int_equal(set.filter.n, 0);
	set_read(&set, "input_grab", "yes");
	assert_true(set.yes);
}


static void every_code_has_the_name_that_finds_it(void **state)
{
	uint16_t type, code;

	(void)state;

	assert_int_equal(code_find(&type, &code, "KEY_PICKUP_PHONE"), 0);
	assert_int_equal(code, 445);
	assert_int_equal(code_find(&type, &code, "446"), 0);
	assert_string_equal(code_name(type, code), "KEY_HANGUP_PHONE");
	assert_int_equal(code_find(&type, &code, "SW_LID"), 0);
	assert_int_equal(type, EV_SW);
	assert_int_equal(code_find(&type, &code, "key_a"), ENOENT);
	assert_int_equal(code_find(&type, &code, ""), ENOENT);

	for (uint16_t i = 1; i < KEY_CNT; i++) {
		const char *name = code_name(EV_KEY, i);

		if (!name)
			continue;
		assert_int_equal(code_find(&type, &code, name), 0);
		assert_int_equal(type, EV_KEY);
		assert_int_equal(code, i);
	}
}


static void check(const struct board_setting *v, size_t n, const char *want)
{
	static const struct linux_board board = {.name = "test", .root = ""};
	struct told told = {.n = 0};

	assert_int_equal(linux_check(&board, v, n, told_error, &told),
			 want[0] ? EBADMSG : 0);
	told_check(&told, want);
}


static void check_tells_all_errors_with_their_places(void **state)
{
	static const struct board_setting sound[] = {
		{"key.reject", "gpio-line:A, evdev:KEY_A", 2, 14, 1},
		{"key.answer", "gpio:A/1, evdev:KEY_B", 3, 14, 1},
		{"lamp.ring", "led:ring", 4, 13, 1},
	};
	static const struct board_setting wrong[] = {
		{"key.reject", "evdev:KEY_A, what", 2, 14, 1},
		{"kez.reject", "evdev:KEY_A", 3, 14, 3},
		{"key.ok", "gpio-line:A, gpio-line:A", 4, 10, 1},
		{"key.up", "evdev:KEY_B, gpio-line:A", 5, 10, 1},
		{"lamp.ring", "gpio-line:A", 6, 13, 1},
	};

	(void)state;

	check(NULL, 0, "");
	check(sound, ROWS(sound), "");
	check(wrong, ROWS(wrong),
	      "2:27 write evdev:CODE, gpio-line:NAME, gpio:CHIP/OFFSET or "
	      "none\n"
	      "3:3 unknown key: [board] has key.NAME, lamp.NAME, input, "
	      "input_grab, display, display_size, display_offset, "
	      "display_address, display_contrast, backlight\n"
	      "4:23 key.ok has it already, line 4\n"
	      "5:23 key.ok has it already, line 4\n"
	      "6:13 key.ok has it already, line 4\n");
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_settings_stand_where_the_rows_say),
		cmocka_unit_test(a_key_may_come_from_many_places),
		cmocka_unit_test(a_lamp_may_have_parts_of_colours),
		cmocka_unit_test(displays_and_inputs_are_read),
		cmocka_unit_test(every_code_has_the_name_that_finds_it),
		cmocka_unit_test(check_tells_all_errors_with_their_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
