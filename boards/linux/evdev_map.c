/**
 * @file boards/linux/evdev_map.c  From codes to buttons, and from bytes to
 * edges
 */
#include "boards/linux/evdev.h"

#include <errno.h>
#include <string.h>

#include <linux/input.h>

#include "boards/linux/codes_new.h"

enum {
	MS_PER_S = 1000,
	US_PER_MS = 1000,
	BYTE_BITS = 8,
};

_Static_assert((int)EVDEV_CODE_MAX == (int)KEY_CNT, "one limit, two names");

#define DIGIT(n)                                                              \
	{EV_KEY, KEY_NUMERIC_##n, BUTTON_##n, false},                         \
		{EV_KEY, KEY_##n, BUTTON_##n, false},                         \
	{                                                                     \
		EV_KEY, KEY_KP##n, BUTTON_##n, false                          \
	}
#define KEY(code, button)                                                     \
	{                                                                     \
		EV_KEY, KEY_##code, BUTTON_##button, false                    \
	}

/* docs/interface.md has it as a table, too. A keypad's "/" is its "#": USB
   number pads have no other key for it. */
static const struct evdev_code code_default[] = {
	KEY(PICKUP_PHONE, ANSWER),
	KEY(HANGUP_PHONE, REJECT),
	KEY(ESC, REJECT),
	KEY(PHONE, HOOK),
	DIGIT(0),
	DIGIT(1),
	DIGIT(2),
	DIGIT(3),
	DIGIT(4),
	DIGIT(5),
	DIGIT(6),
	DIGIT(7),
	DIGIT(8),
	DIGIT(9),
	KEY(NUMERIC_STAR, STAR),
	KEY(KPASTERISK, STAR),
	KEY(NUMERIC_POUND, HASH),
	KEY(KPSLASH, HASH),
	KEY(OK, OK),
	KEY(SELECT, OK),
	KEY(ENTER, OK),
	KEY(KPENTER, OK),
	KEY(BACK, BACK),
	KEY(BACKSPACE, BACK),
	KEY(UP, UP),
	KEY(DOWN, DOWN),
	KEY(LEFT, LEFT),
	KEY(RIGHT, RIGHT),
	KEY(F1, SOFT1),
	KEY(F2, SOFT2),
	KEY(F3, SOFT3),
	KEY(F4, SOFT4),
	KEY(VOLUMEUP, VOLUME_UP),
	KEY(VOLUMEDOWN, VOLUME_DOWN),
	KEY(MUTE, MUTE),
	KEY(MICMUTE, MUTE),
	KEY(SOUND, SPEAKER),
	KEY(MAIL, MESSAGE),
	KEY(MESSENGER, MESSAGE),
	KEY(DO_NOT_DISTURB, DND),
	KEY(REDO, REDIAL),
	KEY(AGAIN, REDIAL),
	KEY(MACRO1, LINE1),
	KEY(MACRO2, LINE2),
	KEY(MACRO3, LINE3),
	KEY(MACRO4, LINE4),
	KEY(MACRO5, LINE5),
	KEY(MACRO6, LINE6),
	KEY(MACRO7, LINE7),
	KEY(MACRO8, LINE8),
};

_Static_assert(sizeof(code_default) / sizeof(code_default[0]) <
		       EVDEV_MAP_MAX / 2,
	       "a board's own codes must fit as well");


void evdev_map_init(struct evdev_map *map)
{
	memset(map, 0, sizeof(*map));
	memcpy(map->v, code_default, sizeof(code_default));
	map->n = sizeof(code_default) / sizeof(code_default[0]);
}


/* @return the code's place in the map, or map->n */
static size_t map_find(const struct evdev_map *map, uint16_t type,
		       uint16_t code)
{
	size_t i;

	for (i = 0; i < map->n; i++) {
		if (map->v[i].code == code && map->v[i].type == type)
			break;
	}

	return i;
}


int evdev_map_add(struct evdev_map *map, const struct evdev_code *code)
{
	const size_t i = map_find(map, code->type, code->code);

	if (i == EVDEV_MAP_MAX)
		return ENOSPC;

	map->v[i] = *code;
	if (i == map->n)
		map->n++;

	return 0;
}


void evdev_map_clear(struct evdev_map *map, enum button button)
{
	size_t n = 0;

	for (size_t i = 0; i < map->n; i++) {
		if (map->v[i].button != button)
			map->v[n++] = map->v[i];
	}

	map->n = n;
}


static void held_set(struct evdev_stream *s, const struct evdev_map *map,
		     size_t i, bool down, uint64_t at_ms, button_edge_h *edgeh,
		     void *arg)
{
	const uint8_t bit = (uint8_t)(1U << i % BYTE_BITS);
	uint8_t *byte = &s->held[i / BYTE_BITS];
	const struct button_edge edge = {
		.button = map->v[i].button,
		.down = down,
		.at_ms = at_ms,
	};

	if (!(*byte & bit) == !down)
		return;

	*byte = (uint8_t)(*byte ^ bit);
	edgeh(&edge, arg);
}


static uint64_t event_ms(const struct input_event *ev)
{
	return (uint64_t)ev->input_event_sec * MS_PER_S +
	       (uint64_t)ev->input_event_usec / US_PER_MS;
}


int evdev_decode(struct evdev_stream *s, const struct evdev_map *map,
		 const void *bytes, size_t len, button_edge_h *edgeh,
		 void *arg)
{
	const uint8_t *p = bytes;
	struct input_event ev;
	int err = 0;

	for (; len >= sizeof(ev); p += sizeof(ev), len -= sizeof(ev)) {
		size_t i;

		memcpy(&ev, p, sizeof(ev));
		if (ev.type == EV_SYN && ev.code == SYN_DROPPED) {
			s->dropped = true;
			continue;
		}
		if (s->dropped) {
			if (ev.type != EV_SYN || ev.code != SYN_REPORT)
				continue;
			s->dropped = false;
			err = EAGAIN;
			continue;
		}

		/* A key that repeats (2) is held, which we count ourselves */
		i = map_find(map, ev.type, ev.code);
		if (i < map->n && (ev.value == 0 || ev.value == 1))
			held_set(s, map, i,
				 (ev.value == 1) != map->v[i].inverted,
				 event_ms(&ev), edgeh, arg);
	}

	return err;
}


static bool level_of(const struct evdev_levels *levels,
		     const struct evdev_code *code)
{
	const unsigned long *v =
		code->type == EV_SW ? levels->sw : levels->key;
	const unsigned long bits = v[code->code / EVDEV_LONG_BITS];

	return ((bits >> code->code % EVDEV_LONG_BITS) & 1) != code->inverted;
}


void evdev_start(struct evdev_stream *s, const struct evdev_map *map,
		 const struct evdev_levels *levels, uint64_t at_ms,
		 button_edge_h *edgeh, void *arg)
{
	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i < map->n; i++) {
		const struct evdev_code *code = &map->v[i];

		if (code->type == EV_SW || code->button == BUTTON_HOOK)
			held_set(s, map, i, level_of(levels, code), at_ms,
				 edgeh, arg);
	}
}


void evdev_sync(struct evdev_stream *s, const struct evdev_map *map,
		const struct evdev_levels *levels, uint64_t at_ms,
		button_edge_h *edgeh, void *arg)
{
	s->dropped = false;
	for (size_t i = 0; i < map->n; i++)
		held_set(s, map, i, levels && level_of(levels, &map->v[i]),
			 at_ms, edgeh, arg);
}
