/**
 * @file firmware/machine.h  The board, as the configuration wants it
 */
#ifndef RINGFENCE_MACHINE_H
#define RINGFENCE_MACHINE_H

#include "firmware/config/config.h"
#include "hal/hal.h"

/**
 * Open the board
 *
 * What the machine lacks and can do without is said in the journal.
 *
 * @param halp   Set to the board, closed by board_close
 * @param cfg    Whose [board] says what hangs where
 * @param errorh Called for each setting that names what isn't there
 * @param arg    Handler argument
 *
 * @return 0, EBADMSG after errors were told, or errno (said in the journal)
 */
int machine_open(struct hal **halp, const struct config *cfg,
		 config_error_h *errorh, void *arg);

#endif
