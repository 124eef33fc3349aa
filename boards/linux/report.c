/**
 * @file boards/linux/report.c  Tells what is wrong, and what is missing
 */
#include "boards/linux/report.h"
#include "boards/linux/gpio_chip.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>


enum {
	TEXT_SIZE = 512,
	LIST_SIZE = 360,
};


void report_missing_add(struct report_missing *m, const char *name, int err)
{
	names_add(&m->names, name);
	if (!m->err && err != ENOENT)
		m->err = err;
}


const char *report_missing_why(const struct report_missing *m, char *buf,
			       size_t size)
{
	buf[0] = '\0';
	if (m->err)
		(void)snprintf(buf, size, " (%s)", strerror(m->err));

	return buf;
}


void report_error(struct report *r, const struct board_setting *setting,
		  size_t off, const char *fmt, ...)
{
	struct board_setting at = *setting;
	char text[TEXT_SIZE];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);

	at.col += (unsigned)off;
	r->failed = true;
	r->errorh(&at, text, r->arg);
}


void report_key_error(struct report *r, const struct board_setting *setting,
		      size_t off, const char *what)
{
	struct board_setting at = *setting;

	at.col = at.key_col + (unsigned)off;
	r->failed = true;
	r->errorh(&at, what, r->arg);
}


void report_note(struct report *r, const char *fmt, ...)
{
	char text[TEXT_SIZE];
	va_list ap;

	if (!r->noteh)
		return;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	r->noteh(text, r->arg);
}


static void line_unknown(struct report *r, const struct report_row *row,
			 const struct setting_source *source, const char *dir)
{
	const struct gpio_line *line = &source->line;
	char list[LIST_SIZE];

	gpio_chip_list(dir, list, sizeof(list));
	if (!list[0])
		report_error(r, row->setting, source->off,
			     "this machine has no GPIO chip in %s", dir);
	else if (!line->name[0])
		report_error(r, row->setting, source->off,
			     "no GPIO chip \"%s\" with a line %u: there are "
			     "%s",
			     line->chip, line->offset, list);
	else {
		gpio_line_list(dir, list, sizeof(list));
		report_error(r, row->setting, source->off,
			     "no GPIO line \"%s\": there are %s", line->name,
			     list[0] ? list : "none with a name");
	}
}


void report_gpio(struct report *r, const struct report_row *row,
		 const struct setting_source *source, const char *dir, int err)
{
	char text[LIST_SIZE];

	switch (err) {
	case ENOENT:
		line_unknown(r, row, source, dir);
		break;

	case ENOTUNIQ:
		gpio_chip_list(dir, text, sizeof(text));
		report_error(r, row->setting, source->off,
			     "more than one fits: write gpio:CHIP/OFFSET with "
			     "a label that only one has; there are %s",
			     text);
		break;

	case EBUSY:
		gpio_line_user(dir, &source->line, text);
		report_error(r, row->setting, source->off,
			     "the line is taken by \"%s\": write what that "
			     "makes of it, evdev:CODE or led:NAME, or remove "
			     "it from the device tree",
			     text);
		break;

	default:
		report_error(r, row->setting, source->off,
			     "the line can't be used: %s", strerror(err));
		break;
	}
}
