/**
 * @file app/policy/number.h  Phone numbers as they are compared
 *
 * Decides whether a user part is a number and whether a pattern covers it.
 * It knows no dial plan yet: numbers are compared as they were sent.
 */
#ifndef RINGFENCE_NUMBER_H
#define RINGFENCE_NUMBER_H

#include "app/policy/text.h"

enum {
	NUMBER_MAX = 48, /**< bytes of a normalised number, with its NUL */
};

/** A number of a rule: exact, or what it starts with */
struct number_pattern {
	char digits[NUMBER_MAX];
	bool prefix;
};

/**
 * Bring the user part of a SIP or tel URI into the form that is compared
 *
 * Percent-escapes are decoded once (RFC 3261 19.1.2), visual separators
 * (RFC 3966 5.1.1: "-", ".", "(", ")", and spaces) and parameters (from ";")
 * are left out. What remains is a number if it is an optional "+" and then
 * only digits, "*" and "#", at least one.
 *
 * @param dst  Set to the number, "" if it is none or too long
 * @param user User part, terminated
 *
 * @return true if it is a number
 */
bool number_normalise(char dst[NUMBER_MAX], const char *user);

/**
 * Read one number of a rule: "+493012345" or "+4990*"
 *
 * Separators are left out as above. A "*" at the end is always the prefix's;
 * elsewhere it is dialled ("*21#"), but not in a number that starts with "+".
 *
 * @param p   Pattern, set on success
 * @param s   Text, without spaces around it
 * @param len Its length in bytes
 * @param err Set on failure: where and what
 *
 * @return 0, EBADMSG if it is no pattern, ENOSPC if it is too long
 */
int number_pattern_parse(struct number_pattern *p, const char *s, size_t len,
			 struct text_error *err);

/**
 * Whether a pattern covers a number
 *
 * @param p      Pattern
 * @param number Normalised number; "" is never covered
 */
bool number_pattern_match(const struct number_pattern *p, const char *number);

#endif
