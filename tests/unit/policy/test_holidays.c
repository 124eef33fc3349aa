/**
 * @file tests/unit/policy/test_holidays.c  Easter, and sets of days
 */
#include "app/policy/easter.h"
#include "app/policy/holidays.h"
#include "app/policy/zone.h"

#include "check.h"

enum {
	JANUARY = 1 << 1,
	MONDAY = 0,
	EACH = 0x1f,
	YEARS = 6000, /* the calendar's own cycle is 5,700,000 */
	SPANS = 200,
	ROUNDS = 300,
};


/* The earliest and the latest that there are, and those of our days, as
 * tables of the churches have them */
static void easter_is_as_the_tables_have_it(void **state)
{
	static const struct {
		int32_t year;
		unsigned month, day;
	} row[] = {
		{1583, 4, 10}, {1598, 3, 22}, {1666, 4, 25}, {1734, 4, 25},
		{1761, 3, 22}, {1818, 3, 22}, {1886, 4, 25}, {1913, 3, 23},
		{1943, 4, 25}, {1954, 4, 18}, {1961, 4, 2},  {1981, 4, 19},
		{2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24}, {2016, 3, 27},
		{2019, 4, 21}, {2020, 4, 12}, {2021, 4, 4},  {2022, 4, 17},
		{2023, 4, 9},  {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5},
		{2027, 3, 28}, {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21},
		{2035, 3, 25}, {2038, 4, 25}, {2049, 4, 18}, {2076, 4, 19},
		{2160, 3, 23}, {2190, 4, 25}, {2285, 3, 22}, {2299, 4, 16},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		const int64_t want =
			civil_to_days(row[i].year, row[i].month, row[i].day);

		if (easter_day(row[i].year) != want)
			fail_msg("%d is off by %lld days", row[i].year,
				 (long long)(easter_day(row[i].year) - want));
	}
}


/* Full moon by the epact, as Clavius' rules of 1603 are told by Knuth (The
 * Art of Computer Programming 1.3.2, exercise 14), then the Sunday behind
 * it: another way than the code's */
static int64_t easter_clavius(int32_t year)
{
	const int32_t golden = year % 19 + 1;
	const int32_t century = year / 100 + 1;
	const int32_t x = 3 * century / 4 - 12;
	const int32_t z = (8 * century + 5) / 25 - 5;
	int32_t epact = (11 * golden + 20 + z - x) % 30;
	int64_t moon;
	struct civil c;

	if (epact < 0)
		epact += 30;
	if ((epact == 25 && golden > 11) || epact == 24)
		epact++;
	moon = civil_to_days(year, 3, 1) + 44 - epact - 1;
	if (44 - epact < 21)
		moon += 30;

	civil_from_days(moon, &c);
	return moon + 7 - (c.weekday + 1) % 7;
}


static void easter_is_a_sunday_by_two_ways_in_every_year(void **state)
{
	(void)state;
	for (int32_t y = EASTER_YEAR_MIN; y < EASTER_YEAR_MIN + YEARS; y++) {
		struct civil c;

		civil_from_days(easter_day(y), &c);
		if (c.weekday != 6 || c.year != y ||
		    easter_day(y) != easter_clavius(y))
			fail_msg("%d-%02u-%02u", y, c.month, c.day);
	}
}


static void spans_are_sorted_and_joined(void **state)
{
	struct holidays_span v[SPANS];
	bool want[SPANS + 20];
	uint64_t seed = 480;

	(void)state;
	assert_int_equal(holidays_spans_join(NULL, 0), 0);
	for (unsigned round = 0; round < ROUNDS; round++) {
		const size_t n = (size_t)check_random_in(&seed, 1, SPANS);
		struct holidays h = {.spanv = v};

		memset(want, 0, sizeof(want));
		for (size_t i = 0; i < n; i++) {
			v[i].first = (int32_t)check_random_in(&seed, 0, SPANS);
			v[i].last = v[i].first;
			if (round % 2)
				v[i].last +=
					(int32_t)check_random_in(&seed, 0, 9);
			for (int32_t d = v[i].first; d <= v[i].last; d++)
				want[d] = true;
		}

		h.spanc = holidays_spans_join(v, n);
		assert_in_range(h.spanc, 1, n);
		for (size_t i = 1; i < h.spanc; i++)
			assert_true(v[i].first > v[i - 1].last + 1);
		for (int32_t d = -1; d < SPANS + 20; d++)
			assert_int_equal(holidays_has(&h, d),
					 d >= 0 && want[d]);
	}
}


static void a_rule_has_an_end_an_interval_a_length_and_exceptions(void **state)
{
	/* from Monday 2026-01-05 on the first Monday of every other January,
	 * three days, not in 2030 */
	static const int32_t except[] = {0, 21921};
	static const struct holidays_rule rule[] = {{
		.first = 20458,
		.last = 22661, /* 2032-01-17 */
		.days = 3,
		.interval = 2,
		.months = JANUARY,
		.weekdays = {[MONDAY] = 1},
		.except_at = 1,
		.exceptc = 1,
	}};
	static const struct holidays h = {
		.rulev = rule, .rulec = 1, .exceptv = except, .exceptc = 2};
	static const struct {
		int32_t year;
		unsigned day;
		bool has;
	} row[] = {
		{2026, 4, false}, {2026, 5, true},  {2026, 6, true},
		{2026, 7, true},  {2026, 8, false}, {2026, 12, false},
		{2027, 4, false}, {2028, 2, false}, {2028, 3, true},
		{2028, 5, true},  {2030, 7, false}, {2030, 8, false},
		{2032, 5, true},  {2034, 2, false}, {2024, 1, false},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		if (holidays_has(&h, civil_to_days(row[i].year, 1,
						   row[i].day)) != row[i].has)
			fail_msg("%d-01-%02u", row[i].year, row[i].day);
	}
	assert_false(holidays_has(NULL, 0));
}


static void a_rule_without_days_is_each_day_of_its_months(void **state)
{
	static const struct holidays_rule rule = {
		.first = 0,
		.last = HOLIDAYS_FOREVER,
		.days = 1,
		.interval = 1,
		.months = JANUARY,
	};
	struct holidays_rule mondays = rule;

	(void)state;
	mondays.weekdays[MONDAY] = EACH;
	assert_true(holidays_rule_fits(&rule, 30));
	assert_false(holidays_rule_fits(&rule, 31));
	assert_false(holidays_rule_fits(&rule, -365));
	assert_true(holidays_rule_fits(&mondays, 4));
	assert_true(holidays_rule_fits(&mondays, 25));
	assert_false(holidays_rule_fits(&mondays, 5));
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(easter_is_as_the_tables_have_it),
		cmocka_unit_test(easter_is_a_sunday_by_two_ways_in_every_year),
		cmocka_unit_test(spans_are_sorted_and_joined),
		cmocka_unit_test(
			a_rule_has_an_end_an_interval_a_length_and_exceptions),
		cmocka_unit_test(
			a_rule_without_days_is_each_day_of_its_months),
	};

	return cmocka_run_group_tests_name("holidays", tests, NULL, NULL);
}
