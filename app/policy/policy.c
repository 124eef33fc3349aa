/**
 * @file app/policy/policy.c  Who may ring: one immutable value
 */
#include "app/policy/policy.h"

#include <string.h>


enum {
	SECOND_PER_MIN = 60,
};

static const uint16_t scode_default[POLICY_CAUSE_COUNT] = {
	[POLICY_CAUSE_BUTTON] = 603, [POLICY_CAUSE_RULE] = 603,
	[POLICY_CAUSE_HOURS] = 603,  [POLICY_CAUSE_DND] = 480,
	[POLICY_CAUSE_BUSY] = 486,   [POLICY_CAUSE_NO_ANSWER] = 480,
};


void policy_init(struct policy *p)
{
	if (!p)
		return;

	memset(p, 0, sizeof(*p));
	memcpy(p->scode, scode_default, sizeof(p->scode));
	zone_utc_init(&p->zone);
	p->outside = POLICY_REJECT;
	p->emergency.window_s = POLICY_EMERGENCY_MIN * SECOND_PER_MIN;
}


const char *policy_match_name(enum policy_match_kind kind)
{
	static const char *const name[POLICY_MATCH_COUNT] = {
#define X(id, text) [POLICY_MATCH_##id] = text,
		POLICY_MATCH_TABLE(X)
#undef X
	};

	if ((unsigned)kind >= POLICY_MATCH_COUNT)
		return NULL;

	return name[kind];
}


int policy_hours_find(const struct policy *p, const char *name, size_t len)
{
	for (size_t i = 0; i < p->hourc; i++) {
		if (strlen(p->hourv[i].name) == len &&
		    !memcmp(p->hourv[i].name, name, len))
			return (int)i;
	}

	return -1;
}


bool policy_blocks(const struct policy *p, const char *number)
{
	size_t low = 0, high = p->blockc;

	while (number[0] && low < high) {
		const size_t mid = low + (high - low) / 2;
		const int order = strcmp(p->blockv[mid], number);

		if (!order)
			return true;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}

	return false;
}
