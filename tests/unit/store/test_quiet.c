/**
 * @file tests/unit/store/test_quiet.c  Do not disturb, in a file
 */
#include "tests/unit/store/folder.h"

#include <errno.h>
#include <sys/stat.h>

static int fsync_fails_at; /* the next is 1; 0: none */

int __real_fsync(int fd);
int __wrap_fsync(int fd);


int __wrap_fsync(int fd)
{
	if (!fsync_fails_at || --fsync_fails_at)
		return __real_fsync(fd);

	errno = EIO;

	return -1;
}


static void dnd_is(bool on, bool has_end)
{
	struct store *st = folder_open(folder);
	struct dnd_state dnd;

	store_dnd_start(st, &dnd);
	assert_int_equal(dnd.on, on);
	assert_int_equal(dnd.has_end, has_end);
	store_close(st);
}


static void do_not_disturb_is_kept(void **state)
{
	const struct dnd_state on = {.on = true};
	const struct dnd_state until = {
		.on = true,
		.has_end = true,
		.until_s = 1798133400,
	};
	const struct dnd_state off = {.on = false};
	struct store *st = folder_open(folder);

	(void)state;

	dnd_is(false, false);
	assert_int_equal(store_dnd(st, &on), 0);
	dnd_is(true, false);
	assert_int_equal(store_dnd(st, &until), 0);
	dnd_is(true, true);
	assert_int_equal(store_dnd(st, &off), 0);
	dnd_is(false, false);
	store_close(st);
}


static void what_is_kept_already_is_not_written(void **state)
{
	const struct dnd_state on = {.on = true};
	struct store *st = folder_open(folder);
	struct stat before, after;

	(void)state;

	assert_int_equal(store_dnd(st, &on), 0);
	assert_int_equal(stat(folder_path("dnd"), &before), 0);
	assert_int_equal(store_dnd(st, &on), 0);
	assert_int_equal(stat(folder_path("dnd"), &after), 0);
	assert_true(before.st_ino == after.st_ino);
	store_close(st);
}


/* Its name is new and perhaps not on the disk: then what was kept before is
 * not known to be there */
static void what_may_not_be_kept_any_more_is_written(void **state)
{
	const struct dnd_state on = {.on = true};
	const struct dnd_state off = {.on = false};
	struct store *st = folder_open(folder);

	(void)state;

	assert_int_equal(store_dnd(st, &off), 0);
	fsync_fails_at = 2;
	assert_int_equal(store_dnd(st, &on), EIO);
	assert_int_equal(store_dnd(st, &off), 0);
	store_close(st);
	dnd_is(false, false);
}


static void a_damaged_dnd_is_set_aside_and_off(void **state)
{
	(void)state;

	folder_put("dnd", "perhaps\n");
	dnd_is(false, false);
	folder_has("dnd.bad", "perhaps\n");
	assert_int_equal(folder_files(), 1);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		TEST(do_not_disturb_is_kept),
		TEST(what_is_kept_already_is_not_written),
		TEST(what_may_not_be_kept_any_more_is_written),
		TEST(a_damaged_dnd_is_set_aside_and_off),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
