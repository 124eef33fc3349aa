/**
 * @file tests/golden/test_text.c  The words are there, and fit their places
 */
#include "app/ui/text_id.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <string.h>


enum {
	SOFTKEY_CHARS = 5,
	BIG_CHARS     = 16, /* 128 pixels of 8 */
	LINE_CHARS    = 21, /* 128 pixels of 6 */
};


static void assert_fits(const char *s, size_t max)
{
	size_t i;

	assert_non_null(s);
	for (i = 0; s[i]; i++) {
		if (s[i] < ' ' || s[i] > '~')
			fail_msg("\"%s\" is not ASCII", s);
	}
	if (!i || i > max)
		fail_msg("\"%s\" has not 1 to %zu characters", s, max);
}


static void every_word_is_there_and_fits_a_row(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < TEXT_COUNT; i++)
		assert_fits(text_get((enum text)i), LINE_CHARS);
	assert_string_equal(text_get(TEXT_COUNT), "");
}


static void every_softkey_has_a_label_of_five_characters_at_most(void **state)
{
	size_t i;

	(void)state;
	assert_string_equal(text_softkey(SOFTKEY_NONE), "");
	assert_string_equal(text_softkey(SOFTKEY_KINDS), "");
	for (i = SOFTKEY_NONE + 1; i < SOFTKEY_KINDS; i++)
		assert_fits(text_softkey((enum softkey)i), SOFTKEY_CHARS);
}


static void every_meaning_has_a_title_and_an_advice_that_fit(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < STATUS_MEANING_COUNT; i++) {
		const enum status_meaning m   = (enum status_meaning)i;
		const struct text_frame about = text_about(m);

		assert_fits(text_title(m), BIG_CHARS);
		assert_fits(text_advice(m), LINE_CHARS);
		assert_non_null(about.before);
		assert_non_null(about.behind);
		assert_non_null(about.after);
		assert_non_null(text_cause(m));
		assert_true(strlen(text_cause(m)) <= LINE_CHARS);
	}
}


static void no_two_meanings_have_the_same_title(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < STATUS_MEANING_COUNT; i++) {
		for (k = 0; k < i; k++)
			assert_string_not_equal(
				text_title((enum status_meaning)i),
				text_title((enum status_meaning)k));
	}
}


static void every_decision_and_registration_has_its_words(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < DECIDED_COUNT; i++) {
		assert_fits(text_refused_by((enum decided_by)i), LINE_CHARS);
		assert_fits(text_decided_by((enum decided_by)i), BIG_CHARS);
	}
	for (i = 0; i <= PHONE_REG_FAILED; i++) {
		assert_fits(text_registration((enum phone_reg)i), LINE_CHARS);
		assert_fits(text_registration_short((enum phone_reg)i),
			    LINE_CHARS / 2 + 1);
	}
}


static void spans_and_timers_read_as_people_write_them(void **state)
{
	static const struct {
		uint64_t s;
		const char *span, *timer;
	} row[] = {
		{0, "0 s", "00:00"},
		{42, "42 s", "00:42"},
		{59, "59 s", "00:59"},
		{60, "1 min", "01:00"},
		{3599, "59 min", "59:59"},
		{3600, "1 h", "1:00:00"},
		{3659, "1 h", "1:00:59"},
		{3900, "1 h 5 min", "1:05:00"},
		{172799, "47 h 59 min", "47:59:59"},
		{172800, "2 days", "48:00:00"},
		{UINT64_MAX, "213503982334601 days",
		 "5124095576030431:00:15"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		char buf[64];
		struct line l;

		line_init(&l, buf, sizeof(buf));
		text_span(&l, row[i].s);
		assert_string_equal(buf, row[i].span);

		line_init(&l, buf, sizeof(buf));
		text_timer(&l, row[i].s);
		assert_string_equal(buf, row[i].timer);
	}
}


static void a_line_is_cut_between_characters_and_terminated(void **state)
{
	size_t size;

	(void)state;
	for (size = 1; size < 12; size++) {
		char buf[12];
		struct line l;
		size_t i, len;

		memset(buf, 'x', sizeof(buf));
		line_init(&l, buf, size);
		line_str(&l, "a\u00eb");
		line_str(&l, "\u7530");
		line_uint(&l, 1234, 1);

		len = strlen(buf);
		assert_true(len < size);
		assert_int_equal(len, l.len);
		for (i = 0; i < len;) {
			uint32_t cp;

			i += text_utf8_decode(buf + i, len - i, &cp);
			assert_int_not_equal(cp, 0xfffd);
		}
		for (i = size; i < sizeof(buf); i++)
			assert_int_equal(buf[i], 'x');
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_is_there_and_fits_a_row),
		cmocka_unit_test(
		    every_softkey_has_a_label_of_five_characters_at_most),
		cmocka_unit_test(
		    every_meaning_has_a_title_and_an_advice_that_fit),
		cmocka_unit_test(no_two_meanings_have_the_same_title),
		cmocka_unit_test(
		    every_decision_and_registration_has_its_words),
		cmocka_unit_test(spans_and_timers_read_as_people_write_them),
		cmocka_unit_test(
		    a_line_is_cut_between_characters_and_terminated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
