/**
 * @file tests/unit/call/test_limit.c  How many calls a minute get through
 */
#include "app/call/limit.h"

#include <errno.h>

#include "tests/unit/policy/check.h"

enum {
	SECOND_MS = 1000,
	MINUTE_MS = 60000,
};

static const struct limit_rates no_limit = {{0, 0}, {0, 0}};
static const struct limit_rates strict = {{3, 6}, {8, 30}};


static unsigned take_many(struct limit *l, uint64_t source, bool trusted,
			  uint64_t now_ms, unsigned tries)
{
	unsigned taken = 0;

	while (tries--)
		taken += limit_take(l, source, trusted, now_ms);

	return taken;
}


static void a_source_has_its_burst_and_then_its_rate(void **state)
{
	/* 3 at once, and one each 10 s */
	static const struct {
		uint64_t now_ms;
		unsigned tries, taken;
	} rows[] = {
		{0, 5, 3},
		{1, 5, 0},
		{9999, 1, 0},
		{10000, 2, 1},
		{10001, 1, 0},
		{29999, 9, 1},
		{30000, 9, 1},
		{MINUTE_MS, 9, 3},
		{MINUTE_MS + 9999, 1, 0},
		{10 * MINUTE_MS, 9, 3},
		{UINT64_MAX / LIMIT_PER_MINUTE_MAX - 1, 9, 3},
	};
	struct limit l;

	(void)state;
	assert_int_equal(limit_init(&l, &strict, &no_limit), 0);
	for (size_t i = 0; i < ROWS(rows); i++)
		assert_int_equal(take_many(&l, 1, false, rows[i].now_ms,
					   rows[i].tries),
				 rows[i].taken);
}


static void all_together_have_a_burst_and_a_rate(void **state)
{
	/* 8 at once, and one each 2 s */
	static const struct {
		uint64_t now_ms, source;
		unsigned tries, taken;
	} rows[] = {
		{0, 1, 9, 3},
		{0, 2, 9, 3},
		{0, 3, 9, 2}, /* the last of all */
		{0, 4, 9, 0},
		{2000, 4, 9, 1},
		{4000, 3, 9, 1}, /* it was left its third one */
		{6000, 3, 9, 0},
		{6000, 5, 9, 1},
		{MINUTE_MS, 6, 9, 3},
	};
	struct limit l;

	(void)state;
	assert_int_equal(limit_init(&l, &strict, &no_limit), 0);
	for (size_t i = 0; i < ROWS(rows); i++)
		assert_int_equal(take_many(&l, rows[i].source, false,
					   rows[i].now_ms, rows[i].tries),
				 rows[i].taken);
}


static void strangers_take_no_turn_of_our_own_server(void **state)
{
	struct limit l;

	(void)state;
	assert_int_equal(limit_init(&l, &strict, &strict), 0);
	for (uint64_t source = 0; source < 1000; source++)
		(void)take_many(&l, source, false, 0, 9);
	assert_int_equal(take_many(&l, 1, false, 0, 9), 0);

	/* Also if it has the number of one of them */
	assert_int_equal(take_many(&l, 1, true, 0, 9), 3);
	assert_int_equal(take_many(&l, 2, true, 0, 9), 3);

	/* And the other way round */
	assert_int_equal(take_many(&l, 2000, false, 2 * SECOND_MS, 9), 1);
}


static void who_is_refused_pushes_nobody_out(void **state)
{
	static const struct limit_rates few = {{1, 1}, {LIMIT_SOURCE_MAX, 1}};
	struct limit l;

	(void)state;
	assert_int_equal(limit_init(&l, &few, &no_limit), 0);
	for (uint64_t source = 0; source < LIMIT_SOURCE_MAX; source++)
		assert_true(limit_take(&l, source, false, 0));
	for (uint64_t source = 1000; source < 2000; source++)
		assert_false(limit_take(&l, source, false, 0));
	for (size_t i = 0; i < LIMIT_SOURCE_MAX; i++)
		assert_true(l.stranger.source[i].source < LIMIT_SOURCE_MAX);
}


