/**
 * @file tests/unit/sip/test_answered.c  Repetitions told from new calls
 */
#include "firmware/sip/answered.h"

#include "tests/unit/policy/check.h"

static struct answered table;


static int setup(void **state)
{
	(void)state;
	memset(&table, 0, sizeof(table));

	return 0;
}


static void add(uint64_t request, uint64_t hop, uint64_t now_ms,
		uint16_t scode)
{
	const struct answered_key key = {request, hop};
	struct refusal r;

	refusal_init(&r, scode);
	answered_add(&table, &key, now_ms, &r);
}


/** @return the code of the former answer, or 0 */
static uint16_t find(uint64_t request, uint64_t hop, uint64_t now_ms,
		     enum answered_verdict *verdict)
{
	const struct answered_key key = {request, hop};
	const struct refusal *r = NULL;

	*verdict = answered_find(&table, &key, now_ms, &r);

	return r ? r->scode : 0;
}


static void a_repetition_has_its_answer_and_nobody_else_has(void **state)
{
	static const struct {
		uint64_t request, hop, now_ms;
		enum answered_verdict verdict;
		uint16_t scode;
	} rows[] = {
		{1, 10, 1000, ANSWERED_AGAIN, 603},
		{1, 10, 1500, ANSWERED_AGAIN, 603},
		{1, 10, 1000 + ANSWERED_KEPT_MS - 1, ANSWERED_AGAIN, 603},
		{1, 10, 1000 + ANSWERED_KEPT_MS, ANSWERED_NEW, 0},
		{1, 11, 1500, ANSWERED_MERGED, 0},
		{1, 11, 1000 + ANSWERED_KEPT_MS, ANSWERED_NEW, 0},
		{2, 10, 1500, ANSWERED_AGAIN, 480},
		{3, 10, 1500, ANSWERED_NEW, 0},
		/* of the same set */
		{1 + ANSWERED_SETS, 10, 1500, ANSWERED_AGAIN, 486},
		{1 + 2 * ANSWERED_SETS, 10, 1500, ANSWERED_NEW, 0},
		{1, 12, 1500, ANSWERED_MERGED, 0},
		/* no number is special */
		{0, 0, 1500, ANSWERED_NEW, 0},
		{UINT64_MAX, UINT64_MAX, 1500, ANSWERED_AGAIN, 404},
	};

	(void)state;
	add(1, 10, 1000, 603);
	add(2, 10, 1000, 480);
	add(1 + ANSWERED_SETS, 10, 1000, 486);
	add(UINT64_MAX, UINT64_MAX, 1000, 404);

	for (size_t i = 0; i < ROWS(rows); i++) {
		enum answered_verdict verdict;
		const uint16_t scode = find(rows[i].request, rows[i].hop,
					    rows[i].now_ms, &verdict);

		assert_int_equal(verdict, rows[i].verdict);
		assert_int_equal(scode, rows[i].scode);
	}
}


static void the_whole_answer_is_kept(void **state)
{
	const struct answered_key key = {1, 2};
	const struct refusal *r = NULL;
	struct refusal given;

	(void)state;
	refusal_init(&given, 603);
	given.has_retry_after = true;
	given.retry_after_s = 4711;
	answered_add(&table, &key, 5, &given);
	assert_int_equal(answered_find(&table, &key, 6, &r), ANSWERED_AGAIN);
	assert_memory_equal(r, &given, sizeof(given));
}


static void an_empty_table_knows_nobody_at_any_time(void **state)
{
	static const uint64_t times[] = {0, 1, ANSWERED_KEPT_MS, UINT64_MAX};

	(void)state;
	for (size_t i = 0; i < ROWS(times); i++) {
		enum answered_verdict verdict;

		(void)find(0, 0, times[i], &verdict);
		assert_int_equal(verdict, ANSWERED_NEW);
	}
}


static void in_a_full_set_the_oldest_gives_way(void **state)
{
	enum answered_verdict verdict;

	(void)state;
	for (uint64_t i = 0; i <= ANSWERED_WAYS; i++)
		add(7 + i * ANSWERED_SETS, 1, 100 + i, 603);

	(void)find(7, 1, 200, &verdict);
	assert_int_equal(verdict, ANSWERED_NEW);
	for (uint64_t i = 1; i <= ANSWERED_WAYS; i++) {
		(void)find(7 + i * ANSWERED_SETS, 1, 200, &verdict);
		assert_int_equal(verdict, ANSWERED_AGAIN);
	}
}


static void the_newest_of_a_flood_are_known(void **state)
{
	uint64_t seed = 88172645463325252;
	unsigned known = 0;
	uint64_t keys[ANSWERED_MAX / 4];

	(void)state;
	for (uint64_t i = 0; i < 20000; i++) {
		const uint64_t request = check_random(&seed);

		keys[i % ROWS(keys)] = request;
		add(request, 1, i, 603);
	}
	for (size_t i = 0; i < ROWS(keys); i++) {
		enum answered_verdict verdict;

		(void)find(keys[i], 1, 20000, &verdict);
		known += verdict == ANSWERED_AGAIN;
	}

	/* A quarter of the table: few sets have more than they can hold */
	assert_true(known >= ROWS(keys) - 1);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			a_repetition_has_its_answer_and_nobody_else_has,
			setup),
		cmocka_unit_test_setup(the_whole_answer_is_kept, setup),
		cmocka_unit_test_setup(an_empty_table_knows_nobody_at_any_time,
				       setup),
		cmocka_unit_test_setup(in_a_full_set_the_oldest_gives_way,
				       setup),
		cmocka_unit_test_setup(the_newest_of_a_flood_are_known,
				       setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
