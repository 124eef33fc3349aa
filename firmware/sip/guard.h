/**
 * @file firmware/sip/guard.h  What is too long to be read at all
 *
 * The stack reads an address with a regular expression whose time grows with
 * the square of its length, so that one datagram could stall a phone for
 * 144 ms and one stream for 10 s. An honest address is short; whatever is not
 * is refused before it is read. Identity headers (RFC 8224) are long by right
 * and not looked at. Pure: bytes in, a verdict out.
 */
#ifndef RINGFENCE_GUARD_H
#define RINGFENCE_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	GUARD_MESSAGE_MAX = 16384, /**< bytes of a message, header and body  */
	GUARD_ADDRESS_MAX = 1024,  /**< bytes of a request line or an address
					header, folded lines together        */
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
