/**
 * @file firmware/store/replace.h  Put a file in another's place, whole
 *
 * Temporary file in the same folder, write, fsync, rename, fsync of the
 * folder: whatever happens meanwhile, a pulled plug too, there is the old
 * file or the new one. Who has the old one open or mapped keeps it.
 */
#ifndef RINGFENCE_STORE_REPLACE_H
#define RINGFENCE_STORE_REPLACE_H

#include <stddef.h>
#include <sys/types.h>

/**
 * Put bytes in the place of a file
 *
 * @param path  File; a new one if it isn't there
 * @param bytes What it is to have
 * @param size  How many
 * @param mode  Its permissions, less the umask
 *
 * @return 0 or errno; then PATH is the old one and nothing is left beside it,
 *         unless only bringing the folder to the disk failed
 */
int store_replace(const char *path, const void *bytes, size_t size,
		  mode_t mode);

/**
 * Remove what store_replace left beside a file when it was killed
 *
 * For files that nobody else may be replacing at this moment.
 *
 * @return 0 or errno
 */
int store_sweep(const char *path);

#endif
