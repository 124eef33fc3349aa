/**
 * @file app/policy/hours.h  Opening hours: open or closed, and until when
 *
 * A weekly schedule in local time, and special days behind it, e.g.
 * "Mo-Fr 09:00-12:30,13:30-18:00; Fr 22:00-02:00; Dec 24 09:00-12:00;
 * easter+1 off; PH off; We[2] 14:00-16:00". The grammar is in the spirit of
 * OpenStreetMap's opening_hours; docs/interface.md, "Hours", is what holds.
 *
 * A range whose end is not after its start runs over midnight; 24:00 is an
 * end. A range belongs to the day on which it starts: what is said of a day
 * does not cut the night of the day before. What counts is the clock on the
 * wall: a time that comes twice, when daylight saving ends, is open twice,
 * and one that is skipped is not made up for. It never looks at a clock and
 * never at a call.
 */
#ifndef RINGFENCE_HOURS_H
#define RINGFENCE_HOURS_H

#include "app/policy/text.h"
#include "app/policy/zone.h"

struct holidays; /* app/policy/holidays.h */

enum {
	HOURS_RANGE_MAX = 128,
	HOURS_SPECIAL_MAX = 64,
	HOURS_EASTER_MAX = 180,  /**< days from Easter, either side       */
	HOURS_HORIZON_DAY = 366, /**< how far an opening is looked for    */

	HOURS_MONTH = 32,      /**< see HOURS_YEARLY                   */
	HOURS_WEEKDAY_ANY = 7, /**< of a range: a special day's        */
	HOURS_WEEKDAYS = 0x7f, /**< of a special day: whatever weekday */
};

struct hours_range {
	uint8_t weekday;   /**< 0 is Monday; HOURS_WEEKDAY_ANY           */
	uint16_t from_min; /**< minutes from midnight, 0-1439            */
	uint16_t to_min;   /**< past from_min, up to 2879 over midnight  */
};

/** What from and to of a special day are; both are included */
enum hours_kind {
	HOURS_YEARLY,  /**< month * HOURS_MONTH + day; to before from: over the
			    year's end */
	HOURS_DATED,   /**< days since 1970-01-01      */
	HOURS_EASTER,  /**< days from Easter Sunday    */
	HOURS_HOLIDAY, /**< nothing: holidays_has says */
};

/** Days whose ranges replace those that the week has for them */
struct hours_special {
	int32_t from, to;
	uint16_t nth;     /**< bits 0-4: the weekday's first to fifth in its
			       month, 5-9: its last to fifth last; 0: each  */
	uint8_t weekdays; /**< bits, Monday the lowest                      */
	uint8_t kind;     /**< an enum hours_kind                           */
	uint8_t first, n; /**< ranges; none: closed                         */
};

struct hours {
	struct hours_range range[HOURS_RANGE_MAX];
	size_t n;      /**< the week's ranges; the special days' are behind */
	size_t rangec; /**< all of them                                     */
	struct hours_special special[HOURS_SPECIAL_MAX];
	size_t specialc; /**< of those that fit a day the last holds */

	bool has_holiday;   /**< it says PH, and needs holidays */
	size_t holiday_off; /**< where in its text, in bytes    */
};

/**
 * Read a schedule
 *
 * Days of the week: Mo Tu We Th Fr Sa Su, a list ("Mo,We"), a range ("Fr-Mo"
 * wraps). A day named again adds to what was said. "24/7" is always, "off"
 * never open. Behind them special days, each replacing for its days what
 * stands before it: a date ("Dec 24", "2026 Dec 31"), a span ("Dec 24-Jan
 * 1", "Jul-Aug"), "easter+1", "PH" and "We[2]", with hours or "off".
 *
 * @param h    Set on success
 * @param text Terminated
 * @param err  Set on failure: where and what
 *
 * @return 0, EBADMSG no schedule, ENOSPC over HOURS_RANGE_MAX or
 *         HOURS_SPECIAL_MAX
 */
int hours_parse(struct hours *h, const char *text, struct text_error *err);

/**
 * Whether it is open at an instant; a range is [start, end)
 *
 * @param h        Schedule
 * @param holidays What PH stands for; NULL: no day
 * @param z        Zone
 * @param utc_s    When
 */
bool hours_open(const struct hours *h, const struct holidays *holidays,
		const struct zone *z, int64_t utc_s);

/**
 * The next instant at which it becomes open, or closed
 *
 * An opening is a true one: from closed to open. Touching or overlapping
 * ranges are one. A range that daylight saving swallows whole is none.
 *
 * @param h        Schedule
 * @param holidays What PH stands for; NULL: no day
 * @param z        Zone
 * @param utc_s    From when on, exclusive
 * @param open     true: becomes open; false: becomes closed
 * @param at_s     Set to the instant
 *
 * @return true, or false if there is none within HOURS_HORIZON_DAY
 */
bool hours_next(const struct hours *h, const struct holidays *holidays,
		const struct zone *z, int64_t utc_s, bool open, int64_t *at_s);

#endif
