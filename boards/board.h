/**
 * @file boards/board.h  What every board's folder gives: one hal, opened
 *
 * -DBOARD=<folder> picks the folder; each defines these three functions. What
 * the person wrote into [board] comes as text: its keys are the board's own.
 */
#ifndef RINGFENCE_BOARD_H
#define RINGFENCE_BOARD_H

#include <stddef.h>

#include "hal/hal.h"

/** A line of [board]; places count from 1, columns in bytes */
struct board_setting {
	const char *key, *value; /**< terminated, without blanks around */
	unsigned line, col;      /**< where the value starts            */
	unsigned key_col;        /**< where the key starts              */
};

/**
 * A setting is wrong
 *
 * @param s    The setting, its col moved to what is wrong; NULL: the board as
 *             a whole
 * @param what What is wrong, what there is and what to write; one line
 * @param arg  Handler argument
 */
typedef void(board_error_h)(const struct board_setting *s, const char *what,
			    void *arg);

/** Something is missing on this machine, and it works without; one line */
typedef void(board_note_h)(const char *what, void *arg);

/**
 * Check the settings' form, without a look at the hardware
 *
 * @param v      Settings, in the file's order, no key twice
 * @param n      How many
 * @param errorh Called for each error
 * @param arg    Handler argument
 *
 * @return 0, or EBADMSG after errors were told
 */
int board_check(const struct board_setting *v, size_t n, board_error_h *errorh,
		void *arg);

/**
 * Open the board's keys, lamps and display
 *
 * What the board has by default and this machine lacks is noted, and its op
 * answers ENOENT or ENOSYS; a setting that names what is not there is an
 * error. All errors are told before it fails.
 *
 * @param halp   Set to the board, closed by board_close
 * @param v      Settings that board_check found sound; not kept
 * @param n      How many
 * @param errorh Called for each error
 * @param noteh  Called for each note
 * @param arg    Both handlers' argument
 *
 * @return 0, EBADMSG after errors were told, or errno
 */
int board_open(struct hal **halp, const struct board_setting *v, size_t n,
	       board_error_h *errorh, board_note_h *noteh, void *arg);

/** Close it; NULL is ignored */
void board_close(struct hal *hal);

#endif
