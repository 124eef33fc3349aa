/**
 * @file firmware/glyphs.c  Finds and maps the glyph file
 */
#define _GNU_SOURCE 1
#include "firmware/glyphs.h"

#include "firmware/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "glyphs.bin"


static int map_file(struct glyphs *g, const char *path)
{
	struct stat st;
	int fd, err = 0;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;

	if (fstat(fd, &st)) {
		err = errno;
		goto out;
	}

	if (!S_ISREG(st.st_mode) || st.st_size <= 0) {
		err = EBADMSG;
		goto out;
	}

	g->size = (size_t)st.st_size;
	g->map = mmap(NULL, g->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (g->map == MAP_FAILED) {
		err = errno;
		g->map = NULL;
		goto out;
	}

	err = font_open(&g->font, g->map, g->size);
	if (err)
		glyphs_close(g);

out:
	(void)close(fd);

	return err;
}


/** The path of the file beside the program; @return false if unknown */
static bool beside_program(char *path, size_t size)
{
	char program[PATH_MAX];
	ssize_t n;
	char *slash;

	n = readlink("/proc/self/exe", program, sizeof(program) - 1);
	if (n < 0)
		return false;

	program[n] = '\0';
	slash = strrchr(program, '/');
	if (!slash)
		return false;

	*slash = '\0';
	n = snprintf(path, size, "%s/" FILE_NAME, program);

	return n > 0 && (size_t)n < size;
}


void glyphs_open(struct glyphs *g)
{
	static const char installed[] = RINGFENCE_DATA_DIR "/" FILE_NAME;
	char path[PATH_MAX];
	int err = ENOENT;

	memset(g, 0, sizeof(*g));

	if (beside_program(path, sizeof(path)))
		err = map_file(g, path);

	if (err == ENOENT) {
		(void)snprintf(path, sizeof(path), "%s", installed);
		err = map_file(g, path);
	}

	if (err)
		journal_say(JOURNAL_WARNING,
			    "glyphs: %s: %s; the screen shows boxes", path,
			    err == EBADMSG ? "no glyph file" : strerror(err));
}


void glyphs_close(struct glyphs *g)
{
	if (g->map)
		(void)munmap(g->map, g->size);

	memset(g, 0, sizeof(*g));
}
