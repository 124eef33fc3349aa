/**
 * @file firmware/clock.h  Where the phone's time comes from
 *
 * Timers get CLOCK_MONOTONIC, which nothing here can change. Schedules get
 * the wall clock, and whether it is known to be right: synchronised, not just
 * later than some year. A simulated board may set the wall clock for the
 * phone alone. It never sets the system's clock.
 */
#ifndef RINGFENCE_CLOCK_H
#define RINGFENCE_CLOCK_H

#include "app/policy/now.h"

#include <stddef.h>

enum {
	CLOCK_TEXT_MAX = 32, /**< bytes of "2026-12-24T18:30:00Z", any year */

	/** How often an unsynchronised clock is looked at again */
	CLOCK_RECHECK_MS = 10000,
};

enum clock_source {
	CLOCK_SYSTEM, /**< the system's wall clock        */
	CLOCK_SET,    /**< set for the phone, and running */
	CLOCK_UNSET,  /**< as if it were not synchronised */
};

struct clock {
	enum clock_source source;
	int64_t offset_ms; /**< CLOCK_SET: UTC minus monotonic       */
	bool synced;       /**< CLOCK_SYSTEM: at the last look       */
	uint64_t look_ms;  /**< when to look again, monotonic        */
};

/** Where the wall clock stood against the monotonic one */
struct clock_watch {
	bool valid;
	int64_t less_ms; /**< UTC minus monotonic, while it is valid */
};

/** The system's clock */
void clock_init(struct clock *c);

/** The time now */
void clock_now(struct clock *c, struct now *now);

/** When `utc_valid` may change without an event, or NOW_NEVER_MS */
uint64_t clock_next_ms(const struct clock *c);

/**
 * Whether the wall clock has come to be known, is no longer, or was set by
 * more than half a second, since this said so last
 *
 * What ends by it has a timer by the monotonic clock, and reckons anew then.
 *
 * @param w   All zero at first: not known
 * @param now As clock_now gave it
 */
bool clock_stepped(struct clock_watch *w, const struct now *now);

/** Set the wall clock for the phone, from which it runs on */
void clock_set(struct clock *c, int64_t utc_ms);

/** From now on the wall clock is not known */
void clock_unset(struct clock *c);

/** Back to the system's */
void clock_real(struct clock *c);

/**
 * Read an RFC 3339 5.6 time: "2026-12-24T18:30:00.5+01:00"
 *
 * A leap second is taken at the end of a month (UTC) and is the same as the
 * second after it. A fraction is cut to milliseconds. In UTC, too, its year
 * is one of 0000 to 9999.
 *
 * @param utc_ms Set on success: milliseconds since 1970-01-01T00:00:00Z
 * @param text   Terminated, the whole of it
 *
 * @return 0 or EBADMSG
 */
int clock_parse(int64_t *utc_ms, const char *text);

/** Write a time as RFC 3339 in UTC: "2026-12-24T17:30:00Z" */
void clock_print(char text[CLOCK_TEXT_MAX], int64_t utc_s);

#endif
