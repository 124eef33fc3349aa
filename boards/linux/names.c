/**
 * @file boards/linux/names.c  A list of names for a message: "a, b, ..."
 */
#include "boards/linux/names.h"

#include <string.h>


static const char more[] = ", ...";


struct names names_in(char *buf, size_t size)
{
	if (size)
		buf[0] = '\0';

	return (struct names){.buf = buf, .size = size, .full = !size};
}


static void append(struct names *names, const char *text)
{
	const size_t len = strlen(text);

	memcpy(names->buf + names->used, text, len + 1);
	names->used += len;
}


void names_add(struct names *names, const char *name)
{
	const char *comma = names->used ? ", " : "";
	const size_t need = names->used + strlen(comma) + strlen(name);

	if (names->full)
		return;

	if (need + sizeof(more) <= names->size) {
		append(names, comma);
		append(names, name);
		return;
	}

	names->full = true;
	if (names->used + sizeof(more) <= names->size)
		append(names, names->used ? more : more + 2);
}
