/**
 * @file firmware/sip/calls.c  The port's operations, and baresip's events
 *
 * A call is known by its id. What baresip reports goes out as an event at
 * once, also from inside an operation; the taker queues it.
 */
#include "firmware/sip/audio_path.h"
#include "firmware/sip/caller.h"
#include "firmware/sip/flood.h"
#include "firmware/sip/tone.h"

enum {
	DTMF_MS = 120, /**< a digit sounds so long; RFC 4733 asks for 40 */

	SCODE_NOT_FOUND   = 404,
	SCODE_BUSY        = 486,
	SCODE_UNAVAILABLE = 503,
};


static struct stack_call *call_by_id(struct sip_stack *stack, uint32_t id)
{
	size_t i;

	for (i = 0; id && i < STACK_CALL_MAX; i++) {
		if (stack->call[i].id == id)
			return &stack->call[i];
	}

	return NULL;
}


static struct stack_call *call_by_call(struct sip_stack *stack,
				       const struct call *call)
{
	size_t i;

	for (i = 0; call && i < STACK_CALL_MAX; i++) {
		if (stack->call[i].id && stack->call[i].call == call)
			return &stack->call[i];
	}

	return NULL;
}


static struct stack_call *call_new(struct sip_stack *stack, uint32_t id)
{
	size_t i;

	for (i = 0; i < STACK_CALL_MAX; i++) {
		struct stack_call *sc = &stack->call[i];

		if (sc->id)
			continue;

		memset(sc, 0, sizeof(*sc));
		sc->id = id;
		return sc;
	}

	return NULL;
}


static void call_free(struct stack_call *sc)
{
	/* libre counts references on a const message, as it does itself */
	mem_deref((void *)(uintptr_t)sc->invite);
	memset(sc, 0, sizeof(*sc));
}


static void emit(struct sip_stack *stack, enum phone_event_type type,
		 const struct stack_call *sc)
{
	struct phone_event ev = {.type = type, .id = sc->id};

	stack->eventh(&ev, stack->arg);
}


static void emit_closed(struct sip_stack *stack, struct stack_call *sc,
			const struct call_end *end)
{
	struct phone_event ev = {.type = EV_CLOSED, .id = sc->id};

	ev.end = *end;
	call_free(sc);
	stack->eventh(&ev, stack->arg);
}


static void emit_closed_cause(struct sip_stack *stack, struct stack_call *sc,
			      enum call_cause cause)
{
	struct call_end end = {.cause = cause};

	emit_closed(stack, sc, &end);
}


/* -- calls that come in ------------------------------------------------- */

void stack_invite_handler(const struct sip_msg *msg, void *arg)
{
	struct sip_stack *stack = arg;
	struct phone_event ev = {.type = EV_INVITE};
	struct stack_call *sc;
	unsigned account;

	if (!stack_account_find(&stack->cfg, &account, msg)) {
		(void)stack_refuse_code(msg, SCODE_NOT_FOUND);
		return;
	}

	/* He was let in for another account's sake */
	if (!origin_accepts(&stack->origin, account, &msg->src)) {
		stack_door_refused(stack, &msg->src);
		return;
	}

	if (stack_refused_before(stack, msg))
		return;

	stack->next_id = stack->next_id % (CALL_ID_OUTGOING - 1) + 1;
	sc = call_new(stack, stack->next_id);
	if (!sc) {
		(void)stack_refuse_code(msg, SCODE_BUSY);
		return;
	}

	sc->invite  = mem_ref((void *)(uintptr_t)msg);
	sc->account = account;
	ev.id       = sc->id;
	sip_caller_read(&ev.invite.caller, msg,
			origin_place(&stack->origin, account, &msg->src) ==
				ORIGIN_ACCOUNT);
	ev.invite.caller.account = account;
	stack->eventh(&ev, stack->arg);
}


/** Strangers who called and went have left nothing for this one to ring by */
static void refuse_overload(struct sip_stack *stack, struct stack_call *sc)
{
	struct call_end end = {
		.cause = CALL_CAUSE_CONNECTION,
		.scode = SCODE_UNAVAILABLE,
	};

	(void)stack_refuse_code(sc->invite, end.scode);
	emit_closed(stack, sc, &end);
}


