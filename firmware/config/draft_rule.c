/**
 * @file firmware/config/draft_rule.c  The rules while they are being read
 */
#include "firmware/config/draft.h"

#include <stdlib.h>
#include <string.h>

#include "app/policy/compile.h"
#include "app/policy/screening.h"


enum {
	ROOM_FIRST = 16,
};


/* The next capacity of an array that holds n */
static size_t room_for(size_t max, size_t n)
{
	max = max ? max : ROOM_FIRST;
	while (max < n)
		max *= 2;

	return max;
}


static bool rules_room(struct config_draft *d)
{
	const size_t max = room_for(d->rule_max, d->rulec + 1);
	struct policy_rule *rulev;
	struct draft_name *namev;

	if (max == d->rule_max)
		return true;

	rulev = realloc(d->out->rulev, max * sizeof(*rulev));
	if (!rulev)
		return false;
	d->out->rulev = rulev;

	namev = realloc(d->namev, max * sizeof(*namev));
	if (!namev)
		return false;
	d->namev = namev;

	d->rule_max = max;
	return true;
}


/* The rule that was begun last is whole: keep its matches */
static bool rule_close(struct config_draft *d)
{
	struct draft_rule *rule = &d->rule;
	struct policy_match *v;

	if (rule->matchc) {
		v = arena_alloc(&d->out->arena, rule->matchc, sizeof(*v));
		if (!v)
			return false;
		memcpy(v, rule->match, rule->matchc * sizeof(*v));
		d->out->rulev[d->rulec - 1].matchv = v;
		d->out->rulev[d->rulec - 1].matchc = rule->matchc;
	}

	memset(rule, 0, sizeof(*rule));
	return true;
}


void *draft_begin_rule(struct config_draft *d, const struct ini_text *kind,
		       const struct ini_text *name)
{
	struct policy_rule *rule;

	if (!rule_close(d) || !rules_room(d))
		return NULL;

	rule = &d->out->rulev[d->rulec];
	memset(rule, 0, sizeof(*rule));
	draft_name_copy(d, rule->name, name);
	rule->line = kind->line;
	d->namev[d->rulec] = (struct draft_name){
		.line = name->line,
		.col = name->col,
	};
	d->rulec++;

	return rule;
}


struct policy_match *draft_match(struct config_draft *d,
				 enum policy_match_kind kind, bool negated)
{
	struct draft_rule *rule = &d->rule;
	struct policy_match *m;

	/* Numbers and a list are one condition */
	for (size_t i = 0; i < rule->matchc; i++) {
		m = &rule->match[i];
		if (kind == POLICY_MATCH_NUMBER && m->kind == kind &&
		    m->negated == negated)
			return m;
	}

	/* There is more only if a key is given twice, which was told */
	if (rule->matchc < DRAFT_MATCH_MAX)
		rule->matchc++;
	m = &rule->match[rule->matchc - 1];
	*m = (struct policy_match){
		.kind = kind,
		.negated = negated,
		.line = d->place.line,
	};

	return m;
}


static bool rule_has(const struct draft_rule *rule,
		     enum policy_match_kind kind)
{
	for (size_t i = 0; i < rule->matchc; i++) {
		if (rule->match[i].kind == kind && !rule->match[i].negated)
			return true;
	}

	return false;
}


/* Whether it can only hold for somebody whom the owner had in mind */
static bool names_who(const struct draft_rule *rule)
{
	return rule_has(rule, POLICY_MATCH_NUMBER) ||
	       rule_has(rule, POLICY_MATCH_CONTACT) ||
	       rule_has(rule, POLICY_MATCH_GROUP) ||
	       rule_has(rule, POLICY_MATCH_ASSERTED);
}


static void wrong(struct config_draft *d, const struct config_place *at,
		  const char *what)
{
	config_errors_add(&d->errors, at->line, at->col, "%s", what);
}


