/**
 * @file tests/unit/call/test_refusal.c  Phrase and Reason follow from the code
 */
#include "app/call/command.h"

#include "tests/unit/policy/check.h"


static void phrase_and_reason_of_the_codes(void **state)
{
	static const struct {
		uint16_t scode;
		const char *phrase;
		uint16_t q850;
		const char *reason;
	} row[] = {
		{603, "Decline", 21, "Call Rejected"},
		{486, "Busy Here", 17, "User Busy"},
		{600, "Busy Everywhere", 17, "User Busy"},
		{480, "Temporarily Unavailable", 19, "No Answer"},
		{404, "Not Found", 0, NULL},
		{410, "Gone", 0, NULL},
		{487, "Request Terminated", 0, NULL},
		{503, "Service Unavailable", 0, NULL},
		{607, "Unwanted", 0, NULL},
		{608, "Rejected", 0, NULL},
		{499, "Declined", 0, NULL},
		{699, "Declined", 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct refusal r;

		memset(&r, 0xff, sizeof(r));
		refusal_init(&r, row[i].scode);
		assert_int_equal(r.scode, row[i].scode);
		assert_string_equal(r.phrase, row[i].phrase);
		assert_int_equal(r.q850, row[i].q850);
		assert_false(r.has_retry_after);
		if (row[i].reason)
			assert_string_equal(r.reason, row[i].reason);
		else
			assert_null(r.reason);
	}
}


/* RFC 3261 25.1: nothing that could end the status line */
static void every_code_that_may_refuse_has_a_plain_phrase(void **state)
{
	(void)state;
	for (unsigned code = 300; code <= 699; code++) {
		const char *phrase = refusal_phrase((uint16_t)code);

		assert_non_null(phrase);
		assert_in_range(strlen(phrase), 1, 63);
		for (; *phrase; phrase++)
			assert_in_range(*phrase, ' ', '~');
	}
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(phrase_and_reason_of_the_codes),
		cmocka_unit_test(
			every_code_that_may_refuse_has_a_plain_phrase),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
