/**
 * @file tests/unit/policy/test_hours_days.c  Dates, Easter, holidays and the
 *       second Wednesday, open or closed
 */
#include "app/policy/holidays.h"
#include "app/policy/hours.h"

#include "zone_file.h"

#include "check.h"

static const char berlin[] = "Europe/Berlin";

/* 2026-10-03, 2026-12-25 and 26, and 1 January of each year */
static const struct holidays_span spans[] = {{20729, 20729}, {20812, 20813}};
static const struct holidays_rule new_year[] = {{
	.first = 0,
	.last = HOLIDAYS_FOREVER,
	.days = 1,
	.interval = 1,
	.months = 1 << 1,
	.month_days = 1 << 1,
}};
static const struct holidays holidays = {
	.spanv = spans,
	.spanc = ROWS(spans),
	.rulev = new_year,
	.rulec = ROWS(new_year),
};


static void parse(struct hours *h, const char *text)
{
	struct text_error err = {0, ""};

	if (hours_parse(h, text, &err))
		fail_msg("\"%s\" at %zu: %s", text, err.off, err.what);
}


static const struct {
	const char *text, *utc;
	bool open;
} open_row[] = {
	/* 2026-12-24 is a Thursday, 2026-04-05 Easter Sunday */
	{"Mo-Fr 09:00-18:00; Dec 24 09:00-12:00", "2026-12-24T11:59", true},
	{"Mo-Fr 09:00-18:00; Dec 24 09:00-12:00", "2026-12-24T12:00", false},
	{"Mo-Fr 09:00-18:00; Dec 24 09:00-12:00", "2026-12-23T17:00", true},
	{"Mo-Fr 09:00-18:00; Dec 24 09:00-12:00", "2027-12-24T17:00", false},
	{"Mo-Fr 09:00-18:00; 2026 Dec 24 off", "2026-12-24T10:00", false},
	{"Mo-Fr 09:00-18:00; 2026 Dec 24 off", "2027-12-24T10:00", true},
	{"24/7; Dec 24-26 off", "2026-12-23T23:59", true},
	{"24/7; Dec 24-26 off", "2026-12-24T00:00", false},
	{"24/7; Dec 24-26 off", "2026-12-26T23:59", false},
	{"24/7; Dec 24-26 off", "2026-12-27T00:00", true},
	{"24/7; Dec 24-Jan 6 off", "2026-12-31T12:00", false},
	{"24/7; Dec 24-Jan 6 off", "2026-01-06T12:00", false},
	{"24/7; Dec 24-Jan 6 off", "2026-01-07T12:00", true},
	{"24/7; Dec 24-Jan 6 off", "2026-12-23T12:00", true},
	{"24/7; Feb 29 off", "2028-02-29T12:00", false},
	{"24/7; Feb 29 off", "2027-03-01T12:00", true},
	{"24/7; Feb 29 off", "2027-02-28T12:00", true},
	{"24/7; Feb off", "2028-02-29T12:00", false},
	/* the last that fits the day holds, an open one too */
	{"24/7; Dec off; Dec 24 10:00-12:00", "2026-12-24T11:00", true},
	{"24/7; Dec off; Dec 24 10:00-12:00", "2026-12-24T12:00", false},
	{"24/7; Dec 24 10:00-12:00; Dec off", "2026-12-24T11:00", false},
	{"Dec 24 10:00-12:00", "2026-12-24T11:00", true},
	{"Dec 24 10:00-12:00", "2026-12-25T11:00", false},
	/* a night belongs to the day on which it starts */
	{"Mo-Su 22:00-02:00; Dec 25 off", "2026-12-25T01:00", true},
	{"Mo-Su 22:00-02:00; Dec 25 off", "2026-12-25T23:00", false},
	{"Mo-Su 22:00-02:00; Dec 25 off", "2026-12-26T01:00", false},
	{"Mo-Fr 09:00-18:00; Dec 31 22:00-04:00", "2027-01-01T03:59", true},
	{"Mo-Fr 09:00-18:00; Dec 31 22:00-04:00", "2027-01-01T04:00", false},
	{"Dec 31 22:00-04:00; Jan 1 off", "2027-01-01T03:00", true},
	/* Easter, and what is counted from it over the year's end */
	{"24/7; easter off", "2026-04-05T12:00", false},
	{"24/7; easter off", "2026-04-06T12:00", true},
	{"24/7; easter+1 off", "2026-04-06T12:00", false},
	{"24/7; easter-2 off", "2026-04-03T12:00", false},
	{"24/7; easter-2-easter+1 off", "2026-04-04T12:00", false},
	{"24/7; easter-2-easter+1 off", "2026-04-07T12:00", true},
	{"24/7; easter+60 off", "2026-06-04T12:00", false},
	{"24/7; easter-100 off", "2025-12-26T12:00", false},
	{"24/7; easter-100 off", "2026-12-18T12:00", false},
	{"24/7; easter off", "2038-04-25T12:00", false},
	{"24/7; easter off", "2285-03-22T12:00", false},
	/* holidays */
	{"24/7; PH off", "2026-10-03T12:00", false},
	{"24/7; PH off", "2026-10-04T12:00", true},
	{"24/7; PH off", "2026-12-26T12:00", false},
	{"24/7; PH off", "2031-01-01T12:00", false},
	{"Mo-Fr 09:00-18:00; PH 10:00-12:00", "2026-10-03T11:00", true},
	{"24/7; PH off; Dec 25 10:00-12:00", "2026-12-25T11:00", true},
	{"24/7; PH Mo-Fr off", "2026-12-25T12:00", false},
	{"24/7; PH Mo-Fr off", "2026-12-26T12:00", true},
	/* the second Wednesday: 2026-07-08; the last Friday: 2026-07-31 */
	{"We[2] 14:00-16:00", "2026-07-08T15:00", true},
	{"We[2] 14:00-16:00", "2026-07-01T15:00", false},
	{"We[2] 14:00-16:00", "2026-07-15T15:00", false},
	{"24/7; Fr[-1] off", "2026-07-31T12:00", false},
	{"24/7; Fr[-1] off", "2026-07-24T12:00", true},
	{"24/7; Fr[5] off", "2026-07-31T12:00", false},
	{"24/7; Fr[5] off", "2026-06-26T12:00", true},
	{"24/7; Fr[-2] off", "2026-07-24T12:00", false},
	{"24/7; Nov Th[4] off", "2026-11-26T12:00", false},
	{"24/7; Nov Th[4] off", "2026-10-22T12:00", true},
	{"Mo-Fr 08:00-18:00; Jul Mo-Fr 08:00-12:00", "2026-07-08T13:00",
	 false},
	{"Mo-Fr 08:00-18:00; Jul Mo-Fr 08:00-12:00", "2026-08-03T13:00", true},
	{"Mo-Sa 08:00-18:00; Jul Mo-Fr 08:00-12:00", "2026-07-04T13:00", true},
	/* before 1970, and before there was a Gregorian Easter */
	{"24/7; Dec 24 off", "1969-12-24T12:00", false},
	{"24/7; 1600 Feb 29 off", "1600-02-29T12:00", false},
	{"24/7; easter off", "1500-04-19T12:00", true},
	{"24/7; easter off", "1583-04-10T12:00", false},
};


