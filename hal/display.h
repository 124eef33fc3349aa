/**
 * @file hal/display.h  A one-bit framebuffer, as it is handed to a display
 *
 * Rows from the top, the leftmost pixel in a byte's highest bit, 1 is ink:
 * the layout of a binary PBM (P4), so that a screenshot is a copy.
 */
#ifndef RINGFENCE_HAL_DISPLAY_H
#define RINGFENCE_HAL_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FB_WIDTH_MAX  = 800,
	FB_HEIGHT_MAX = 480,
};

struct fb {
	uint16_t w, h;  /**< pixels                          */
	size_t stride;  /**< bytes a row, at least (w + 7)/8 */
	uint8_t *bits;  /**< stride * h bytes, the owner's   */
};

/** A part of the screen, pixels; w or h of 0 is nothing */
struct fb_rect {
	uint16_t x, y, w, h;
};

/** Set or clear a pixel; one outside is ignored */
void fb_set(struct fb *fb, int x, int y, bool ink);

/** @return whether a pixel is ink; one outside is not */
bool fb_get(const struct fb *fb, int x, int y);

/** Clear the whole */
void fb_clear(struct fb *fb);

/**
 * The smallest rectangle, whole bytes wide, in which two screens differ
 *
 * @param a One screen
 * @param b Another, of the same size
 *
 * @return the rectangle, w == 0 if they are equal
 */
struct fb_rect fb_diff(const struct fb *a, const struct fb *b);

#endif
