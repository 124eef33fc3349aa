/**
 * @file app/policy/number_list_bits.h  Integers and bits of a list file
 *
 * Compilers make one load of each; none of this needs an instruction that a
 * small processor lacks.
 */
#ifndef RINGFENCE_NUMBER_LIST_BITS_H
#define RINGFENCE_NUMBER_LIST_BITS_H

#include "app/policy/number_list.h"


static inline uint32_t load32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}


static inline uint64_t load64(const uint8_t *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	       (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	       (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
	       (uint64_t)p[7] << 56;
}


/** In each byte, the ones in it and in those below; the top one has all */
static inline uint64_t byte_counts(uint64_t x)
{
	x -= x >> 1 & UINT64_C(0x5555555555555555);
	x = (x & UINT64_C(0x3333333333333333)) +
	    (x >> 2 & UINT64_C(0x3333333333333333));
	x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);

	return x * UINT64_C(0x0101010101010101);
}


/** The low bits of a set's i-th number; behind the last are 8 bytes more */
static inline uint64_t number_list_low(const struct number_list_set *s,
				       uint32_t i)
{
	const uint64_t bit = (uint64_t)i * s->low_bits;

	return load64(s->low + (size_t)(bit >> 3)) >> (bit & 7) &
	       ((UINT64_C(1) << s->low_bits) - 1);
}

#endif
