/**
 * @file tests/unit/store/replace_at.c  A change that is cut short
 *
 *	replace_at WHAT N ARGUMENT...
 *
 * Before the N-th call that touches the disk: WHAT is `kill` (the process is
 * gone), `plug` (so is the power: EXT4_IOC_SHUTDOWN of the file system that
 * it works on), `half` (as kill, but a write has done half its work) or the
 * number of an error that the call fails with. With N 0 all is done, and then
 * WHAT happens. Prints how many calls there were and the change's error.
 *
 * What is changed: `replace PATH TEXT`, `block FOLDER NUMBER`, `unblock
 * FOLDER NUMBER`, `dnd FOLDER`, and two that do it wrong, to show that the
 * plug is pulled: `truncate PATH TEXT`, `rename PATH TEXT`.
 */
#define _GNU_SOURCE 1
#include "firmware/store/replace.h"
#include "firmware/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	GONE = 42, /* the exit code of who was killed */
	SHUTDOWN_NO_FLUSH = 2,
	PATH_SIZE = 512,
};

/* linux/ext4.h has no header for programs */
#define EXT4_IOC_SHUTDOWN _IOR('X', 125, uint32_t)

static const char *what;
static const char *place; /* a path on the file system */
static int at, calls;
static bool counting;

int __real_openat(int folder, const char *path, int flags, ...);
ssize_t __real_write(int fd, const void *p, size_t size);
int __real_fsync(int fd);
int __real_close(int fd);
int __real_renameat(int from_fd, const char *from, int to_fd, const char *to);
int __real_unlinkat(int folder, const char *path, int flags);

int __wrap_openat(int folder, const char *path, int flags, ...);
ssize_t __wrap_write(int fd, const void *p, size_t size);
int __wrap_fsync(int fd);
int __wrap_close(int fd);
int __wrap_renameat(int from_fd, const char *from, int to_fd, const char *to);
int __wrap_unlinkat(int folder, const char *path, int flags);


static void plug_pull(void)
{
	uint32_t flags = SHUTDOWN_NO_FLUSH;
	char folder[PATH_SIZE];
	char *slash;
	int fd;

	(void)snprintf(folder, sizeof(folder), "%s", place);
	slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';

	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, EXT4_IOC_SHUTDOWN, &flags)) {
		perror(folder);
		_exit(EXIT_FAILURE);
	}
}


static void end(void)
{
	if (!strcmp(what, "plug"))
		plug_pull();
	_exit(GONE);
}


/** Whether the call is to fail; it does not come back from the other ends */
static bool fails(void)
{
	const int err = atoi(what);

	if (!counting || ++calls != at)
		return false;
	if (!err)
		end();

	errno = err;

	return true;
}


int __wrap_openat(int folder, const char *path, int flags, ...)
{
	mode_t mode;
	va_list ap;

	va_start(ap, flags);
	mode = va_arg(ap, mode_t);
	va_end(ap);

	return fails() ? -1 : __real_openat(folder, path, flags, mode);
}


ssize_t __wrap_write(int fd, const void *p, size_t size)
{
	if (counting && !strcmp(what, "half") && calls + 1 == at)
		(void)__real_write(fd, p, size / 2);

	return fails() ? -1 : __real_write(fd, p, size);
}


int __wrap_fsync(int fd)
{
	return fails() ? -1 : __real_fsync(fd);
}


/* One that fails has closed, as Linux has it. What is closed before the first
   file is opened was read. */
int __wrap_close(int fd)
{
	const bool failed = calls && fails();
	const int saved = errno;
	const int err = __real_close(fd);

	if (!failed)
		return err;

	errno = saved;

	return -1;
}


int __wrap_renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	return fails() ? -1 : __real_renameat(from_fd, from, to_fd, to);
}


/* Clearing up is no step of the change */
int __wrap_unlinkat(int folder, const char *path, int flags)
{
	return __real_unlinkat(folder, path, flags);
}


static int truncate_wrong(const char *path, const char *text)
{
	const int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		return errno;

	return close(fd) ? errno : 0;
}


static int rename_wrong(const char *path, const char *text)
{
	char beside[PATH_SIZE];
	int fd;

	(void)snprintf(beside, sizeof(beside), "%s.new", path);
	fd = open(beside, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd))
		return errno;

	return rename(beside, path) ? errno : 0;
}


static int store_change(const char *how, const char *folder,
			const char *number)
{
	static const struct dial_plan plan;
	const struct dnd_state dnd = {.on = true};
	struct store *st = NULL;
	struct dnd_state kept;
	struct blocked b;
	int err;

	err = store_open(&st, folder);
	if (err)
		return err;

	store_dnd_start(st, &kept);
	counting = true;
	if (!strcmp(how, "dnd"))
		err = store_dnd(st, &dnd);
	else
		err = store_block(st, &b, &plan, number,
				  !strcmp(how, "block"));
	counting = false;

	if (!err && strcmp(how, "dnd") != 0)
		blocked_free(&b);
	store_close(st);

	return err;
}


static int change(char **argv)
{
	const char *how = argv[0];
	int err;

	if (strcmp(how, "replace") != 0 && strcmp(how, "truncate") != 0 &&
	    strcmp(how, "rename") != 0)
		return store_change(how, argv[1], argv[2]);

	counting = true;
	if (!strcmp(how, "replace"))
		err = store_replace(argv[1], argv[2], strlen(argv[2]), 0600);
	else if (!strcmp(how, "truncate"))
		err = truncate_wrong(argv[1], argv[2]);
	else
		err = rename_wrong(argv[1], argv[2]);
	counting = false;

	return err;
}


int main(int argc, char **argv)
{
	int err;

	if (argc < 5)
		return EXIT_FAILURE;

	what = argv[1];
	at = atoi(argv[2]);
	place = argv[4];

	err = change(argv + 3);
	(void)printf("%d %d\n", calls, err);
	(void)fflush(stdout);
	if (!at)
		end();

	return EXIT_SUCCESS;
}
