/**
 * @file app/policy/zone.c  A time zone as a value: instants and local times
 */
#include "app/policy/zone.h"

#include "app/policy/text.h"

#include <string.h>


enum {
	MIN_S = 60,
	HOUR_S = 3600,
	DAY_S = 86400,
};


static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}


static int64_t floor_mod(int64_t a, int64_t b)
{
	return a - floor_div(a, b) * b;
}


static bool is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}


/* Days from 1970-01-01 to the 1st of a month, counted in years that start in
 * March, so that the leap day is a year's last */
static int64_t month_to_days(int64_t year, int64_t month)
{
	const int64_t y = year + floor_div(month - 1, 12);
	const int64_t m = floor_mod(month - 1, 12) + 1;
	const int64_t march_y = m > 2 ? y : y - 1;
	const int64_t march_m = m > 2 ? m - 3 : m + 9;

	return march_y * 365 + floor_div(march_y, 4) -
	       floor_div(march_y, 100) + floor_div(march_y, 400) +
	       (153 * march_m + 2) / 5 - 719468;
}


int64_t civil_to_days(int32_t year, unsigned month, unsigned day)
{
	return month_to_days(year, month) + day - 1;
}


unsigned civil_month_days(int32_t year, unsigned month)
{
	return (unsigned)(month_to_days(year, month + 1) -
			  month_to_days(year, month));
}


void civil_from_days(int64_t days, struct civil *c)
{
	const int64_t max = ZONE_UTC_MAX_S / DAY_S;
	int64_t era, doe, yoe, doy, march_m, month;

	if (!c)
		return;
	memset(c, 0, sizeof(*c));

	days = days > max ? max : days < -max ? -max : days;
	c->weekday = (uint8_t)floor_mod(days + 3, 7);

	/* 400 years are 146097 days, 100 are 36524, 4 are 1461 */
	days += 719468;
	era = floor_div(days, 146097);
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	march_m = (5 * doy + 2) / 153;
	month = march_m < 10 ? march_m + 3 : march_m - 9;

	c->year = (int32_t)(yoe + era * 400 + (month <= 2));
	c->month = (uint8_t)month;
	c->day = (uint8_t)(doy - (153 * march_m + 2) / 5 + 1);
}


/* The local seconds since 1970 at which a switch of a year stands */
static int64_t switch_local_s(const struct zone_switch *sw, int64_t year)
{
	int64_t days = month_to_days(year, 1);

	if (sw->kind == 'M') {
		const int64_t first = month_to_days(year, sw->month);
		const int64_t next = month_to_days(year, sw->month + 1);

		/* 1970-01-01 was a Thursday */
		days = first + floor_mod(sw->day - (first + 4), 7) +
		       (sw->week - 1) * 7;
		if (days >= next)
			days -= 7;
	}
	else if (sw->kind == 'J') {
		days += sw->day - 1 + (is_leap(year) && sw->day > 59);
	}
	else {
		days += sw->day;
	}

	return days * DAY_S + sw->at_s;
}


/* The instants at which a year's daylight saving starts, and then ends: in
 * the south in the year after */
static void rule_span(const struct zone_rule *r, int64_t year, int64_t *start,
		      int64_t *end)
{
	*start = switch_local_s(&r->start, year) - r->std_s;
	*end = switch_local_s(&r->end, year) - r->dst_s;
	if (*end < *start)
		*end = switch_local_s(&r->end, year + 1) - r->dst_s;
}


static int64_t rule_year(int64_t utc_s)
{
	struct civil c;

	civil_from_days(floor_div(utc_s, DAY_S), &c);
	return c.year;
}


/* A span may start in the year before, or end in the one after, by the
 * southern half and by times of up to a week. Spans that touch are one, as
 * in a zone that has daylight saving all year. */
