/**
 * @file tests/unit/boards/machine.h  A machine without hardware
 *
 * A folder with /dev and /sys of its own. Input devices are pipes and GPIO
 * chips files; the kernel's calls on them come here (--wrap=ioctl), all else
 * is the real kernel: reading, waiting, watching a folder.
 */
#ifndef RINGFENCE_TEST_MACHINE_H
#define RINGFENCE_TEST_MACHINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "boards/board.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

enum {
	MACHINE_LINE_MAX = 8,
	MACHINE_TEXT_MAX = 8192,
};

/** A new machine, empty; its folder is machine_root() */
int machine_set_up(void **state);
int machine_tear_down(void **state);
const char *machine_root(void);

/** "ROOT/path", valid until the fourth call from now */
const char *machine_path(const char *path);

/** Make a folder, and those above it */
void machine_folder(const char *path);

/** Write and read a file as a whole */
void machine_write(const char *path, const char *text);
const char *machine_read(const char *path);

/* Input devices */

/** Plug a device in: "event0", its name, its keys up to 0, its switch or -1 */
void machine_plug(const char *file, const char *name, const unsigned *keyv,
		  int sw);

/** Pull it out */
void machine_unplug(const char *file);

/** What the kernel would send; the level is kept, too */
void machine_event(const char *file, unsigned type, unsigned code, int value,
		   uint64_t at_ms);

/** Change a level without a word, as if the events were lost */
void machine_level(const char *file, unsigned type, unsigned code, bool level);

/** Whether somebody has it alone */
bool machine_grabbed(const char *file);

/* GPIO */

/** Add a chip: "gpiochip0", its label, its lines' names up to NULL */
void machine_chip(const char *file, const char *label,
		  const char *const *linev);

/** What is special about a line */
void machine_line_taken(const char *name, const char *by);
void machine_line_no_edges(const char *name);

/** Move a line; it tells its edge if that was asked for */
void machine_line_set(const char *name, bool level, uint64_t at_ms);

/** The level as it is read or driven, logical, and the flags of the request */
bool machine_line_get(const char *name);
uint64_t machine_line_flags(const char *name);

/** The edges that come are lost */
void machine_line_lose(const char *name, bool lose);

/** Whether a line is taken, by us or by others */
bool machine_line_is_taken(const char *name);

/* LEDs */

/** Add an LED; with the timer trigger or without */
void machine_led(const char *name, bool timer);

/* What was told */

struct told {
	char text[MACHINE_TEXT_MAX];
	size_t n;
};

/** "reject+ " and "reject- " with "@MS" */
void told_edge(const struct button_edge *edge, void *arg);

/** "LINE:COL what\n" */
void told_error(const struct board_setting *s, const char *what, void *arg);

/** "what\n" */
void told_note(const char *what, void *arg);

/** Compare and forget */
void told_check(struct told *told, const char *want);

/** Check that words were told, and forget */
void told_has(struct told *told, const char *words);

#endif
