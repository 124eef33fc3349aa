/**
 * @file app/call/history.c  A ring of the newest calls
 */
#include "app/call/history.h"

#include <string.h>

enum {
	MS_PER_S = 1000,
};


void history_init(struct history *h)
{
	memset(h, 0, sizeof(*h));
}


void history_add(struct history *h, const struct history_entry *e)
{
	h->entry[(h->first + h->n) % HISTORY_MAX] = *e;

	if (h->n < HISTORY_MAX)
		++h->n;
	else
		h->first = (h->first + 1) % HISTORY_MAX;

	if (e->missed)
		++h->unseen;
}


const struct history_entry *history_at(const struct history *h, size_t i)
{
	if (i >= h->n)
		return NULL;

	return &h->entry[(h->first + h->n - 1 - i) % HISTORY_MAX];
}


size_t history_count(const struct history *h, bool missed_only)
{
	size_t n = 0;

	if (!missed_only)
		return h->n;

	for (size_t i = 0; i < h->n; i++) {
		if (history_at(h, i)->missed)
			++n;
	}

	return n;
}


const struct history_entry *history_nth(const struct history *h, size_t i,
					bool missed_only)
{
	if (!missed_only)
		return history_at(h, i);

	for (size_t k = 0; k < h->n; k++) {
		const struct history_entry *e = history_at(h, k);

		if (e->missed && i-- == 0)
			return e;
	}

	return NULL;
}


const struct history_entry *history_last_dialled(const struct history *h)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct history_entry *e = history_at(h, i);

		if (e->outgoing)
			return e;
	}

	return NULL;
}


uint32_t history_called_before_s(const struct history *h, const char *number,
				 uint64_t now_ms)
{
	for (size_t i = 0; number[0] && i < h->n; i++) {
		const struct history_entry *e = history_at(h, i);
		uint64_t ago_s;

		if (e->outgoing || strcmp(e->number, number) != 0 ||
		    e->start_ms > now_ms)
			continue;

		ago_s = (now_ms - e->start_ms) / MS_PER_S;
		return ago_s < SCREENING_NEVER_S ? (uint32_t)ago_s
						 : SCREENING_NEVER_S - 1;
	}

	return SCREENING_NEVER_S;
}


void history_plan(struct history *h, const struct dial_plan *plan)
{
	for (size_t i = 0; i < h->n; i++) {
		struct history_entry *e =
			&h->entry[(h->first + i) % HISTORY_MAX];

		dial_plan_apply(plan, e->number, e->party.number);
	}
}


void history_seen(struct history *h)
{
	h->unseen = 0;
}
