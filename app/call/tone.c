/**
 * @file app/call/tone.c  The tones and the sound paths by name
 */
#include "app/call/tone.h"

#include <stddef.h>


const char *tone_name(enum tone tone)
{
	static const char *const name[TONE_COUNT] = {
#define X(id, text) [TONE_##id] = text,
		TONE_TABLE(X)
#undef X
	};

	if ((unsigned)tone >= TONE_COUNT)
		return NULL;

	return name[tone];
}


bool tone_rings(enum tone tone)
{
	return (tone >= TONE_RING && tone <= TONE_RING4) ||
	       tone == TONE_REMIND;
}


const char *audio_path_name(enum audio_path path)
{
	static const char *const name[AUDIO_PATH_COUNT] = {
#define X(id, text) [AUDIO_PATH_##id] = text,
		AUDIO_PATH_TABLE(X)
#undef X
	};

	if ((unsigned)path >= AUDIO_PATH_COUNT)
		return NULL;

	return name[path];
}
