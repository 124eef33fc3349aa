/**
 * @file tests/fuzz/policy_fuzz.c  What reads bytes from outside, fuzzed
 *
 * The first byte chooses the reader. Build and run, from the top folder:
 *
 *   clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -I. \
 *     tests/fuzz/policy_fuzz.c app/policy/[a-z]*.c -o policy_fuzz
 *   ./policy_fuzz -max_total_time=60 -max_len=4096 CORPUS_FOLDER
 */
#include "app/policy/compile.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	NAME_SIZE = 32,
	NUMBERC_MAX = 8,
	DAY_S = 86400,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);


static void expect(bool holds)
{
	if (!holds)
		abort();
}


static void fuzz_zone(const uint8_t *data, size_t len)
{
	static const int64_t utc[] = {INT64_MIN,  -1,         0,
				      1774749600, 4000000000, INT64_MAX};
	static struct zone z;
	const char *what = NULL;

	if (zone_parse(&z, "fuzz", data, len, &what)) {
		expect(what && !z.n);
		return;
	}

	for (size_t i = 0; i < sizeof(utc) / sizeof(utc[0]); i++) {
		static const struct hours h = {.range = {{6, 150, 1590}},
					       .n = 1};
		struct civil c;
		int64_t at_s;

		zone_to_civil(&z, utc[i], &c);
		expect(c.month >= 1 && c.month <= 12 && c.day >= 1 &&
		       c.day <= 31 && c.hour < 24 && c.min < 60 &&
		       c.sec < 60 && c.weekday < 7);
		(void)zone_from_civil(&z, &c);
		if (hours_next(&h, &z, utc[i], true, &at_s))
			expect(at_s > utc[i] && hours_open(&h, &z, at_s) &&
			       !hours_open(&h, &z, at_s - 1));
	}
}


static void fuzz_hours(const char *text, size_t len)
{
	static struct hours h;
	static struct zone z;
	struct text_error err = {0, NULL};
	int64_t at_s;

	zone_utc_init(&z);
	if (hours_parse(&h, text, &err)) {
		expect(err.what && err.off <= len);
		return;
	}

	for (size_t i = 0; i < h.n; i++)
		expect(h.range[i].weekday < 7 && h.range[i].from_min < 1440 &&
		       h.range[i].to_min > h.range[i].from_min &&
		       h.range[i].to_min <= 2879);
	if (hours_next(&h, &z, 0, true, &at_s))
		expect(hours_open(&h, &z, at_s) &&
		       !hours_open(&h, &z, at_s - 1));
	if (hours_next(&h, &z, 0, false, &at_s))
		expect(!hours_open(&h, &z, at_s) &&
		       hours_open(&h, &z, at_s - 1) && at_s < 8 * DAY_S);
}


/* A number stays itself, and is covered by the pattern that it is */
static void fuzz_number(const char *text)
{
	char number[NUMBER_MAX], again[NUMBER_MAX];
	struct number_pattern p;

	if (!number_normalise(number, text)) {
		expect(!number[0]);
		return;
	}

	expect(number_normalise(again, number) && !strcmp(number, again));
	if (!number_pattern_parse(&p, number, strlen(number), NULL))
		expect(number_pattern_match(&p, number));
}


static void fuzz_clean(const uint8_t *data, size_t len)
{
	char dst[NAME_SIZE], again[NAME_SIZE];

	(void)text_clean(dst, sizeof(dst), (const char *)data, len);
	for (size_t i = 0; dst[i];) {
		uint32_t cp;
		const size_t n =
			text_utf8_decode(&dst[i], strlen(&dst[i]), &cp);

		expect(cp != 0xfffd || n == 3);
		expect(cp >= 0x20 && !(cp >= 0x7f && cp <= 0x9f));
		i += n;
	}
	expect(text_clean(again, sizeof(again), dst, strlen(dst)));
	expect(!strcmp(dst, again));
	text_copy(again, sizeof(again), dst);
	expect(!strcmp(dst, again));
}


static void fuzz_compile(const char *text, size_t len)
{
	struct number_pattern v[NUMBERC_MAX];
	struct text_error err = {0, NULL};
	enum policy_action action;
	uint16_t scode;
	size_t n;

	if (compile_numbers(v, NUMBERC_MAX, &n, text, &err))
		expect(err.what && err.off <= len);
	else
		expect(n && n <= NUMBERC_MAX);

	if (compile_action(&action, &scode, text, &err))
		expect(err.what && err.off <= len);
	else
		expect(!scode || compile_scode_allowed(scode));

	if (compile_scode(&scode, text, &err))
		expect(err.what && err.off <= len);
	else
		expect(compile_scode_allowed(scode));

	if (compile_outside(&action, text, &err))
		expect(err.what && err.off <= len);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	uint8_t kind;
	char *text;

	if (!len)
		return 0;
	kind = *data++;
	len--;

	text = malloc(len + 1);
	if (!text)
		return 0;
	memcpy(text, data, len);
	text[len] = '\0';

	switch (kind % 5) {

	case 0:
		fuzz_zone(data, len);
		break;

	case 1:
		fuzz_hours(text, strlen(text));
		break;

	case 2:
		fuzz_number(text);
		break;

	case 3:
		fuzz_clean(data, len);
		break;

	default:
		fuzz_compile(text, strlen(text));
		break;
	}

	free(text);
	return 0;
}
