/**
 * @file firmware/store/blocked.h  The text of the person's block list
 *
 * One whole number a line, in any spelling. A comment is "#" with a blank
 * behind it, at a line's start or behind a number ("#21" is a number). What a
 * person wrote stays: numbers are added at the end and taken out by their
 * lines. It opens no file.
 */
#ifndef RINGFENCE_STORE_BLOCKED_H
#define RINGFENCE_STORE_BLOCKED_H

#include "app/policy/dial_plan.h"

enum {
	BLOCKED_MAX = 10000,            /**< numbers */
	BLOCKED_TEXT_MAX = 1024 * 1024, /**< bytes, comments included */

	STORE_WHAT_MAX = 160, /**< bytes of an error's text, with its NUL */
};

/** What is wrong with a file; both count from 1, columns in bytes */
struct store_error {
	unsigned line, col;
	char what[STORE_WHAT_MAX];
};

/** The numbers as a policy has them: in the plan's form, sorted, each once */
struct blocked {
	char (*v)[NUMBER_MAX]; /**< freed by blocked_free */
	size_t n;
};

/** A text that grows and shrinks; p is NULL if there is none */
struct blocked_text {
	char *p; /**< not terminated; freed by its owner */
	size_t len;
};

/**
 * Read the numbers
 *
 * @param b    Set on success
 * @param text Text; an empty one has none
 * @param plan Dial plan
 * @param e    Set for EBADMSG: the first that is wrong
 *
 * @return 0, EBADMSG, or ENOMEM
 */
int blocked_parse(struct blocked *b, const struct blocked_text *text,
		  const struct dial_plan *plan, struct store_error *e);

/** Whether a number in the plan's form is among them */
bool blocked_has(const struct blocked *b, const char *number);

void blocked_free(struct blocked *b);

/**
 * The text with one number more
 *
 * @param dst    Set on success to a new one
 * @param text   As it was
 * @param number Put behind it
 *
 * @return 0, E2BIG if it would be too long, or ENOMEM
 */
int blocked_with(struct blocked_text *dst, const struct blocked_text *text,
		 const char *number);

/**
 * The text without the lines of a number
 *
 * @param dst    Set on success to a new one
 * @param text   As it was, found sound by blocked_parse
 * @param plan   Dial plan
 * @param number In the plan's form
 *
 * @return 0 or ENOMEM
 */
int blocked_without(struct blocked_text *dst, const struct blocked_text *text,
		    const struct dial_plan *plan, const char *number);

#endif
