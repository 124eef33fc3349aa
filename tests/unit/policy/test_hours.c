/**
 * @file tests/unit/policy/test_hours.c  Opening hours, both clock changes
 */
#include "app/policy/hours.h"

#include "zone_file.h"

#include "check.h"

#include <errno.h>

enum {
	HOUR_S = 3600,
	DAY_S = 86400,
	WEEK_DAYS = 7,
	TEXT_MAX = 4096,
};

static const char berlin[] = "Europe/Berlin";


static void parse(struct hours *h, const char *text)
{
	struct text_error err = {0, ""};

	if (hours_parse(h, text, &err))
		fail_msg("\"%s\" at %zu: %s", text, err.off, err.what);
}


static const struct {
	const char *text;
	size_t n;
	struct hours_range last; /* of the ranges, in their order */
} parse_row[] = {
	{"off", 0, {0, 0, 0}},
	{" off ", 0, {0, 0, 0}},
	{"24/7", 7, {6, 0, 1440}},
	{"Mo 09:00-12:30", 1, {0, 540, 750}},
	{"Su 00:00-24:00", 1, {6, 0, 1440}},
	{"Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00", 11, {5, 600, 840}},
	{"Mo,We 08:00-09:00", 2, {2, 480, 540}},
	{"Mo,We-Fr,Su 08:00-09:00", 5, {6, 480, 540}},
	{"Fr-Mo 08:00-09:00", 4, {6, 480, 540}},
	{"Mo-Su 08:00-09:00", 7, {6, 480, 540}},
	{"Tu-Mo 08:00-09:00", 7, {6, 480, 540}},
	{"We-We 08:00-09:00", 1, {2, 480, 540}},
	{"We,We,Tu-We 08:00-09:00", 2, {2, 480, 540}},
	{"Fr 22:00-02:00", 1, {4, 1320, 1560}},
	{"Fr 23:59-23:58", 1, {4, 1439, 2878}},
	{"Fr 23:59-23:59", 1, {4, 1439, 2879}},
	{"Fr 00:00-00:00", 1, {4, 0, 1440}},
	{"Fr 22:00-24:00", 1, {4, 1320, 1440}},
	{"Mo 09:00-12:00; Mo 13:00-14:00", 2, {0, 780, 840}},
	{"\tMo , Tu 09:00 - 12:00 , 13:00 - 14:00 ;We\t10:00-11:00 ",
	 5,
	 {2, 600, 660}},
};


static void a_schedule_is_read(void **state)
{
	static struct hours h;

	(void)state;
	for (size_t i = 0; i < ROWS(parse_row); i++) {
		const struct hours_range *want = &parse_row[i].last, *r;

		parse(&h, parse_row[i].text);
		if (h.n != parse_row[i].n)
			fail_msg("\"%s\": %zu ranges", parse_row[i].text, h.n);
		if (!h.n)
			continue;
		r = &h.range[h.n - 1];
		if (r->weekday != want->weekday ||
		    r->from_min != want->from_min || r->to_min != want->to_min)
			fail_msg("\"%s\": ends with %u %u-%u",
				 parse_row[i].text, r->weekday, r->from_min,
				 r->to_min);
	}
}


static const struct {
	const char *text;
	size_t off;
	const char *what; /* how the message starts */
} error_row[] = {
	{"", 0, "no hours: write e.g. \"Mo-Fr 09:00-18:00\""},
	{"  ", 2, "no hours: write e.g."},
	{"always", 0, "no day: write Mo Tu We Th Fr Sa Su"},
	{"09:00-18:00", 0, "no day: write"},
	{"mo 09:00-18:00", 0, "no day: write"},
	{"Mo-Fr 09:00-18:00; Di 09:00-12:00", 19, "no day: write"},
	{"Mon 09:00-18:00", 0, "a day has two letters"},
	{"Mo-Fri 09:00-18:00", 3, "a day has two letters"},
	{"Mo- 09:00-18:00", 4, "no day: write"},
	{"Mo, 09:00-18:00", 4, "no day: write"},
	{"Mo", 2, "no hours behind the day"},
	{"Mo-Fr off", 6, "no hours behind the day"},
	{"Mo 9:00-18:00", 3, "no time: write hours and minutes in two digits"},
	{"Mo 0900-1800", 3, "no time: write"},
	{"Mo 09:00-18", 9, "no time: write"},
	{"Mo 09:00-18:000", 9, "no time: write"},
	{"Mo 09:00-", 9, "no time: write"},
	{"Mo 09:00", 8, "no end: write \"-\" and a time"},
	{"Mo 09:00\xe2\x80\x93"
	 "12:00",
	 8, "no end: write"},
	{"Mo 09:60-18:00", 6, "minutes are 00 to 59"},
	{"Mo 09:00-18:60", 12, "minutes are 00 to 59"},
	{"Mo 24:00-18:00", 3, "a start is 00:00 to 23:59"},
	{"Mo 25:00-26:00", 3, "a start is 00:00 to 23:59"},
	{"Mo 09:00-24:01", 9, "an end is 00:00 to 24:00"},
	{"Mo 22:00-26:00", 9, "an end is 00:00 to 24:00"},
	{"Mo 09:00-12:00,", 15, "no time: write"},
	{"Mo 09:00-12:00, Tu 09:00-12:00", 16, "no time behind \",\": other"},
	{"Mo 09:00-12:00;", 15, "no day: write"},
	{"Mo 09:00-12:00 13:00-14:00", 15, "not understood: ranges are"},
	{"Mo 09:00-12:00 Tu 13:00-14:00", 15, "not understood: ranges are"},
	{"Mo 09:00-12:00 # lunch", 15, "not understood: ranges are"},
	{"24/7; Mo 09:00-12:00", 4, "\"24/7\" stands alone"},
	{"off; Mo 09:00-12:00", 3, "\"off\" stands alone"},
};


