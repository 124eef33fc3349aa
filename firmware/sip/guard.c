/**
 * @file firmware/sip/guard.c  What is too long to be read at all
 */
#include "firmware/sip/guard.h"

#include <string.h>
#include <strings.h>


/** Headers that hold addresses, with their compact forms (RFC 3261 7.3.3) */
static const char *const address_headers[] = {
	"from", "f", "to", "t", "contact", "m", "via", "v", "route",
	"record-route", "reply-to", "refer-to", "r", "referred-by", "b",
	"diversion", "history-info", "p-asserted-identity",
	"p-preferred-identity", "remote-party-id", "path", "service-route",
	"call-id", "i", "cseq",
};


static bool holds_address(const uint8_t *line, size_t len)
{
	const uint8_t *colon = memchr(line, ':', len);
	size_t n, i;

	if (!colon)
		return true; /* not a header: as strict as an address */

	n = (size_t)(colon - line);
	while (n && (line[n - 1] == ' ' || line[n - 1] == '\t'))
		--n;

	for (i = 0; i < sizeof(address_headers) / sizeof(address_headers[0]);
	     i++) {
		const char *name = address_headers[i];

		if (strlen(name) == n &&
		    !strncasecmp(name, (const char *)line, n))
			return true;
	}

	return false;
}


/** A status line's phrase may be as long as it likes: nobody looks into it */
static bool is_response(const uint8_t *line, size_t len)
{
	static const char version[] = "SIP/2.0 ";

	return len >= strlen(version) &&
	       !memcmp(line, version, strlen(version));
}


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


bool guard_allows(const uint8_t *p, size_t len)
{
	size_t headers = 0;

	if (len > GUARD_MESSAGE_MAX)
		return false;

	while (len) {
		const size_t n = header_len(p, len);

		if (*p == '\r' || *p == '\n') {
			if (headers)
				return true; /* the body is not our matter */
		}
		else if (++headers > GUARD_HEADERS_MAX) {
			return false;
		}
		else if (n > GUARD_ADDRESS_MAX &&
			 (headers == 1 ? !is_response(p, n)
				       : holds_address(p, n))) {
			return false;
		}

		p += n;
		len -= n;
	}

	return true;
}
