/**
 * @file app/policy/ics.h  Holidays from an iCalendar file's bytes (RFC 5545)
 *
 * Of each VEVENT (3.6.1) whose DTSTART is a DATE (3.3.4): DTSTART, DTEND or
 * DURATION in days and weeks (3.8.2), RRULE with FREQ=YEARLY and INTERVAL,
 * UNTIL, COUNT, BYMONTH, BYMONTHDAY and BYDAY (3.3.10), RDATE and EXDATE
 * (3.8.5), STATUS (3.8.1.11). An event that starts at a time of day is no
 * holiday; one that is cancelled is none. What else would change the days,
 * and is not understood, is an error. Lines may be folded (3.1), and end in
 * CR LF or LF; a byte order mark is skipped.
 */
#ifndef RINGFENCE_ICS_H
#define RINGFENCE_ICS_H

#include "app/policy/holidays.h"

enum {
	ICS_COUNT_MAX = 1000, /**< an RRULE's COUNT                  */
	ICS_DAYS_MAX = 366,   /**< an event's length                 */
	ICS_DATES_MAX = 366,  /**< in an event's RDATE, in its EXDATE */
	ICS_YEAR_END = 3000,  /**< COUNT isn't counted from here on  */
};

/** Where the holidays go */
struct ics_room {
	struct holidays_span *spanv;
	size_t span_max;
	struct holidays_rule *rulev;
	size_t rule_max;
	int32_t *exceptv;
	size_t except_max;
};

/** What there is in a file */
struct ics_count {
	size_t spanc, rulec, exceptc; /**< the room that it takes  */
	size_t eventc;                /**< of holidays             */
	size_t timedc;                /**< left out: at a time     */
	size_t cancelledc;            /**< left out: cancelled     */
};

/**
 * Something is wrong
 *
 * @param line From 1, in the file
 * @param col  From 1, in bytes
 * @param what What is wrong and what to do, static text
 * @param arg  Handler argument
 */
typedef void(ics_error_h)(unsigned line, unsigned col, const char *what,
			  void *arg);

/**
 * Read a calendar; it goes on behind a wrong event, so that one pass tells
 * all
 *
 * @param h      Set on success, to what is in room; NULL with room
 * @param room   NULL only counts and checks
 * @param count  Set
 * @param buf    The file
 * @param len    Its length in bytes
 * @param errorh Called for each error, in the file's order
 * @param arg    Handler argument
 *
 * @return 0, EBADMSG after errors were told, ENOSPC if room is too small
 */
int ics_read(struct holidays *h, const struct ics_room *room,
	     struct ics_count *count, const char *buf, size_t len,
	     ics_error_h *errorh, void *arg);

#endif
