/**
 * @file app/policy/hours_day.h  Which of a schedule's ranges a day has
 */
#ifndef RINGFENCE_HOURS_DAY_H
#define RINGFENCE_HOURS_DAY_H

#include "app/policy/hours.h"

/** A day's ranges: those of rangev whose weekday is this one */
struct hours_day {
	const struct hours_range *rangev;
	size_t rangec;
	uint8_t weekday;
};

/** What holds on a local day, counted from 1970-01-01 */
struct hours_day hours_day(const struct hours *h,
			   const struct holidays *holidays, int64_t day);

#endif
