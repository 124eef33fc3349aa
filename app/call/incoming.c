/**
 * @file app/call/incoming.c  A call comes in: who decides, and what follows
 *
 * The facts are gathered here, app/call/decide.h decides, and its verdict
 * becomes commands, a history entry and a notice.
 */
#include "app/call/reducers.h"

#include <string.h>


/* With the account not registered nobody says who else there is: then we are
   alone, as far as anybody can know */
bool incoming_alone(const struct phone *p, unsigned account)
{
	return account >= PHONE_ACCOUNT_MAX ||
	       p->reg[account].reg != PHONE_REG_OK || !p->reg[account].others;
}


bool incoming_takes_607(const struct phone *p, unsigned account)
{
	return account < PHONE_ACCOUNT_MAX && p->reg[account].sip_607;
}


void phone_facts(struct decide_facts *f, const struct phone *p,
		 const struct caller *caller, const struct now *now)
{
	char number[NUMBER_MAX];

	dial_plan_apply(&p->settings->policy->plan, number,
			caller->from.number);

	memset(f, 0, sizeof(*f));
	f->caller = caller;
	f->called_before_s =
		history_called_before_s(&p->history, number, now->mono_ms);
	f->dnd = dnd_holds(p, now);
	f->busy = phone_current(p) || !calls_slot_free(p);
	f->emergency = phone_emergency(p, now);
	f->alone = incoming_alone(p, caller->account);
	f->sip_607 = incoming_takes_607(p, caller->account);
}


/* Whom the owner knows is shown by the name that the owner gave */
static void party_name(struct party *party, const struct policy *policy)
{
	char number[NUMBER_MAX];
	const struct contact *contact;

	dial_plan_apply(&policy->plan, number, party->number);
	contact = contacts_find(&policy->contacts, number);
	if (contact)
		text_copy(party->name, sizeof(party->name), contact->name);
}


/* What tells of anything but a screened call stands: soft keys that undo,
   block or call must not mean somebody else while a finger is on its way */
static bool notice_wanted(const struct phone *p)
{
	const struct phone_notice *n = &p->notice;

	switch (phone_face(p)) {

	case PHONE_FACE_IDLE:
	case PHONE_FACE_MENU:
		return p->settings->notice;

	case PHONE_FACE_NOTICE:
		return p->settings->notice &&
		       n->kind == PHONE_NOTICE_REFUSED &&
		       n->by != DECIDED_USER;

	case PHONE_FACE_DIALLING:
	case PHONE_FACE_CALLING:
	case PHONE_FACE_RINGBACK:
	case PHONE_FACE_INCOMING:
	case PHONE_FACE_TALKING:
	case PHONE_FACE_HELD:
	case PHONE_FACE_RESULT:
	case PHONE_FACE_COUNT:
		break;
	}

	return false;
}


static void refuse(const struct step *s, const struct call *c,
		   const struct verdict *v)
{
	struct phone *p = s->p;
	const bool notice = notice_wanted(p);
	struct command *cmd = command_add(s->out, CMD_REFUSE, c->id);
	struct history_entry e;

	refusal_from_verdict(&cmd->refusal, v);

	calls_entry(&e, s, c);
	e.cause = CALL_CAUSE_LOCAL;
	e.by = v->by;
	e.scode = v->scode;
	e.line = v->line;
	e.missed = v->by == DECIDED_DND || v->by == DECIDED_BUSY ||
		   v->by == DECIDED_LIMIT;
	text_copy(e.phrase, sizeof(e.phrase), cmd->refusal.phrase);
	text_copy(e.rule, sizeof(e.rule), v->rule);
	phone_record(p, &e);

	if (notice)
		phone_notify(s, PHONE_NOTICE_REFUSED, &e);
}


/* It rings, or answers by itself; what was shown gives way to it */
static void ring(const struct step *s, struct call *slot, const struct call *c,
		 const struct verdict *v)
{
	*slot = *c;
	slot->silent = v->action == POLICY_SILENCE;
	slot->ringtone = v->ringtone;
	slot->lamp = v->lamp;
	calls_set_state(s, slot, CALL_INCOMING);

	s->p->result.shown = false;
	phone_notice_interrupt(s);
	(void)command_add(s->out, CMD_ACCEPT, c->id);

	if (v->action == POLICY_ANSWER)
		calls_answer_aloud(s);
}


static struct limit_rate rate_of(uint16_t per_min)
{
	/* A minute's worth may come at once */
	return (struct limit_rate){.burst = per_min, .per_minute = per_min};
}


void incoming_limit_init(struct phone *p)
{
	const struct policy_limit *limit = &p->settings->policy->limit;
	const struct limit_rates stranger = {
		.source = rate_of(limit->source_per_min),
		.all = rate_of(limit->all_per_min),
	};

	/* All that our own server sends on comes from one address */
	const struct limit_rates trusted = {
		.all = rate_of(limit->all_per_min),
	};

	(void)limit_init(&p->limit, &stranger, &trusted);
}


/* What the screening lets through takes a turn; there may be none left. Who
   is told that the phone is busy would have come through, so that it counts
   as well: first all is decided as if the phone were not */
static void decide_call(struct verdict *v, const struct decide_facts *facts,
			const struct step *s)
{
	const struct policy *policy = s->p->settings->policy;
	const struct caller *caller = facts->caller;
	struct decide_facts f = *facts;

	f.busy = false;
	decide(v, policy, &f, s->now, NULL, NULL);
	if (v->action == POLICY_REJECT)
		return;

	f.busy = facts->busy;
	if (v->by == DECIDED_NONE || v->by == DECIDED_HOURS)
		f.limited = !limit_take(&s->p->limit, caller->source,
					caller->trusted, s->now->mono_ms);
	if (f.busy || f.limited)
		decide(v, policy, &f, s->now, NULL, NULL);
}


void incoming_invite(const struct step *s, const struct phone_event *ev)
{
	const struct caller *caller = &ev->invite.caller;
	const struct policy *policy = s->p->settings->policy;
	struct call *slot = calls_free_slot(s->p);
	struct decide_facts facts;
	struct verdict v;
	struct call c;

	phone_facts(&facts, s->p, caller, s->now);
	decide_call(&v, &facts, s);

	calls_init(s, &c, ev->id, &caller->from, caller->account);
	party_name(&c.party, policy);

	if (v.action == POLICY_REJECT || v.action == POLICY_REDIRECT || !slot)
		refuse(s, &c, &v);
	else
		ring(s, slot, &c, &v);
}
