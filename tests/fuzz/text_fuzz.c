/**
 * @file tests/fuzz/text_fuzz.c  Text of others, cleaned, and text patterns
 *
 * What was cleaned is sound UTF-8 without control characters, is cut between
 * characters, and stays as it is when it is cleaned again. Up to the first
 * zero byte is a pattern, up to the second another, and behind it a text.
 */
#include "tests/fuzz/fuzz.h"

#include "app/policy/policy.h"
#include "app/policy/text.h"
#include "app/policy/text_pattern.h"

enum {
	NAME_SIZE = 32,
};


static void clean_check(const uint8_t *data, size_t len)
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


/** Up to the next zero byte; @return whether there was a text that fits */
static bool text_next(char dst[POLICY_TEXT_MAX], const uint8_t **data,
		      size_t *len)
{
	const uint8_t *end = memchr(*data, '\0', *len);
	const size_t n = end ? (size_t)(end - *data) : *len;

	if (n >= POLICY_TEXT_MAX)
		return false;

	memcpy(dst, *data, n);
	dst[n] = '\0';
	*data += end ? n + 1 : n;
	*len -= end ? n + 1 : n;

	return true;
}


/* What covers a pattern fits all that the pattern fits */
static void patterns_check(const uint8_t *data, size_t len)
{
	char wide[POLICY_TEXT_MAX], narrow[POLICY_TEXT_MAX];
	char text[POLICY_TEXT_MAX];

	if (!len || !text_next(wide, &data, &len) ||
	    !text_next(narrow, &data, &len) || !text_next(text, &data, &len))
		return;

	expect(text_pattern_match("*", text));
	expect(text_pattern_covers(wide, wide));
	expect(text_pattern_covers("*", narrow));
	if (text_pattern_covers(wide, narrow) &&
	    text_pattern_match(narrow, text))
		expect(text_pattern_match(wide, text));
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	clean_check(data, len);
	patterns_check(data, len);

	return 0;
}
