/**
 * @file app/call/decide.h  The order of precedence for a call that comes in
 *
 * First matching rule (its "ring" overrides hours and DND), do not disturb,
 * hours, busy: the first that speaks decides, and is told to the owner. A
 * screened call while the phone is busy gets the screening's answer. An
 * unset clock lets hours decide nothing.
 */
#ifndef RINGFENCE_DECIDE_H
#define RINGFENCE_DECIDE_H

#include "app/policy/now.h"
#include "app/policy/policy.h"
#include "app/policy/screening.h"

/** Who ended or refused a call; the names are in docs/interface.md */
#define DECIDED_TABLE(X)                                                      \
	X(NONE, "none")           /* nobody: it was answered and talked */    \
	X(USER, "user")           /* our person, by a key */                  \
	X(RULE, "rule")           /* a screening rule */                      \
	X(HOURS, "hours")         /* the business hours */                    \
	X(DND, "dnd")             /* do not disturb */                        \
	X(BUSY, "busy")           /* the phone was in a call */               \
	X(NO_ANSWER, "no_answer") /* nobody took it in ring_timeout_s */      \
	X(CALLER, "caller")       /* the caller gave up */                    \
	X(REMOTE, "remote")       /* the far end's final response */          \
	X(NETWORK, "network")     /* no answer, no name, no connection */     \
	X(PHONE, "phone")         /* the phone could not: media, set-up */

enum decided_by {
#define X(id, name) DECIDED_##id,
	DECIDED_TABLE(X)
#undef X
	DECIDED_COUNT
};

/** @return the name, or NULL if it is none */
const char *decided_name(enum decided_by by);

struct verdict {
	enum policy_action action;
	enum decided_by by;         /**< DECIDED_NONE if nothing spoke    */
	uint16_t scode;             /**< POLICY_REJECT only               */
	bool has_retry_after;
	uint32_t retry_after_s;     /**< to the next opening, rounded up  */
	char rule[POLICY_NAME_MAX]; /**< DECIDED_RULE only                */
	unsigned line;
};

/**
 * Decide
 *
 * @param v      Set to the verdict
 * @param p      Policy
 * @param caller Who calls
 * @param dnd    Do not disturb is on
 * @param busy   The phone has a call
 * @param now    The time
 */
void decide(struct verdict *v, const struct policy *p,
	    const struct party *caller, bool dnd, bool busy,
	    const struct now *now);

#endif
