/**
 * @file firmware/sip/answered.h  What a refused call was answered
 *
 * A refusal keeps no transaction, so that its INVITE, sent again because the
 * answer was lost, looks like a new call. This table tells them apart: the
 * repeated INVITE gets the same answer, and the phone is not asked again, so
 * that it counts one call, and answers as it did when a schedule or a rule has
 * changed in between.
 *
 * It has a fixed size. Where it is full, the oldest of a set gives way: under
 * a flood that is longer than the table a repeated INVITE may be decided, and
 * counted, anew. Its To tag stays the same in any case.
 *
 * Pure: hashes and times in, a verdict out.
 */
#ifndef RINGFENCE_ANSWERED_H
#define RINGFENCE_ANSWERED_H

#include "app/call/command.h"

enum {
	ANSWERED_SETS = 64,
	ANSWERED_WAYS = 8,
	ANSWERED_MAX  = ANSWERED_SETS * ANSWERED_WAYS,

	/** An INVITE is repeated no longer (RFC 3261 17.1.1.2, timer B) */
	ANSWERED_KEPT_MS = 32000,
};

/** An INVITE, by keyed hashes (firmware/sip/keyed_hash.h) */
struct answered_key {
	uint64_t request; /**< the same on every way that a request takes */
	uint64_t hop;     /**< its top Via, and who sent it               */
};

struct answered_entry {
	struct answered_key key;
	uint64_t at_ms; /**< when it was answered    */
	bool used;
	struct refusal refusal;
};

struct answered {
	struct answered_entry entry[ANSWERED_SETS][ANSWERED_WAYS];
};

enum answered_verdict {
	ANSWERED_NEW,    /**< not seen, or too long ago                    */
	ANSWERED_AGAIN,  /**< a retransmission                             */
	ANSWERED_MERGED, /**< came before on another way: RFC 3261 8.2.2.2 */
};

/**
 * Look an INVITE up
 *
 * @param t      Table; all zero is an empty one
 * @param key    Its hashes
 * @param now_ms Monotonic time
 * @param r      Set to the former answer if ANSWERED_AGAIN
 */
enum answered_verdict answered_find(const struct answered *t,
				    const struct answered_key *key,
				    uint64_t now_ms, const struct refusal **r);

/** Keep an answer; what is oldest in its set gives way */
void answered_add(struct answered *t, const struct answered_key *key,
		  uint64_t now_ms, const struct refusal *r);

#endif
