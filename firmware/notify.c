/**
 * @file firmware/notify.c  Tell the service manager how we are (sd_notify(3))
 */
#define _GNU_SOURCE 1
#include "firmware/notify.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BASE = 10,
	USEC_PER_MS = 1000,
	PERIODS = 2, /* signs of life within the manager's patience   */
	RETRY_MS =
		100, /* after one that the manager's queue had no room for */
};


/* Never waits: a manager that hangs must not take the phone with it */
static int state_send(const struct notify *n, const char *state)
{
	int fd, err = 0;

	if (!n->tolen)
		return 0;

	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return errno;

	if (sendto(fd, state, strlen(state), MSG_NOSIGNAL,
		   (const struct sockaddr *)&n->to, n->tolen) < 0)
		err = errno;
	(void)close(fd);

	return err;
}


/** A whole number above 0; @return 0 or EINVAL */
static int number_parse(unsigned long long *v, const char *text)
{
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return EINVAL;

	errno = 0;
	*v = strtoull(text, &end, BASE);

	return errno || *end || !*v ? EINVAL : 0;
}


/* "@name" is a name without a file, which the kernel wants behind a NUL */
static int address_parse(struct notify *n, const char *path)
{
	const size_t len = strlen(path);
	const size_t head = offsetof(struct sockaddr_un, sun_path);

	if ((path[0] != '/' && path[0] != '@') || len < 2 ||
	    len >= sizeof(n->to.sun_path))
		return EINVAL;

	n->to.sun_family = AF_UNIX;
	memcpy(n->to.sun_path, path, len + 1);
	if (path[0] == '@')
		n->to.sun_path[0] = '\0';
	n->tolen = (socklen_t)(head + len);

	return 0;
}


/* A watchdog that is set for another process is none for us */
static int watchdog_parse(struct notify *n)
{
	const char *usec = getenv("WATCHDOG_USEC");
	const char *pid = getenv("WATCHDOG_PID");
	unsigned long long v;

	if (!usec)
		return 0;

	if (pid) {
		if (number_parse(&v, pid))
			return EINVAL;
		if (v != (unsigned long long)getpid())
			return 0;
	}

	if (number_parse(&v, usec))
		return EINVAL;

	n->period_ms = v / USEC_PER_MS / PERIODS;
	if (!n->period_ms)
		n->period_ms = 1;

	return 0;
}


int notify_open(struct notify *n)
{
	const char *path = getenv("NOTIFY_SOCKET");
	int err;

	memset(n, 0, sizeof(*n));
	if (!path)
		return 0;

	err = address_parse(n, path);

	return err ? err : watchdog_parse(n);
}


int notify_ready(const struct notify *n)
{
	return state_send(n, "READY=1");
}


int notify_stopping(const struct notify *n)
{
	return state_send(n, "STOPPING=1");
}


uint64_t notify_alive(struct notify *n, uint64_t now_ms)
{
	uint64_t wait_ms = n->period_ms;

	if (!n->period_ms)
		return NOTIFY_NEVER_MS;

	if (now_ms < n->next_ms)
		return n->next_ms;

	if (state_send(n, "WATCHDOG=1") && wait_ms > RETRY_MS)
		wait_ms = RETRY_MS;
	n->next_ms = now_ms + wait_ms;

	return n->next_ms;
}
