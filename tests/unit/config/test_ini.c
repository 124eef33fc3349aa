/**
 * @file tests/unit/config/test_ini.c  Lines, sections and pairs, and places
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/config/ini.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))


enum {
	LOG_MAX = 8192,
};

struct log {
	char text[LOG_MAX];
	size_t n;
};

/* out: "3:1 [kind|name]", "4:1 key=4:7 value", "5:9 !", parted by "; "; what
 * could not be read is a "?" */
struct ini_row {
	const char *name, *in, *out;
	size_t len; /* 0: strlen(in) */
};

static const struct ini_row rows[] = {
	{"nothing", "", "", 0},
	{"blank lines and comments",
	 "\n   \n\t\n# a = b\n; [x]\n  # indented\n\t;\n", "", 0},
	{"a section", "[phone]\n", "1:2 [phone|]", 0},
	{"a section with a name", "[rule spam]\n", "1:2 [rule|1:7 spam]", 0},
	{"blanks around and in a name", " [ rule \t my  spam ] \n",
	 "1:4 [rule|1:11 my  spam]", 0},
	{"a pair", "[a]\nkey = value\n", "1:2 [a|]; 2:1 key=2:7 value", 0},
	{"without blanks", "[a]\nkey=value", "1:2 [a|]; 2:1 key=2:5 value", 0},
	{"with many", "[a]\n \tkey\t =  value \t\n",
	 "1:2 [a|]; 2:3 key=2:11 value", 0},
	{"an empty value stands behind =", "[a]\nk =\n",
	 "1:2 [a|]; 2:1 k=2:4 ", 0},
	{"an empty value behind blanks", "[a]\nk =  \n",
	 "1:2 [a|]; 2:1 k=2:4 ", 0},
	{"a second = is part of the value", "[a]\nk=a=b\n",
	 "1:2 [a|]; 2:1 k=2:3 a=b", 0},
	{"; and # behind a value are part of it",
	 "[a]\nopen = Mo 09:00-12:00; Sa 10:00-11:00 # x\n",
	 "1:2 [a|]; 2:1 open=2:8 Mo 09:00-12:00; Sa 10:00-11:00 # x", 0},
	{"a bracket in a value", "[a]\nk = [b]\n", "1:2 [a|]; 2:1 k=2:5 [b]",
	 0},
	{"UTF-8 counts in bytes", "[a]\nZo\xc3\xab = \xe7\x94\xb0\n",
	 "1:2 [a|]; 2:1 Zo\xc3\xab=2:8 \xe7\x94\xb0", 0},
	{"the character U+FFFD is a character", "[a]\nk = \xef\xbf\xbd\n",
	 "1:2 [a|]; 2:1 k=2:5 \xef\xbf\xbd", 0},
	{"CR LF", "[a]\r\nk = v\r\n\r\n# c\r\n", "1:2 [a|]; 2:1 k=2:5 v", 0},
	{"CR at the end of the file", "[a]\nk = v\r", "1:2 [a|]; 2:1 k=2:5 v",
	 0},
	{"a byte order mark is not there", "\xef\xbb\xbf[a]\nk=v\n",
	 "1:2 [a|]; 2:1 k=2:3 v", 0},
	{"alone it is an empty file", "\xef\xbb\xbf", "", 0},
	{"a second one is part of a key", "[a]\n\xef\xbb\xbfk=v\n",
	 "1:2 [a|]; 2:1 \xef\xbb\xbfk=2:6 v", 0},
	{"half of one is an error", "\xef\xbb", "1:1 !", 0},

	{"no =", "[a]\n  value\nk=v\n",
	 "1:2 [a|]; 2:3 !; 2:3 value=?; 3:1 k=3:3 v", 0},
	{"no = behind two words: the first counts as given",
	 "[a]\nuri sip:x\n", "1:2 [a|]; 2:1 !; 2:1 uri=?", 0},
	{"no key", "[a]\n = v\n", "1:2 [a|]; 2:2 !", 0},
	{"keys before any section are told once", "k=v\nl=w\n[a]\nm=x\n",
	 "1:1 !; 3:2 [a|]; 4:1 m=4:3 x", 0},
	{"but what else is wrong there is told", "k\nl=w\nm\n",
	 "1:1 !; 2:1 !; 3:1 !", 0},
	{"an unterminated section", "[phone\nk=v\n", "1:7 !; ?; 2:1 k=2:3 v",
	 0},
	{"an unterminated section before blanks", "[phone  \n", "1:7 !; ?", 0},
	{"text behind ]", "[a] # c\n", "1:5 !; ?", 0},
	{"text at once behind ]", "[a]b]\n", "1:4 !; ?", 0},
	{"an empty section", "[]\n", "1:2 !; ?", 0},
	{"a blank section", "[  ]\n", "1:2 !; ?", 0},
	{"[ alone", "[", "1:2 !; ?", 0},

	{"a byte that is no UTF-8", "[a]\nk = a\xff\n",
	 "1:2 [a|]; 2:6 !; 2:1 k=?", 0},
	{"Latin-1", "[a]\nk = Zo\xeb x\n", "1:2 [a|]; 2:7 !; 2:1 k=?", 0},
	{"a surrogate", "[a]\nk = \xed\xa0\x80\n", "1:2 [a|]; 2:5 !; 2:1 k=?",
	 0},
	{"an overlong slash", "[a]\nk = \xc0\xaf\n",
	 "1:2 [a|]; 2:5 !; 2:1 k=?", 0},
	{"a character that the line's end cuts", "[a]\nk = \xe7\x94\n=\n",
	 "1:2 [a|]; 2:5 !; 2:1 k=?; 3:1 !", 0},
	{"one that the file's end cuts", "[a]\nk = \xe7\x94",
	 "1:2 [a|]; 2:5 !; 2:1 k=?", 0},
	{"in a comment as well", "# \xff\n", "1:3 !", 0},
	{"in a section's name", "[a\xff]\nk=v\n", "1:3 !; ?; 2:1 k=2:3 v", 0},
	{"only the first of a line", "# \xff\xff\xff\n", "1:3 !", 0},
	{"NUL", "[a]\nk = a\0b\nl=v\n",
	 "1:2 [a|]; 2:6 !; 2:1 k=?; 3:1 l=3:3 v", 16},
	{"NUL in a key", "[a]\nk\0=v\n", "1:2 [a|]; 2:2 !; 2:1 k\\0=?", 9},
	{"UTF-16 is told on each line", "\xff\xfe[\0a\0]\0\n\0",
	 "1:1 !; 2:1 !", 10},
	{"escape", "[a]\nk = \x1b[2J\n", "1:2 [a|]; 2:5 !; 2:1 k=?", 0},
	{"delete", "[a]\nk = \x7f\n", "1:2 [a|]; 2:5 !; 2:1 k=?", 0},
	{"a C1 control", "[a]\nk = \xc2\x9b\n", "1:2 [a|]; 2:5 !; 2:1 k=?", 0},
	{"a carriage return within a line", "[a]\nk = a\rVia: b\n",
	 "1:2 [a|]; 2:6 !; 2:1 k=?", 0},
	{"two at its end", "[a]\nk = a\r\r\n", "1:2 [a|]; 2:6 !; 2:1 k=?", 0},
	{"a tab is a blank", "[a]\nk\t=\ta\tb\n", "1:2 [a|]; 2:1 k=2:5 a\tb",
	 0},
};


