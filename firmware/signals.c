/**
 * @file firmware/signals.c  Signals as events of the loop
 */
#define _GNU_SOURCE 1
#include "firmware/signals.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <re.h>


static void signal_handler(int flags, void *arg)
{
	const struct signals *s = arg;
	struct signalfd_siginfo info;
	(void)flags;

	if (read(s->fd, &info, sizeof(info)) != sizeof(info))
		return;

	if (info.ssi_signo == SIGHUP)
		s->reloadh(s->arg);
	else
		s->endh(s->arg);
}


void signals_init(struct signals *s)
{
	memset(s, 0, sizeof(*s));
	s->fd = -1;
}


int signals_open(struct signals *s)
{
	sigset_t set;

	(void)signal(SIGPIPE, SIG_IGN);

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL))
		return errno;

	s->fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (s->fd < 0)
		return errno;

	return fd_listen(s->fd, FD_READ, signal_handler, s);
}


void signals_close(struct signals *s)
{
	if (s->fd < 0)
		return;

	fd_close(s->fd);
	(void)close(s->fd);
	s->fd = -1;
}
