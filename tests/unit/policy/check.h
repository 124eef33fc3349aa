/**
 * @file tests/unit/policy/check.h  cmocka with the headers that it needs
 */
#ifndef RINGFENCE_TEST_CHECK_H
#define RINGFENCE_TEST_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))


/** Pseudo-random and the same in every run (xorshift64, Marsaglia 2003) */
static inline uint64_t check_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}


/** Evenly from low to high, both included */
static inline int64_t check_random_in(uint64_t *seed, int64_t low,
				      int64_t high)
{
	return low +
	       (int64_t)(check_random(seed) % (uint64_t)(high - low + 1));
}

#endif
