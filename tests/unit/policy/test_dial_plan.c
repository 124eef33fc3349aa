/**
 * @file tests/unit/policy/test_dial_plan.c  Numbers as they are dialled
 */
#include "app/policy/dial_plan.h"
#include "app/policy/dial_plan_table.h"

#include "check.h"

#include <errno.h>

#define DIGITS_44 "12345678901234567890123456789012345678901234"
#define DIGITS_47 DIGITS_44 "567"


static struct dial_plan plan_of(const char *country_code)
{
	struct dial_plan plan;

	memset(&plan, 0, sizeof(plan));
	if (country_code[0])
		assert_int_equal(dial_plan_init(&plan, country_code), 0);

	return plan;
}


static const struct {
	const char *code, *trunk, *international;
	unsigned min_national;
} init_row[] = {
	{"49", "0", "00", 7},  {"39", "", "00", 6},    {"1", "1", "011", 10},
	{"7", "8", "810", 10}, {"36", "06", "00", 7},  {"370", "0", "00", 7},
	{"45", "", "00", 7},   {"81", "0", "010", 7},  {"61", "0", "0011", 7},
	{"883", "", "00", 7},  {"998", "8", "810", 9}, {"20", "0", "00", 7},
};


static void a_country_has_its_usual_plan(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(init_row); i++) {
		const struct dial_plan plan = plan_of(init_row[i].code);

		assert_string_equal(plan.country_code, init_row[i].code);
		assert_string_equal(plan.trunk_prefix, init_row[i].trunk);
		assert_string_equal(plan.international_prefix,
				    init_row[i].international);
		assert_int_equal(plan.min_national, init_row[i].min_national);
	}
}


static void what_the_itu_did_not_assign_is_no_country(void **state)
{
	static const char *const code[] = {
		"",    "0",    "049", "+49", "4",   "21",  "210", "999",
		"800", "4930", "49 ", "4x",  "979", "388", "-1",  "10",
	};

	(void)state;
	for (size_t i = 0; i < ROWS(code); i++) {
		struct dial_plan plan = {.min_national = 99};

		if (dial_plan_init(&plan, code[i]) != EBADMSG)
			fail_msg("\"%s\" is a country", code[i]);
		assert_int_equal(plan.min_national, 99);
	}
}


static void every_country_fits_its_plan(void **state)
{
	const struct dial_plan_country *c, *before = NULL;
	size_t n = 0;

	(void)state;
	for (; (c = dial_plan_country_at(n)) != NULL; n++) {
		const struct dial_plan plan = plan_of(c->code);

		assert_string_equal(plan.trunk_prefix, c->trunk);
		assert_string_equal(plan.international_prefix,
				    c->international);
		assert_in_range(plan.min_national, 1, DIAL_PLAN_DIGITS_MAX);
		assert_true(c->international[0] &&
			    strspn(c->international, "0123456789") ==
				    strlen(c->international));
		if (before)
			assert_true(strcmp(before->code, c->code) < 0);
		before = c;
	}
	assert_int_equal(n, 211);
}


