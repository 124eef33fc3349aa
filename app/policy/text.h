/**
 * @file app/policy/text.h  Text from outside, made fit to keep and to show
 *
 * What a stranger sent is never trusted: whatever goes in, what comes out is
 * valid UTF-8 without control characters. It decides nothing else.
 */
#ifndef RINGFENCE_TEXT_H
#define RINGFENCE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A place in a text that could not be read, for FILE:LINE:COL messages */
struct text_error {
	size_t off;       /**< bytes from the start of the value             */
	const char *what; /**< what is wrong and what to write, static text  */
};

/**
 * Copy as valid UTF-8 that is safe to show on one line
 *
 * An invalid byte becomes U+FFFD; C0, DEL and C1 controls and the
 * bidirectional overrides (U+202A-202E, U+2066-2069) are left out; runs of
 * white space, tabs, line and paragraph breaks among it, become one space,
 * and none is left at the ends. What does not fit is cut between characters.
 *
 * @param dst  Destination, always terminated
 * @param size Its size in bytes, at least 1
 * @param src  Source, need not be terminated
 * @param len  Its length in bytes
 *
 * @return true if all fitted, false if it was cut
 */
bool text_clean(char *dst, size_t size, const char *src, size_t len);

/**
 * Decode one character of valid or invalid UTF-8
 *
 * @param s   Text
 * @param len Bytes in it, at least 1
 * @param cp  Set to the code point, 0xfffd for an invalid byte
 *
 * @return bytes used, 1-4; an invalid byte uses 1
 */
size_t text_utf8_decode(const char *s, size_t len, uint32_t *cp);

/** Copy a terminated string whole or cut between characters, terminated */
void text_copy(char *dst, size_t size, const char *src);

/** A letter of ASCII made small, whatever the locale; others as they are */
static inline char text_lower(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
}

#endif
