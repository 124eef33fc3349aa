/**
 * @file app/ui/line.h  A line of text, put together piece by piece
 *
 * What does not fit is cut between characters; it is always terminated.
 * Defined here, whole, because it is small and used by every language.
 */
#ifndef RINGFENCE_LINE_H
#define RINGFENCE_LINE_H

#include "app/policy/text.h"

#include <string.h>

enum {
	LINE_DIGITS_MAX = 20, /**< of a uint64_t */
};

struct line {
	char *dst;
	size_t size; /**< bytes at dst, at least 1 */
	size_t len;  /**< used, without the NUL    */
};


static inline void line_init(struct line *l, char *dst, size_t size)
{
	l->dst  = dst;
	l->size = size;
	l->len  = 0;
	dst[0]  = '\0';
}


static inline void line_str(struct line *l, const char *s)
{
	text_copy(l->dst + l->len, l->size - l->len, s);
	l->len += strlen(l->dst + l->len);
}


/** A number, with zeros in front up to so many digits */
static inline void line_uint(struct line *l, uint64_t v, size_t digits)
{
	char buf[LINE_DIGITS_MAX + 1];
	size_t i = LINE_DIGITS_MAX;

	buf[i] = '\0';
	do {
		buf[--i] = (char)('0' + v % 10);
		v /= 10;
	} while (i && (v || LINE_DIGITS_MAX - i < digits));

	line_str(l, buf + i);
}

#endif
