/**
 * @file firmware/control/conn.h  One client: its lines in, its answers out
 *
 * Cuts what comes in into lines and runs them one after the other, the next
 * when the answer to the last is on its way. Nothing blocks; what waits to be
 * sent is bounded. It knows no command.
 */
#ifndef RINGFENCE_CONTROL_CONN_H
#define RINGFENCE_CONTROL_CONN_H

#include "firmware/control/server.h"

#include <stdbool.h>
#include <stddef.h>

#include <re.h>

struct answer_line;

/** A line, terminated and without its newline */
typedef void(conn_line_h)(struct control_client *cl, char *line, void *arg);

/** The client is dead: it is to be freed, but not from within this call */
typedef void(conn_dead_h)(void *arg);

struct control_client {
	struct le le;  /**< the owner's */
	bool waiting;  /**< the owner's: for an answer that comes later */
	bool watching; /**< the owner's: stays when it says no more */
	bool dead;

	int fd;
	int flags; /**< what the loop looks for */
	char in[CONTROL_LINE_MAX + 1];
	size_t inlen;
	bool skipping;    /**< until the end of a line that is too long */
	bool eof;         /**< it says no more, and may still listen    */
	struct mbuf *out; /**< from pos on it waits to be sent          */
	conn_line_h *lineh;
	conn_dead_h *deadh;
	void *arg;
};

/**
 * Begin to serve a client
 *
 * @param clp   Set to the client, freed by mem_deref
 * @param fd    Connected, non-blocking; closed with the client, and on failure
 * @param lineh Called for each line
 * @param deadh Called once, when it is dead
 * @param arg   Handler argument
 *
 * @return 0 or errno
 */
int conn_alloc(struct control_client **clp, int fd, conn_line_h *lineh,
	       conn_dead_h *deadh, void *arg);

/** Nothing more comes from it or goes to it; it stays in memory */
void conn_kill(struct control_client *cl);

/** Send a line, now or when it takes it; kills it if too much waits */
void conn_send(struct control_client *cl, const struct answer_line *line);

/** Send an answer */
void conn_answer(struct control_client *cl, const struct odict *o);

/** Send an answer that says what is wrong */
void conn_refuse(struct control_client *cl, const char *what);

/** Go on with its lines: at first, and after `waiting` has ended */
void conn_resume(struct control_client *cl);

#endif
