/**
 * @file boards/linux/evdev.c  The devices of a folder, as they come and go
 */
#define _GNU_SOURCE 1
#include "boards/linux/evdev.h"
#include "boards/linux/names.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <linux/input.h>


enum {
	DIR_MAX = 128,            /* bytes of the folder's path           */
	FILE_MAX = 24,            /* bytes of "event" and a number        */
	READ_MAX = 64,            /* events in one read                   */
	WATCH = EVDEV_DEVICE_MAX, /* epoll's word for inotify   */
};

struct device {
	int fd;     /* -1: none */
	bool fresh; /* its levels are still to be told */
	char file[FILE_MAX];
	struct evdev_stream stream;
};

struct evdev {
	struct evdev_map map;
	struct evdev_filter filter;
	struct device device[EVDEV_DEVICE_MAX];
	char dir[DIR_MAX];
	int epoll_fd, inotify_fd;
	int dir_wd, parent_wd; /* -1: not watched */
};

typedef bool(device_h)(int fd, const char *file, void *arg);


static bool entry_is_device(const char *name)
{
	return !strncmp(name, "event", strlen("event"));
}


/* Open each event* of a folder until the handler says stop; it keeps the
   descriptor by taking a copy */
static void devices_each(const char *dir, device_h *deviceh, void *arg)
{
	DIR *folder = opendir(dir);
	const struct dirent *entry;
	bool on = true;

	while (folder && on && (entry = readdir(folder))) {
		int fd;

		if (!entry_is_device(entry->d_name))
			continue;
		fd = openat(dirfd(folder), entry->d_name,
			    O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0)
			continue;
		on = deviceh(fd, entry->d_name, arg);
		(void)close(fd);
	}

	if (folder)
		(void)closedir(folder);
}


static void device_name(int fd, char name[EVDEV_NAME_MAX])
{
	if (ioctl(fd, EVIOCGNAME(EVDEV_NAME_MAX), name) < 0)
		name[0] = '\0';
	name[EVDEV_NAME_MAX - 1] = '\0';
}


static bool filter_fits(const struct evdev_filter *filter, int fd)
{
	char name[EVDEV_NAME_MAX];

	if (!filter->n)
		return true;

	device_name(fd, name);
	for (size_t i = 0; i < filter->n; i++) {
		if (!strcmp(filter->name[i], name))
			return true;
	}

	return false;
}


/* Whether it can ever say one of our codes */
static bool device_fits(const struct evdev *e, int fd)
{
	struct evdev_levels can;

	memset(&can, 0, sizeof(can));
	if (ioctl(fd, EVIOCGBIT(EV_KEY, sizeof(can.key)), can.key) < 0 ||
	    ioctl(fd, EVIOCGBIT(EV_SW, sizeof(can.sw)), can.sw) < 0)
		return false;

	for (size_t i = 0; i < e->map.n; i++) {
		const struct evdev_code *code = &e->map.v[i];
		const unsigned long *v =
			code->type == EV_SW ? can.sw : can.key;

		if ((v[code->code / EVDEV_LONG_BITS] >>
		     code->code % EVDEV_LONG_BITS) &
		    1)
			return filter_fits(&e->filter, fd);
	}

	return false;
}


static bool device_open(int fd, const char *file, void *arg)
{
	struct evdev *e = arg;
	struct epoll_event ev = {.events = EPOLLIN};
	int clock = CLOCK_MONOTONIC;
	struct device *d = NULL;

	for (size_t i = 0; i < EVDEV_DEVICE_MAX; i++) {
		if (e->device[i].fd >= 0 && !strcmp(e->device[i].file, file))
			return true;
		if (e->device[i].fd < 0 && !d) {
			d = &e->device[i];
			ev.data.u32 = (uint32_t)i;
		}
	}

	/* A wall clock's stamps would jump when it is set */
	if (!d || strlen(file) >= sizeof(d->file) || !device_fits(e, fd) ||
	    ioctl(fd, EVIOCSCLOCKID, &clock))
		return d != NULL;

	d->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (d->fd < 0)
		return true;
	if (epoll_ctl(e->epoll_fd, EPOLL_CTL_ADD, d->fd, &ev)) {
		(void)close(d->fd);
		d->fd = -1;
		return true;
	}

	/* Grabbed by somebody else: its keys come here all the same, or not
	   at all, which nobody can tell */
	if (e->filter.grab)
		(void)ioctl(d->fd, EVIOCGRAB, 1);

	(void)strcpy(d->file, file);
	memset(&d->stream, 0, sizeof(d->stream));
	d->fresh = true;
	return true;
}


