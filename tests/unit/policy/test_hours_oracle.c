/**
 * @file tests/unit/policy/test_hours_oracle.c  Hours against every minute
 *
 * Random schedules with special days in several zones; the judge looks at
 * each minute with the C library's localtime_r, and reads what was put into
 * the schedule's text, not what was read of it. The seed is fixed.
 */
#include "app/policy/holidays.h"
#include "app/policy/hours.h"

#include "hours_judge.h"
#include "zone_file.h"

#include "check.h"

enum {
	MIN_S = 60,
	DAY_S = 86400,
	DAY_MIN = 1440,
	ORACLE_DAYS = 8,
	ORACLE_ROWS = 100, /* schedules for each zone */
	FAR_ROWS = 2,      /* looked at until the horizon */
};

static const char day_name[JUDGE_WEEK_DAYS][3] = {"Mo", "Tu", "We", "Th",
						  "Fr", "Sa", "Su"};
static const char month_name[12][4] = {"Jan", "Feb", "Mar", "Apr",
				       "May", "Jun", "Jul", "Aug",
				       "Sep", "Oct", "Nov", "Dec"};
/* 1 May and 26 October of each year: the one far from a change of the
 * clocks, the other often beside it */
static const struct holidays_rule holiday_rule[] = {
	{.first = 0,
	 .last = HOLIDAYS_FOREVER,
	 .days = 1,
	 .interval = 1,
	 .months = 1 << 5,
	 .month_days = 1 << 1},
	{.first = 0,
	 .last = HOLIDAYS_FOREVER,
	 .days = 1,
	 .interval = 1,
	 .months = 1 << 10,
	 .month_days = 1 << 26},
};
static const struct holidays holidays = {
	.rulev = holiday_rule,
	.rulec = ROWS(holiday_rule),
};


/* Minute by minute; false: none within so many days */
static bool oracle_next(const struct judge_schedule *s, int64_t utc_s,
			bool open, int days, int64_t *at_s)
{
	bool was = judge_open(s, utc_s);

	for (int64_t t = utc_s - utc_s % MIN_S + MIN_S;
	     t <= utc_s + (int64_t)days * DAY_S; t += MIN_S) {
		const bool is = judge_open(s, t);

		if (is != was && is == open) {
			*at_s = t;
			return true;
		}
		was = is;
	}

	return false;
}


/* The schedule */

static void print(struct judge_schedule *s, const char *what, ...)
	__attribute__((format(printf, 2, 3)));

static void print(struct judge_schedule *s, const char *what, ...)
{
	va_list ap;

	va_start(ap, what);
	s->len += (size_t)vsnprintf(s->text + s->len, JUDGE_TEXT_MAX - s->len,
				    what, ap);
	va_end(ap);
	assert_true(s->len < JUDGE_TEXT_MAX);
}


static int random_in(uint64_t *seed, int low, int high)
{
	return (int)check_random_in(seed, low, high);
}


static struct judge_range range_print(struct judge_schedule *s, uint64_t *seed)
{
	const int step = random_in(seed, 0, 1) ? 30 : 1;
	const int from = random_in(seed, 0, 1439) / step * step;
	const int span =
		random_in(seed, 1, random_in(seed, 0, 3) ? 300 : 1440);
	const int to = (from + span / step * step) % DAY_MIN;

	print(s, "%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60,
	      to % 60);
	return (struct judge_range){from, to <= from ? to + DAY_MIN : to};
}


/* A few ranges, many of them about the hours that change */
static void week_print(struct judge_schedule *s, uint64_t *seed)
{
	for (int n = random_in(seed, 1, 8); n; n--) {
		const int first = random_in(seed, 0, JUDGE_WEEK_DAYS - 1);
		const int last = random_in(seed, 0, JUDGE_WEEK_DAYS - 1);
		struct judge_range r;

		print(s, "%s%s-%s ", s->len ? "; " : "", day_name[first],
		      day_name[last]);
		r = range_print(s, seed);
		for (int d = first;; d = (d + 1) % JUDGE_WEEK_DAYS) {
			s->week[d][s->n[d]++] = r;
			if (d == last)
				break;
		}
	}
}


