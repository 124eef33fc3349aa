/**
 * @file app/policy/number_list_file.h  What a list file looks like
 *
 * For what reads it (number_list) and what writes it (firmware/list). All
 * integers are little-endian; nothing is aligned.
 *
 *	header   magic, u64 size of the whole file, u32 number of sets,
 *	         u32 texts that are numbers, u32 texts that are prefixes
 *	sets     for each, by ascending index: u32 index, u32 low_bits,
 *	         u64 first, u32 count, u32 zeros
 *	packed   for each set: low, high, rank, sample
 *	texts    the numbers, then the prefixes, NUMBER_MAX bytes each,
 *	         filled with NUL, sorted
 *	trailer  u64 checksum of everything before it
 *
 * A set has numbers of one length, with or without "+", and is empty never
 * but left out. Its value v, less `first`, is cut in two: the low_bits lowest
 * bits are stored as they are, one behind the other; the rest is the number's
 * bucket. `high` has, for each bucket up to the last one used, a one for each
 * of its numbers and then a zero (Elias 1974, Fano 1971). `rank` is how many
 * zeros there are before each block of high, `sample` the block that has each
 * NUMBER_LIST_SAMPLE-th zero, closed by the last block.
 */
#ifndef RINGFENCE_NUMBER_LIST_FILE_H
#define RINGFENCE_NUMBER_LIST_FILE_H

#include "app/policy/number_list.h"

/** Its last byte is the version */
#define NUMBER_LIST_MAGIC "RFNUMS\n\1"

enum {
	NUMBER_LIST_MAGIC_SIZE = 8,
	NUMBER_LIST_HEADER_SIZE = 28,
	NUMBER_LIST_ENTRY_SIZE = 24,
	NUMBER_LIST_TRAILER_SIZE = 8,

	NUMBER_LIST_WORD_BITS = 64,
	NUMBER_LIST_BLOCK_WORDS = 8,
	NUMBER_LIST_BLOCK_BITS = 512,
	NUMBER_LIST_SAMPLE = 256,

	NUMBER_LIST_LOW_BITS_MAX = 50,      /**< holds 10^15 - 1 */
	NUMBER_LIST_COUNT_MAX = 0x3fffffff, /**< of a set, its zeros too */
};

/** How many bytes a set's four parts have */
struct number_list_layout {
	uint64_t low, high, rank, sample;
};

/** @return the size of all four together */
uint64_t number_list_layout(struct number_list_layout *layout, uint32_t count,
			    uint32_t zeros, uint32_t low_bits);

/** CRC-64/XZ (ECMA-182, reflected) */
uint64_t number_list_checksum(const uint8_t *bytes, size_t size);

/** 10^digits, above every value of a set; digits up to 15 */
uint64_t number_list_limit(unsigned digits);

#endif