static void device_close(struct evdev *e, struct device *d, uint64_t now_ms,
			 button_edge_h *edgeh, void *arg)
{
	evdev_sync(&d->stream, &e->map, NULL, now_ms, edgeh, arg);
	(void)epoll_ctl(e->epoll_fd, EPOLL_CTL_DEL, d->fd, NULL);
	(void)close(d->fd);
	d->fd = -1;
}


/* The folder if it is there, else its parent until it is */
static int watch(struct evdev *e)
{
	char parent[DIR_MAX];
	char *slash;

	e->dir_wd = inotify_add_watch(e->inotify_fd, e->dir,
				      IN_CREATE | IN_ATTRIB | IN_ONLYDIR);
	if (e->dir_wd < 0 && e->parent_wd < 0) {
		(void)strcpy(parent, e->dir);
		slash = strrchr(parent, '/');
		if (!slash || slash == parent)
			return ENOENT;
		*slash = '\0';
		e->parent_wd = inotify_add_watch(e->inotify_fd, parent,
						 IN_CREATE | IN_ONLYDIR);
		if (e->parent_wd < 0)
			return errno;

		/* It may have come in between */
		e->dir_wd =
			inotify_add_watch(e->inotify_fd, e->dir,
					  IN_CREATE | IN_ATTRIB | IN_ONLYDIR);
	}

	if (e->dir_wd >= 0 && e->parent_wd >= 0) {
		(void)inotify_rm_watch(e->inotify_fd, e->parent_wd);
		e->parent_wd = -1;
	}

	return 0;
}


static void watch_read(struct evdev *e)
{
	_Alignas(struct inotify_event) char buf[4096];
	struct inotify_event ev;
	ssize_t n;

	while ((n = read(e->inotify_fd, buf, sizeof(buf))) > 0) {
		for (char *p = buf; p < buf + n; p += sizeof(ev) + ev.len) {
			memcpy(&ev, p, sizeof(ev));
			if (ev.mask & IN_IGNORED && ev.wd == e->dir_wd)
				e->dir_wd = -1;
		}
	}
}


/* Whatever happened there, a look at the folder tells what is there now */
static int folder_changed(struct evdev *e)
{
	bool tried = false;
	int err;

	for (;;) {
		watch_read(e);
		if (e->dir_wd >= 0 || (tried && e->parent_wd >= 0))
			break;
		err = watch(e);
		if (err)
			return err;
		tried = true;
	}

	devices_each(e->dir, device_open, e);
	return 0;
}


static int levels_read(int fd, struct evdev_levels *levels)
{
	memset(levels, 0, sizeof(*levels));
	if (ioctl(fd, EVIOCGKEY(sizeof(levels->key)), levels->key) < 0 ||
	    ioctl(fd, EVIOCGSW(sizeof(levels->sw)), levels->sw) < 0)
		return errno;

	return 0;
}


static void device_read(struct evdev *e, struct device *d, uint64_t now_ms,
			button_edge_h *edgeh, void *arg)
{
	struct input_event ev[READ_MAX];
	struct evdev_levels levels;
	ssize_t n;

	while ((n = read(d->fd, ev, sizeof(ev))) > 0) {
		const int err = evdev_decode(&d->stream, &e->map, ev,
					     (size_t)n, edgeh, arg);

		if (err == EAGAIN && !levels_read(d->fd, &levels))
			evdev_sync(&d->stream, &e->map, &levels, now_ms, edgeh,
				   arg);
	}

	/* ENODEV: it was pulled out */
	if (!n || (errno != EAGAIN && errno != EINTR))
		device_close(e, d, now_ms, edgeh, arg);
}


