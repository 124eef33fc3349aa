/**
 * @file app/policy/text.c  Text from outside, made fit to keep and to show
 */
#include "app/policy/text.h"

#include <string.h>


enum {
	CP_REPLACEMENT = 0xfffd,
	UTF8_BYTES_MAX = 4,
};


static bool is_continuation(char ch)
{
	return ((unsigned char)ch & 0xc0) == 0x80;
}


/* What the first byte says: the length, its bits and the least code point
 * that needs that length; 0 if no character starts with it */
static size_t lead_decode(unsigned char lead, uint32_t *bits, uint32_t *least)
{
	if (lead < 0x80) {
		*bits = lead;
		*least = 0;
		return 1;
	}
	if ((lead & 0xe0) == 0xc0) {
		*bits = lead & 0x1f;
		*least = 0x80;
		return 2;
	}
	if ((lead & 0xf0) == 0xe0) {
		*bits = lead & 0x0f;
		*least = 0x800;
		return 3;
	}
	if ((lead & 0xf8) == 0xf0) {
		*bits = lead & 0x07;
		*least = 0x10000;
		return 4;
	}

	return 0;
}


size_t text_utf8_decode(const char *s, size_t len, uint32_t *cp)
{
	uint32_t bits = 0, least = 0;
	const size_t n =
		len ? lead_decode((unsigned char)s[0], &bits, &least) : 0;

	*cp = CP_REPLACEMENT;
	if (!n || n > len)
		return 1;

	for (size_t i = 1; i < n; i++) {
		if (!is_continuation(s[i]))
			return 1;
		bits = bits << 6 | ((unsigned char)s[i] & 0x3f);
	}

	/* overlong, surrogate, beyond Unicode */
	if (bits < least || (bits >= 0xd800 && bits <= 0xdfff) ||
	    bits > 0x10ffff)
		return 1;

	*cp = bits;
	return n;
}


/* Only for code points that text_utf8_decode gives */
static size_t utf8_encode(char dst[UTF8_BYTES_MAX], uint32_t cp)
{
	if (cp < 0x80) {
		dst[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		dst[0] = (char)(0xc0 | cp >> 6);
		dst[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		dst[0] = (char)(0xe0 | cp >> 12);
		dst[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		dst[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}

	dst[0] = (char)(0xf0 | cp >> 18);
	dst[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	dst[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	dst[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}


/* Unicode's White_Space, line breaks and tabs among them */
static bool is_space(uint32_t cp)
{
	return cp == 0x20 || (cp >= 0x09 && cp <= 0x0d) || cp == 0x85 ||
	       cp == 0xa0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) ||
	       cp == 0x2028 || cp == 0x2029 || cp == 0x202f || cp == 0x205f ||
	       cp == 0x3000;
}


static bool is_unsafe(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) ||
	       (cp >= 0x202a && cp <= 0x202e) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}


bool text_clean(char *dst, size_t size, const char *src, size_t len)
{
	size_t used = 0;
	bool gap = false;

	if (!dst || !size)
		return false;

	for (size_t i = 0; src && i < len;) {
		char enc[UTF8_BYTES_MAX];
		uint32_t cp;
		size_t n;

		i += text_utf8_decode(&src[i], len - i, &cp);
		if (is_space(cp)) {
			gap = true;
			continue;
		}
		if (is_unsafe(cp))
			continue;

		/* A space waits for what it parts from what is there */
		gap = gap && used;
		n = utf8_encode(enc, cp);
		if (used + gap + n >= size) {
			dst[used] = '\0';
			return false;
		}
		if (gap)
			dst[used++] = ' ';
		memcpy(&dst[used], enc, n);
		used += n;
		gap = false;
	}

	dst[used] = '\0';
	return true;
}


void text_copy(char *dst, size_t size, const char *src)
{
	const size_t len = src ? strlen(src) : 0;
	size_t used = 0;

	if (!dst || !size)
		return;

	while (used < len) {
		uint32_t cp;
		const size_t n = text_utf8_decode(&src[used], len - used, &cp);

		if (used + n >= size)
			break;
		memcpy(&dst[used], &src[used], n);
		used += n;
	}

	dst[used] = '\0';
}
