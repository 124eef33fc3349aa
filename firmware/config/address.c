/**
 * @file firmware/config/address.c  Whether a text is an address, and which
 */
#include "firmware/config/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>


enum {
	PORT_MAX = 65535,
	PORT_DIGITS = 5,
	LABEL_MAX = 63, /* RFC 1035 2.3.4 */
};

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static const char scheme[] = "sip:";

/* RFC 3261 25.1: unreserved and user-unreserved */
static const char user_chars[] = LETTERS DIGITS "-_.!~*'()&=+$,;?/";


static int fail(struct text_error *err, size_t off, const char *what)
{
	err->off = off;
	err->what = what;
	return EBADMSG;
}


static int port_check(const char *text, size_t off, unsigned min,
		      struct text_error *err)
{
	const size_t n = strspn(text + off, DIGITS);
	unsigned port = 0;

	for (size_t i = 0; i < n && i < PORT_DIGITS; i++)
		port = port * 10 + (unsigned)(text[off + i] - '0');

	if (text[off + n])
		return fail(err, off + n,
			    "only the port may stand behind \":\", in digits");
	if (!n || n > PORT_DIGITS || port < min || port > PORT_MAX)
		return fail(err, off,
			    min ? "a port is 1-65535, e.g. 5060"
				: "a port is 0-65535, e.g. 5060; 0 is any");

	return 0;
}


/* An address of n bytes in numbers */
static bool is_ip(int family, const char *text, size_t n)
{
	uint8_t addr[sizeof(struct in6_addr)];
	char copy[INET6_ADDRSTRLEN];

	if (n >= sizeof(copy))
		return false;

	memcpy(copy, text, n);
	copy[n] = '\0';
	return inet_pton(family, copy, addr) == 1;
}


/* An IPv6 address in brackets at text[off]; *end is set behind it */
static int bracket_check(const char *text, size_t off, size_t *end,
			 struct text_error *err)
{
	const size_t n = strcspn(text + off + 1, "]");

	if (!text[off + 1 + n])
		return fail(err, off + 1 + n,
			    "no \"]\" behind the IPv6 address: write e.g. "
			    "[::1]");
	if (!is_ip(AF_INET6, text + off + 1, n))
		return fail(
			err, off + 1,
			"no IPv6 address: write e.g. [::1] or [2001:db8::1]");

	*end = off + n + 2;
	return 0;
}


int address_listen_check(const char *text, struct text_error *err)
{
	const size_t dot = strcspn(text, ":");
	size_t end = dot;
	int e;

	if (text[0] == '[') {
		e = bracket_check(text, 0, &end, err);
		if (e)
			return e;
	}
	else if (strchr(text + dot, ':') != strrchr(text, ':')) {
		return fail(err, 0,
			    "an IPv6 address stands in brackets: write e.g. "
			    "[::]:5060");
	}
	else if (!is_ip(AF_INET, text, dot)) {
		return fail(err, 0,
			    "no address in numbers: write ADDRESS:PORT, e.g. "
			    "0.0.0.0:5060 or [::]:5060");
	}
	if (text[end] != ':')
		return fail(err, end,
			    "no port: write ADDRESS:PORT, e.g. 0.0.0.0:5060");

	return port_check(text, end + 1, 0, err);
}


/* A host name's labels: letters, digits and "-" within */
static int name_check(const char *text, size_t off, size_t n,
		      struct text_error *err)
{
	size_t label = off;

	for (size_t i = off; i <= off + n; i++) {
		if (i < off + n && text[i] != '.')
			continue;
		/* A dot at the end is the root's */
		if (i == label && !(i == off + n && i > off))
			return fail(err, i,
				    "a host's name has no empty part: write "
				    "e.g. pbx.example.com");
		if (i - label > LABEL_MAX)
			return fail(err, label,
				    "no host has so long a name: at most 63 "
				    "bytes between dots");
		if (i > label && (text[label] == '-' || text[i - 1] == '-'))
			return fail(err, text[label] == '-' ? label : i - 1,
				    "\"-\" stands only within a host's name");
		label = i + 1;
	}

	return 0;
}


/* host[:port] up to the end */
static int host_check(const char *text, size_t off, struct text_error *err)
{
	const size_t n = strspn(text + off, LETTERS DIGITS "-.");
	size_t end = off + n;
	int e;

	if (text[off] == '[') {
		e = bracket_check(text, off, &end, err);
	}
	else if (!n) {
		e = fail(err, off,
			 "no host: write e.g. pbx.example.com or 192.0.2.1");
	}
	else if (strspn(text + off, DIGITS ".") == n) {
		e = is_ip(AF_INET, text + off, n)
			    ? 0
			    : fail(err, off,
				   "no IPv4 address: write e.g. 192.0.2.1");
	}
	else {
		e = name_check(text, off, n, err);
	}
	if (e)
		return e;

	if (text[end] == ':')
		return port_check(text, end + 1, 1, err);
	if (text[end])
		return fail(err, end,
			    "only \":\" and a port may stand behind the host");

	return 0;
}


int address_server_check(const char *text, struct text_error *err)
{
	if (strncmp(text, scheme, strlen(scheme)))
		return fail(err, 0,
			    "no SIP address: write sip:host or sip:host:port");
	if (strchr(text, '@'))
		return fail(err, strlen(scheme),
			    "a registrar has no user: write sip:host or "
			    "sip:host:port");

	return host_check(text, strlen(scheme), err);
}


static bool is_escape(const char *s)
{
	static const char hex[] = DIGITS "abcdefABCDEF";

	return s[0] == '%' && s[1] && strchr(hex, s[1]) && s[2] &&
	       strchr(hex, s[2]);
}


static int user_check(const char *text, size_t off, size_t end,
		      struct text_error *err)
{
	if (off == end)
		return fail(err, off,
			    "no user: write sip:user@host, e.g. "
			    "sip:204@pbx.example.com");

	while (off < end) {
		if (text[off] == ':')
			return fail(err, off,
				    "no password in an address: put it into a "
				    "file and write password_file");
		if (text[off] == '%' && !is_escape(text + off))
			return fail(err, off,
				    "\"%\" needs two digits of base 16 "
				    "behind it, e.g. %20");
		if (text[off] != '%' && !strchr(user_chars, text[off]))
			return fail(err, off,
				    "can't stand in a SIP user: write it as "
				    "\"%\" and two digits of base 16");
		off += text[off] == '%' ? strlen("%20") : 1;
	}

	return 0;
}


int address_uri_check(const char *text, size_t *user, size_t *host,
		      struct text_error *err)
{
	const char *at = strchr(text, '@');
	int e;

	if (strncmp(text, scheme, strlen(scheme)))
		return fail(err, 0,
			    "no SIP address: write sip:user@host or "
			    "sip:user@host:port");
	if (!at)
		return fail(err, strlen(scheme),
			    "no \"@\": write sip:user@host, e.g. "
			    "sip:204@pbx.example.com");

	*user = strlen(scheme);
	*host = (size_t)(at - text) + 1;
	e = user_check(text, *user, *host - 1, err);

	return e ? e : host_check(text, *host, err);
}
