/**
 * @file tests/unit/policy/test_hours_special.c  Special days as they are read
 */
#include "app/policy/hours.h"

#include "check.h"

#include <errno.h>

enum {
	TEXT_MAX = 4096,
};

static void parse(struct hours *h, const char *text)
{
	struct text_error err = {0, ""};

	if (hours_parse(h, text, &err))
		fail_msg("\"%s\" at %zu: %s", text, err.off, err.what);
}


/* What a special day is made of; months and days as MMDD, dates as days */
static const struct {
	const char *text;
	size_t specialc;
	struct hours_special last;
} parse_row[] = {
#define MD(month, day) ((month)*HOURS_MONTH + (day))
	{"Dec 24 off",
	 1,
	 {MD(12, 24), MD(12, 24), 0, 0x7f, HOURS_YEARLY, 0, 0}},
	{"Dec 24 09:00-12:00,14:00-16:00",
	 1,
	 {MD(12, 24), MD(12, 24), 0, 0x7f, HOURS_YEARLY, 0, 2}},
	{"Dec 24-26 off",
	 1,
	 {MD(12, 24), MD(12, 26), 0, 0x7f, HOURS_YEARLY, 0, 0}},
	{"Dec 24 - Jan 1 off",
	 1,
	 {MD(12, 24), MD(1, 1), 0, 0x7f, HOURS_YEARLY, 0, 0}},
	{"Dec 24,31 off",
	 2,
	 {MD(12, 31), MD(12, 31), 0, 0x7f, HOURS_YEARLY, 0, 0}},
	{"Dec 24-26,31 off",
	 2,
	 {MD(12, 31), MD(12, 31), 0, 0x7f, HOURS_YEARLY, 0, 0}},
	{"Jan 1,May 1,Dec 25-26 10:00-11:00",
	 3,
	 {MD(12, 25), MD(12, 26), 0, 0x7f, HOURS_YEARLY, 0, 1}},
	{"Feb 29 off", 1, {MD(2, 29), MD(2, 29), 0, 0x7f, HOURS_YEARLY, 0, 0}},
	{"Jul off", 1, {MD(7, 1), MD(7, 31), 0, 0x7f, HOURS_YEARLY, 0, 0}},
	{"Nov-Feb off",
	 1,
	 {MD(11, 1), MD(2, 31), 0, 0x7f, HOURS_YEARLY, 0, 0}},
	{"Jul-Aug Mo-Fr 08:00-12:00",
	 1,
	 {MD(7, 1), MD(8, 31), 0, 0x1f, HOURS_YEARLY, 0, 1}},
	{"2026 Dec 31 09:00-12:00",
	 1,
	 {20818, 20818, 0, 0x7f, HOURS_DATED, 0, 1}},
	{"2026 Dec 24-26 off", 1, {20811, 20813, 0, 0x7f, HOURS_DATED, 0, 0}},
	{"2026 Dec 24,31 off", 2, {20818, 20818, 0, 0x7f, HOURS_DATED, 0, 0}},
	{"2026 Dec 24-Jan 1 off",
	 1,
	 {20811, 20819, 0, 0x7f, HOURS_DATED, 0, 0}},
	{"2026 Dec 24-2027 Jan 1 off",
	 1,
	 {20811, 20819, 0, 0x7f, HOURS_DATED, 0, 0}},
	{"2028 Feb off", 1, {21215, 21243, 0, 0x7f, HOURS_DATED, 0, 0}},
	{"2028 Feb 29 off", 1, {21243, 21243, 0, 0x7f, HOURS_DATED, 0, 0}},
	{"2027 Dec 1-Feb 29 off",
	 1,
	 {21153, 21243, 0, 0x7f, HOURS_DATED, 0, 0}},
	{"easter off", 1, {0, 0, 0, 0x7f, HOURS_EASTER, 0, 0}},
	{"easter+1 off", 1, {1, 1, 0, 0x7f, HOURS_EASTER, 0, 0}},
	{"easter-2 10:00-11:00", 1, {-2, -2, 0, 0x7f, HOURS_EASTER, 0, 1}},
	{"easter - 2 off", 1, {-2, -2, 0, 0x7f, HOURS_EASTER, 0, 0}},
	{"easter -2 days off", 1, {-2, -2, 0, 0x7f, HOURS_EASTER, 0, 0}},
	{"easter +1 day off", 1, {1, 1, 0, 0x7f, HOURS_EASTER, 0, 0}},
	{"easter-2-easter+1 off", 1, {-2, 1, 0, 0x7f, HOURS_EASTER, 0, 0}},
	{"easter-easter+1 off", 1, {0, 1, 0, 0x7f, HOURS_EASTER, 0, 0}},
	{"easter-180,easter+180 off",
	 2,
	 {180, 180, 0, 0x7f, HOURS_EASTER, 0, 0}},
	{"PH off", 1, {0, 0, 0, 0x7f, HOURS_HOLIDAY, 0, 0}},
	{"Dec 24,easter-2,PH off", 3, {0, 0, 0, 0x7f, HOURS_HOLIDAY, 0, 0}},
	{"We[2] 14:00-16:00",
	 1,
	 {MD(1, 1), MD(12, 31), 0x002, 0x04, HOURS_YEARLY, 0, 1}},
	{"Fr[-1] off",
	 1,
	 {MD(1, 1), MD(12, 31), 0x020, 0x10, HOURS_YEARLY, 0, 0}},
	{"We[1,3-4,-5] off",
	 1,
	 {MD(1, 1), MD(12, 31), 0x20d, 0x04, HOURS_YEARLY, 0, 0}},
	{"Mo[1],We[1] off",
	 1,
	 {MD(1, 1), MD(12, 31), 0x001, 0x05, HOURS_YEARLY, 0, 0}},
	{"Mo[1],We[2] off",
	 2,
	 {MD(1, 1), MD(12, 31), 0x002, 0x04, HOURS_YEARLY, 0, 0}},
	{"Nov Th[4] off",
	 1,
	 {MD(11, 1), MD(11, 30) + 1, 0x008, 0x08, HOURS_YEARLY, 0, 0}},
	{"Jul,Sep Mo,We[2] off",
	 4,
	 {MD(9, 1), MD(9, 31), 0x002, 0x04, HOURS_YEARLY, 0, 0}},
	{"Mo-Fr 09:00-18:00; Dec 24 09:00-12:00; Dec 25 off",
	 2,
	 {MD(12, 25), MD(12, 25), 0, 0x7f, HOURS_YEARLY, 6, 0}},
	{"24/7; PH off", 1, {0, 0, 0, 0x7f, HOURS_HOLIDAY, 7, 0}},
	{" 24/7 ;\tDec 24 off ",
	 1,
	 {MD(12, 24), MD(12, 24), 0, 0x7f, HOURS_YEARLY, 7, 0}},
};


