/**
 * @file firmware/journal.c  One line on standard error for what people need
 */
#define _GNU_SOURCE 1
#include "firmware/journal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LINE_SIZE = 512,
};

static bool with_level;


/* JOURNAL_STREAM is inherited by whatever the service starts, also with its
   standard error sent elsewhere: only its "device:inode" tells */
void journal_init(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	uintmax_t dev, ino;
	struct stat st;
	char *end;

	with_level = false;
	if (!stream || fstat(STDERR_FILENO, &st))
		return;

	dev = strtoumax(stream, &end, 10);
	if (*end != ':')
		return;

	ino = strtoumax(end + 1, &end, 10);
	with_level = !*end && dev == st.st_dev && ino == st.st_ino;
}


void journal_say(enum journal_level level, const char *fmt, ...)
{
	char line[LINE_SIZE];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);

	if (with_level)
		(void)fprintf(stderr, "<%d>%s\n", (int)level, line);
	else
		(void)fprintf(stderr, "ringfence: %s\n", line);
}
