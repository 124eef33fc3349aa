/**
 * @file tests/unit/policy/hours_judge.c  Open or closed, by another way
 */
#define _DEFAULT_SOURCE

#include "hours_judge.h"

#include "check.h"

#include <stdlib.h>
#include <time.h>

enum {
	DAY_S = 86400,
	DAY_MIN = 1440,
};

const int judge_month_days[12] = {31, 29, 31, 30, 31, 30,
				  31, 31, 30, 31, 30, 31};


static int month_days_of(const struct tm *tm)
{
	const int year = tm->tm_year + 1900;
	const bool leap =
		year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return tm->tm_mon == 1 && !leap ? 28 : judge_month_days[tm->tm_mon];
}


/* By Gauss, for 1900 to 2099 */
static time_t easter_of(int year)
{
	const int d = (19 * (year % 19) + 24) % 30;
	const int e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
	int day = 22 + d + e; /* of March */
	struct tm tm = {.tm_year = year - 1900, .tm_mon = 2};

	if (day == 57)
		day = 50;
	if (d == 28 && e == 6 && (11 * (year % 19) % 30) > 18 && day == 56)
		day = 49;
	tm.tm_mday = day;

	return timegm(&tm);
}


static bool nth_fits(const struct judge_special *s, const struct tm *tm)
{
	const int weekday = (tm->tm_wday + 6) % JUDGE_WEEK_DAYS;
	const int from =
		s->nth > 0 ? tm->tm_mday - 1 : month_days_of(tm) - tm->tm_mday;

	if (s->weekday >= 0 && weekday != s->weekday)
		return false;

	return !s->nth || from / JUDGE_WEEK_DAYS + 1 == abs(s->nth);
}


static bool special_fits(const struct judge_special *s, const struct tm *tm,
			 time_t noon)
{
	const int at = (tm->tm_mon + 1) * 100 + tm->tm_mday;
	const int from = s->month * 100 + s->day;
	const int to = s->month_to * 100 + s->day_to;
	const time_t day = noon / DAY_S;
	const time_t easter = easter_of(tm->tm_year + 1900) / DAY_S;

	if (!nth_fits(s, tm))
		return false;

	switch (s->kind) {

	case JUDGE_DATED:
		return tm->tm_year + 1900 == s->year && at >= from && at <= to;

	case JUDGE_DATES:
	case JUDGE_MONTHS:
	case JUDGE_NTH:
		return from <= to ? at >= from && at <= to
				  : at >= from || at <= to;

	case JUDGE_EASTER:
		return day >= easter + s->off && day <= easter + s->off_to;

	case JUDGE_HOLIDAYS:
		return at == 501 || at == 1026;

	case JUDGE_KINDS:
		break;
	}

	return false;
}


static bool covers(const struct judge_range *r, int n, int min)
{
	for (int i = 0; i < n; i++) {
		if (min >= r[i].from && min < r[i].to)
			return true;
	}

	return false;
}


/* Whether a minute is in what started on a day */
static bool day_covers(const struct judge_schedule *s, const struct tm *tm,
		       time_t noon, int min)
{
	const int weekday = (tm->tm_wday + 6) % JUDGE_WEEK_DAYS;

	for (int i = s->specialc - 1; i >= 0; i--) {
		if (special_fits(&s->special[i], tm, noon))
			return covers(s->special[i].range, s->special[i].n,
				      min);
	}

	return covers(s->week[weekday], s->n[weekday], min);
}


bool judge_open(const struct judge_schedule *s, int64_t utc_s)
{
	const time_t t = (time_t)utc_s;
	struct tm tm, before, noon = {.tm_hour = 12};
	time_t noon_s;
	int min;

	assert_non_null(localtime_r(&t, &tm));
	min = tm.tm_hour * 60 + tm.tm_min;
	noon.tm_year = tm.tm_year;
	noon.tm_mon = tm.tm_mon;
	noon.tm_mday = tm.tm_mday;
	noon_s = timegm(&noon);
	if (day_covers(s, &tm, noon_s, min))
		return true;

	noon_s -= DAY_S;
	assert_non_null(gmtime_r(&noon_s, &before));
	return day_covers(s, &before, noon_s, min + DAY_MIN);
}