static void special_days_are_read(void **state)
{
	static struct hours h;

	(void)state;
	for (size_t i = 0; i < ROWS(parse_row); i++) {
		const struct hours_special *want = &parse_row[i].last, *s;

		parse(&h, parse_row[i].text);
		if (h.specialc != parse_row[i].specialc)
			fail_msg("\"%s\": %zu special days", parse_row[i].text,
				 h.specialc);
		s = &h.special[h.specialc - 1];
		if (s->from != want->from || s->to != want->to ||
		    s->nth != want->nth || s->weekdays != want->weekdays ||
		    s->kind != want->kind || s->first != want->first ||
		    s->n != want->n)
			fail_msg("\"%s\": %d-%d, nth %#x, weekdays %#x, kind "
				 "%u, ranges %u+%u",
				 parse_row[i].text, s->from, s->to, s->nth,
				 s->weekdays, s->kind, s->first, s->n);
		for (size_t k = h.n; k < h.rangec; k++)
			assert_int_equal(h.range[k].weekday,
					 HOURS_WEEKDAY_ANY);
	}
}


static void where_PH_stands_is_known(void **state)
{
	static struct hours h;

	(void)state;
	parse(&h, "Mo 09:00-12:00; Dec 24 off");
	assert_false(h.has_holiday);
	parse(&h, "Mo 09:00-12:00; Dec 24, PH off; PH Tu 09:00-10:00"
		  "; easter,PH Mo off");
	assert_true(h.has_holiday);
	assert_int_equal(h.holiday_off, strlen("Mo 09:00-12:00; Dec 24, "));
}


