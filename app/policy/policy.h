/**
 * @file app/policy/policy.h  Who may ring: one immutable value
 *
 * Built from text by app/policy/compile, checked whole, then swapped. What
 * outlives it copies names and never points into it. The arrays behind the
 * pointers belong to whoever built it.
 */
#ifndef RINGFENCE_POLICY_H
#define RINGFENCE_POLICY_H

#include "app/policy/contacts.h"
#include "app/policy/dial_plan.h"
#include "app/policy/hours.h"
#include "app/policy/number.h"
#include "app/policy/number_list.h"
#include "app/policy/rule_index.h"
#include "app/policy/zone.h"

struct holidays; /* app/policy/holidays.h */

enum {
	POLICY_NAME_MAX = 32,  /**< a rule's or account's name, with its NUL */
	POLICY_TEXT_MAX = 64,  /**< a text that a rule looks for, likewise   */
	POLICY_URI_MAX  = 256, /**< where a call is sent on, likewise        */
	POLICY_HOURS_MAX = 31, /**< [hours NAME]: a bit each, see below      */

	POLICY_EMERGENCY_MAX  = 8,
	POLICY_EMERGENCY_MIN  = 60, /**< minutes, unless a setting says else */
};

/** What may happen to a call that comes in */
enum policy_action {
	POLICY_RING,
	POLICY_SILENCE,  /**< shown on the screen, no tone              */
	POLICY_REJECT,
	POLICY_REDIRECT, /**< 302 to the rule's uri; a rule's only      */
	POLICY_ANSWER,   /**< by itself; a rule's only, which names who */
};

/** Why a call is refused; the configuration gives each its status code */
enum policy_cause {
	POLICY_CAUSE_BUTTON,
	POLICY_CAUSE_RULE,
	POLICY_CAUSE_HOURS,
	POLICY_CAUSE_DND,
	POLICY_CAUSE_BUSY,
	POLICY_CAUSE_NO_ANSWER,
	POLICY_CAUSE_COUNT
};

/** What a rule looks at: its keys in the configuration, in this order */
#define POLICY_MATCH_TABLE(X)                                                 \
	X(NUMBER, "number")       /* numberv, or list */                      \
	X(CONTACT, "contact")     /* is one at all */                         \
	X(GROUP, "group")         /* mask of groups */                        \
	X(NAME, "name")           /* textv, of the display name */            \
	X(DOMAIN, "domain")       /* textv, of From's host */                 \
	X(ACCOUNT, "account")     /* mask of accounts, the one called */      \
	X(ANONYMOUS, "anonymous") /* the caller hides */                      \
	X(ASSERTED, "asserted")   /* numberv, of a trusted identity */        \
	X(VERSTAT, "verstat")     /* mask of enum caller_verstat */           \
	X(DIVERTED, "diverted")   /* numberv, any; none: diverted at all */   \
	X(WHEN, "when")           /* mask of hours */                         \
	X(CALLED_BEFORE, "called_before_min") /* within_s */

enum policy_match_kind {
#define X(id, name) POLICY_MATCH_##id,
	POLICY_MATCH_TABLE(X)
#undef X
	POLICY_MATCH_COUNT
};

/** @return the key's name, or NULL if it is none */
const char *policy_match_name(enum policy_match_kind kind);

/** "*" is any text, "?" any one character; ASCII case is no difference */
struct policy_text {
	char text[POLICY_TEXT_MAX];
};

/* WHEN's mask: a bit for each [hours NAME], and these */
#define POLICY_WHEN_OPEN   (UINT64_C(1) << 32) /* of [hours] */
#define POLICY_WHEN_CLOSED (UINT64_C(1) << 33)

/** One condition of a rule */
struct policy_match {
	enum policy_match_kind kind;
	bool negated;  /**< not.KEY: holds if it otherwise would not */
	unsigned line; /**< of its key in the file, from 1           */
	const struct number_pattern *numberv; /**< in the plan's form */
	size_t numberc;
	const struct number_list *list; /**< NUMBER: as well, NULL: none */
	const struct policy_text *textv;
	size_t textc;
	uint64_t mask;
	uint32_t within_s;
};

/** How a call rings; index 0 is the phone's own way */
enum {
	POLICY_RINGTONE_MAX = 4, /**< tones to choose from: 1-4 */
};

struct policy_rule {
	char name[POLICY_NAME_MAX];
	unsigned line; /**< of its section in the file, from 1 */
	const struct policy_match *matchv; /**< all hold; none: everybody */
	size_t matchc;
	enum policy_action action;
	uint16_t scode;    /**< of reject, 0: that of POLICY_CAUSE_RULE     */
	const char *uri;   /**< of redirect, "sip:voicemail@pbx", else NULL */
	uint8_t ringtone;  /**< of ring, 1-POLICY_RINGTONE_MAX, 0: usual    */
	uint8_t lamp;      /**< of ring: an enum led_colour, 0: usual       */
};

struct policy_hours {
	char name[POLICY_NAME_MAX];
	unsigned line; /**< of its section */
	struct hours hours;
};

/** After an emergency call, and for its call-back, nothing is screened */
struct policy_emergency {
	char number[POLICY_EMERGENCY_MAX][NUMBER_MAX]; /**< as dialled */
	size_t numberc;
	uint32_t window_s; /**< for so long after it was dialled */
};

/** How fast calls that aren't screened may come; 0: as they like */
struct policy_limit {
	uint16_t source_per_min; /**< from one address */
	uint16_t all_per_min;
};

struct policy {
	uint16_t scode[POLICY_CAUSE_COUNT];

	/** By the reject key: 603 if the account has no other binding, as the
	    registrar says, else 486; scode[POLICY_CAUSE_BUTTON] is 603 */
	bool button_auto;

	/** A call declined by a rule or the hours looks on the wire like one
	    declined by hand */
	bool disclose_nothing;

	struct dial_plan plan;

	bool has_hours;      /**< false: hours never decide */
	unsigned hours_line; /**< of [hours] in the file    */
	struct hours hours;
	struct zone zone; /**< UTC if the file names none */
	enum policy_action outside;
	const struct holidays *holidays; /**< for all hours, NULL: none */
	const struct policy_hours *hourv;
	size_t hourc; /**< at most POLICY_HOURS_MAX */

	const struct policy_rule *rulev; /**< in the file's order */
	size_t rulec;
	const struct rule_index *index; /**< of them; NULL: none, which
					     changes nothing but the time */

	struct contacts contacts;

	/** Numbers that the person blocked, in the plan's form, sorted; they
	    come before the rules */
	const char (*blockv)[NUMBER_MAX];
	size_t blockc;

	struct policy_emergency emergency;
	struct policy_limit limit;
};

/** No rules, no hours, the default codes: everything may ring */
void policy_init(struct policy *p);

/** @return the index in hourv of [hours NAME], or -1; name need not be
    terminated */
int policy_hours_find(const struct policy *p, const char *name, size_t len);

/** Whether the person has blocked a number, in the dial plan's form */
bool policy_blocks(const struct policy *p, const char *number);

#endif
