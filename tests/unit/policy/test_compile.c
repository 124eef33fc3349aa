/**
 * @file tests/unit/policy/test_compile.c  Settings' texts and their errors
 */
#include "app/policy/compile.h"

#include "check.h"

#include <errno.h>

enum {
	NUMBERS_MAX = 4,
};


static const struct {
	unsigned long scode;
	bool allowed;
} allowed_row[] = {
	{0, false},   {200, false},   {302, false}, {399, false},
	{400, true},  {401, false},   {402, true},  {403, true},
	{406, true},  {407, false},   {408, true},  {420, true},
	{421, false}, {422, true},    {423, false}, {480, true},
	{486, true},  {487, false},   {488, true},  {493, true},
	{494, false}, {495, true},    {500, true},  {599, true},
	{600, true},  {603, true},    {607, true},  {699, true},
	{700, false}, {66136, false}, /* 600 in 16 bits */
};


static void a_code_that_asks_for_something_else_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(allowed_row); i++) {
		if (compile_scode_allowed(allowed_row[i].scode) !=
		    allowed_row[i].allowed)
			fail_msg("%lu", allowed_row[i].scode);
	}
}


static const struct {
	const char *text;
	int err;
	uint16_t scode;
	size_t off;
	const char *what; /* how the message starts */
} scode_row[] = {
	{"603", 0, 603, 0, ""},
	{" 480 ", 0, 480, 0, ""},
	{"400", 0, 400, 0, ""},
	{"699", 0, 699, 0, ""},
	{"", EBADMSG, 0, 0, "not a status code: write one of 400-699"},
	{"Decline", EBADMSG, 0, 0, "not a status code: write one"},
	{"-603", EBADMSG, 0, 0, "not a status code: write one"},
	{"603 Decline", EBADMSG, 0, 4, "nothing may stand behind"},
	{"603;", EBADMSG, 0, 3, "nothing may stand behind"},
	{"200", EBADMSG, 0, 0, "a call is refused with 400-699"},
	{"302", EBADMSG, 0, 0, "a call is refused with 400-699"},
	{" 700", EBADMSG, 0, 1, "a call is refused with 400-699"},
	{"60", EBADMSG, 0, 0, "a call is refused with 400-699"},
	{"0603", EBADMSG, 0, 0, "a call is refused with 400-699"},
	{"6030000000000000000", EBADMSG, 0, 0, "a call is refused with"},
	{"407", EBADMSG, 0, 0, "401, 407, 421, 423, 487 and 494 ask"},
	{"487", EBADMSG, 0, 0, "401, 407, 421, 423, 487 and 494 ask"},
};


static void a_status_code_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(scode_row); i++) {
		struct text_error err = {0, ""};
		uint16_t scode = 0;
		const int e = compile_scode(&scode, scode_row[i].text, &err);

		if (e != scode_row[i].err || scode != scode_row[i].scode ||
		    err.off != scode_row[i].off ||
		    strncmp(err.what, scode_row[i].what,
			    strlen(scode_row[i].what)))
			fail_msg("\"%s\": %d, %u, at %zu, %s",
				 scode_row[i].text, e, scode, err.off,
				 err.what);
	}
	assert_int_equal(compile_scode(NULL, "603", NULL), EINVAL);
}


static const struct {
	const char *text;
	int err;
	enum policy_action action;
	uint16_t scode;
	size_t off;
	const char *what;
} action_row[] = {
	{"ring", 0, POLICY_RING, 0, 0, ""},
	{"silence", 0, POLICY_SILENCE, 0, 0, ""},
	{"reject", 0, POLICY_REJECT, 0, 0, ""},
	{" reject ", 0, POLICY_REJECT, 0, 0, ""},
	{"reject 607", 0, POLICY_REJECT, 607, 0, ""},
	{"reject \t 480 ", 0, POLICY_REJECT, 480, 0, ""},
	{"", EBADMSG, 0, 0, 0, "write \"ring\", \"silence\""},
	{" deny", EBADMSG, 0, 0, 1, "write \"ring\", \"silence\""},
	{"Ring", EBADMSG, 0, 0, 0, "write \"ring\", \"silence\""},
	{"rings", EBADMSG, 0, 0, 0, "write \"ring\", \"silence\""},
	{"reject603", EBADMSG, 0, 0, 0, "write \"ring\", \"silence\""},
	{"ring 603", EBADMSG, 0, 0, 5, "nothing may stand behind it: only"},
	{"silence x", EBADMSG, 0, 0, 8, "nothing may stand behind it: only"},
	{"reject 487", EBADMSG, 0, 0, 7, "401, 407, 421, 423, 487 and 494"},
	{"reject busy", EBADMSG, 0, 0, 7, "not a status code"},
	{"reject  200", EBADMSG, 0, 0, 8, "a call is refused with 400-699"},
	{"reject 603 x", EBADMSG, 0, 0, 11, "nothing may stand behind the"},
};


