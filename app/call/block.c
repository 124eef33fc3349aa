/**
 * @file app/call/block.c  "Not again": the person's own block list
 *
 * The list itself is part of the policy. Here it is asked for, shown with a
 * way back, and what came of it is told.
 */
#include "app/call/reducers.h"

#include <string.h>


static void plan_number(const struct phone *p, char dst[NUMBER_MAX],
			const struct party *party)
{
	dial_plan_apply(&p->settings->policy->plan, dst, party->number);
}


bool block_possible(const struct party *party)
{
	return party->number[0] != '\0';
}


bool block_has(const struct phone *p, const struct party *party)
{
	char number[NUMBER_MAX];

	plan_number(p, number, party);

	return policy_blocks(p->settings->policy, number);
}


static void ask(const struct step *s, const struct party *party, bool block)
{
	struct phone_notice n;

	if (!block_possible(party))
		return;

	plan_number(s->p,
		    command_add(s->out, block ? CMD_BLOCK : CMD_UNBLOCK, 0)
			    ->number,
		    party);

	memset(&n, 0, sizeof(n));
	n.kind = block ? PHONE_NOTICE_BLOCKED : PHONE_NOTICE_UNBLOCKED;
	n.party = *party;
	phone_notice_show(s, &n);
}


void block_add(const struct step *s, const struct party *party)
{
	ask(s, party, true);
}


void block_remove(const struct step *s, const struct party *party)
{
	ask(s, party, false);
}


void block_not_saved(const struct step *s, const struct phone_not_saved *e)
{
	const struct phone *p = s->p;
	struct phone_notice n;

	/* What the screen says has not come true; whom it was about is known
	   as long as it stands there */
	memset(&n, 0, sizeof(n));
	n.kind = PHONE_NOTICE_NOT_SAVED;
	n.not_saved = *e;
	if (p->notice.kind == PHONE_NOTICE_BLOCKED ||
	    p->notice.kind == PHONE_NOTICE_UNBLOCKED)
		n.party = p->notice.party;

	phone_notice_interrupt(s);
	phone_notice_show(s, &n);
}