static void a_wrong_schedule_is_told_where_and_how(void **state)
{
	static struct hours h;

	(void)state;
	h.n = 77;
	for (size_t i = 0; i < ROWS(error_row); i++) {
		struct text_error err = {0, ""};
		const int e = hours_parse(&h, error_row[i].text, &err);

		if (e != EBADMSG || err.off != error_row[i].off ||
		    strncmp(err.what, error_row[i].what,
			    strlen(error_row[i].what)))
			fail_msg("\"%s\": %d at %zu, %s", error_row[i].text, e,
				 err.off, err.what);
	}
	assert_int_equal(h.n, 77);
	assert_int_equal(hours_parse(&h, "Mon", NULL), EBADMSG);
	assert_int_equal(hours_parse(NULL, "off", NULL), EINVAL);
	assert_int_equal(hours_parse(&h, NULL, NULL), EINVAL);
}


static void as_many_ranges_as_fit_and_no_more(void **state)
{
	static struct hours h;
	struct text_error err = {0, ""};
	char text[TEXT_MAX] = "Mo ";

	(void)state;
	for (unsigned i = 0; i < HOURS_RANGE_MAX; i++)
		(void)snprintf(text + strlen(text), TEXT_MAX - strlen(text),
			       "%s%02u:%02u-%02u:%02u", i ? "," : "", i / 6,
			       i % 6 * 10, i / 6, i % 6 * 10 + 5);
	parse(&h, text);
	assert_int_equal(h.n, HOURS_RANGE_MAX);

	(void)snprintf(text + strlen(text), TEXT_MAX - strlen(text),
		       ", 23:00-23:30");
	assert_int_equal(hours_parse(&h, text, &err), ENOSPC);
	assert_int_equal(err.off, strlen(text) - strlen("23:00-23:30"));
	assert_memory_equal(err.what, "too many ranges", 15);
}


static const struct {
	const char *zone, *text, *utc;
	bool open;
} open_row[] = {
	/* 2026-01-05 is a Monday; Berlin is an hour ahead */
	{"UTC", "Mo 09:00-12:00", "2026-01-05T08:59:59", false},
	{"UTC", "Mo 09:00-12:00", "2026-01-05T09:00", true},
	{"UTC", "Mo 09:00-12:00", "2026-01-05T11:59:59", true},
	{"UTC", "Mo 09:00-12:00", "2026-01-05T12:00", false},
	{"UTC", "Mo 09:00-12:00", "2026-01-06T10:00", false},
	{berlin, "Mo 09:00-12:00", "2026-01-05T08:00", true},
	{berlin, "Mo 09:00-12:00", "2026-01-05T11:00", false},
	{"UTC", "Mo 09:00-24:00", "2026-01-05T23:59:59", true},
	{"UTC", "Mo 09:00-24:00", "2026-01-06T00:00", false},
	{"UTC", "Mo 00:00-24:00", "2026-01-05T00:00", true},
	{"UTC", "24/7", "2026-01-05T00:00", true},
	{"UTC", "24/7", "2026-01-11T23:59:59", true},
	{"UTC", "off", "2026-01-05T12:00", false},
	/* a range belongs to the day on which it starts, Sunday's too */
	{"UTC", "Fr 22:00-02:00", "2026-01-09T01:00", false},
	{"UTC", "Fr 22:00-02:00", "2026-01-09T22:00", true},
	{"UTC", "Fr 22:00-02:00", "2026-01-10T01:59:59", true},
	{"UTC", "Fr 22:00-02:00", "2026-01-10T02:00", false},
	{"UTC", "Su 22:00-02:00", "2026-01-12T01:00", true},
	{"UTC", "Fr-Mo 10:00-11:00", "2026-01-11T10:30", true},
	{"UTC", "Fr-Mo 10:00-11:00", "2026-01-07T10:30", false},
	{"Asia/Kathmandu", "Mo 09:00-12:00", "2026-01-05T03:14:59", false},
	{"Asia/Kathmandu", "Mo 09:00-12:00", "2026-01-05T03:15", true},
	/* before 1970 */
	{"UTC", "Mo 09:00-12:00", "1969-12-22T09:00", true},
	/* the clocks go forward: 02:00 is 03:00 at 01:00 UTC */
	{berlin, "Sa 22:00-02:30", "2026-03-29T00:59:59", true},
	{berlin, "Sa 22:00-02:30", "2026-03-29T01:00", false},
	{berlin, "Su 02:30-06:00", "2026-03-29T00:59:59", false},
	{berlin, "Su 02:30-06:00", "2026-03-29T01:00", true},
	/* and back: 03:00 is 02:00 at 01:00 UTC */
	{berlin, "Sa 22:00-02:30", "2026-10-25T00:29:59", true},
	{berlin, "Sa 22:00-02:30", "2026-10-25T00:30", false},
	{berlin, "Sa 22:00-02:30", "2026-10-25T01:00", true},
	{berlin, "Sa 22:00-02:30", "2026-10-25T01:30", false},
};


