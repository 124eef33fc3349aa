/**
 * @file firmware/sip/tone.h  The tones, played
 *
 * Cadences as most of Europe hears them (ITU-T E.180); "declined" and
 * "remind" are our own.
 */
#ifndef RINGFENCE_SIP_TONE_H
#define RINGFENCE_SIP_TONE_H

#include "firmware/sip/stack.h"

/** Make a player; it has a device open only while a tone sounds */
int tone_player_alloc(struct tone_player **tpp);

/** Play on a device from now on; TONE_NONE is silence */
void tone_player_play(struct tone_player *tp, enum tone tone,
		      const char *device);

/** Silence: when it returns, the device is closed */
void tone_player_stop(struct tone_player *tp);

/** What sounds goes on elsewhere */
void tone_player_move(struct tone_player *tp, const char *device);

#endif
