/**
 * @file hal/debounce.c  From raw edges to a key that is down or up
 */
#include "hal/debounce.h"

#include <stddef.h>
#include <string.h>

#include "hal/hal.h"


void debounce_init(struct debounce *d)
{
	if (d)
		memset(d, 0, sizeof(*d));
}


void debounce_edge(struct debounce *d, const struct button_edge *edge)
{
	unsigned i;

	if (!d || !edge || (unsigned)edge->button >= BUTTON_COUNT)
		return;

	i = edge->button;
	if (d->key[i].raw == edge->down)
		return;

	d->key[i].raw = edge->down;
	d->key[i].pending = edge->down != d->key[i].stable;
	d->key[i].edge_ms = edge->at_ms;
}


/* The pending key that settles first, or BUTTON_COUNT */
static unsigned pending_first(const struct debounce *d)
{
	unsigned first = BUTTON_COUNT;

	for (unsigned i = 0; i < BUTTON_COUNT; i++) {
		if (!d->key[i].pending)
			continue;
		if (first == BUTTON_COUNT ||
		    d->key[i].edge_ms < d->key[first].edge_ms)
			first = i;
	}

	return first;
}


uint64_t debounce_settle(struct debounce *d, uint64_t now_ms,
			 button_edge_h *edgeh, void *arg)
{
	unsigned i;

	if (!d || !edgeh)
		return HAL_NEVER_MS;

	while ((i = pending_first(d)) < BUTTON_COUNT) {
		const struct button_edge settled = {
			.button = (enum button)i,
			.down = d->key[i].raw,
			.at_ms = d->key[i].edge_ms + DEBOUNCE_MS,
		};

		if (settled.at_ms > now_ms)
			return settled.at_ms;

		d->key[i].stable = settled.down;
		d->key[i].pending = false;
		edgeh(&settled, arg);
	}

	return HAL_NEVER_MS;
}