static void append(struct log *log, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));


static void append(struct log *log, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(log->text + log->n, sizeof(log->text) - log->n, fmt, ap);
	va_end(ap);
	assert_true(n >= 0 && (size_t)n < sizeof(log->text) - log->n);
	log->n += (size_t)n;
}


static void append_text(struct log *log, const struct ini_text *text)
{
	append(log, "%u:%u ", text->line, text->col);
	for (size_t i = 0; i < text->len; i++) {
		if (text->p[i])
			append(log, "%c", text->p[i]);
		else
			append(log, "\\0");
	}
}


static void section_handler(const struct ini_text *kind,
			    const struct ini_text *name, void *arg)
{
	struct log *log = arg;

	append(log, "%s", log->n ? "; " : "");
	if (!kind->p) {
		append(log, "?");
		return;
	}
	append(log, "%u:%u [%.*s|", kind->line, kind->col, (int)kind->len,
	       kind->p);
	if (name->len)
		append_text(log, name);
	append(log, "]");
}


static void pair_handler(const struct ini_text *key,
			 const struct ini_text *value, void *arg)
{
	struct log *log = arg;

	append(log, "%s", log->n ? "; " : "");
	append_text(log, key);
	append(log, "=");
	if (value->p)
		append_text(log, value);
	else
		append(log, "?");
}


