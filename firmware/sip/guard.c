/**
 * @file firmware/sip/guard.c  What is too long to be read at all
 */
#include "firmware/sip/guard.h"

#include <string.h>
#include <strings.h>


/**
 * Headers that are long by right (RFC 8224), with their compact forms
 *
 * All others are short, not only those that hold addresses: the decoder tells
 * headers apart by 12 bits of a hash of their name, so that a name can be made
 * up for which it reads any header as From.
 */
static const char *const long_headers[] = {"identity", "y"};


/** The length of a header with its folded lines, up to the end of the text */
static size_t header_len(const uint8_t *p, size_t len)
{
	const uint8_t *nl = p;

	for (;;) {
		nl = memchr(nl, '\n', len - (size_t)(nl - p));
		if (!nl)
			return len;

		++nl;
		if ((size_t)(nl - p) == len || (*nl != ' ' && *nl != '\t'))
			return (size_t)(nl - p);
	}
}


/** The decoder takes a CR anywhere for white space; nobody else sends one */
static bool has_bare_cr(const uint8_t *p, size_t len)
{
	const uint8_t *cr = p;

	while ((cr = memchr(cr, '\r', len - (size_t)(cr - p))) != NULL) {
		++cr;
		if ((size_t)(cr - p) == len)
			return false; /* what follows has not come yet */
		if (*cr != '\n')
			return true;
	}

	return false;
}


static size_t word_len(const uint8_t *p, size_t len)
{
	size_t n = 0;

	while (n < len && !memchr(" \t\r\n", p[n], strlen(" \t\r\n")))
		++n;

	return n;
}


/** The decoder searches the whole text for what does not stand in front */
static bool is_start_line(const uint8_t *p, size_t len)
{
	for (int word = 0; word < 2; word++) {
		const size_t n = word_len(p, len);

		if (n == len)
			return true; /* the rest has not come yet */
		if (!n || p[n] != ' ')
			return false;
		p += n + 1;
		len -= n + 1;
	}

	return true;
}


static bool may_be_long(const uint8_t *header, size_t len)
{
	const uint8_t *colon = memchr(header, ':', len);
	size_t n, i;

	if (!colon)
		return false;

	n = (size_t)(colon - header);
	while (n && (header[n - 1] == ' ' || header[n - 1] == '\t'))
		--n;

	for (i = 0; i < sizeof(long_headers) / sizeof(long_headers[0]); i++) {
		const char *name = long_headers[i];

		if (strlen(name) == n &&
		    !strncasecmp(name, (const char *)header, n))
			return true;
	}

	return false;
}


bool guard_allows(const uint8_t *p, size_t len)
{
	size_t headers = 0;

	if (len > GUARD_MESSAGE_MAX)
		return false;

	while (len) {
		const size_t n = header_len(p, len);

		/* The body is not our matter. Behind the start line an empty
		   line is no end for the decoder, which reads on */
		if (headers && (*p == '\n' ||
				(*p == '\r' && len > 1 && p[1] == '\n')))
			return headers > 1;

		if (++headers > GUARD_HEADERS_MAX || has_bare_cr(p, n))
			return false;
		if (headers == 1 && !is_start_line(p, n))
			return false;
		if (n > GUARD_ADDRESS_MAX &&
		    (headers == 1 || !may_be_long(p, n)))
			return false;

		p += n;
		len -= n;
	}

	return true;
}
