/**
 * @file firmware/dispatch.c  Events run to completion, one after the other
 */
#include "firmware/dispatch.h"

#include <errno.h>
#include <string.h>

enum {
	SCODE_UNAVAILABLE = 480, /**< answered, but there is no audio */
	SCODE_OVERLOAD = 503,
};


void dispatch_init(struct dispatch *d, const struct phone_settings *settings,
		   const struct sip_port *port, void *port_ctx,
		   dispatch_now_h *nowh, dispatch_done_h *doneh, void *arg)
{
	memset(d, 0, sizeof(*d));
	phone_init(&d->phone, settings);
	d->port = port;
	d->port_ctx = port_ctx;
	d->nowh = nowh;
	d->doneh = doneh;
	d->arg = arg;
}


void dispatch_keep(struct dispatch *d, const struct store_port *store,
		   void *store_ctx)
{
	d->store = store;
	d->store_ctx = store_ctx;
}


/** Whether it says how something stands, and must not be lost */
static bool is_state(const struct phone_event *ev)
{
	switch (ev->type) {

	case EV_RINGING:
	case EV_PROGRESS:
	case EV_ESTABLISHED:
	case EV_CLOSED:
	case EV_REMOTE_HOLD:
	case EV_HOLD_STATE:
	case EV_MUTE_STATE:
	case EV_REGISTRATION:
	case EV_SETTINGS:
	case EV_NOT_SAVED:
		return true;

	case EV_TICK:
	case EV_BUTTON:
	case EV_DIAL:
	case EV_INVITE:
	case EV_DND:
	case EV_DND_KEPT:
		break;
	}

	return false;
}


/** Whether a newer event makes an older one, that still waits, needless */
static bool supersedes(const struct phone_event *ev,
		       const struct phone_event *old)
{
	if (ev->type != old->type)
		return false;

	if (ev->type == EV_REGISTRATION)
		return ev->registration.account == old->registration.account;

	if (ev->type == EV_NOT_SAVED)
		return ev->not_saved.what == old->not_saved.what;

	if (ev->type == EV_TICK || ev->type == EV_SETTINGS)
		return true;

	return is_state(ev) && ev->id == old->id;
}


static bool replace(struct dispatch *d, const struct phone_event *ev)
{
	for (size_t i = 0; i < d->n; i++) {
		struct phone_event *old =
			&d->ring[(d->head + i) % DISPATCH_RING];

		if (!supersedes(ev, old))
			continue;

		/* A call ends once, and by what came first */
		if (ev->type != EV_CLOSED)
			*old = *ev;

		return true;
	}

	return false;
}


static int enqueue(struct dispatch *d, const struct phone_event *ev)
{
	const size_t max = is_state(ev) ? DISPATCH_RING
					: DISPATCH_RING - DISPATCH_RESERVED;

	if (replace(d, ev))
		return 0;

	if (d->n >= max) {
		++d->dropped;
		return ENOSPC;
	}

	d->ring[(d->head + d->n) % DISPATCH_RING] = *ev;
	++d->n;

	return 0;
}


static void post_state(struct dispatch *d, uint32_t id,
		       enum phone_event_type type, bool on)
{
	struct phone_event ev;

	memset(&ev, 0, sizeof(ev));
	ev.type = type;
	ev.id = id;
	ev.on = on;
	(void)enqueue(d, &ev);
}


static void post_closed(struct dispatch *d, uint32_t id, enum call_cause cause,
			uint16_t scode)
{
	struct phone_event ev;

	memset(&ev, 0, sizeof(ev));
	ev.type = EV_CLOSED;
	ev.id = id;
	ev.end.cause = cause;
	ev.end.scode = scode;
	(void)enqueue(d, &ev);
}


static void dial(struct dispatch *d, const struct command *cmd)
{
	enum call_cause cause = CALL_CAUSE_CONNECTION;
	const int err = d->port->dial(d->port_ctx, cmd->id, cmd->dial.account,
				      cmd->dial.uri);

	if (!err)
		return;

	if (err == EINVAL)
		cause = CALL_CAUSE_ADDRESS;
	else if (err == ENOENT || err == EADDRNOTAVAIL)
		cause = CALL_CAUSE_DNS;

	post_closed(d, cmd->id, cause, 0);
}


