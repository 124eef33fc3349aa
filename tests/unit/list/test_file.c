/**
 * @file tests/unit/list/test_file.c  Files: made, replaced, mapped
 */
#include "tests/unit/list/check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/list/command.h"
#include "firmware/list/map.h"


enum {
	PATH_SIZE = 256,
	TEXT_SIZE = 1024,
};

static char folder[PATH_SIZE];


static int folder_make(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	(void)snprintf(folder, sizeof(folder), "%s/ringfence-list-XXXXXX",
		       tmp ? tmp : "/tmp");

	return mkdtemp(folder) ? 0 : -1;
}


static const char *in_folder(const char *name)
{
	static char path[4][PATH_SIZE * 2];
	static unsigned next;
	char *p = path[next++ % ROWS(path)];

	(void)snprintf(p, sizeof(path[0]), "%s/%s", folder, name);
	return p;
}


/* How many files are in the folder; all are removed if asked */
static unsigned files(bool remove_them)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	unsigned n = 0;

	assert_non_null(dir);
	while ((e = readdir(dir))) {
		if (e->d_name[0] == '.')
			continue;
		n++;
		if (remove_them)
			assert_int_equal(remove(in_folder(e->d_name)), 0);
	}
	(void)closedir(dir);

	return n;
}


static int folder_empty(void **state)
{
	(void)state;
	(void)files(true);

	return 0;
}


static int folder_remove(void **state)
{
	(void)state;

	return rmdir(folder);
}


