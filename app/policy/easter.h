/**
 * @file app/policy/easter.h  Easter Sunday by the Gregorian calendar
 */
#ifndef RINGFENCE_EASTER_H
#define RINGFENCE_EASTER_H

#include <stdint.h>

enum {
	EASTER_YEAR_MIN = 1583, /**< the first by this calendar */
};

/**
 * Easter Sunday of a year
 *
 * @param year From EASTER_YEAR_MIN on
 *
 * @return its day, counted from 1970-01-01
 */
int64_t easter_day(int32_t year);

#endif
