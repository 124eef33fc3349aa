/**
 * @file firmware/control/listen.h  A Unix socket that outlives no phone
 *
 * Takes over the socket file that a dead phone left, never one that somebody
 * answers on, also when two phones are started in the same instant.
 */
#ifndef RINGFENCE_CONTROL_LISTEN_H
#define RINGFENCE_CONTROL_LISTEN_H

#include "firmware/config/config.h"

#include <sys/types.h>

struct listen_socket {
	int fd; /**< -1: not open */
	char path[CONFIG_PATH_MAX];
	dev_t dev; /**< which file is ours */
	ino_t ino;
};

/**
 * Listen, with a file of mode 0600
 *
 * @return 0 or errno; EADDRINUSE: somebody answers there, EEXIST: the file is
 *         no socket
 */
int listen_open(struct listen_socket *ls, const char *path);

/** Close it, and remove the file unless it is another's by now */
void listen_close(struct listen_socket *ls);

#endif
