/**
 * @file app/policy/hours_date.c  A schedule's text: dates and spans of them
 */
#include "app/policy/hours_text.h"

#include "app/policy/easter.h"

#include <errno.h>
#include <string.h>


enum {
	MONTH_SIZE = 3,
	MONTHS = 12,
	MONTH_DAYS_MAX = 31,
	LEAP_YEAR = 2000, /* any: a date of no year may be 29 February */
	YEAR_DIGITS = 4,
	DAY_DIGITS_MAX = 2,
};

_Static_assert(EASTER_YEAR_MIN == 1583, "a message below says 1583");

static const char month_name[MONTHS][MONTH_SIZE + 1] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};


/* 1-12, 0 if no month stands here */
static unsigned month_find(const struct hours_text *p)
{
	const char *s = &p->text[p->i];

	for (unsigned m = 0; m < MONTHS; m++) {
		if (!strncmp(s, month_name[m], MONTH_SIZE) &&
		    !hours_text_is_letter(s[MONTH_SIZE]))
			return m + 1;
	}

	return 0;
}


/* Whether digits stand here that are no time's hours */
static bool is_number(const struct hours_text *p)
{
	const size_t n = hours_text_digits(p);

	return n && p->text[p->i + n] != ':';
}


bool hours_date_here(const struct hours_text *p)
{
	return month_find(p) ||
	       (is_number(p) && strncmp(&p->text[p->i], "24/7", 4));
}


static int year_read(struct hours_text *p, unsigned *year)
{
	const size_t off = p->i;
	const size_t n = hours_text_digits(p);

	*year = 0;
	if (!n)
		return 0;
	if (n == YEAR_DIGITS)
		*year = hours_text_uint(p, n);
	hours_text_blanks(p);
	if (n != YEAR_DIGITS || !month_find(p))
		return hours_text_fail(p, off,
				       "no date: write month and day, e.g. "
				       "Dec 24, or year, month and day, e.g. "
				       "2026 Dec 31",
				       EBADMSG);
	if (*year < EASTER_YEAR_MIN)
		return hours_text_fail(p, off,
				       "a year is 1583 to 9999, as the "
				       "calendar is Gregory's",
				       EBADMSG);

	return 0;
}


/* A day of date's month, which the month has to have */
static int month_day_read(struct hours_text *p, struct hours_date *date)
{
	const int32_t year = date->year ? (int32_t)date->year : LEAP_YEAR;
	const size_t n = hours_text_digits(p);

	date->day_off = p->i;
	if (n > DAY_DIGITS_MAX)
		return hours_text_fail(p, p->i,
				       "no day of a month: write e.g. Dec "
				       "24, and a year in front of the month",
				       EBADMSG);

	date->day = hours_text_uint(p, n);
	if (!date->day || date->day > civil_month_days(year, date->month))
		return hours_text_fail(p, date->day_off,
				       "the month has no such day", EBADMSG);

	return 0;
}


/* Dec, Dec 24, 2026 Dec 24 */
static int date_read(struct hours_text *p, struct hours_date *date)
{
	int err;

	*date = (struct hours_date){.off = p->i};
	err = year_read(p, &date->year);
	if (err)
		return err;

	date->month = month_find(p);
	if (!date->month)
		return hours_text_fail(p, p->i,
				       "no month: write Jan Feb Mar Apr May "
				       "Jun Jul Aug Sep Oct Nov Dec",
				       EBADMSG);
	p->i += MONTH_SIZE;
	hours_text_blanks(p);

	return is_number(p) ? month_day_read(p, date) : 0;
}


static int dated_add(struct hours_text *p, const struct hours_date *a,
		     const struct hours_date *b)
{
	const int32_t first = (int32_t)a->year;
	int32_t last = (int32_t)b->year;
	struct hours_special s = {
		.kind = HOURS_DATED,
		.weekdays = HOURS_WEEKDAYS,
	};

	/* "2026 Dec 24-Jan 1" ends in the year after */
	if (!last)
		last = first + (b->month < a->month);
	s.from = (int32_t)civil_to_days(first, a->month, a->day ? a->day : 1);
	s.to = (int32_t)civil_to_days(
		last, b->month,
		b->day ? b->day : civil_month_days(last, b->month));
	if (b->day > civil_month_days(last, b->month))
		return hours_text_fail(p, b->day_off,
				       "the month has no such day", EBADMSG);
	if (s.to < s.from)
		return hours_text_fail(p, b->off, "this ends before it starts",
				       EBADMSG);

	return hours_special_add(p, a->off, &s);
}


static int dates_add(struct hours_text *p, const struct hours_date *a,
		     const struct hours_date *b)
{
	struct hours_special s = {
		.kind = HOURS_YEARLY,
		.weekdays = HOURS_WEEKDAYS,
	};

	if (!a->day != !b->day)
		return hours_text_fail(p, b->off,
				       "a span goes from day to day or from "
				       "month to month: write e.g. Dec 24-Jan "
				       "1 or Jul-Aug",
				       EBADMSG);
	if (a->year)
		return dated_add(p, a, b);
	if (b->year)
		return hours_text_fail(p, b->off,
				       "only the end has a year: write it at "
				       "the start, too",
				       EBADMSG);
	if (a->month == b->month && b->day < a->day)
		return hours_text_fail(p, b->day_off,
				       "this ends before it starts: write the "
				       "month of the end, e.g. Dec 31-Jan 1",
				       EBADMSG);

	s.from = (int32_t)(a->month * HOURS_MONTH + (a->day ? a->day : 1));
	s.to = (int32_t)(b->month * HOURS_MONTH +
			 (b->day ? b->day : MONTH_DAYS_MAX));
	return hours_special_add(p, a->off, &s);
}


/* The end of a span, which is date itself if there is none */
static int end_read(struct hours_text *p, const struct hours_date *date,
		    struct hours_date *end)
{
	*end = *date;
	if (!hours_text_take(p, '-'))
		return 0;
	if (!date->day || !is_number(p) ||
	    hours_text_digits(p) > DAY_DIGITS_MAX)
		return date_read(p, end);

	end->off = p->i;
	return month_day_read(p, end);
}


int hours_date_read(struct hours_text *p, struct hours_date *date)
{
	const struct hours_date before = *date;
	const size_t off = p->i;
	struct hours_date end;
	int err;

	/* "Dec 24,31" */
	if (before.day && is_number(p) &&
	    hours_text_digits(p) <= DAY_DIGITS_MAX) {
		date->off = off;
		err = month_day_read(p, date);
	}
	else {
		err = date_read(p, date);
	}
	if (!err && before.year && !date->year)
		err = hours_text_fail(p, off,
				      "the date before has a year, this has "
				      "none: write it here, too, or another "
				      "entry",
				      EBADMSG);
	if (!err)
		err = end_read(p, date, &end);
	if (!err)
		err = dates_add(p, date, &end);
	if (!err && end.month != date->month)
		date->day = 0; /* nobody knows which month goes on */

	return err;
}
