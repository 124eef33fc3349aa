/**
 * @file tests/fuzz/zone_fuzz.c  Time zone files (RFC 8536) against any bytes
 *
 * A file that is taken gives a calendar for every time, and hours that open
 * when they say that they do.
 */
#include "tests/fuzz/fuzz.h"

#include "app/policy/hours.h"


/** How often the offset changes lately, two or more often being 2 */
static unsigned changes_count(const struct zone *z, int64_t utc_s)
{
	int64_t at_s = utc_s - 3 * (int64_t)ZONE_OFFSET_MAX_S;
	unsigned n = 0;

	while (n < 2 && zone_next_change(z, at_s, &at_s) && at_s <= utc_s)
		n++;

	return n;
}


/** The first instant that has a local time has it; but where clocks go forward
    and soon back, as nowhere, it counts as skipped before it comes */
static void instant_check(const struct zone *z, int64_t utc_s)
{
	struct civil c;
	int64_t at_s;

	if (utc_s <= -ZONE_UTC_MAX_S || utc_s >= ZONE_UTC_MAX_S)
		return;

	zone_to_civil(z, utc_s, &c);
	at_s = zone_from_civil(z, &c);
	if (changes_count(z, utc_s) < 2)
		expect(at_s <= utc_s &&
		       zone_local_s(z, at_s) == zone_local_s(z, utc_s));
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const int64_t utc[] = {INT64_MIN,  -1,         0,
				      1774749600, 4000000000, INT64_MAX};
	static struct zone z;
	const char *what = NULL;

	if (zone_parse(&z, "fuzz", data, len, &what)) {
		expect(what && !z.n);
		return 0;
	}

	for (size_t i = 0; i < sizeof(utc) / sizeof(utc[0]); i++) {
		static const struct hours h = {
			.range = {{6, 150, 1590}}, .n = 1, .rangec = 1};
		struct civil c;
		int64_t at_s;

		zone_to_civil(&z, utc[i], &c);
		expect(c.month >= 1 && c.month <= 12 && c.day >= 1 &&
		       c.day <= 31 && c.hour < 24 && c.min < 60 &&
		       c.sec < 60 && c.weekday < 7);
		instant_check(&z, utc[i]);
		if (hours_next(&h, NULL, &z, utc[i], true, &at_s))
			expect(at_s > utc[i] &&
			       hours_open(&h, NULL, &z, at_s) &&
			       !hours_open(&h, NULL, &z, at_s - 1));
	}

	return 0;
}