static int op_accept(void *ctx, uint32_t id)
{
	struct sip_stack *stack = ctx;
	struct stack_call *sc = call_by_id(stack, id);
	const struct sip_msg *msg;
	int err;

	if (!sc || !sc->invite)
		return ENOENT;

	if (sip_strans_full(uag_sip(), sc->invite)) {
		refuse_overload(stack, sc);
		return 0;
	}

	msg        = sc->invite;
	sc->invite = NULL;

	stack->accepting = sc;
	err = ua_accept(stack->ua[sc->account], msg);
	stack->accepting = NULL;
	mem_deref((void *)(uintptr_t)msg);

	/* The INVITE was unsound, and has had its answer */
	if (err && call_by_id(stack, id))
		emit_closed_cause(stack, sc, CALL_CAUSE_MEDIA);

	return 0;
}


static int op_refuse(void *ctx, uint32_t id, const struct refusal *r)
{
	struct sip_stack *stack = ctx;
	struct stack_call *sc = call_by_id(stack, id);
	int err;

	if (!sc || !sc->invite)
		return ENOENT;

	err = stack_refuse(stack, sc->invite, r);
	call_free(sc);

	return err;
}


/* ua_hangup emits the close event itself, as if it came from the peer */
static void hangup(struct stack_call *sc, const struct refusal *r)
{
	struct ua *ua = call_get_ua(sc->call);

	if (r)
		ua_hangupf(ua, sc->call, r->scode, r->phrase, "%H",
			   value_refusal_print, r);
	else
		ua_hangup(ua, sc->call, 0, "");
}


static int op_reject(void *ctx, uint32_t id, const struct refusal *r)
{
	struct stack_call *sc = call_by_id(ctx, id);

	if (!sc || !sc->call)
		return ENOENT;

	hangup(sc, r);

	return 0;
}


static int op_answer(void *ctx, uint32_t id, enum audio_path path)
{
	struct stack_call *sc = call_by_id(ctx, id);

	if (!sc || !sc->call)
		return ENOENT;

	audio_path_set(ctx, path);

	return ua_answer(call_get_ua(sc->call), sc->call, VIDMODE_OFF);
}


/* -- any call ----------------------------------------------------------- */

static int op_hangup(void *ctx, uint32_t id)
{
	struct stack_call *sc = call_by_id(ctx, id);

	if (!sc || !sc->call)
		return ENOENT;

	hangup(sc, NULL);

	return 0;
}


static int op_dial(void *ctx, uint32_t id, unsigned account, const char *uri)
{
	struct sip_stack *stack = ctx;
	char bound[SIP_ADDRESS_MAX];
	struct stack_call *sc;
	struct sip_addr addr;
	struct pl pl;
	int err;

	if (account >= stack->cfg.accountc)
		return EINVAL;

	pl_set_str(&pl, uri);
	if (sip_addr_decode(&addr, &pl) || !pl_isset(&addr.uri.host) ||
	    (pl_strcasecmp(&addr.uri.scheme, "sip") &&
	     pl_strcasecmp(&addr.uri.scheme, "sips")))
		return EINVAL;

	/* Without an address of our own there is nothing to call from */
	if (sip_stack_bound(stack, 0, bound))
		return ENETUNREACH;

	sc = call_new(stack, id);
	if (!sc)
		return ENOSPC;

	sc->outgoing = true;
	sc->sent = stack_route_is_address(stack, account, &addr.uri.host);
	stack->accepting = sc;
	err = ua_connect(stack->ua[account], &sc->call, NULL, uri,
			 VIDMODE_OFF);
	stack->accepting = NULL;
	if (err)
		call_free(sc);

	return err;
}


static int op_hold(void *ctx, uint32_t id, bool on)
{
	struct stack_call *sc = call_by_id(ctx, id);

	return sc && sc->call ? call_hold(sc->call, on) : ENOENT;
}


static int op_mute(void *ctx, uint32_t id, bool on)
{
	struct stack_call *sc = call_by_id(ctx, id);

	if (!sc || !sc->call)
		return ENOENT;

	audio_mute(call_audio(sc->call), on);

	return 0;
}


static void dtmf_end(void *arg)
{
	struct sip_stack *stack = arg;
	struct stack_call *sc = call_by_id(stack, stack->dtmf_id);

	tmr_cancel(&stack->dtmf_tmr);
	stack->dtmf_id = 0;
	if (sc && sc->call)
		(void)call_send_digit(sc->call, KEYCODE_REL);
}


