/**
 * @file tests/unit/policy/test_dial_plan_oracle.c  Dial plans and a judge
 *
 * Every region that libphonenumber knows, its numbers of every kind, in every
 * way in which they are dialled there: what it reads as a number in E.164,
 * the plan has to read as the same. Where it does not, there is a row that
 * says why, and a row that is of no use fails, too.
 */
#include "app/policy/dial_plan.h"
#include "app/policy/dial_plan_table.h"
#include "tests/unit/policy/phonenumber_oracle.h"

#include "check.h"

enum {
	NUMBERS = 12, /* like each example */
	LAST = 4,     /* digits that differ */
	REGIONS_LEAST = 200,
	COMPARED_LEAST = 50000,
};

static const uint64_t seed = 88172645463325252;

enum way {
	WAY_E164,
	WAY_WRITTEN_ABROAD, /* "+49 30 123456"             */
	WAY_INTERNATIONAL,  /* the plan's prefix           */
	WAY_WRITTEN,        /* as the oracle does, at home */
	WAY_TRUNK,          /* the plan's prefix, if any   */
	WAY_NATIONAL,       /* none at all                 */
};

/* Where a number is read otherwise, and why that is right, or can't be
 * helped */
static struct {
	const char *code, *starts; /* what is dialled */
	enum way way;
	const char *why;
	size_t used;
} other[] = {
	{"1", "310-", WAY_WRITTEN, "310 1234 is a whole number, of 7 digits",
	 0},
	{"1", "1310", WAY_TRUNK, "310 1234 is a whole number, of 7 digits", 0},
	{"31", "14", WAY_WRITTEN, "14 020 has 5 digits, as an extension", 0},
	{"370", "(8-", WAY_WRITTEN, "the trunk prefix is 0 since March 2024",
	 0},
	{"370", "8 ", WAY_WRITTEN, "the trunk prefix is 0 since March 2024",
	 0},
	{"375", "8 8", WAY_WRITTEN, "8, not 80, for these; a plan has one", 0},
	{"375", "8 9", WAY_WRITTEN, "8, not 80, for these; a plan has one", 0},
	{"421", "02/", WAY_WRITTEN, "no separator of RFC 3966", 0},
	{"421", "+421 2/", WAY_WRITTEN_ABROAD, "no separator of RFC 3966", 0},
	{"47", "0", WAY_WRITTEN, "5 digits, as an extension", 0},
	{"47", "0", WAY_TRUNK, "5 digits, as an extension", 0},
	{"54", "0", WAY_WRITTEN, "15 behind the town is 9 before it", 0},
};

static struct {
	size_t numbers, compared;
} done;


static bool is_other(const char *code, const char *dialled, enum way way)
{
	for (size_t i = 0; i < ROWS(other); i++) {
		if (strcmp(other[i].code, code) != 0 || other[i].way != way ||
		    strncmp(other[i].starts, dialled,
			    strlen(other[i].starts)) != 0)
			continue;
		other[i].used++;
		return true;
	}

	return false;
}


/* Only what the oracle itself reads as this number is asked */
static void compare(const struct dial_plan *plan, const char *region,
		    const char *e164, const char *dialled, enum way way)
{
	char number[NUMBER_MAX];
	oracle_text judged;

	if (!oracle_parse(judged, dialled, region) ||
	    strcmp(judged, e164) != 0)
		return;

	done.compared++;
	(void)number_normalise(number, dialled);
	dial_plan_apply(plan, number, number);
	if (strcmp(number, e164) != 0 &&
	    !is_other(plan->country_code, dialled, way))
		fail_msg("%s: %s is \"%s\", not %s", region, dialled, number,
			 e164);
}


static void compare_number(const struct dial_plan *plan, const char *region,
			   const char *e164)
{
	const char *national = e164 + 1 + strlen(plan->country_code);
	char text[ORACLE_TEXT_MAX + DIAL_PLAN_PREFIX_MAX];
	oracle_text written;

	done.numbers++;
	compare(plan, region, e164, e164, WAY_E164);

	assert_true(oracle_international(written, e164));
	compare(plan, region, e164, written, WAY_WRITTEN_ABROAD);

	(void)snprintf(text, sizeof(text), "%s%s", plan->international_prefix,
		       e164 + 1);
	compare(plan, region, e164, text, WAY_INTERNATIONAL);

	assert_true(oracle_national(written, e164));
	compare(plan, region, e164, written, WAY_WRITTEN);

	(void)snprintf(text, sizeof(text), "%s%s", plan->trunk_prefix,
		       national);
	compare(plan, region, e164, text, WAY_TRUNK);

	if (strlen(national) >= plan->min_national)
		compare(plan, region, e164, national, WAY_NATIONAL);
}


/* The example and others that end differently, as far as they are valid */
static void compare_type(const struct dial_plan *plan, const char *region,
			 unsigned type, uint64_t *rnd)
{
	oracle_text example, e164, judged;
	size_t len;

	if (!oracle_example(example, region, type))
		return;

	compare_number(plan, region, example);
	len = strlen(example);
	for (unsigned i = 0; i < NUMBERS; i++) {
		memcpy(e164, example, sizeof(e164));
		for (size_t k = len - LAST; k < len; k++)
			e164[k] = (char)('0' + check_random(rnd) % 10);
		if (oracle_parse(judged, e164, "ZZ") && !strcmp(judged, e164))
			compare_number(plan, region, e164);
	}
}


