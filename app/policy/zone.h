/**
 * @file app/policy/zone.h  A time zone as a value, from a TZif file's bytes
 *
 * Converts both ways as a pure function; the shell reads the file. RFC 9636
 * versions 1 to 4; behind the last transition the POSIX TZ footer rules.
 */
#ifndef RINGFENCE_ZONE_H
#define RINGFENCE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** An instant further from 1970 than this is taken as this one; it keeps all
    years within int32_t */
#define ZONE_UTC_MAX_S INT64_C(60000000000000000)

enum {
	ZONE_TRANSITION_MAX = 512,
	ZONE_NAME_MAX       = 48,
	ZONE_OFFSET_MAX_S   = 26 * 3600 - 1, /**< either side, RFC 9636 3.2 */
};

/** When a year's daylight saving starts or ends, local time before it */
struct zone_switch {
	char kind;     /**< 'M' month/week/day, 'J' 1-365 without 29 Feb,
			    'D' 0-365                                     */
	uint16_t day;  /**< weekday 0-6, Sunday 0, for 'M', else the day  */
	uint8_t month; /**< 1-12, 'M' only                                */
	uint8_t week;  /**< 1-5, 5 is the last, 'M' only                  */
	int32_t at_s;  /**< seconds from local midnight, may be negative  */
};

/** The footer: what holds after the last transition */
struct zone_rule {
	bool valid;
	bool has_dst;
	int32_t std_s, dst_s; /**< seconds east of UTC */
	struct zone_switch start, end;
};

struct zone {
	char name[ZONE_NAME_MAX];
	size_t n;
	int64_t at_s[ZONE_TRANSITION_MAX];
	int32_t off_s[ZONE_TRANSITION_MAX]; /**< from at_s[i] on */
	int32_t first_s;                    /**< before at_s[0]  */
	struct zone_rule rule;
};

/** A civil date and time; weekday 0 is Monday */
struct civil {
	int32_t year;
	uint8_t month, day, hour, min, sec, weekday;
};

/**
 * Read a zone
 *
 * A file that counts leap seconds (of the folder "right") is refused: the
 * phone's clock does not count them.
 *
 * @param z    Set on success; UTC on failure
 * @param name Its name, kept for people
 * @param tzif The file's bytes
 * @param len  How many
 * @param what Set on failure to what is wrong, static text
 *
 * @return 0, EBADMSG no sound TZif, ENOSPC more than ZONE_TRANSITION_MAX
 */
int zone_parse(struct zone *z, const char *name, const uint8_t *tzif,
	       size_t len, const char **what);

/** UTC itself, for what needs a zone and has none */
void zone_utc_init(struct zone *z);

/** @return seconds east of UTC that hold at an instant */
int32_t zone_offset_s(const struct zone *z, int64_t utc_s);

/** Local time at an instant, as seconds since 1970-01-01 00:00 local time */
int64_t zone_local_s(const struct zone *z, int64_t utc_s);

/**
 * When the offset may change next, i.e. holds at least until then
 *
 * @return true, or false if it never changes after utc_s
 */
bool zone_next_change(const struct zone *z, int64_t utc_s, int64_t *at_s);

/** The local date and time at an instant */
void zone_to_civil(const struct zone *z, int64_t utc_s, struct civil *c);

/**
 * The instant of a local date and time
 *
 * A time that comes twice is the first of both; one that is skipped moves
 * forward by the gap (02:30 becomes 03:30). Fields past their range carry
 * over (day 32, hour 24).
 */
int64_t zone_from_civil(const struct zone *z, const struct civil *c);

/** Days since 1970-01-01 of a proleptic Gregorian date; day may exceed */
int64_t civil_to_days(int32_t year, unsigned month, unsigned day);

/** How many days a month has */
unsigned civil_month_days(int32_t year, unsigned month);

/** The inverse of civil_to_days, within ZONE_UTC_MAX_S; fills year, month, day
    and weekday, clears the time */
void civil_from_days(int64_t days, struct civil *c);

#endif
