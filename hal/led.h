/**
 * @file hal/led.h  The phone's lamps and the patterns they show
 *
 * A lamp is told a pattern once, never a stream of edges: who can blink by
 * hardware does, and a test asserts the pattern.
 */
#ifndef RINGFENCE_HAL_LED_H
#define RINGFENCE_HAL_LED_H

#include <stdbool.h>
#include <stdint.h>

#define LED_TABLE(X)                                                          \
	X(RING, "ring")                                                       \
	X(MESSAGE, "message")                                                 \
	X(DND, "dnd")                                                         \
	X(MUTE, "mute")                                                       \
	X(LINE1, "line1")                                                     \
	X(LINE2, "line2")                                                     \
	X(LINE3, "line3")                                                     \
	X(LINE4, "line4")                                                     \
	X(LINE5, "line5")                                                     \
	X(LINE6, "line6")                                                     \
	X(LINE7, "line7")                                                     \
	X(LINE8, "line8")

enum led {
#define X(id, name) LED_##id,
	LED_TABLE(X)
#undef X
	LED_COUNT
};

#define LED_COLOUR_TABLE(X)                                                   \
	X(OFF, "off")                                                         \
	X(WHITE, "white")                                                     \
	X(RED, "red")                                                         \
	X(GREEN, "green")                                                     \
	X(AMBER, "amber")

enum led_colour {
#define X(id, name) LED_COLOUR_##id,
	LED_COLOUR_TABLE(X)
#undef X
	LED_COLOUR_COUNT
};

/** Off is {LED_COLOUR_OFF, 0, 0}; steady has on_ms > 0 and off_ms == 0 */
struct led_pattern {
	enum led_colour colour;
	uint16_t on_ms;  /**< lit, milliseconds   */
	uint16_t off_ms; /**< dark, milliseconds  */
};

/** @return the lamp's name, or NULL if it is none */
const char *led_name(enum led led);

/** @return the colour's name, or NULL if it is none */
const char *led_colour_name(enum led_colour colour);

/** Whether two patterns look the same */
bool led_pattern_equal(const struct led_pattern *a,
		       const struct led_pattern *b);

#endif
