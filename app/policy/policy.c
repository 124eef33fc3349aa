/**
 * @file app/policy/policy.c  Who may ring: one immutable value
 */
#include "app/policy/policy.h"

#include <string.h>


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
}
