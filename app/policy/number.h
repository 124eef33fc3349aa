/**
 * @file app/policy/number.h  Phone numbers as they are compared
 *
 * Decides whether a user part is a number and whether a pattern covers it.
 * What a number is where the phone stands says app/policy/dial_plan.h.
 */
#ifndef RINGFENCE_NUMBER_H
#define RINGFENCE_NUMBER_H

#include "app/policy/text.h"

enum {
	NUMBER_MAX = 48, /**< bytes of a normalised number, with its NUL */
};

enum number_pattern_kind {
	NUMBER_EXACT,
	NUMBER_PREFIX,   /**< "+4990*": digits is what numbers start with  */
	NUMBER_WILDCARD, /**< "+493012??": "?" in digits is any one digit; a
			      "*" at its end is whatever follows           */
	NUMBER_RANGE,    /**< "+49301200..+49301299": equally long, digits
			      to last, both included                       */
	NUMBER_ABROAD,   /**< what a dial plan makes of "00*": all that starts
			      with "+", but with digits only if with last,
			      "" being nothing; no text says so            */
};

/** What a rule calls a number */
struct number_pattern {
	enum number_pattern_kind kind;
	char digits[NUMBER_MAX];
	char last[NUMBER_MAX]; /**< NUMBER_RANGE, NUMBER_ABROAD, else "" */
};

/**
 * Bring the user part of a SIP or tel URI into the form that is compared
 *
 * Percent-escapes are decoded once (RFC 3261 19.1.2), "tel:" in front, visual
 * separators (RFC 3966 5.1.1: "-", ".", "(", ")", and spaces) and parameters
 * (from ";") are left out. What remains is a number if it is an optional "+"
 * and then only digits, "*" and "#", at least one. A phone-context that is a
 * number (RFC 3966 5.1.5: ";phone-context=+4930") comes in front of one
 * without "+", "*" and "#"; one that is a domain changes nothing.
 *
 * @param dst  Set to the number, "" if it is none or too long
 * @param user User part, terminated
 *
 * @return true if it is a number
 */
bool number_normalise(char dst[NUMBER_MAX], const char *user);

/**
 * Read one number of a rule: "+493012345", "+4990*", "+493012??", "2??*",
 * "+49301200..+49301299"
 *
 * Separators are left out as above, but two dots are a range. A "*" at the
 * end is always the prefix's; elsewhere it is dialled ("*21#"), but not in a
 * number that starts with "+".
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

/** The characters of numbers, for those who read them */
bool number_is_digit(char ch);
bool number_is_separator(char ch);
bool number_is_dialled(char ch); /**< digits, "*", "#" (feature codes) */

#endif
