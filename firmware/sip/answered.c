/**
 * @file firmware/sip/answered.c  What a refused call was answered
 */
#include "firmware/sip/answered.h"


static bool is_alive(const struct answered_entry *e, uint64_t now_ms)
{
	return e->used && now_ms - e->at_ms < ANSWERED_KEPT_MS;
}


enum answered_verdict answered_find(const struct answered *t,
				    const struct answered_key *key,
				    uint64_t now_ms, const struct refusal **r)
{
	const struct answered_entry *set =
		t->entry[key->request % ANSWERED_SETS];
	enum answered_verdict verdict = ANSWERED_NEW;

	for (size_t i = 0; i < ANSWERED_WAYS; i++) {
		if (set[i].key.request != key->request ||
		    !is_alive(&set[i], now_ms))
			continue;

		if (set[i].key.hop == key->hop) {
			*r = &set[i].refusal;
			return ANSWERED_AGAIN;
		}
		verdict = ANSWERED_MERGED;
	}

	return verdict;
}


void answered_add(struct answered *t, const struct answered_key *key,
		  uint64_t now_ms, const struct refusal *r)
{
	struct answered_entry *set = t->entry[key->request % ANSWERED_SETS];
	struct answered_entry *oldest = &set[0];

	for (size_t i = 0; i < ANSWERED_WAYS; i++) {
		if (!set[i].used) {
			oldest = &set[i];
			break;
		}
		if (set[i].at_ms < oldest->at_ms)
			oldest = &set[i];
	}

	oldest->key = *key;
	oldest->at_ms = now_ms;
	oldest->used = true;
	oldest->refusal = *r;
}
