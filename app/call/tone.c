/**
 * @file app/call/tone.c  The tones by name
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
