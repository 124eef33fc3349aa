/**
 * @file tests/unit/policy/test_text.c  Text from strangers
 */
#include "app/policy/text.h"

#include "check.h"

enum {
	LONG_BYTES = 7168,
	RANDOM_RUNS = 20000,
	RANDOM_MAX = 64,
};

#define REPLACED "\xef\xbf\xbd"


static const struct {
	const char *s;
	size_t len;
	uint32_t cp;
	size_t used;
} decode_row[] = {
	{"A", 1, 'A', 1},
	{"", 1, 0, 1},
	{"\xc3\xab", 2, 0xeb, 2},
	{"\xc2\x80", 2, 0x80, 2},
	{"\xdf\xbf", 2, 0x7ff, 2},
	{"\xe0\xa0\x80", 3, 0x800, 3},
	{"\xe7\x94\xb0", 3, 0x7530, 3},
	{"\xed\x9f\xbf", 3, 0xd7ff, 3},
	{"\xee\x80\x80", 3, 0xe000, 3},
	{"\xef\xbf\xbf", 3, 0xffff, 3},
	{"\xf0\x90\x80\x80", 4, 0x10000, 4},
	{"\xf0\x9f\x93\x9e", 4, 0x1f4de, 4},
	{"\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4},
	/* bytes that start nothing */
	{"\xff", 1, 0xfffd, 1},
	{"\xfe\xff", 2, 0xfffd, 1},
	{"\x80", 1, 0xfffd, 1},
	{"\xbf\xbf", 2, 0xfffd, 1},
	{"\xf8\x88\x80\x80\x80", 5, 0xfffd, 1},
	/* overlong */
	{"\xc0\x80", 2, 0xfffd, 1},
	{"\xc1\xbf", 2, 0xfffd, 1},
	{"\xe0\x80\xaf", 3, 0xfffd, 1},
	{"\xe0\x9f\xbf", 3, 0xfffd, 1},
	{"\xf0\x8f\xbf\xbf", 4, 0xfffd, 1},
	/* surrogates, beyond Unicode */
	{"\xed\xa0\x80", 3, 0xfffd, 1},
	{"\xed\xbf\xbf", 3, 0xfffd, 1},
	{"\xf4\x90\x80\x80", 4, 0xfffd, 1},
	{"\xf7\xbf\xbf\xbf", 4, 0xfffd, 1},
	/* cut */
	{"\xc3", 1, 0xfffd, 1},
	{"\xc3\x28", 2, 0xfffd, 1},
	{"\xe7\x94\xb0", 2, 0xfffd, 1},
	{"\xe7\x94\x41", 3, 0xfffd, 1},
	{"\xf0\x9f\x93\x9e", 3, 0xfffd, 1},
};


static void utf8_is_decoded_strictly(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(decode_row); i++) {
		uint32_t cp = 0;
		const size_t used = text_utf8_decode(decode_row[i].s,
						     decode_row[i].len, &cp);

		if (used != decode_row[i].used || cp != decode_row[i].cp)
			fail_msg("row %zu: %zu bytes, U+%04x", i, used, cp);
	}
}


static const struct {
	const char *src;
	const char *dst;
} clean_row[] = {
	{"", ""},
	{"Zo\xc3\xab M\xc3\xbcller \xe7\x94\xb0\xe4\xb8\xad",
	 "Zo\xc3\xab M\xc3\xbcller \xe7\x94\xb0\xe4\xb8\xad"},
	{"%s%n%H 100%", "%s%n%H 100%"},
	{"a\xff\xfe"
	 "b",
	 "a" REPLACED REPLACED "b"},
	{"\xc0\xaf", REPLACED REPLACED},
	{"\xed\xa0\x80", REPLACED REPLACED REPLACED},
	{"a\xe7\x94", "a" REPLACED REPLACED},
	/* controls vanish */
	{"a\x01\x1b[31m\x7f"
	 "b",
	 "a[31mb"},
	{"a\xc2\x80\xc2\x9f"
	 "b",
	 "ab"},
	{"\x07", ""},
	/* bidirectional overrides and isolates vanish */
	{"a\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad\xe2\x80\xae"
	 "b",
	 "ab"},
	{"a\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9"
	 "b",
	 "ab"},
	/* their neighbours stay: word joiner, per mille */
	{"\xe2\x81\xa5\xe2\x81\xaa\xe2\x80\xb0",
	 "\xe2\x81\xa5\xe2\x81\xaa\xe2\x80\xb0"},
	/* white space: one space, none at the ends */
	{"  a   b  ", "a b"},
	{"a\tb\r\n c", "a b c"},
	{"a\xe2\x80\xa8\xe2\x80\xa9"
	 "b",
	 "a b"},
	{"a\xc2\xa0\xe3\x80\x80\xc2\x85"
	 "b",
	 "a b"},
	{" \t\r\n", ""},
	{"a \x01 b", "a b"},
	{"\x01 a \x01", "a"},
};


