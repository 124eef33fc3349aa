/**
 * @file boards/linux/keys.h  All keys of a board, from wherever they come
 *
 * Input devices and GPIO lines in one stream, oldest first. A button that
 * comes from more than one place is down while any of them says so.
 */
#ifndef RINGFENCE_LINUX_KEYS_H
#define RINGFENCE_LINUX_KEYS_H

#include "boards/linux/report.h"

struct keys;

/**
 * Open the keys
 *
 * @param kp    Set to the keys, closed by keys_close
 * @param gpio  Lines, outlive the keys
 * @param dev   Folder of the devices, normally /dev
 * @param rowv  Settings and defaults
 * @param rowc  How many
 * @param r     Takes errors and notes
 *
 * @return 0 or errno; what r was told is no error here
 */
int keys_open(struct keys **kp, struct gpio *gpio, const char *dev,
	      const struct report_row *rowv, size_t rowc, struct report *r);

/** NULL is ignored */
void keys_close(struct keys *k);

/** @return a descriptor that is readable while input devices have events, or
    -1 if there are none to watch */
int keys_fd(const struct keys *k);

/** As hal_buttons has it; next_ms is lowered */
int keys_poll(struct keys *k, uint64_t now_ms, button_edge_h *edgeh, void *arg,
	      uint64_t *next_ms);

#endif
