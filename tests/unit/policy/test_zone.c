/**
 * @file tests/unit/policy/test_zone.c  Zones against the C library's
 */
#define _XOPEN_SOURCE 700

#include "zone_file.h"

#include "check.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum {
	RANDOM_INSTANTS = 5000,
	MUTATIONS = 3000,
	OFFSET_LIMIT_S = 26 * 3600,
};

static const char *const zone_name[] = {
	"Europe/Berlin",     "America/New_York", "Australia/Lord_Howe",
	"Africa/Casablanca", "Asia/Kathmandu",   "America/Sao_Paulo",
	"Europe/Dublin",     "Pacific/Apia",     "UTC",
};


static void expect_libc(const struct zone *z, const char *name, int64_t utc_s)
{
	const time_t t = (time_t)utc_s;
	struct civil c;
	struct tm tm;

	zone_to_civil(z, utc_s, &c);
	assert_non_null(localtime_r(&t, &tm));
	if (c.year == tm.tm_year + 1900 && c.month == tm.tm_mon + 1 &&
	    c.day == tm.tm_mday && c.hour == tm.tm_hour &&
	    c.min == tm.tm_min && c.sec == tm.tm_sec &&
	    c.weekday == (tm.tm_wday + 6) % 7)
		return;

	fail_msg("%s at %lld: %d-%02d-%02d %02d:%02d:%02d, libc says "
		 "%d-%02d-%02d %02d:%02d:%02d",
		 name, (long long)utc_s, c.year, c.month, c.day, c.hour, c.min,
		 c.sec, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		 tm.tm_hour, tm.tm_min, tm.tm_sec);
}


static void expect_round_trip(const struct zone *z, const char *name,
			      int64_t utc_s)
{
	struct civil c, back;
	int64_t again;

	zone_to_civil(z, utc_s, &c);
	again = zone_from_civil(z, &c);
	zone_to_civil(z, again, &back);

	/* A time that comes twice gives the first */
	if (memcmp(&c, &back, sizeof(c)) || again > utc_s ||
	    again < utc_s - OFFSET_LIMIT_S)
		fail_msg("%s at %lld: comes back as %lld", name,
			 (long long)utc_s, (long long)again);

	if (again == utc_s)
		return;
	for (int64_t t = again - OFFSET_LIMIT_S; t < again;) {
		int64_t next;

		/* and nothing before it is that time too */
		if (t + zone_offset_s(z, t) > again + zone_offset_s(z, again))
			fail_msg("%s at %lld: not the first", name,
				 (long long)utc_s);
		if (!zone_next_change(z, t, &next))
			break;
		t = next;
	}
}


static void each_instant(const struct zone *z, const char *name,
			 void (*expect)(const struct zone *, const char *,
					int64_t))
{
	const int64_t from = zone_utc("1970-01-01T00:00");
	const int64_t to = zone_utc("2099-12-31T23:59:59");
	uint64_t seed = 20260329;
	int64_t t = from;

	for (unsigned i = 0; i < RANDOM_INSTANTS; i++)
		expect(z, name, check_random_in(&seed, from, to));

	while (zone_next_change(z, t, &t) && t < to) {
		static const int64_t near[] = {-7200, -1800, -1,  0,
					       1,     1799,  3600};

		for (size_t i = 0; i < ROWS(near); i++)
			expect(z, name, t + near[i]);
	}
}


static void local_time_is_libcs(void **state)
{
	static struct zone z;

	(void)state;
	for (size_t i = 0; i < ROWS(zone_name); i++) {
		zone_file_load(&z, zone_name[i]);
		zone_libc_set(zone_name[i]);
		each_instant(&z, zone_name[i], expect_libc);
	}
}


static void local_time_comes_back_to_its_instant(void **state)
{
	static struct zone z;

	(void)state;
	for (size_t i = 0; i < ROWS(zone_name); i++) {
		zone_file_load(&z, zone_name[i]);
		each_instant(&z, zone_name[i], expect_round_trip);
	}
}


static void between_two_changes_the_offset_stays(void **state)
{
	static struct zone z;
	uint64_t seed = 7;

	(void)state;
	for (size_t i = 0; i < ROWS(zone_name); i++) {
		int64_t t = zone_utc("1970-01-01T00:00"), next;

		zone_file_load(&z, zone_name[i]);
		while (zone_next_change(&z, t, &next) &&
		       next < zone_utc("2099-01-01T00:00")) {
			assert_true(next > t);
			for (unsigned k = 0; k < 20; k++)
				assert_int_equal(
					zone_offset_s(&z, t),
					zone_offset_s(&z, check_random_in(
								  &seed, t,
								  next - 1)));
			t = next;
		}
	}
}