static void answer(struct dispatch *d, const struct command *cmd)
{
	const int err = d->port->answer(d->port_ctx, cmd->id, cmd->path);
	struct refusal r;

	/* ENOENT: the caller was faster, and its EV_CLOSED says so */
	if (!err || err == ENOENT)
		return;

	/* First the reason: the port closes the call from inside reject, and
	   of two ends the first counts */
	post_closed(d, cmd->id, CALL_CAUSE_MEDIA, SCODE_UNAVAILABLE);
	refusal_init(&r, SCODE_UNAVAILABLE);
	(void)d->port->reject(d->port_ctx, cmd->id, &r);
}


static enum phone_save_why save_why(int err)
{
	switch (err) {

	case ENOENT:
		return PHONE_SAVE_NOWHERE;

	case ENOSPC:
	case EDQUOT:
	case E2BIG:
		return PHONE_SAVE_FULL;

	case EROFS:
	case EACCES:
	case EPERM:
		return PHONE_SAVE_READ_ONLY;

	default:
		return PHONE_SAVE_OTHER;
	}
}


static void post_not_saved(struct dispatch *d, enum phone_save what, int err)
{
	struct phone_event ev;

	memset(&ev, 0, sizeof(ev));
	ev.type = EV_NOT_SAVED;
	ev.not_saved.what = what;
	ev.not_saved.why = save_why(err);
	(void)enqueue(d, &ev);
}


static void keep(struct dispatch *d, const struct command *cmd)
{
	const struct store_port *store = d->store;
	void *ctx = d->store_ctx;
	enum phone_save what = PHONE_SAVE_DND;
	int err;

	if (cmd->type == CMD_BLOCK) {
		what = PHONE_SAVE_BLOCK;
		err = store ? store->block(ctx, cmd->number) : ENOENT;
	}
	else if (cmd->type == CMD_UNBLOCK) {
		what = PHONE_SAVE_UNBLOCK;
		err = store ? store->unblock(ctx, cmd->number) : ENOENT;
	}
	else {
		err = store ? store->save_dnd(ctx, &cmd->dnd) : 0;
	}

	if (err)
		post_not_saved(d, what, err);
}


/*
 * An error that is not looked at is that of a call that is gone, or about to
 * be: its EV_CLOSED comes all the same.
 */
static void execute(struct dispatch *d, const struct command *cmd)
{
	const struct sip_port *port = d->port;
	void *ctx = d->port_ctx;

	switch (cmd->type) {

	case CMD_ACCEPT:
		(void)port->accept(ctx, cmd->id);
		break;

	case CMD_REFUSE:
		(void)port->refuse(ctx, cmd->id, &cmd->refusal);
		break;

	case CMD_ANSWER:
		answer(d, cmd);
		break;

	case CMD_REJECT:
		(void)port->reject(ctx, cmd->id, &cmd->refusal);
		break;

	case CMD_HANGUP:
		(void)port->hangup(ctx, cmd->id);
		break;

	case CMD_DIAL:
		dial(d, cmd);
		break;

	case CMD_HOLD:
		if (port->hold(ctx, cmd->id, cmd->on))
			post_state(d, cmd->id, EV_HOLD_STATE, !cmd->on);
		break;

	case CMD_MUTE:
		if (port->mute(ctx, cmd->id, cmd->on))
			post_state(d, cmd->id, EV_MUTE_STATE, !cmd->on);
		break;

	case CMD_DTMF:
		(void)port->dtmf(ctx, cmd->id, cmd->digit);
		break;

	case CMD_MESSAGE:
		(void)port->message(ctx, cmd->message.account,
				    cmd->message.uri, cmd->message.text);
		break;

	case CMD_BLOCK:
	case CMD_UNBLOCK:
	case CMD_SAVE_DND:
		keep(d, cmd);
		break;
	}
}


static void run(struct dispatch *d)
{
	d->running = true;

	while (d->n) {
		const struct phone_event ev = d->ring[d->head];
		struct commands cmds;
		struct now now;

		d->head = (d->head + 1) % DISPATCH_RING;
		--d->n;

		d->nowh(&now, d->arg);
		phone_step(&d->phone, &ev, &now, &cmds);

		for (size_t i = 0; i < cmds.n; i++)
			execute(d, &cmds.v[i]);

		if (d->doneh)
			d->doneh(d->arg);
	}

	d->running = false;
}


int dispatch_post(struct dispatch *d, const struct phone_event *ev)
{
	const int err = enqueue(d, ev);

	if (err && ev->type == EV_INVITE) {
		struct refusal r;

		refusal_init(&r, SCODE_OVERLOAD);
		(void)d->port->refuse(d->port_ctx, ev->id, &r);
	}

	if (!d->running)
		run(d);

	return err;
}
