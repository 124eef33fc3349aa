/**
 * @file app/policy/screening.h  Which rule speaks for a caller
 *
 * Looks at the caller and the rules, never at the clock or the phone.
 */
#ifndef RINGFENCE_SCREENING_H
#define RINGFENCE_SCREENING_H

#include "app/policy/policy.h"

enum {
	PARTY_URI_MAX  = 256, /**< bytes, with the NUL */
	PARTY_NAME_MAX = 128,
};

/** Who calls or is called, cleaned and cut to size */
struct party {
	char uri[PARTY_URI_MAX];   /**< "sip:204@pbx.example.com"           */
	char number[NUMBER_MAX];   /**< normalised, "" if the user is none  */
	char user[NUMBER_MAX * 2]; /**< the user part, to show              */
	char name[PARTY_NAME_MAX]; /**< display name, "" if none            */
	bool truncated;            /**< something was too long and was cut  */
};

/**
 * The first rule, in the file's order, that covers the caller
 *
 * @return the rule, or NULL if none does
 */
const struct policy_rule *screening_find(const struct policy *p,
					 const struct party *caller);

#endif