static void open_is_from_the_start_to_before_the_end(void **state)
{
	static struct hours h;
	static struct zone z;

	(void)state;
	for (size_t i = 0; i < ROWS(open_row); i++) {
		parse(&h, open_row[i].text);
		zone_file_load(&z, open_row[i].zone);
		if (hours_open(&h, NULL, &z, zone_utc(open_row[i].utc)) !=
		    open_row[i].open)
			fail_msg("row %zu: %s at %s", i, open_row[i].text,
				 open_row[i].utc);
	}
}


static const struct {
	const char *zone, *text, *utc;
	bool open;
	const char *next; /* NULL: none */
} next_row[] = {
	{"UTC", "Mo 09:00-12:00", "2026-01-05T08:00", true,
	 "2026-01-05T09:00"},
	{"UTC", "Mo 09:00-12:00", "2026-01-05T08:59:59", true,
	 "2026-01-05T09:00"},
	{"UTC", "Mo 09:00-12:00", "2026-01-05T09:00", true,
	 "2026-01-12T09:00"},
	{"UTC", "Mo 09:00-12:00", "2026-01-05T09:00", false,
	 "2026-01-05T12:00"},
	{"UTC", "Mo 09:00-12:00", "2026-01-05T12:00", false,
	 "2026-01-12T12:00"},
	{"UTC", "Mo 09:00-12:00", "2026-01-05T11:59:59", false,
	 "2026-01-05T12:00"},
	{"UTC", "Fr 09:00-18:00; Mo 09:00-18:00", "2026-01-09T18:30", true,
	 "2026-01-12T09:00"},
	/* what touches or overlaps is one opening, over midnight too */
	{"UTC", "Mo 09:00-12:00,12:00-14:00", "2026-01-05T10:00", true,
	 "2026-01-12T09:00"},
	{"UTC", "Mo 09:00-12:00,12:00-14:00", "2026-01-05T10:00", false,
	 "2026-01-05T14:00"},
	{"UTC", "Mo 12:00-14:00,09:00-13:00", "2026-01-05T10:00", false,
	 "2026-01-05T14:00"},
	{"UTC", "Mo 09:00-24:00; Tu 00:00-08:00", "2026-01-05T10:00", false,
	 "2026-01-06T08:00"},
	{"UTC", "Su 22:00-02:00; Mo 02:00-03:00", "2026-01-11T23:00", false,
	 "2026-01-12T03:00"},
	{"UTC", "Mo 09:00-09:00; Tu 08:00-10:00", "2026-01-05T10:00", false,
	 "2026-01-06T10:00"},
	/* never */
	{"UTC", "off", "2026-01-05T10:00", true, NULL},
	{"UTC", "off", "2026-01-05T10:00", false, NULL},
	{"UTC", "24/7", "2026-01-05T10:00", true, NULL},
	{"UTC", "24/7", "2026-01-05T10:00", false, NULL},
	{berlin, "24/7", "2026-01-05T10:00", true, NULL},
	{berlin, "Mo-Su 12:00-12:00", "2026-01-05T10:00", false, NULL},
	/* the clocks go forward at 01:00 UTC: a night shorter */
	{berlin, "Mo-Su 09:00-18:00", "2026-03-28T17:30", true,
	 "2026-03-29T07:00"},
	{berlin, "Fr,Sa 22:00-02:00", "2026-03-28T20:00", true,
	 "2026-03-28T21:00"},
	{berlin, "Fr,Sa 22:00-02:00", "2026-03-28T22:00", false,
	 "2026-03-29T01:00"},
	{berlin, "Sa 22:00-02:30", "2026-03-28T22:00", false,
	 "2026-03-29T01:00"},
	{berlin, "Sa 22:00-04:00", "2026-03-28T22:00", false,
	 "2026-03-29T02:00"},
	{berlin, "Su 02:30-06:00", "2026-03-28T22:00", true,
	 "2026-03-29T01:00"},
	/* swallowed whole */
	{berlin, "Su 02:15-02:45", "2026-03-28T22:00", true,
	 "2026-04-05T00:15"},
	{berlin, "Su 02:00-03:00", "2026-03-28T22:00", true,
	 "2026-04-05T00:00"},
	{berlin, "Su 02:00-03:00", "2026-03-28T22:00", false,
	 "2026-04-05T01:00"},
	/* the gap joins what it parts on other days */
	{berlin, "Su 01:00-02:00,03:00-04:00", "2026-03-29T00:30", false,
	 "2026-03-29T02:00"},
	/* the clocks go back at 01:00 UTC: a night longer */
	{berlin, "Mo-Su 09:00-18:00", "2026-10-24T17:30", true,
	 "2026-10-25T08:00"},
	{berlin, "Fr,Sa 22:00-02:00", "2026-10-24T22:00", false,
	 "2026-10-25T00:00"},
	{berlin, "Sa 22:00-03:00", "2026-10-24T22:00", false,
	 "2026-10-25T02:00"},
	/* by the clock on the wall it is open again */
	{berlin, "Su 02:15-02:45", "2026-10-25T00:00", true,
	 "2026-10-25T00:15"},
	{berlin, "Su 02:15-02:45", "2026-10-25T00:15", true,
	 "2026-10-25T01:15"},
	{berlin, "Sa 22:00-02:30", "2026-10-25T00:30", true,
	 "2026-10-25T01:00"},
	{"Australia/Lord_Howe", "Su 02:00-02:30", "2026-10-03T00:00", true,
	 "2026-10-10T15:00"},
	/* the Friday that Samoa skipped */
	{"Pacific/Apia", "Fr 09:00-10:00", "2011-12-28T00:00", true,
	 "2012-01-05T19:00"},
};


