/**
 * @file app/policy/number.c  Phone numbers as they are compared
 */
#include "app/policy/number.h"

#include <string.h>


static const char scheme[] = "tel:";
static const char context_name[] = "phone-context";


bool number_is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}


bool number_is_separator(char ch)
{
	return ch == '-' || ch == '.' || ch == '(' || ch == ')' || ch == ' ';
}


bool number_is_dialled(char ch)
{
	return number_is_digit(ch) || ch == '*' || ch == '#';
}


/* Behind a word, in any case, that s starts with; NULL if it does not */
static const char *behind(const char *s, const char *word)
{
	for (; *word; word++, s++) {
		if (text_lower(*s) != *word)
			return NULL;
	}

	return s;
}


static int hex_value(char ch)
{
	if (number_is_digit(ch))
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


/* What stands up to the end or the first ";" behind the n characters that dst
 * has; false if that is no number */
static bool digits_read(char dst[NUMBER_MAX], size_t n, const char *s)
{
	size_t dialled = 0;

	while (*s && *s != ';') {
		char ch;

		if (!user_char(&s, &ch))
			return false;
		if (number_is_separator(ch))
			continue;
		if (!number_is_dialled(ch) && !(ch == '+' && !n))
			return false;
		if (n + 1 == NUMBER_MAX)
			return false;
		if (ch != '+')
			dialled++;
		dst[n++] = ch;
	}

	dst[n] = '\0';
	return dialled > 0;
}


/* A phone-context's value, NULL if there is none */
static const char *context_find(const char *user)
{
	for (;;) {
		const char *value;

		user = strchr(user, ';');
		if (!user)
			return NULL;
		user++;
		value = behind(user, context_name);
		if (value && *value == '=')
			return value + 1;
	}
}


static bool is_plain(const char *number)
{
	return !number[strcspn(number, "+*#")];
}


bool number_normalise(char dst[NUMBER_MAX], const char *user)
{
	char number[NUMBER_MAX], context[NUMBER_MAX];
	const char *s;

	if (!dst)
		return false;
	dst[0] = '\0';
	if (!user)
		return false;

	s = behind(user, scheme);
	if (s)
		user = s;
	if (!digits_read(number, 0, user))
		return false;

	s = is_plain(number) ? context_find(user) : NULL;
	if (s && digits_read(context, 0, s) && context[0] == '+' &&
	    is_plain(context + 1)) {
		if (strlen(context) + strlen(number) >= sizeof(context))
			return false;
		memcpy(dst, context, strlen(context));
		dst += strlen(context);
	}

	memcpy(dst, number, strlen(number) + 1);
	return true;
}
