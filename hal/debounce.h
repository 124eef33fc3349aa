/**
 * @file hal/debounce.h  From raw edges to a key that is down or up
 *
 * A level counts when it has stood still for DEBOUNCE_MS, both ways: a spike
 * of 2 ms on a long wire must not decline a call, and a bouncing contact must
 * not decline two. Pure: the time comes in with the edge.
 */
#ifndef RINGFENCE_HAL_DEBOUNCE_H
#define RINGFENCE_HAL_DEBOUNCE_H

#include "hal/button.h"

enum {
	DEBOUNCE_MS = 10, /**< a level must stand this long to count */
};

struct debounce {
	struct {
		bool raw, stable;
		bool pending;     /**< raw differs from stable          */
		uint64_t edge_ms; /**< when raw last changed            */
	} key[BUTTON_COUNT];
};

void debounce_init(struct debounce *d);

/**
 * Take a raw edge
 *
 * Where the edge is read late, call debounce_settle with its at_ms first:
 * what had stood long enough before it counts.
 */
void debounce_edge(struct debounce *d, const struct button_edge *edge);

/**
 * Report the levels that have settled by now, in order of time
 *
 * @param d       State
 * @param now_ms  Monotonic time, milliseconds
 * @param edgeh   Called for each settled edge; its at_ms is when it settled
 * @param arg     Handler argument
 *
 * @return when to call again, or HAL_NEVER_MS (UINT64_MAX)
 */
uint64_t debounce_settle(struct debounce *d, uint64_t now_ms,
			 button_edge_h *edgeh, void *arg);

#endif
