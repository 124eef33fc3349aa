/**
 * @file app/call/limit.h  How many calls a minute may reach the person
 *
 * What no rule has refused still must not ring all day. Token buckets: one of
 * each source, so that one caller cannot take the turns of all others, and one
 * for all sources together, so that many cannot either. Our own server has its
 * buckets apart: whatever strangers do, they cannot use its turns up.
 *
 * A bucket holds burst tokens and gets per_minute of them a minute; a call
 * takes one. A call that is refused takes none, from neither bucket.
 *
 * Sources are told apart by a number that the caller of this module makes; a
 * source that is another has another. The table has a fixed size. Where it has
 * no place, the bucket gives way that would be full first again: a full one
 * says nothing that a new one would not say. So who is refused is remembered
 * longest, and under an attack from more sources than the table has places,
 * the bucket of all is what holds.
 *
 * Whom nothing may refuse (an emergency call-back) is not asked about here.
 */
#ifndef RINGFENCE_LIMIT_H
#define RINGFENCE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LIMIT_SOURCE_MAX = 64, /**< sources whose buckets are kept, of each
				    kind, trusted and not                 */
	LIMIT_BURST_MAX = 10000,
	LIMIT_PER_MINUTE_MAX = 60000,
};

struct limit_rate {
	uint32_t burst;      /**< calls at once, 1 to LIMIT_BURST_MAX      */
	uint32_t per_minute; /**< 1 to LIMIT_PER_MINUTE_MAX; 0: no limit   */
};

struct limit_rates {
	struct limit_rate source; /**< of each one                         */
	struct limit_rate all;    /**< of all together                     */
};

struct limit_source {
	uint64_t source;
	uint64_t full; /**< when its bucket is full again, see limit.c     */
	bool used;
};

/** Those that are trusted, or those that are not */
struct limit_side {
	struct limit_rates rates;
	uint64_t all_full; /**< when the bucket of all is full again       */
	struct limit_source source[LIMIT_SOURCE_MAX];
};

struct limit {
	struct limit_side stranger, trusted;
};

/**
 * Start with full buckets
 *
 * @param l        Limit
 * @param stranger Rates of those who are not trusted
 * @param trusted  Rates of our own servers
 *
 * @return 0, or EINVAL: a rate is out of range; then l is as it was
 */
int limit_init(struct limit *l, const struct limit_rates *stranger,
	       const struct limit_rates *trusted);

/**
 * Take a turn
 *
 * @param l       Limit
 * @param source  Who: the same number for the same source
 * @param trusted Whether it is our own server
 * @param now_ms  Monotonic time; never goes back
 *
 * @return false: too fast, refuse the call
 */
bool limit_take(struct limit *l, uint64_t source, bool trusted,
		uint64_t now_ms);

#endif
