/**
 * @file tests/unit/store/test_store.c  What the person changes, in files
 */
#include "tests/unit/store/folder.h"

#include "firmware/store/replace.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PATH_SIZE = FOLDER_PATH_SIZE,
	TEXT_SIZE = 4096,
	WHAT_SIZE = 512,
	LINE_SIZE = 32,
	NOBODY = 65534, /* a user who may nothing */
};

static const struct dial_plan plan;


/** The numbers as a phone that starts has them: "300 301" */
static void starts_with(const char *numbers)
{
	struct store *st = folder_open(folder);
	char have[TEXT_SIZE] = "";
	struct blocked b;

	assert_int_equal(store_blocked_start(st, &b, &plan), 0);
	for (size_t i = 0; i < b.n; i++) {
		const size_t used = strlen(have);

		(void)snprintf(have + used, sizeof(have) - used, "%s%s",
			       i ? " " : "", b.v[i]);
	}
	blocked_free(&b);
	store_close(st);
	assert_string_equal(have, numbers);
}


static int changed(struct store *st, const char *number, bool on)
{
	struct blocked b;
	const int err = store_block(st, &b, &plan, number, on);

	if (!err) {
		assert_int_equal(blocked_has(&b, number), on);
		blocked_free(&b);
	}
	assert_null(b.v);

	return err;
}


static void a_blocked_number_is_blocked_after_the_next_start(void **state)
{
	struct store *st = folder_open(folder);

	(void)state;

	starts_with("");
	assert_int_equal(changed(st, "301", true), 0);
	assert_int_equal(changed(st, "300", true), 0);
	assert_int_equal(changed(st, "300", true), 0);
	starts_with("300 301");
	assert_int_equal(changed(st, "301", false), 0);
	assert_int_equal(changed(st, "999", false), 0);
	starts_with("300");
	assert_int_equal(folder_files(), 1);
	store_close(st);
}


static void what_a_person_writes_meanwhile_counts_and_stays(void **state)
{
	struct store *st = folder_open(folder);

	(void)state;

	assert_int_equal(changed(st, "300", true), 0);
	folder_put("blocked", "# mine\n301 # him\n");
	assert_int_equal(changed(st, "302", true), 0);
	folder_has("blocked", "# mine\n301 # him\n302\n");
	assert_int_equal(changed(st, "301", false), 0);
	folder_has("blocked", "# mine\n302\n");
	store_close(st);
}


static void a_damaged_list_is_set_aside_and_blocks_nobody(void **state)
{
	(void)state;

	folder_put("blocked", "300\nnobody\n");
	starts_with("");
	folder_has("blocked.bad", "300\nnobody\n");
	assert_int_equal(folder_files(), 1);

	/* One more does not take its place */
	folder_put("blocked", "x\n");
	starts_with("");
	folder_has("blocked.bad", "300\nnobody\n");
	folder_has("blocked.bad2", "x\n");
	assert_int_equal(folder_files(), 2);
}


static void damage_while_it_runs_loses_neither_side(void **state)
{
	struct store *st = folder_open(folder);
	struct blocked b;

	(void)state;

	folder_put("blocked", "300\n");
	assert_int_equal(store_blocked_start(st, &b, &plan), 0);
	blocked_free(&b);
	folder_put("blocked", "300\n301\nhalf a nu");
	assert_int_equal(changed(st, "302", true), 0);
	folder_has("blocked.bad", "300\n301\nhalf a nu");
	folder_has("blocked", "300\n302\n");
	store_close(st);
}


static void damage_that_is_read_again_is_told_and_left_alone(void **state)
{
	struct store *st = folder_open(folder);
	char what[WHAT_SIZE] = "", want[WHAT_SIZE * 2];
	struct blocked b;

	(void)state;

	folder_put("blocked", "300\n");
	assert_int_equal(
		store_blocked_again(st, &b, &plan, what, sizeof(what)), 0);
	assert_int_equal(b.n, 1);
	blocked_free(&b);

	folder_put("blocked", "300\n30x\n");
	assert_int_equal(
		store_blocked_again(st, &b, &plan, what, sizeof(what)),
		EBADMSG);
	assert_null(b.v);
	(void)snprintf(want, sizeof(want),
		       "%s:2:3: error: ", folder_path("blocked"));
	assert_int_equal(strncmp(what, want, strlen(want)), 0);
	folder_has("blocked", "300\n30x\n");
	assert_int_equal(folder_files(), 1);
	store_close(st);
}


static void a_full_list_takes_no_more_and_says_so(void **state)
{
	struct store *st = folder_open(folder);
	char *text = calloc(BLOCKED_MAX, LINE_SIZE);
	char what[WHAT_SIZE];
	size_t len = 0;

	(void)state;

	assert_non_null(text);
	for (int i = 0; i < BLOCKED_MAX; i++)
		len += (size_t)snprintf(text + len, LINE_SIZE, "5%05d\n", i);
	folder_put("blocked", text);

	assert_int_equal(changed(st, "300", true), E2BIG);
	assert_int_equal(changed(st, "500000", true), 0);
	store_explain(st, E2BIG, what, sizeof(what));
	assert_non_null(strstr(what, "10000"));
	assert_int_equal(changed(st, "500000", false), 0);
	assert_int_equal(changed(st, "300", true), 0);
	store_close(st);
	free(text);
}


