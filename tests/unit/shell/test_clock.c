/**
 * @file tests/unit/shell/test_clock.c  The wall clock: read, set, written
 */
#define _GNU_SOURCE 1
#include "tests/unit/shell/check.h"

#include "firmware/clock.h"

#include <errno.h>
#include <string.h>
#include <time.h>

/* What a test may take between two looks at the clock */
enum {
	SLACK_MS = 2000,
};

/* The expected values are those of another calendar, datetime of Python */
static const struct {
	const char *text;
	int64_t utc_ms;
} sound[] = {
	{"1970-01-01T00:00:00Z", 0},
	{"2026-12-24T18:30:00+01:00", 1798133400000},
	{"2026-12-24T17:30:00Z", 1798133400000},
	{"2026-12-24t17:30:00z", 1798133400000},
	{"2026-12-24T17:30:00-00:00", 1798133400000},
	{"2026-12-24T12:00:00-05:30", 1798133400000},
	{"2026-12-25T17:29:00+23:59", 1798133400000},
	{"2026-12-24T17:30:00.5Z", 1798133400500},
	{"2026-12-24T17:30:00.049Z", 1798133400049},
	{"2026-12-24T17:30:00.1239999999999Z", 1798133400123},
	{"2024-02-29T00:00:00Z", 1709164800000},
	{"2000-02-29T23:59:59Z", 951868799000},
	{"1969-12-31T23:59:59.250Z", -750},
	{"1900-01-01T00:00:00Z", -2208988800000},
	{"9999-12-31T23:59:59Z", 253402300799000},
	{"0000-01-01T00:00:00Z", -62167219200000},
	/* RFC 3339 5.8: the same leap second, seen from two places */
	{"1990-12-31T23:59:60Z", 662688000000},
	{"1990-12-31T15:59:60-08:00", 662688000000},
	{"2015-06-30T23:59:60.5Z", 1435708800500},
};

static const char *const unsound[] = {
	"",
	"now",
	"2026-12-24",
	"2026-12-24T17:30Z",
	"2026-12-24T17:30:00",
	"2026-12-24 17:30:00Z",
	" 2026-12-24T17:30:00Z",
	"2026-12-24T17:30:00Z ",
	"2026-12-24T17:30:00ZZ",
	"2026-12-24T17:30:00Z+01:00",
	"2026-12-24T17:30:00+0100",
	"2026-12-24T17:30:00+01",
	"2026-12-24T17:30:00+1:00",
	"2026-12-24T17:30:00+24:00",
	"2026-12-24T17:30:00+01:60",
	"2026-12-24T17:30:00.Z",
	"2026-12-24T17:30:00,5Z",
	"2026-12-24T17:30:0Z",
	"2026-12-24T24:00:00Z",
	"2026-12-24T17:60:00Z",
	"2026-12-24T17:30:61Z",
	"2026-12-24T17:30:60Z",
	"2026-12-24T23:59:60Z",
	"2026-12-31T23:59:60+01:00",
	"2026-13-01T00:00:00Z",
	"2026-00-01T00:00:00Z",
	"2026-01-00T00:00:00Z",
	"2026-01-32T00:00:00Z",
	"2026-04-31T00:00:00Z",
	"2026-02-29T00:00:00Z",
	"1900-02-29T00:00:00Z",
	"226-12-24T17:30:00Z",
	"12026-12-24T17:30:00Z",
	"-026-12-24T17:30:00Z",
	"2026-1 -24T17:30:00Z",
	"+026-12-24T17:30:00Z",
	/* In UTC, the year before 0000 and the one behind 9999 */
	"0000-01-01T00:00:00+00:01",
	"9999-12-31T23:59:59-00:01",
	"9999-12-31T23:59:60Z",
};


static void a_sound_time_is_read(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(sound); i++) {
		int64_t utc_ms = -1;

		if (clock_parse(&utc_ms, sound[i].text) ||
		    utc_ms != sound[i].utc_ms)
			fail_msg("%s gives %lld", sound[i].text,
				 (long long)utc_ms);
	}
}


static void an_unsound_time_is_refused_and_changes_nothing(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(unsound); i++) {
		int64_t utc_ms = 7;

		if (clock_parse(&utc_ms, unsound[i]) != EBADMSG || utc_ms != 7)
			fail_msg("\"%s\" is taken", unsound[i]);
	}
}


static void every_cut_of_a_sound_time_is_refused(void **state)
{
	const char *whole = "2026-12-24T18:30:00.5+01:00";
	char text[CLOCK_TEXT_MAX];
	int64_t utc_ms;

	(void)state;

	for (size_t n = 0; n < strlen(whole); n++) {
		memcpy(text, whole, n);
		text[n] = '\0';
		if (clock_parse(&utc_ms, text) != EBADMSG)
			fail_msg("\"%s\" is taken", text);
	}
}


