/**
 * @file tests/unit/boards/codes.c  Prints the codes that every board knows
 *
 * A line each: the button's name, the code's name.
 */
#include "boards/linux/codes.h"
#include "boards/linux/evdev.h"

#include <stdio.h>


static const char *const button_names[BUTTON_COUNT] = {
#define X(id, name) [BUTTON_##id] = name,
	BUTTON_TABLE(X)
#undef X
};


int main(void)
{
	struct evdev_map map;

	evdev_map_init(&map);
	for (size_t i = 0; i < map.n; i++) {
		const struct evdev_code *code = &map.v[i];
		const char *name = code_name(code->type, code->code);

		if (!name || code->inverted)
			return 1;
		(void)printf("%s %s\n", button_names[code->button], name);
	}

	return 0;
}
