/**
 * @file hal/press.h  From a key that is down or up to what the person meant
 *
 * PRESS at once, LONG after PRESS_LONG_MS, then REPEAT; SHORT if it came up
 * before LONG; RELEASE last. The hook switch is a level, not a gesture: it
 * gives PRESS and RELEASE only. Pure: the time comes in.
 */
#ifndef RINGFENCE_HAL_PRESS_H
#define RINGFENCE_HAL_PRESS_H

#include "hal/button.h"

enum {
	PRESS_LONG_MS   = 1000,
	PRESS_REPEAT_MS = 200,
};

struct press {
	struct {
		bool down;
		bool is_long;
		uint64_t next_ms; /**< when LONG or the next REPEAT is due */
	} key[BUTTON_COUNT];
};

void press_init(struct press *p);

/** Take a settled edge; gives PRESS, or what was still due, SHORT, RELEASE */
void press_edge(struct press *p, const struct button_edge *edge,
		button_event_h *eventh, void *arg);

/**
 * Give the LONG and REPEAT that are due by now
 *
 * After a stall a key repeats once, not once for each missed beat.
 *
 * @return when to call again, or HAL_NEVER_MS (UINT64_MAX)
 */
uint64_t press_tick(struct press *p, uint64_t now_ms, button_event_h *eventh,
		    void *arg);

#endif
