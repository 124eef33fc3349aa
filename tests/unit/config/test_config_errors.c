/**
 * @file tests/unit/config/test_config_errors.c  Rows of file text and errors
 */
#include "tests/unit/config/error_rows.h"
#include "tests/unit/config/load.h"

#include <errno.h>


/* The next line of a text, with its end cut off */
static char *line_take(char **text)
{
	char *line = *text;
	char *end = strchr(line, '\n');

	if (!*line)
		return NULL;

	*text = end ? end + 1 : line + strlen(line);
	if (end)
		*end = '\0';
	return line;
}


/* "4:18 words": the place is the same and the words are in what is said */
static bool line_says(const char *told, const char *want)
{
	const size_t place = strcspn(want, " ") + 1;

	return !strncmp(told, want, place) && strstr(told, want + place);
}


static void check_told(const struct error_row *row, const struct load *l)
{
	char told[LOAD_TEXT_MAX], want[1024];
	char *told_p = told, *want_p = want;
	const char *t, *w;

	memcpy(told, l->told, sizeof(told));
	(void)snprintf(want, sizeof(want), "%s", row->errors);

	do {
		t = line_take(&told_p);
		w = line_take(&want_p);
		if ((!t != !w) || (t && !line_says(t, w)))
			fail_msg("%s:\n%s\ntold:\n%swant:\n%s", row->name,
				 row->text, l->told, row->errors);
	} while (t);
}


static void errors_stand_where_the_rows_say(void **state)
{
	(void)state;

	for (size_t i = 0; i < error_rowc; i++) {
		struct load l;

		load_text(&l, error_rows[i].text, strlen(error_rows[i].text));
		assert_int_equal(l.err, EBADMSG);
		check_told(&error_rows[i], &l);
		load_close(&l);
	}
}


static void a_nul_byte_is_told_at_its_column(void **state)
{
	static const char text[] = "[account a]\nuri = sip:a\0b@h\n";
	const struct error_row row = {"NUL", text, "2:12 a NUL byte"};
	struct load l;

	(void)state;

	load_text(&l, text, sizeof(text) - 1);
	check_told(&row, &l);
	load_close(&l);
}


static void a_line_over_4096_bytes_is_told_and_its_key_counts(void **state)
{
	enum {
		LONG = CONFIG_LINE_MAX + 1,
	};
	static const char start[] = "[account a]\nuri = ";
	const struct error_row row = {"long", "", "2:4097 at most 4,096"};
	char text[sizeof(start) + LONG];
	struct load l;
	size_t n;

	(void)state;

	n = strlen(start);
	memcpy(text, start, n);
	memset(text + n, 'x', LONG - strlen("uri = "));
	load_text(&l, text, n + LONG - strlen("uri = "));
	check_told(&row, &l);
	load_close(&l);
}


static void a_file_of_1_mib_is_read_and_a_larger_one_refused(void **state)
{
	const struct error_row row = {"large", "", "0:0 at most 1 MiB"};
	char *text = malloc(CONFIG_FILE_MAX + 1);
	struct load l;

	(void)state;

	assert_non_null(text);
	memset(text, '\n', CONFIG_FILE_MAX + 1);
	memcpy(text, ACCOUNT, strlen(ACCOUNT));
	load_text(&l, text, CONFIG_FILE_MAX);
	assert_int_equal(l.err, 0);
	load_close(&l);

	load_text(&l, text, CONFIG_FILE_MAX + 1);
	assert_int_equal(l.err, EFBIG);
	check_told(&row, &l);
	load_close(&l);
	free(text);
}


static void a_file_that_cannot_be_read_is_told(void **state)
{
	struct load l;

	(void)state;

	load_path(&l, "/nonexistent/phone.ini");
	assert_int_equal(l.err, ENOENT);
	assert_string_equal(l.told,
			    "0:0 can't be read: No such file or directory\n");

	load_path(&l, "/");
	assert_int_equal(l.err, EISDIR);
}


/* Wherever a secret may come to stand by mistake, no error repeats it */
static void no_error_shows_a_secret(void **state)
{
	static const char *const texts[] = {
		ACCOUNT "password = hunter2hunter2\n",
		ACCOUNT "password hunter2hunter2\n",
		ACCOUNT "password_file = hunter2hunter2\n",
		ACCOUNT "password_file = hunter2hunter2\xff\n",
		ACCOUNT "hunter2hunter2\n",
		ACCOUNT "[hunter2hunter2]\n",
		ACCOUNT "[phone hunter2hunter2]\n",
		"[account a]\nuri = sip:204:hunter2hunter2@pbx\n",
		ACCOUNT "registrar = sip:204:hunter2hunter2@pbx\n",
		ACCOUNT "auth_user = 204\"hunter2hunter2\n",
		ACCOUNT "register = hunter2hunter2\n",
		ACCOUNT "[hours]\ntimezone = hunter2hunter2\nopen = off\n",
		ACCOUNT "[sip]\nlisten = hunter2hunter2\n",
	};

	(void)state;

	for (size_t i = 0; i < ROWS(texts); i++) {
		struct load l;

		load_text(&l, texts[i], strlen(texts[i]));
		assert_int_equal(l.err, EBADMSG);
		if (strstr(l.told, "hunter2"))
			fail_msg("%s%s", texts[i], l.told);
		load_close(&l);
	}
}


/* Errors a million bytes long are all told, and in order */
static void every_line_may_be_wrong(void **state)
{
	enum {
		LINES = 50000,
	};
	char *text = malloc(3 * LINES);
	struct load l;

	(void)state;

	assert_non_null(text);
	for (size_t i = 0; i < LINES; i++)
		memcpy(text + 3 * i, "[\xff\n", 3);
	load_text(&l, text, 3 * LINES);
	assert_int_equal(l.errors, LINES);
	assert_int_equal(strncmp(l.told, "1:2 ", 4), 0);
	load_close(&l);
	free(text);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_stand_where_the_rows_say),
		cmocka_unit_test(a_nul_byte_is_told_at_its_column),
		cmocka_unit_test(
			a_line_over_4096_bytes_is_told_and_its_key_counts),
		cmocka_unit_test(
			a_file_of_1_mib_is_read_and_a_larger_one_refused),
		cmocka_unit_test(a_file_that_cannot_be_read_is_told),
		cmocka_unit_test(no_error_shows_a_secret),
		cmocka_unit_test(every_line_may_be_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
