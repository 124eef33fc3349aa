/**
 * @file boards/linux/setting_source.c  Where a key comes from, or a lamp goes
 */
#include "boards/linux/codes.h"
#include "boards/linux/setting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/input-event-codes.h>


enum {
	NUMBER_SIZE = 12,
};

enum option {
	OPTION_ACTIVE_HIGH,
	OPTION_ACTIVE_LOW,
	OPTION_PULL_UP,
	OPTION_PULL_DOWN,
	OPTION_PULL_NONE,
	OPTION_POLLED,
	OPTION_INVERTED,
	OPTION_COUNT,
};

static const char *const option_name[OPTION_COUNT] = {
	[OPTION_ACTIVE_HIGH] = "active-high",
	[OPTION_ACTIVE_LOW] = "active-low",
	[OPTION_PULL_UP] = "pull-up",
	[OPTION_PULL_DOWN] = "pull-down",
	[OPTION_PULL_NONE] = "pull-none",
	[OPTION_POLLED] = "polled",
	[OPTION_INVERTED] = "inverted",
};

enum {
	OPTIONS_EVDEV = 1 << OPTION_INVERTED,
	OPTIONS_LAMP = 1 << OPTION_ACTIVE_HIGH | 1 << OPTION_ACTIVE_LOW,
	OPTIONS_KEY = OPTIONS_LAMP | 1 << OPTION_PULL_UP |
		      1 << OPTION_PULL_DOWN | 1 << OPTION_PULL_NONE |
		      1 << OPTION_POLLED,
};


static void trim_end(struct setting_text *t)
{
	while (t->len && strchr(" \t", t->value[t->off + t->len - 1]))
		t->len--;
}


static void cut_front(struct setting_text *t, size_t n)
{
	t->off += n;
	t->len -= n;
	while (t->len && strchr(" \t", t->value[t->off])) {
		t->off++;
		t->len--;
	}
}


/* The options at the end, from the last: a line's name may have blanks */
static unsigned options_take(struct setting_text *t)
{
	unsigned options = 0;

	for (;;) {
		struct setting_text word = *t;
		enum option i;

		while (word.len &&
		       !strchr(" \t", t->value[word.off + word.len - 1]))
			word.len--;
		word.off += word.len;
		word.len = t->len - word.len;
		if (word.len == t->len)
			return options;

		for (i = 0; i < OPTION_COUNT; i++) {
			if (setting_is(&word, option_name[i]))
				break;
		}
		if (i == OPTION_COUNT)
			return options;

		options |= 1U << i;
		t->len -= word.len;
		trim_end(t);
	}
}


static int options_check(unsigned options, unsigned may,
			 const struct setting_text *t,
			 struct setting_error *err)
{
	const unsigned pulls = 1U << OPTION_PULL_UP | 1U << OPTION_PULL_DOWN |
			       1U << OPTION_PULL_NONE;
	const unsigned actives =
		1U << OPTION_ACTIVE_HIGH | 1U << OPTION_ACTIVE_LOW;

	for (unsigned i = 0; i < OPTION_COUNT; i++) {
		if (options & ~may & 1U << i)
			return setting_fail(err, t->off,
					    "\"%s\" means nothing here: "
					    "remove it",
					    option_name[i]);
	}

	options &= may;
	if ((options & pulls) & ((options & pulls) - 1) ||
	    (options & actives) == actives)
		return setting_fail(err, t->off,
				    "two options say the opposite: keep one");

	return 0;
}


static void options_apply(struct gpio_line *line, unsigned options,
			  enum setting_kind kind)
{
	const bool key = kind == SETTING_KEY;

	/* A key to ground and a lamp to ground are how one wires them */
	line->active_low = key ? !(options & 1U << OPTION_ACTIVE_HIGH)
			       : options & 1U << OPTION_ACTIVE_LOW;
	line->polled = options & 1U << OPTION_POLLED;

	if (options & 1U << OPTION_PULL_UP)
		line->bias = GPIO_BIAS_UP;
	else if (options & 1U << OPTION_PULL_DOWN)
		line->bias = GPIO_BIAS_DOWN;
	else if (options & 1U << OPTION_PULL_NONE)
		line->bias = GPIO_BIAS_NONE;
	else if (key)
		line->bias = line->active_low ? GPIO_BIAS_UP : GPIO_BIAS_DOWN;
}


static int chip_read(struct gpio_line *line, struct setting_text t,
		     struct setting_error *err)
{
	struct setting_text label = t, number = t;
	char text[NUMBER_SIZE], *end;
	unsigned long offset;
	int fail;

