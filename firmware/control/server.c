/**
 * @file firmware/control/server.c  The control socket: lines in, JSON out
 */
#define _GNU_SOURCE 1
#include "firmware/control/server.h"

#include "firmware/control/answer.h"
#include "firmware/control/commands.h"
#include "firmware/control/conn.h"
#include "firmware/control/listen.h"
#include "firmware/control/tap.h"
#include "firmware/shell.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <re.h>

enum {
	ACCEPT_RETRY_MS = 1000, /**< after "too many open files" */
};

struct control {
	struct shell *sh;
	struct taps *taps;
	struct listen_socket socket;
	struct list clients;
	struct tmr reap;   /**< frees who is dead, out of its own calls */
	struct tmr accept; /**< listens again                           */
	struct answer_line shown; /**< what who watches was told last    */
};


static void client_free(struct control *ctl, struct control_client *cl)
{
	taps_forget(ctl->taps, cl);
	mem_deref(cl);
}


static void reap_handler(void *arg)
{
	struct control *ctl = arg;
	struct le *le = list_head(&ctl->clients);

	while (le) {
		struct control_client *cl = le->data;

		le = le->next;
		if (cl->dead)
			client_free(ctl, cl);
	}
}


/* Whoever finds a client dead may be in the midst of its lines: it is freed
   when the loop comes round */
static void dead_handler(void *arg)
{
	struct control *ctl = arg;

	tmr_start(&ctl->reap, 0, reap_handler, ctl);
}


static bool watched(const struct control *ctl)
{
	const struct le *le;

	for (le = list_head(&ctl->clients); le; le = le->next) {
		const struct control_client *cl = le->data;

		if (cl->watching && !cl->dead)
			return true;
	}

	return false;
}


static void tell_watchers(struct control *ctl)
{
	struct le *le;

	for (le = list_head(&ctl->clients); le; le = le->next) {
		struct control_client *cl = le->data;

		if (cl->watching)
			conn_send(cl, &ctl->shown);
	}
}


/* What who watches is told: each change once */
static void show_update(struct control *ctl)
{
	struct answer_line line;
	struct odict *o;

	if (answer_alloc(&o, true))
		return;

	if (answer_show(o, ctl->sh) || answer_print(&line, o))
		goto out;

	if (ctl->shown.text && !strcmp(ctl->shown.text, line.text)) {
		answer_line_free(&line);
		goto out;
	}

	answer_line_free(&ctl->shown);
	ctl->shown = line;
	tell_watchers(ctl);

out:
	answer_free(o);
}


void control_changed(struct control *ctl)
{
	if (ctl && watched(ctl))
		show_update(ctl);
}


static void watch_begin(struct control *ctl, struct control_client *cl)
{
	show_update(ctl);
	if (ctl->shown.text)
		conn_send(cl, &ctl->shown);
	else
		conn_kill(cl); /* no memory */

	cl->watching = true;
}


static void line_handler(struct control_client *cl, char *line, void *arg)
{
	struct control *ctl = arg;
	struct request rq = {
		.sh = ctl->sh,
		.taps = ctl->taps,
		.client = cl,
	};
	int err;

	if (answer_alloc(&rq.answer, true)) {
		conn_kill(cl);
		return;
	}

	/* It meets the newest state, and who asks next meets what it did */
	shell_sync(ctl->sh);
	err = command_run(&rq, line);
	shell_sync(ctl->sh);

	if (err)
		conn_refuse(cl, rq.what[0] ? rq.what : strerror(err));
	else if (rq.later)
		cl->waiting = true;
	else if (rq.watch)
		watch_begin(ctl, cl);
	else
		conn_answer(cl, rq.answer);

	answer_free(rq.answer);

	if (rq.quit)
		shell_stop(ctl->sh);
}


void control_answer(struct control_client *cl, const struct odict *answer)
{
	cl->waiting = false;
	conn_answer(cl, answer);
	conn_resume(cl);
}


static void client_add(struct control *ctl, int fd)
{
	struct control_client *cl;

	if (conn_alloc(&cl, fd, line_handler, dead_handler, ctl))
		return;

	list_append(&ctl->clients, &cl->le, cl);

	if (list_count(&ctl->clients) > CONTROL_CLIENT_MAX) {
		conn_refuse(cl, "too many clients: close one");
		conn_kill(cl);
	}
	else {
		conn_resume(cl);
	}
}


static void accept_handler(int flags, void *arg);


static void accept_again(void *arg)
{
	struct control *ctl = arg;

	(void)fd_listen(ctl->socket.fd, FD_READ, accept_handler, ctl);
}


static void accept_handler(int flags, void *arg)
{
	struct control *ctl = arg;
	int fd;
	(void)flags;

	fd = accept4(ctl->socket.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd >= 0) {
		client_add(ctl, fd);
		return;
	}

	/* Who waits stays readable: without a pause the loop would spin */
	if (errno == EMFILE || errno == ENFILE || errno == ENOMEM ||
	    errno == ENOBUFS) {
		fd_close(ctl->socket.fd);
		tmr_start(&ctl->accept, ACCEPT_RETRY_MS, accept_again, ctl);
	}
}


static void control_destructor(void *arg)
{
	struct control *ctl = arg;
	struct le *le;

	while ((le = list_head(&ctl->clients)))
		client_free(ctl, le->data);

	tmr_cancel(&ctl->reap);
	tmr_cancel(&ctl->accept);
	mem_deref(ctl->taps);
	answer_line_free(&ctl->shown);
	if (ctl->socket.fd >= 0)
		fd_close(ctl->socket.fd);
	listen_close(&ctl->socket);
}


int control_open(struct control **ctlp, const char *path, struct shell *sh)
{
	struct control *ctl;
	int err;

	ctl = mem_zalloc(sizeof(*ctl), control_destructor);
	if (!ctl)
		return ENOMEM;

	ctl->sh = sh;
	ctl->socket.fd = -1;

	err = taps_alloc(&ctl->taps, sh);
	if (!err)
		err = listen_open(&ctl->socket, path);
	if (!err)
		err = fd_listen(ctl->socket.fd, FD_READ, accept_handler, ctl);

	if (err)
		mem_deref(ctl);
	else
		*ctlp = ctl;

	return err;
}


void control_close(struct control *ctl)
{
	mem_deref(ctl);
}