static const struct {
	const char *zone;
	struct civil local;
	const char *utc;
} local_row[] = {
	{"Europe/Berlin", {2026, 3, 29, 1, 59, 59, 0}, "2026-03-29T00:59:59"},
	/* skipped: forward by the gap, to 03:30 */
	{"Europe/Berlin", {2026, 3, 29, 2, 30, 0, 0}, "2026-03-29T01:30"},
	{"Europe/Berlin", {2026, 3, 29, 2, 0, 0, 0}, "2026-03-29T01:00"},
	{"Europe/Berlin", {2026, 3, 29, 3, 0, 0, 0}, "2026-03-29T01:00"},
	/* twice: the first */
	{"Europe/Berlin", {2026, 10, 25, 2, 0, 0, 0}, "2026-10-25T00:00"},
	{"Europe/Berlin", {2026, 10, 25, 2, 30, 0, 0}, "2026-10-25T00:30"},
	{"Europe/Berlin", {2026, 10, 25, 3, 0, 0, 0}, "2026-10-25T02:00"},
	{"Australia/Lord_Howe",
	 {2026, 10, 4, 2, 15, 0, 0},
	 "2026-10-03T15:45"},
	{"Australia/Lord_Howe", {2026, 4, 5, 1, 45, 0, 0}, "2026-04-04T14:45"},
	{"Europe/Dublin", {2026, 1, 1, 12, 0, 0, 0}, "2026-01-01T12:00"},
	{"Europe/Dublin", {2060, 7, 1, 12, 0, 0, 0}, "2060-07-01T11:00"},
	/* a whole day was skipped */
	{"Pacific/Apia", {2011, 12, 30, 12, 0, 0, 0}, "2011-12-30T22:00"},
	{"Pacific/Apia", {2011, 12, 29, 23, 59, 59, 0}, "2011-12-30T09:59:59"},
	{"Pacific/Apia", {2011, 12, 31, 0, 0, 0, 0}, "2011-12-30T10:00"},
	/* past their range */
	{"Europe/Berlin", {2026, 1, 32, 0, 0, 0, 0}, "2026-01-31T23:00"},
	{"Europe/Berlin", {2026, 12, 31, 24, 0, 0, 0}, "2026-12-31T23:00"},
	{"Europe/Berlin", {2026, 13, 1, 0, 0, 0, 0}, "2026-12-31T23:00"},
	{"UTC", {2026, 2, 28, 23, 59, 60, 0}, "2026-03-01T00:00"},
	{"UTC", {2024, 2, 28, 23, 59, 60, 0}, "2024-02-29T00:00"},
};


static void a_gap_moves_forward_and_a_repeat_is_the_first(void **state)
{
	static struct zone z;

	(void)state;
	for (size_t i = 0; i < ROWS(local_row); i++) {
		int64_t utc;

		zone_file_load(&z, local_row[i].zone);
		utc = zone_from_civil(&z, &local_row[i].local);
		if (utc != zone_utc(local_row[i].utc))
			fail_msg(
				"row %zu, %s: off by %lld s", i,
				local_row[i].zone,
				(long long)(utc - zone_utc(local_row[i].utc)));
	}
}


static void days_and_dates_are_inverse(void **state)
{
	struct civil c = {.year = 0};

	(void)state;
	assert_int_equal(civil_to_days(1970, 1, 1), 0);
	assert_int_equal(civil_to_days(2000, 2, 29), 11016);
	assert_int_equal(civil_to_days(2026, 3, 0),
			 civil_to_days(2026, 2, 28));
	for (int64_t d = -800000; d < 800000; d += 37) {
		civil_from_days(d, &c);
		assert_int_equal(civil_to_days(c.year, c.month, c.day), d);
		assert_int_equal(c.weekday, ((d + 3) % 7 + 7) % 7);
		assert_int_equal(c.hour + c.min + c.sec, 0);
	}

	civil_from_days(INT64_MAX, &c);
	assert_true(c.year > 1000000000);
	civil_from_days(INT64_MIN, &c);
	assert_true(c.year < -1000000000);
}


