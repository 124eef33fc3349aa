/**
 * @file hal/input.c  The board's keys, debounced, as logical events
 */
#include "hal/input.h"

#include <errno.h>
#include <stddef.h>


struct input_run {
	struct input *in;
	button_event_h *eventh;
	void *arg;
};


void input_init(struct input *in)
{
	if (!in)
		return;

	debounce_init(&in->debounce);
	press_init(&in->press);
}


/* What another key's hold gave before this edge comes before it */
static void settled_handler(const struct button_edge *edge, void *arg)
{
	struct input_run *run = arg;
	struct press *press = &run->in->press;

	(void)press_tick(press, edge->at_ms, run->eventh, run->arg);
	press_edge(press, edge, run->eventh, run->arg);
}


/* Levels that had settled before this edge count, however late we read it */
static void raw_handler(const struct button_edge *edge, void *arg)
{
	struct input_run *run = arg;
	struct debounce *d = &run->in->debounce;

	(void)debounce_settle(d, edge->at_ms, settled_handler, run);
	debounce_edge(d, edge);
}


static uint64_t earlier(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}


int input_poll(struct input *in, const struct hal *hal, uint64_t now_ms,
	       button_event_h *eventh, void *arg, uint64_t *next_ms)
{
	struct input_run run = {.in = in, .eventh = eventh, .arg = arg};
	uint64_t at_ms;
	int err;

	if (!in || !hal || !eventh || !next_ms)
		return EINVAL;

	err = hal_buttons_poll(hal, now_ms, raw_handler, &run, next_ms);
	at_ms = debounce_settle(&in->debounce, now_ms, settled_handler, &run);
	*next_ms = earlier(*next_ms, at_ms);
	at_ms = press_tick(&in->press, now_ms, eventh, arg);
	*next_ms = earlier(*next_ms, at_ms);

	return err;
}
