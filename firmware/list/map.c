/**
 * @file firmware/list/map.c  A list file, mapped and found sound
 */
#include "firmware/list/map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>


/* What is no regular file can't be mapped, and an empty one neither */
static int file_map(struct list_map *map, int fd, const char **what)
{
	struct stat st;
	void *p;

	if (fstat(fd, &st))
		return errno;
	if (S_ISDIR(st.st_mode))
		return EISDIR;
	if (!S_ISREG(st.st_mode) || !st.st_size) {
		*what = "it is no number list";
		return EBADMSG;
	}
	if ((uintmax_t)st.st_size > SIZE_MAX)
		return EFBIG;

	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return errno;

	map->bytes = p;
	map->size = (size_t)st.st_size;
	return number_list_open(&map->list, p, map->size, what);
}


int list_map_open(struct list_map **mapp, const char *path, const char **what)
{
	struct list_map *map = calloc(1, sizeof(*map));
	int fd, err;

	if (!map)
		return ENOMEM;

	/* A pipe without a writer must not hold the phone */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0) {
		err = errno;
		goto out;
	}

	err = file_map(map, fd, what);
	(void)close(fd);

out:
	if (err)
		list_map_free(map);
	else
		*mapp = map;

	return err;
}


void list_map_free(struct list_map *map)
{
	if (!map)
		return;

	if (map->bytes)
		(void)munmap(map->bytes, map->size);
	free(map);
}
