/**
 * @file hal/blink.c  Blinks lamps that can't blink themselves
 */
#include "hal/blink.h"

#include <stddef.h>
#include <string.h>

#include "hal/hal.h"


void blink_init(struct blink *b)
{
	if (!b)
		return;

	memset(b, 0, sizeof(*b));
	for (unsigned i = 0; i < LED_COUNT; i++)
		b->lamp[i].next_ms = HAL_NEVER_MS;
}


void blink_set(struct blink *b, enum led led, const struct led_pattern *p,
	       uint64_t now_ms, blink_h *blinkh, void *arg)
{
	unsigned i = led;

	if (!b || !p || !blinkh || i >= LED_COUNT)
		return;
	if (led_pattern_equal(&b->lamp[i].pattern, p))
		return;

	b->lamp[i].pattern = *p;
	b->lamp[i].lit = p->colour != LED_COLOUR_OFF;
	b->lamp[i].next_ms = p->off_ms ? now_ms + p->on_ms : HAL_NEVER_MS;
	blinkh(led, p->colour, arg);
}


/* Whole periods that nobody saw are left out */
static bool lamp_advance(struct blink *b, unsigned i, uint64_t now_ms)
{
	const struct led_pattern *p = &b->lamp[i].pattern;
	const uint64_t period_ms = (uint64_t)p->on_ms + p->off_ms;
	const bool was = b->lamp[i].lit;

	b->lamp[i].next_ms +=
		(now_ms - b->lamp[i].next_ms) / period_ms * period_ms;
	while (b->lamp[i].next_ms <= now_ms) {
		b->lamp[i].lit = !b->lamp[i].lit;
		b->lamp[i].next_ms += b->lamp[i].lit ? p->on_ms : p->off_ms;
	}

	return b->lamp[i].lit != was;
}


uint64_t blink_tick(struct blink *b, uint64_t now_ms, blink_h *blinkh,
		    void *arg)
{
	if (!b || !blinkh)
		return HAL_NEVER_MS;

	for (unsigned i = 0; i < LED_COUNT; i++) {
		if (b->lamp[i].next_ms == HAL_NEVER_MS ||
		    b->lamp[i].next_ms > now_ms || !lamp_advance(b, i, now_ms))
			continue;

		blinkh((enum led)i,
		       b->lamp[i].lit ? b->lamp[i].pattern.colour
				      : LED_COLOUR_OFF,
		       arg);
	}

	return blink_next_ms(b);
}


uint64_t blink_next_ms(const struct blink *b)
{
	uint64_t next_ms = HAL_NEVER_MS;

	for (unsigned i = 0; b && i < LED_COUNT; i++) {
		if (b->lamp[i].next_ms < next_ms)
			next_ms = b->lamp[i].next_ms;
	}

	return next_ms;
}
