/**
 * @file tests/unit/call/test_status.c  What the end of our call means
 */
#include "app/call/status.h"

#include "tests/unit/policy/check.h"

enum {
	CODE_MIN = 300,
	CODE_MAX = 699,
	CLASS_WIDTH = 100,
};


static const struct status_row *find(enum call_cause cause, unsigned scode)
{
	struct call_end end;

	memset(&end, 0, sizeof(end));
	end.cause = cause;
	end.scode = (uint16_t)scode;

	return status_find(&end);
}


static bool is_code(const struct status_row *row)
{
	return row->cause == CALL_CAUSE_STATUS && row->first == row->last;
}


static void no_code_stands_twice(void **state)
{
	size_t n;
	const struct status_row *row = status_rows(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < i; k++) {
			if (row[i].cause != row[k].cause ||
			    is_code(&row[i]) != is_code(&row[k]))
				continue;

			if (row[i].first <= row[k].last &&
			    row[k].first <= row[i].last)
				fail_msg("%u-%u and %u-%u", row[i].first,
					 row[i].last, row[k].first,
					 row[k].last);
		}
	}
}


static void every_row_is_found_by_what_it_is_for(void **state)
{
	size_t n;
	const struct status_row *row = status_rows(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const struct status_row *found =
			find(row[i].cause, row[i].first);

		/* 300 to 600 as codes of their own stand before the class */
		if (!is_code(&row[i]) && row[i].first && is_code(found)) {
			assert_int_equal(found->first, row[i].first);
			found = find(row[i].cause, row[i].last);
		}

		assert_ptr_equal(found, &row[i]);
	}
}


static void every_code_finds_its_row_or_its_class(void **state)
{
	(void)state;
	for (unsigned code = CODE_MIN; code <= CODE_MAX; code++) {
		const struct status_row *row = find(CALL_CAUSE_STATUS, code);

		assert_non_null(row);
		assert_in_range(code, row->first, row->last);
		if (!is_code(row)) {
			assert_int_equal(row->first, code / CLASS_WIDTH * 100);
			assert_int_equal(row->last, row->first + 99);
		}
	}
}


static void code_without_a_class_is_a_500(void **state)
{
	static const unsigned code[] = {0,   1,   99,  100,  200,
					299, 700, 999, 65535};

	(void)state;
	for (size_t i = 0; i < ROWS(code); i++)
		assert_ptr_equal(find(CALL_CAUSE_STATUS, code[i]),
				 find(CALL_CAUSE_STATUS, 500));
}


static void meanings_of_the_codes(void **state)
{
	static const struct {
		unsigned code;
		enum status_meaning meaning;
	} row[] = {
		{300, STATUS_MOVED},         {302, STATUS_MOVED},
		{380, STATUS_MOVED},         {400, STATUS_REFUSED},
		{401, STATUS_NOT_ALLOWED},   {403, STATUS_NOT_ALLOWED},
		{404, STATUS_NOT_FOUND},     {407, STATUS_NOT_ALLOWED},
		{408, STATUS_NO_ANSWER},     {410, STATUS_NOT_FOUND},
		{415, STATUS_NO_COMMON},     {433, STATUS_ANONYMOUS},
		{480, STATUS_NOT_AVAILABLE}, {481, STATUS_REFUSED},
		{484, STATUS_NOT_FOUND},     {485, STATUS_NOT_FOUND},
		{486, STATUS_BUSY},          {488, STATUS_NO_COMMON},
		{499, STATUS_REFUSED},       {500, STATUS_SERVER},
		{503, STATUS_SERVER},        {580, STATUS_SERVER},
		{600, STATUS_BUSY},          {601, STATUS_GLOBAL},
		{603, STATUS_DECLINED},      {604, STATUS_NOT_FOUND},
		{606, STATUS_NO_COMMON},     {607, STATUS_UNWANTED},
		{608, STATUS_BLOCKED},       {699, STATUS_GLOBAL},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++)
		assert_int_equal(find(CALL_CAUSE_STATUS, row[i].code)->meaning,
				 row[i].meaning);
}


static void only_ends_that_we_did_not_choose_are_results(void **state)
{
	(void)state;
	for (unsigned cause = 0; cause < CALL_CAUSE_COUNT; cause++) {
		const bool none = cause == CALL_CAUSE_BYE ||
				  cause == CALL_CAUSE_CANCEL ||
				  cause == CALL_CAUSE_LOCAL;

		assert_int_equal(!find((enum call_cause)cause, 0), none);
		/* A code that came along is not looked at */
		if (cause != CALL_CAUSE_STATUS)
			assert_ptr_equal(find((enum call_cause)cause, 480),
					 find((enum call_cause)cause, 0));
	}
}


static void every_meaning_is_used(void **state)
{
	bool used[STATUS_MEANING_COUNT] = {false};
	size_t n;
	const struct status_row *row = status_rows(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		used[row[i].meaning] = true;
	for (size_t i = 0; i < STATUS_MEANING_COUNT; i++)
		assert_true(used[i]);
}


static void rows_are_sound(void **state)
{
	size_t n;
	const struct status_row *row = status_rows(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		bool retry = false, remind = false;

		for (size_t k = 0; k < SOFTKEY_COUNT_MAX; k++) {
			retry = retry || row[i].key[k] == SOFTKEY_RETRY;
			remind = remind || row[i].key[k] == SOFTKEY_REMIND;
		}

		assert_int_equal(row[i].key[SOFTKEY_COUNT_MAX - 1],
				 SOFTKEY_OK);
		assert_int_equal(remind, row[i].remind_s > 0);
		/* What makes no sense is not offered */
		assert_false(row[i].retry == STATUS_RETRY_NEVER &&
			     (retry || remind));
		assert_true(row[i].lamp.on_ms > 0 && row[i].lamp.off_ms > 0);
		assert_int_not_equal(row[i].lamp.colour, LED_COLOUR_OFF);
		assert_int_not_equal(row[i].tone, TONE_NONE);

		/* Somebody's fault sounds like one, a person's will not */
		assert_int_equal(row[i].fault != STATUS_FAULT_NOBODY,
				 row[i].tone == TONE_SIT);
	}
}


static void declined_offers_no_redial(void **state)
{
	const struct status_row *row = find(CALL_CAUSE_STATUS, 603);

	(void)state;
	for (size_t k = 0; k < SOFTKEY_COUNT_MAX; k++)
		assert_int_not_equal(row->key[k], SOFTKEY_RETRY);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(no_code_stands_twice),
		cmocka_unit_test(every_row_is_found_by_what_it_is_for),
		cmocka_unit_test(every_code_finds_its_row_or_its_class),
		cmocka_unit_test(code_without_a_class_is_a_500),
		cmocka_unit_test(meanings_of_the_codes),
		cmocka_unit_test(only_ends_that_we_did_not_choose_are_results),
		cmocka_unit_test(every_meaning_is_used),
		cmocka_unit_test(rows_are_sound),
		cmocka_unit_test(declined_offers_no_redial),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
