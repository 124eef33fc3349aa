/**
 * @file app/policy/lint.c  What a policy says that its owner can hardly mean
 */
#include "app/policy/lint.h"

#include "app/policy/lint_cover.h"
#include "app/policy/text_pattern.h"


enum {
	SCODE_DECLINE = 603,
};


static bool number_covered(const struct policy_match *wide,
			   const struct number_pattern *narrow)
{
	for (size_t i = 0; i < wide->numberc; i++) {
		if (lint_pattern_covers(&wide->numberv[i], narrow))
			return true;
	}

	return narrow->kind == NUMBER_EXACT &&
	       number_list_has(wide->list, narrow->digits);
}


static bool numbers_cover(const struct policy_match *wide,
			  const struct policy_match *narrow)
{
	if (narrow->list && narrow->list != wide->list)
		return false;

	for (size_t i = 0; i < narrow->numberc; i++) {
		if (!number_covered(wide, &narrow->numberv[i]))
			return false;
	}

	return true;
}


static bool diverted_covers(const struct policy_match *wide,
			    const struct policy_match *narrow)
{
	return !wide->numberc ||
	       (narrow->numberc && numbers_cover(wide, narrow));
}


static bool text_covered(const struct policy_match *wide,
			 const struct policy_text *narrow)
{
	for (size_t i = 0; i < wide->textc; i++) {
		if (text_pattern_covers(wide->textv[i].text, narrow->text))
			return true;
	}

	return false;
}


static bool texts_cover(const struct policy_match *wide,
			const struct policy_match *narrow)
{
	for (size_t i = 0; i < narrow->textc; i++) {
		if (!text_covered(wide, &narrow->textv[i]))
			return false;
	}

	return true;
}


/* Of one kind, both without "not": whether wide is told yes wherever narrow
 * is, and no calls make only one of them one that can't be told */
static bool match_covers(const struct policy_match *wide,
			 const struct policy_match *narrow)
{
	switch (wide->kind) {

	case POLICY_MATCH_NUMBER:
	case POLICY_MATCH_ASSERTED:
		return numbers_cover(wide, narrow);

	case POLICY_MATCH_NAME:
	case POLICY_MATCH_DOMAIN:
		return texts_cover(wide, narrow);

	case POLICY_MATCH_GROUP:
	case POLICY_MATCH_ACCOUNT:
	case POLICY_MATCH_VERSTAT:
	case POLICY_MATCH_WHEN:
		return !(narrow->mask & ~wide->mask);

	case POLICY_MATCH_CONTACT:
	case POLICY_MATCH_ANONYMOUS:
		return true;

	case POLICY_MATCH_DIVERTED:
		return diverted_covers(wide, narrow);

	case POLICY_MATCH_CALLED_BEFORE:
		return wide->within_s >= narrow->within_s;

	case POLICY_MATCH_COUNT:
		break;
	}

	return false;
}


bool lint_implies(const struct policy_match *m,
		  const struct policy_match *other)
{
	if (m->negated != other->negated)
		return false;

	if (m->kind == other->kind)
		return m->negated ? match_covers(m, other)
				  : match_covers(other, m);

	/* Who is in a group is a contact */
	return m->negated ? m->kind == POLICY_MATCH_CONTACT &&
				    other->kind == POLICY_MATCH_GROUP
			  : m->kind == POLICY_MATCH_GROUP &&
				    other->kind == POLICY_MATCH_CONTACT;
}


/* Whether a match holds for no call for which the negated other one does */
static bool excludes(const struct policy_match *m,
		     const struct policy_match *negated)
{
	struct policy_match positive = *negated;

	if (m->negated || !negated->negated)
		return false;

	positive.negated = false;
	return lint_implies(m, &positive);
}


/* @return the match that excludes another of the same rule, or NULL */
static const struct policy_match *
contradiction_find(const struct policy_rule *rule,
		   const struct policy_match **other)
{
	for (size_t i = 0; i < rule->matchc; i++) {
		for (size_t k = 0; k < rule->matchc; k++) {
			if (!excludes(&rule->matchv[i], &rule->matchv[k]))
				continue;
			*other = &rule->matchv[k];
			return &rule->matchv[i];
		}
	}

	return NULL;
}


/* Whether a rule holds wherever the other one does */
static bool rule_covers(const struct policy_rule *wide,
			const struct policy_rule *narrow)
{
	for (size_t i = 0; i < wide->matchc; i++) {
		size_t k = 0;

		while (k < narrow->matchc &&
		       !lint_implies(&narrow->matchv[k], &wide->matchv[i]))
			k++;
		if (k == narrow->matchc)
			return false;
	}

	return true;
}


/* Tell why no call reaches a rule; @return whether none does */
static bool rule_check(const struct policy *p, size_t i, lint_h *linth,
		       void *arg)
{
	struct lint l = {.kind = LINT_NEVER, .rule = &p->rulev[i]};

	l.match = contradiction_find(l.rule, &l.other);
	if (l.match) {
		linth(&l, arg);
		return true;
	}

	l.kind = LINT_UNREACHABLE;
	for (size_t k = 0; k < i; k++) {
		if (!rule_covers(&p->rulev[k], l.rule))
			continue;
		l.by = &p->rulev[k];
		linth(&l, arg);
		return true;
	}

	return false;
}


static bool rings(enum policy_action action)
{
	return action == POLICY_RING || action == POLICY_ANSWER;
}


/* Silence and refusal by hours that have no range in them at all */
static bool hours_never_ring(const struct policy *p)
{
	return p->has_hours && !p->hours.rangec && p->outside != POLICY_RING;
}


void lint_policy(const struct policy *p, lint_h *linth, void *arg)
{
	struct lint l = {.kind = LINT_NO_RING};
	bool ring = false, told = false;

	for (size_t i = 0; i < p->rulec; i++) {
		const struct policy_rule *rule = &p->rulev[i];

		if (rule_check(p, i, linth, arg))
			continue;
		ring = ring || rings(rule->action);
		if (rule->matchc || ring || told)
			continue;
		l.rule = rule;
		linth(&l, arg);
		told = true;
	}

	l.rule = NULL;
	if (!ring && !told && hours_never_ring(p))
		linth(&l, arg);

	l.kind = LINT_HOURS_FINAL;
	if (p->has_hours && p->outside == POLICY_REJECT &&
	    p->scode[POLICY_CAUSE_HOURS] == SCODE_DECLINE &&
	    !p->disclose_nothing)
		linth(&l, arg);
}
