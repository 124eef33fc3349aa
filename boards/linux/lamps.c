/**
 * @file boards/linux/lamps.c  All lamps of a board
 */
#include "boards/linux/lamps.h"
#include "hal/blink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>


enum {
	DIR_SIZE = 128,
	LIST_SIZE = 320,
};

/* led[0] is '\0': a GPIO line */
struct part {
	char led[LEDS_NAME_MAX];
	unsigned line;
};

struct lamp {
	struct part part[SETTING_SOURCE_MAX];
	enum led_colour colour[SETTING_SOURCE_MAX];
	size_t n;
	bool soft;   /* the kernel can't blink it      */
	bool failed; /* nobody knows what it shows now */
};

struct lamps {
	struct gpio *gpio;
	char dir[DIR_SIZE];
	struct lamp lamp[LED_COUNT];
	struct blink blink;
	int err; /* of the lamp that hal/blink changed last */
};


unsigned lamps_parts(const enum led_colour *colour, size_t n,
		     enum led_colour want)
{
	unsigned of[LED_COLOUR_COUNT] = {0};
	unsigned all = 0;

	for (size_t i = 0; i < n; i++) {
		of[colour[i]] |= 1U << i;
		all |= 1U << i;
	}

	if (want == LED_COLOUR_OFF)
		return 0;
	if (of[want])
		return of[want] | of[LED_COLOUR_OFF];
	if (want == LED_COLOUR_AMBER && of[LED_COLOUR_RED] &&
	    of[LED_COLOUR_GREEN])
		return of[LED_COLOUR_RED] | of[LED_COLOUR_GREEN] |
		       of[LED_COLOUR_OFF];

	return all;
}


static int part_light(struct lamps *l, const struct part *part, bool lit)
{
	return part->led[0] ? leds_light(l->dir, part->led, lit)
			    : gpio_set(l->gpio, part->line, lit);
}


static int lamp_light(struct lamps *l, const struct lamp *lamp,
		      enum led_colour colour)
{
	const unsigned lit = lamps_parts(lamp->colour, lamp->n, colour);
	int err = 0;

	for (size_t i = 0; i < lamp->n && !err; i++)
		err = part_light(l, &lamp->part[i], lit & 1U << i);

	return err;
}


static int lamp_blink(struct lamps *l, const struct lamp *lamp,
		      const struct led_pattern *p)
{
	const unsigned lit = lamps_parts(lamp->colour, lamp->n, p->colour);
	int err = 0;

	for (size_t i = 0; i < lamp->n && !err; i++) {
		const char *led = lamp->part[i].led;

		err = lit & 1U << i
			      ? leds_blink(l->dir, led, p->on_ms, p->off_ms)
			      : leds_light(l->dir, led, false);
	}

	return err;
}


static void blink_handler(enum led led, enum led_colour colour, void *arg)
{
	struct lamps *l = arg;

	l->err = lamp_light(l, &l->lamp[led], colour);
}


int lamps_set(struct lamps *l, enum led led, const struct led_pattern *p,
	      uint64_t now_ms)
{
	static const struct led_pattern dark = {LED_COLOUR_OFF, 0, 0};
	struct lamp *lamp = &l->lamp[led];
	int err;

	if (!lamp->n)
		return ENOENT;

	if (!lamp->soft) {
		err = p->off_ms ? lamp_blink(l, lamp, p)
				: lamp_light(l, lamp, p->colour);
		if (err != ENOTSUP)
			return err;
		lamp->soft = true;
	}

	/* From the dark, or the same pattern would be left as it is */
	if (lamp->failed)
		blink_set(&l->blink, led, &dark, now_ms, blink_handler, l);
	l->err = 0;
	blink_set(&l->blink, led, p, now_ms, blink_handler, l);
	lamp->failed = l->err;

	return l->err;
}


uint64_t lamps_tick(struct lamps *l, uint64_t now_ms)
{
	return blink_tick(&l->blink, now_ms, blink_handler, l);
}


uint64_t lamps_next_ms(const struct lamps *l)
{
	return blink_next_ms(&l->blink);
}


