/**
 * @file app/policy/rule_index.h  Which rules a caller's number may concern
 *
 * Most rules of a long file are for numbers, and most callers are in none of
 * them. The index holds those numbers sorted, so that a thousand rules cost a
 * few steps and not a thousand. It changes nothing but the time: whether a
 * rule speaks is still the rule's to say.
 */
#ifndef RINGFENCE_RULE_INDEX_H
#define RINGFENCE_RULE_INDEX_H

#include "app/policy/number.h"

struct policy_rule;

/** A number of a rule */
struct rule_key {
	const struct number_pattern *pattern;
	uint32_t rule; /**< index into the policy's rules */
};

/** Of all rules; the arrays belong to whoever built them */
struct rule_index {
	const struct rule_key *keyv; /**< in the order of rule_key_compare */
	size_t keyc;
	const uint32_t *otherv; /**< rules that aren't in keyv, ascending */
	size_t otherc;
};

/**
 * The numbers without one of which a rule can't speak
 *
 * @param n Set to how many
 *
 * @return its numbers, all exact or prefixes; NULL if there are none such:
 *         then the rule is one of the others
 */
const struct number_pattern *rule_index_numbers(const struct policy_rule *rule,
						size_t *n);

/** For qsort of struct rule_key: by what numbers start with, then by rule */
int rule_key_compare(const void *va, const void *vb);

/** Rules, one after the other */
struct rule_walk {
	const struct rule_index *index;
	struct {
		size_t at, end; /**< of keyv: one prefix of the number */
	} part[NUMBER_MAX + 1];
	size_t partc;
	size_t other; /**< of otherv */
};

/** Start at the first rule that a number in the plan's form may concern */
void rule_walk_init(struct rule_walk *w, const struct rule_index *index,
		    const char *number);

/**
 * The next one, each once and in their order
 *
 * @param rule Set to its index
 *
 * @return false behind the last
 */
bool rule_walk_next(struct rule_walk *w, uint32_t *rule);

#endif
