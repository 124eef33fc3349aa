/**
 * @file app/policy/screening.c  Which rule speaks for a caller
 */
#include "app/policy/screening.h"

#include <string.h>

#include "app/policy/text_pattern.h"


/* What is known of a match before "not" turns it round */
enum told {
	TOLD_NO,
	TOLD_YES,
	TOLD_NOTHING, /* can't be told: holds neither way */
};

/* What the rules look at, each worked out once for a call: the numbers before
 * the first rule, what takes longer when a rule first asks */
struct facts {
	const struct policy *p;
	const struct screening *s;
	char number[NUMBER_MAX]; /* in the plan's form, "" if none */
	char asserted[NUMBER_MAX];
	char diverted[CALLER_DIVERTED_MAX][NUMBER_MAX];
	size_t divertedc;

	bool contact_known;
	const struct contact *contact;

	uint64_t when_known; /* bits of WHEN's mask that were worked out */
	uint64_t when;       /* and hold */
};


static void facts_init(struct facts *f, const struct policy *p,
		       const struct screening *s)
{
	const struct caller *c = s->caller;

	f->p = p;
	f->s = s;
	dial_plan_apply(&p->plan, f->number, c->from.number);
	dial_plan_apply(&p->plan, f->asserted, c->trusted ? c->asserted : "");

	f->divertedc = c->divertedc < CALLER_DIVERTED_MAX
			       ? c->divertedc
			       : CALLER_DIVERTED_MAX;
	for (size_t i = 0; i < f->divertedc; i++)
		dial_plan_apply(&p->plan, f->diverted[i], c->diverted[i]);

	f->contact_known = false;
	f->contact = NULL;
	f->when_known = 0;
	f->when = 0;
}


static enum told told(bool holds)
{
	return holds ? TOLD_YES : TOLD_NO;
}


static bool numbers_cover(const struct policy_match *m, const char *number)
{
	for (size_t i = 0; i < m->numberc; i++) {
		if (number_pattern_match(&m->numberv[i], number))
			return true;
	}

	return number_list_has(m->list, number);
}


/* Of who has no number no rule about numbers says anything */
static enum told number_told(const struct policy_match *m, const char *number)
{
	if (!number[0])
		return TOLD_NOTHING;

	return told(numbers_cover(m, number));
}


static enum told texts_told(const struct policy_match *m, const char *text)
{
	for (size_t i = 0; i < m->textc; i++) {
		if (text_pattern_match(m->textv[i].text, text))
			return TOLD_YES;
	}

	return TOLD_NO;
}


/* A tel URI has no domain, as a name has no number */
static enum told domain_told(const struct policy_match *m, const char *domain)
{
	return domain[0] ? texts_told(m, domain) : TOLD_NOTHING;
}


static const struct contact *contact_get(struct facts *f)
{
	if (!f->contact_known) {
		f->contact = contacts_find(&f->p->contacts, f->number);
		f->contact_known = true;
	}

	return f->contact;
}


static enum told group_told(struct facts *f, uint64_t mask)
{
	const struct contact *c = contact_get(f);

	return told(c && (c->groups & mask));
}


static bool mask_has(uint64_t mask, unsigned bit)
{
	return bit < 64 && (mask & UINT64_C(1) << bit);
}


static enum told verstat_told(const struct facts *f, uint64_t mask)
{
	const struct caller *c = f->s->caller;

	if (!c->trusted)
		return TOLD_NOTHING;

	return told(mask_has(mask, (unsigned)c->verstat));
}


static enum told diverted_told(const struct facts *f,
			       const struct policy_match *m)
{
	bool numbers = true;

	if (!m->numberc)
		return told(f->divertedc);

	for (size_t i = 0; i < f->divertedc; i++) {
		const enum told t = number_told(m, f->diverted[i]);

		if (t == TOLD_YES)
			return t;
		numbers = numbers && t != TOLD_NOTHING;
	}

	return numbers ? TOLD_NO : TOLD_NOTHING;
}


static bool hours_hold(const struct facts *f, const struct hours *h)
{
	return hours_open(h, f->p->holidays, &f->p->zone, f->s->now->utc_s);
}