/* A day within a few of the instant that is asked for, if near */
static void date_choose(struct judge_special *s, uint64_t *seed, int64_t utc_s)
{
	struct civil c;

	civil_from_days(utc_s / DAY_S + random_in(seed, -2, 9), &c);
	s->year = c.year;
	s->month = c.month;
	s->day = c.day;
}


static void dates_print(struct judge_schedule *s, struct judge_special *own,
			uint64_t *seed)
{
	own->month_to = own->month;
	own->day_to = own->day;
	if (own->kind == JUDGE_DATED)
		print(s, "%d ", own->year);
	print(s, "%s %d", month_name[own->month - 1], own->day);
	if (random_in(seed, 0, 1))
		return;

	if (random_in(seed, 0, 1) || own->kind == JUDGE_DATED) {
		own->day_to = random_in(
			seed, own->day,
			own->month == 2 ? (own->day > 28 ? own->day : 28)
					: judge_month_days[own->month - 1]);
		print(s, "-%d", own->day_to);
		return;
	}

	own->month_to = own->month % 12 + 1;
	own->day_to = random_in(seed, 1, judge_month_days[own->month_to - 1]);
	print(s, "-%s %d", month_name[own->month_to - 1], own->day_to);
}


static void months_print(struct judge_schedule *s, struct judge_special *own,
			 uint64_t *seed)
{
	own->month_to = (own->month + random_in(seed, -1, 3)) % 12 + 1;
	own->day = 1;
	own->day_to = 31;
	print(s, "%s-%s", month_name[own->month - 1],
	      month_name[own->month_to - 1]);
	if (random_in(seed, 0, 1)) {
		own->weekday = random_in(seed, 0, JUDGE_WEEK_DAYS - 1);
		print(s, " %s", day_name[own->weekday]);
	}
}


static void easter_print(struct judge_schedule *s, struct judge_special *own,
			 uint64_t *seed)
{
	own->off = own->off_to = random_in(seed, -60, 60);
	print(s, "easter%+d", own->off);
	if (random_in(seed, 0, 1)) {
		own->off_to += random_in(seed, 0, 10);
		print(s, "-easter%+d", own->off_to);
	}
}


static void days_print(struct judge_schedule *s, struct judge_special *own,
		       uint64_t *seed)
{
	switch (own->kind) {

	case JUDGE_DATES:
	case JUDGE_DATED:
		dates_print(s, own, seed);
		break;

	case JUDGE_MONTHS:
		months_print(s, own, seed);
		break;

	case JUDGE_EASTER:
		easter_print(s, own, seed);
		break;

	case JUDGE_HOLIDAYS:
		print(s, "PH");
		break;

	case JUDGE_NTH:
		own->nth = random_in(seed, 1, 5) *
			   (random_in(seed, 0, 1) ? 1 : -1);
		own->weekday = random_in(seed, 0, JUDGE_WEEK_DAYS - 1);
		own->month = own->day = 1;
		own->month_to = 12;
		own->day_to = 31;
		print(s, "%s[%d]", day_name[own->weekday], own->nth);
		break;

	case JUDGE_KINDS:
		break;
	}
}


static void special_print(struct judge_schedule *s, uint64_t *seed,
			  int64_t utc_s)
{
	struct judge_special *own = &s->special[s->specialc];
	const size_t len = s->len;

	*own = (struct judge_special){
		.kind = (enum judge_kind)random_in(seed, 0, JUDGE_KINDS - 1),
		.weekday = -1,
	};
	date_choose(own, seed, utc_s);
	print(s, "%s", s->len ? "; " : "");
	days_print(s, own, seed);

	if (random_in(seed, 0, 1)) {
		print(s, " off");
	}
	else {
		own->n = random_in(seed, 1, JUDGE_RANGES_MAX);
		for (int i = 0; i < own->n; i++) {
			print(s, i ? "," : " ");
			own->range[i] = range_print(s, seed);
		}
	}

	/* The same days again are an error, told elsewhere */
	if (hours_parse(&(struct hours){.n = 0}, s->text, NULL)) {
		s->len = len;
		s->text[len] = '\0';
		return;
	}
	s->specialc++;
}


