/**
 * @file boards/linux/screen.h  The board's display, of whatever kind
 */
#ifndef RINGFENCE_LINUX_SCREEN_H
#define RINGFENCE_LINUX_SCREEN_H

#include "boards/linux/report.h"
#include "hal/display.h"

struct screen;

/**
 * Open the display
 *
 * Of the defaults the first that opens counts.
 *
 * @param sp   Set to the display, closed by screen_close; NULL: there is none
 * @param root In front of every path, normally ""
 * @param rowv Settings and defaults
 * @param rowc How many
 * @param r    Takes errors and notes
 *
 * @return 0 or ENOMEM; what r was told is no error here
 */
int screen_open(struct screen **sp, const char *root,
		const struct report_row *rowv, size_t rowc, struct report *r);

/** NULL is ignored */
void screen_close(struct screen *s);

/** Its size in pixels */
void screen_size(const struct screen *s, uint16_t *w, uint16_t *h);

/** As hal_display has them; ENOSYS without a backlight or contrast */
int screen_flush(struct screen *s, const struct fb *fb,
		 const struct fb_rect *dirty);
int screen_backlight(struct screen *s, unsigned percent);

#endif
