/**
 * @file firmware/list/read.c  Numbers out of what others keep them in
 */
#include "firmware/list/read.h"

#include <errno.h>
#include <string.h>


static const char bom[] = "\xef\xbb\xbf";


static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}


bool list_starts_with(const char *s, size_t len, const char *word)
{
	size_t i;

	for (i = 0; word[i]; i++) {
		if (i == len)
			return false;
		if (s[i] != word[i] && !(s[i] >= 'A' && s[i] <= 'Z' &&
					 s[i] - 'A' + 'a' == word[i]))
			return false;
	}

	return true;
}


void list_wrong(struct list_reader *r, size_t line, size_t col,
		const char *what)
{
	r->wrong++;
	r->wrongh(line, col, what, r->arg);
}


/* A '#' that stands behind a blank starts a comment; else it is dialled */
static size_t comment_cut(const char *s, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		if (s[i] == '#' && is_blank(s[i - 1]))
			return i;
	}

	return len;
}


/* Why a list does not take a pattern, NULL if it does */
static const char *unlisted(const struct number_pattern *p)
{
	switch (p->kind) {

	case NUMBER_EXACT:
	case NUMBER_PREFIX:
		return NULL;

	case NUMBER_WILDCARD:
	case NUMBER_RANGE:
		break;

	case NUMBER_ABROAD:
		return "a list has no prefix that stands for all foreign "
		       "numbers: write it into a rule's \"number\"";
	}

	return "a list has numbers, and what they start with: write each "
	       "number or e.g. \"+493012*\", or write this into a rule's "
	       "\"number\"";
}


void list_take(struct list_reader *r, size_t line, size_t col, const char *s,
	       size_t len)
{
	struct number_pattern p;
	struct text_error err = {.off = 0, .what = NULL};
	const char *what;

	for (; len && is_blank(*s); len--, s++)
		col++;

	len = comment_cut(s, len);
	while (len && is_blank(s[len - 1]))
		len--;

	if (number_pattern_parse(&p, s, len, &err)) {
		list_wrong(r, line, col + err.off, err.what);
		return;
	}

	/* It fails for ranges only, which a list does not take anyway */
	if (r->plan)
		(void)dial_plan_apply_pattern(r->plan, &p);
	what = unlisted(&p);
	if (what)
		list_wrong(r, line, col, what);
	else if (list_build_add(r->build, &p))
		r->no_memory = true;
}


int list_read(struct list_reader *r, const char *buf, size_t len)
{
	size_t i = 0;

	if (len >= strlen(bom) && !memcmp(buf, bom, strlen(bom)))
		i = strlen(bom);

	while (i < len &&
	       (is_blank(buf[i]) || buf[i] == '\r' || buf[i] == '\n'))
		i++;

	if (list_starts_with(buf + i, len - i, "begin:vcard"))
		list_vcard_read(r, buf, len);
	else
		list_table_read(r, buf, len);

	return r->no_memory ? ENOMEM : 0;
}