static void schedule_make(struct judge_schedule *s, uint64_t *seed,
			  int64_t utc_s, bool week)
{
	memset(s, 0, sizeof(*s));
	if (week)
		week_print(s, seed);
	for (int n = random_in(seed, week ? 0 : 1, JUDGE_SPECIALS_MAX); n; n--)
		special_print(s, seed, utc_s);
}


static void expect_oracle(const struct judge_schedule *s, const struct zone *z,
			  int64_t utc_s, bool open, int days)
{
	int64_t got = 0, want = 0;
	bool found, wanted;
	struct hours h;

	assert_int_equal(hours_parse(&h, s->text, NULL), 0);
	if (hours_open(&h, &holidays, z, utc_s) != judge_open(s, utc_s))
		fail_msg("%s, \"%s\": open at %lld is wrong", z->name, s->text,
			 (long long)utc_s);

	found = hours_next(&h, &holidays, z, utc_s, open, &got);
	if (found && got > utc_s + (int64_t)days * DAY_S)
		found = false;
	wanted = oracle_next(s, utc_s, open, days, &want);
	if (found != wanted || (found && got != want))
		fail_msg("%s, \"%s\": after %lld %s at %lld, not %lld",
			 z->name, s->text, (long long)utc_s,
			 open ? "opens" : "closes", (long long)got,
			 (long long)want);
}


static const char *const zone_name[] = {
	"Europe/Berlin",  "America/New_York",  "Australia/Lord_Howe",
	"Asia/Kathmandu", "Africa/Casablanca", "Europe/Dublin",
	"Pacific/Apia"};


/* An instant, half of them in the days before a change of the clocks */
static int64_t instant(const struct zone *z, uint64_t *seed, bool before)
{
	const int64_t t = check_random_in(seed, zone_utc("2005-01-01T00:00"),
					  zone_utc("2060-01-01T00:00"));
	int64_t change;

	if (before && zone_next_change(z, t, &change))
		return change - check_random_in(seed, 0, 3 * DAY_S);

	return t;
}


static void hours_are_what_a_look_at_every_minute_finds(void **state)
{
	static struct judge_schedule s;
	static struct zone z;
	uint64_t seed = 603;

	(void)state;
	for (size_t i = 0; i < ROWS(zone_name); i++) {
		zone_file_load(&z, zone_name[i]);
		zone_libc_set(zone_name[i]);
		for (unsigned k = 0; k < ORACLE_ROWS; k++) {
			const int64_t t = instant(&z, &seed, k % 2);

			schedule_make(&s, &seed, t, true);
			expect_oracle(&s, &z, t, k / 2 % 2, ORACLE_DAYS);
		}
	}
}


static void special_days_far_away_are_found_by_the_minute(void **state)
{
	static struct judge_schedule s;
	static struct zone z;
	uint64_t seed = 486;

	(void)state;
	for (size_t i = 0; i < ROWS(zone_name); i++) {
		zone_file_load(&z, zone_name[i]);
		zone_libc_set(zone_name[i]);
		for (unsigned k = 0; k < FAR_ROWS; k++) {
			const int64_t t = instant(&z, &seed, false);

			/* dates near another instant than the one asked for */
			schedule_make(&s, &seed, t + 200 * DAY_S, false);
			expect_oracle(&s, &z, t, true, HOURS_HORIZON_DAY);
		}
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_are_what_a_look_at_every_minute_finds),
		cmocka_unit_test(
			special_days_far_away_are_found_by_the_minute),
	};

	return cmocka_run_group_tests_name("hours_oracle", tests, NULL, NULL);
}
