/**
 * @file app/call/calls.c  A call's life, from INVITE to its history entry
 *
 * The entry is written at the moment at which it is decided how the call
 * ends: when we end it, or at EV_CLOSED if somebody else did. A call that is
 * CALL_ENDING has its entry already, so that whatever still comes for it can
 * not write a second one.
 */
#include "app/call/reducers.h"

#include <string.h>

enum {
	SCODE_OK = 200,	SCODE_TERMINATED = 487,
};


static struct call *call_find(struct phone *p, uint32_t id)
{
	for (size_t i = 0; i < PHONE_CALL_MAX; i++) {
		if (p->call[i].state != CALL_FREE && p->call[i].id == id)
			return &p->call[i];
	}

	return NULL;
}


struct call *calls_free_slot(struct phone *p)
{
	for (size_t i = 0; i < PHONE_CALL_MAX; i++) {
		if (p->call[i].state == CALL_FREE)
			return &p->call[i];
	}

	return NULL;
}


bool calls_slot_free(const struct phone *p)
{
	for (size_t i = 0; i < PHONE_CALL_MAX; i++) {
		if (p->call[i].state == CALL_FREE)
			return true;
	}

	return false;
}


/** The current call if it is in this state, else NULL */
static struct call *call_current(const struct step *s, enum call_state state)
{
	const struct call *c = phone_current(s->p);

	return c && c->state == state ? call_find(s->p, c->id) : NULL;
}


void calls_set_state(const struct step *s, struct call *c,
		     enum call_state state)
{
	c->state = state;
	c->state_ms = s->now->mono_ms;
}


void calls_init(const struct step *s, struct call *c, uint32_t id,
		const struct party *party, unsigned account)
{
	memset(c, 0, sizeof(*c));
	c->id = id;
	c->party = *party;
	c->account = account;
	c->start_ms = s->now->mono_ms;
	c->start_valid = s->now->utc_valid;
	c->start_s = s->now->utc_valid ? s->now->utc_s : 0;
}


static bool call_answered(const struct call *c)
{
	return c->state == CALL_TALKING || c->state == CALL_HELD;
}


void calls_entry(struct history_entry *e, const struct step *s,
		 const struct call *c)
{
	memset(e, 0, sizeof(*e));
	e->id = c->id;
	e->outgoing = c->outgoing;
	e->party = c->party;
	e->account = c->account;
	e->start_ms = c->start_ms;
	dial_plan_apply(&s->p->settings->policy->plan, e->number,
			c->party.number);
	e->start_s = c->start_s;
	e->start_valid = c->start_valid;

	if (call_answered(c))
		e->talk_s =
			(uint32_t)((s->now->mono_ms - c->talk_ms) / MS_PER_S);
}


static void record_answered(const struct step *s, const struct call *c,
			    enum call_cause cause, enum decided_by by)
{
	struct history_entry e;

	calls_entry(&e, s, c);
	e.scode = SCODE_OK;
	text_copy(e.phrase, sizeof(e.phrase), "OK");
	e.cause = cause;
	e.by = by;
	phone_record(s->p, &e);
}


/** A call to us that nobody took */
static void record_untaken(const struct step *s, const struct call *c,
			   enum call_cause cause, enum decided_by by,
			   uint16_t scode)
{
	const bool missed = by != DECIDED_USER;
	struct history_entry e;

	calls_entry(&e, s, c);
	e.cause = cause;
	e.by = by;
	e.scode = scode;
	e.missed = missed;
	if (scode)
		text_copy(e.phrase, sizeof(e.phrase), refusal_phrase(scode));

	phone_record(s->p, &e);
	phone_notify(s,
		     missed && by != DECIDED_PHONE ? PHONE_NOTICE_MISSED
						   : PHONE_NOTICE_REFUSED,
		     &e);
}


/** Whose doing an end was that we did not bring about */
static enum decided_by closed_by(const struct call *c, enum call_cause cause)
{
	static const struct {
		enum decided_by before, after; /**< the answer to the call */
	} by[CALL_CAUSE_COUNT] = {
		[CALL_CAUSE_STATUS] = {DECIDED_PHONE, DECIDED_REMOTE},
		[CALL_CAUSE_BYE] = {DECIDED_CALLER, DECIDED_NONE},
		[CALL_CAUSE_CANCEL] = {DECIDED_CALLER, DECIDED_NONE},
		[CALL_CAUSE_LOCAL] = {DECIDED_PHONE, DECIDED_NONE},
		[CALL_CAUSE_TIMEOUT] = {DECIDED_NETWORK, DECIDED_NETWORK},
		[CALL_CAUSE_DNS] = {DECIDED_NETWORK, DECIDED_NETWORK},
		[CALL_CAUSE_CONNECTION] = {DECIDED_NETWORK, DECIDED_NETWORK},
		[CALL_CAUSE_MEDIA] = {DECIDED_PHONE, DECIDED_PHONE},
		[CALL_CAUSE_ADDRESS] = {DECIDED_PHONE, DECIDED_PHONE},
	};