static void in_a_full_table_the_fullest_bucket_gives_way(void **state)
{
	static const struct limit_rates each = {{4, 4}, {0, 0}};
	struct limit l;

	(void)state;
	assert_int_equal(limit_init(&l, &each, &no_limit), 0);

	/* The one that is refused, and others that took one each */
	assert_int_equal(take_many(&l, 9999, false, 0, 9), 4);
	for (uint64_t source = 0; source < 10 * LIMIT_SOURCE_MAX; source++)
		assert_true(limit_take(&l, source, false, 1 + source));
	assert_int_equal(take_many(&l, 9999, false, 14000, 9), 0);
	assert_int_equal(take_many(&l, 9999, false, 15000, 9), 1);
}


static void no_more_than_burst_and_rate_at_any_pace(void **state)
{
	static const struct limit_rates rates[] = {
		{{1, 1}, {0, 0}},
		{{3, 7}, {0, 0}},
		{{5, 59}, {0, 0}},
		{{LIMIT_BURST_MAX, LIMIT_PER_MINUTE_MAX}, {0, 0}},
		{{0, 0}, {2, 13}},
		{{100, 6000}, {10, 600}},
	};
	uint64_t seed = 4711;

	(void)state;
	for (size_t i = 0; i < ROWS(rates); i++) {
		const struct limit_rate *r = rates[i].all.per_minute
						     ? &rates[i].all
						     : &rates[i].source;
		uint64_t now_ms = 0, taken = 0;
		struct limit l;

		assert_int_equal(limit_init(&l, &rates[i], &no_limit), 0);
		for (int n = 0; n < 20000; n++) {
			taken += limit_take(&l, 5, false, now_ms);
			assert_true(taken <=
				    r->burst + now_ms * r->per_minute /
						       MINUTE_MS);
			now_ms += check_random(&seed) % 40;
		}

		/* And no less, but for what a full bucket could not take */
		assert_true(taken >= now_ms * r->per_minute / MINUTE_MS ||
			    taken >= 20000 - 1);
	}
}


static void no_limit_is_none(void **state)
{
	struct limit l;

	(void)state;
	assert_int_equal(limit_init(&l, &no_limit, &no_limit), 0);
	assert_int_equal(take_many(&l, 1, false, 0, 10000), 10000);
	assert_int_equal(take_many(&l, 1, true, 0, 10000), 10000);
}


static void rates_have_a_range(void **state)
{
	static const struct {
		struct limit_rate rate;
		int err;
	} rows[] = {
		{{0, 0}, 0},
		{{1, 1}, 0},
		{{LIMIT_BURST_MAX, LIMIT_PER_MINUTE_MAX}, 0},
		{{0, 1}, EINVAL},
		{{LIMIT_BURST_MAX + 1, 1}, EINVAL},
		{{1, LIMIT_PER_MINUTE_MAX + 1}, EINVAL},
	};
	struct limit l, before;

	(void)state;
	memset(&l, 0, sizeof(l));
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct limit_rates source = {rows[i].rate, {0, 0}};
		const struct limit_rates all = {{0, 0}, rows[i].rate};

		before = l;
		assert_int_equal(limit_init(&l, &source, &no_limit),
				 rows[i].err);
		if (rows[i].err)
			assert_memory_equal(&l, &before, sizeof(l));
		assert_int_equal(limit_init(&l, &all, &no_limit),
				 rows[i].err);
		assert_int_equal(limit_init(&l, &no_limit, &source),
				 rows[i].err);
		assert_int_equal(limit_init(&l, &no_limit, &all),
				 rows[i].err);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source_has_its_burst_and_then_its_rate),
		cmocka_unit_test(all_together_have_a_burst_and_a_rate),
		cmocka_unit_test(strangers_take_no_turn_of_our_own_server),
		cmocka_unit_test(who_is_refused_pushes_nobody_out),
		cmocka_unit_test(in_a_full_table_the_fullest_bucket_gives_way),
		cmocka_unit_test(no_more_than_burst_and_rate_at_any_pace),
		cmocka_unit_test(no_limit_is_none),
		cmocka_unit_test(rates_have_a_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
