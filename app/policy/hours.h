/**
 * @file app/policy/hours.h  Opening hours: open or closed, and until when
 *
 * A weekly schedule in local time, e.g.
 * "Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00; Fr 22:00-02:00".
 * A range whose end is not after its start runs over midnight; 24:00 is an
 * end. A range belongs to the day on which it starts. What counts is the
 * clock on the wall: a time that comes twice, when daylight saving ends, is
 * open twice, and one that is skipped is not made up for. It never looks at
 * a clock and never at a call.
 */
#ifndef RINGFENCE_HOURS_H
#define RINGFENCE_HOURS_H

#include "app/policy/text.h"
#include "app/policy/zone.h"

enum {
	HOURS_RANGE_MAX   = 128,
	HOURS_HORIZON_DAY = 366, /**< how far an opening is looked for */
};

struct hours_range {
	uint8_t weekday;   /**< 0 is Monday                              */
	uint16_t from_min; /**< minutes from midnight, 0-1439            */
	uint16_t to_min;   /**< past from_min, up to 2879 over midnight  */
};

struct hours {
	struct hours_range range[HOURS_RANGE_MAX];
	size_t n; /**< 0: never open */
};

/**
 * Read a schedule
 *
 * Days: Mo Tu We Th Fr Sa Su, a list ("Mo,We"), a range ("Fr-Mo" wraps). A
 * day named again adds to what was said. "24/7" is always, "off" never open.
 *
 * @param h    Set on success
 * @param text Terminated
 * @param err  Set on failure: where and what
 *
 * @return 0, EBADMSG no schedule, ENOSPC over HOURS_RANGE_MAX
 */
int hours_parse(struct hours *h, const char *text, struct text_error *err);

/** Whether it is open at an instant; a range is [start, end) */
bool hours_open(const struct hours *h, const struct zone *z, int64_t utc_s);

/**
 * The next instant at which it becomes open, or closed
 *
 * An opening is a true one: from closed to open. Touching or overlapping
 * ranges are one. A range that daylight saving swallows whole is none.
 *
 * @param h     Schedule
 * @param z     Zone
 * @param utc_s From when on, exclusive
 * @param open  true: becomes open; false: becomes closed
 * @param at_s  Set to the instant
 *
 * @return true, or false if there is none within HOURS_HORIZON_DAY
 */
bool hours_next(const struct hours *h, const struct zone *z, int64_t utc_s,
		bool open, int64_t *at_s);

#endif
