/**
 * @file app/policy/screening.h  Which rule speaks for a caller
 *
 * Looks at the caller, the rules and the moment that it is given, never at a
 * clock or the phone. A rule speaks if all its matches hold. One that can't
 * be told does not hold, negated or not: what can't be evaluated rings.
 *
 * | match                         | can't be told                          |
 * |-------------------------------|----------------------------------------|
 * | number, list                  | of who has no number (alice, hidden)   |
 * | domain                        | of a tel URI                           |
 * | asserted                      | from who isn't trusted, or without one |
 * | verstat                       | from who isn't trusted                 |
 * | diverted = NUMBER             | if one who diverted has no number, and |
 * |                               | none of the others fits                |
 * | when                          | while the clock is not set             |
 *
 * The others always can: who is in no contacts is no contact and in no group,
 * a name that isn't there is an empty one, and who hasn't called before has
 * not.
 */
#ifndef RINGFENCE_SCREENING_H
#define RINGFENCE_SCREENING_H

#include "app/policy/caller.h"
#include "app/policy/now.h"
#include "app/policy/policy.h"

/** The same caller has not called before, as far as the phone remembers */
#define SCREENING_NEVER_S UINT32_MAX

/** A call that comes in, and the moment in which it does */
struct screening {
	const struct caller *caller;
	const struct now *now;
	uint32_t called_before_s; /**< ago, or SCREENING_NEVER_S */
};

/**
 * A rule that was passed over
 *
 * @param rule   The rule
 * @param failed Its first match that did not hold
 */
typedef void(screening_passed_h)(const struct policy_rule *rule,
				 const struct policy_match *failed, void *arg);

/**
 * The first rule, in the policy's order, that speaks for the caller
 *
 * @param p       Policy
 * @param s       Who calls, and when
 * @param passedh Told of each rule before it, may be NULL
 * @param arg     Handler argument
 *
 * @return the rule, or NULL if none does
 */
const struct policy_rule *screening_find(const struct policy *p,
					 const struct screening *s,
					 screening_passed_h *passedh,
					 void *arg);

#endif
