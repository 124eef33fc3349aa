/**
 * @file tests/unit/list/check.h  What the tests of number lists share
 */
#ifndef RINGFENCE_TEST_LIST_CHECK_H
#define RINGFENCE_TEST_LIST_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/list/build.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))


/** xorshift64: the same figures in every run */
static inline uint64_t figure(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;

	return *state;
}


static inline struct number_pattern pattern_of(const char *text)
{
	struct number_pattern p;

	assert_int_equal(number_pattern_parse(&p, text, strlen(text), NULL),
			 0);

	return p;
}


/** Pack what was added, which is freed */
static inline struct list_bytes packed(struct list_build *b)
{
	struct list_bytes bytes;

	assert_int_equal(list_build_pack(b, &bytes), 0);
	list_build_free(b);

	return bytes;
}

#endif
