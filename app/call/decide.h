/**
 * @file app/call/decide.h  The order of precedence for a call that comes in
 *
 * Emergency, the person's own block list, first matching rule (its "ring"
 * overrides hours and DND), do not disturb, hours, too many calls, busy: the
 * first that speaks decides, and is told to the owner. A screened call while
 * the phone is busy gets the screening's answer. An unset clock lets hours
 * decide nothing.
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
	X(EMERGENCY, "emergency") /* nothing is screened: a call-back */      \
	X(BLOCK, "block")         /* the person has blocked the number */     \
	X(RULE, "rule")           /* a screening rule */                      \
	X(HOURS, "hours")         /* the business hours */                    \
	X(DND, "dnd")             /* do not disturb */                        \
	X(LIMIT, "limit")         /* too many calls at a time */              \
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

enum {
	/** RFC 3261 21.3.3: sent on, by a rule or the key for the voicemail */
	DECIDED_SCODE_MOVED = 302,
};

/** Whether the person sent a call on, and did not decline it */
static inline bool decided_sent_on(enum decided_by by, uint16_t scode)
{
	return by == DECIDED_USER && scode == DECIDED_SCODE_MOVED;
}

/** @return the name, or NULL if it is none */
const char *decided_name(enum decided_by by);

struct verdict {
	enum policy_action action;
	enum decided_by by;         /**< DECIDED_NONE if nothing spoke    */
	uint16_t scode;             /**< REJECT, REDIRECT only            */
	bool has_retry_after;
	uint32_t retry_after_s;     /**< to the next opening, rounded up  */
	char rule[POLICY_NAME_MAX]; /**< DECIDED_RULE only                */
	unsigned line;
	char uri[POLICY_URI_MAX];   /**< REDIRECT only                    */
	uint8_t ringtone, lamp;     /**< RING only, as the rule's         */
};

/** A call that comes in, and how the phone stands at this moment */
struct decide_facts {
	const struct caller *caller;
	uint32_t called_before_s; /**< ago, or SCREENING_NEVER_S          */
	bool dnd;
	bool busy;      /**< the phone has a call                         */
	bool emergency; /**< an emergency number was dialled lately       */
	bool limited;   /**< calls come too fast                          */
	bool alone;     /**< the account's only binding (RFC 3261 21.6.2) */
	bool sip_607;   /**< its registrar takes 607 (RFC 8197)           */
};

/**
 * Decide
 *
 * @param v       Set to the verdict
 * @param p       Policy
 * @param f       Who calls, and how the phone stands
 * @param now     The time
 * @param passedh Told of each rule that was passed over, may be NULL
 * @param arg     Handler argument
 */
void decide(struct verdict *v, const struct policy *p,
	    const struct decide_facts *f, const struct now *now,
	    screening_passed_h *passedh, void *arg);

/** The status code with which the reject key declines */
uint16_t decide_button_scode(const struct policy *p, bool alone, bool sip_607);

#endif
