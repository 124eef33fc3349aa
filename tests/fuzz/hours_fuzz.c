/**
 * @file tests/fuzz/hours_fuzz.c  Schedules against any text
 *
 * What is refused is told with its place in the text. What is taken keeps its
 * limits, and opens and closes at the very second that is foretold.
 */
#include "tests/fuzz/fuzz.h"

#include "app/policy/hours.h"

enum {
	DAY_S = 86400,
};


/* Ranges of the week first, then those of the special days */
static void hours_expect_sound(const struct hours *h, size_t len)
{
	expect(h->n <= h->rangec && h->rangec <= HOURS_RANGE_MAX);
	expect(h->specialc <= HOURS_SPECIAL_MAX);
	expect(!h->has_holiday || h->holiday_off < len);

	for (size_t i = 0; i < h->rangec; i++) {
		const struct hours_range *r = &h->range[i];

		expect(i < h->n ? r->weekday < 7
				: r->weekday == HOURS_WEEKDAY_ANY);
		expect(r->from_min < 1440 && r->to_min > r->from_min &&
		       r->to_min <= 2879);
	}
	for (size_t i = 0; i < h->specialc; i++) {
		const struct hours_special *s = &h->special[i];

		expect(s->kind <= HOURS_HOLIDAY && s->weekdays &&
		       s->weekdays <= HOURS_WEEKDAYS && s->nth < 1 << 10);
		expect(s->first >= h->n &&
		       (size_t)s->first + s->n <= h->rangec);
		expect(s->kind == HOURS_YEARLY || s->from <= s->to);
	}
}


static void hours_check(const char *text, size_t len)
{
	/* 1970, a summer, the last day of a leap year, the end of time */
	static const int64_t utc[] = {0, 1782000000, 1861876800,
				      ZONE_UTC_MAX_S - 400 * DAY_S};
	static struct hours h;
	static struct zone z;
	struct text_error err = {0, NULL};
	int64_t at_s;

	zone_utc_init(&z);
	if (hours_parse(&h, text, &err)) {
		expect(err.what && err.off <= len);
		return;
	}

	hours_expect_sound(&h, len);
	for (size_t i = 0; i < sizeof(utc) / sizeof(utc[0]); i++) {
		if (hours_next(&h, NULL, &z, utc[i], true, &at_s))
			expect(hours_open(&h, NULL, &z, at_s) &&
			       !hours_open(&h, NULL, &z, at_s - 1) &&
			       at_s - utc[i] <= HOURS_HORIZON_DAY * DAY_S);
		if (hours_next(&h, NULL, &z, utc[i], false, &at_s))
			expect(!hours_open(&h, NULL, &z, at_s) &&
			       hours_open(&h, NULL, &z, at_s - 1) &&
			       (h.specialc || at_s - utc[i] < 8 * DAY_S));
	}
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *text = fuzz_text(data, len);

	hours_check(text, strlen(text));
	free(text);
	return 0;
}