static void special_days_replace_and_nights_go_on(void **state)
{
	static struct hours h;
	static struct zone z;

	(void)state;
	zone_utc_init(&z);
	for (size_t i = 0; i < ROWS(open_row); i++) {
		parse(&h, open_row[i].text);
		if (hours_open(&h, &holidays, &z, zone_utc(open_row[i].utc)) !=
		    open_row[i].open)
			fail_msg("row %zu: %s at %s", i, open_row[i].text,
				 open_row[i].utc);
	}
}


static void without_holidays_PH_is_no_day(void **state)
{
	static struct hours h;
	static struct zone z;

	(void)state;
	zone_utc_init(&z);
	parse(&h, "24/7; PH off");
	assert_true(hours_open(&h, NULL, &z, zone_utc("2026-10-03T12:00")));
}


static const struct {
	const char *zone, *text, *utc;
	bool open;
	const char *next; /* NULL: none */
} next_row[] = {
	/* over Christmas, and over the year's end */
	{"UTC", "Mo-Fr 09:00-18:00; Dec 24-26 off", "2026-12-23T18:00", true,
	 "2026-12-28T09:00"},
	{"UTC", "Mo-Fr 09:00-18:00; Dec 24-Jan 6 off", "2026-12-23T18:00",
	 true, "2027-01-07T09:00"},
	{berlin, "Mo-Fr 09:00-18:00; Dec 24-Jan 6 off", "2026-12-23T17:30",
	 true, "2027-01-07T08:00"},
	{"UTC", "24/7; Dec 24 off", "2026-12-01T00:00", false,
	 "2026-12-24T00:00"},
	{"UTC", "24/7; Dec 24 off", "2026-12-24T00:00", true,
	 "2026-12-25T00:00"},
	{"UTC", "24/7; Dec 24 off", "2026-12-24T12:00", false,
	 "2027-12-24T00:00"},
	/* a night and the day behind it touch */
	{"UTC", "Mo-Su 22:00-02:00; Dec 25 02:00-04:00", "2026-12-24T23:00",
	 false, "2026-12-25T04:00"},
	{"UTC", "Mo-Su 09:00-24:00; Dec 25 00:00-08:00", "2026-12-24T12:00",
	 false, "2026-12-25T08:00"},
	{"UTC", "24/7; Dec 25 00:00-24:00", "2026-12-24T12:00", false, NULL},
	/* a long way, and one day too far */
	{"UTC", "Dec 24 10:00-12:00", "2026-12-24T12:00", true,
	 "2027-12-24T10:00"},
	{"UTC", "2028 Dec 24 10:00-12:00", "2027-12-24T10:00", true,
	 "2028-12-24T10:00"},
	{"UTC", "2028 Dec 24 10:00-12:00", "2027-12-24T09:59:59", true, NULL},
	{"UTC", "Feb 29 10:00-12:00", "2027-02-28T09:59:59", true, NULL},
	{"UTC", "Feb 29 10:00-12:00", "2027-02-28T10:00", true,
	 "2028-02-29T10:00"},
	{"UTC", "2026 Dec 24 10:00-12:00", "2026-12-24T12:00", true, NULL},
	{"UTC", "24/7; Jan-Dec off", "2026-12-24T12:00", true, NULL},
	{"UTC", "24/7; PH off", "2026-12-24T12:00", false, "2026-12-25T00:00"},
	{"UTC", "24/7; PH off", "2026-12-25T12:00", true, "2026-12-27T00:00"},
	{"UTC", "easter 10:00-12:00", "2026-04-05T12:00", true,
	 "2027-03-28T10:00"},
	{"UTC", "We[2] 14:00-16:00", "2026-07-08T14:00", true,
	 "2026-08-12T14:00"},
	{"UTC", "Sa[5] 14:00-16:00", "2026-01-31T14:00", true,
	 "2026-05-30T14:00"},
	/* Easter Sunday of 2027 is the day on which the clocks go forward */
	{berlin, "easter 02:15-02:45", "2027-03-01T00:00", true, NULL},
	{berlin, "easter 02:30-04:00", "2027-03-01T00:00", true,
	 "2027-03-28T01:00"},
	{berlin, "Oct 25 02:15-02:45", "2026-10-25T00:15", true,
	 "2026-10-25T01:15"},
	/* the 30th that Samoa skipped */
	{"Pacific/Apia", "Dec 30 09:00-10:00", "2011-12-01T00:00", true, NULL},
	{"Pacific/Apia", "Dec 29 22:00-02:00", "2011-12-30T09:30", false,
	 "2011-12-30T10:00"},
};


static void the_next_change_is_found_over_special_days(void **state)
{
	static struct hours h;
	static struct zone z;

	(void)state;
	for (size_t i = 0; i < ROWS(next_row); i++) {
		const char *want = next_row[i].next;
		int64_t at_s = 0;
		bool found;

		parse(&h, next_row[i].text);
		zone_file_load(&z, next_row[i].zone);
		found = hours_next(&h, &holidays, &z,
				   zone_utc(next_row[i].utc), next_row[i].open,
				   &at_s);
		if (found != !!want || (want && at_s != zone_utc(want)))
			fail_msg("row %zu: %s after %s, off by %lld s", i,
				 next_row[i].text, next_row[i].utc,
				 want ? (long long)(at_s - zone_utc(want))
				      : (long long)at_s);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(special_days_replace_and_nights_go_on),
		cmocka_unit_test(without_holidays_PH_is_no_day),
		cmocka_unit_test(the_next_change_is_found_over_special_days),
	};

	return cmocka_run_group_tests_name("hours_days", tests, NULL, NULL);
}
