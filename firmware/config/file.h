/**
 * @file firmware/config/file.h  A file's bytes, up to a limit
 */
#ifndef RINGFENCE_CONFIG_FILE_H
#define RINGFENCE_CONFIG_FILE_H

#include <stddef.h>

/**
 * Read the start of a file, pipes too
 *
 * @param buf  Set to its first bytes
 * @param size How many fit
 * @param len  Set to how many there are; size if there may be more
 * @param path File
 *
 * @return 0 or errno
 */
int file_read(char *buf, size_t size, size_t *len, const char *path);

#endif