static void a_time_is_written_in_utc_and_reads_back(void **state)
{
	static const struct {
		int64_t utc_s;
		const char *text;
	} row[] = {
		{0, "1970-01-01T00:00:00Z"},
		{-1, "1969-12-31T23:59:59Z"},
		{-86400, "1969-12-31T00:00:00Z"},
		{951868799, "2000-02-29T23:59:59Z"},
		{1798133400, "2026-12-24T17:30:00Z"},
		{253402300799, "9999-12-31T23:59:59Z"},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		char text[CLOCK_TEXT_MAX];
		int64_t utc_ms;

		clock_print(text, row[i].utc_s);
		assert_string_equal(text, row[i].text);
		assert_int_equal(clock_parse(&utc_ms, text), 0);
		assert_int_equal(utc_ms, row[i].utc_s * 1000);
	}
}


static void a_set_clock_runs_on_from_there_and_is_known(void **state)
{
	struct clock c;
	struct now now;

	(void)state;

	clock_init(&c);
	clock_set(&c, -750);
	clock_now(&c, &now);
	assert_true(now.utc_valid);
	assert_in_range((now.utc_s + 1) * 1000 + now.utc_ms, 250,
			250 + SLACK_MS);
	assert_in_range(now.utc_ms, 0, 999);
	assert_true(clock_next_ms(&c) == NOW_NEVER_MS);
}


static void an_unset_clock_is_not_known_until_it_is_real(void **state)
{
	struct clock c;
	struct now now;

	(void)state;

	clock_init(&c);
	clock_unset(&c);
	clock_now(&c, &now);
	assert_false(now.utc_valid);
	assert_true(clock_next_ms(&c) == NOW_NEVER_MS);

	clock_real(&c);
	clock_now(&c, &now);
	assert_in_range((uint64_t)(time(NULL) - now.utc_s), 0, 2);
	/* Whether this machine is synchronised is its own matter; if it is
	   not, that is looked at again, and not at once */
	if (now.utc_valid)
		assert_true(clock_next_ms(&c) == NOW_NEVER_MS);
	else
		assert_int_equal(clock_next_ms(&c),
				 now.mono_ms + CLOCK_RECHECK_MS);
}


static void timers_do_not_see_what_the_wall_clock_does(void **state)
{
	struct now before, now;
	struct clock c;

	(void)state;

	clock_init(&c);
	clock_now(&c, &before);
	clock_set(&c, 253402300799000);
	clock_now(&c, &now);
	assert_in_range(now.mono_ms - before.mono_ms, 0, SLACK_MS);
	clock_set(&c, 0);
	clock_now(&c, &now);
	assert_in_range(now.mono_ms - before.mono_ms, 0, SLACK_MS);
}


/* In the order of time, each told once */
static void a_step_of_the_wall_clock_is_told_once(void **state)
{
	static const struct {
		uint64_t mono_ms;
		int64_t utc_s;
		uint16_t utc_ms;
		bool valid, stepped;
	} row[] = {
		/* Not known, whatever it says */
		{1000, 5, 0, false, false},
		{2000, 9000, 0, false, false},
		/* It is known, and runs */
		{3000, 1000, 0, true, true},
		{3000, 1000, 0, true, false},
		{63000, 1060, 0, true, false},
		/* Drift, and a step forward */
		{63000, 1060, 500, true, false},
		{63000, 1060, 501, true, true},
		{64000, 1061, 501, true, false},
		/* And back */
		{64000, 1061, 1, true, false},
		{64000, 1061, 0, true, true},
		/* No longer known, and again */
		{64000, 900, 0, false, true},
		{64000, 100, 0, false, false},
		{65000, 1061, 500, true, true},
	};
	struct clock_watch watch = {.valid = false};

	(void)state;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const struct now now = {
			.mono_ms = row[i].mono_ms,
			.utc_s = row[i].utc_s,
			.utc_ms = row[i].utc_ms,
			.utc_valid = row[i].valid,
		};

		if (clock_stepped(&watch, &now) != row[i].stepped)
			fail_msg("row %zu", i);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_time_is_read),
		cmocka_unit_test(
			an_unsound_time_is_refused_and_changes_nothing),
		cmocka_unit_test(every_cut_of_a_sound_time_is_refused),
		cmocka_unit_test(a_time_is_written_in_utc_and_reads_back),
		cmocka_unit_test(a_set_clock_runs_on_from_there_and_is_known),
		cmocka_unit_test(an_unset_clock_is_not_known_until_it_is_real),
		cmocka_unit_test(timers_do_not_see_what_the_wall_clock_does),
		cmocka_unit_test(a_step_of_the_wall_clock_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
