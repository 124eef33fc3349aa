/**
 * @file firmware/config/file.c  A file's bytes, up to a limit
 */
#include "firmware/config/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>


int file_read(char *buf, size_t size, size_t *len, const char *path)
{
	int fd, err = 0;

	*len = 0;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return errno;

	while (*len < size) {
		const ssize_t n = read(fd, buf + *len, size - *len);

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
