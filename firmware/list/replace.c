/**
 * @file firmware/list/replace.c  Put a file in another's place, whole
 */
#include "firmware/list/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>


static const char suffix[] = ".XXXXXX";


static int all_write(int fd, const unsigned char *p, size_t size)
{
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


static int file_write(int fd, const void *bytes, size_t size)
{
	const mode_t mask = umask(0);
	int err;

	(void)umask(mask);
	err = all_write(fd, bytes, size);
	if (!err && fchmod(fd, 0444 & ~mask))
		err = errno;
	if (!err && fsync(fd))
		err = errno;
	if (close(fd) && !err)
		err = errno;

	return err;
}


/* A rename is on the disk when its folder is */
static int folder_sync(char *path)
{
	char *slash = strrchr(path, '/');
	const char *folder = slash ? path : ".";
	int fd, err = 0;

	if (slash)
		slash[slash == path] = '\0';

	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	if (fsync(fd))
		err = errno;
	(void)close(fd);

	return err;
}


int list_replace(const char *path, const void *bytes, size_t size)
{
	const size_t len = strlen(path);
	char *beside = malloc(len + sizeof(suffix));
	int fd, err;

	if (!beside)
		return ENOMEM;

	memcpy(beside, path, len);
	memcpy(beside + len, suffix, sizeof(suffix));

	fd = mkstemp(beside);
	if (fd < 0) {
		err = errno;
		goto out;
	}

	err = file_write(fd, bytes, size);
	if (!err && rename(beside, path))
		err = errno;
	if (err) {
		(void)unlink(beside);
		goto out;
	}

	err = folder_sync(beside);

out:
	free(beside);

	return err;
}
