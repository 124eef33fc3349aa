/**
 * @file tests/unit/config/board.c  A board to ask, in place of the real one
 *
 * It knows "lamp" and "key", takes "on" and "off", and has no room for both
 * "left" and "right".
 */
#include "boards/board.h"

#include <errno.h>
#include <string.h>


static bool setting_check(const struct board_setting *s, board_error_h *errorh,
			  void *arg)
{
	struct board_setting at = *s;

	if (!strcmp(s->key, "left") || !strcmp(s->key, "right"))
		return true;

	if (strcmp(s->key, "lamp") != 0 && strcmp(s->key, "key") != 0) {
		at.col = s->key_col;
		errorh(&at, "unknown key: there are key, lamp", arg);
		return false;
	}
	if (strcmp(s->value, "on") != 0 && strcmp(s->value, "off") != 0) {
		at.col += 1;
		errorh(&at, "write \"on\" or \"off\"", arg);
		return false;
	}

	return true;
}


int board_check(const struct board_setting *v, size_t n, board_error_h *errorh,
		void *arg)
{
	bool sound = true, left = false, right = false;

	for (size_t i = 0; i < n; i++) {
		sound = setting_check(&v[i], errorh, arg) && sound;
		left = left || !strcmp(v[i].key, "left");
		right = right || !strcmp(v[i].key, "right");
	}
	if (left && right) {
		errorh(NULL, "left and right are one", arg);
		sound = false;
	}

	return sound ? 0 : EBADMSG;
}
