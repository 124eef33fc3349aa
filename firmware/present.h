/**
 * @file firmware/present.h  Shows a view: lamps, screen and tone
 *
 * Keeps what is shown and hands the board only the difference. It never
 * decides what is to be seen: that is app/ui's.
 */
#ifndef RINGFENCE_PRESENT_H
#define RINGFENCE_PRESENT_H

#include "app/ui/font.h"
#include "app/ui/view.h"
#include "firmware/sip/sip.h"
#include "hal/hal.h"

enum {
	/** The screen is flushed at most so often: a flood of calls that are
	    refused is not to wait for a slow bus */
	PRESENT_FRAME_MS = 20,
};

struct present;

/**
 * Prepare for a board
 *
 * @param prp  Set to the presenter, freed by present_close
 * @param hal  Board; outlives the presenter
 * @param font Glyphs; outlive it, too
 *
 * @return 0 or ENOMEM
 */
int present_open(struct present **prp, const struct hal *hal,
		 const struct font *font);

/** Put out the lamps, clear the screen, free; NULL is ignored */
void present_close(struct present *pr);

/**
 * Show a view
 *
 * Lamps, tone and sound path at once; the screen at once if PRESENT_FRAME_MS have passed
 * since the last flush, or if it is forced.
 *
 * @param pr     Presenter
 * @param v      What is to be seen and heard
 * @param sip    Plays the tone, and has the call
 * @param now_ms Monotonic time, milliseconds
 * @param force  Do not wait with the screen
 *
 * @return when to call again with a screen that waits, or NOW_NEVER_MS
 */
uint64_t present_view(struct present *pr, const struct view *v,
		      struct sip_stack *sip, uint64_t now_ms, bool force);

#endif
