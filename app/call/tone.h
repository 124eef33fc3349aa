/**
 * @file app/call/tone.h  The tones by name; how each sounds is the shell's
 */
#ifndef RINGFENCE_TONE_H
#define RINGFENCE_TONE_H

#define TONE_TABLE(X)                                                         \
	X(NONE, "none")                                                       \
	X(RING, "ring")                                                       \
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

/** @return the name, or NULL if it is none */
const char *tone_name(enum tone tone);

#endif
