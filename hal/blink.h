/**
 * @file hal/blink.h  Blinks lamps that can't blink themselves
 *
 * Knows patterns and when each is next lit or dark; how a lamp is lit is its
 * handler's. Lamps that are told the same pattern at the same time keep in
 * step. Pure: the time comes in.
 */
#ifndef RINGFENCE_HAL_BLINK_H
#define RINGFENCE_HAL_BLINK_H

#include "hal/led.h"

struct blink {
	struct {
		struct led_pattern pattern;
		bool lit;
		uint64_t next_ms; /**< when lit changes, or HAL_NEVER_MS */
	} lamp[LED_COUNT];
};

/** Light a lamp in a colour, or put it out: LED_COLOUR_OFF */
typedef void(blink_h)(enum led led, enum led_colour colour, void *arg);

/** All lamps are dark */
void blink_init(struct blink *b);

/**
 * Show a pattern from now on: lit first, at once
 *
 * The pattern that it shows already goes on undisturbed.
 *
 * @param b      State
 * @param led    Lamp
 * @param p      Pattern, as hal/led.h has it
 * @param now_ms Monotonic time, milliseconds
 * @param blinkh Called once with what is to be seen now
 * @param arg    Handler argument
 */
void blink_set(struct blink *b, enum led led, const struct led_pattern *p,
	       uint64_t now_ms, blink_h *blinkh, void *arg);

/**
 * Change what is due by now
 *
 * After a stall each lamp is as if there had been none: it changes at most
 * once, and stays in step.
 *
 * @return when to call again, or HAL_NEVER_MS (UINT64_MAX)
 */
uint64_t blink_tick(struct blink *b, uint64_t now_ms, blink_h *blinkh,
		    void *arg);

/** @return when to call blink_tick, or HAL_NEVER_MS */
uint64_t blink_next_ms(const struct blink *b);

#endif
