/**
 * @file firmware/control/listen.c  A Unix socket that outlives no phone
 */
#define _GNU_SOURCE 1
#include "firmware/control/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
	BACKLOG = 128, /**< clients that come at once wait, none is refused */
	LOCK_TRIES = 50, /**< another phone starts for that long at most */
	LOCK_WAIT_MS = 20,
	NS_PER_MS = 1000000,
};


/* The folder, and not a lock file that would stay behind */
static int folder_lock(int *fdp, const char *path)
{
	const struct timespec wait = {.tv_nsec = LOCK_WAIT_MS * NS_PER_MS};
	char dir[CONFIG_PATH_MAX] = ".";
	const char *slash = strrchr(path, '/');
	int fd, err;

	if (slash) {
		const size_t len = slash > path ? (size_t)(slash - path) : 1;

		memcpy(dir, path, len);
		dir[len] = '\0';
	}

	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno;

	for (int i = 0; flock(fd, LOCK_EX | LOCK_NB); i++) {
		err = errno;
		if ((err != EWOULDBLOCK && err != EINTR) || i == LOCK_TRIES) {
			(void)close(fd);
			return err;
		}
		(void)nanosleep(&wait, NULL);
	}

	*fdp = fd;

	return 0;
}


/**
 * Look at a file that is in our way
 *
 * @return 0 if it is a socket on which nobody listens any more, EADDRINUSE if
 *         somebody does or may, EEXIST if it is no socket
 */
static int file_check(const struct sockaddr_un *sun)
{
	int fd, err = EADDRINUSE;
	struct stat st;

	if (lstat(sun->sun_path, &st))
		return errno;
	if (!S_ISSOCK(st.st_mode))
		return EEXIST;

	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return errno;

	if (connect(fd, (const struct sockaddr *)sun, sizeof(*sun)) &&
	    errno == ECONNREFUSED)
		err = 0;
	(void)close(fd);

	return err;
}


static int socket_bind(int fd, const struct sockaddr_un *sun)
{
	const struct sockaddr *sa = (const struct sockaddr *)sun;
	int err;

	if (!bind(fd, sa, sizeof(*sun)))
		return 0;
	if (errno != EADDRINUSE)
		return errno;

	err = file_check(sun);
	if (err)
		return err;

	if (unlink(sun->sun_path))
		return errno;

	return bind(fd, sa, sizeof(*sun)) ? errno : 0;
}


static int socket_open(struct listen_socket *ls)
{
	struct sockaddr_un sun = {.sun_family = AF_UNIX};
	struct stat st;
	int err;

	memcpy(sun.sun_path, ls->path, strlen(ls->path) + 1);

	ls->fd =
		socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (ls->fd < 0)
		return errno;

	/* The file takes the descriptor's mode: it is never open to others,
	   not even for an instant */
	if (fchmod(ls->fd, S_IRUSR | S_IWUSR))
		return errno;

	err = socket_bind(ls->fd, &sun);
	if (err)
		return err;

	if (stat(ls->path, &st))
		return errno;

	ls->dev = st.st_dev;
	ls->ino = st.st_ino;

	return listen(ls->fd, BACKLOG) ? errno : 0;
}


int listen_open(struct listen_socket *ls, const char *path)
{
	int lock = -1, err;

	memset(ls, 0, sizeof(*ls));
	ls->fd = -1;

	if (strlen(path) >= sizeof(ls->path))
		return ENAMETOOLONG;
	memcpy(ls->path, path, strlen(path) + 1);

	err = folder_lock(&lock, path);
	if (err)
		return err;

	err = socket_open(ls);
	if (err)
		listen_close(ls);

	(void)close(lock);

	return err;
}


void listen_close(struct listen_socket *ls)
{
	struct stat st;

	if (ls->fd < 0)
		return;

	if (ls->ino && !stat(ls->path, &st) && st.st_dev == ls->dev &&
	    st.st_ino == ls->ino)
		(void)unlink(ls->path);

	(void)close(ls->fd);
	ls->fd = -1;
}
