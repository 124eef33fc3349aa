/**
 * @file boards/linux/setting.h  From a line of [board] to what it means
 *
 * Form only: whether a line, an LED or a device is there, is not asked here.
 * docs/interface.md has the syntax.
 */
#ifndef RINGFENCE_LINUX_SETTING_H
#define RINGFENCE_LINUX_SETTING_H

#include "boards/linux/evdev.h"
#include "boards/linux/gpio.h"
#include "boards/linux/leds.h"

enum {
	SETTING_SOURCE_MAX = 8, /**< of one key or lamp             */
	SETTING_PATH_MAX = 64,  /**< of a device, with its NUL      */
	SETTING_WHAT_MAX = 480, /**< of an error's text, likewise   */
};

enum setting_kind {
	SETTING_KEY,              /**< key.NAME: source, button       */
	SETTING_LAMP,             /**< lamp.NAME: source, led         */
	SETTING_INPUT,            /**< filter: none and names         */
	SETTING_INPUT_GRAB,       /**< yes                            */
	SETTING_DISPLAY,          /**< display, path                  */
	SETTING_DISPLAY_SIZE,     /**< w, h                           */
	SETTING_DISPLAY_OFFSET,   /**< number: columns                */
	SETTING_DISPLAY_ADDRESS,  /**< number: on the I2C bus         */
	SETTING_DISPLAY_CONTRAST, /**< number: percent                */
	SETTING_BACKLIGHT,        /**< path: a name; "" none          */
};

enum setting_display {
	SETTING_DISPLAY_NONE,
	SETTING_DISPLAY_OLED,
	SETTING_DISPLAY_DRM,
};

enum setting_source_type {
	SETTING_EVDEV,
	SETTING_GPIO,
	SETTING_LED,
};

/** Where a key's level comes from, or what a lamp is lit by */
struct setting_source {
	enum setting_source_type type;
	size_t off;             /**< of its text, in the value         */
	struct evdev_code code; /**< SETTING_EVDEV                     */
	struct gpio_line line;  /**< SETTING_GPIO                      */
	char led[LEDS_NAME_MAX];
	enum led_colour colour; /**< of a lamp's part; OFF: not told   */
};

struct setting {
	enum setting_kind kind;
	enum button button;
	enum led led;
	struct setting_source source[SETTING_SOURCE_MAX];
	size_t sourcec; /**< 0: the key or lamp is none */
	struct evdev_filter filter;
	bool yes;
	enum setting_display display;
	char path[SETTING_PATH_MAX];
	uint16_t w, h;
	unsigned number;
};

struct setting_error {
	bool in_key; /**< off counts in the key, else in the value */
	size_t off;
	char what[SETTING_WHAT_MAX];
};

/**
 * Read a setting
 *
 * @param s     Set to what it means
 * @param key   Key, terminated
 * @param value Value, terminated
 * @param err   Set on failure
 *
 * @return 0 or EBADMSG
 */
int setting_read(struct setting *s, const char *key, const char *value,
		 struct setting_error *err);

/** Whether two sources of keys, or of lamps, are one and the same */
bool setting_source_same(const struct setting_source *a,
			 const struct setting_source *b);

/* The parts that setting.c hands a value to */

/** A piece of a value */
struct setting_text {
	const char *value; /**< the whole              */
	size_t off, len;   /**< the piece              */
};

/** Say what is wrong at a byte of the value; @return EBADMSG */
int setting_fail(struct setting_error *err, size_t off, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/** Take the next piece up to a comma; @return false if there is none */
bool setting_next(struct setting_text *rest, struct setting_text *piece);

/** Whether a piece is a word */
bool setting_is(const struct setting_text *t, const char *word);

/** Copy a piece; @return 0 or EBADMSG if it is too long or empty */
int setting_copy(char *dst, size_t size, const struct setting_text *t,
		 struct setting_error *err);

/** Read "evdev:", "gpio-line:" and so on, as a key or a lamp may have it */
int setting_source_read(struct setting_source *s, enum setting_kind kind,
			struct setting_text piece, struct setting_error *err);

#endif
