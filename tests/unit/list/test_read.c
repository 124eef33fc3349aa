/**
 * @file tests/unit/list/test_read.c  Rows of file text, and what is taken
 */
#include "tests/unit/list/check.h"

#include "firmware/list/read.h"


enum {
	TOLD_MAX = 4096,
	VALUE_BITS = 50, /* of a key; its set is above */
};

static const struct {
	const char *name, *text;
	const char *taken; /* "PATTERN " for each, in any order */
	const char *told;  /* "LINE:COL words\n" for each */
} row[] = {
	/* Plain text */
	{"one a line", "+493012345\n301\n0301\n", "+493012345 301 0301 ", ""},
	{"no line end at the end", "301", "301 ", ""},
	{"CR LF", "301\r\n302\r\n", "301 302 ", ""},
	{"a byte order mark",
	 "\xef\xbb\xbf"
	 "301\n302\n",
	 "301 302 ", ""},
	{"blanks and empty lines", "\n  301  \n\t302\n   \n", "301 302 ", ""},
	{"comments", "# spam\n301 # once\n  # more\n302\t#x\n", "301 302 ",
	 ""},
	{"a # that is dialled", "*21#\n301#1 # x\n", "*21# 301#1 ", ""},
	{"separators in a number", "+49 (30) 1-2.3\n", "+4930123 ", ""},
	{"prefixes", "+4990*\n0190 *\n*21*\n", "+4990* 0190* *21* ", ""},
	{"the same again is given on", "301\n301\n", "301 301 ", ""},
	{"a wrong line is told and the rest taken", "301\n  30x\n302\n",
	 "301 302 ", "2:5 not part of a number\n"},
	{"the first line may be wrong, too", "+49/30\n301\n", "301 ",
	 "1:4 not part of a number\n"},
	{"a first line without a number is a header", "Numbers\n301\n", "301 ",
	 ""},
	{"the second is not", "Numbers\nhello\n301\n", "301 ",
	 "2:1 not part of a number\n"},
	{"a comment may have commas", "301 # one, two\n302\n", "301 302 ", ""},
	{"a number of 48 characters",
	 "301\n123456789012345678901234567890123456789012345678\n", "301 ",
	 "2:48 too long: at most 47\n"},
	{"nothing", "", "", ""},
	{"nothing but a comment", "# none\n", "", ""},
	{"a star alone", "301\n*\n", "301 ", "2:1 nothing before\n"},

	/* CSV */
	{"the column that the first line has", "a,301,5\nb,302,6\n",
	 "301 302 ", ""},
	{"the column that the header names",
	 "Id,Phone number,Name\n1,+491,a\n2,+492,b\n", "+491 +492 ", ""},
	{"in German, with semicolons",
	 "Nr;Telefon;Name\n1;+49 30 1;M\xc3\xbcller, B\n", "+49301 ", ""},
	{"a header that names none", "Id,Who\nx,301\n", "301 ", ""},
	{"tabs", "a\t301\nb\t302\n\t303\n", "301 302 303 ", ""},
	{"quotes", "\"a, b\",\"+49 1\"\n\"c \"\"d\"\"\", \"+492\" \n",
	 "+491 +492 ", ""},
	{"a line end in quotes; lines count on", "\"a\nb\",301\nc,3x\nd,303\n",
	 "301 303 ", "3:4 not part of a number\n"},
	{"an empty field", "a,301\nb,\nc,303\n", "301 303 ",
	 "2:3 no number\n"},
	{"a missing field", "a,301\nb\nc,303\n", "301 303 ",
	 "2:1 missing here\n"},
	{"text behind a quote", "a,301\n\"b\"c,302\nd,303\n", "301 303 ",
	 "2:4 behind the quote\n"},
	{"a quote that is never closed costs its line only",
	 "a,301\n\"b,302\nc,303\n", "301 303 ", "2:1 never closed\n"},
	{"nor does one that another line's quote seems to close cost more",
	 "a,301\n\"b,302\nc,303\n\"d\",304\n", "301 303 304 ",
	 "2:1 never closed\n"},
	{"a quote within a field is itself", "a\"b,301\nc,302\n", "301 302 ",
	 ""},
	{"a comment in a table", "a,301\n# b,302\nc,303\n", "301 303 ", ""},
	{"quoted plain text", "\"301\"\n\"+4990*\"\n", "301 +4990* ", ""},
	{"wildcards and ranges are a rule's",
	 "301\n+493012??\n 200..299\n2??*\n302\n", "301 302 ",
	 "2:1 a list has numbers, and what they start with\n"
	 "3:2 a list has numbers, and what they start with\n"
	 "4:1 a list has numbers, and what they start with\n"},
	{"a control character", "301\n\x01\n", "301 ",
	 "2:1 not part of a number\n"},

	/* vCard */
	{"vCard 3",
	 "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\n"
	 "TEL;TYPE=WORK,VOICE:+49 30 1\r\nitem1.TEL:301\r\nEND:VCARD\r\n",
	 "+49301 301 ", ""},
	{"vCard 4",
	 "BEGIN:VCARD\nVERSION:4.0\n"
	 "TEL;VALUE=uri;TYPE=\"work,voice\":tel:+1-555-0100;ext=9\n"
	 "TEL;X=\"a:b;c\":TEL:+1-555-0101\nEND:VCARD\n",
	 "+15550100 +15550101 ", ""},
	{"a context is in front",
	 "BEGIN:VCARD\nTEL;VALUE=uri:tel:7042;phone-context=+1-201-555\n"
	 "TEL:tel:7043;ext=1;phone-context=example.com\n"
	 "TEL:tel:70x;phone-context=+1\nEND:VCARD\n",
	 "+12015557042 7043 ", "4:11 not part of a number\n"},
	{"a folded line",
	 "BEGIN:VCARD\r\nTEL;VALUE=uri:tel:\r\n +49\r\n\t30\r\n 1\r\n"
	 "TEL:302\r\nEND:VCARD\r\n",
	 "+49301 302 ", ""},
	{"lower case, empty lines and a byte order mark",
	 "\xef\xbb\xbf\r\n\nbegin:vcard\ntel:301\nend:vcard\n", "301 ", ""},
	{"two cards and a prefix",
	 "BEGIN:VCARD\nTEL:301\nEND:VCARD\nBEGIN:VCARD\nTEL:+4990*\n"
	 "END:VCARD\n",
	 "301 +4990* ", ""},
	{"other properties",
	 "BEGIN:VCARD\nTELEX:1\nX-TEL:2\nNOTE:TEL:3\n TEL:4\nFN;a.tel:5\n"
	 "TEL\nEND:VCARD\n",
	 "", ""},
	{"a wrong one is told and the rest taken",
	 "BEGIN:VCARD\nTEL;TYPE=x:tel:+49x\nTEL:\nTEL:301\nEND:VCARD\n",
	 "301 ", "2:19 not part of a number\n3:5 no number\n"},
	{"a folded one that is wrong", "BEGIN:VCARD\nTEL:30\n x\nEND:VCARD\n",
	 "", "2:7 not part of a number\n"},
};

