/**
 * @file tests/unit/policy/test_dial_plan_property.c  What holds in any country
 *
 * In each country and over thousands of numbers: the plan settles a number at
 * once, no spelling of a number matters, and a pattern covers just what it
 * covers as it is dialled.
 */
#include "app/policy/dial_plan.h"
#include "app/policy/dial_plan_table.h"

#include "check.h"

enum {
	NUMBERS = 300, /* in each country */
	SPELLINGS = 6,
	BARE = 2,  /* the one without a prefix */
	TRUNK = 3, /* with the trunk prefix, if there is one */
	ALPHABET_MAX = 13,
	TEXT_MAX = 1024,
};

static const uint64_t seed_first = 0x9e3779b97f4a7c15;

/* A subscriber's number and how it can be dialled from where the plan is */
struct subscriber {
	char spelling[SPELLINGS][2 * NUMBER_MAX];
	size_t n;
};


static void spelling_add(struct subscriber *s, const char *a, const char *b,
			 const char *c, const char *d)
{
	(void)snprintf(s->spelling[s->n], sizeof(s->spelling[0]), "%s%s%s%s",
		       a, b, c, d);
	s->n++;
}


static bool starts_with(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}


/* Of a whole national number, as no other is dialled: it does not start with
 * 0 where the plan takes that for a prefix, nor with another prefix */
static bool national_make(char dst[NUMBER_MAX], const struct dial_plan *plan,
			  uint64_t *rnd)
{
	const size_t len = (size_t)check_random_in(
		rnd, plan->min_national,
		DIAL_PLAN_DIGITS_MAX - (int)strlen(plan->country_code));
	char dialled[NUMBER_MAX + DIAL_PLAN_PREFIX_MAX];

	for (size_t i = 0; i < len; i++)
		dst[i] = (char)('0' + check_random(rnd) % 10);
	dst[len] = '\0';

	if (plan->trunk_prefix[0] && dst[0] == '0')
		return false;

	(void)snprintf(dialled, sizeof(dialled), "%s%s", plan->trunk_prefix,
		       dst);
	return !starts_with(dst, plan->international_prefix) &&
	       !starts_with(dialled, plan->international_prefix) &&
	       (!plan->trunk_prefix[0] ||
		!starts_with(dst, plan->trunk_prefix));
}


static void own_make(struct subscriber *s, const struct dial_plan *plan,
		     uint64_t *rnd)
{
	const char *code = plan->country_code;
	const char *abroad = plan->international_prefix;
	const char *trunk = plan->trunk_prefix;
	char national[NUMBER_MAX];

	while (!national_make(national, plan, rnd))
		;

	s->n = 0;
	spelling_add(s, "+", code, national, "");
	spelling_add(s, abroad, code, national, "");
	spelling_add(s, national, "", "", "");
	if (trunk[0])
		spelling_add(s, trunk, national, "", "");
	if (trunk[0] == '0') {
		spelling_add(s, "+", code, trunk, national);
		spelling_add(s, abroad, code, trunk, national);
	}
}


/* A number of another country, +49 or +44 */
static void foreign_make(struct subscriber *s, const struct dial_plan *plan,
			 uint64_t *rnd)
{
	const char *code = strcmp(plan->country_code, "49") ? "49" : "44";
	char national[NUMBER_MAX];

	(void)snprintf(national, sizeof(national), "%u",
		       1000000 + (unsigned)(check_random(rnd) % 90000000));
	s->n = 0;
	spelling_add(s, "+", code, national, "");
	spelling_add(s, plan->international_prefix, code, national, "");
}


static void subscriber_make(struct subscriber *s, const struct dial_plan *plan,
			    uint64_t *rnd)
{
	if (check_random(rnd) % 4)
		own_make(s, plan, rnd);
	else
		foreign_make(s, plan, rnd);
}


typedef void(each_h)(const struct dial_plan *plan, uint64_t *rnd);

static void each_country(each_h *eachh)
{
	const struct dial_plan_country *c;
	uint64_t rnd = seed_first;

	for (size_t i = 0; (c = dial_plan_country_at(i)) != NULL; i++) {
		struct dial_plan plan;

		assert_int_equal(dial_plan_init(&plan, c->code), 0);
		for (unsigned n = 0; n < NUMBERS; n++)
			eachh(&plan, &rnd);
	}
}


static void any_number(char dst[NUMBER_MAX], uint64_t *rnd)
{
	static const char alphabet[ALPHABET_MAX + 1] = "0001235678948";
	static const char other[] = "+*#";
	const size_t len = (size_t)check_random_in(rnd, 1, NUMBER_MAX - 1);

	for (size_t i = 0; i < len; i++)
		dst[i] = alphabet[check_random(rnd) % ALPHABET_MAX];
	if (!(check_random(rnd) % 4))
		dst[0] = other[check_random(rnd) % strlen(other)];
	dst[len] = '\0';
}


static void settles(const struct dial_plan *plan, uint64_t *rnd)
{
	char number[NUMBER_MAX], once[NUMBER_MAX], twice[NUMBER_MAX];

	any_number(number, rnd);
	dial_plan_apply(plan, once, number);
	dial_plan_apply(plan, twice, once);
	if (strcmp(once, twice) != 0)
		fail_msg("+%s: %s is %s is %s", plan->country_code, number,
			 once, twice);
}


