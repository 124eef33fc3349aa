/**
 * @file firmware/store/dnd.h  The text of do not disturb, as it is kept
 *
 * One line, "on", "off" or until when, and comments (a line with "#" first).
 * It opens no file.
 */
#ifndef RINGFENCE_STORE_DND_H
#define RINGFENCE_STORE_DND_H

#include "app/call/command.h"
#include "firmware/store/blocked.h"

enum {
	DND_TEXT_MAX = 256, /**< bytes that the phone writes, with the NUL */
};

/** Read a text; @return 0 or EBADMSG with e set */
int dnd_parse(struct dnd_state *dnd, const char *text, size_t len,
	      struct store_error *e);

/** Write one */
void dnd_print(char text[DND_TEXT_MAX], const struct dnd_state *dnd);

#endif
