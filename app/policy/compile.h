/**
 * @file app/policy/compile.h  From a setting's text to a piece of policy
 *
 * Reads values, one function for each kind; where a value is wrong it says
 * at which byte and what to write instead. Reading the file, and which key
 * stands in which section, is the shell's.
 */
#ifndef RINGFENCE_COMPILE_H
#define RINGFENCE_COMPILE_H

#include "app/policy/policy.h"

enum {
	COMPILE_SCODE_ANONYMITY = 433, /**< RFC 5079: for who hides only */
};

/** What stands between two commas, without blanks around it */
struct compile_item {
	size_t off, len; /**< bytes; len 0: nothing */
};

/**
 * The next item of a list
 *
 * @param item Set; from its start on
 * @param text Terminated
 * @param pos  0 before the first; moved on
 *
 * @return false behind the last; an empty text has one empty item
 */
bool compile_item_next(struct compile_item *item, const char *text,
		       size_t *pos);

/**
 * Whether a final status code may refuse a call: 400-699 but 401, 407, 421,
 * 423, 487 and 494, each of which asks the caller for something else, and
 * 608, which only a service in the network sends (RFC 8688 1)
 */
bool compile_scode_allowed(unsigned long scode);

/** Read a status code, not COMPILE_SCODE_ANONYMITY; @return 0 or EBADMSG */
int compile_scode(uint16_t *scode, const char *text, struct text_error *err);

/** Read "auto", which is 603 where the phone is alone, or a status code;
    @return 0 or EBADMSG */
int compile_button(bool *automatic, uint16_t *scode, const char *text,
		   struct text_error *err);

/** Read "ring", "silence" or "reject"; @return 0 or EBADMSG */
int compile_outside(enum policy_action *action, const char *text,
		    struct text_error *err);

/** What a rule does */
struct compile_action {
	enum policy_action action;
	uint16_t scode;  /**< behind reject, 0 if there is none     */
	const char *uri; /**< behind redirect, in the text, or NULL */
	size_t uri_len;
};

/**
 * Read a rule's action: "ring", "silence", "answer", "reject", "reject CODE"
 * or "redirect URI"
 *
 * COMPILE_SCODE_ANONYMITY is taken: whether the rule is about who hides is
 * not known here.
 *
 * @return 0 or EBADMSG
 */
int compile_action(struct compile_action *a, const char *text,
		   struct text_error *err);

/**
 * Whether a call may be sent on to a URI: sip or sips (RFC 3261 19.1.1), or
 * tel (RFC 3966 3), shorter than POLICY_URI_MAX
 *
 * @return 0, EBADMSG, ENOSPC if it is too long
 */
int compile_uri(const char *text, size_t len, struct text_error *err);

/**
 * Read a comma-separated list of numbers
 *
 * @param v    Set to the patterns; NULL only counts and checks
 * @param max  How many fit in v
 * @param n    Set to how many there are
 * @param text Terminated
 * @param err  Set on failure
 *
 * @return 0, EBADMSG, ENOSPC if v is too small or a number too long
 */
int compile_numbers(struct number_pattern *v, size_t max, size_t *n,
		    const char *text, struct text_error *err);

/** The same for texts with "*" and "?"; ENOSPC also if one is too long */
int compile_texts(struct policy_text *v, size_t max, size_t *n,
		  const char *text, struct text_error *err);

/**
 * Read a comma-separated list of what a provider may say of a number:
 * "passed" (at whatever level), "passed-a", "passed-b", "passed-c", "failed",
 * "none"
 *
 * @param mask Set to a bit for each enum caller_verstat that fits
 *
 * @return 0 or EBADMSG
 */
int compile_verstat(uint64_t *mask, const char *text, struct text_error *err);

#endif
