/**
 * @file tests/board_conformance/test_backlight.c  Lights of a folder
 */
#define _GNU_SOURCE 1
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boards/linux/backlight.h"


enum {
	PATH_SIZE = 128,
	TEXT_SIZE = 32,
	OPEN_FILES_MAX = 8,
};

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

static char dir[PATH_SIZE];


static void file_write(const char *name, const char *file, const char *text)
{
	char path[PATH_SIZE * 2];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s/%s", dir, name, file);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}


static unsigned long file_read(const char *name, const char *file)
{
	char path[PATH_SIZE * 2], text[TEXT_SIZE] = "";
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s/%s", dir, name, file);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(text, sizeof(text), f));
	(void)fclose(f);

	return strtoul(text, NULL, 10);
}


static void light_make(const char *name, const char *max, bool power)
{
	char path[PATH_SIZE * 2];

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(mkdir(path, 0700), 0);
	file_write(name, "max_brightness", max);
	file_write(name, "brightness", "0\n");
	if (power)
		file_write(name, "bl_power", "9\n");
}


static int set_up(void **state)
{
	(void)state;
	(void)snprintf(dir, sizeof(dir), "/tmp/backlight-XXXXXX");
	return mkdtemp(dir) ? 0 : -1;
}


static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}


static int tear_down(void **state)
{
	(void)state;
	return nftw(dir, remove_one, OPEN_FILES_MAX, FTW_DEPTH | FTW_PHYS);
}


static void percent_become_steps_and_only_0_is_off(void **state)
{
	static const struct {
		const char *max;
		unsigned percent;
		unsigned long brightness, power;
	} rows[] = {
		{"255\n", 100, 255, 0}, {"255\n", 50, 128, 0},
		{"255\n", 1, 3, 0},     {"255\n", 0, 0, 4},
		{"7\n", 1, 1, 0}, /* not off */
		{"7\n", 99, 7, 0},      {"1\n", 30, 1, 0},
		{"1\n", 0, 0, 4},       {"2147483647\n", 100, 2147483647, 0},
	};

	(void)state;

	light_make("lcd", "1\n", true);
	light_make("plain", "1\n", false);
	for (size_t i = 0; i < ROWS(rows); i++) {
		file_write("lcd", "max_brightness", rows[i].max);
		file_write("plain", "max_brightness", rows[i].max);
		assert_int_equal(backlight_set(dir, "lcd", rows[i].percent),
				 0);
		assert_int_equal(backlight_set(dir, "plain", rows[i].percent),
				 0);
		assert_int_equal(file_read("lcd", "brightness"),
				 rows[i].brightness);
		assert_int_equal(file_read("plain", "brightness"),
				 rows[i].brightness);
		assert_int_equal(file_read("lcd", "bl_power"), rows[i].power);
	}
}


static void no_name_is_the_first_light(void **state)
{
	char list[TEXT_SIZE];

	(void)state;

	assert_int_equal(backlight_set(dir, "", 100), ENOENT);
	backlight_list(dir, list, sizeof(list));
	assert_string_equal(list, "");

	light_make("b", "100\n", true);
	light_make("a", "100\n", true);
	assert_int_equal(backlight_set(dir, "", 40), 0);
	assert_int_equal(file_read("a", "brightness"), 40);
	assert_int_equal(file_read("b", "brightness"), 0);
	backlight_list(dir, list, sizeof(list));
	assert_string_equal(list, "a, b");
}


static void a_light_that_is_not_there_or_is_none_says_so(void **state)
{
	(void)state;

	light_make("lcd", "100\n", true);
	light_make("odd", "many\n", true);
	assert_int_equal(backlight_set(dir, "lamp", 1), ENOENT);
	assert_int_equal(backlight_set("/nowhere", "lcd", 1), ENOENT);
	assert_int_equal(backlight_set("/nowhere", "", 1), ENOENT);
	assert_int_equal(backlight_set(dir, "../lcd", 1), EINVAL);
	assert_int_equal(backlight_set(dir, "lcd", 101), EINVAL);
	assert_int_equal(backlight_set(dir, "odd", 50), EIO);
	assert_int_equal(file_read("lcd", "brightness"), 0);
	assert_int_equal(file_read("odd", "brightness"), 0);
}


#define IN_A_FOLDER(test)                                                     \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)


int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(percent_become_steps_and_only_0_is_off),
		IN_A_FOLDER(no_name_is_the_first_light),
		IN_A_FOLDER(a_light_that_is_not_there_or_is_none_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
