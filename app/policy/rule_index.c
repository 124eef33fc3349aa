/**
 * @file app/policy/rule_index.c  Which rules a caller's number may concern
 */
#include "app/policy/rule_index.h"

#include "app/policy/policy.h"

#include <string.h>


const struct number_pattern *rule_index_numbers(const struct policy_rule *rule,
						size_t *n)
{
	for (size_t i = 0; i < rule->matchc; i++) {
		const struct policy_match *m = &rule->matchv[i];
		size_t k = 0;

		if (m->kind != POLICY_MATCH_NUMBER || m->negated || m->list)
			continue;

		while (k < m->numberc && (m->numberv[k].kind == NUMBER_EXACT ||
					  m->numberv[k].kind == NUMBER_PREFIX))
			k++;
		if (!k || k < m->numberc)
			continue;

		*n = m->numberc;
		return m->numberv;
	}

	return NULL;
}


int rule_key_compare(const void *va, const void *vb)
{
	const struct rule_key *a = va, *b = vb;
	const int order = strcmp(a->pattern->digits, b->pattern->digits);

	if (order)
		return order;

	return a->rule < b->rule ? -1 : a->rule > b->rule;
}


/* The first key of [low, high), all of which start with the same len bytes,
 * the next byte of which is at least ch */
static size_t lower(const struct rule_index *index, size_t low, size_t high,
		    size_t len, unsigned char ch)
{
	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		const char *digits = index->keyv[mid].pattern->digits;

		if ((unsigned char)digits[len] < ch)
			low = mid + 1;
		else
			high = mid;
	}

	return low;
}


/* Among keys that start with the same len bytes, those that are no more than
 * these stand in front; @return where the longer ones begin */
static size_t part_take(struct rule_walk *w, size_t low, size_t high,
			size_t len)
{
	const size_t end = lower(w->index, low, high, len, 1);

	if (end > low) {
		w->part[w->partc].at = low;
		w->part[w->partc].end = end;
		w->partc++;
	}

	return end;
}


/* Each further byte of the number narrows the keys that start like it */
void rule_walk_init(struct rule_walk *w, const struct rule_index *index,
		    const char *number)
{
	size_t low = 0, high = index->keyc;

	w->index = index;
	w->partc = 0;
	w->other = 0;

	for (size_t len = 0; low < high && number[len]; len++) {
		const unsigned char ch = (unsigned char)number[len];

		low = part_take(w, low, high, len);
		low = lower(index, low, high, len, ch);
		high = lower(index, low, high, len, (unsigned char)(ch + 1));
	}
	if (number[0])
		(void)part_take(w, low, high, strlen(number));
}


static uint32_t part_rule(const struct rule_walk *w, size_t part)
{
	return w->index->keyv[w->part[part].at].rule;
}


bool rule_walk_next(struct rule_walk *w, uint32_t *rule)
{
	uint32_t next = UINT32_MAX;

	if (w->other < w->index->otherc)
		next = w->index->otherv[w->other];
	for (size_t i = 0; i < w->partc; i++) {
		if (w->part[i].at < w->part[i].end && part_rule(w, i) < next)
			next = part_rule(w, i);
	}
	if (next == UINT32_MAX)
		return false;

	if (w->other < w->index->otherc && w->index->otherv[w->other] == next)
		w->other++;
	for (size_t i = 0; i < w->partc; i++) {
		while (w->part[i].at < w->part[i].end &&
		       part_rule(w, i) == next)
			w->part[i].at++;
	}
	*rule = next;

	return true;
}
