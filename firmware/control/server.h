/**
 * @file firmware/control/server.h  The control socket: lines in, JSON out
 *
 * A Unix stream socket of mode 0600 with many clients. A client that is slow
 * or dead never holds up the phone: nothing blocks, and what waits for it is
 * bounded.
 */
#ifndef RINGFENCE_CONTROL_SERVER_H
#define RINGFENCE_CONTROL_SERVER_H

enum {
	CONTROL_LINE_MAX = 1024, /**< bytes of a command, without newline */
	CONTROL_CLIENT_MAX = 32,
	CONTROL_OUT_MAX = 640 * 1024, /**< bytes that wait for a client;
					   a full block list is less   */
};

struct control;
struct control_client;
struct odict;
struct shell;

/**
 * Listen
 *
 * The socket's file of a phone that has ended is replaced, never one that
 * somebody answers on.
 *
 * @param ctlp Set to the server, ended by control_close
 * @param path Of the socket
 * @param sh   The phone; outlives the server
 *
 * @return 0 or errno; EADDRINUSE: another phone answers there
 */
int control_open(struct control **ctlp, const char *path, struct shell *sh);

/** Close all, remove the socket's file if it is still ours; NULL ignored */
void control_close(struct control *ctl);

/** The phone may look different now: tell who watches; NULL is ignored */
void control_changed(struct control *ctl);

/** Send a client the answer that it waits for, and go on with its lines */
void control_answer(struct control_client *cl, const struct odict *answer);

#endif