static void text_write(const char *name, const char *text)
{
	FILE *f = fopen(in_folder(name), "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}


static void text_read(char text[TEXT_SIZE], const char *path)
{
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, TEXT_SIZE - 1, f);
	text[n] = '\0';
	(void)fclose(f);
}


/* Of what is imported, NULL: numbers stay as they are */
static const struct dial_plan *import_plan;


/* Run a command with its outputs in files; @return its exit code */
static int run(char out[TEXT_SIZE], char err[TEXT_SIZE], const char *a,
	       const char *b, const char *c)
{
	char word[3][PATH_SIZE * 2];
	char *argv[] = {word[0], word[1], word[2], NULL};
	const int out_fd = dup(STDOUT_FILENO), err_fd = dup(STDERR_FILENO);
	int code;

	(void)snprintf(word[0], sizeof(word[0]), "%s", a);
	(void)snprintf(word[1], sizeof(word[1]), "%s", b);
	(void)snprintf(word[2], sizeof(word[2]), "%s", c ? c : "");

	(void)fflush(stdout);
	assert_non_null(freopen(in_folder("stdout"), "w", stdout));
	assert_non_null(freopen(in_folder("stderr"), "w", stderr));
	code = list_command(c ? 3 : 2, argv, import_plan);
	(void)fflush(stdout);
	(void)fflush(stderr);
	assert_true(dup2(out_fd, STDOUT_FILENO) >= 0);
	assert_true(dup2(err_fd, STDERR_FILENO) >= 0);
	(void)close(out_fd);
	(void)close(err_fd);

	text_read(out, in_folder("stdout"));
	text_read(err, in_folder("stderr"));
	assert_int_equal(unlink(in_folder("stdout")), 0);
	assert_int_equal(unlink(in_folder("stderr")), 0);

	return code;
}


static struct list_map *mapped(const char *name)
{
	struct list_map *map = NULL;
	const char *what;

	assert_int_equal(list_map_open(&map, in_folder(name), &what), 0);

	return map;
}


static void import_tells_wrong_lines_and_takes_the_rest(void **state)
{
	char out[TEXT_SIZE], err[TEXT_SIZE], want[TEXT_SIZE];
	struct list_map *map;

	(void)state;

	text_write("in", "+4930 1\n+4930x\n+4990*\n+49301\n");
	assert_int_equal(
		run(out, err, "import", in_folder("in"), in_folder("out")), 0);
	(void)snprintf(want, sizeof(want), "%s:2:6: error: not part of ",
		       in_folder("in"));
	assert_int_equal(strncmp(err, want, strlen(want)), 0);
	assert_ptr_equal(strchr(err, '\n'), err + strlen(err) - 1);
	assert_ptr_equal(strstr(out, "numbers 1\nprefixes 1\nrepeated 1\n"
				     "wrong 1\nbytes "),
			 out);

	map = mapped("out");
	assert_true(number_list_has(&map->list, "+49301"));
	assert_true(number_list_has(&map->list, "+49901"));
	assert_false(number_list_has(&map->list, "+4930"));
	assert_int_equal(run(out, err, "show", in_folder("out"), NULL), 0);
	(void)snprintf(want, sizeof(want),
		       "numbers 1\nprefixes 1\nbytes %zu\n", map->size);
	list_map_free(map);
	assert_string_equal(out, want);
	assert_string_equal(err, "");
	assert_int_equal(files(false), 2);
}


static void import_with_a_plan_makes_one_of_all_spellings(void **state)
{
	char out[TEXT_SIZE], err[TEXT_SIZE];
	struct dial_plan plan;
	struct list_map *map;

	(void)state;

	assert_int_equal(dial_plan_init(&plan, "49"), 0);
	text_write("in", "(030) 1\n0049301\n+49301\n301\n");
	import_plan = &plan;
	assert_int_equal(
		run(out, err, "import", in_folder("in"), in_folder("out")), 0);
	import_plan = NULL;
	assert_string_equal(err, "");
	assert_ptr_equal(strstr(out, "numbers 2\nprefixes 0\nrepeated 2\n"),
			 out);

	map = mapped("out");
	assert_true(number_list_has(&map->list, "+49301"));
	assert_true(number_list_has(&map->list, "301"));
	assert_false(number_list_has(&map->list, "0301"));
	list_map_free(map);
}


static void where_nothing_is_imported_the_old_list_stays(void **state)
{
	static const char *const text[] = {"", "# none\n", "x\n", "Number\n",
					   "BEGIN:VCARD\nEND:VCARD\n"};
	char out[TEXT_SIZE], err[TEXT_SIZE];

	(void)state;

	text_write("in", "301\n");
	assert_int_equal(
		run(out, err, "import", in_folder("in"), in_folder("out")), 0);
	for (size_t i = 0; i < ROWS(text); i++) {
		text_write("in", text[i]);
		assert_int_equal(run(out, err, "import", in_folder("in"),
				     in_folder("out")),
				 1);
		assert_string_equal(out, "");
		assert_non_null(strstr(err, ":1:1: error: no number in it"));
	}
	assert_int_equal(run(out, err, "import", in_folder("nowhere"),
			     in_folder("out")),
			 1);
	assert_non_null(strstr(err, "No such file"));
	assert_int_equal(run(out, err, "show", in_folder("out"), NULL), 0);
	assert_int_equal(strncmp(out, "numbers 1\n", 10), 0);
	assert_int_equal(files(false), 2);
}


static void what_cannot_be_written_leaves_nothing_behind(void **state)
{
	char out[TEXT_SIZE], err[TEXT_SIZE];

	(void)state;

	text_write("in", "301\n");
	assert_int_equal(run(out, err, "import", in_folder("in"),
			     in_folder("none/out")),
			 1);
	assert_non_null(strstr(err, "can't be written: No such file"));

	assert_int_equal(mkdir(in_folder("taken"), 0700), 0);
	assert_int_equal(
		run(out, err, "import", in_folder("in"), in_folder("taken")),
		1);
	assert_non_null(strstr(err, "can't be written: Is a directory"));
	assert_int_equal(files(false), 2);
}


static void who_has_the_old_list_keeps_it(void **state)
{
	char out[TEXT_SIZE], err[TEXT_SIZE];
	struct list_map *old, *new;
	struct stat st;

	(void)state;

	text_write("in", "301\n");
	assert_int_equal(
		run(out, err, "import", in_folder("in"), in_folder("out")), 0);
	old = mapped("out");
	text_write("in", "302\n");
	assert_int_equal(
		run(out, err, "import", in_folder("in"), in_folder("out")), 0);
	new = mapped("out");

	assert_true(number_list_has(&old->list, "301"));
	assert_false(number_list_has(&old->list, "302"));
	assert_false(number_list_has(&new->list, "301"));
	assert_true(number_list_has(&new->list, "302"));
	list_map_free(old);
	list_map_free(new);

	assert_int_equal(stat(in_folder("out"), &st), 0);
	assert_int_equal(st.st_mode & 0333, 0);
}


static void what_is_no_list_is_not_mapped(void **state)
{
	static const struct {
		const char *name;
		int err;
	} row[] = {
		{"text", EBADMSG},  {"empty", EBADMSG}, {"pipe", EBADMSG},
		{"folder", EISDIR}, {"none", ENOENT},
	};

	(void)state;

	text_write("text", "301\n");
	text_write("empty", "");
	assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
	assert_int_equal(mkdir(in_folder("folder"), 0700), 0);

	for (size_t i = 0; i < ROWS(row); i++) {
		char out[TEXT_SIZE], err[TEXT_SIZE];
		struct list_map *map = NULL;
		const char *what = NULL;

		assert_int_equal(
			list_map_open(&map, in_folder(row[i].name), &what),
			row[i].err);
		assert_null(map);
		assert_true(!what == (row[i].err != EBADMSG));
		assert_int_equal(
			run(out, err, "show", in_folder(row[i].name), NULL),
			1);
		assert_string_equal(out, "");
		assert_non_null(strstr(err, ":1:1: error: "));
	}
}


static void other_words_are_no_command(void **state)
{
	char text[] = "import", show[] = "show";
	char *const import_argv[] = {text, show, NULL};
	char *const show_argv[] = {show, text, text, NULL};

	(void)state;

	assert_int_equal(list_command(0, import_argv, NULL), -1);
	assert_int_equal(list_command(1, import_argv, NULL), -1);
	assert_int_equal(list_command(2, import_argv, NULL), -1);
	assert_int_equal(list_command(1, show_argv, NULL), -1);
	assert_int_equal(list_command(3, show_argv, NULL), -1);
}


#define TEST(f) cmocka_unit_test_teardown(f, folder_empty)


int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(import_tells_wrong_lines_and_takes_the_rest),
		TEST(import_with_a_plan_makes_one_of_all_spellings),
		TEST(where_nothing_is_imported_the_old_list_stays),
		TEST(what_cannot_be_written_leaves_nothing_behind),
		TEST(who_has_the_old_list_keeps_it),
		TEST(what_is_no_list_is_not_mapped),
		TEST(other_words_are_no_command),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
