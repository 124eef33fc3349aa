/**
 * @file hal/input.h  The board's keys, debounced, as logical events
 *
 * poll -> debounce -> press, in one place, so that every board's keys behave
 * the same.
 */
#ifndef RINGFENCE_HAL_INPUT_H
#define RINGFENCE_HAL_INPUT_H

#include "hal/debounce.h"
#include "hal/hal.h"
#include "hal/press.h"

struct input {
	struct debounce debounce;
	struct press press;
};

void input_init(struct input *in);

/**
 * Read the keys and report what they mean by now
 *
 * @param in      State
 * @param hal     Board
 * @param now_ms  Monotonic time, milliseconds
 * @param eventh  Called for each logical event, oldest first
 * @param arg     Handler argument
 * @param next_ms Set to when to call again, or HAL_NEVER_MS
 *
 * @return 0 or the board's errno; what was read before counts all the same
 */
int input_poll(struct input *in, const struct hal *hal, uint64_t now_ms,
	       button_event_h *eventh, void *arg, uint64_t *next_ms);

#endif
