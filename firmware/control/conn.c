/**
 * @file firmware/control/conn.c  One client: its lines in, its answers out
 */
#define _GNU_SOURCE 1
#include "firmware/control/conn.h"

#include "firmware/control/answer.h"
#include "firmware/journal.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>


static void descriptor_close(struct control_client *cl)
{
	if (cl->fd < 0)
		return;

	if (cl->flags)
		fd_close(cl->fd);
	(void)close(cl->fd);
	cl->fd = -1;
}


static void conn_destructor(void *arg)
{
	struct control_client *cl = arg;

	list_unlink(&cl->le);
	descriptor_close(cl);
	mem_deref(cl->out);
}


void conn_kill(struct control_client *cl)
{
	if (cl->dead)
		return;

	cl->dead = true;
	descriptor_close(cl);
	cl->deadh(cl->arg);
}


static bool out_pending(const struct control_client *cl)
{
	return cl->out->pos < cl->out->end;
}


/* Its next line waits while it does not take the answer to the last */
static bool blocked(const struct control_client *cl)
{
	return cl->dead || cl->waiting || out_pending(cl);
}


static void handler(int flags, void *arg);


/** Tell the loop what to look for */
static void listen_update(struct control_client *cl)
{
	int flags = FD_EXCEPT;

	if (cl->dead)
		return;

	if (!cl->eof && !blocked(cl))
		flags |= FD_READ;
	if (out_pending(cl))
		flags |= FD_WRITE;

	if (flags == cl->flags)
		return;

	cl->flags = flags;
	if (fd_listen(cl->fd, flags, handler, cl))
		conn_kill(cl);
}


static void out_flush(struct control_client *cl)
{
	struct mbuf *mb = cl->out;
	ssize_t n;

	if (cl->dead || !out_pending(cl))
		return;

	n = send(cl->fd, mbuf_buf(mb), mbuf_get_left(mb),
		 MSG_DONTWAIT | MSG_NOSIGNAL);
	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			conn_kill(cl);
		return;
	}

	mb->pos += (size_t)n;
	if (!out_pending(cl))
		mbuf_rewind(mb);
}


void conn_send(struct control_client *cl, const struct answer_line *line)
{
	struct mbuf *mb = cl->out;
	const size_t left = mbuf_get_left(mb);
	int err;

	if (cl->dead)
		return;

	if (left + line->len > CONTROL_OUT_MAX) {
		journal_say(JOURNAL_WARNING,
			    "control: a client that does not read is closed");
		conn_kill(cl);
		return;
	}

	/* What was sent makes room */
	if (mb->pos)
		memmove(mb->buf, mbuf_buf(mb), left);

	mb->pos = mb->end = left;
	err = mbuf_write_mem(mb, (const uint8_t *)line->text, line->len);
	mb->pos = 0;
	if (err)
		conn_kill(cl);

	out_flush(cl);
	listen_update(cl);
}


void conn_answer(struct control_client *cl, const struct odict *o)
{
	struct answer_line line;

	/* Without memory: better no answer than half a one */
	if (answer_print(&line, o)) {
		conn_kill(cl);
		return;
	}

	conn_send(cl, &line);
	answer_line_free(&line);
}


void conn_refuse(struct control_client *cl, const char *what)
{
	struct odict *o;

	if (answer_error(&o, what)) {
		conn_kill(cl);
		return;
	}

	conn_answer(cl, o);
	answer_free(o);
}


/* Run the whole lines that have come, as far as it takes the answers */
static void lines_run(struct control_client *cl)
{
	while (!blocked(cl)) {
		char line[CONTROL_LINE_MAX + 1];
		const char *end = memchr(cl->in, '\n', cl->inlen);
		size_t len;

		if (!end)
			break;

		len = (size_t)(end - cl->in);
		memcpy(line, cl->in, len);
		line[len] = '\0';

		cl->inlen -= len + 1;
		memmove(cl->in, end + 1, cl->inlen);

		if (cl->skipping)
			cl->skipping = false;
		else if (memchr(line, '\0', len))
			conn_refuse(cl, "a line with a zero byte");
		else
			cl->lineh(cl, line, cl->arg);
	}
}


static void line_check(struct control_client *cl)
{
	if (memchr(cl->in, '\n', cl->inlen))
		return;

	if (cl->skipping) {
		cl->inlen = 0;
	}
	else if (cl->inlen == sizeof(cl->in)) {
		cl->skipping = true;
		cl->inlen = 0;
		conn_refuse(cl, "a line over 1024 bytes");
	}
}


static void in_read(struct control_client *cl)
{
	ssize_t n;

	if (blocked(cl))
		return;

	n = recv(cl->fd, cl->in + cl->inlen, sizeof(cl->in) - cl->inlen,
		 MSG_DONTWAIT);
	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			conn_kill(cl);
		return;
	}

	/* A last line without its end may be half a command: it is not run */
	if (n == 0) {
		cl->eof = true;
		return;
	}

	cl->inlen += (size_t)n;
	line_check(cl);
}


static void handler(int flags, void *arg)
{
	struct control_client *cl = arg;

	if (flags & FD_READ)
		in_read(cl);
	else if (flags & FD_EXCEPT)
		conn_kill(cl);

	if (flags & FD_WRITE)
		out_flush(cl);

	conn_resume(cl);
}


void conn_resume(struct control_client *cl)
{
	lines_run(cl);

	if (cl->eof && !blocked(cl) && !cl->watching)
		conn_kill(cl);

	listen_update(cl);
}


int conn_alloc(struct control_client **clp, int fd, conn_line_h *lineh,
	       conn_dead_h *deadh, void *arg)
{
	struct control_client *cl;

	cl = mem_zalloc(sizeof(*cl), conn_destructor);
	if (!cl) {
		(void)close(fd);
		return ENOMEM;
	}

	cl->fd = fd;
	cl->lineh = lineh;
	cl->deadh = deadh;
	cl->arg = arg;

	cl->out = mbuf_alloc(CONTROL_LINE_MAX);
	if (!cl->out) {
		mem_deref(cl);
		return ENOMEM;
	}

	*clp = cl;

	return 0;
}
