/**
 * @file firmware/store/store.h  What the person changes at the phone, kept
 *
 * A folder with two files of text, each written whole or not at all: blocked
 * (firmware/store/blocked.h) and dnd (firmware/store/dnd.h). They are read
 * again before each change, for a person may edit them. What is damaged is
 * told with its place and set aside as FILE.bad, never overwritten.
 */
#ifndef RINGFENCE_STORE_H
#define RINGFENCE_STORE_H

#include "firmware/store/blocked.h"
#include "firmware/store/dnd.h"

enum {
	STORE_PATH_MAX = 512,   /**< bytes of a file's path, with the NUL */
	STORE_FOLDER_MAX = 256, /**< of the folder's                    */
};

struct store;

/**
 * Open a folder
 *
 * Removes what a crash left there. A folder that can't be used is told in
 * the journal, and tried again at each change.
 *
 * @param stp    Set to the store, freed by store_close
 * @param folder Path, "" if nothing is kept
 *
 * @return 0 or ENOMEM
 */
int store_open(struct store **stp, const char *folder);

/** NULL is ignored */
void store_close(struct store *st);

/**
 * Read the block list as the phone starts
 *
 * @param b Set to the numbers, freed by the caller; none if the file is
 *          damaged, which is told and set aside, or can't be read
 *
 * @return 0 or ENOMEM
 */
int store_blocked_start(struct store *st, struct blocked *b,
			const struct dial_plan *plan);

/**
 * Read it again because somebody says that it is new; as it was, while the
 * folder is not there
 *
 * @param b    Set on success to the numbers, freed by the caller
 * @param what Set on failure to where and what, "FILE:LINE:COL: error: ..."
 * @param size Bytes at what
 *
 * @return 0, EBADMSG if it is damaged (it stays where it is), or errno
 */
int store_blocked_again(struct store *st, struct blocked *b,
			const struct dial_plan *plan, char *what, size_t size);

/**
 * Read the block list of a folder that may be a running phone's: nothing in
 * it is touched
 *
 * @param folder Path, "" if nothing is kept
 * @param b      As for store_blocked_again, and the rest too
 */
int store_blocked_look(const char *folder, struct blocked *b,
		       const struct dial_plan *plan, char *what, size_t size);

/**
 * Block a number, or no longer, and keep that
 *
 * @param b      Set on success to all numbers, freed by the caller
 * @param plan   Dial plan
 * @param number In its form
 * @param on     Whether it is blocked from now on
 *
 * @return 0, also if it was so before; ENOENT: there is no folder; E2BIG:
 *         the list is full; EINVAL: such a number can't be written; or errno
 *         of store_replace: nothing has changed
 */
int store_block(struct store *st, struct blocked *b,
		const struct dial_plan *plan, const char *number, bool on);

/** Do not disturb as it was kept when the phone starts, off if it wasn't;
    a damaged file is told and set aside */
void store_dnd_start(struct store *st, struct dnd_state *dnd);

/** Keep it; @return 0, also where nothing is kept, or errno */
int store_dnd(struct store *st, const struct dnd_state *dnd);

/** What an error of store_block or store_dnd means and what to do */
void store_explain(const struct store *st, int err, char *what, size_t size);

#endif
