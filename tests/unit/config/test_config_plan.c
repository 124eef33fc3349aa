/**
 * @file tests/unit/config/test_config_plan.c  [dialplan] and all numbers
 */
#include "tests/unit/config/load.h"

#include <errno.h>
#include <unistd.h>

#define ACCOUNT "[account a]\nuri = sip:204@pbx.example.com\n"
#define RULE(number) "[rule r]\n" number "\naction = reject\n"
#define PLAN "[dialplan]\ncountry_code = 49\n"


static const struct {
	const char *text;
	const char *code, *trunk, *international;
	unsigned min_national;
} plan_row[] = {
	{ACCOUNT, "", "", "", 0},
	{ACCOUNT PLAN, "49", "0", "00", 7},
	{ACCOUNT "[dialplan]\ncountry_code = 1\n", "1", "1", "011", 10},
	{PLAN "trunk_prefix = none\n" ACCOUNT, "49", "", "00", 7},
	{ACCOUNT "[dialplan]\ntrunk_prefix = 9\ncountry_code = 49\n", "49",
	 "9", "00", 7},
	{ACCOUNT PLAN "international_prefix = 000\nmin_national = 15\n", "49",
	 "0", "000", 15},
	{ACCOUNT PLAN "min_national = 1\n", "49", "0", "00", 1},
	{ACCOUNT PLAN "trunk_prefix = 1234567\n", "49", "1234567", "00", 7},
};


static void a_plan_is_the_countrys_but_for_what_is_set(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(plan_row); i++) {
		struct load l;
		const struct dial_plan *plan;

		load_text(&l, plan_row[i].text, strlen(plan_row[i].text));
		assert_int_equal(l.err, 0);
		plan = &l.cfg->policy.plan;
		assert_string_equal(plan->country_code, plan_row[i].code);
		assert_string_equal(plan->trunk_prefix, plan_row[i].trunk);
		assert_string_equal(plan->international_prefix,
				    plan_row[i].international);
		assert_int_equal(plan->min_national, plan_row[i].min_national);
		load_close(&l);
	}
}


static const struct {
	const char *text, *told;
} error_row[] = {
	{ACCOUNT "[dialplan]\ntrunk_prefix = 0\n",
	 "3:2 [dialplan] lacks \"country_code\": write e.g. country_code = "
	 "49\n"},
	{ACCOUNT "[dialplan]\ncountry_code = +49\n",
	 "4:16 country_code: no country has this code: write it in digits"},
	{ACCOUNT "[dialplan]\ncountry_code = 999\n",
	 "4:16 country_code: no country has this code"},
	{ACCOUNT PLAN "trunk_prefix = nothing\n",
	 "5:16 trunk_prefix: write its digits, e.g. 0, or \"none\"\n"},
	{ACCOUNT PLAN "trunk_prefix = 0x\n",
	 "5:17 trunk_prefix: a prefix has digits only"},
	{ACCOUNT PLAN "trunk_prefix = 12345678\n",
	 "5:23 trunk_prefix: too long: at most 7 digits\n"},
	{ACCOUNT PLAN "international_prefix = none\n",
	 "5:24 international_prefix: a prefix has digits only"},
	{ACCOUNT PLAN "min_national = 0\n",
	 "5:16 min_national: out of range: write 1-15\n"},
	{ACCOUNT PLAN "min_national = 16\n",
	 "5:16 min_national: out of range: write 1-15\n"},
	{ACCOUNT RULE("number = 204, 0900000..1000000") PLAN,
	 "4:1 number: 0900000..1000000: the ends of this range are dialled "
	 "in different ways"},
};


static void what_is_wrong_is_told_where_it_stands(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(error_row); i++) {
		struct load l;

		load_text(&l, error_row[i].text, strlen(error_row[i].text));
		assert_int_equal(l.err, EBADMSG);
		if (strncmp(l.told, error_row[i].told,
			    strlen(error_row[i].told)) != 0 ||
		    l.errors != 1)
			fail_msg("told:\n%swant:\n%s", l.told,
				 error_row[i].told);
		load_close(&l);
	}
}


