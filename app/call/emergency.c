/**
 * @file app/call/emergency.c  After an emergency call nothing is screened
 *
 * Whoever answered it may call back, from any number, at any hour (RFC 7090
 * 3): for a while everything rings.
 */
#include "app/call/reducers.h"

#include <string.h>


static bool is_emergency(const struct policy_emergency *e, const char *number)
{
	for (size_t i = 0; i < e->numberc; i++) {
		if (!strcmp(e->number[i], number))
			return true;
	}

	return false;
}


void emergency_note(const struct step *s, const struct party *party)
{
	const struct policy_emergency *e =
		&s->p->settings->policy->emergency;

	if (is_emergency(e, party->number))
		s->p->emergency_until_ms =
			s->now->mono_ms + (uint64_t)e->window_s * MS_PER_S;
}


bool phone_emergency(const struct phone *p, const struct now *now)
{
	return now->mono_ms < p->emergency_until_ms;
}
