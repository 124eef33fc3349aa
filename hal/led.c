/**
 * @file hal/led.c  The phone's lamps, by name
 */
#include "hal/led.h"

#include <stddef.h>


static const char *const led_names[LED_COUNT] = {
#define X(id, name) [LED_##id] = name,
	LED_TABLE(X)
#undef X
};

static const char *const colour_names[LED_COLOUR_COUNT] = {
#define X(id, name) [LED_COLOUR_##id] = name,
	LED_COLOUR_TABLE(X)
#undef X
};


const char *led_name(enum led led)
{
	return (unsigned)led < LED_COUNT ? led_names[led] : NULL;
}


const char *led_colour_name(enum led_colour colour)
{
	return (unsigned)colour < LED_COLOUR_COUNT ? colour_names[colour]
						   : NULL;
}


bool led_pattern_equal(const struct led_pattern *a,
		       const struct led_pattern *b)
{
	if (!a || !b)
		return a == b;

	return a->colour == b->colour && a->on_ms == b->on_ms &&
	       a->off_ms == b->off_ms;
}