static const struct {
	const char *code, *dialled, *number;
} apply_row[] = {
	/* One number, however it is written */
	{"49", "+49301", "+49301"},
	{"49", "0049301", "+49301"},
	{"49", "0301", "+49301"},
	{"49", "+490301", "+49301"}, /* +49 (0)30 1 */
	{"49", "00490301", "+49301"},
	{"49", "+49000301", "+49301"},
	{"49", "30123456", "+4930123456"},
	{"49", "+442079460000", "+442079460000"},
	{"49", "00442079460000", "+442079460000"},
	{"49", "+4402079460000", "+4402079460000"},
	/* An extension is itself, and what no plan dials */
	{"49", "1", "1"},
	{"49", "301", "301"},
	{"49", "123456", "123456"},
	{"49", "1234567", "+491234567"},
	{"49", "0", "0"},
	{"49", "00", "00"},
	{"49", "000", "000"},
	{"49", "000301", "000301"},
	{"49", "+490", "+490"},
	{"49", "+49", "+49"},
	{"49", "*21#", "*21#"},
	{"49", "0301*5", "0301*5"},
	{"49", "0301#", "0301#"},
	/* No plan: as it is sent */
	{"", "0301", "0301"},
	{"", "+49301", "+49301"},
	/* No trunk prefix: the 0 is the number's */
	{"39", "0612345678", "+390612345678"},
	{"39", "3471234567", "+393471234567"},
	{"39", "+390612345678", "+390612345678"},
	{"39", "00390612345678", "+390612345678"},
	{"39", "012", "012"},
	{"45", "90123456", "+4590123456"},
	{"45", "901", "901"},
	/* One that is no 0 is a prefix only before a whole number */
	{"1", "101", "101"},
	{"1", "1000", "1000"},
	{"1", "5551234", "5551234"},
	{"1", "2125550100", "+12125550100"},
	{"1", "12125550100", "+12125550100"},
	{"1", "011442079460000", "+442079460000"},
	{"1", "0112125550100", "+2125550100"},
	{"1", "911", "911"},
	{"7", "84951234567", "+74951234567"},
	{"7", "4951234567", "+74951234567"},
	{"7", "8121234567", "+78121234567"},
	{"7", "88121234567", "+78121234567"},
	{"7", "810493012345678", "+493012345678"},
	{"7", "801", "801"},
	{"7", "8105", "8105"},
	{"375", "80291234567", "+375291234567"},
	{"375", "291234567", "+375291234567"},
	/* Other prefixes */
	{"36", "0612345678", "+3612345678"},
	{"36", "004930123456", "+4930123456"},
	{"36", "06", "06"},
	{"36", "012", "012"},
	{"81", "0312345678", "+81312345678"},
	{"81", "010442079460000", "+442079460000"},
	{"61", "001149301234", "+49301234"},
	{"61", "0212345678", "+61212345678"},
	{"61", "000", "000"},
	{"290", "22158", "+29022158"},
	{"290", "221", "221"},
	/* The longest that fit, and longer */
	{"49", "0" DIGITS_44, "+49" DIGITS_44},
	{"49", DIGITS_44, "+49" DIGITS_44},
	{"49", DIGITS_44 "5", DIGITS_44 "5"},
	{"49", "0" DIGITS_44 "5", "0" DIGITS_44 "5"},
	{"49", "00" DIGITS_44 "5", "+" DIGITS_44 "5"},
	{"49", DIGITS_47, DIGITS_47},
};


static void a_number_is_one_number_however_it_is_dialled(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(apply_row); i++) {
		const struct dial_plan plan = plan_of(apply_row[i].code);
		char number[NUMBER_MAX], same[NUMBER_MAX];

		dial_plan_apply(&plan, number, apply_row[i].dialled);
		if (strcmp(number, apply_row[i].number) != 0)
			fail_msg("+%s: %s is %s, not %s", apply_row[i].code,
				 apply_row[i].dialled, number,
				 apply_row[i].number);

		memcpy(same, apply_row[i].dialled,
		       strlen(apply_row[i].dialled) + 1);
		dial_plan_apply(&plan, same, same);
		assert_string_equal(same, number);
	}
}


static void spellings_of_the_wire_are_one_number(void **state)
{
	static const char *const user[] = {
		"+49 30 1",
		"0049301",
		"(030) 1",
		"tel:+49-30-1",
		"tel:1;phone-context=+4930",
		"%2B4930%201",
		"0301;phone-context=example.com",
		"0301;phone-context=+49",
		"+49(0)301;user=phone",
	};
	const struct dial_plan plan = plan_of("49");

	(void)state;
	for (size_t i = 0; i < ROWS(user); i++) {
		char number[NUMBER_MAX];

		assert_true(number_normalise(number, user[i]));
		dial_plan_apply(&plan, number, number);
		assert_string_equal(number, "+49301");
	}
}