static void a_number_is_what_libphonenumber_reads(void **state)
{
	static char region[ORACLE_REGIONS_MAX][ORACLE_REGION_MAX];
	const size_t n = oracle_regions(region);
	uint64_t rnd = seed;

	(void)state;
	assert_true(n >= REGIONS_LEAST);
	for (size_t i = 0; i < n; i++) {
		struct dial_plan plan;
		oracle_text code;

		oracle_code(code, region[i]);
		assert_int_equal(dial_plan_init(&plan, code), 0);
		for (unsigned type = 0; type < ORACLE_TYPES; type++)
			compare_type(&plan, region[i], type, &rnd);
	}

	assert_true(done.compared >= COMPARED_LEAST);
	for (size_t i = 0; i < ROWS(other); i++) {
		if (!other[i].used)
			fail_msg("+%s %s is read alike: remove the row",
				 other[i].code, other[i].starts);
		print_message("+%s %s: %zu times, %s\n", other[i].code,
			      other[i].starts, other[i].used, other[i].why);
	}
	print_message("%zu regions, %zu numbers, %zu spellings\n", n,
		      done.numbers, done.compared);
}


/* Prefixes that are not the oracle's, and why */
static struct {
	const char *code, *trunk, *international, *why;
	bool used;
} prefix_row[] = {
	{"370", "0", "00", "it was 8 until March 2024", false},
	{"375", "80", "810", "a second tone, and 0, behind the 8", false},
	{"852", "", "001", "00 needs a carrier's digits", false},
};


static void a_country_has_the_prefixes_of_libphonenumber(void **state)
{
	const struct dial_plan_country *c;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; (c = dial_plan_country_at(i)) != NULL; i++) {
		char region[ORACLE_REGION_MAX];
		oracle_text trunk, international;
		size_t k = 0;

		if (!oracle_main_region(region, c->code))
			continue;
		n++;
		oracle_prefixes(trunk, international, region);
		if (!strcmp(trunk, c->trunk) &&
		    (!international[0] ||
		     !strcmp(international, c->international)))
			continue;

		while (k < ROWS(prefix_row) &&
		       strcmp(prefix_row[k].code, c->code) != 0)
			k++;
		if (k == ROWS(prefix_row) ||
		    strcmp(prefix_row[k].trunk, c->trunk) != 0 ||
		    strcmp(prefix_row[k].international, c->international) != 0)
			fail_msg("+%s: %s, %s, not %s, %s", c->code, c->trunk,
				 c->international, trunk, international);
		prefix_row[k].used = true;
	}
	assert_true(n >= REGIONS_LEAST);
	for (size_t k = 0; k < ROWS(prefix_row); k++)
		assert_true(prefix_row[k].used);
}


static void every_country_of_libphonenumber_has_a_plan(void **state)
{
	static char region[ORACLE_REGIONS_MAX][ORACLE_REGION_MAX];
	const size_t n = oracle_regions(region);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		oracle_text code;

		oracle_code(code, region[i]);
		if (!dial_plan_country_find(code))
			fail_msg("+%s (%s) is missing", code, region[i]);
	}
}


/* Emergency numbers that the oracle does not know, and why they are */
static struct {
	const char *code, *number, *why;
	bool used;
} emergency_row[] = {
	{"33", "114", "for people who don't hear or speak", false},
	{"378", "112", "Europe's", false},
	{"387", "112", "Europe's", false},
	{"81", "118", "the coast guard", false},
};


static bool emergency_excused(const char *code, const char *number)
{
	/* Where nothing is known, what mobile networks know everywhere */
	if (!strcmp(dial_plan_emergency(code), dial_plan_emergency("")))
		return true;

	for (size_t i = 0; i < ROWS(emergency_row); i++) {
		if (strcmp(emergency_row[i].code, code) != 0 ||
		    strcmp(emergency_row[i].number, number) != 0)
			continue;
		emergency_row[i].used = true;
		return true;
	}

	return false;
}


static void emergency_numbers_are_those_of_libphonenumber(void **state)
{
	const struct dial_plan_country *c;

	(void)state;
	for (size_t i = 0; (c = dial_plan_country_at(i)) != NULL; i++) {
		char region[ORACLE_REGION_MAX];
		const char *s = c->emergency;

		if (!oracle_main_region(region, c->code))
			continue;
		while (*s) {
			const size_t len = strcspn(s, ",");
			char number[8];

			(void)snprintf(number, sizeof(number), "%.*s",
				       (int)len, s);
			if (!oracle_is_emergency(number, region) &&
			    !emergency_excused(c->code, number))
				fail_msg("%s: %s is none", region, number);
			s += len;
			s += strspn(s, ", ");
		}
	}
	for (size_t k = 0; k < ROWS(emergency_row); k++) {
		if (!emergency_row[k].used)
			fail_msg("+%s %s is one: remove the row",
				 emergency_row[k].code,
				 emergency_row[k].number);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_is_what_libphonenumber_reads),
		cmocka_unit_test(a_country_has_the_prefixes_of_libphonenumber),
		cmocka_unit_test(every_country_of_libphonenumber_has_a_plan),
		cmocka_unit_test(
			emergency_numbers_are_those_of_libphonenumber),
	};

	return cmocka_run_group_tests_name("dial_plan_oracle", tests, NULL,
					   NULL);
}
