/**
 * @file boards/linux/evdev.h  Keys of the kernel's input devices
 *
 * gpio-keys, matrix keypads, USB handsets and keyboards: whatever has a key of
 * the map, now or when it is plugged in later. A key that is held when its
 * device goes is released. A key that is down already when its device comes
 * is no press; the hook and switches are levels, and are told.
 *
 * Knows codes and which button they are; not what a button does.
 */
#ifndef RINGFENCE_LINUX_EVDEV_H
#define RINGFENCE_LINUX_EVDEV_H

#include <stddef.h>

#include "hal/button.h"

enum {
	EVDEV_MAP_MAX = 192,   /**< codes in a map                 */
	EVDEV_DEVICE_MAX = 16, /**< devices at a time              */
	EVDEV_NAME_MAX = 80,   /**< a device's name, with its NUL  */
	EVDEV_FILTER_MAX = 8,  /**< names to choose devices by     */
	EVDEV_CODE_MAX = 768,  /**< codes of a type, as KEY_CNT    */
	EVDEV_LONG_BITS = 8 * sizeof(unsigned long),
	EVDEV_LONGS = EVDEV_CODE_MAX / EVDEV_LONG_BITS,
};

/** A code that is a button */
struct evdev_code {
	uint16_t type, code; /**< EV_KEY or EV_SW, and the code    */
	enum button button;
	bool inverted; /**< down where the kernel says 0     */
};

/** No code and no button twice with a code */
struct evdev_map {
	struct evdev_code v[EVDEV_MAP_MAX];
	size_t n;
};

/** The codes that mean the same on every board */
void evdev_map_init(struct evdev_map *map);

/** Add a code, taking it from the button that has it; @return 0 or ENOSPC */
int evdev_map_add(struct evdev_map *map, const struct evdev_code *code);

/** Forget all codes of a button */
void evdev_map_clear(struct evdev_map *map, enum button button);

/** Which devices are used */
struct evdev_filter {
	bool none; /**< no device at all                          */
	bool grab; /**< nobody else sees their keys (EVIOCGRAB)   */
	char name[EVDEV_FILTER_MAX][EVDEV_NAME_MAX];
	size_t n; /**< names; 0: every device with a key of ours */
};

/* A device's stream of events, as bytes; pure */

/** What is down on one device, a bit for each code of the map */
struct evdev_stream {
	uint8_t held[(EVDEV_MAP_MAX + 7) / 8];
	bool dropped; /**< the kernel lost events: up to the next report
			   they don't count */
};

/** What a device says is down, a bit for each code (EVIOCGKEY, EVIOCGSW) */
struct evdev_levels {
	unsigned long key[EVDEV_LONGS], sw[EVDEV_LONGS];
};

/**
 * Read events
 *
 * @param s      State
 * @param map    Codes
 * @param bytes  Whole struct input_event; a rest is ignored
 * @param len    Bytes
 * @param edgeh  Called for each change of a button's level
 * @param arg    Handler argument
 *
 * @return 0, or EAGAIN: events were lost, evdev_sync is to be called
 */
int evdev_decode(struct evdev_stream *s, const struct evdev_map *map,
		 const void *bytes, size_t len, button_edge_h *edgeh,
		 void *arg);

/** A device came: only levels count, the hook and switches */
void evdev_start(struct evdev_stream *s, const struct evdev_map *map,
		 const struct evdev_levels *levels, uint64_t at_ms,
		 button_edge_h *edgeh, void *arg);

/** What differs from the levels changed at at_ms; NULL: all is released */
void evdev_sync(struct evdev_stream *s, const struct evdev_map *map,
		const struct evdev_levels *levels, uint64_t at_ms,
		button_edge_h *edgeh, void *arg);

/* The devices of a folder */

struct evdev;

/**
 * Open what is there and watch for what comes
 *
 * The folder need not exist yet: the kernel makes it with the first device
 * and removes it with the last.
 *
 * @param ep     Set to the keys, closed by evdev_close
 * @param dir    Folder of event*, normally /dev/input
 * @param map    Codes, copied
 * @param filter Which devices, copied
 *
 * @return 0 or errno
 */
int evdev_open(struct evdev **ep, const char *dir, const struct evdev_map *map,
	       const struct evdev_filter *filter);

/** NULL is ignored */
void evdev_close(struct evdev *e);

/** @return a descriptor that is readable while there is something to read */
int evdev_fd(const struct evdev *e);

/** Report what happened; oldest first for each device; @return 0 or errno */
int evdev_poll(struct evdev *e, uint64_t now_ms, button_edge_h *edgeh,
	       void *arg);

/** @return how many devices are in use */
size_t evdev_count(const struct evdev *e);

/**
 * Name the devices that are there, used or not: "gpio-keys, USB Phone"
 *
 * @param dir  Folder of event*
 * @param buf  Set to the list, cut if it does not fit; "" if there is none
 * @param size Of buf
 */
void evdev_list(const char *dir, char *buf, size_t size);

/** Whether there are devices that may not be read */
bool evdev_denied(const char *dir);

#endif