static void the_shortest_national_number_is_a_setting(void **state)
{
	struct dial_plan plan = plan_of("45");
	char number[NUMBER_MAX];

	(void)state;
	plan.min_national = 1;
	dial_plan_apply(&plan, number, "9");
	assert_string_equal(number, "+459");
	plan.min_national = DIAL_PLAN_DIGITS_MAX;
	dial_plan_apply(&plan, number, "90123456");
	assert_string_equal(number, "90123456");
}


#define NOT_ALIKE "not alike"

/* What a pattern becomes, as a text: "!+49" is abroad, but for "!+39,+390" */
static const struct {
	const char *code, *pattern, *want;
} pattern_row[] = {
	{"", "0*", "0*"},
	{"", "0301", "0301"},
	{"49", "0301", "+49301"},
	{"49", "301", "301"},
	{"49", "+4990*", "+4990*"},
	{"49", "004990*", "+4990*"},
	{"49", "090*", "+4990*"},
	{"49", "+49090*", "+4990*"},
	{"49", "+490*", "+49*"},
	{"49", "+*", "+*"},
	{"49", "+4*", "+4*"},
	/* Only the plan's own prefixes */
	{"49", "0*", "+*"},
	{"49", "00*", "!+49"},
	{"49", "004*", "+4*"},
	{"49", "03*", "+493*"},
	{"39", "0*", "!+39,+390"},
	{"39", "00*", "!+39"},
	{"39", "06*", "06*"},
	{"39", "061234*", "+39061234*"},
	{"36", "0*", "+*"},
	{"36", "06*", "+36*"},
	{"36", "061*", "+361*"},
	{"36", "+360*", "+36*"},
	{"52", "01*", "+52*"},
	{"1", "0*", "!+1"},
	{"1", "01*", "!+1"},
	{"1", "011*", "!+1"},
	{"1", "01144*", "+44*"},
	{"81", "0*", "+*"},
	{"81", "01*", "!+81,+811"},
	{"81", "010*", "!+81"},
	{"81", "03*", "+813*"},
	{"61", "0*", "+*"},
	{"61", "00*", "!+61"},
	{"61", "001*", "!+61"},
	{"61", "0011*", "!+61"},
	{"61", "001149*", "+49*"},
	{"61", "000*", "000*"},
	{"238", "0*", "!+238"},
	/* Without a prefix it covers extensions */
	{"49", "3*", "3*"},
	{"49", "301234*", "301234*"},
	{"49", "3012345*", "+493012345*"},
	{"1", "1*", "1*"},
	{"1", "1212*", "1212*"},
	{"1", "12125550*", "12125550*"},
	{"1", "1212555010*", "+1212555010*"},
	{"1", "2125550100*", "+12125550100*"},
	{"7", "8*", "8*"},
	{"7", "810*", "810*"},
	{"45", "9*", "9*"},
	{"49", "*21*", "*21*"},
	{"49", "0#*", "0#*"},
	/* A digit that may be any is none of a prefix */
	{"49", "2??", "2??"},
	{"49", "???", "???"},
	{"49", "0301??", "+49301??"},
	{"49", "00?41?", "+?41?"},
	{"49", "+49301??", "+49301??"},
	{"49", "0?0*", "+49?0*"},
	{"49", "?0*", "?0*"},
	{"49", "30123??", "+4930123??"},
	{"49", "*2?#", "*2?#"},
	{"49", "+490?1*", "+49?1*"},
	{"1", "1212555????", "+1212555????"},
	{"1", "212555????", "+1212555????"},
	{"1", "1??", "1??"},
	/* Ranges */
	{"49", "0301200..0301299", "+49301200..+49301299"},
	{"49", "0049301..0049309", "+49301..+49309"},
	{"49", "+49301..+49309", "+49301..+49309"},
	{"49", "+490301..+490309", "+49301..+49309"},
	{"49", "3012345..3012399", "+493012345..+493012399"},
	{"49", "200..299", "200..299"},
	{"49", "0..9", "0..9"},
	{"1", "100..199", "100..199"},
	{"1", "12125550100..12125550199", "+12125550100..+12125550199"},
	{"49", "0090..0110", NOT_ALIKE},
	{"49", "0900000..1000000", NOT_ALIKE},
	{"49", "000..099", NOT_ALIKE},
	{"49", "+480000..+490301", NOT_ALIKE},
	{"49", "+490301..+491301", NOT_ALIKE},
	{"1", "02125550100..22125550100", NOT_ALIKE},
	{"7", "74951234567..94951234567", NOT_ALIKE},
	{"7", "80951234567890..82951234567890", NOT_ALIKE},
	{"49", "0" DIGITS_47 "..0" DIGITS_47, ""},
};