static int part_add(struct lamp *lamp, enum led_colour colour,
		    const struct part *part)
{
	if (lamp->n == SETTING_SOURCE_MAX)
		return ENOSPC;

	lamp->part[lamp->n] = *part;
	lamp->colour[lamp->n] = colour;
	lamp->n++;
	if (!part->led[0])
		lamp->soft = true;

	return 0;
}


static int leds_take(struct lamps *l, struct lamp *lamp,
		     const struct setting_source *source)
{
	struct leds_led led[SETTING_SOURCE_MAX];
	const size_t n =
		leds_find(l->dir, source->led, led, SETTING_SOURCE_MAX);
	int err = n ? 0 : ENOENT;

	for (size_t i = 0; i < n && !err; i++) {
		struct part part = {.line = 0};

		memcpy(part.led, led[i].name, sizeof(part.led));
		err = leds_light(l->dir, part.led, false);
		if (!err)
			err = part_add(lamp,
				       source->colour ? source->colour
						      : led[i].colour,
				       &part);
	}

	return err;
}


static int line_take(struct lamps *l, struct lamp *lamp,
		     const struct setting_source *source)
{
	struct part part = {.led = ""};
	int err;

	err = gpio_output(l->gpio, &source->line, &part.line);

	return err ? err : part_add(lamp, source->colour, &part);
}


static void led_error(const struct lamps *l, const struct report_row *row,
		      const struct setting_source *source, int err,
		      struct report *r)
{
	char list[LIST_SIZE];

	if (err != ENOENT) {
		report_error(r, row->setting, source->off,
			     "the LED can't be lit: %s", strerror(err));
		return;
	}

	leds_list(l->dir, list, sizeof(list));
	report_error(r, row->setting, source->off,
		     "no LED \"%s\" in %s: there %s %s", source->led, l->dir,
		     list[0] ? "are" : "is", list[0] ? list : "none");
}


/* @return 0, or why not all of it is there */
static int row_take(struct lamps *l, const char *dev,
		    const struct report_row *row, struct report *r)
{
	struct lamp lamp = {.n = 0};
	int fail = 0;

	for (size_t i = 0; i < row->set.sourcec; i++) {
		const struct setting_source *source = &row->set.source[i];
		const bool is_led = source->type == SETTING_LED;
		const int err = is_led ? leds_take(l, &lamp, source)
				       : line_take(l, &lamp, source);

		if (!err)
			continue;
		fail = fail ? fail : err;
		if (row->setting && is_led)
			led_error(l, row, source, err, r);
		else if (row->setting)
			report_gpio(r, row, source, dev, err);
	}

	if (!fail)
		l->lamp[row->set.led] = lamp;

	return fail;
}


static void rows_take(struct lamps *l, const char *dev,
		      const struct report_row *rowv, size_t rowc,
		      struct report *r)
{
	char list[LIST_SIZE], why[LIST_SIZE];
	struct report_missing missing = {.names = names_in(list, LIST_SIZE)};
	bool done[LED_COUNT] = {false};
	int fail[LED_COUNT] = {0}; /* of the last default */

	for (size_t i = 0; i < rowc; i++) {
		const struct report_row *row = &rowv[i];
		const enum led led = row->set.led;

		if (row->set.kind != SETTING_LAMP || done[led])
			continue;
		fail[led] = row_take(l, dev, row, r);
		done[led] = row->setting || !fail[led];
	}

	for (unsigned i = 0; i < LED_COUNT; i++) {
		if (fail[i] && !done[i])
			report_missing_add(&missing, led_name((enum led)i),
					   fail[i]);
	}
	if (list[0])
		report_note(r, "no LEDs and no GPIO lines for the lamps %s%s",
			    list,
			    report_missing_why(&missing, why, sizeof(why)));
}


int lamps_open(struct lamps **lp, struct gpio *gpio, const char *dev,
	       const char *leds, const struct report_row *rowv, size_t rowc,
	       struct report *r)
{
	struct lamps *l;

	if (strlen(leds) >= DIR_SIZE)
		return EINVAL;

	l = calloc(1, sizeof(*l));
	if (!l)
		return ENOMEM;

	l->gpio = gpio;
	(void)strcpy(l->dir, leds);
	blink_init(&l->blink);
	rows_take(l, dev, rowv, rowc, r);

	*lp = l;
	return 0;
}


void lamps_close(struct lamps *l)
{
	free(l);
}
