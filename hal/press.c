/**
 * @file hal/press.c  From a key that is down or up to what the person meant
 */
#include "hal/press.h"

#include <stddef.h>
#include <string.h>

#include "hal/hal.h"


static void emit(enum button button, enum button_action action, uint64_t at_ms,
		 button_event_h *eventh, void *arg)
{
	const struct button_event ev = {
		.button = button,
		.action = action,
		.at_ms = at_ms,
	};

	eventh(&ev, arg);
}


/* Give the LONG or the REPEAT of a key that is due by now, if there is one */
static bool key_tick(struct press *p, unsigned i, uint64_t now_ms,
		     button_event_h *eventh, void *arg)
{
	const uint64_t due_ms = p->key[i].next_ms;
	const bool repeats = p->key[i].is_long;

	if (!p->key[i].down || due_ms > now_ms)
		return false;

	/* Missed beats are left out; from now on the beat counts from now */
	p->key[i].is_long = true;
	p->key[i].next_ms = due_ms + PRESS_REPEAT_MS;
	if (p->key[i].next_ms <= now_ms)
		p->key[i].next_ms = now_ms + PRESS_REPEAT_MS;

	emit((enum button)i, repeats ? BUTTON_REPEAT : BUTTON_LONG, due_ms,
	     eventh, arg);

	return true;
}


/* The key that is down and whose next event is due first, or BUTTON_COUNT */
static unsigned due_first(const struct press *p)
{
	unsigned first = BUTTON_COUNT;

	for (unsigned i = 0; i < BUTTON_COUNT; i++) {
		if (!p->key[i].down || p->key[i].next_ms == HAL_NEVER_MS)
			continue;
		if (first == BUTTON_COUNT ||
		    p->key[i].next_ms < p->key[first].next_ms)
			first = i;
	}

	return first;
}


void press_init(struct press *p)
{
	if (p)
		memset(p, 0, sizeof(*p));
}


static void key_down(struct press *p, const struct button_edge *edge,
		     button_event_h *eventh, void *arg)
{
	const unsigned i = edge->button;

	p->key[i].down = true;
	p->key[i].is_long = false;
	p->key[i].next_ms = edge->button == BUTTON_HOOK
				    ? HAL_NEVER_MS
				    : edge->at_ms + PRESS_LONG_MS;

	emit(edge->button, BUTTON_PRESS, edge->at_ms, eventh, arg);
}


static void key_up(struct press *p, const struct button_edge *edge,
		   button_event_h *eventh, void *arg)
{
	const unsigned i = edge->button;

	(void)key_tick(p, i, edge->at_ms, eventh, arg);
	p->key[i].down = false;

	if (!p->key[i].is_long && edge->button != BUTTON_HOOK)
		emit(edge->button, BUTTON_SHORT, edge->at_ms, eventh, arg);
	emit(edge->button, BUTTON_RELEASE, edge->at_ms, eventh, arg);
}


void press_edge(struct press *p, const struct button_edge *edge,
		button_event_h *eventh, void *arg)
{
	if (!p || !edge || !eventh || (unsigned)edge->button >= BUTTON_COUNT)
		return;
	if (p->key[edge->button].down == edge->down)
		return;

	if (edge->down)
		key_down(p, edge, eventh, arg);
	else
		key_up(p, edge, eventh, arg);
}


uint64_t press_tick(struct press *p, uint64_t now_ms, button_event_h *eventh,
		    void *arg)
{
	unsigned i;

	if (!p || !eventh)
		return HAL_NEVER_MS;

	while ((i = due_first(p)) < BUTTON_COUNT) {
		if (!key_tick(p, i, now_ms, eventh, arg))
			return p->key[i].next_ms;
	}

	return HAL_NEVER_MS;
}