struct told {
	char text[TOLD_MAX];
	size_t n, count;
};


static void wrong_handler(size_t line, size_t col, const char *what, void *arg)
{
	struct told *t = arg;

	t->count++;
	t->n += (size_t)snprintf(t->text + t->n, sizeof(t->text) - t->n,
				 "%zu:%zu %s\n", line, col, what);
	assert_true(t->n < sizeof(t->text));
}


/* The place is the same and the words are in what was told */
static bool told_says(const char *told, const char *want)
{
	while (*want) {
		const size_t place = strcspn(want, " ") + 1;
		const size_t words = strcspn(want, "\n") - place;
		char text[TOLD_MAX], line[TOLD_MAX];

		(void)snprintf(line, sizeof(line), "%.*s",
			       (int)strcspn(told, "\n"), told);
		(void)snprintf(text, sizeof(text), "%.*s", (int)words,
			       want + place);
		if (strncmp(told, want, place) != 0 || !strstr(line, text))
			return false;

		want += place + words + 1;
		told += strlen(line) + 1;
	}

	return !*told;
}


/* What was added: that it is kept in two lists says nothing of its order */
static void taken_print(char *dst, size_t size, const struct list_build *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->textc; i++)
		n += (size_t)snprintf(
			dst + n, size - n, "%s%s ", b->textv[i].digits,
			b->textv[i].kind == NUMBER_PREFIX ? "*" : "");
	for (size_t i = 0; i < b->keyc; i++) {
		const unsigned set = (unsigned)(b->keyv[i] >> VALUE_BITS);

		n += (size_t)snprintf(
			dst + n, size - n, "%s%.*llu%s ",
			set & NUMBER_LIST_PLUS ? "+" : "",
			(int)(set % NUMBER_LIST_PLUS),
			(unsigned long long)(b->keyv[i] &
					     ((UINT64_C(1) << VALUE_BITS) -
					      1)),
			set & NUMBER_LIST_PREFIX ? "*" : "");
		assert_true(n < size);
	}
}


/* The words of a text in any order */
static int by_word(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}


static void words_sort(char *dst, size_t size, char *text)
{
	char *word[64];
	size_t n = 0, used = 0;

	for (char *w = strtok(text, " "); w && n < ROWS(word);
	     w = strtok(NULL, " "))
		word[n++] = w;
	qsort(word, n, sizeof(word[0]), by_word);

	dst[0] = '\0';
	for (size_t i = 0; i < n; i++)
		used += (size_t)snprintf(dst + used, size - used, "%s ",
					 word[i]);
	assert_true(used < size);
}


