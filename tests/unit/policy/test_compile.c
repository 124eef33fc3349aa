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
	{600, true},  {603, true},    {607, true},  {608, false},
	{433, true},  {699, true},
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
	{" 608", EBADMSG, 0, 1, "608 is sent by a service in the network"},
	{" 433", EBADMSG, 0, 1, "433 tells a caller that he hides"},
	{"607", 0, 607, 0, ""},
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
	bool automatic;
	uint16_t scode;
	size_t off;
	const char *what;
} button_row[] = {
	{"auto", 0, true, 603, 0, ""},
	{" auto ", 0, true, 603, 0, ""},
	{"486", 0, false, 486, 0, ""},
	{"automatic", EBADMSG, true, 1, 0, "write \"auto\" or a status code"},
	{"", EBADMSG, true, 1, 0, "write \"auto\" or a status code"},
	{" 200", EBADMSG, true, 1, 1, "a call is refused with 400-699"},
	{"608", EBADMSG, true, 1, 0, "608 is sent by"},
};


static void the_buttons_code_is_read_or_auto(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(button_row); i++) {
		struct text_error err = {0, ""};
		uint16_t scode = 1;
		bool automatic = true;
		const int e = compile_button(&automatic, &scode,
					     button_row[i].text, &err);

		if (e != button_row[i].err ||
		    automatic != button_row[i].automatic ||
		    scode != button_row[i].scode ||
		    err.off != button_row[i].off ||
		    strncmp(err.what, button_row[i].what,
			    strlen(button_row[i].what)))
			fail_msg("\"%s\": %d, %u, at %zu, %s",
				 button_row[i].text, e, scode, err.off,
				 err.what);
	}
}


static const struct {
	const char *text;
	int err;
	enum policy_action action;
	uint16_t scode;
	const char *uri; /* NULL: none */
	size_t off;
	const char *what;
} action_row[] = {
	{"ring", 0, POLICY_RING, 0, NULL, 0, ""},
	{"silence", 0, POLICY_SILENCE, 0, NULL, 0, ""},
	{"answer", 0, POLICY_ANSWER, 0, NULL, 0, ""},
	{"reject", 0, POLICY_REJECT, 0, NULL, 0, ""},
	{" reject ", 0, POLICY_REJECT, 0, NULL, 0, ""},
	{"reject 607", 0, POLICY_REJECT, 607, NULL, 0, ""},
	{"reject 433", 0, POLICY_REJECT, 433, NULL, 0, ""},
	{"reject \t 480 ", 0, POLICY_REJECT, 480, NULL, 0, ""},
	{"redirect sip:a@b", 0, POLICY_REDIRECT, 0, "sip:a@b", 0, ""},
	{" redirect  tel:+4930 ", 0, POLICY_REDIRECT, 0, "tel:+4930", 0, ""},
	{"", EBADMSG, 0, 0, NULL, 0, "write \"ring\", \"silence\""},
	{" deny", EBADMSG, 0, 0, NULL, 1, "write \"ring\", \"silence\""},
	{"Ring", EBADMSG, 0, 0, NULL, 0, "write \"ring\", \"silence\""},
	{"rings", EBADMSG, 0, 0, NULL, 0, "write \"ring\", \"silence\""},
	{"reject603", EBADMSG, 0, 0, NULL, 0, "write \"ring\""},
	{"ring 603", EBADMSG, 0, 0, NULL, 5, "nothing may stand behind it: "},
	{"answer 1", EBADMSG, 0, 0, NULL, 7, "nothing may stand behind it: "},
	{"silence x", EBADMSG, 0, 0, NULL, 8, "nothing may stand behind it:"},
	{"reject 487", EBADMSG, 0, 0, NULL, 7, "401, 407, 421, 423, 487 and"},
	{"reject 608", EBADMSG, 0, 0, NULL, 7, "608 is sent by"},
	{"reject busy", EBADMSG, 0, 0, NULL, 7, "not a status code"},
	{"reject  200", EBADMSG, 0, 0, NULL, 8, "a call is refused with"},
	{"reject 603 x", EBADMSG, 0, 0, NULL, 11, "nothing may stand behind"},
	{"redirect", EBADMSG, 0, 0, NULL, 8, "no address: write"},
	{"redirect  204", EBADMSG, 0, 0, NULL, 10, "no address: write"},
	{"redirect sip:a@", EBADMSG, 0, 0, NULL, 15, "no host"},
	{"redirect sip:a@b c", EBADMSG, 0, 0, NULL, 16, "this can't stand"},
};


