/**
 * @file tests/board_conformance/conformance.h  What every board's ops hold
 *
 * A board comes with a kit: how to open it, and how to stand before it, press
 * a key and look at what it shows. What it lacks says ENOSYS.
 */
#ifndef RINGFENCE_TESTS_CONFORMANCE_H
#define RINGFENCE_TESTS_CONFORMANCE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "hal/hal.h"

struct conformance_kit {
	const char *name;

	/** Open the board, keys up, lamps dark, the screen empty */
	int (*open)(struct hal **halp);
	void (*close)(struct hal *hal);

	/** Move a key, as a finger would; NULL: there are no keys */
	int (*key)(struct hal *hal, enum button button, bool down,
		   uint64_t at_ms);

	/** Keys are levels that are read now and then: a press that is
	    shorter than that is not seen */
	bool polled;

	/** What a lamp shows, any on_ms if it is steady; NULL: there are
	    none */
	struct led_pattern (*lamp)(struct hal *hal, enum led led);

	/** Whether a person sees ink; NULL: there is no display */
	bool (*pixel)(struct hal *hal, int x, int y);

	/** Of a glass that shows only a part; 0: all of it is seen */
	uint16_t seen_w, seen_h;

	bool backlight;   /**< there is one               */
	unsigned flushes; /**< how many random ones to try */
};

/** Run every check; @return how many failed */
int conformance_run(const struct conformance_kit *kit);

/** The checks' numbers: the same with each run; *state is not 0 */
uint32_t conformance_random(uint32_t *state);

/** A random part of a framebuffer, at least a pixel */
struct fb_rect conformance_rect(uint32_t *state, const struct fb *fb);

/** Random pixels in a part of a framebuffer */
void conformance_scribble(uint32_t *state, struct fb *fb,
			  const struct fb_rect *rect);

#endif