static void a_name_comes_out_fit_to_show(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(clean_row); i++) {
		char dst[64];
		const bool all = text_clean(dst, sizeof(dst), clean_row[i].src,
					    strlen(clean_row[i].src));

		if (!all || strcmp(dst, clean_row[i].dst))
			fail_msg("row %zu: \"%s\", not \"%s\"", i, dst,
				 clean_row[i].dst);
	}
}


static void a_nul_within_vanishes(void **state)
{
	char dst[8];

	(void)state;
	assert_true(text_clean(dst, sizeof(dst), "a\0b", 3));
	assert_string_equal(dst, "ab");
}


static const struct {
	const char *src;
	size_t size;
	bool all;
	const char *dst;
} cut_row[] = {
	{"abc", 4, true, "abc"},
	{"abcd", 4, false, "abc"},
	{"abc   ", 4, true, "abc"},
	{"abc \x01", 4, true, "abc"},
	{"ab cd", 4, false, "ab"},
	{"ab c", 5, true, "ab c"},
	{"abc", 1, false, ""},
	{"", 1, true, ""},
	{" ", 1, true, ""},
	{"a\xc3\xab", 3, false, "a"},
	{"a\xc3\xab", 4, true, "a\xc3\xab"},
	{"\xe7\x94\xb0\xe4\xb8\xad", 6, false, "\xe7\x94\xb0"},
	{"\xe7\x94\xb0\xe4\xb8\xad", 7, true, "\xe7\x94\xb0\xe4\xb8\xad"},
	{"\xf0\x9f\x93\x9e", 4, false, ""},
	{"\xf0\x9f\x93\x9e", 5, true, "\xf0\x9f\x93\x9e"},
	{"\xff", 3, false, ""},
	{"\xff", 4, true, REPLACED},
};


static void what_does_not_fit_is_cut_between_characters(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(cut_row); i++) {
		char dst[16];
		const bool all =
			text_clean(dst, cut_row[i].size, cut_row[i].src,
				   strlen(cut_row[i].src));

		if (all != cut_row[i].all || strcmp(dst, cut_row[i].dst))
			fail_msg("row %zu: %d \"%s\"", i, all, dst);
	}
}


static void a_long_name_fills_what_there_is(void **state)
{
	static char src[LONG_BYTES];
	char dst[128];

	(void)state;
	memset(src, 'x', sizeof(src));
	assert_false(text_clean(dst, sizeof(dst), src, sizeof(src)));
	assert_int_equal(strlen(dst), sizeof(dst) - 1);

	/* 127 bytes: 42 times three */
	memset(src, '\xff', sizeof(src));
	assert_false(text_clean(dst, sizeof(dst), src, sizeof(src)));
	assert_int_equal(strlen(dst), 126);

	memset(src, ' ', sizeof(src));
	assert_true(text_clean(dst, sizeof(dst), src, sizeof(src)));
	assert_string_equal(dst, "");
}


