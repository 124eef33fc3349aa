/**
 * @file firmware/sip/keyed_hash.h  A number that strangers can't foretell
 *
 * SipHash-2-4 (OpenSSL's) with a key that is drawn when the phone starts: the
 * same parts give the same number, and nobody outside can make two calls meet
 * in a table, or guess a tag.
 */
#ifndef RINGFENCE_KEYED_HASH_H
#define RINGFENCE_KEYED_HASH_H

#include <stddef.h>
#include <stdint.h>

struct keyed_hash;

/** A part of what is hashed */
struct keyed_part {
	const void *p;
	size_t len;
};

/**
 * Draw a key
 *
 * @param khp Set to the hash, freed by mem_deref
 *
 * @return 0, ENOMEM, or ENOSYS: OpenSSL has no SipHash or no random numbers
 */
int keyed_hash_alloc(struct keyed_hash **khp);

/**
 * Hash parts; where one ends and the next begins counts
 *
 * @param kh    Hash
 * @param hash  Set to the number
 * @param partv Parts
 * @param partc How many
 *
 * @return 0 or ENOMEM
 */
int keyed_hash(struct keyed_hash *kh, uint64_t *hash,
	       const struct keyed_part *partv, size_t partc);

#endif