static void a_rules_action_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(action_row); i++) {
		struct compile_action a = {.action = POLICY_RING};
		struct text_error err = {0, ""};
		const char *uri = action_row[i].uri;
		const int e = compile_action(&a, action_row[i].text, &err);

		if (e != action_row[i].err ||
		    a.action != action_row[i].action ||
		    a.scode != action_row[i].scode ||
		    err.off != action_row[i].off ||
		    strncmp(err.what, action_row[i].what,
			    strlen(action_row[i].what)))
			fail_msg("\"%s\": %d, at %zu, %s", action_row[i].text,
				 e, err.off, err.what);
		if (!a.uri != !uri ||
		    (uri && (a.uri_len != strlen(uri) ||
			     memcmp(a.uri, uri, a.uri_len))))
			fail_msg("\"%s\": %s", action_row[i].text, a.uri);
	}
}


static void an_action_without_a_code_clears_the_code(void **state)
{
	struct compile_action a = {.scode = 607, .uri = "x"};

	(void)state;
	assert_int_equal(compile_action(&a, "reject", NULL), 0);
	assert_int_equal(a.scode, 0);
	assert_null(a.uri);
}


#define X64                                                                   \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static const struct {
	const char *text;
	int err;
	size_t off;
	const char *what;
} uri_row[] = {
	{"sip:voicemail@pbx.example.com", 0, 0, ""},
	{"sips:204@pbx.example.com:5061;transport=tcp", 0, 0, ""},
	{"sip:pbx.example.com", 0, 0, ""},
	{"sip:%20a;x=1?y/:z@[2001:db8::1]:65535?Subject=a%20b", 0, 0, ""},
	{"tel:+49-30-12345", 0, 0, ""},
	{"tel:+493012345;ext=7", 0, 0, ""},
	{"tel:204;phone-context=pbx.example.com", 0, 0, ""},
	{"", EBADMSG, 0, "no address"},
	{"SIP:a@b", EBADMSG, 0, "no address"},
	{"http://a", EBADMSG, 0, "no address"},
	{"sip:", EBADMSG, 4, "no host"},
	{"sip:@b", EBADMSG, 4, "no user"},
	{"sip:a b@c", EBADMSG, 5, "this can't stand"},
	{"sip:a%2@c", EBADMSG, 5, "this can't stand"},
	{"sip:a%zz@c", EBADMSG, 5, "this can't stand"},
	{"sip:a>@c", EBADMSG, 5, "this can't stand"},
	{"sip:\xc3\xbc@c", EBADMSG, 4, "this can't stand"},
	{"sip:a@b@c", EBADMSG, 7, "this can't stand"},
	{"sip:a@b>;x=\"", EBADMSG, 7, "this can't stand"},
	{"sip:a@b;x=\"", EBADMSG, 10, "this can't stand"},
	{"sip:a@b:", EBADMSG, 8, "a port is 1-65535"},
	{"sip:a@b:0", EBADMSG, 8, "a port is 1-65535"},
	{"sip:a@b:65536", EBADMSG, 8, "a port is 1-65535"},
	{"sip:a@b:99999999999999999999", EBADMSG, 8, "a port is 1-65535"},
	{"sip:a@b:5060x", EBADMSG, 12, "this can't stand"},
	{"sip:a@[]", EBADMSG, 7, "no IPv6"},
	{"sip:a@[::1", EBADMSG, 10, "no IPv6"},
	{"tel:", EBADMSG, 4, "no digits"},
	{"tel:+", EBADMSG, 5, "no digits"},
	{"tel:+4930x", EBADMSG, 9, "this can't stand"},
	{"tel:204", EBADMSG, 4, "a tel address starts with"},
	{"tel:204;phone-context=", EBADMSG, 4, "a tel address starts with"},
	{"sip:a@" X64 X64 X64 X64, ENOSPC, 255, "the address is too long"},
};


