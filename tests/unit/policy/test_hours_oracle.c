/**
 * @file tests/unit/policy/test_hours_oracle.c  Hours against every minute
 *
 * Random schedules in several zones; the judge looks at each minute with the
 * C library's localtime_r. The seed is fixed.
 */
#define _POSIX_C_SOURCE 200809L

#include "app/policy/hours.h"

#include "zone_file.h"

#include "check.h"

#include <time.h>

enum {
	MIN_S = 60,
	DAY_S = 86400,
	DAY_MIN = 1440,
	WEEK_DAYS = 7,
	ORACLE_DAYS = 8,
	ORACLE_ROWS = 100, /* schedules for each zone */
	TEXT_MAX = 4096,
};


/* What the clock on the wall says, by the C library */
static bool oracle_open(const struct hours *h, int64_t utc_s)
{
	const time_t t = (time_t)utc_s;
	struct tm tm;
	int day, min;

	assert_non_null(localtime_r(&t, &tm));
	day = (tm.tm_wday + 6) % WEEK_DAYS;
	min = tm.tm_hour * 60 + tm.tm_min;

	for (size_t i = 0; i < h->n; i++) {
		const struct hours_range *r = &h->range[i];

		if (r->weekday == day && min >= r->from_min && min < r->to_min)
			return true;
		if ((r->weekday + 1) % WEEK_DAYS == day &&
		    min + DAY_MIN < r->to_min)
			return true;
	}

	return false;
}


/* Minute by minute; false: none within ORACLE_DAYS */
static bool oracle_next(const struct hours *h, int64_t utc_s, bool open,
			int64_t *at_s)
{
	bool was = oracle_open(h, utc_s);

	for (int64_t t = utc_s - utc_s % MIN_S + MIN_S;
	     t <= utc_s + ORACLE_DAYS * DAY_S; t += MIN_S) {
		const bool is = oracle_open(h, t);

		if (is != was && is == open) {
			*at_s = t;
			return true;
		}
		was = is;
	}

	return false;
}


/* A few ranges as text, many of them about the hours that change */
static void random_text(uint64_t *seed, char text[TEXT_MAX])
{
	static const char day[WEEK_DAYS][3] = {"Mo", "Tu", "We", "Th",
					       "Fr", "Sa", "Su"};
	const int64_t n = check_random_in(seed, 1, 8);
	size_t len = 0;

	for (int64_t i = 0; i < n; i++) {
		const int64_t step = check_random_in(seed, 0, 1) ? 30 : 1;
		const int64_t from =
			check_random_in(seed, 0, 1439) / step * step;
		const int64_t span = check_random_in(seed, 0, 3)
					     ? check_random_in(seed, 1, 300)
					     : check_random_in(seed, 1, 1440);
		const int64_t to = (from + span / step * step) % DAY_MIN;

		len += (size_t)snprintf(
			text + len, TEXT_MAX - len,
			"%s%s-%s %02d:%02d-%02d:%02d", i ? "; " : "",
			day[check_random(seed) % WEEK_DAYS],
			day[check_random(seed) % WEEK_DAYS], (int)(from / 60),
			(int)(from % 60), (int)(to / 60), (int)(to % 60));
	}
}


static void expect_oracle(const struct hours *h, const struct zone *z,
			  const char *text, int64_t utc_s, bool open)
{
	int64_t got = 0, want = 0;
	bool found, wanted;

	if (hours_open(h, z, utc_s) != oracle_open(h, utc_s))
		fail_msg("%s, \"%s\": open at %lld is wrong", z->name, text,
			 (long long)utc_s);

	found = hours_next(h, z, utc_s, open, &got);
	if (found && got > utc_s + ORACLE_DAYS * DAY_S)
		found = false;
	wanted = oracle_next(h, utc_s, open, &want);
	if (found != wanted || (found && got != want))
		fail_msg("%s, \"%s\": after %lld %s at %lld, not %lld",
			 z->name, text, (long long)utc_s,
			 open ? "opens" : "closes", (long long)got,
			 (long long)want);
}


static void hours_are_what_a_look_at_every_minute_finds(void **state)
{
	static const char *const name[] = {
		"Europe/Berlin",  "America/New_York",  "Australia/Lord_Howe",
		"Asia/Kathmandu", "Africa/Casablanca", "Europe/Dublin",
		"Pacific/Apia"};
	static struct hours h;
	static struct zone z;
	char text[TEXT_MAX];
	uint64_t seed = 603;

	(void)state;
	for (size_t i = 0; i < ROWS(name); i++) {
		zone_file_load(&z, name[i]);
		zone_libc_set(name[i]);
		for (unsigned k = 0; k < ORACLE_ROWS; k++) {
			int64_t t = check_random_in(
				&seed, zone_utc("2005-01-01T00:00"),
				zone_utc("2060-01-01T00:00"));
			int64_t change;

			/* half of them in the days before a change */
			if (k % 2 && zone_next_change(&z, t, &change))
				t = change -
				    check_random_in(&seed, 0, 3 * DAY_S);
			random_text(&seed, text);
			assert_int_equal(hours_parse(&h, text, NULL), 0);
			expect_oracle(&h, &z, text, t, k / 2 % 2);
		}
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_are_what_a_look_at_every_minute_finds),
	};

	return cmocka_run_group_tests_name("hours_oracle", tests, NULL, NULL);
}