	while (label.len && t.value[t.off + label.len - 1] != '/')
		label.len--;
	if (!label.len)
		return setting_fail(err, t.off,
				    "write gpio:CHIP/OFFSET, e.g. "
				    "gpio:pinctrl-bcm2711/17");

	number.off += label.len;
	number.len -= label.len;
	label.len--;
	fail = setting_copy(line->chip, sizeof(line->chip), &label, err);
	if (!fail)
		fail = setting_copy(text, sizeof(text), &number, err);
	if (fail)
		return fail;

	offset = strtoul(text, &end, 10);
	if (*end || text[0] < '0' || text[0] > '9' || offset > UINT16_MAX)
		return setting_fail(err, number.off,
				    "write the line's offset in its chip, "
				    "e.g. 17");

	line->offset = (unsigned)offset;
	return 0;
}


static int evdev_read(struct evdev_code *code, struct setting_text t,
		      struct setting_error *err)
{
	char name[EVDEV_NAME_MAX];
	int fail;

	fail = setting_copy(name, sizeof(name), &t, err);
	if (fail)
		return fail;
	if (code_find(&code->type, &code->code, name))
		return setting_fail(err, t.off,
				    "no such code: write a name of "
				    "linux/input-event-codes.h, e.g. "
				    "KEY_HANGUP_PHONE, or a number; "
				    "\"evtest\" shows what a key sends");

	return 0;
}


/* The colour in front of a lamp's part, if it tells one */
static enum led_colour colour_take(struct setting_text *t)
{
	for (unsigned i = LED_COLOUR_OFF + 1; i < LED_COLOUR_COUNT; i++) {
		const char *name = led_colour_name((enum led_colour)i);
		struct setting_text word = *t;

		word.len = strlen(name);
		if (word.len < t->len && setting_is(&word, name) &&
		    strchr(" \t", t->value[t->off + word.len])) {
			cut_front(t, word.len);
			return (enum led_colour)i;
		}
	}

	return LED_COLOUR_OFF;
}


static bool prefix_take(struct setting_text *t, const char *prefix)
{
	struct setting_text word = *t;

	word.len = strlen(prefix);
	if (word.len > t->len || !setting_is(&word, prefix))
		return false;

	cut_front(t, word.len);
	return true;
}


int setting_source_read(struct setting_source *s, enum setting_kind kind,
			struct setting_text piece, struct setting_error *err)
{
	const bool key = kind == SETTING_KEY;
	unsigned options, may = key ? OPTIONS_KEY : OPTIONS_LAMP;
	struct setting_text t = piece;
	int fail;

	memset(s, 0, sizeof(*s));
	s->off = piece.off;
	if (!key)
		s->colour = colour_take(&t);
	options = options_take(&t);

	if (key && prefix_take(&t, "evdev:")) {
		s->type = SETTING_EVDEV;
		may = OPTIONS_EVDEV;
		s->code.inverted = options & OPTIONS_EVDEV;
		fail = evdev_read(&s->code, t, err);
	}
	else if (prefix_take(&t, "gpio-line:")) {
		s->type = SETTING_GPIO;
		fail = setting_copy(s->line.name, sizeof(s->line.name), &t,
				    err);
	}
	else if (prefix_take(&t, "gpio:")) {
		s->type = SETTING_GPIO;
		fail = chip_read(&s->line, t, err);
	}
	else if (!key && prefix_take(&t, "led:")) {
		s->type = SETTING_LED;
		may = 0;
		fail = setting_copy(s->led, sizeof(s->led), &t, err);
		if (!fail && strchr(s->led, '/'))
			fail = setting_fail(err, t.off,
					    "write the LED's name, as in "
					    "/sys/class/leds");
	}
	else {
		return setting_fail(err, piece.off,
				    "write %s, gpio-line:NAME, "
				    "gpio:CHIP/OFFSET or none",
				    key ? "evdev:CODE" : "led:NAME");
	}

	if (!fail)
		fail = options_check(options, may, &piece, err);
	if (!fail && s->type == SETTING_GPIO)
		options_apply(&s->line, options, kind);

	return fail;
}


bool setting_source_same(const struct setting_source *a,
			 const struct setting_source *b)
{
	if (a->type != b->type)
		return false;

	switch (a->type) {
	case SETTING_EVDEV:
		return a->code.type == b->code.type &&
		       a->code.code == b->code.code;
	case SETTING_GPIO:
		return gpio_line_same(&a->line, &b->line);
	case SETTING_LED:
		break;
	}

	return !strcmp(a->led, b->led);
}
