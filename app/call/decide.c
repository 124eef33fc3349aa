/**
 * @file app/call/decide.c  What decides about a call, in its order
 */
#include "app/call/decide.h"

#include <string.h>

enum {	SCODE_TEMPORARILY_UNAVAILABLE = 480,
	SCODE_BUSY_HERE = 486,
	SCODE_DECLINE = 603,
	SCODE_UNWANTED = 607,
};


static void reject(struct verdict *v, enum decided_by by, uint16_t scode)
{
	v->action = POLICY_REJECT;
	v->by = by;
	v->scode = scode;
}


/* 607 says "unwanted" to a network that asked to be told (RFC 8197 4.1) */
static uint16_t scode_understood(uint16_t scode, bool sip_607)
{
	return scode == SCODE_UNWANTED && !sip_607 ? SCODE_DECLINE : scode;
}


uint16_t decide_button_scode(const struct policy *p, bool alone, bool sip_607)
{
	if (p->button_auto)
		return alone ? SCODE_DECLINE : SCODE_BUSY_HERE;

	return scode_understood(p->scode[POLICY_CAUSE_BUTTON], sip_607);
}


static bool is_blocked(const struct policy *p, const struct caller *caller)
{
	char number[NUMBER_MAX];

	dial_plan_apply(&p->plan, number, caller->from.number);

	return policy_blocks(p, number);
}


static bool decide_rule(struct verdict *v, const struct policy *p,
			const struct decide_facts *f, const struct now *now,
			screening_passed_h *passedh, void *arg)
{
	const struct screening s = {
		.caller = f->caller,
		.now = now,
		.called_before_s = f->called_before_s,
	};
	const struct policy_rule *rule = screening_find(p, &s, passedh, arg);

	if (!rule)
		return false;

	v->action = rule->action;
	v->by = DECIDED_RULE;
	v->line = rule->line;
	v->ringtone = rule->ringtone;
	v->lamp = rule->lamp;
	text_copy(v->rule, sizeof(v->rule), rule->name);

	if (rule->action == POLICY_REJECT)
		v->scode = rule->scode ? rule->scode
				       : p->scode[POLICY_CAUSE_RULE];

	if (rule->action == POLICY_REDIRECT) {
		v->scode = DECIDED_SCODE_MOVED;
		text_copy(v->uri, sizeof(v->uri), rule->uri);
	}

	return true;
}


/*
 * To the next opening in whole seconds, rounded up: an opening is a whole
 * second, so that the milliseconds of a second that has begun are rounded
 * away by leaving them out.
 */
static void retry_after(struct verdict *v, const struct policy *p,
			const struct now *now)
{
	int64_t at_s;

	if (!hours_next(&p->hours, p->holidays, &p->zone, now->utc_s, true,
			&at_s))
		return;

	v->has_retry_after = true;
	v->retry_after_s = (uint32_t)(at_s - now->utc_s);
}


static bool decide_hours(struct verdict *v, const struct policy *p,
			 const struct now *now)
{
	if (!p->has_hours || !now->utc_valid || p->outside == POLICY_RING)
		return false;

	if (hours_open(&p->hours, p->holidays, &p->zone, now->utc_s))
		return false;

	if (p->outside == POLICY_REJECT) {
		reject(v, DECIDED_HOURS, p->scode[POLICY_CAUSE_HOURS]);
		retry_after(v, p, now);
	}
	else {
		v->action = p->outside;
		v->by = DECIDED_HOURS;
	}

	return true;
}


/* With nothing disclosed, what screening declines is what the key declines */
static void disclose(struct verdict *v, const struct policy *p,
		     const struct decide_facts *f)
{
	if (v->action != POLICY_REJECT)
		return;

	if (p->disclose_nothing &&
	    (v->by == DECIDED_RULE || v->by == DECIDED_HOURS ||
	     v->by == DECIDED_BLOCK)) {
		v->scode = decide_button_scode(p, f->alone, f->sip_607);
		v->has_retry_after = false;
		v->retry_after_s = 0;
	}

	v->scode = scode_understood(v->scode, f->sip_607);
}


static void decide_screening(struct verdict *v, const struct policy *p,
			     const struct decide_facts *f,
			     const struct now *now,
			     screening_passed_h *passedh, void *arg)
{
	if (is_blocked(p, f->caller))
		reject(v, DECIDED_BLOCK, p->scode[POLICY_CAUSE_RULE]);
	else if (decide_rule(v, p, f, now, passedh, arg))
		;
	else if (f->dnd)
		reject(v, DECIDED_DND, p->scode[POLICY_CAUSE_DND]);
	else
		(void)decide_hours(v, p, now);

	if (f->limited && (v->by == DECIDED_NONE || v->by == DECIDED_HOURS) &&
	    v->action != POLICY_REJECT)
		reject(v, DECIDED_LIMIT, SCODE_TEMPORARILY_UNAVAILABLE);
}


void decide(struct verdict *v, const struct policy *p,
	    const struct decide_facts *f, const struct now *now,
	    screening_passed_h *passedh, void *arg)
{
	memset(v, 0, sizeof(*v));
	v->action = POLICY_RING;
	v->by = DECIDED_NONE;

	/* RFC 7090 5: the header counts only from whom it can be believed */
	if (f->emergency || (f->caller->psap_callback && f->caller->trusted))
		v->by = DECIDED_EMERGENCY;
	else
		decide_screening(v, p, f, now, passedh, arg);

	/* Only what may ring finds the line busy: screened stays screened */
	if (f->busy && v->action != POLICY_REJECT &&
	    v->action != POLICY_REDIRECT) {
		memset(v, 0, sizeof(*v));
		reject(v, DECIDED_BUSY, p->scode[POLICY_CAUSE_BUSY]);
	}

	disclose(v, p, f);
}


const char *decided_name(enum decided_by by)
{
	static const char *const name[DECIDED_COUNT] = {
#define X(id, text) [DECIDED_##id] = text,
		DECIDED_TABLE(X)
#undef X
	};

	if ((unsigned)by >= DECIDED_COUNT)
		return NULL;

	return name[by];
}
