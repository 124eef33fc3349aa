/**
 * @file boards/linux/setting.c  From a line of [board] to what it means
 */
#include "boards/linux/setting.h"
#include "boards/linux/names.h"
#include "boards/linux/oled.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum {
	PERCENT_MAX = 100,
	COLUMN_MAX = 127,
	ADDRESS_MIN = 0x08, /* those around are reserved on an I2C bus */
	ADDRESS_MAX = 0x77,
	NAMES_SIZE = 320,
};

typedef int(value_h)(struct setting *s, struct setting_text value,
		     struct setting_error *err);

struct key_row {
	const char *name;
	enum setting_kind kind;
	value_h *valueh;
};

static value_h sources_read, input_read, yes_read, display_read, size_read,
	offset_read, address_read, percent_read, name_read;

/* Those that end in "." are followed by a key's or a lamp's name */
static const struct key_row key_rows[] = {
	{"key.", SETTING_KEY, sources_read},
	{"lamp.", SETTING_LAMP, sources_read},
	{"input", SETTING_INPUT, input_read},
	{"input_grab", SETTING_INPUT_GRAB, yes_read},
	{"display", SETTING_DISPLAY, display_read},
	{"display_size", SETTING_DISPLAY_SIZE, size_read},
	{"display_offset", SETTING_DISPLAY_OFFSET, offset_read},
	{"display_address", SETTING_DISPLAY_ADDRESS, address_read},
	{"display_contrast", SETTING_DISPLAY_CONTRAST, percent_read},
	{"backlight", SETTING_BACKLIGHT, name_read},
};


int setting_fail(struct setting_error *err, size_t off, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(err->what, sizeof(err->what), fmt, ap);
	va_end(ap);
	err->off = off;

	return EBADMSG;
}


static void trim(struct setting_text *t)
{
	while (t->len && strchr(" \t", t->value[t->off])) {
		t->off++;
		t->len--;
	}
	while (t->len && strchr(" \t", t->value[t->off + t->len - 1]))
		t->len--;
}


bool setting_next(struct setting_text *rest, struct setting_text *piece)
{
	const char *comma;

	if (!rest->value)
		return false;

	*piece = *rest;
	comma = memchr(rest->value + rest->off, ',', rest->len);
	if (comma) {
		piece->len = (size_t)(comma - rest->value) - rest->off;
		rest->off += piece->len + 1;
		rest->len -= piece->len + 1;
	}
	else {
		rest->value = NULL;
	}

	trim(piece);
	return true;
}


bool setting_is(const struct setting_text *t, const char *word)
{
	return strlen(word) == t->len &&
	       !memcmp(t->value + t->off, word, t->len);
}


int setting_copy(char *dst, size_t size, const struct setting_text *t,
		 struct setting_error *err)
{
	dst[0] = '\0';
	if (!t->len)
		return setting_fail(err, t->off,
				    "there is nothing here: "
				    "write a name");
	if (t->len >= size)
		return setting_fail(err, t->off,
				    "it is too long: at most %zu bytes",
				    size - 1);

	memcpy(dst, t->value + t->off, t->len);
	dst[t->len] = '\0';
	return 0;
}


static int sources_read(struct setting *s, struct setting_text value,
			struct setting_error *err)
{
	struct setting_text piece;
	int fail;

	if (setting_is(&value, "none"))
		return 0;

	while (setting_next(&value, &piece)) {
		if (s->sourcec == SETTING_SOURCE_MAX)
			return setting_fail(err, piece.off,
					    "one too many: at most %d",
					    SETTING_SOURCE_MAX);
		fail = setting_source_read(&s->source[s->sourcec], s->kind,
					   piece, err);
		if (fail)
			return fail;
		s->source[s->sourcec].code.button = s->button;
		s->sourcec++;
	}

	return 0;
}


static int input_read(struct setting *s, struct setting_text value,
		      struct setting_error *err)
{
	struct setting_text piece;
	int fail;

	s->filter.none = setting_is(&value, "none");
	if (s->filter.none || setting_is(&value, "all"))
		return 0;

	while (setting_next(&value, &piece)) {
		if (s->filter.n == EVDEV_FILTER_MAX)
			return setting_fail(err, piece.off,
					    "one too many: at most %d",
					    EVDEV_FILTER_MAX);
		fail = setting_copy(s->filter.name[s->filter.n],
				    sizeof(s->filter.name[0]), &piece, err);
		if (fail)
			return fail;
		s->filter.n++;
	}

	return 0;
}


static int yes_read(struct setting *s, struct setting_text value,
		    struct setting_error *err)
{
	s->yes = setting_is(&value, "yes");
	if (!s->yes && !setting_is(&value, "no"))
		return setting_fail(err, value.off, "write \"yes\" or \"no\"");

	return 0;
}


static int display_read(struct setting *s, struct setting_text value,
			struct setting_error *err)
{
	static const struct {
		const char *prefix;
		enum setting_display display;
	} rows[] = {
		{"oled:", SETTING_DISPLAY_OLED},
		{"drm:", SETTING_DISPLAY_DRM},
	};

	if (setting_is(&value, "none"))
		return 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t len = strlen(rows[i].prefix);
		struct setting_text path = value;

