/**
 * @file hal/hal.h  What a board gives the phone: keys, lamps and a display
 *
 * A board fills in the ops; every call carries the time, no op has a clock.
 * The wrappers check arguments and answer ENOSYS for what a board lacks.
 * Nothing here knows a call, and nothing here may block for over a frame.
 */
#ifndef RINGFENCE_HAL_H
#define RINGFENCE_HAL_H

#include "hal/button.h"
#include "hal/display.h"
#include "hal/led.h"

/** hal_buttons_poll: nothing to wait for */
#define HAL_NEVER_MS UINT64_MAX

struct hal_buttons {
	/**
	 * Report every edge since the last call, oldest first
	 *
	 * @param now_ms  Monotonic time, milliseconds
	 * @param edgeh   Called once for each raw edge
	 * @param next_ms Set to when to call again without fd() having
	 *                become readable, or HAL_NEVER_MS
	 *
	 * @return 0 or errno; ENODEV: the keys are gone, call again later
	 */
	int (*poll)(void *ctx, uint64_t now_ms, button_edge_h *edgeh,
		    void *arg, uint64_t *next_ms);

	/** Optional: a descriptor that is readable when there are edges */
	int (*fd)(void *ctx);
};

struct hal_leds {
	/** Show a pattern from now on; ENOENT: the board has no such lamp */
	int (*set)(void *ctx, enum led led, const struct led_pattern *p);
};

struct hal_display {
	uint16_t w, h; /**< pixels */

	/** Show a framebuffer; only `dirty` changed since the last flush */
	int (*flush)(void *ctx, const struct fb *fb,
		     const struct fb_rect *dirty);

	/** Optional: 0-100 percent */
	int (*backlight)(void *ctx, unsigned percent);
};

/** Only on a simulated board: what lets a test or a person drive it */
struct hal_sim {
	/** Move a key as a finger would: a raw edge, not debounced */
	int (*button)(void *ctx, enum button button, bool down,
		      uint64_t now_ms);

	/** The screen as the flushes have left it; valid until the next */
	const struct fb *(*screen)(void *ctx);

	/** The pattern that a lamp was told last */
	struct led_pattern (*led)(void *ctx, enum led led);
};

struct hal {
	const char *name; /**< the board's folder */
	const struct hal_buttons *buttons;
	const struct hal_leds *leds;
	const struct hal_display *display;
	const struct hal_sim *sim; /**< NULL on real hardware */
	void *ctx;
};

int hal_buttons_poll(const struct hal *hal, uint64_t now_ms,
		     button_edge_h *edgeh, void *arg, uint64_t *next_ms);

/** @return the descriptor, or -1 if the board has none */
int hal_buttons_fd(const struct hal *hal);

int hal_led_set(const struct hal *hal, enum led led,
		const struct led_pattern *p);
int hal_display_flush(const struct hal *hal, const struct fb *fb,
		      const struct fb_rect *dirty);
int hal_display_backlight(const struct hal *hal, unsigned percent);

#endif
