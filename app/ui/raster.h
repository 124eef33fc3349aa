/**
 * @file app/ui/raster.h  From a view to pixels
 *
 * Draws at 128x64 units, scaled by whole numbers to larger panels: rows of
 * 12, 16, 12, 12 and 12 pixels, the soft keys at the lower edge. A big row
 * that is too long takes the small letters first. Text that is too long even
 * so is cut with an ellipsis, never within a character and never between a
 * letter and its accents; a number is cut at the front. Where both sides of
 * a row don't fit, the right one takes what the left one leaves, but up to
 * half of the row in any case, three quarters if they are joined.
 */
#ifndef RINGFENCE_RASTER_H
#define RINGFENCE_RASTER_H

#include "app/ui/font.h"
#include "app/ui/view.h"
#include "hal/display.h"

enum {
	RASTER_WIDTH  = 128,
	RASTER_HEIGHT = 64,
};

/** Draw the whole screen; fb is at least RASTER_WIDTH x RASTER_HEIGHT */
void raster_draw(struct fb *fb, const struct view *v, const struct font *f);

#endif
