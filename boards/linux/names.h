/**
 * @file boards/linux/names.h  A list of names for a message: "a, b, ..."
 */
#ifndef RINGFENCE_LINUX_NAMES_H
#define RINGFENCE_LINUX_NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct names {
	char *buf;
	size_t size, used;
	bool full;
};

/** An empty list, "" */
struct names names_in(char *buf, size_t size);

/** Add a name, whole or, if it does not fit, as "..." for all that follow */
void names_add(struct names *names, const char *name);

#endif