/* Whether the first rule's only match covers a number in the plan's form */
static bool covers(const struct load *l, const char *number)
{
	const struct policy_match *m = l->cfg->policy.rulev[0].matchv;

	for (size_t i = 0; i < m->numberc; i++) {
		if (number_pattern_match(&m->numberv[i], number))
			return true;
	}

	return false;
}


static void the_plan_holds_for_rules_above_it_and_below(void **state)
{
	static const char *const text[] = {
		ACCOUNT PLAN RULE("number = (030) 1, 204, 00*"),
		ACCOUNT RULE("number = (030) 1, 204, 00*") PLAN,
		ACCOUNT PLAN RULE("asserted = 030 1, 204, 00*"),
		ACCOUNT RULE("diverted = 030-1, 204, 00*") PLAN,
		ACCOUNT RULE("not.number = 0049301, 204, 00*") PLAN,
	};

	(void)state;
	for (size_t i = 0; i < ROWS(text); i++) {
		struct load l;

		load_text(&l, text[i], strlen(text[i]));
		assert_int_equal(l.err, 0);
		assert_true(covers(&l, "+49301"));
		assert_true(covers(&l, "204"));
		assert_true(covers(&l, "+44201"));
		assert_false(covers(&l, "+49302"));
		load_close(&l);
	}
}


static void without_a_plan_numbers_are_as_they_are_sent(void **state)
{
	static const char text[] = ACCOUNT RULE("number = 0301, 00*");
	struct load l;

	(void)state;
	load_text(&l, text, strlen(text));
	assert_int_equal(l.err, 0);
	assert_true(covers(&l, "0301"));
	assert_true(covers(&l, "0044"));
	assert_false(covers(&l, "+49301"));
	assert_false(covers(&l, "+44"));
	load_close(&l);
}


struct told {
	char text[1024];
	size_t n;
};


static void error_handler(const char *path, unsigned line, unsigned col,
			  const char *what, void *arg)
{
	struct told *t = arg;

	(void)path;
	(void)snprintf(t->text, sizeof(t->text), "%u:%u %s\n", line, col,
		       what);
	t->n++;
}


static int plan_load(struct dial_plan *plan, struct told *t, const char *text)
{
	char path[LOAD_PATH_MAX];
	int err;

	memset(plan, 0, sizeof(*plan));
	memset(t, 0, sizeof(*t));
	load_file_write(path, text, strlen(text));
	err = config_plan_load(plan, path, error_handler, t);
	assert_int_equal(unlink(path), 0);

	return err;
}


/* The list that a rule names is perhaps what is about to be made */
static void a_plan_can_be_read_alone(void **state)
{
	static const char sound[] =
		RULE("list = /nonexistent/list") "[nonsense]\nx = 1\n" PLAN
						 "[phone]\nnotice = ?\n";
	struct dial_plan plan;
	struct told told;

	(void)state;
	assert_int_equal(plan_load(&plan, &told, sound), 0);
	assert_int_equal(told.n, 0);
	assert_string_equal(plan.country_code, "49");
	assert_string_equal(plan.trunk_prefix, "0");

	assert_int_equal(plan_load(&plan, &told, ACCOUNT), EBADMSG);
	assert_int_equal(told.n, 1);
	assert_ptr_equal(strstr(told.text, "0:0 no dial plan in it: write "),
			 told.text);

	assert_int_equal(
		plan_load(&plan, &told, "[dialplan]\ncountry_code = 0\n"),
		EBADMSG);
	assert_int_equal(told.n, 1);
	assert_ptr_equal(strstr(told.text, "2:16 country_code: no country"),
			 told.text);
	assert_string_equal(plan.country_code, "");
	assert_int_equal(config_plan_load(&plan, "/nonexistent/file",
					  error_handler, &told),
			 ENOENT);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_is_the_countrys_but_for_what_is_set),
		cmocka_unit_test(what_is_wrong_is_told_where_it_stands),
		cmocka_unit_test(the_plan_holds_for_rules_above_it_and_below),
		cmocka_unit_test(without_a_plan_numbers_are_as_they_are_sent),
		cmocka_unit_test(a_plan_can_be_read_alone),
	};

	return cmocka_run_group_tests_name("config_plan", tests, NULL, NULL);
}
