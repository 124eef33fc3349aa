/**
 * @file boards/linux/report.h  Tells what is wrong, and what is missing
 *
 * The difference is who asked for it: what a setting names must be there,
 * what the board has by default may be missing.
 */
#ifndef RINGFENCE_LINUX_REPORT_H
#define RINGFENCE_LINUX_REPORT_H

#include "boards/board.h"
#include "boards/linux/names.h"
#include "boards/linux/setting.h"

struct report {
	board_error_h *errorh;
	board_note_h *noteh; /**< may be NULL */
	void *arg;
	bool failed; /**< an error was told */
};

/** A line of [board], or of the board's defaults, with what it means */
struct report_row {
	const struct board_setting *setting; /**< NULL: a default */
	struct setting set;
};

/** Defaults that are missing, to be told in one line */
struct report_missing {
	struct names names;
	int err; /**< the first that was more than "is not there", or 0 */
};

/** One more is missing */
void report_missing_add(struct report_missing *m, const char *name, int err);

/** Why, to stand behind the names: " (Permission denied)", or "" */
const char *report_missing_why(const struct report_missing *m, char *buf,
			       size_t size);

/** Tell an error at a byte of the setting's value */
void report_error(struct report *r, const struct board_setting *setting,
		  size_t off, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/** Tell an error at a byte of the setting's key */
void report_key_error(struct report *r, const struct board_setting *setting,
		      size_t off, const char *what);

/** Tell that something is missing */
void report_note(struct report *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * Tell why a setting's GPIO line can't be had, and what there is
 *
 * @param dir Folder of gpiochip*
 * @param err What gpio_input or gpio_output gave
 */
void report_gpio(struct report *r, const struct report_row *row,
		 const struct setting_source *source, const char *dir,
		 int err);

#endif