void draft_end_rule(struct config_draft *d, const struct ini_text *kind)
{
	const struct policy_rule *rule = &d->out->rulev[d->rulec - 1];
	const struct draft_rule *r = &d->rule;

	(void)kind;

	if (r->anyone.line && r->matchc)
		wrong(d, &r->anyone,
		      "anyone: the rule has other conditions: remove either");
	if (rule->action == POLICY_REJECT &&
	    rule->scode == COMPILE_SCODE_ANONYMITY &&
	    !rule_has(r, POLICY_MATCH_ANONYMOUS))
		wrong(d, &r->action,
		      "action: 433 tells a caller that he hides (RFC 5079): "
		      "write anonymous = yes into the rule, or another code");
	if (rule->action == POLICY_ANSWER && !names_who(r))
		wrong(d, &r->action,
		      "action: only a call of somebody who is named is "
		      "answered by itself: write number, list, contact, group "
		      "or asserted into the rule");
	if (rule->action != POLICY_RING && r->tone.line)
		wrong(d, &r->tone, "tone: only with action = ring: remove it");
	if (rule->action != POLICY_RING && r->lamp.line)
		wrong(d, &r->lamp, "lamp: only with action = ring: remove it");
}


static int by_name(const void *va, const void *vb)
{
	const struct draft_name *a = va, *b = vb;
	const int order = strcmp(a->name, b->name);

	if (order)
		return order;

	return a->line < b->line ? -1 : a->line > b->line;
}


static void rule_names_check(struct config_draft *d)
{
	const struct draft_name *first = d->namev;

	if (d->rulec)
		qsort(d->namev, d->rulec, sizeof(d->namev[0]), by_name);

	for (size_t i = 1; i < d->rulec; i++) {
		const struct draft_name *n = &d->namev[i];

		if (strcmp(first->name, n->name))
			first = n;
		else if (n->name[0])
			draft_name_twice(d, "rule", n->line, n->col,
					 first->line);
	}
}


/* The rules moved while they grew; only now they stand */
void draft_rules_finish(struct config_draft *d)
{
	struct policy *policy = &d->out->config.policy;

	if (!rule_close(d))
		d->errors.lost = true;
	for (size_t i = 0; i < d->rulec; i++)
		d->namev[i].name = d->out->rulev[i].name;

	policy->rulev = d->out->rulev;
	policy->rulec = d->rulec;
	rule_names_check(d);
}


static size_t index_keys(const struct policy *policy, struct rule_key *keyv,
			 uint32_t *otherv, size_t *otherc)
{
	size_t keyc = 0;

	*otherc = 0;
	for (size_t i = 0; i < policy->rulec; i++) {
		const struct number_pattern *v;
		size_t n = 0;

		v = rule_index_numbers(&policy->rulev[i], &n);
		if (!v) {
			if (otherv)
				otherv[*otherc] = (uint32_t)i;
			++*otherc;
		}
		for (size_t k = 0; k < n; k++) {
			if (keyv)
				keyv[keyc] = (struct rule_key){
					.pattern = &v[k],
					.rule = (uint32_t)i,
				};
			++keyc;
		}
	}

	return keyc;
}


void draft_index_finish(struct config_draft *d)
{
	struct policy *policy = &d->out->config.policy;
	struct arena *arena = &d->out->arena;
	struct rule_index *index = arena_alloc(arena, 1, sizeof(*index));
	struct rule_key *keyv;
	uint32_t *otherv;
	size_t keyc, otherc;

	keyc = index_keys(policy, NULL, NULL, &otherc);
	keyv = arena_alloc(arena, keyc, sizeof(*keyv));
	otherv = arena_alloc(arena, otherc, sizeof(*otherv));
	if (!index || !keyv || !otherv) {
		d->errors.lost = true;
		return;
	}

	(void)index_keys(policy, keyv, otherv, &otherc);
	if (keyc)
		qsort(keyv, keyc, sizeof(*keyv), rule_key_compare);
	*index = (struct rule_index){
		.keyv = keyv,
		.keyc = keyc,
		.otherv = otherv,
		.otherc = otherc,
	};
	policy->index = index;
}