static void a_rules_action_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(action_row); i++) {
		enum policy_action action = POLICY_RING;
		struct text_error err = {0, ""};
		uint16_t scode = 0;
		const int e = compile_action(&action, &scode,
					     action_row[i].text, &err);

		if (e != action_row[i].err || action != action_row[i].action ||
		    scode != action_row[i].scode ||
		    err.off != action_row[i].off ||
		    strncmp(err.what, action_row[i].what,
			    strlen(action_row[i].what)))
			fail_msg("\"%s\": %d, at %zu, %s", action_row[i].text,
				 e, err.off, err.what);
	}
}


static void an_action_without_a_code_clears_the_code(void **state)
{
	enum policy_action action;
	uint16_t scode = 607;

	(void)state;
	assert_int_equal(compile_action(&action, &scode, "reject", NULL), 0);
	assert_int_equal(scode, 0);
}


static const struct {
	const char *text;
	int err;
	enum policy_action action;
	size_t off;
	const char *what;
} outside_row[] = {
	{"ring", 0, POLICY_RING, 0, ""},
	{"silence", 0, POLICY_SILENCE, 0, ""},
	{"reject ", 0, POLICY_REJECT, 0, ""},
	{"", EBADMSG, 0, 0, "write \"ring\", \"silence\" or \"reject\""},
	{"mute", EBADMSG, 0, 0, "write \"ring\", \"silence\" or \"reject\""},
	{"reject 603", EBADMSG, 0, 7, "nothing may stand behind it: the"},
};


static void what_happens_outside_hours_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(outside_row); i++) {
		enum policy_action action = POLICY_RING;
		struct text_error err = {0, ""};
		const int e =
			compile_outside(&action, outside_row[i].text, &err);

		if (e != outside_row[i].err ||
		    action != outside_row[i].action ||
		    err.off != outside_row[i].off ||
		    strncmp(err.what, outside_row[i].what,
			    strlen(outside_row[i].what)))
			fail_msg("\"%s\": %d, at %zu, %s", outside_row[i].text,
				 e, err.off, err.what);
	}
}


static const struct {
	const char *text;
	int err;
	size_t n;
	const char *last; /* digits of the last number */
	size_t off;
	const char *what;
} numbers_row[] = {
	{"+4990*, +493012345", 0, 2, "+493012345", 0, ""},
	{"204", 0, 1, "204", 0, ""},
	{" 204\t,205 , 206,+49 30 1", 0, 4, "+49301", 0, ""},
	{"", EBADMSG, 0, "", 0, "no number: write one"},
	{"  ", EBADMSG, 0, "", 2, "no number: write one"},
	{"204,", EBADMSG, 0, "", 4, "no number: write one"},
	{",204", EBADMSG, 0, "", 0, "no number: write one"},
	{"204, ,205", EBADMSG, 0, "", 5, "no number: write one"},
	{"204, 20x5", EBADMSG, 0, "", 7, "not part of a number"},
	{"204 , * ", EBADMSG, 0, "", 6, "nothing before \"*\""},
	{"204;205", EBADMSG, 0, "", 3, "not part of a number"},
	{"1,2,3,4,  5", ENOSPC, 0, "", 10, "too many numbers"},
	{"1, 12345678901234567890123456789012345678901234567890", ENOSPC, 0,
	 "", 50, "number too long"},
};


static void a_list_of_numbers_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(numbers_row); i++) {
		struct number_pattern v[NUMBERS_MAX + 1] = {{"", false}};
		struct text_error err = {0, ""};
		size_t n = 0;
		const int e = compile_numbers(v, NUMBERS_MAX, &n,
					      numbers_row[i].text, &err);

		if (e != numbers_row[i].err || n != numbers_row[i].n ||
		    err.off != numbers_row[i].off ||
		    strncmp(err.what, numbers_row[i].what,
			    strlen(numbers_row[i].what)))
			fail_msg("\"%s\": %d, %zu, at %zu, %s",
				 numbers_row[i].text, e, n, err.off, err.what);
		if (n)
			assert_string_equal(v[n - 1].digits,
					    numbers_row[i].last);
		assert_string_equal(v[NUMBERS_MAX].digits, "");
	}
}


static void numbers_can_be_counted_first(void **state)
{
	struct text_error err = {0, ""};
	size_t n = 0;

	(void)state;
	assert_int_equal(compile_numbers(NULL, 0, &n, "1,2,3,4,5*", &err), 0);
	assert_int_equal(n, 5);
	assert_int_equal(compile_numbers(NULL, 0, &n, "1,x", &err), EBADMSG);
	assert_int_equal(err.off, 2);
	assert_int_equal(n, 5);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_code_that_asks_for_something_else_is_refused),
		cmocka_unit_test(a_status_code_is_read),
		cmocka_unit_test(a_rules_action_is_read),
		cmocka_unit_test(an_action_without_a_code_clears_the_code),
		cmocka_unit_test(what_happens_outside_hours_is_read),
		cmocka_unit_test(a_list_of_numbers_is_read),
		cmocka_unit_test(numbers_can_be_counted_first),
	};

	return cmocka_run_group_tests_name("compile", tests, NULL, NULL);
}
