/**
 * @file hal/hal.c  The board's ops behind checked arguments
 */
#include "hal/hal.h"

#include <errno.h>


enum {
	PERCENT_MAX = 100,
	BYTE_BITS = 8,
};


int hal_buttons_poll(const struct hal *hal, uint64_t now_ms,
		     button_edge_h *edgeh, void *arg, uint64_t *next_ms)
{
	if (!hal || !edgeh || !next_ms)
		return EINVAL;

	*next_ms = HAL_NEVER_MS;
	if (!hal->buttons || !hal->buttons->poll)
		return ENOSYS;

	return hal->buttons->poll(hal->ctx, now_ms, edgeh, arg, next_ms);
}


int hal_buttons_fd(const struct hal *hal)
{
	if (!hal || !hal->buttons || !hal->buttons->fd)
		return -1;

	return hal->buttons->fd(hal->ctx);
}


/* Off has no times, whatever else is lit for some time */
static bool pattern_is_sound(const struct led_pattern *p)
{
	if ((unsigned)p->colour >= LED_COLOUR_COUNT)
		return false;
	if (p->colour == LED_COLOUR_OFF)
		return !p->on_ms && !p->off_ms;

	return p->on_ms > 0;
}


int hal_led_set(const struct hal *hal, enum led led,
		const struct led_pattern *p)
{
	if (!hal || !p || (unsigned)led >= LED_COUNT || !pattern_is_sound(p))
		return EINVAL;
	if (!hal->leds || !hal->leds->set)
		return ENOSYS;

	return hal->leds->set(hal->ctx, led, p);
}


static bool flush_is_sound(const struct hal_display *display,
			   const struct fb *fb, const struct fb_rect *dirty)
{
	return fb->w == display->w && fb->h == display->h && fb->bits &&
	       fb->stride >= ((size_t)fb->w + BYTE_BITS - 1) / BYTE_BITS &&
	       dirty->x + dirty->w <= fb->w && dirty->y + dirty->h <= fb->h;
}


int hal_display_flush(const struct hal *hal, const struct fb *fb,
		      const struct fb_rect *dirty)
{
	if (!hal || !fb || !dirty)
		return EINVAL;
	if (!hal->display || !hal->display->flush)
		return ENOSYS;
	if (!flush_is_sound(hal->display, fb, dirty))
		return EINVAL;
	if (!dirty->w || !dirty->h)
		return 0;

	return hal->display->flush(hal->ctx, fb, dirty);
}


int hal_display_backlight(const struct hal *hal, unsigned percent)
{
	if (!hal || percent > PERCENT_MAX)
		return EINVAL;
	if (!hal->display || !hal->display->backlight)
		return ENOSYS;

	return hal->display->backlight(hal->ctx, percent);
}
