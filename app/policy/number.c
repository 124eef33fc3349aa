/**
 * @file app/policy/number.c  Phone numbers as they are compared
 */
#include "app/policy/number.h"

#include <errno.h>
#include <string.h>


_Static_assert(NUMBER_MAX == 48, "a message below says 47 characters");


static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}


static bool is_separator(char ch)
{
	return ch == '-' || ch == '.' || ch == '(' || ch == ')' || ch == ' ';
}


/* '*' and '#' are dialled like digits: feature codes such as *21# */
static bool is_dialled(char ch)
{
	return is_digit(ch) || ch == '*' || ch == '#';
}


static int hex_value(char ch)
{
	if (is_digit(ch))
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	if (ch >= 'A' && ch <= 'F')
		return ch - 'A' + 10;

	return -1;
}


/* One character of a user part; an escape is decoded once and its result not
 * looked at again, so "%2531" stays "%31" and is no digit */
static bool user_char(const char **user, char *ch)
{
	const char *s = *user;
	int high, low;

	if (*s != '%') {
		*ch = *s;
		*user = s + 1;
		return true;
	}

	high = hex_value(s[1]);
	low = high < 0 ? -1 : hex_value(s[2]);
	if (low < 0)
		return false;

	*ch = (char)(high * 16 + low);
	*user = s + 3;
	return true;
}


bool number_normalise(char dst[NUMBER_MAX], const char *user)
{
	char buf[NUMBER_MAX];
	size_t n = 0, dialled = 0;

	if (!dst)
		return false;
	dst[0] = '\0';
	if (!user)
		return false;

	while (*user && *user != ';') {
		char ch;

		if (!user_char(&user, &ch))
			return false;
		if (is_separator(ch))
			continue;
		if (!is_dialled(ch) && !(ch == '+' && !n))
			return false;
		if (n + 1 == sizeof(buf))
			return false;
		if (ch != '+')
			dialled++;
		buf[n++] = ch;
	}
	if (!dialled)
		return false;

	memcpy(dst, buf, n);
	dst[n] = '\0';
	return true;
}


static int pattern_error(struct text_error *err, size_t off, const char *what,
			 int code)
{
	if (err) {
		err->off = off;
		err->what = what;
	}

	return code;
}


/* What is wrong with a character, NULL if nothing is */
static const char *pattern_char_error(char ch, const char *digits, size_t n)
{
	if (ch == '+')
		return n ? "\"+\" stands only in front of a number" : NULL;
	if (!is_dialled(ch))
		return "not part of a number: write digits, \"+\" in front, "
		       "\"*\" at the end for all that start so";
	if (ch == '*' && n && digits[0] == '+')
		return "\"*\" stands only at the end: write what the numbers "
		       "start with, e.g. \"+4990*\"";

	return NULL;
}


int number_pattern_parse(struct number_pattern *p, const char *s, size_t len,
			 struct text_error *err)
{
	struct number_pattern pat;
	size_t n = 0;

	if (!p || (!s && len))
		return EINVAL;

	if (!len)
		return pattern_error(err, 0,
				     "no number: write one, e.g. "
				     "\"+493012345\" or \"+4990*\"",
				     EBADMSG);

	memset(&pat, 0, sizeof(pat));
	pat.prefix = s[len - 1] == '*';

	for (size_t i = 0; i < len - pat.prefix; i++) {
		const char *what;

		if (is_separator(s[i]))
			continue;
		what = pattern_char_error(s[i], pat.digits, n);
		if (what)
			return pattern_error(err, i, what, EBADMSG);
		if (n + 1 == sizeof(pat.digits))
			return pattern_error(err, i,
					     "number too long: at most 47 "
					     "characters",
					     ENOSPC);
		pat.digits[n++] = s[i];
	}

	if (!n && pat.prefix)
		return pattern_error(err, len - 1,
				     "nothing before \"*\": write what the "
				     "numbers start with, e.g. \"+4990*\"",
				     EBADMSG);
	if (!n || (n == 1 && pat.digits[0] == '+' && !pat.prefix))
		return pattern_error(err, len,
				     "no digits: write a number, e.g. "
				     "\"+493012345\"",
				     EBADMSG);

	*p = pat;
	return 0;
}


bool number_pattern_match(const struct number_pattern *p, const char *number)
{
	if (!p || !number || !number[0])
		return false;

	if (p->prefix)
		return !strncmp(number, p->digits, strlen(p->digits));

	return !strcmp(number, p->digits);
}
