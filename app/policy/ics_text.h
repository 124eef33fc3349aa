/**
 * @file app/policy/ics_text.h  What the readers of a calendar share
 */
#ifndef RINGFENCE_ICS_TEXT_H
#define RINGFENCE_ICS_TEXT_H

#include "app/policy/ics.h"

enum {
	ICS_END = -1,      /**< a content line's end                      */
	ICS_WORD_MAX = 16, /**< longer than each name that we know        */
};

/** A place in a calendar; folds are passed over by themselves */
struct ics_text {
	const char *buf;
	size_t len, i;
	unsigned line;     /**< from 1 */
	size_t line_start; /**< where that line starts */
};

struct ics_error {
	unsigned line, col;
	const char *what; /**< NULL: none */
};

/** An event's RRULE, before it is known when the event starts */
struct ics_rule {
	struct ics_error place;   /**< of the property; what is NULL */
	uint32_t interval, count; /**< count 0: none */
	bool has_until, has_number;
	int32_t until;
	uint16_t months;
	uint32_t month_days, month_ends;
	uint16_t weekdays[7];
};

/** Keep what is wrong here, if nothing was before; @return EBADMSG */
int ics_fail(struct ics_error *err, const struct ics_text *t,
	     const char *what);

/** @return the character here, or ICS_END */
int ics_peek(struct ics_text *t);

/** Take a character; @return whether it was there */
bool ics_take(struct ics_text *t, char ch);

/** Go behind the content line's end */
void ics_line_skip(struct ics_text *t);

/** Take letters, digits and "-" in capitals; @return how many there were,
    ICS_WORD_MAX or more: cut off */
size_t ics_word(struct ics_text *t, char word[ICS_WORD_MAX]);

/** Take at most so many digits; @return how many there were */
size_t ics_digits(struct ics_text *t, size_t max, uint32_t *v);

/**
 * Take a DATE (RFC 5545 3.3.4)
 *
 * @param day  Set to the days since 1970-01-01
 * @param time Set if a time stands behind it, which is not taken
 *
 * @return 0 or EBADMSG
 */
int ics_date(struct ics_text *t, int32_t *day, bool *time,
	     struct ics_error *err);

/** Read an RRULE's value (RFC 5545 3.3.10); @return 0 or EBADMSG */
int ics_rule_read(struct ics_rule *rule, struct ics_text *t,
		  struct ics_error *err);

/**
 * Make a rule of it, without exceptions
 *
 * @param dst   Set
 * @param rule  What was read
 * @param start DTSTART
 * @param days  How long the event is
 * @param err   Set on failure
 *
 * @return 0 or EBADMSG
 */
int ics_rule_make(struct holidays_rule *dst, const struct ics_rule *rule,
		  int32_t start, int32_t days, struct ics_error *err);

#endif