/* Work out one bit of WHEN's mask */
static void when_learn(struct facts *f, unsigned bit)
{
	const uint64_t both = POLICY_WHEN_OPEN | POLICY_WHEN_CLOSED;
	const uint64_t one = UINT64_C(1) << bit;

	if (one & both) {
		f->when_known |= both;
		if (f->p->has_hours)
			f->when |= hours_hold(f, &f->p->hours)
					   ? POLICY_WHEN_OPEN
					   : POLICY_WHEN_CLOSED;
		return;
	}

	f->when_known |= one;
	if (bit < f->p->hourc && hours_hold(f, &f->p->hourv[bit].hours))
		f->when |= one;
}


static enum told when_told(struct facts *f, uint64_t mask)
{
	if (!f->s->now || !f->s->now->utc_valid)
		return TOLD_NOTHING;

	for (unsigned bit = 0; bit < 64; bit++) {
		if (mask_has(mask & ~f->when_known, bit))
			when_learn(f, bit);
	}

	return told(f->when & mask);
}


static enum told called_before_told(const struct screening *s,
				    uint32_t within_s)
{
	return told(s->called_before_s != SCREENING_NEVER_S &&
		    s->called_before_s <= within_s);
}


static enum told match_told(struct facts *f, const struct policy_match *m)
{
	const struct caller *c = f->s->caller;

	switch (m->kind) {

	case POLICY_MATCH_NUMBER:
		return number_told(m, f->number);

	case POLICY_MATCH_CONTACT:
		return told(contact_get(f));

	case POLICY_MATCH_GROUP:
		return group_told(f, m->mask);

	case POLICY_MATCH_NAME:
		return texts_told(m, c->from.name);

	case POLICY_MATCH_DOMAIN:
		return domain_told(m, c->domain);

	case POLICY_MATCH_ACCOUNT:
		return told(mask_has(m->mask, c->account));

	case POLICY_MATCH_ANONYMOUS:
		return told(c->anonymous);

	case POLICY_MATCH_ASSERTED:
		return number_told(m, f->asserted);

	case POLICY_MATCH_VERSTAT:
		return verstat_told(f, m->mask);

	case POLICY_MATCH_DIVERTED:
		return diverted_told(f, m);

	case POLICY_MATCH_WHEN:
		return when_told(f, m->mask);

	case POLICY_MATCH_CALLED_BEFORE:
		return called_before_told(f->s, m->within_s);

	case POLICY_MATCH_COUNT:
		break;
	}

	return TOLD_NOTHING;
}


/* @return the first match that does not hold, or NULL if all do */
static const struct policy_match *rule_fails(struct facts *f,
					     const struct policy_rule *rule)
{
	for (size_t i = 0; i < rule->matchc; i++) {
		const struct policy_match *m = &rule->matchv[i];

		if (match_told(f, m) != (m->negated ? TOLD_NO : TOLD_YES))
			return m;
	}

	return NULL;
}


/* Those that the index names; the others could not speak */
static const struct policy_rule *find_indexed(struct facts *f)
{
	const struct policy *p = f->p;
	struct rule_walk walk;
	uint32_t i;

	rule_walk_init(&walk, p->index, f->number);
	while (rule_walk_next(&walk, &i)) {
		if (!rule_fails(f, &p->rulev[i]))
			return &p->rulev[i];
	}

	return NULL;
}


const struct policy_rule *screening_find(const struct policy *p,
					 const struct screening *s,
					 screening_passed_h *passedh,
					 void *arg)
{
	struct facts f;

	if (!p || !s || !s->caller)
		return NULL;

	facts_init(&f, p, s);

	/* Who wants to know what failed gets it from each rule */
	if (p->index && !passedh)
		return find_indexed(&f);

	for (size_t i = 0; i < p->rulec; i++) {
		const struct policy_rule *rule = &p->rulev[i];
		const struct policy_match *failed = rule_fails(&f, rule);

		if (!failed)
			return rule;
		if (passedh)
			passedh(rule, failed, arg);
	}

	return NULL;
}
