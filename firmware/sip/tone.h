/**
 * @file firmware/sip/tone.h  The tones, played
 *
 * Cadences as most of Europe hears them (ITU-T E.180); "declined" and
 * "remind" are our own.
 */
#ifndef RINGFENCE_SIP_TONE_H
#define RINGFENCE_SIP_TONE_H

#include "firmware/sip/stack.h"

/**
 * Make a player; it opens the device only while a tone sounds
 *
 * @param mod    baresip's player module, "alsa" or "null"
 * @param device Its device
 */
int tone_player_alloc(struct tone_player **tpp, const char *mod,
		      const char *device);

/** Play from now on; TONE_NONE closes the device */
void tone_player_play(struct tone_player *tp, enum tone tone);

#endif