		if (value.len < len ||
		    memcmp(value.value + value.off, rows[i].prefix, len) != 0)
			continue;
		path.off += len;
		path.len -= len;
		trim(&path);
		if (!path.len || path.value[path.off] != '/')
			break;
		s->display = rows[i].display;
		return setting_copy(s->path, sizeof(s->path), &path, err);
	}

	return setting_fail(err, value.off,
			    "write oled:/dev/i2c-1, drm:/dev/dri/card0 or "
			    "none");
}


/* A number from lo to hi up to the end of the text */
static int number_read(unsigned *n, struct setting_text t, unsigned lo,
		       unsigned hi, struct setting_error *err)
{
	const char *start = t.value + t.off;
	unsigned long number;
	char *end;

	number = strtoul(start, &end, strncmp(start, "0x", 2) ? 10 : 16);
	if (!t.len || *start < '0' || *start > '9' || end != start + t.len ||
	    number < lo || number > hi)
		return setting_fail(err, t.off, "write a number from %u to %u",
				    lo, hi);

	*n = (unsigned)number;
	return 0;
}


static int size_read(struct setting *s, struct setting_text value,
		     struct setting_error *err)
{
	const char *x = memchr(value.value + value.off, 'x', value.len);
	struct setting_text w = value, h = value;
	unsigned width, height;
	int fail;

	if (!x)
		return setting_fail(err, value.off,
				    "write WIDTHxHEIGHT, e.g. 128x64");

	w.len = (size_t)(x - value.value) - value.off;
	h.off += w.len + 1;
	h.len -= w.len + 1;
	fail = number_read(&width, w, 1, OLED_WIDTH_MAX, err);
	if (!fail)
		fail = number_read(&height, h, OLED_ROWS, OLED_HEIGHT_MAX,
				   err);
	if (!fail && height % OLED_ROWS)
		fail = setting_fail(err, h.off,
				    "write a multiple of %d: a byte is so "
				    "many rows",
				    OLED_ROWS);
	if (fail)
		return fail;

	s->w = (uint16_t)width;
	s->h = (uint16_t)height;
	return 0;
}


static int offset_read(struct setting *s, struct setting_text value,
		       struct setting_error *err)
{
	return number_read(&s->number, value, 0, COLUMN_MAX, err);
}


static int address_read(struct setting *s, struct setting_text value,
			struct setting_error *err)
{
	if (!number_read(&s->number, value, ADDRESS_MIN, ADDRESS_MAX, err))
		return 0;

	return setting_fail(err, value.off,
			    "write an address on the I2C bus, 0x%02x to "
			    "0x%02x, e.g. 0x3c",
			    (unsigned)ADDRESS_MIN, (unsigned)ADDRESS_MAX);
}


static int percent_read(struct setting *s, struct setting_text value,
			struct setting_error *err)
{
	return number_read(&s->number, value, 0, PERCENT_MAX, err);
}


static int name_read(struct setting *s, struct setting_text value,
		     struct setting_error *err)
{
	if (setting_is(&value, "none"))
		return 0;
	if (memchr(value.value + value.off, '/', value.len))
		return setting_fail(err, value.off,
				    "write the name, as in "
				    "/sys/class/backlight");

	return setting_copy(s->path, sizeof(s->path), &value, err);
}


static int key_unknown(const char *key, struct setting_error *err)
{
	(void)key;
	err->in_key = true;
	return setting_fail(err, 0,
			    "unknown key: [board] has key.NAME, lamp.NAME, "
			    "input, input_grab, display, display_size, "
			    "display_offset, display_address, "
			    "display_contrast, backlight");
}


/* Which button or lamp it is about */
static int key_name(struct setting *s, const char *name, size_t off,
		    struct setting_error *err)
{
	char buf[NAMES_SIZE];
	struct names names = names_in(buf, sizeof(buf));

	if (s->kind == SETTING_KEY) {
		s->button = button_find(name);
		if (s->button != BUTTON_COUNT)
			return 0;
		for (unsigned i = 0; i < BUTTON_COUNT; i++)
			names_add(&names, button_name((enum button)i));
	}
	else {
		for (unsigned i = 0; i < LED_COUNT; i++) {
			s->led = (enum led)i;
			if (!strcmp(led_name(s->led), name))
				return 0;
			names_add(&names, led_name(s->led));
		}
	}

	err->in_key = true;
	return setting_fail(err, off, "no such %s: there are %s",
			    s->kind == SETTING_KEY ? "key" : "lamp", buf);
}


int setting_read(struct setting *s, const char *key, const char *value,
		 struct setting_error *err)
{
	const struct setting_text text = {
		.value = value,
		.len = strlen(value),
	};

	memset(s, 0, sizeof(*s));
	memset(err, 0, sizeof(*err));

	for (size_t i = 0; i < sizeof(key_rows) / sizeof(key_rows[0]); i++) {
		const struct key_row *row = &key_rows[i];
		const size_t len = strlen(row->name);
		const bool named = row->name[len - 1] == '.';

		if (named ? strncmp(key, row->name, len)
			  : strcmp(key, row->name))
			continue;
		s->kind = row->kind;
		if (named && key_name(s, key + len, len, err))
			return EBADMSG;
		return row->valueh(s, text, err);
	}

	return key_unknown(key, err);
}
