/**
 * @file tests/fuzz/number_fuzz.c  Numbers and their patterns against any text
 *
 * A number stays itself however often it is read, in any dial plan, and is
 * covered by the pattern that it is; a range has both its ends.
 */
#include "tests/fuzz/fuzz.h"

#include "app/policy/dial_plan.h"

/* Countries whose plans have nothing in common; "" is none */
static const char *const country[] = {
	"", "1", "36", "375", "39", "49", "7", "81", "238",
};


/* The plan settles a number at once, and a pattern that is this number covers
 * it in any plan */
static void dialled_check(const char *number)
{
	char once[NUMBER_MAX], twice[NUMBER_MAX];
	struct number_pattern p;

	for (size_t i = 0; i < sizeof(country) / sizeof(country[0]); i++) {
		struct dial_plan plan = {.min_national = 0};

		expect(!dial_plan_init(&plan, country[i]) == !!country[i][0]);
		dial_plan_apply(&plan, once, number);
		dial_plan_apply(&plan, twice, once);
		expect(!strcmp(once, twice));

		if (number_pattern_parse(&p, number, strlen(number), NULL) ||
		    p.kind != NUMBER_EXACT)
			continue;
		expect(!dial_plan_apply_pattern(&plan, &p));
		expect(number_pattern_match(&p, once));
	}
}


/* A range has its ends, and stays one that goes forward, in any plan */
static void pattern_check(const char *text)
{
	struct number_pattern p, planned;

	if (number_pattern_parse(&p, text, strlen(text), NULL))
		return;

	for (size_t i = 0; i < sizeof(country) / sizeof(country[0]); i++) {
		struct dial_plan plan = {.min_national = 0};

		(void)dial_plan_init(&plan, country[i]);
		planned = p;
		if (dial_plan_apply_pattern(&plan, &planned)) {
			expect(p.kind == NUMBER_RANGE);
			expect(!memcmp(&planned, &p, sizeof(p)));
			continue;
		}
		expect(memchr(planned.digits, '\0', NUMBER_MAX));
		expect(memchr(planned.last, '\0', NUMBER_MAX));
		(void)number_pattern_match(&planned, text);
		if (planned.kind != NUMBER_RANGE)
			continue;
		expect(number_pattern_match(&planned, planned.digits));
		expect(number_pattern_match(&planned, planned.last));
	}
}


/* A number stays itself, and is covered by the pattern that it is */
static void number_check(const char *text)
{
	char number[NUMBER_MAX], again[NUMBER_MAX];
	struct number_pattern p;

	pattern_check(text);

	if (!number_normalise(number, text)) {
		expect(!number[0]);
		return;
	}

	expect(number_normalise(again, number) && !strcmp(number, again));
	dialled_check(number);
	if (!number_pattern_parse(&p, number, strlen(number), NULL))
		expect(number_pattern_match(&p, number));
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *text = fuzz_text(data, len);

	number_check(text);
	free(text);
	return 0;
}
