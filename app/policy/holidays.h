/**
 * @file app/policy/holidays.h  Which days are public holidays
 *
 * An immutable set of days: single ones, spans, and rules by which a day
 * comes again each year. Its arrays belong to whoever filled them, as
 * app/policy/ics does from a calendar.
 */
#ifndef RINGFENCE_HOLIDAYS_H
#define RINGFENCE_HOLIDAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	HOLIDAYS_NTH_MAX = 5,         /**< a month's fifth Monday       */
	HOLIDAYS_FOREVER = INT32_MAX, /**< a rule's last, if it has none */
};

/** Days since 1970-01-01, both included */
struct holidays_span {
	int32_t first, last;
};

/**
 * A day that comes again: what of months, month_days and weekdays is given
 * has to fit, as in RFC 5545 3.3.10's FREQ=YEARLY
 */
struct holidays_rule {
	int32_t first, last;  /**< of the days on which it starts         */
	int32_t days;         /**< how long it is, from 1                 */
	int32_t interval;     /**< each so many years, from 1             */
	uint16_t months;      /**< bits 1-12                              */
	uint32_t month_days;  /**< bits 1-31; with the next 0: all        */
	uint32_t month_ends;  /**< bits 1-31, the month's last day is 1   */
	uint16_t weekdays[7]; /**< from Monday: bits 0-4 its first to
				   fifth of the month, 5-9 its last to
				   fifth last; all 0: any day             */
	size_t except_at, exceptc; /**< in holidays.exceptv: days on which it
				      does not start                      */
};

struct holidays {
	const struct holidays_span *spanv; /**< sorted, and apart */
	size_t spanc;
	const struct holidays_rule *rulev;
	size_t rulec;
	const int32_t *exceptv; /**< days; each rule has its part of them */
	size_t exceptc;
};

/** Sort spans and make one of those that overlap or touch; @return how many
    they are then */
size_t holidays_spans_join(struct holidays_span *v, size_t n);

/** Whether a rule starts on a day, whatever its exceptions say */
bool holidays_rule_fits(const struct holidays_rule *r, int64_t day);

/**
 * Whether a day is a holiday
 *
 * @param h   NULL: none is
 * @param day Since 1970-01-01
 */
bool holidays_has(const struct holidays *h, int64_t day);

#endif
