/**
 * @file hal/button.h  The phone's keys, by name, and what they can say
 *
 * Values only. Which key stands where on a board, and how it is read, is the
 * board's matter; what a key does is app/call's.
 */
#ifndef RINGFENCE_HAL_BUTTON_H
#define RINGFENCE_HAL_BUTTON_H

#include <stdbool.h>
#include <stdint.h>

/** Every key: enumerator and the name that people and tests use */
#define BUTTON_TABLE(X)                                                       \
	X(ANSWER, "answer")                                                   \
	X(REJECT, "reject")                                                   \
	X(HOOK, "hook") /* down: the handset is lifted */                     \
	X(0, "0")                                                             \
	X(1, "1")                                                             \
	X(2, "2")                                                             \
	X(3, "3")                                                             \
	X(4, "4")                                                             \
	X(5, "5")                                                             \
	X(6, "6")                                                             \
	X(7, "7")                                                             \
	X(8, "8")                                                             \
	X(9, "9")                                                             \
	X(STAR, "star")                                                       \
	X(HASH, "hash")                                                       \
	X(OK, "ok")                                                           \
	X(BACK, "back")                                                       \
	X(UP, "up")                                                           \
	X(DOWN, "down")                                                       \
	X(LEFT, "left")                                                       \
	X(RIGHT, "right")                                                     \
	X(SOFT1, "soft1")                                                     \
	X(SOFT2, "soft2")                                                     \
	X(SOFT3, "soft3")                                                     \
	X(SOFT4, "soft4")                                                     \
	X(VOLUME_UP, "volume_up")                                             \
	X(VOLUME_DOWN, "volume_down")                                         \
	X(MUTE, "mute")                                                       \
	X(SPEAKER, "speaker")                                                 \
	X(MESSAGE, "message")                                                 \
	X(DND, "dnd")                                                         \
	X(REDIAL, "redial")                                                   \
	X(LINE1, "line1")                                                     \
	X(LINE2, "line2")                                                     \
	X(LINE3, "line3")                                                     \
	X(LINE4, "line4")                                                     \
	X(LINE5, "line5")                                                     \
	X(LINE6, "line6")                                                     \
	X(LINE7, "line7")                                                     \
	X(LINE8, "line8")

enum button {
#define X(id, name) BUTTON_##id,
	BUTTON_TABLE(X)
#undef X
	BUTTON_COUNT
};

/** What a debounced key says, in the order in which it can happen */
enum button_action {
	BUTTON_PRESS,   /**< it went down                                  */
	BUTTON_LONG,    /**< still down after PRESS_LONG_MS                */
	BUTTON_REPEAT,  /**< still down, every PRESS_REPEAT_MS after LONG  */
	BUTTON_SHORT,   /**< released before LONG; comes before RELEASE    */
	BUTTON_RELEASE, /**< it came up                                    */
};

/** A raw edge, as a board reports it */
struct button_edge {
	enum button button;
	bool down;
	uint64_t at_ms; /**< monotonic, milliseconds */
};

/** A logical event, after debouncing */
struct button_event {
	enum button button;
	enum button_action action;
	uint64_t at_ms; /**< monotonic, milliseconds */
};

typedef void(button_edge_h)(const struct button_edge *edge, void *arg);
typedef void(button_event_h)(const struct button_event *ev, void *arg);

/** @return the key's name, or NULL if it is none */
const char *button_name(enum button button);

/** @return the key of that name, or BUTTON_COUNT if there is none */
enum button button_find(const char *name);

#endif