static int32_t rule_offset_s(const struct zone_rule *r, int64_t utc_s)
{
	int64_t year;

	if (!r->has_dst)
		return r->std_s;

	year = rule_year(utc_s);
	for (int64_t y = year - 2; y <= year + 1; y++) {
		int64_t start, end;

		rule_span(r, y, &start, &end);
		if (utc_s >= start && utc_s < end)
			return r->dst_s;
	}

	return r->std_s;
}


static bool rule_next(const struct zone_rule *r, int64_t utc_s, int64_t *at_s)
{
	bool found = false;
	int64_t year;

	if (!r->valid || !r->has_dst)
		return false;

	year = rule_year(utc_s);
	for (int64_t y = year - 2; y <= year + 2; y++) {
		int64_t span[2];

		rule_span(r, y, &span[0], &span[1]);
		for (size_t i = 0; i < 2; i++) {
			if (span[i] <= utc_s || (found && span[i] >= *at_s))
				continue;
			*at_s = span[i];
			found = true;
		}
	}

	return found;
}


/* How many transitions are at or before an instant */
static size_t zone_index(const struct zone *z, int64_t utc_s)
{
	size_t low = 0, high = z->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (z->at_s[mid] <= utc_s)
			low = mid + 1;
		else
			high = mid;
	}

	return low;
}


static int64_t utc_clamp(int64_t utc_s)
{
	if (utc_s > ZONE_UTC_MAX_S)
		return ZONE_UTC_MAX_S;
	if (utc_s < -ZONE_UTC_MAX_S)
		return -ZONE_UTC_MAX_S;

	return utc_s;
}


int32_t zone_offset_s(const struct zone *z, int64_t utc_s)
{
	size_t i;

	if (!z)
		return 0;

	utc_s = utc_clamp(utc_s);
	i = zone_index(z, utc_s);
	if (i == z->n && z->rule.valid)
		return rule_offset_s(&z->rule, utc_s);

	return i ? z->off_s[i - 1] : z->first_s;
}


int64_t zone_local_s(const struct zone *z, int64_t utc_s)
{
	utc_s = utc_clamp(utc_s);
	return utc_s + zone_offset_s(z, utc_s);
}


bool zone_next_change(const struct zone *z, int64_t utc_s, int64_t *at_s)
{
	size_t i;

	if (!z || !at_s)
		return false;

	utc_s = utc_clamp(utc_s);
	i = zone_index(z, utc_s);
	if (i == z->n)
		return rule_next(&z->rule, utc_s, at_s);

	*at_s = z->at_s[i];
	return true;
}


void zone_to_civil(const struct zone *z, int64_t utc_s, struct civil *c)
{
	const int64_t local = zone_local_s(z, utc_s);
	const int64_t sec = floor_mod(local, DAY_S);

	if (!c)
		return;

	civil_from_days(floor_div(local, DAY_S), c);
	c->hour = (uint8_t)(sec / HOUR_S);
	c->min = (uint8_t)(sec % HOUR_S / MIN_S);
	c->sec = (uint8_t)(sec % MIN_S);
}


/* Walks the spans of equal offset around the instant: the first that holds
 * the local time has it; one that starts behind it has skipped it, and then
 * the offset before the gap carries it over */
int64_t zone_from_civil(const struct zone *z, const struct civil *c)
{
	int64_t local, from, next, utc, before;

	if (!c)
		return 0;

	local = utc_clamp(civil_to_days(c->year, c->month, c->day) * DAY_S +
			  c->hour * HOUR_S + c->min * MIN_S + c->sec);
	from = local - ZONE_OFFSET_MAX_S;
	utc = local - zone_offset_s(z, from);

	while (zone_next_change(z, from, &next) && utc >= next) {
		before = utc;
		from = next;
		utc = local - zone_offset_s(z, from);
		if (utc < from)
			return before;
	}

	return utc;
}


void zone_utc_init(struct zone *z)
{
	if (!z)
		return;

	memset(z, 0, sizeof(*z));
	text_copy(z->name, sizeof(z->name), "UTC");
}