static const struct {
	const char *text;
	size_t off;
	const char *what; /* how the message starts */
} error_row[] = {
	{"Dec 24", 6, "no hours behind the day: write e.g. 09:00-12:00, or"},
	{"Dec 24 closed", 7, "no hours behind the day"},
	{"Dec 24 of", 7, "no hours behind the day"},
	{"Dec 24 office", 7, "no hours behind the day"},
	{"Dec 24 off 09:00-12:00", 11, "not understood: ranges are parted"},
	{"Dec 24 off,Dec 25 off", 10, "not understood: ranges are parted"},
	{"Dec 24 09:00-12:00,off", 19, "no time behind \",\""},
	{"Dec 24 09:60-12:00", 10, "minutes are"},
	{"Dez 24 off", 0, "no day: write Mo Tu We Th Fr Sa Su"},
	{"December 24 off", 0, "no day: write"},
	{"dec 24 off", 0, "no day: write"},
	{"24 Dec off", 0, "no date: write month and day, e.g. Dec 24"},
	{"24. Dec off", 0, "no date"},
	{"24.12. off", 0, "no date"},
	{"2026-12-24 off", 0, "no date"},
	{"2026 off", 0, "no date"},
	{"02026 Dec 24 off", 0, "no date"},
	{"1582 Dec 24 off", 0, "a year is 1583 to 9999"},
	{"Dec 0 off", 4, "the month has no such day"},
	{"Dec 32 off", 4, "the month has no such day"},
	{"Feb 30 off", 4, "the month has no such day"},
	{"Feb 20-30 off", 7, "the month has no such day"},
	{"Jun 31 off", 4, "the month has no such day"},
	{"2026 Feb 29 off", 9, "the month has no such day"},
	{"2100 Feb 29 off", 9, "the month has no such day"},
	{"2026 Dec 1-Feb 29 off", 15, "the month has no such day"},
	{"Dec 2026 off", 4, "no day of a month"},
	{"Dec 24,Dez 25 off", 7, "no month"},
	{"Dec 24,09:00-12:00", 7, "no date"},
	{"Dec 24,Mo 09:00-12:00", 7, "days of the week stand in an entry"},
	{"Mo,Dec 24 09:00-12:00", 3, "special days stand in an entry"},
	{"Sa,PH off", 3, "special days stand in an entry"},
	{"PH,31 off", 3, "no date"},
	{"Dec 24-Jan 1,6 off", 13, "no date"},
	{"Dec 26-24 off", 7, "this ends before it starts: write the month"},
	{"2026 Dec 26-24 off", 12, "this ends before it starts"},
	{"2027 Dec 24-2026 Jan 1 off", 12, "this ends before it starts"},
	{"Dec 24-2027 Jan 1 off", 7, "only the end has a year"},
	{"2026 Dec 24,Dec 31 off", 12, "the date before has a year"},
	{"Dec 24-Jan off", 7, "a span goes from day to day"},
	{"Dec-Jan 6 off", 4, "a span goes from day to day"},
	{"Dec 24- off", 8, "no month"},
	{"easter+ off", 8, "no number of days"},
	{"easter+181 off", 10, "no number of days"},
	{"easter+1000 off", 7, "no number of days"},
	{"easter+1-2 off", 9, "no end: write e.g. easter-2-easter+1"},
	{"easter+1-easter-2 off", 9, "this ends before it starts"},
	{"easterly off", 0, "no day: write"},
	{"We[] off", 3, "no number: write e.g. We[2]"},
	{"We[0] off", 3, "out of range: 1 to 5"},
	{"We[6] off", 3, "out of range"},
	{"We[-6] off", 3, "out of range"},
	{"We[10] off", 3, "no number"},
	{"We[2-1] off", 3, "out of range"},
	{"We[1-] off", 5, "no number behind"},
	{"We[2 off", 4, "no \"]\""},
	{"Mo-We[2] off", 5, "a number goes with one day"},
	{"Mo,We[2] 09:00-12:00", 0, "days with a number and days without"},
	{"PH off; Mo-Fr 09:00-18:00", 8,
	 "days of the week stand in front of the special days"},
	{"We[2] off; We 09:00-18:00", 11, "days of the week stand in front"},
	{"Dec 24 off; Dec 24 09:00-12:00", 12, "this day is given twice"},
	{"PH off; Dec 24,PH 09:00-12:00", 8, "this day is given twice"},
	{"off; Dec 24 09:00-12:00", 3, "\"off\" stands alone"},
	{"24/7 off", 5, "\"24/7\" stands alone"},
	{"24/7;", 5, "no day: write"},
	{"Dec 24 off;", 11, "no day: write"},
	{"SH off", 0, "no day: write"},
};


static void a_wrong_special_day_is_told_where_and_how(void **state)
{
	static struct hours h;

	(void)state;
	for (size_t i = 0; i < ROWS(error_row); i++) {
		struct text_error err = {0, ""};
		const int e = hours_parse(&h, error_row[i].text, &err);

		if (e != EBADMSG || err.off != error_row[i].off ||
		    strncmp(err.what, error_row[i].what,
			    strlen(error_row[i].what)))
			fail_msg("\"%s\": %d at %zu, %s", error_row[i].text, e,
				 err.off, err.what);
	}
}


static void as_many_special_days_as_fit_and_no_more(void **state)
{
	static struct hours h;
	struct text_error err = {0, ""};
	char text[TEXT_MAX] = "";
	size_t off = 0;

	(void)state;
	for (unsigned i = 0; i < HOURS_SPECIAL_MAX; i++)
		(void)snprintf(text + strlen(text), TEXT_MAX - strlen(text),
			       "%s%u Dec 24", i ? "," : "", 2000 + i);
	off = strlen(text);
	(void)snprintf(text + off, TEXT_MAX - off, " off");
	parse(&h, text);
	assert_int_equal(h.specialc, HOURS_SPECIAL_MAX);

	(void)snprintf(text + off, TEXT_MAX - off, ",PH off");
	assert_int_equal(hours_parse(&h, text, &err), ENOSPC);
	assert_int_equal(err.off, off + 1);
	assert_memory_equal(err.what, "too many special days", 21);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(special_days_are_read),
		cmocka_unit_test(where_PH_stands_is_known),
		cmocka_unit_test(a_wrong_special_day_is_told_where_and_how),
		cmocka_unit_test(as_many_special_days_as_fit_and_no_more),
	};

	return cmocka_run_group_tests_name("hours_special", tests, NULL, NULL);
}