	return call_answered(c) ? by[cause].after : by[cause].before;
}


/** A call to us that was not established */
static void closed_incoming(const struct step *s, const struct call *c,
			    const struct call_end *end)
{
	const uint16_t scode = end->cause == CALL_CAUSE_CANCEL
				       ? SCODE_TERMINATED
				       : end->scode;

	/* The caller has our 200 and hung up before it was all set up */
	if (c->state == CALL_ANSWERING && end->cause == CALL_CAUSE_BYE)
		record_answered(s, c, end->cause, DECIDED_NONE);
	else
		record_untaken(s, c, end->cause, closed_by(c, end->cause),
			       scode);
}


static void closed(const struct step *s, struct call *c,
		   const struct call_end *end)
{
	const struct call was = *c;

	/* Before the notice and the result: they look at what is shown */
	c->state = CALL_FREE;
	if (was.state == CALL_INCOMING)
		reply_close(s->p);

	if (was.outgoing)
		emergency_note(s, &was.party);
	if (was.state == CALL_ENDING)
		return;

	if (call_answered(&was))
		record_answered(s, &was, end->cause,
				closed_by(&was, end->cause));
	else if (was.outgoing)
		dial_closed(s, &was, end);
	else
		closed_incoming(s, &was, end);
}


static void established(const struct step *s, struct call *c)
{
	if (c->state != CALL_ANSWERING && c->state != CALL_CALLING &&
	    c->state != CALL_RINGBACK)
		return;

	c->talk_ms = s->now->mono_ms;
	calls_set_state(s, c, CALL_TALKING);
}


static void ringback(const struct step *s, struct call *c, bool early_media)
{
	if (c->state != CALL_CALLING && c->state != CALL_RINGBACK)
		return;

	if (early_media)
		c->early_media = true;

	if (c->state == CALL_CALLING)
		calls_set_state(s, c, CALL_RINGBACK);
}


static void hold_state(const struct step *s, struct call *c, bool on)
{
	if (call_answered(c))
		calls_set_state(s, c, on ? CALL_HELD : CALL_TALKING);
}


void calls_event(const struct step *s, const struct phone_event *ev)
{
	struct call *c = call_find(s->p, ev->id);

	if (ev->type == EV_INVITE) {
		if (!c && !(ev->id & CALL_ID_OUTGOING))
			incoming_invite(s, ev);
		return;
	}

	if (!c)
		return;

	switch (ev->type) {

	case EV_RINGING:
		ringback(s, c, false);
		break;

	case EV_PROGRESS:
		ringback(s, c, true);
		break;

	case EV_ESTABLISHED:
		established(s, c);
		break;

	case EV_CLOSED:
		closed(s, c, &ev->end);
		break;

	case EV_REMOTE_HOLD:
		c->remote_hold = ev->on;
		break;

	case EV_HOLD_STATE:
		hold_state(s, c, ev->on);
		break;

	case EV_MUTE_STATE:
		c->muted = ev->on;
		break;

	case EV_TICK:
	case EV_BUTTON:
	case EV_DIAL:
	case EV_SETTINGS:
	case EV_INVITE:
	case EV_REGISTRATION:
	case EV_DND:
	case EV_DND_KEPT:
	case EV_NOT_SAVED:
		break;
	}
}


/** Refuse what rings */
static void reject(const struct step *s, struct call *c, uint16_t scode,
		   enum decided_by by, const char *contact)
{
	const struct call was = *c;
	struct command *cmd = command_add(s->out, CMD_REJECT, c->id);

	refusal_init(&cmd->refusal, scode);
	text_copy(cmd->refusal.contact, sizeof(cmd->refusal.contact), contact);
	reply_close(s->p);
	calls_set_state(s, c, CALL_ENDING);
	record_untaken(s, &was, CALL_CAUSE_LOCAL, by, scode);
}


