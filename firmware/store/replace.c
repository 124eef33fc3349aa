/**
 * @file firmware/store/replace.c  Put a file in another's place, whole
 */
#define _GNU_SOURCE 1
#include "firmware/store/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum {
	UNIQUE_DIGITS = 8, /**< of a temporary name, behind its mark  */
	TRIES_MAX = 16,    /**< for a name that nobody has            */
	NAME_SIZE = 256,   /**< of a file, as Linux has it, with NUL  */
};

static const char mark[] = ".tmp-";
static const char hex[] = "0123456789abcdef";


/** The folder that a file is in, open, and the file's name there */
static int folder_open(int *fdp, const char **namep, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	int err = 0;

	*namep = slash ? slash + 1 : path;
	folder = slash ? strndup(path, (size_t)(slash + 1 - path))
		       : strdup("./");
	if (!folder)
		return ENOMEM;

	*fdp = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fdp < 0)
		err = errno;
	free(folder);

	return err;
}


static int all_write(int fd, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;

	while (size) {
		const ssize_t n = write(fd, p, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		p += n;
		size -= (size_t)n;
	}

	return 0;
}


/** Open a file that nobody has, beside the one that it is for */
static int beside_open(int *fdp, char beside[NAME_SIZE], int folder,
		       const char *name, mode_t mode)
{
	for (int i = 0; i < TRIES_MAX; i++) {
		uint32_t unique;
		int n;

		if (getrandom(&unique, sizeof(unique), 0) !=
		    (ssize_t)sizeof(unique))
			return EIO;
		n = snprintf(beside, NAME_SIZE, "%s%s%0*x", name, mark,
			     UNIQUE_DIGITS, (unsigned)unique);
		if (n < 0 || n >= NAME_SIZE)
			return ENAMETOOLONG;

		*fdp = openat(folder, beside,
			      O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (*fdp >= 0)
			return 0;
		if (errno != EEXIST)
			return errno;
	}

	return EEXIST;
}


static int file_write(int fd, const void *bytes, size_t size)
{
	int err = all_write(fd, bytes, size);

	if (!err && fsync(fd))
		err = errno;
	if (close(fd) && !err)
		err = errno;

	return err;
}


int store_replace(const char *path, const void *bytes, size_t size,
		  mode_t mode)
{
	char beside[NAME_SIZE];
	const char *name;
	int folder, fd, err;

	/* Opened before anything changes: what could fail later is less */
	err = folder_open(&folder, &name, path);
	if (err)
		return err;

	err = beside_open(&fd, beside, folder, name, mode);
	if (err)
		goto out;

	err = file_write(fd, bytes, size);
	if (!err && renameat(folder, beside, folder, name))
		err = errno;
	if (err) {
		(void)unlinkat(folder, beside, 0);
		goto out;
	}

	/* A rename is on the disk when its folder is */
	if (fsync(folder))
		err = errno;

out:
	(void)close(folder);

	return err;
}


/** Whether beside_open has made this name for a file */
static bool is_beside(const char *entry, const char *name)
{
	const size_t len = strlen(name);

	if (strncmp(entry, name, len) != 0)
		return false;

	entry += len;
	if (strncmp(entry, mark, strlen(mark)) != 0)
		return false;

	entry += strlen(mark);
	return strlen(entry) == UNIQUE_DIGITS &&
	       strspn(entry, hex) == UNIQUE_DIGITS;
}


int store_sweep(const char *path)
{
	const struct dirent *entry;
	const char *name;
	int folder, err;
	DIR *dir;

	err = folder_open(&folder, &name, path);
	if (err)
		return err;

	dir = fdopendir(folder);
	if (!dir) {
		err = errno;
		(void)close(folder);
		return err;
	}

	while ((errno = 0, entry = readdir(dir)) != NULL) {
		if (is_beside(entry->d_name, name) &&
		    unlinkat(folder, entry->d_name, 0) && !err)
			err = errno;
	}
	if (!err)
		err = errno;
	(void)closedir(dir);

	return err;
}