static int op_dtmf(void *ctx, uint32_t id, char digit)
{
	struct sip_stack *stack = ctx;
	struct stack_call *sc = call_by_id(stack, id);
	int err;

	if (!sc || !sc->call)
		return ENOENT;

	if (stack->dtmf_id)
		dtmf_end(stack);

	err = call_send_digit(sc->call, digit);
	if (err)
		return err;

	stack->dtmf_id = id;
	tmr_start(&stack->dtmf_tmr, DTMF_MS, dtmf_end, stack);

	return 0;
}


const struct sip_port sip_stack_port = {
	.accept = op_accept,
	.refuse = op_refuse,
	.answer = op_answer,
	.reject = op_reject,
	.hangup = op_hangup,
	.dial   = op_dial,
	.hold   = op_hold,
	.mute   = op_mute,
	.dtmf   = op_dtmf,
	.message = stack_message,
};


struct stack_call *stack_call_talking(const struct sip_stack *stack)
{
	size_t i;

	for (i = 0; i < STACK_CALL_MAX; i++) {
		const struct stack_call *sc = &stack->call[i];

		if (sc->id && sc->call && sc->established)
			return (struct stack_call *)(uintptr_t)sc;
	}

	return NULL;
}


/* -- what baresip reports ----------------------------------------------- */

static void remote_hold_check(struct sip_stack *stack, struct stack_call *sc)
{
	const struct stream *strm = audio_strm(call_audio(sc->call));
	const struct sdp_media *media = stream_sdpmedia(strm);
	/* The direction is libre's, from our side: what the far end lets us
	   do. Formerly it gave no address to send to (RFC 3264 8.4) */
	const bool hold = !(sdp_media_rdir(media) & SDP_SENDONLY) ||
			  !sa_isset(sdp_media_raddr(media), SA_ADDR);
	struct phone_event ev = {.type = EV_REMOTE_HOLD, .id = sc->id};

	if (!sc->established || hold == sc->remote_hold)
		return;

	sc->remote_hold = hold;
	ev.on           = hold;
	stack->eventh(&ev, stack->arg);
}


static void call_closed(struct sip_stack *stack, struct stack_call *sc)
{
	const char *id = call_id(sc->call);
	struct call_end end;
	struct pl callid;

	/* Refused before it had one */
	if (id) {
		pl_set_str(&callid, id);
		origin_dialog_over(&stack->origin, &callid, tmr_jiffies());
	}

	/* Refused by baresip itself: no common codec, or no audio */
	if (stack->accepting == sc) {
		emit_closed_cause(stack, sc, CALL_CAUSE_MEDIA);
		return;
	}

	/* Nothing closed it from outside: we did */
	if (!call_close_err(sc->call) && !call_close_msg(sc->call)) {
		emit_closed_cause(stack, sc, CALL_CAUSE_LOCAL);
		return;
	}

	value_end(&end, sc, call_close_err(sc->call),
		  call_close_msg(sc->call));
	emit_closed(stack, sc, &end);
}


void stack_event_handler(struct ua *ua, enum ua_event ev, struct call *call,
			 const char *prm, void *arg)
{
	struct sip_stack *stack = arg;
	struct stack_call *sc = call_by_call(stack, call);

	if (!sc && call && stack->accepting) {
		sc       = stack->accepting;
		sc->call = call;
	}

	switch (ev) {

	case UA_EVENT_REGISTERING:
		stack_registration(stack, ua, PHONE_REG_PENDING, prm);
		return;

	case UA_EVENT_REGISTER_OK:
		stack_registration(stack, ua, PHONE_REG_OK, prm);
		return;

	case UA_EVENT_REGISTER_FAIL:
		stack_registration(stack, ua, PHONE_REG_FAILED, prm);
		return;

	default:
		break;
	}

	if (!sc)
		return;

	switch (ev) {

	case UA_EVENT_CALL_RINGING:
		emit(stack, EV_RINGING, sc);
		break;

	case UA_EVENT_CALL_PROGRESS:
		emit(stack, EV_PROGRESS, sc);
		break;

	case UA_EVENT_CALL_ESTABLISHED:
		sc->established = true;
		emit(stack, EV_ESTABLISHED, sc);
		remote_hold_check(stack, sc);
		break;

	case UA_EVENT_CALL_ANSWERED:
	case UA_EVENT_CALL_REMOTE_SDP:
		/* The call's audio opens next, and a device may be for one */
		tone_player_stop(stack->tones);
		remote_hold_check(stack, sc);
		break;

	case UA_EVENT_CALL_CLOSED:
		call_closed(stack, sc);
		break;

	default:
		break;
	}
}
