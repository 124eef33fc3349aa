/**
 * @file boards/board.h  What every board's folder gives: one hal, opened
 *
 * -DBOARD=<folder> picks the folder; each defines these two functions.
 */
#ifndef RINGFENCE_BOARD_H
#define RINGFENCE_BOARD_H

#include "hal/hal.h"

/**
 * Open the board's keys, lamps and display
 *
 * @param halp  Set to the board, closed by board_close
 *
 * @return 0 or errno; what is missing on the board is not an error, its op
 *         answers ENOSYS
 */
int board_open(struct hal **halp);

/** Close it; NULL is ignored */
void board_close(struct hal *hal);

#endif
