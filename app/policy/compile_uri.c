/**
 * @file app/policy/compile_uri.c  Whether a call may be sent on to an address
 *
 * What is sound here can stand between "<" and ">" of a Contact as it is.
 */
#include "app/policy/compile.h"

#include <string.h>

#include "app/policy/compile_text.h"


_Static_assert(POLICY_URI_MAX == 256, "a message below says 255 bytes");

enum {
	PORT_MAX = 65535,
};

/* RFC 3261 25.1: unreserved, and what may stand beside it in each part */
#define ALPHA "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGIT "0123456789"
#define UNRESERVED ALPHA DIGIT "-_.!~*'()"

static const char user_chars[] = UNRESERVED "&=+$,;?/:";
static const char name_chars[] = ALPHA DIGIT "-.";
static const char ipv6_chars[] = "ABCDEFabcdef" DIGIT ":.";
static const char behind_chars[] = UNRESERVED "[]/:&+$;=?";

/* RFC 3966 3: visual separators, and the digits of a local number */
static const char tel_global_chars[] = DIGIT "-.()";
static const char tel_local_chars[] = DIGIT "ABCDEFabcdef*#-.()";


struct part {
	const char *text; /* whole, for places */
	size_t i, end;
	struct text_error *err;
};


static int wrong(const struct part *p, const char *what)
{
	return compile_fail(p->err, p->i, what, EBADMSG);
}


static bool is_hex(char ch)
{
	return compile_digit(ch) || (ch >= 'a' && ch <= 'f') ||
	       (ch >= 'A' && ch <= 'F');
}


/* Leaves i behind the characters that are allowed, escapes among them */
static void chars_skip(struct part *p, const char *allowed, bool escapes)
{
	for (; p->i < p->end; p->i++) {
		const char *s = &p->text[p->i];

		if (escapes && *s == '%' && p->end - p->i > 2 &&
		    is_hex(s[1]) && is_hex(s[2]))
			p->i += 2;
		else if (!*s || !strchr(allowed, *s))
			return;
	}
}


static int host_check(struct part *p)
{
	const size_t start = p->i;

	if (p->i < p->end && p->text[p->i] == '[') {
		p->i++;
		chars_skip(p, ipv6_chars, false);
		if (p->i == p->end || p->text[p->i] != ']' ||
		    p->i == start + 1)
			return wrong(p, "no IPv6 address in brackets: write "
					"e.g. sip:204@[2001:db8::1]");
		p->i++;
		return 0;
	}

	chars_skip(p, name_chars, false);
	if (p->i == start)
		return wrong(p, "no host: write e.g. "
				"sip:voicemail@pbx.example.com");

	return 0;
}


static int port_check(struct part *p)
{
	unsigned port = 0;
	const size_t start = ++p->i;

	for (; p->i < p->end && compile_digit(p->text[p->i]); p->i++) {
		if (port <= PORT_MAX)
			port = port * 10 + (unsigned)(p->text[p->i] - '0');
	}
	if (p->i == start || !port || port > PORT_MAX) {
		p->i = start;
		return wrong(p, "a port is 1-65535");
	}

	return 0;
}


/* Parameters and headers: only that they are of characters for it */
static int behind_check(struct part *p)
{
	if (p->i < p->end && p->text[p->i] != ';' && p->text[p->i] != '?')
		return wrong(p, "this can't stand in an address: behind the "
				"host are \":\" and a port, or \";\" and "
				"parameters");

	chars_skip(p, behind_chars, true);
	if (p->i < p->end)
		return wrong(p, "this can't stand in an address: write it as "
				"% and its two digits to base 16");

	return 0;
}


static int sip_check(struct part *p)
{
	const char *at = memchr(&p->text[p->i], '@', p->end - p->i);
	int e;

	if (at) {
		const size_t start = p->i, host = (size_t)(at - p->text);
		const size_t end = p->end;

		p->end = host;
		chars_skip(p, user_chars, true);
		p->end = end;
		if (p->i < host)
			return wrong(p, "this can't stand in an address: "
					"write it as % and its two digits to "
					"base 16");
		if (p->i == start)
			return wrong(p, "no user in front of \"@\"");
		p->i++;
	}

	e = host_check(p);
	if (!e && p->i < p->end && p->text[p->i] == ':')
		e = port_check(p);

	return e ? e : behind_check(p);
}


static bool has_digit(const struct part *p, size_t i)
{
	for (; i < p->i; i++) {
		if (compile_digit(p->text[i]))
			return true;
	}

	return false;
}


static int tel_check(struct part *p)
{
	const bool global = p->i < p->end && p->text[p->i] == '+';
	const size_t start = p->i + global;
	static const char context[] = ";phone-context=";
	bool whole = global;

	p->i = start;
	chars_skip(p, global ? tel_global_chars : tel_local_chars, false);
	if (!has_digit(p, start))
		return wrong(p, "no digits: write e.g. tel:+493012345");

	for (size_t i = p->i; i + strlen(context) < p->end; i++)
		whole = whole ||
			!memcmp(&p->text[i], context, strlen(context));
	if (!whole) {
		p->i = start;
		return wrong(p, "a tel address starts with \"+\", or says "
				"where it is local (RFC 3966): write e.g. "
				"tel:+493012345");
	}

	return behind_check(p);
}


int compile_uri(const char *text, size_t len, struct text_error *err)
{
	static const struct {
		const char *name;
		int (*checkh)(struct part *p);
	} scheme[] = {
		{"sip:", sip_check},
		{"sips:", sip_check},
		{"tel:", tel_check},
	};
	struct part p = {.text = text, .end = len, .err = err};

	if (!text)
		return EINVAL;
	if (len >= POLICY_URI_MAX)
		return compile_fail(err, POLICY_URI_MAX - 1,
				    "the address is too long: at most 255 "
				    "bytes",
				    ENOSPC);

	for (size_t k = 0; k < sizeof(scheme) / sizeof(scheme[0]); k++) {
		p.i = strlen(scheme[k].name);
		if (len >= p.i && !memcmp(text, scheme[k].name, p.i))
			return scheme[k].checkh(&p);
	}

	return compile_fail(err, 0,
			    "no address: write e.g. redirect "
			    "sip:voicemail@pbx.example.com, sips:... or "
			    "tel:+493012345",
			    EBADMSG);
}
