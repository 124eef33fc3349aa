/**
 * @file app/call/tone.h  The tones by name, and where a call is heard
 *
 * How each sounds, and which device that is, is the shell's.
 */
#ifndef RINGFENCE_TONE_H
#define RINGFENCE_TONE_H

#include <stdbool.h>

#define TONE_TABLE(X)                                                         \
	X(NONE, "none")                                                       \
	X(RING, "ring")                                                       \
	X(RING1, "ring1")       /* a rule's own, see POLICY_RINGTONE_MAX */   \
	X(RING2, "ring2")                                                     \
	X(RING3, "ring3")                                                     \
	X(RING4, "ring4")                                                     \
	X(RINGBACK, "ringback")                                               \
	X(BUSY, "busy")                                                       \
	X(CONGESTION, "congestion")                                           \
	X(DECLINED, "declined") /* two falling notes, twice, then silence */  \
	X(SIT, "sit")           /* special information tone */                \
	X(REMIND, "remind")     /* one short note */

enum tone {
#define X(id, name) TONE_##id,
	TONE_TABLE(X)
#undef X
	TONE_COUNT
};

/** Where the person hears a call and its tones, and speaks */
#define AUDIO_PATH_TABLE(X)                                                   \
	X(HANDSET, "handset")                                                 \
	X(SPEAKER, "speaker")

enum audio_path {
#define X(id, name) AUDIO_PATH_##id,
	AUDIO_PATH_TABLE(X)
#undef X
	AUDIO_PATH_COUNT
};

/** @return the name, or NULL if it is none */
const char *tone_name(enum tone tone);

/** Whether it calls the person, from wherever they are, and so rings */
bool tone_rings(enum tone tone);

/** @return the name, or NULL if it is none */
const char *audio_path_name(enum audio_path path);

#endif