static void an_address_to_send_a_call_on_to_is_checked(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(uri_row); i++) {
		struct text_error err = {0, ""};
		const int e = compile_uri(uri_row[i].text,
					  strlen(uri_row[i].text), &err);

		if (e != uri_row[i].err || err.off != uri_row[i].off ||
		    strncmp(err.what, uri_row[i].what,
			    strlen(uri_row[i].what)))
			fail_msg("\"%s\": %d, at %zu, %s", uri_row[i].text, e,
				 err.off, err.what);
	}
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
		struct number_pattern v[NUMBERS_MAX + 1] = {{.digits = ""}};
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


/* An escape has to end within the address, whatever stands behind it */
static void an_address_ends_where_it_is_said(void **state)
{
	static const char text[] = "sip:a@b;x=%41";
	struct text_error err = {0, ""};

	(void)state;
	assert_int_equal(compile_uri(text, strlen(text), &err), 0);
	assert_int_equal(compile_uri(text, strlen(text) - 1, &err), EBADMSG);
	assert_int_equal(err.off, strlen("sip:a@b;x="));
}


static const struct {
	const char *text;
	int err;
	size_t n;
	const char *last;
	size_t off;
	const char *what;
} texts_row[] = {
	{"*bank*", 0, 1, "*bank*", 0, ""},
	{" a , b c\t,*", 0, 3, "*", 0, ""},
	{"", EBADMSG, 0, "", 0, "no text: write one"},
	{"a,,b", EBADMSG, 0, "", 2, "no text: write one"},
	{"a, ", EBADMSG, 0, "", 3, "no text: write one"},
	{"a,b,c,d,e", ENOSPC, 0, "", 8, "too many texts"},
	{"a, " X64, ENOSPC, 0, "", 66, "text too long: at most 63"},
};


static void a_list_of_texts_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(texts_row); i++) {
		struct policy_text v[NUMBERS_MAX];
		struct text_error err = {0, ""};
		size_t n = 0;
		const int e = compile_texts(v, NUMBERS_MAX, &n,
					    texts_row[i].text, &err);

		if (e != texts_row[i].err || n != texts_row[i].n ||
		    err.off != texts_row[i].off ||
		    strncmp(err.what, texts_row[i].what,
			    strlen(texts_row[i].what)))
			fail_msg("\"%s\": %d, %zu, at %zu, %s",
				 texts_row[i].text, e, n, err.off, err.what);
		if (n)
			assert_string_equal(v[n - 1].text, texts_row[i].last);
	}
}


static void what_a_provider_says_is_read(void **state)
{
	static const struct {
		const char *text;
		int err;
		uint64_t mask;
		size_t off;
	} verstat[] = {
		{"passed", 0, 0x1e, 0},
		{"passed-a", 0, 0x04, 0},
		{"passed-b,passed-c", 0, 0x18, 0},
		{" none , failed ", 0, 0x21, 0},
		{"", EBADMSG, 0, 0},
		{"Passed", EBADMSG, 0, 0},
		{"none, passed-d", EBADMSG, 0, 6},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(verstat); i++) {
		struct text_error err = {0, ""};
		uint64_t mask = 0;

		assert_int_equal(compile_verstat(&mask, verstat[i].text, &err),
				 verstat[i].err);
		assert_int_equal(mask, verstat[i].mask);
		assert_int_equal(err.off, verstat[i].off);
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
		cmocka_unit_test(the_buttons_code_is_read_or_auto),
		cmocka_unit_test(a_rules_action_is_read),
		cmocka_unit_test(an_address_to_send_a_call_on_to_is_checked),
		cmocka_unit_test(an_address_ends_where_it_is_said),
		cmocka_unit_test(a_list_of_texts_is_read),
		cmocka_unit_test(what_a_provider_says_is_read),
		cmocka_unit_test(an_action_without_a_code_clears_the_code),
		cmocka_unit_test(what_happens_outside_hours_is_read),
		cmocka_unit_test(a_list_of_numbers_is_read),
		cmocka_unit_test(numbers_can_be_counted_first),
	};

	return cmocka_run_group_tests_name("compile", tests, NULL, NULL);
}