static void check_row(const char *name, const char *given, const char *wanted,
		      const char *wrong, const struct dial_plan *plan)
{
	struct list_build build = {.keyv = NULL};
	struct told told = {.n = 0};
	struct list_reader r = {
		.build = &build,
		.plan = plan,
		.wrongh = wrong_handler,
		.arg = &told,
	};
	char taken[TOLD_MAX] = "", want[TOLD_MAX];
	char a[TOLD_MAX], b[TOLD_MAX];
	const size_t len = strlen(given);
	char *text = malloc(len ? len : 1);

	/* Without its NUL, so that nobody reads on */
	assert_non_null(text);
	memcpy(text, given, len);
	assert_int_equal(list_read(&r, text, len), 0);
	free(text);

	taken_print(taken, sizeof(taken), &build);
	(void)snprintf(want, sizeof(want), "%s", wanted);
	words_sort(a, sizeof(a), taken);
	words_sort(b, sizeof(b), want);
	if (strcmp(a, b) || !told_says(told.text, wrong))
		fail_msg("%s: took \"%s\" of \"%s\", told:\n%swant:\n%s", name,
			 a, b, told.text, wrong);
	assert_int_equal(r.wrong, told.count);
	list_build_free(&build);
}


static void each_row_gives_its_numbers_and_its_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(row); i++)
		check_row(row[i].name, row[i].text, row[i].taken, row[i].told,
			  NULL);
}


/* The same in Germany, where 0 and 00 are prefixes */
static const struct {
	const char *text, *taken, *told;
} plan_row[] = {
	{"+49 30 1\n(030) 1\n0049-30-1\n", "+49301 +49301 +49301 ", ""},
	{"301\n3*\n*21#\n", "301 3* *21# ", ""},
	{"0900*\n004990*\n0*\n", "+49900* +4990* +* ", ""},
	{"a,0301\nb,+44 20 1\n", "+49301 +44201 ", ""},
	{"BEGIN:VCARD\nTEL:0301\nEND:VCARD\n", "+49301 ", ""},
	{"301\n 00*\n0301..0302\n", "301 ",
	 "2:2 a list has no prefix that stands for all foreign numbers\n"
	 "3:1 a list has numbers, and what they start with\n"},
};


static void a_dial_plan_brings_numbers_into_its_form(void **state)
{
	struct dial_plan plan;

	(void)state;
	assert_int_equal(dial_plan_init(&plan, "49"), 0);
	for (size_t i = 0; i < ROWS(plan_row); i++)
		check_row(plan_row[i].text, plan_row[i].text,
			  plan_row[i].taken, plan_row[i].told, &plan);
}


static void count_handler(size_t line, size_t col, const char *what, void *arg)
{
	size_t *count = arg;

	assert_true(line && col && what);
	++*count;
}


static void check_read(const char *text, size_t len)
{
	struct list_build build = {.keyv = NULL};
	size_t count = 0;
	struct list_reader r = {
		.build = &build,
		.wrongh = count_handler,
		.arg = &count,
	};
	size_t lines = 1;

	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';

	assert_int_equal(list_read(&r, text, len), 0);
	assert_int_equal(r.wrong, count);
	assert_true(build.added + count <= lines);
	list_build_free(&build);
}


static void any_bytes_are_read_to_their_end(void **state)
{
	enum {
		TEXTS = 5000,
		LEN_MAX = 200,
	};
	static const char part[] = "\"\"\n\r,;\t #*+0123tel:TEL;\n";
	static const char card[] = "BEGIN:VCARD\n";
	uint64_t rnd = 3;

	(void)state;

	for (unsigned i = 0; i < TEXTS; i++) {
		const size_t n = i % 3 ? 0 : strlen(card);
		const size_t len = n + 1 + figure(&rnd) % LEN_MAX;
		char *p = malloc(len);

		assert_non_null(p);
		memcpy(p, card, n);
		for (size_t k = n; k < len; k++)
			p[k] = part[figure(&rnd) % (sizeof(part) - 1)];
		check_read(p, len);
		free(p);
	}
}


/* A megabyte of quotes must not take a megabyte's square: the test's time is
 * limited */
static void hostile_quotes_are_read_in_time(void **state)
{
	enum {
		SIZE = 1024 * 1024,
	};
	static const char *const part[] = {
		"\"",         "\"\n",      "\"\"\n",   "\"\"\"\n",
		"a,\"\"\n\"", "\"a\"\"\n", "\"\n\"\"",
	};
	char *text = malloc(SIZE);

	(void)state;

	assert_non_null(text);
	for (size_t i = 0; i < ROWS(part); i++) {
		for (size_t k = 0; k < SIZE; k++)
			text[k] = part[i][k % strlen(part[i])];
		check_read(text, SIZE);
	}
	free(text);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_gives_its_numbers_and_its_errors),
		cmocka_unit_test(a_dial_plan_brings_numbers_into_its_form),
		cmocka_unit_test(any_bytes_are_read_to_their_end),
		cmocka_unit_test(hostile_quotes_are_read_in_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