static void error_handler(unsigned line, unsigned col, const char *what,
			  void *arg)
{
	struct log *log = arg;

	assert_non_null(what);
	assert_true(strlen(what) > 10);
	append(log, "%s%u:%u !", log->n ? "; " : "", line, col);
}


static const struct ini_handlers handlers = {
	.sectionh = section_handler,
	.pairh = pair_handler,
	.errorh = error_handler,
};


/* From a block of just this size, so that a sanitizer sees one byte too far */
static void read_exact(const char *in, size_t len, struct log *log)
{
	char *exact = malloc(len ? len : 1);

	assert_non_null(exact);
	memcpy(exact, in, len);
	ini_read(exact, len, &handlers, log);
	free(exact);
}


static void lines_mean_what_the_rows_say(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		struct log log = {.n = 0};

		read_exact(rows[i].in,
			   rows[i].len ? rows[i].len : strlen(rows[i].in),
			   &log);
		if (strcmp(log.text, rows[i].out))
			fail_msg("%s:\n  got  \"%s\"\n  want \"%s\"",
				 rows[i].name, log.text, rows[i].out);
	}
}


static void nul_is_found_wherever_it_stands(void **state)
{
	static const char line[] = "[a]\nkey = value\n";

	(void)state;

	for (size_t i = 4; i < sizeof(line) - 2; i++) {
		struct log log = {.n = 0};
		char bad[sizeof(line)], want[16];

		memcpy(bad, line, sizeof(line));
		bad[i] = '\0';
		read_exact(bad, sizeof(bad) - 1, &log);
		(void)snprintf(want, sizeof(want), "2:%zu !", i - 3);
		assert_non_null(strstr(log.text, want));
	}
}


/* Make "[a]\n", a comment or a pair of len bytes, then "k=v\n" */
static void read_line_of(size_t len, const char *start, const char *end,
			 struct log *log)
{
	char buf[INI_LINE_MAX + 64];
	size_t n;

	n = (size_t)snprintf(buf, sizeof(buf), "[a]\n%s", start);
	memset(buf + n, 'x', len - strlen(start));
	n += len - strlen(start);
	n += (size_t)snprintf(buf + n, sizeof(buf) - n, "%sk=v\n", end);
	log->n = 0;
	read_exact(buf, n, log);
}


static void a_line_of_4096_bytes_is_read_and_one_of_4097_is_told(void **state)
{
	struct log log;

	(void)state;

	read_line_of(INI_LINE_MAX, "key=", "\n", &log);
	assert_null(strchr(log.text, '!'));
	assert_non_null(strstr(log.text, "2:1 key=2:5 xxx"));

	read_line_of(INI_LINE_MAX, "key=", "\r\n", &log);
	assert_null(strchr(log.text, '!'));

	read_line_of(INI_LINE_MAX + 1, "key=", "\n", &log);
	assert_string_equal(log.text, "1:2 [a|]; 2:4097 !; 2:1 key=?; "
				      "3:1 k=3:3 v");

	read_line_of(INI_LINE_MAX + 1, "# ", "\n", &log);
	assert_string_equal(log.text, "1:2 [a|]; 2:4097 !; 3:1 k=3:3 v");

	read_line_of(INI_LINE_MAX + 1, "[", "\n", &log);
	assert_string_equal(log.text, "1:2 [a|]; 2:4097 !; ?; 3:1 k=3:3 v");
}


static void every_start_of_a_file_is_read_without_a_step_too_far(void **state)
{
	static const char file[] =
		"\xef\xbb\xbf[rule my spam]\r\nnumber = +4990*, 204\n"
		"  # Zo\xc3\xab\n;\n[phone]\ndisplay_name = \xe7\x94\xb0\n[x\n"
		"= 1\ny";

	(void)state;

	for (size_t n = 0; n < sizeof(file); n++) {
		struct log log = {.n = 0};

		read_exact(file, n, &log);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_mean_what_the_rows_say),
		cmocka_unit_test(nul_is_found_wherever_it_stands),
		cmocka_unit_test(
			a_line_of_4096_bytes_is_read_and_one_of_4097_is_told),
		cmocka_unit_test(
			every_start_of_a_file_is_read_without_a_step_too_far),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
