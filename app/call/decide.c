/**
 * @file app/call/decide.c  Rule, do not disturb, hours, busy: in this order
 */
#include "app/call/decide.h"

#include <string.h>


static void reject(struct verdict *v, enum decided_by by, uint16_t scode)
{
	v->action = POLICY_REJECT;
	v->by = by;
	v->scode = scode;
}


static bool decide_rule(struct verdict *v, const struct policy *p,
			const struct party *caller)
{
	const struct policy_rule *rule = screening_find(p, caller);

	if (!rule)
		return false;

	v->action = rule->action;
	v->by = DECIDED_RULE;
	v->line = rule->line;
	text_copy(v->rule, sizeof(v->rule), rule->name);

	if (rule->action == POLICY_REJECT)
		v->scode = rule->scode ? rule->scode
				       : p->scode[POLICY_CAUSE_RULE];

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

	if (!hours_next(&p->hours, &p->zone, now->utc_s, true, &at_s))
		return;

	v->has_retry_after = true;
	v->retry_after_s = (uint32_t)(at_s - now->utc_s);
}


static bool decide_hours(struct verdict *v, const struct policy *p,
			 const struct now *now)
{
	if (!p->has_hours || !now->utc_valid || p->outside == POLICY_RING)
		return false;

	if (hours_open(&p->hours, &p->zone, now->utc_s))
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


void decide(struct verdict *v, const struct policy *p,
	    const struct party *caller, bool dnd, bool busy,
	    const struct now *now)
{
	memset(v, 0, sizeof(*v));
	v->action = POLICY_RING;
	v->by = DECIDED_NONE;

	if (decide_rule(v, p, caller))
		;
	else if (dnd)
		reject(v, DECIDED_DND, p->scode[POLICY_CAUSE_DND]);
	else
		(void)decide_hours(v, p, now);

	/* Only what may ring finds the line busy: screened stays screened */
	if (busy && v->action != POLICY_REJECT) {
		memset(v, 0, sizeof(*v));
		reject(v, DECIDED_BUSY, p->scode[POLICY_CAUSE_BUSY]);
	}
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
