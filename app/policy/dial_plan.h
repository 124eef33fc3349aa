/**
 * @file app/policy/dial_plan.h  From a number as it is dialled to E.164
 *
 * +49 30 1, 0049301 and (030) 1 are one number where the phone stands. The
 * plan says so; numbers are compared only after it. It never decides who may
 * ring.
 */
#ifndef RINGFENCE_DIAL_PLAN_H
#define RINGFENCE_DIAL_PLAN_H

#include "app/policy/number.h"

enum {
	DIAL_PLAN_CODE_MAX = 4, /**< bytes, with the NUL */
	DIAL_PLAN_PREFIX_MAX = 8,
	DIAL_PLAN_NATIONAL_MIN = 7, /**< digits, in most countries */
	DIAL_PLAN_DIGITS_MAX = 15,  /**< of a number (ITU-T E.164 6) */
};

struct dial_plan {
	char country_code[DIAL_PLAN_CODE_MAX]; /**< "49"; "": no plan, numbers
						    are compared as sent     */
	char trunk_prefix[DIAL_PLAN_PREFIX_MAX]; /**< "0", may be ""         */
	char international_prefix[DIAL_PLAN_PREFIX_MAX]; /**< "00"           */

	/** Without a prefix, fewer digits are an extension (1-15). A trunk
	    prefix that does not start with 0 is one only in front of as many:
	    with 1, 101 is an extension and 1 212 555 0100 is none */
	uint8_t min_national;
};

/**
 * The usual plan of a country: its prefixes (ITU-T E.164 list of
 * international and national prefixes), and how short its numbers are
 *
 * @param plan Set on success
 * @param country_code "49"
 *
 * @return 0, or EBADMSG if no place has it (ITU-T E.164 list of assigned
 *         country codes)
 */
int dial_plan_init(struct dial_plan *plan, const char *country_code);

/**
 * Bring a normalised number into the form that is compared
 *
 * An extension, a number with "*" or "#", and all of them while the plan has
 * no country code, stay what they are. So does what no plan dials: a prefix
 * with nothing behind it, or with a 0 ("000"). A trunk prefix behind the
 * plan's own country code, as in "+49 (0)30 1", is left out.
 *
 * @param plan   Plan
 * @param dst    Set to "+4930...", or to the number as it is; what would be
 *               too long stays as it is
 * @param number Normalised (number_normalise); may be dst
 */
void dial_plan_apply(const struct dial_plan *plan, char dst[NUMBER_MAX],
		     const char *number);

/**
 * The same for what a rule or a list says: what it covers as it is dialled,
 * it covers in whatever spelling
 *
 * A pattern is read as a number of its digits would be, so "3*" covers the
 * extensions, not what is dialled 030 1. A prefix that goes no further than
 * the plan's own covers what is dialled with it: "0*" all but extensions,
 * "00*" what is abroad (NUMBER_ABROAD), were trunk and international prefix 0
 * and 00. A "?" never stands for a digit of the plan's prefixes.
 *
 * @param plan Plan
 * @param p    Pattern, as it was parsed
 *
 * @return 0, or EBADMSG, and p as it is, if the ends of a range are not
 *         dialled alike, so that nobody can tell what is between them
 */
int dial_plan_apply_pattern(const struct dial_plan *plan,
			    struct number_pattern *p);

/** The emergency numbers of a country (ITU-T E.161.1 and national ones), as
    they are dialled, at most 8, ", " between them; "112, 911" for one
    unknown */
const char *dial_plan_emergency(const char *country_code);

#endif
