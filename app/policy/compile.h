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

/**
 * Whether a final status code may refuse a call: 400-699 but 401, 407, 421,
 * 423, 487 and 494, each of which asks the caller for something else
 */
bool compile_scode_allowed(unsigned long scode);

/** Read a status code; @return 0 or EBADMSG */
int compile_scode(uint16_t *scode, const char *text, struct text_error *err);

/** Read "ring", "silence" or "reject"; @return 0 or EBADMSG */
int compile_outside(enum policy_action *action, const char *text,
		    struct text_error *err);

/**
 * Read a rule's action: "ring", "silence", "reject" or "reject CODE"
 *
 * @param scode Set to CODE, 0 if there is none
 *
 * @return 0 or EBADMSG
 */
int compile_action(enum policy_action *action, uint16_t *scode,
		   const char *text, struct text_error *err);

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

#endif
