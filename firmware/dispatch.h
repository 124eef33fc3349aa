/**
 * @file firmware/dispatch.h  Events run to completion, one after the other
 *
 * The SIP stack calls back into us from inside our own calls to it. So what
 * comes while an event is worked on waits in a small ring until its commands
 * are done. What says how a call, an account or the settings stand is never
 * dropped: a newer one takes the place of what waits of the same kind, so that
 * the reserved places always do. Keys, ticks and new calls give way first; a
 * call that finds no place is refused with 503.
 */
#ifndef RINGFENCE_DISPATCH_H
#define RINGFENCE_DISPATCH_H

#include "app/call/phone.h"
#include "firmware/sip/sip.h"

enum {
	/* RINGING, PROGRESS, ESTABLISHED, CLOSED, REMOTE_HOLD, HOLD_STATE and
	   MUTE_STATE of each call, a registration of each account, settings,
	   NOT_SAVED */
	DISPATCH_RESERVED = 7 * PHONE_CALL_MAX + PHONE_ACCOUNT_MAX + 2,

	/** The others keys, ticks, addresses and new calls take as well */
	DISPATCH_RING = DISPATCH_RESERVED + 19,
};

struct dispatch;

/**
 * Where what the person changes at the phone is kept
 *
 * Each operation returns 0 or errno, and on failure nothing has changed.
 * ENOENT: there is nowhere to keep it.
 */
struct store_port {
	/** Block a number in the dial plan's form; EV_SETTINGS follows */
	int (*block)(void *ctx, const char *number);
	int (*unblock)(void *ctx, const char *number);

	int (*save_dnd)(void *ctx, const struct dnd_state *dnd);
};

/** @return the time; called once for each event */
typedef void(dispatch_now_h)(struct now *now, void *arg);

/** An event and its commands are done: the view may have changed */
typedef void(dispatch_done_h)(void *arg);

struct dispatch {
	struct phone phone;
	const struct sip_port *port;
	void *port_ctx;
	const struct store_port *store; /**< NULL: nothing is kept */
	void *store_ctx;
	dispatch_now_h *nowh;
	dispatch_done_h *doneh; /**< may be NULL */
	void *arg;

	struct phone_event ring[DISPATCH_RING];
	size_t head, n;
	bool running;
	unsigned dropped; /**< what found no place in the ring */
};

void dispatch_init(struct dispatch *d, const struct phone_settings *settings,
		   const struct sip_port *port, void *port_ctx,
		   dispatch_now_h *nowh, dispatch_done_h *doneh, void *arg);

/** Keep what the person changes, from now on; without it do not disturb lasts
    till the end, and blocking fails */
void dispatch_keep(struct dispatch *d, const struct store_port *store,
		   void *store_ctx);

/**
 * Take an event: at once, or after the one that is being worked on
 *
 * The phone's own failures come back the same way: a call that could not be
 * dialled or answered is closed, a hold or mute that failed is undone, what
 * could not be kept is told.
 *
 * @return 0, or ENOSPC if it was dropped: a key, a tick, an address to dial,
 *         or a new call, which then was refused
 */
int dispatch_post(struct dispatch *d, const struct phone_event *ev);

#endif
