/**
 * @file boards/linux/linux.h  A board from a table: its name and its defaults
 *
 * What a thin board calls. Its defaults are written as a person would write
 * them into [board]; docs/interface.md has the syntax. Keys, lamps and
 * display come together here as one hal with one descriptor.
 */
#ifndef RINGFENCE_LINUX_H
#define RINGFENCE_LINUX_H

#include "boards/board.h"

/**
 * A default, as in [board]
 *
 * Of several for one lamp, or for the display, the first that is there counts;
 * those for one key add up. A setting replaces all of its key.
 */
struct linux_default {
	const char *key, *value;
};

struct linux_board {
	const char *name; /**< the board's folder                        */
	const char *root; /**< in front of /dev and /sys; "" but in tests */
	const struct linux_default *defaultv;
	size_t defaultc;
};

/** As board_check has it */
int linux_check(const struct linux_board *board, const struct board_setting *v,
		size_t n, board_error_h *errorh, void *arg);

/** As board_open has it */
int linux_open(struct hal **halp, const struct linux_board *board,
	       const struct board_setting *v, size_t n, board_error_h *errorh,
	       board_note_h *noteh, void *arg);

/** As board_close has it */
void linux_close(struct hal *hal);

#endif
