/**
 * @file app/policy/hours_day.c  Which of a schedule's ranges a day has
 */
#include "app/policy/hours_day.h"

#include "app/policy/easter.h"
#include "app/policy/holidays.h"


enum {
	WEEK_DAYS = 7,
	EPOCH_WEEKDAY = 3, /* 1970-01-01 was a Thursday */
	LAST_SHIFT = 5,    /* where nth counts from the month's end */
};


static bool is_nth(const struct hours_special *s, const struct civil *c)
{
	unsigned left;

	if (!s->nth)
		return true;

	left = civil_month_days(c->year, c->month) - c->day;
	return (s->nth >> (c->day - 1) / WEEK_DAYS & 1) ||
	       (s->nth >> (left / WEEK_DAYS + LAST_SHIFT) & 1);
}


static bool is_yearly(const struct hours_special *s, const struct civil *c)
{
	const int32_t at = c->month * HOURS_MONTH + c->day;

	return s->from <= s->to ? at >= s->from && at <= s->to
				: at >= s->from || at <= s->to;
}


/* As Easter is in spring, HOURS_EASTER_MAX days reach into the year before
 * its own, and never into the one after */
static bool is_by_easter(const struct hours_special *s, int64_t day,
			 int32_t year)
{
	for (int32_t y = year; y <= year + 1; y++) {
		int64_t off;

		if (y < EASTER_YEAR_MIN)
			continue;
		off = day - easter_day(y);
		if (off >= s->from && off <= s->to)
			return true;
	}

	return false;
}


static bool special_fits(const struct hours_special *s,
			 const struct holidays *holidays, int64_t day,
			 const struct civil *c)
{
	if (!(s->weekdays >> c->weekday & 1) || !is_nth(s, c))
		return false;

	switch ((enum hours_kind)s->kind) {

	case HOURS_YEARLY:
		return is_yearly(s, c);

	case HOURS_DATED:
		return day >= s->from && day <= s->to;

	case HOURS_EASTER:
		return is_by_easter(s, day, c->year);

	case HOURS_HOLIDAY:
		return holidays_has(holidays, day);
	}

	return false;
}


struct hours_day hours_day(const struct hours *h,
			   const struct holidays *holidays, int64_t day)
{
	const int64_t weekday = (day + EPOCH_WEEKDAY) % WEEK_DAYS;
	struct civil c;

	if (h->specialc)
		civil_from_days(day, &c);

	for (size_t i = h->specialc; i-- > 0;) {
		const struct hours_special *s = &h->special[i];

		if (special_fits(s, holidays, day, &c))
			return (struct hours_day){
				.rangev = &h->range[s->first],
				.rangec = s->n,
				.weekday = HOURS_WEEKDAY_ANY,
			};
	}

	return (struct hours_day){
		.rangev = h->range,
		.rangec = h->n,
		.weekday =
			(uint8_t)(weekday < 0 ? weekday + WEEK_DAYS : weekday),
	};
}
