/**
 * @file app/policy/number_list.h  Many numbers, looked up where they lie
 *
 * Reads a list file's bytes in place, as they were mapped: exact, no
 * allocation, no copy. It says whether a list has a number, never what
 * follows from that. What the file looks like stands in number_list_file.h.
 */
#ifndef RINGFENCE_NUMBER_LIST_H
#define RINGFENCE_NUMBER_LIST_H

#include "app/policy/number.h"

enum {
	/** Of a number that is packed; E.164 has no more (ITU-T E.164 6) */
	NUMBER_LIST_DIGITS_MAX = 15,

	/** A set's index: these two and how many digits its numbers have, so
	    that 301, 0301 and +301 are three numbers */
	NUMBER_LIST_PLUS = 16,
	NUMBER_LIST_PREFIX = 32,
	NUMBER_LIST_SETS = 64,
};

/** Numbers of one kind: a sorted set, packed as Elias and Fano do */
struct number_list_set {
	uint64_t first; /**< the smallest; the rest is relative to it     */
	uint32_t count; /**< of its numbers                               */
	uint32_t zeros; /**< in high: one behind each bucket's numbers    */
	uint32_t low_bits;
	const uint8_t *low;    /**< each number's low bits                 */
	const uint8_t *high;   /**< a one for each number, by its bucket   */
	const uint8_t *rank;   /**< zeros before each block of high        */
	const uint8_t *sample; /**< the block of every so many zeros       */
};

/** A list that was found sound; points into the file's bytes */
struct number_list {
	struct number_list_set set[NUMBER_LIST_SETS];
	uint32_t prefix_sets;    /**< a bit for each that is not empty     */
	const uint8_t *textv[2]; /**< numbers, prefixes that can't be packed */
	uint32_t textc[2];
	uint64_t numbers, prefixes; /**< how many there are in all         */
};

/**
 * Check a list file's bytes, all of them, and get ready to look numbers up
 *
 * What is found sound here can't fail later, nor make a look-up read outside.
 *
 * @param list  Set on success, to be used while the bytes stand; empty on
 *              failure
 * @param bytes The file's, need not be aligned
 * @param size  How many
 * @param what  Set on failure to what is wrong, static text
 *
 * @return 0, EINVAL, or EBADMSG if it is no sound list
 */
int number_list_open(struct number_list *list, const uint8_t *bytes,
		     size_t size, const char **what);

/**
 * Whether a list has a number, or a prefix that covers it
 *
 * @param list   List, NULL has none
 * @param number Normalised number; "" is in no list
 */
bool number_list_has(const struct number_list *list, const char *number);

/**
 * Where a pattern belongs
 *
 * @param set   Set to the index of its set
 * @param value Set to its digits' value
 * @param p     Pattern, NUMBER_EXACT or NUMBER_PREFIX
 *
 * @return true, or false if it can't be packed and is kept as text
 */
bool number_list_key(unsigned *set, uint64_t *value,
		     const struct number_pattern *p);

#endif
