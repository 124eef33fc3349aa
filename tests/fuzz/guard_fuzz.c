/**
 * @file tests/fuzz/guard_fuzz.c  The guard against any bytes
 *
 * Two readers judge the guard, each by another way than its own. One reads as
 * libre's decoder does, with all that it puts up with: what the guard lets
 * through must not make it search a text of over GUARD_ADDRESS_MAX bytes. The
 * other reads as RFC 3261 writes: what is plain and short must get through.
 * What lies between is refused or not, as the guard likes.
 */
#include "tests/fuzz/fuzz.h"

#include <strings.h>

#include "firmware/sip/guard.h"

struct text {
	const uint8_t *p;
	size_t len;
};

/** Where libre's decoder stands in the headers */
struct decoder {
	struct text name; /* .p NULL: a header has not begun */
	bool named;       /* its colon was there             */
	size_t ws;        /* white space since the last that is none */
	unsigned lf;      /* ends of line since then                 */
};


static bool is_word(uint8_t c)
{
	return c != ' ' && c != '\t' && c != '\r' && c != '\n';
}


static bool is_name(const struct text *t, const char *name)
{
	return t->len == strlen(name) &&
	       !strncasecmp((const char *)t->p, name, t->len);
}


/** Long by right, RFC 8224 */
static bool may_be_long(const struct text *name)
{
	return is_name(name, "identity") || is_name(name, "y");
}


/**
 * "WORD WORD TEXT", the end of line included
 *
 * @return its length; 0 if the text does not begin with one
 */
static size_t start_line_len(const uint8_t *p, size_t len)
{
	size_t i = 0;

	for (int word = 0; word < 2; word++) {
		const size_t from = i;

		while (i < len && is_word(p[i]))
			i++;
		if (i == from || i == len || p[i++] != ' ')
			return 0;
	}
	while (i < len && p[i] != '\r' && p[i] != '\n')
		i++;
	while (i < len && p[i] == '\r')
		i++;

	return i < len && p[i] == '\n' ? i + 1 : 0;
}


/**
 * A header has ended, and the white space behind it
 *
 * @return whether the decoder may search it for long
 */
static bool header_stalls(const struct decoder *d, const uint8_t *end)
{
	return d->named &&
	       (size_t)(end - d->name.p) - d->ws > GUARD_ADDRESS_MAX &&
	       !may_be_long(&d->name);
}


static void decoder_name(struct decoder *d, const uint8_t *p)
{
	if (!d->name.p)
		d->name.p = p;
	if (!d->named && *p == ':') {
		d->name.len = (size_t)(p - d->name.p) - d->ws;
		d->named = true;
	}
	d->ws = 0;
}


/**
 * As sip_msg_decode: any CR is white space, wherever it stands, a fold may
 * stand before a name and its colon, and two ends of line end the headers
 */
static bool headers_stall(const uint8_t *p, size_t len)
{
	struct decoder d = {.named = false};

	for (size_t i = 0; i < len; i++) {
		if (p[i] == ' ' || p[i] == '\t') {
			d.lf = 0;
			d.ws++;
			continue;
		}
		if (p[i] == '\r') {
			d.ws++;
			continue;
		}
		if (p[i] == '\n') {
			d.ws++;
			if (!d.lf++)
				continue;
			return header_stalls(&d, &p[i + 1]);
		}
		if (d.lf) {
			if (!d.named)
				return false; /* it gives up */
			if (header_stalls(&d, &p[i]))
				return true;
			memset(&d, 0, sizeof(d));
		}
		decoder_name(&d, &p[i]);
	}

	return false; /* it waits for more */
}


/** Without a start line at its start the whole text is searched for one */
static bool stalls(const uint8_t *p, size_t len)
{
	const size_t n = start_line_len(p, len);

	if (!n)
		return len > GUARD_ADDRESS_MAX;

	return n > GUARD_ADDRESS_MAX || headers_stall(p + n, len - n);
}


/** A line's length, its end included, and "\r\n" or "\n" the only end */
static bool line_plain(const uint8_t *p, size_t len, size_t *n)
{
	const uint8_t *nl = memchr(p, '\n', len);
	const uint8_t *cr = memchr(p, '\r', len);

	*n = nl ? (size_t)(nl - p) + 1 : len;
	if (!cr || cr >= p + *n)
		return true;

	/* Its LF may not have come yet */
	return nl ? cr + 1 == nl : cr + 1 == p + len;
}


static bool name_plain(const uint8_t *p, size_t len)
{
	const uint8_t *colon = memchr(p, ':', len);
	struct text name = {.p = p};

	if (!colon)
		return false;

	name.len = (size_t)(colon - p);

	return may_be_long(&name);
}


/** A start line, or what may become one: words, a space between them */
static bool start_plain(const uint8_t *p, size_t len)
{
	if (memchr(p, '\n', len))
		return start_line_len(p, len);

	for (size_t i = 0; i < len; i++) {
		if (!is_word(p[i]) &&
		    (p[i] != ' ' || !i || !is_word(p[i - 1])))
			return false;
	}

	return true;
}


/** Short lines, or long ones that may be, to the end of the headers */
static bool plain(const uint8_t *p, size_t len)
{
	size_t n, header = 0, headers = 0;
	bool any_length = false;

	if (len > GUARD_MESSAGE_MAX || !start_plain(p, len))
		return false;

	for (; len; p += n, len -= n) {
		if (!line_plain(p, len, &n))
			return false;
		if (*p == '\r' || *p == '\n')
			return headers > 1; /* some, besides the start line */

		if (*p == ' ' || *p == '\t') {
			header += n;
		}
		else {
			any_length = headers++ && name_plain(p, n);
			header = n;
		}

		if (headers > GUARD_HEADERS_MAX ||
		    (header > GUARD_ADDRESS_MAX && !any_length))
			return false;
	}

	return true;
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const bool allowed = guard_allows(data, size);

	expect(!allowed || size <= GUARD_MESSAGE_MAX);
	expect(!allowed || !stalls(data, size));
	expect(allowed || !plain(data, size));

	return 0;
}