static void the_ends_of_time_are_harmless(void **state)
{
	static const int64_t utc[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX - 1,
				      INT64_MAX};
	static struct zone z;

	(void)state;
	zone_file_load(&z, "Europe/Berlin");
	for (size_t i = 0; i < ROWS(utc); i++) {
		struct civil c;
		int64_t at_s;

		zone_to_civil(&z, utc[i], &c);
		(void)zone_from_civil(&z, &c);
		(void)zone_next_change(&z, utc[i], &at_s);
		assert_in_range(c.month, 1, 12);
	}
	for (int32_t year = INT32_MIN; year; year = year < 0 ? INT32_MAX : 0) {
		const struct civil c = {year, 255, 255, 255, 255, 255, 0};

		(void)zone_from_civil(&z, &c);
	}
}


static int expect_readable(const char *path, const struct stat *st, int type,
			   struct FTW *ftw)
{
	static uint8_t buf[ZONE_FILE_MAX];
	static struct zone z;
	const char *what = "";
	size_t n;
	int err;

	(void)ftw;
	if (type != FTW_F || st->st_size >= ZONE_FILE_MAX)
		return 0;
	n = zone_file_read(buf, path);
	if (n < 4 || memcmp(buf, "TZif", 4))
		return 0;

	err = zone_parse(&z, path, buf, n, &what);
	if (strstr(path, "/right/")) {
		if (!err || !strstr(what, "leap"))
			fail_msg("%s: counts leap seconds, was read", path);
	}
	else if (err) {
		fail_msg("%s: %s", path, what);
	}

	return 0;
}


static void every_zone_of_the_system_is_read(void **state)
{
	(void)state;
	assert_int_equal(nftw(ZONE_DIR, expect_readable, 16, FTW_PHYS), 0);
}


/* Each copy ends where its block ends, so that the sanitizer sees a read
 * behind it */
static void a_file_cut_anywhere_is_refused(void **state)
{
	static uint8_t buf[ZONE_FILE_MAX];
	static struct zone z;

	(void)state;
	for (size_t i = 0; i < ROWS(zone_name); i++) {
		char path[256];
		size_t n;

		(void)snprintf(path, sizeof(path), ZONE_DIR "/%s",
			       zone_name[i]);
		n = zone_file_read(buf, path);
		for (size_t len = 0; len < n; len++) {
			uint8_t *part = malloc(len + 1);
			const char *what = NULL;

			assert_non_null(part);
			memcpy(part + 1, buf, len);
			if (!zone_parse(&z, path, part + 1, len, &what) ||
			    !what || z.n || z.rule.valid)
				fail_msg("%s cut at %zu was read", path, len);
			free(part);
		}
	}
}


static void a_damaged_file_is_harmless(void **state)
{
	static uint8_t buf[ZONE_FILE_MAX], bad[ZONE_FILE_MAX];
	static struct zone z;
	uint64_t seed = 42;
	unsigned read = 0;
	size_t n;

	(void)state;
	n = zone_file_read(buf, ZONE_DIR "/Europe/Berlin");
	for (unsigned i = 0; i < MUTATIONS; i++) {
		const char *what;
		int64_t t = 0, at_s;

		memcpy(bad, buf, n);
		for (unsigned k = 0; k <= i % 4; k++)
			bad[check_random(&seed) % n] =
				(uint8_t)check_random(&seed);
		if (zone_parse(&z, "x", bad, n, &what))
			continue;
		read++;
		for (unsigned k = 0; k < 20; k++) {
			struct civil c;

			t = (int64_t)check_random(&seed) >> (k * 3);
			assert_in_range(zone_offset_s(&z, t) + OFFSET_LIMIT_S,
					0, 2 * OFFSET_LIMIT_S);
			zone_to_civil(&z, t, &c);
			(void)zone_from_civil(&z, &c);
			if (t < ZONE_UTC_MAX_S &&
			    zone_next_change(&z, t, &at_s))
				assert_true(at_s > t || t < -ZONE_UTC_MAX_S);
		}
	}
	/* most damage is in the transitions' times and shows in nothing */
	assert_true(read > 0 && read < MUTATIONS);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(local_time_is_libcs),
		cmocka_unit_test(local_time_comes_back_to_its_instant),
		cmocka_unit_test(between_two_changes_the_offset_stays),
		cmocka_unit_test(
			a_gap_moves_forward_and_a_repeat_is_the_first),
		cmocka_unit_test(days_and_dates_are_inverse),
		cmocka_unit_test(the_ends_of_time_are_harmless),
		cmocka_unit_test(every_zone_of_the_system_is_read),
		cmocka_unit_test(a_file_cut_anywhere_is_refused),
		cmocka_unit_test(a_damaged_file_is_harmless),
	};

	return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
