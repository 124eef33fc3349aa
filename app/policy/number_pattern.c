/**
 * @file app/policy/number_pattern.c  What a rule calls a number
 */
#include "app/policy/number.h"

#include <errno.h>
#include <string.h>


_Static_assert(NUMBER_MAX == 48, "a message below says 47 characters");

static const char any_more = '*';
static const char any_digit = '?';


static int fail(struct text_error *err, size_t off, const char *what, int code)
{
	if (err) {
		err->off = off;
		err->what = what;
	}

	return code;
}


/* What is wrong with a character, NULL if nothing is */
static const char *char_error(char ch, const char *digits, size_t n)
{
	if (ch == '+')
		return n ? "\"+\" stands only in front of a number" : NULL;
	if (!number_is_dialled(ch) && ch != any_digit)
		return "not part of a number: write digits, \"+\" in front, "
		       "\"?\" for any digit, \"*\" at the end for all that "
		       "start so";
	if (ch == any_more && n && digits[0] == '+')
		return "\"*\" stands only at the end: write what the numbers "
		       "start with, e.g. \"+4990*\"";

	return NULL;
}


/* What is written, without separators */
static int chars_read(char dst[NUMBER_MAX], const char *s, size_t len,
		      struct text_error *err)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		const char *what;

		if (number_is_separator(s[i]))
			continue;
		what = char_error(s[i], dst, n);
		if (what)
			return fail(err, i, what, EBADMSG);
		if (n + 1 == NUMBER_MAX)
			return fail(err, i,
				    "number too long: at most 47 characters",
				    ENOSPC);
		dst[n++] = s[i];
	}
	dst[n] = '\0';

	return 0;
}


/* One end of a range: len bytes at s[off] */
static int end_read(char dst[NUMBER_MAX], const char *s, size_t off,
		    size_t len, struct text_error *err)
{
	int e;

	for (size_t i = off; i < off + len; i++) {
		if (s[i] != any_digit && s[i] != any_more && s[i] != '#')
			continue;
		return fail(err, i,
			    "a range goes from one number to another: write "
			    "digits only, e.g. \"+49301200..+49301299\"",
			    EBADMSG);
	}

	e = chars_read(dst, s + off, len, err);
	if (e) {
		if (err)
			err->off += off;
		return e;
	}
	if (!dst[dst[0] == '+'])
		return fail(err, off + len,
			    "a range has a number at both ends: write e.g. "
			    "\"+49301200..+49301299\"",
			    EBADMSG);

	return 0;
}


/* The two dots are at s[dots] */
static int range_read(struct number_pattern *p, const char *s, size_t len,
		      size_t dots, struct text_error *err)
{
	const size_t last = dots + 2;
	int e;

	e = end_read(p->digits, s, 0, dots, err);
	if (!e)
		e = end_read(p->last, s, last, len - last, err);
	if (e)
		return e;

	if (strlen(p->digits) != strlen(p->last) ||
	    (p->digits[0] == '+') != (p->last[0] == '+'))
		return fail(err, last,
			    "both ends of a range have as many digits, and "
			    "\"+\" or not: write them in full, e.g. "
			    "\"+49301200..+49301299\"",
			    EBADMSG);
	if (strcmp(p->digits, p->last) > 0)
		return fail(err, last,
			    "the range ends before it starts: write the "
			    "smaller number first",
			    EBADMSG);

	p->kind = NUMBER_RANGE;
	return 0;
}


/* Anything but a range */
static int single_read(struct number_pattern *p, const char *s, size_t len,
		       struct text_error *err)
{
	const bool more = s[len - 1] == any_more;
	size_t n;
	int e;

	e = chars_read(p->digits, s, len - more, err);
	if (e)
		return e;

	n = strlen(p->digits);
	if (!n && more)
		return fail(err, len - 1,
			    "nothing before \"*\": write what the numbers "
			    "start with, e.g. \"+4990*\"",
			    EBADMSG);
	if (!n || (n == 1 && p->digits[0] == '+' && !more))
		return fail(err, len,
			    "no digits: write a number, e.g. \"+493012345\"",
			    EBADMSG);

	p->kind = more ? NUMBER_PREFIX : NUMBER_EXACT;
	if (!strchr(p->digits, any_digit))
		return 0;

	p->kind = NUMBER_WILDCARD;
	if (more && n + 1 == NUMBER_MAX)
		return fail(err, len - 1,
			    "number too long: at most 47 characters", ENOSPC);
	if (more)
		p->digits[n] = any_more;

	return 0;
}


int number_pattern_parse(struct number_pattern *p, const char *s, size_t len,
			 struct text_error *err)
{
	struct number_pattern pat;
	size_t dots = 0;
	int e;

	if (!p || (!s && len))
		return EINVAL;
	if (!len)
		return fail(err, 0,
			    "no number: write one, e.g. \"+493012345\" or "
			    "\"+4990*\"",
			    EBADMSG);

	memset(&pat, 0, sizeof(pat));
	while (dots + 1 < len && (s[dots] != '.' || s[dots + 1] != '.'))
		dots++;

	e = dots + 1 < len ? range_read(&pat, s, len, dots, err)
			   : single_read(&pat, s, len, err);
	if (!e)
		*p = pat;

	return e;
}


static bool starts_with(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}


static bool wildcard_match(const char *digits, const char *number)
{
	for (; *digits; digits++, number++) {
		if (*digits == any_more && !digits[1])
			return true;
		if (*digits == any_digit ? !number_is_digit(*number)
					 : *digits != *number)
			return false;
	}

	return !*number;
}


/* Digits that are as many are ordered as text is */
static bool range_match(const struct number_pattern *p, const char *number)
{
	const size_t len = strlen(number);
	const char *digits = number + (number[0] == '+');

	while (number_is_digit(*digits))
		digits++;

	return !*digits && len == strlen(p->digits) &&
	       strcmp(p->digits, number) <= 0 && strcmp(number, p->last) <= 0;
}


bool number_pattern_match(const struct number_pattern *p, const char *number)
{
	if (!p || !number || !number[0])
		return false;

	switch (p->kind) {

	case NUMBER_EXACT:
		return !strcmp(number, p->digits);

	case NUMBER_PREFIX:
		return starts_with(number, p->digits);

	case NUMBER_WILDCARD:
		return wildcard_match(p->digits, number);

	case NUMBER_RANGE:
		return range_match(p, number);

	case NUMBER_ABROAD:
		return number[0] == '+' &&
		       (!starts_with(number, p->digits) ||
			(p->last[0] && starts_with(number, p->last)));
	}

	return false;
}
