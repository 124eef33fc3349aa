/**
 * @file app/ui/view.h  Eyes and ears: what the phone's state looks like
 *
 * A pure function of the state and the time. The shell compares it with what
 * is shown and flushes the difference, so a lamp can't disagree with the
 * screen. It never changes the phone.
 */
#ifndef RINGFENCE_VIEW_H
#define RINGFENCE_VIEW_H

#include "app/call/phone.h"
#include "hal/led.h"

enum {
	VIEW_ROW_COUNT = 4,   /**< status, big, two lines; soft keys apart */
	VIEW_TEXT_MAX  = 160, /**< bytes of a row's side, with the NUL     */
};

/** One row of text; the raster cuts it to the panel's width */
struct view_row {
	char left[VIEW_TEXT_MAX];
	char right[VIEW_TEXT_MAX]; /**< "" if nothing stands at the right */
	bool cut_front; /**< too long: left is cut at the front, as a number */
	bool joined;    /**< right follows left at once, not at the edge   */
};

struct view {
	enum phone_face face;
	struct view_row row[VIEW_ROW_COUNT];
	enum softkey key[SOFTKEY_COUNT_MAX];
	struct led_pattern led[LED_COUNT];
	enum tone tone;
	enum audio_path path; /**< where a tone that does not ring is heard */
};

/**
 * Build the view
 *
 * @param v       Set whole
 * @param p       The phone
 * @param now     The time
 * @param address The bound SIP address for the info page, "" if none
 *
 * @return when it changes by itself, monotonic milliseconds, or NOW_NEVER_MS
 */
uint64_t view_build(struct view *v, const struct phone *p,
		    const struct now *now, const char *address);

/** A row as one string: left, a space, right */
void view_row_text(char *dst, size_t size, const struct view_row *row);

#endif
