/**
 * @file boards/linux/leds.h  Lamps of the kernel's LED class
 *
 * Finds an LED by its name or by its function, lights it, and lets the kernel
 * blink it by the timer trigger. Knows nothing of what a lamp means.
 */
#ifndef RINGFENCE_LINUX_LEDS_H
#define RINGFENCE_LINUX_LEDS_H

#include <stddef.h>

#include "hal/led.h"

enum {
	LEDS_NAME_MAX = 64, /**< bytes, with the NUL: as the kernel has it */
};

/** An LED; its colour as its name has it ("phone:red:ring"), else
    LED_COLOUR_OFF */
struct leds_led {
	char name[LEDS_NAME_MAX];
	enum led_colour colour;
};

/**
 * Find LEDs: the one of that name, else all of that function
 *
 * A name is "DEVICE:COLOUR:FUNCTION", "COLOUR:FUNCTION" or "FUNCTION"; a
 * number that the kernel has appended ("_1", "-1") is part of the function.
 *
 * @param dir  Folder, normally /sys/class/leds
 * @param name Name or function
 * @param v    Set to the LEDs, by name
 * @param max  How many fit in v
 *
 * @return how many there are, at most max
 */
size_t leds_find(const char *dir, const char *name, struct leds_led *v,
		 size_t max);

/**
 * Light an LED or put it out; takes it from whatever trigger it had
 *
 * @return 0 or errno
 */
int leds_light(const char *dir, const char *name, bool lit);

/**
 * Let the kernel blink an LED, lit first
 *
 * @return 0, ENOTSUP if the kernel has no timer trigger or it is not ours to
 *         set, or errno
 */
int leds_blink(const char *dir, const char *name, unsigned on_ms,
	       unsigned off_ms);

/** Name the LEDs that are there: "ring, phone:red:mwi"; cut if too long */
void leds_list(const char *dir, char *buf, size_t size);

#endif