static void is_one_number(const struct dial_plan *plan, uint64_t *rnd)
{
	struct subscriber s;

	subscriber_make(&s, plan, rnd);
	for (size_t i = 0; i < s.n; i++) {
		char number[NUMBER_MAX];

		dial_plan_apply(plan, number, s.spelling[i]);
		if (strcmp(number, s.spelling[0]) != 0)
			fail_msg("+%s: %s is %s, not %s", plan->country_code,
				 s.spelling[i], number, s.spelling[0]);
	}
}


/* A pattern out of one spelling: what it starts with behind all that may be a
 * prefix, with any digit there, or a range around it. Without a prefix, or
 * with one that is no 0, it has to be whole: fewer digits are an extension */
static void pattern_make(char dst[TEXT_MAX], const struct subscriber *s,
			 uint64_t *rnd)
{
	const size_t i = check_random(rnd) % s->n;
	const char *spelling = s->spelling[i];
	const size_t len = strlen(spelling);
	const size_t half = (len + 1) / 2;
	const size_t place = half + check_random(rnd) % (len - half);
	const bool sure = i != BARE && (*spelling == '+' || *spelling == '0');
	const int start = (int)(sure ? place : len);

	switch (check_random(rnd) % 5) {

	case 0:
		(void)snprintf(dst, TEXT_MAX, "%s", spelling);
		break;

	case 1:
		(void)snprintf(dst, TEXT_MAX, "%.*s*", start, spelling);
		break;

	case 2:
		(void)snprintf(dst, TEXT_MAX, "%.*s?%s", (int)place, spelling,
			       spelling + place + 1);
		break;

	case 3:
		(void)snprintf(dst, TEXT_MAX, "%.*s?%.*s*", (int)place,
			       spelling,
			       start > (int)place ? start - (int)place - 1 : 0,
			       spelling + place + 1);
		break;

	default:
		(void)snprintf(dst, TEXT_MAX, "%.*s0..%.*s9", (int)len - 1,
			       spelling, (int)len - 1, spelling);
		break;
	}
}


static bool covers_as_dialled(const struct number_pattern *raw,
			      const struct subscriber *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (number_pattern_match(raw, s->spelling[i]))
			return true;
	}

	return false;
}


static void check_covered(const struct dial_plan *plan, const char *text,
			  const struct subscriber *s, bool covered)
{
	struct number_pattern p;

	assert_int_equal(number_pattern_parse(&p, text, strlen(text), NULL),
			 0);
	assert_int_equal(dial_plan_apply_pattern(plan, &p), 0);
	for (size_t i = 0; i < s->n; i++) {
		char number[NUMBER_MAX];

		dial_plan_apply(plan, number, s->spelling[i]);
		if (number_pattern_match(&p, number) != covered)
			fail_msg("+%s: %s %s %s (%s)", plan->country_code,
				 text, covered ? "misses" : "covers",
				 s->spelling[i], number);
	}
}


static void covers_what_it_covers_dialled(const struct dial_plan *plan,
					  uint64_t *rnd)
{
	struct subscriber s, near;
	struct number_pattern raw;
	char text[TEXT_MAX];
	size_t len;

	own_make(&s, plan, rnd);
	pattern_make(text, &s, rnd);
	check_covered(plan, text, &s, true);

	/* A neighbour, which it may cover or not */
	near = s;
	for (size_t i = 0; i < near.n; i++) {
		len = strlen(near.spelling[i]);
		near.spelling[i][len - 2] =
			(char)('0' +
			       (near.spelling[i][len - 2] - '0' + 1) % 10);
	}
	assert_int_equal(number_pattern_parse(&raw, text, strlen(text), NULL),
			 0);
	check_covered(plan, text, &near, covers_as_dialled(&raw, &near));

	/* A stranger, likewise */
	foreign_make(&near, plan, rnd);
	check_covered(plan, text, &near, covers_as_dialled(&raw, &near));
}


/* "0*", "00*": as the person dials it, which is a trunk prefix for the own
 * country, or none where there is none, and the international one for others
 */
static void covers_what_has_the_plans_prefix(const struct dial_plan *plan,
					     uint64_t *rnd)
{
	const char *prefix = plan->international_prefix;
	struct subscriber own, foreign;

	if (prefix[0] != '0')
		return;

	own_make(&own, plan, rnd);
	foreign_make(&foreign, plan, rnd);
	for (size_t len = 1; len <= strlen(prefix); len++) {
		char text[2 * DIAL_PLAN_PREFIX_MAX];
		/* The number without a prefix, or with the trunk prefix */
		const char *dialled =
			own.spelling[plan->trunk_prefix[0] ? TRUNK : BARE];

		(void)snprintf(text, sizeof(text), "%.*s*", (int)len, prefix);
		check_covered(plan, text, &foreign, true);
		check_covered(plan, text, &own,
			      !strncmp(dialled, prefix, len));
	}
}


static void the_plan_settles_a_number_at_once(void **state)
{
	(void)state;
	each_country(settles);
}


static void a_number_is_one_number_in_every_country(void **state)
{
	(void)state;
	each_country(is_one_number);
}


static void a_pattern_covers_what_it_covers_as_dialled(void **state)
{
	(void)state;
	each_country(covers_what_it_covers_dialled);
}


static void the_plans_prefix_covers_what_is_dialled_with_it(void **state)
{
	(void)state;
	each_country(covers_what_has_the_plans_prefix);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_plan_settles_a_number_at_once),
		cmocka_unit_test(a_number_is_one_number_in_every_country),
		cmocka_unit_test(a_pattern_covers_what_it_covers_as_dialled),
		cmocka_unit_test(
			the_plans_prefix_covers_what_is_dialled_with_it),
	};

	return cmocka_run_group_tests_name("dial_plan_property", tests, NULL,
					   NULL);
}