static const char *pattern_print(char *dst, size_t size,
				 const struct number_pattern *p)
{
	switch (p->kind) {

	case NUMBER_EXACT:
	case NUMBER_WILDCARD:
		(void)snprintf(dst, size, "%s", p->digits);
		break;

	case NUMBER_PREFIX:
		(void)snprintf(dst, size, "%s*", p->digits);
		break;

	case NUMBER_RANGE:
		(void)snprintf(dst, size, "%s..%s", p->digits, p->last);
		break;

	case NUMBER_ABROAD:
		(void)snprintf(dst, size, "!%s%s%s", p->digits,
			       p->last[0] ? "," : "", p->last);
		break;
	}

	return dst;
}


static void a_pattern_becomes_what_it_covers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(pattern_row); i++) {
		const struct dial_plan plan = plan_of(pattern_row[i].code);
		const char *text = pattern_row[i].pattern;
		char got[3 * NUMBER_MAX];
		struct number_pattern p, as_read;
		int e;

		if (number_pattern_parse(&p, text, strlen(text), NULL)) {
			assert_string_equal(pattern_row[i].want, "");
			continue;
		}
		as_read = p;
		e = dial_plan_apply_pattern(&plan, &p);
		if (!strcmp(pattern_row[i].want, NOT_ALIKE)) {
			assert_int_equal(e, EBADMSG);
			assert_memory_equal(&p, &as_read, sizeof(p));
			continue;
		}
		if (e || strcmp(pattern_print(got, sizeof(got), &p),
				pattern_row[i].want) != 0)
			fail_msg("+%s: %s is %s, not %s", pattern_row[i].code,
				 text, got, pattern_row[i].want);

		/* Once it stands it stays */
		as_read = p;
		assert_int_equal(dial_plan_apply_pattern(&plan, &p), 0);
		assert_string_equal(p.digits, as_read.digits);
		assert_int_equal(p.kind, as_read.kind);
	}
}


static void emergency_numbers_are_numbers(void **state)
{
	const struct dial_plan_country *c;

	(void)state;
	for (size_t i = 0; (c = dial_plan_country_at(i)) != NULL; i++) {
		const char *s = dial_plan_emergency(c->code);
		size_t n = 0;

		for (const char *end;; s = end + strlen(", "), n++) {
			struct number_pattern p;
			const size_t len = strcspn(s, ",");

			assert_in_range(len, 2, 5);
			assert_int_equal(
				number_pattern_parse(&p, s, len, NULL), 0);
			assert_int_equal(p.kind, NUMBER_EXACT);
			end = s + len;
			if (!*end)
				break;
			assert_int_equal(strncmp(end, ", ", 2), 0);
		}
		assert_in_range(n + 1, 1, 8);
	}
	assert_string_equal(dial_plan_emergency("49"), "112, 110");
	assert_string_equal(dial_plan_emergency("999"), "112, 911");
	assert_string_equal(dial_plan_emergency(""), "112, 911");
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_country_has_its_usual_plan),
		cmocka_unit_test(what_the_itu_did_not_assign_is_no_country),
		cmocka_unit_test(every_country_fits_its_plan),
		cmocka_unit_test(a_number_is_one_number_however_it_is_dialled),
		cmocka_unit_test(spellings_of_the_wire_are_one_number),
		cmocka_unit_test(the_shortest_national_number_is_a_setting),
		cmocka_unit_test(a_pattern_becomes_what_it_covers),
		cmocka_unit_test(emergency_numbers_are_numbers),
	};

	return cmocka_run_group_tests_name("dial_plan", tests, NULL, NULL);
}