/* Written apart from the module: Unicode's table 3-7 of well-formed bytes */
static bool well_formed(const unsigned char *s, size_t *n)
{
	static const unsigned char row[][5] = {
		/* first from, to, second from, to, length */
		{0x20, 0x7e, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2},
		{0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
		{0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
		{0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
		{0xf4, 0xf4, 0x80, 0x8f, 4}};

	for (size_t i = 0; i < ROWS(row); i++) {
		if (s[0] < row[i][0] || s[0] > row[i][1])
			continue;
		*n = row[i][4];
		if (*n > 1 && (s[1] < row[i][2] || s[1] > row[i][3]))
			return false;
		for (size_t k = 2; k < *n; k++) {
			if (s[k] < 0x80 || s[k] > 0xbf)
				return false;
		}
		/* C1 controls */
		return s[0] != 0xc2 || s[1] >= 0xa0;
	}

	return false;
}


static void expect_fit(const char *dst, size_t size)
{
	const size_t len = strlen(dst);

	assert_true(len < size);
	assert_true(!len || (dst[0] != ' ' && dst[len - 1] != ' '));
	for (size_t i = 0; i < len;) {
		size_t n = 0;

		if (!well_formed((const unsigned char *)&dst[i], &n))
			fail_msg("byte %zu of \"%s\"", i, dst);
		assert_true(n != 3 || (memcmp(&dst[i], "\xe2\x80\xae", 3) &&
				       memcmp(&dst[i], "\xe2\x80\xa8", 3) &&
				       memcmp(&dst[i], "\xe2\x81\xa6", 3)));
		assert_true(dst[i] != ' ' || dst[i + 1] != ' ');
		i += n;
	}
}


/* Bytes that make characters as often as not */
static char random_byte(uint64_t *seed)
{
	static const char hot[] = "\xe2\x80\xae\xa8\x81\xa6\xc2\x85\xc3\xed"
				  "\xa0\xf0\x9f\xf4\x90\xe0  \t\x01\x7f";
	const uint64_t r = check_random(seed);

	if (r & 1)
		return hot[(r >> 8) % (sizeof(hot) - 1)];

	return (char)(unsigned char)(r >> 8);
}


static void whatever_goes_in_what_comes_out_is_fit(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (unsigned i = 0; i < RANDOM_RUNS; i++) {
		const size_t len = check_random(&seed) % RANDOM_MAX;
		const size_t size = 1 + check_random(&seed) % RANDOM_MAX;
		char src[RANDOM_MAX], dst[RANDOM_MAX + 1], copy[RANDOM_MAX];

		for (size_t k = 0; k < len; k++)
			src[k] = random_byte(&seed);
		memset(dst, '\xff', sizeof(dst));
		(void)text_clean(dst, size, src, len);
		expect_fit(dst, size);
		assert_int_equal((unsigned char)dst[size], 0xff);

		/* what is fit stays as it is, and is cut between characters */
		text_copy(copy, size, dst);
		assert_string_equal(copy, dst);
		text_copy(copy, size / 2 + 1, dst);
		assert_memory_equal(copy, dst, strlen(copy));
		assert_true(strlen(copy) <= size / 2);
		for (size_t at = 0, n; copy[at]; at += n)
			assert_true(well_formed(
				(const unsigned char *)&copy[at], &n));
	}
}


static void a_copy_is_cut_between_characters(void **state)
{
	char dst[8];

	(void)state;
	text_copy(dst, sizeof(dst), "Zo\xc3\xab");
	assert_string_equal(dst, "Zo\xc3\xab");
	text_copy(dst, 4, "Zo\xc3\xab");
	assert_string_equal(dst, "Zo");
	text_copy(dst, 1, "Zo");
	assert_string_equal(dst, "");
	text_copy(dst, sizeof(dst), NULL);
	assert_string_equal(dst, "");
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_is_decoded_strictly),
		cmocka_unit_test(a_name_comes_out_fit_to_show),
		cmocka_unit_test(a_nul_within_vanishes),
		cmocka_unit_test(what_does_not_fit_is_cut_between_characters),
		cmocka_unit_test(a_long_name_fills_what_there_is),
		cmocka_unit_test(whatever_goes_in_what_comes_out_is_fit),
		cmocka_unit_test(a_copy_is_cut_between_characters),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
