/**
 * @file firmware/list/vcard.c  vCard 3.0 (RFC 2426) and 4.0 (RFC 6350)
 *
 * Only the TEL lines are looked at, with or without a group and parameters.
 */
#include "firmware/list/read.h"

#include <string.h>


enum {
	VALUE_MAX = 256, /* bytes of a TEL line's value */
};

struct line {
	const char *p, *end;
};


static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}


/* The next line, without its CR LF */
static struct line line_next(const char **p, const char *end)
{
	const char *nl = memchr(*p, '\n', (size_t)(end - *p));
	struct line l = {.p = *p, .end = nl ? nl : end};

	*p = nl ? nl + 1 : end;
	if (l.end > l.p && l.end[-1] == '\r')
		l.end--;

	return l;
}


/* @return where the value starts, NULL if it is another property */
static const char *tel_value(const struct line *l)
{
	const char *p = l->p;
	bool quoted = false;

	while (p < l->end && *p != '.' && *p != ';' && *p != ':')
		p++;
	p = p < l->end && *p == '.' ? p + 1 : l->p;

	if (!list_starts_with(p, (size_t)(l->end - p), "tel"))
		return NULL;
	p += strlen("tel");
	if (p < l->end && *p != ';' && *p != ':')
		return NULL;

	for (; p < l->end; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (*p == ':' && !quoted)
			return p + 1;
	}

	return NULL;
}


/* "tel:+1-555-0100;ext=9" is the number and its parameters (RFC 3966) */
static void value_take(struct list_reader *r, size_t line, size_t col,
		       const char *s, size_t len)
{
	static const char scheme[] = "tel:";
	const char *parameters;

	if (list_starts_with(s, len, scheme)) {
		s += strlen(scheme);
		len -= strlen(scheme);
		col += strlen(scheme);
		parameters = memchr(s, ';', len);
		if (parameters)
			len = (size_t)(parameters - s);
	}

	list_take(r, line, col, s, len);
}


/* A value goes on in the lines that start with a blank; a property's name
 * that is broken there is not found, and no program breaks it there */
static void tel_read(struct list_reader *r, size_t line, size_t col,
		     const char *value, const struct line *l, const char *next,
		     const char *end)
{
	struct line part = {.p = value, .end = l->end};
	char buf[VALUE_MAX];
	size_t len = 0;

	for (;;) {
		const size_t n = (size_t)(part.end - part.p);

		if (n > sizeof(buf) - len) {
			list_wrong(r, line, col, "too long for a number");
			return;
		}
		memcpy(buf + len, part.p, n);
		len += n;
		if (next == end || !is_blank(*next))
			break;
		part = line_next(&next, end);
		part.p++;
	}

	value_take(r, line, col, buf, len);
}


void list_vcard_read(struct list_reader *r, const char *buf, size_t len)
{
	const char *p = buf, *end = buf + len;

	for (size_t line = 1; p < end && !r->no_memory; line++) {
		const struct line l = line_next(&p, end);
		const char *value = tel_value(&l);

		if (value)
			tel_read(r, line, (size_t)(value - l.p) + 1, value, &l,
				 p, end);
	}
}
