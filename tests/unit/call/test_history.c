/**
 * @file tests/unit/call/test_history.c  The newest hundred calls
 */
#include "app/call/history.h"

#include "tests/unit/policy/check.h"


static void add(struct history *h, uint32_t id, bool outgoing, bool missed)
{
	const struct history_entry e = {
		.id = id, .outgoing = outgoing, .missed = missed};

	history_add(h, &e);
}


static void empty_history_has_nothing(void **state)
{
	struct history h;

	(void)state;
	history_init(&h);
	assert_null(history_at(&h, 0));
	assert_null(history_nth(&h, 0, false));
	assert_null(history_nth(&h, 0, true));
	assert_null(history_last_dialled(&h));
	assert_int_equal(history_count(&h, false), 0);
	assert_int_equal(history_count(&h, true), 0);
}


static void oldest_gives_way(void **state)
{
	struct history h;

	(void)state;
	history_init(&h);
	for (uint32_t id = 1; id <= 5 * HISTORY_MAX / 2; id++) {
		const uint32_t n = id < HISTORY_MAX ? id : HISTORY_MAX;

		add(&h, id, false, false);
		assert_int_equal(history_count(&h, false), n);
		assert_int_equal(history_at(&h, 0)->id, id);
		assert_int_equal(history_at(&h, n - 1)->id, id - n + 1);
		assert_null(history_at(&h, n));
	}
}


static void missed_are_a_list_of_their_own(void **state)
{
	struct history h;

	(void)state;
	history_init(&h);
	for (uint32_t id = 1; id <= 10; id++)
		add(&h, id, false, id % 3 == 0);

	assert_int_equal(history_count(&h, true), 3);
	assert_int_equal(history_nth(&h, 0, true)->id, 9);
	assert_int_equal(history_nth(&h, 1, true)->id, 6);
	assert_int_equal(history_nth(&h, 2, true)->id, 3);
	assert_null(history_nth(&h, 3, true));
	assert_int_equal(history_nth(&h, 3, false)->id, 7);

	assert_int_equal(h.unseen, 3);
	history_seen(&h);
	assert_int_equal(h.unseen, 0);
	assert_int_equal(history_count(&h, true), 3);
}


static void last_dialled_is_the_newest_of_ours(void **state)
{
	struct history h;

	(void)state;
	history_init(&h);
	add(&h, 1, true, false);
	add(&h, 2, true, false);
	add(&h, 3, false, false);
	assert_int_equal(history_last_dialled(&h)->id, 2);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(empty_history_has_nothing),
		cmocka_unit_test(oldest_gives_way),
		cmocka_unit_test(missed_are_a_list_of_their_own),
		cmocka_unit_test(last_dialled_is_the_newest_of_ours),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