/* Asking for the levels takes the presses before it out of the queue */
static void fresh_start(struct evdev *e, uint64_t now_ms, button_edge_h *edgeh,
			void *arg)
{
	struct evdev_levels levels;

	for (size_t i = 0; i < EVDEV_DEVICE_MAX; i++) {
		struct device *d = &e->device[i];

		if (d->fd < 0 || !d->fresh)
			continue;
		d->fresh = false;
		if (!levels_read(d->fd, &levels))
			evdev_start(&d->stream, &e->map, &levels, now_ms,
				    edgeh, arg);
	}
}


int evdev_open(struct evdev **ep, const char *dir, const struct evdev_map *map,
	       const struct evdev_filter *filter)
{
	struct epoll_event ev = {.events = EPOLLIN, .data.u32 = WATCH};
	struct evdev *e;
	int err = 0;

	if (!ep || !dir || !map || !filter || strlen(dir) >= DIR_MAX)
		return EINVAL;

	e = calloc(1, sizeof(*e));
	if (!e)
		return ENOMEM;

	e->map = *map;
	e->filter = *filter;
	(void)strcpy(e->dir, dir);
	e->dir_wd = e->parent_wd = -1;
	for (size_t i = 0; i < EVDEV_DEVICE_MAX; i++)
		e->device[i].fd = -1;

	e->inotify_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	e->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (e->epoll_fd < 0 || e->inotify_fd < 0 ||
	    epoll_ctl(e->epoll_fd, EPOLL_CTL_ADD, e->inotify_fd, &ev))
		err = errno;
	if (!err && !filter->none)
		err = folder_changed(e);

	if (err)
		evdev_close(e);
	else
		*ep = e;

	return err;
}


void evdev_close(struct evdev *e)
{
	if (!e)
		return;

	for (size_t i = 0; i < EVDEV_DEVICE_MAX; i++) {
		if (e->device[i].fd >= 0)
			(void)close(e->device[i].fd);
	}
	if (e->inotify_fd >= 0)
		(void)close(e->inotify_fd);
	if (e->epoll_fd >= 0)
		(void)close(e->epoll_fd);
	free(e);
}


int evdev_fd(const struct evdev *e)
{
	return e->epoll_fd;
}


int evdev_poll(struct evdev *e, uint64_t now_ms, button_edge_h *edgeh,
	       void *arg)
{
	struct epoll_event ready[EVDEV_DEVICE_MAX + 1];
	const int n = epoll_wait(e->epoll_fd, ready, EVDEV_DEVICE_MAX + 1, 0);
	int err = 0;

	fresh_start(e, now_ms, edgeh, arg);

	/* Those that are gone first: they free their places */
	for (int i = 0; i < n; i++) {
		if (ready[i].data.u32 != WATCH)
			device_read(e, &e->device[ready[i].data.u32], now_ms,
				    edgeh, arg);
	}
	for (int i = 0; i < n; i++) {
		if (ready[i].data.u32 == WATCH)
			err = folder_changed(e);
	}

	fresh_start(e, now_ms, edgeh, arg);
	return err;
}


size_t evdev_count(const struct evdev *e)
{
	size_t n = 0;

	for (size_t i = 0; i < EVDEV_DEVICE_MAX; i++)
		n += e->device[i].fd >= 0;

	return n;
}


static bool list_add(int fd, const char *file, void *arg)
{
	char name[EVDEV_NAME_MAX];

	device_name(fd, name);
	names_add(arg, name[0] ? name : file);
	return true;
}


void evdev_list(const char *dir, char *buf, size_t size)
{
	struct names names = names_in(buf, size);

	devices_each(dir, list_add, &names);
}


bool evdev_denied(const char *dir)
{
	DIR *folder = opendir(dir);
	const struct dirent *entry;
	bool denied = false;

	while (folder && !denied && (entry = readdir(folder)))
		denied = entry_is_device(entry->d_name) &&
			 faccessat(dirfd(folder), entry->d_name, R_OK,
				   AT_EACCESS) &&
			 errno == EACCES;

	if (folder)
		(void)closedir(folder);
	return denied;
}