static void the_next_change_is_a_true_one(void **state)
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
		found = hours_next(&h, NULL, &z, zone_utc(next_row[i].utc),
				   next_row[i].open, &at_s);
		if (found != !!want || (want && at_s != zone_utc(want)))
			fail_msg("row %zu: %s after %s, off by %lld s", i,
				 next_row[i].text, next_row[i].utc,
				 want ? (long long)(at_s - zone_utc(want))
				      : 0LL);
	}
}


/* A zone whose clocks skip each Monday's noon, for so many weeks */
static void skip_noons(struct zone *z, int64_t monday_s, unsigned weeks)
{
	zone_utc_init(z);
	for (unsigned i = 0; i < weeks; i++) {
		const int64_t day_s =
			monday_s + (int64_t)i * WEEK_DAYS * DAY_S;

		z->at_s[z->n] = day_s + 11 * HOUR_S + HOUR_S / 2;
		z->off_s[z->n++] = HOUR_S;
		z->at_s[z->n] = day_s + DAY_S;
		z->off_s[z->n++] = 0;
	}
}


static void nothing_is_found_behind_the_horizon(void **state)
{
	const int64_t monday_s = zone_utc("2026-01-05T00:00");
	static struct zone z;
	static struct hours h;
	int64_t at_s;

	(void)state;
	parse(&h, "Mo 12:00-12:15");
	skip_noons(&z, monday_s, 52);
	assert_true(hours_next(&h, NULL, &z, monday_s, true, &at_s));
	assert_int_equal(at_s, zone_utc("2027-01-04T12:00"));

	skip_noons(&z, monday_s, 53);
	assert_false(hours_next(&h, NULL, &z, monday_s, true, &at_s));

	skip_noons(&z, monday_s, ZONE_TRANSITION_MAX / 2);
	assert_false(hours_next(&h, NULL, &z, monday_s, true, &at_s));
	assert_false(hours_next(&h, NULL, &z, INT64_MAX, true, &at_s));
	assert_false(hours_next(&h, NULL, &z, ZONE_UTC_MAX_S - 30 * DAY_S,
				true, &at_s));
	assert_false(hours_next(&h, NULL, &z, INT64_MIN, true, &at_s));
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_schedule_is_read),
		cmocka_unit_test(a_wrong_schedule_is_told_where_and_how),
		cmocka_unit_test(as_many_ranges_as_fit_and_no_more),
		cmocka_unit_test(open_is_from_the_start_to_before_the_end),
		cmocka_unit_test(the_next_change_is_a_true_one),
		cmocka_unit_test(nothing_is_found_behind_the_horizon),
	};

	return cmocka_run_group_tests_name("hours", tests, NULL, NULL);
}
