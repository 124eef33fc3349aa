/**
 * @file app/policy/lint_cover.c  Whether numbers are among other numbers
 *
 * In a wildcard's digits "?" is one digit and a "*" at the end any more.
 */
#include "app/policy/lint_cover.h"

#include <string.h>


static bool starts_with(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}


static bool same(const struct number_pattern *a,
		 const struct number_pattern *b)
{
	return a->kind == b->kind && !strcmp(a->digits, b->digits) &&
	       !strcmp(a->last, b->last);
}


/* Whether any more may stand behind what a pattern says */
static bool is_open(const struct number_pattern *p)
{
	const size_t len = strlen(p->digits);

	return p->kind == NUMBER_WILDCARD && len && p->digits[len - 1] == '*';
}


static bool prefix_covered(const struct number_pattern *wide,
			   const char *digits)
{
	if (wide->kind == NUMBER_PREFIX)
		return starts_with(digits, wide->digits);

	/* It fits with nothing behind it, and then with anything */
	return is_open(wide) && number_pattern_match(wide, digits);
}


/* One position after the other; what the narrow one leaves open the wide one
 * has to leave open, too */
static bool wildcard_by_wildcard(const char *wide, const char *narrow)
{
	for (; *narrow; wide++, narrow++) {
		if (*wide == '*' && !wide[1])
			return true;
		if (*narrow == '*' && !narrow[1])
			return false;
		if (*wide != *narrow &&
		    !(*wide == '?' && number_is_digit(*narrow)))
			return false;
	}

	return !*wide || (*wide == '*' && !wide[1]);
}


/* What "?" may be lies between all 0 and all 9; no range has a "*" in it */
static bool wildcard_by_range(const struct number_pattern *wide,
			      const char *narrow)
{
	char low[NUMBER_MAX], high[NUMBER_MAX];
	const size_t len = strlen(narrow);

	for (size_t i = 0; i <= len; i++) {
		low[i] = narrow[i] == '?' ? '0' : narrow[i];
		high[i] = narrow[i] == '?' ? '9' : narrow[i];
	}

	return number_pattern_match(wide, low) &&
	       number_pattern_match(wide, high);
}


static bool wildcard_covered(const struct number_pattern *wide,
			     const char *digits)
{
	switch (wide->kind) {

	case NUMBER_PREFIX:
		return starts_with(digits, wide->digits);

	case NUMBER_WILDCARD:
		return wildcard_by_wildcard(wide->digits, digits);

	case NUMBER_RANGE:
		return wildcard_by_range(wide, digits);

	case NUMBER_EXACT:
	case NUMBER_ABROAD:
		break;
	}

	return false;
}


/* As far as both ends are the same all between are, too; behind it they may
 * have any digit */
static bool range_by_wildcard(const char *wide,
			      const struct number_pattern *narrow)
{
	bool common = true;
	size_t i;

	for (i = 0; narrow->digits[i]; i++) {
		if (wide[i] == '*' && !wide[i + 1])
			return true;
		common = common && narrow->digits[i] == narrow->last[i];
		if (wide[i] == '?' ? !number_is_digit(narrow->digits[i])
				   : !common || wide[i] != narrow->digits[i])
			return false;
	}

	return !wide[i] || (wide[i] == '*' && !wide[i + 1]);
}


static bool range_covered(const struct number_pattern *wide,
			  const struct number_pattern *narrow)
{
	switch (wide->kind) {

	case NUMBER_PREFIX:
		return starts_with(narrow->digits, wide->digits) &&
		       starts_with(narrow->last, wide->digits);

	case NUMBER_WILDCARD:
		return range_by_wildcard(wide->digits, narrow);

	case NUMBER_RANGE:
		return number_pattern_match(wide, narrow->digits) &&
		       number_pattern_match(wide, narrow->last);

	case NUMBER_EXACT:
	case NUMBER_ABROAD:
		break;
	}

	return false;
}


bool lint_pattern_covers(const struct number_pattern *wide,
			 const struct number_pattern *narrow)
{
	if (same(wide, narrow))
		return true;

	switch (narrow->kind) {

	case NUMBER_EXACT:
		return number_pattern_match(wide, narrow->digits);

	case NUMBER_PREFIX:
		return prefix_covered(wide, narrow->digits);

	case NUMBER_WILDCARD:
		return wildcard_covered(wide, narrow->digits);

	case NUMBER_RANGE:
		return range_covered(wide, narrow);

	case NUMBER_ABROAD:
		break;
	}

	return false;
}
