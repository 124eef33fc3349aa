/**
 * @file firmware/list/command.c  `ringfence list`
 */
#include "firmware/list/command.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/list/map.h"
#include "firmware/list/read.h"
#include "firmware/store/replace.h"


enum {
	ROOM_FIRST = 1024 * 1024, /* bytes */

	/* A list is mapped while it is used: it isn't written to */
	LIST_MODE = 0444,
};


static int failed(const char *path, const char *what)
{
	(void)fprintf(stderr, "%s:1:1: error: %s\n", path, what);

	return EXIT_FAILURE;
}


/* A file's bytes, or a pipe's; *bufp to be freed, set or not */
static int file_load(char **bufp, size_t *len, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t max = 0;
	int err = 0;

	if (fd < 0)
		return errno;

	for (;;) {
		ssize_t n;

		if (*len == max) {
			char *buf;

			max = max ? max * 2 : ROOM_FIRST;
			buf = realloc(*bufp, max);
			if (!buf) {
				err = ENOMEM;
				break;
			}
			*bufp = buf;
		}

		n = read(fd, *bufp + *len, max - *len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			err = errno;
		if (n <= 0)
			break;
		*len += (size_t)n;
	}

	(void)close(fd);
	return err;
}


static void wrong_handler(size_t line, size_t col, const char *what, void *arg)
{
	const char *path = arg;

	(void)fprintf(stderr, "%s:%zu:%zu: error: %s\n", path, line, col,
		      what);
}


static int import_write(struct list_reader *r, const char *out)
{
	struct list_build *build = r->build;
	struct list_bytes bytes;
	int err;

	err = list_build_pack(build, &bytes);
	if (err)
		return failed(out, strerror(err));

	err = store_replace(out, bytes.p, bytes.size, LIST_MODE);
	free(bytes.p);
	if (err) {
		(void)fprintf(stderr, "%s:1:1: error: can't be written: %s\n",
			      out, strerror(err));
		return EXIT_FAILURE;
	}

	(void)printf("numbers %" PRIu64 "\nprefixes %" PRIu64 "\n"
		     "repeated %" PRIu64 "\nwrong %zu\nbytes %zu\n",
		     bytes.numbers, bytes.prefixes,
		     build->added - bytes.numbers - bytes.prefixes, r->wrong,
		     bytes.size);

	return EXIT_SUCCESS;
}


static int import(char *in, const char *out, const struct dial_plan *plan)
{
	struct list_build build = {.keyv = NULL};
	struct list_reader r = {
		.build = &build,
		.plan = plan,
		.wrongh = wrong_handler,
		.arg = in,
	};
	char *buf = NULL;
	size_t len = 0;
	int err, code = EXIT_FAILURE;

	err = file_load(&buf, &len, in);
	if (!err)
		err = list_read(&r, buf, len);
	free(buf);

	if (err)
		(void)failed(in, strerror(err));
	else if (!build.added)
		(void)failed(in, "no number in it: nothing was imported");
	else
		code = import_write(&r, out);

	list_build_free(&build);

	return code;
}


static int show(const char *path)
{
	struct list_map *map = NULL;
	const char *what = NULL;
	const int err = list_map_open(&map, path, &what);

	if (err)
		return failed(path, what ? what : strerror(err));

	(void)printf("numbers %" PRIu64 "\nprefixes %" PRIu64 "\n"
		     "bytes %zu\n",
		     map->list.numbers, map->list.prefixes, map->size);
	list_map_free(map);

	return EXIT_SUCCESS;
}


int list_command(int argc, char *const argv[], const struct dial_plan *plan)
{
	if (argc == 3 && !strcmp(argv[0], "import"))
		return import(argv[1], argv[2], plan);
	if (argc == 2 && !strcmp(argv[0], "show"))
		return show(argv[1]);

	return -1;
}
