/**
 * @file firmware/sip/guard.h  What is too long to be read at all
 *
 * The stack reads an address with a regular expression whose time grows with
 * the square of its length, so that one datagram could stall a phone for
 * 144 ms and one stream for 10 s. It tells headers apart by 12 bits of a hash,
 * so that a made-up name passes for From: hence the limit holds for the start
 * line and for every header but Identity (RFC 8224), which is long by right.
 * Pure: bytes in, a verdict out.
 */
#ifndef RINGFENCE_GUARD_H
#define RINGFENCE_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	GUARD_MESSAGE_MAX = 16384, /**< bytes of a message, header and body  */
	GUARD_ADDRESS_MAX = 1024,  /**< bytes of a start line or a header,
					folded lines together                */
	GUARD_HEADERS_MAX = 256,   /**< header lines of a message            */
};

/**
 * Whether what has arrived may be read
 *
 * @param p   The bytes: a datagram, or what a stream has brought so far
 * @param len How many
 */
bool guard_allows(const uint8_t *p, size_t len);

#endif
