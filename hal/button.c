/**
 * @file hal/button.c  The phone's keys, by name
 */
#include "hal/button.h"

#include <stddef.h>
#include <string.h>


static const char *const button_names[BUTTON_COUNT] = {
#define X(id, name) [BUTTON_##id] = name,
	BUTTON_TABLE(X)
#undef X
};


const char *button_name(enum button button)
{
	return (unsigned)button < BUTTON_COUNT ? button_names[button] : NULL;
}


enum button button_find(const char *name)
{
	unsigned i;

	if (!name)
		return BUTTON_COUNT;

	for (i = 0; i < BUTTON_COUNT; i++) {
		if (!strcmp(button_names[i], name))
			break;
	}

	return (enum button)i;
}
