/**
 * @file firmware/list/replace.h  Put a file in another's place, whole
 */
#ifndef RINGFENCE_LIST_REPLACE_H
#define RINGFENCE_LIST_REPLACE_H

#include <stddef.h>

/**
 * Write a file beside PATH, bring it to the disk and rename it to PATH
 *
 * Whatever happens meanwhile, PATH is the old file or the new one. Who has
 * the old one open or mapped keeps it. The new one can't be written to (mode
 * 0444 less the umask), for a list is mapped while it is used.
 *
 * @return 0 or errno; then PATH is the old one, unless only bringing the
 *         folder to the disk failed
 */
int list_replace(const char *path, const void *bytes, size_t size);

#endif