static void a_number_that_could_not_be_read_again_is_not_written(void **state)
{
	static const char *const number[] = {"#", "+4990*", "", "x"};
	struct store *st = folder_open(folder);

	(void)state;

	for (size_t i = 0; i < ROWS(number); i++)
		assert_int_equal(changed(st, number[i], true), EINVAL);
	assert_int_equal(folder_files(), 0);
	store_close(st);
}


static void without_a_folder_nothing_is_kept(void **state)
{
	const struct dnd_state on = {.on = true};
	struct store *st = folder_open("");
	struct dnd_state dnd = on;
	char what[WHAT_SIZE];
	struct blocked b;

	(void)state;

	assert_int_equal(store_blocked_start(st, &b, &plan), 0);
	assert_int_equal(b.n, 0);
	assert_int_equal(changed(st, "300", true), ENOENT);
	store_explain(st, ENOENT, what, sizeof(what));
	assert_non_null(strstr(what, "state = FOLDER"));
	store_dnd_start(st, &dnd);
	assert_false(dnd.on);
	assert_int_equal(store_dnd(st, &on), 0);
	store_close(st);
}


static void a_folder_that_comes_later_is_used(void **state)
{
	char later[PATH_SIZE * 2];
	struct store *st;

	(void)state;

	(void)snprintf(later, sizeof(later), "%s", folder_path("later"));
	st = folder_open(later);
	assert_int_equal(changed(st, "300", true), ENOENT);
	assert_int_equal(mkdir(later, 0700), 0);
	assert_int_equal(changed(st, "300", true), 0);
	store_close(st);

	(void)snprintf(later, sizeof(later), "%s",
		       folder_path("later/blocked"));
	assert_int_equal(unlink(later), 0);
	assert_int_equal(rmdir(folder_path("later")), 0);
}


/* Nobody took the numbers off the list, and nobody is let in */
static void a_folder_that_goes_away_unblocks_nobody(void **state)
{
	char away[PATH_SIZE * 2], what[WHAT_SIZE];
	struct store *st;
	struct blocked b;

	(void)state;

	folder_put("blocked", "300\n301\n");
	st = folder_open(folder);
	assert_int_equal(store_blocked_start(st, &b, &plan), 0);
	blocked_free(&b);

	(void)snprintf(away, sizeof(away), "%s-away", folder);
	assert_int_equal(rename(folder, away), 0);
	assert_int_equal(
		store_blocked_again(st, &b, &plan, what, sizeof(what)), 0);
	assert_int_equal(b.n, 2);
	blocked_free(&b);
	assert_int_equal(changed(st, "300", false), ENOENT);
	assert_int_equal(changed(st, "302", true), ENOENT);

	assert_int_equal(rename(away, folder), 0);
	assert_int_equal(changed(st, "300", false), 0);
	store_close(st);
	starts_with("301");
}


/* Whoever may do anything is asked to be somebody else for it */
static void a_folder_that_may_not_be_written_to_is_told(void **state)
{
	const struct dnd_state on = {.on = true};
	struct store *st;
	char what[WHAT_SIZE];

	(void)state;

	folder_put("blocked", "300\n");
	assert_int_equal(chmod(folder_path("blocked"), 0644), 0);
	assert_int_equal(chmod(folder, 0555), 0);
	if (!geteuid())
		assert_int_equal(seteuid(NOBODY), 0);

	st = folder_open(folder);
	assert_int_equal(changed(st, "301", true), EACCES);
	assert_int_equal(store_dnd(st, &on), EACCES);
	store_explain(st, EACCES, what, sizeof(what));
	assert_non_null(strstr(what, folder));
	store_close(st);

	if (!getuid())
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod(folder, 0700), 0);
	folder_has("blocked", "300\n");
	assert_int_equal(folder_files(), 1);
}


static void a_file_of_the_working_folder_is_replaced_too(void **state)
{
	char before[PATH_SIZE];

	(void)state;

	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(store_replace("out", "one", 3, 0600), 0);
	assert_int_equal(store_replace("out", "two", 3, 0600), 0);
	assert_int_equal(chdir(before), 0);
	folder_has("out", "two");
	assert_int_equal(folder_files(), 1);
}


static void a_file_has_the_mode_that_it_is_given(void **state)
{
	const mode_t mask = umask(027);
	struct stat st;

	(void)state;

	assert_int_equal(store_replace(folder_path("out"), "", 0, 0444), 0);
	(void)umask(mask);
	assert_int_equal(stat(folder_path("out"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0440);
	assert_int_equal(st.st_size, 0);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		TEST(a_blocked_number_is_blocked_after_the_next_start),
		TEST(what_a_person_writes_meanwhile_counts_and_stays),
		TEST(a_damaged_list_is_set_aside_and_blocks_nobody),
		TEST(damage_while_it_runs_loses_neither_side),
		TEST(damage_that_is_read_again_is_told_and_left_alone),
		TEST(a_full_list_takes_no_more_and_says_so),
		TEST(a_number_that_could_not_be_read_again_is_not_written),
		TEST(without_a_folder_nothing_is_kept),
		TEST(a_folder_that_comes_later_is_used),
		TEST(a_folder_that_goes_away_unblocks_nobody),
		TEST(a_folder_that_may_not_be_written_to_is_told),
		TEST(a_file_of_the_working_folder_is_replaced_too),
		TEST(a_file_has_the_mode_that_it_is_given),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
