/**
 * @file firmware/notify.h  Tell the service manager how we are (sd_notify(3))
 *
 * The protocol is one datagram to a Unix socket that the environment names:
 * no library is needed for it. Without such a manager all of this does
 * nothing.
 */
#ifndef RINGFENCE_NOTIFY_H
#define RINGFENCE_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#define NOTIFY_NEVER_MS UINT64_MAX

struct notify {
	struct sockaddr_un to; /**< the manager                           */
	socklen_t tolen;       /**< 0 if there is none                    */
	uint64_t period_ms;    /**< how often it wants a sign of life, or 0 */
	uint64_t next_ms;      /**< when the next one is due              */
};

/**
 * Look for a manager: NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID
 *
 * @return 0, also if there is none; EINVAL if the environment is unusable
 */
int notify_open(struct notify *n);

/** The service is up; @return 0 or errno */
int notify_ready(const struct notify *n);

/** It is on its way down; @return 0 or errno */
int notify_stopping(const struct notify *n);

/**
 * Give a sign of life if one is due; to be called from the event loop, so
 * that a loop that hangs gives none
 *
 * @return When to call again, NOTIFY_NEVER_MS if nobody watches
 */
uint64_t notify_alive(struct notify *n, uint64_t now_ms);

#endif