static uint64_t call_due_ms(const struct phone *p, const struct call *c)
{
	if (c->state == CALL_INCOMING)
		return c->state_ms +
		       (uint64_t)p->settings->ring_timeout_s * MS_PER_S;

	if (c->state == CALL_ENDING)
		return c->state_ms + PHONE_HOLDOFF_MS;

	return NOW_NEVER_MS;
}


void calls_due(const struct step *s)
{
	const struct policy *policy = s->p->settings->policy;

	for (size_t i = 0; i < PHONE_CALL_MAX; i++) {
		struct call *c = &s->p->call[i];

		if (s->now->mono_ms < call_due_ms(s->p, c))
			continue;

		if (c->state == CALL_INCOMING)
			reject(s, c, policy->scode[POLICY_CAUSE_NO_ANSWER],
			       DECIDED_NO_ANSWER, "");
		else
			c->state = CALL_FREE;
	}
}


uint64_t calls_next_ms(const struct phone *p)
{
	uint64_t next_ms = NOW_NEVER_MS;

	for (size_t i = 0; i < PHONE_CALL_MAX; i++) {
		const uint64_t due_ms = call_due_ms(p, &p->call[i]);

		if (due_ms < next_ms)
			next_ms = due_ms;
	}

	return next_ms;
}


static void answer(const struct step *s, enum audio_path path)
{
	struct call *c = call_current(s, CALL_INCOMING);

	if (!c)
		return;

	s->p->path = path;
	reply_close(s->p);
	phone_clear_screen(s->p);
	calls_set_state(s, c, CALL_ANSWERING);
	command_add(s->out, CMD_ANSWER, c->id)->path = path;
}


void calls_answer(const struct step *s)
{
	answer(s, AUDIO_PATH_HANDSET);
}


void calls_answer_aloud(const struct step *s)
{
	answer(s, AUDIO_PATH_SPEAKER);
}


void calls_silence(const struct step *s)
{
	struct call *c = call_current(s, CALL_INCOMING);

	if (c)
		c->silent = true;
}


void calls_reject(const struct step *s)
{
	struct phone *p = s->p;
	struct call *c = call_current(s, CALL_INCOMING);

	if (!c)
		return;

	p->declined.held = true;
	p->declined.button = s->button;
	p->declined.party = c->party;
	reject(s, c,
	       decide_button_scode(p->settings->policy,
				   incoming_alone(p, c->account),
				   incoming_takes_607(p, c->account)),
	       DECIDED_USER, "");
}


void calls_voicemail(const struct step *s)
{
	struct call *c = call_current(s, CALL_INCOMING);
	const char *voicemail = s->p->settings->voicemail;

	if (c && voicemail[0])
		reject(s, c, DECIDED_SCODE_MOVED, DECIDED_USER, voicemail);
}


void calls_hangup(const struct step *s)
{
	const struct call *current = phone_current(s->p);
	struct history_entry e;
	struct call *c;

	if (!current || current->state == CALL_INCOMING)
		return;

	c = call_find(s->p, current->id);
	if (!c)
		return;

	if (call_answered(c) || c->state == CALL_ANSWERING) {
		record_answered(s, c, CALL_CAUSE_LOCAL, DECIDED_NONE);
	}
	else {
		calls_entry(&e, s, c);
		e.cause = CALL_CAUSE_LOCAL;
		e.by = DECIDED_USER;
		phone_record(s->p, &e);
	}

	(void)command_add(s->out, CMD_HANGUP, c->id);
	calls_set_state(s, c, CALL_ENDING);
}


void calls_resume(const struct step *s)
{
	struct call *c = call_current(s, CALL_HELD);

	if (!c)
		return;

	calls_set_state(s, c, CALL_TALKING);
	command_add(s->out, CMD_HOLD, c->id)->on = false;
}


void calls_hold_toggle(const struct step *s)
{
	struct call *c = call_current(s, CALL_TALKING);

	if (!c) {
		calls_resume(s);
		return;
	}

	calls_set_state(s, c, CALL_HELD);
	command_add(s->out, CMD_HOLD, c->id)->on = true;
}


void calls_mute_toggle(const struct step *s)
{
	struct call *c = call_current(s, CALL_TALKING);

	if (!c)
		c = call_current(s, CALL_HELD);
	if (!c)
		return;

	c->muted = !c->muted;
	command_add(s->out, CMD_MUTE, c->id)->on = c->muted;
}


void calls_dtmf(const struct step *s, char digit)
{
	const struct call *c = phone_current(s->p);

	if (c && call_answered(c))
		command_add(s->out, CMD_DTMF, c->id)->digit = digit;
}
