/**
 * @file boards/linux/lamps.h  All lamps of a board
 *
 * A lamp has parts, LEDs of the kernel or GPIO lines, each perhaps of a
 * colour. It lights the parts of the colour that is asked for, red and green
 * for amber, and whatever it has for a colour that it lacks. The kernel
 * blinks where it can, else hal/blink does.
 */
#ifndef RINGFENCE_LINUX_LAMPS_H
#define RINGFENCE_LINUX_LAMPS_H

#include "boards/linux/report.h"

struct lamps;

/**
 * Open the lamps, dark
 *
 * Of a lamp's defaults the first that is there whole counts.
 *
 * @param lp    Set to the lamps, closed by lamps_close
 * @param gpio  Lines, outlive the lamps
 * @param dev   Folder of the GPIO chips, normally /dev
 * @param leds  Folder of the LEDs, normally /sys/class/leds; copied
 * @param rowv  Settings and defaults
 * @param rowc  How many
 * @param r     Takes errors and notes
 *
 * @return 0 or errno; what r was told is no error here
 */
int lamps_open(struct lamps **lp, struct gpio *gpio, const char *dev,
	       const char *leds, const struct report_row *rowv, size_t rowc,
	       struct report *r);

/** NULL is ignored */
void lamps_close(struct lamps *l);

/** Show a pattern from now on; @return 0, ENOENT: no such lamp, or errno */
int lamps_set(struct lamps *l, enum led led, const struct led_pattern *p,
	      uint64_t now_ms);

/** Change what is due by now; @return when to call again, or HAL_NEVER_MS */
uint64_t lamps_tick(struct lamps *l, uint64_t now_ms);

/** @return when to call lamps_tick, or HAL_NEVER_MS */
uint64_t lamps_next_ms(const struct lamps *l);

/** Which parts of a lamp are lit for a colour: a bit for each */
unsigned lamps_parts(const enum led_colour *colour, size_t n,
		     enum led_colour want);

#endif
