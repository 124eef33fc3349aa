/**
 * @file app/policy/now.h  The time, as a value
 *
 * The core has no clock. Timers live on mono_ms, schedules on utc_s, so that
 * a step of the wall clock never fires a ring timer.
 */
#ifndef RINGFENCE_NOW_H
#define RINGFENCE_NOW_H

#include <stdbool.h>
#include <stdint.h>

/** Nothing is due */
#define NOW_NEVER_MS UINT64_MAX

struct now {
	uint64_t mono_ms; /**< monotonic, milliseconds                      */
	int64_t utc_s;    /**< seconds since 1970-01-01T00:00:00Z           */
	uint16_t utc_ms;  /**< milliseconds within that second, 0-999       */
	bool utc_valid;   /**< the wall clock is known to be synchronised   */
};

#endif
