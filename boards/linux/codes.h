/**
 * @file boards/linux/codes.h  The kernel's names of keys and switches
 *
 * As in linux/input-event-codes.h: KEY_HANGUP_PHONE, SW_LID.
 */
#ifndef RINGFENCE_LINUX_CODES_H
#define RINGFENCE_LINUX_CODES_H

#include <stdint.h>

/**
 * Find a code by its name; a key also by its number, 446 or 0x1be
 *
 * @param type Set to EV_KEY or EV_SW
 * @param code Set to the code
 * @param name Name
 *
 * @return 0 or ENOENT
 */
int code_find(uint16_t *type, uint16_t *code, const char *name);

/** @return a code's name, or NULL if it has none */
const char *code_name(uint16_t type, uint16_t code);

#endif
