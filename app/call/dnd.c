/**
 * @file app/call/dnd.c  Do not disturb, and when it ends
 *
 * It ends by the clock on the wall, since it is kept over a restart. While
 * that clock is not set it ends by the monotonic one, and a restart ends it:
 * a call too many is better than one that was lost.
 */
#include "app/call/reducers.h"

#include <string.h>

enum {
	SECOND_PER_MIN = 60,
};


static uint64_t ms_until(const struct now *now, int64_t at_s)
{
	if (at_s <= now->utc_s)
		return now->mono_ms;

	return now->mono_ms + (uint64_t)(at_s - now->utc_s) * MS_PER_S -
	       now->utc_ms;
}


static void save(const struct step *s)
{
	const struct phone *p = s->p;
	struct dnd_state *kept = &command_add(s->out, CMD_SAVE_DND, 0)->dnd;

	kept->has_end = p->dnd && p->dnd_end.wall;
	kept->on = p->dnd && (!p->dnd_end.set || p->dnd_end.wall);
	kept->until_s = kept->has_end ? p->dnd_end.until_s : 0;
}


static void end_set(struct phone *p, const struct dnd_state *state,
		    const struct now *now)
{
	memset(&p->dnd_end, 0, sizeof(p->dnd_end));
	p->dnd_end.set = state->on && state->has_end;
	p->dnd_end.wall = p->dnd_end.set;
	p->dnd_end.until_s = state->until_s;
	p->dnd_end.until_ms = NOW_NEVER_MS;
	if (now->utc_valid)
		p->dnd_end.until_ms = ms_until(now, state->until_s);
}


static void change(const struct step *s, const struct dnd_state *state)
{
	struct phone *p = s->p;

	p->dnd_was = (struct phone_dnd_was){.on = p->dnd, .end = p->dnd_end};
	p->dnd = state->on;
	end_set(p, state, s->now);
}


void dnd_set(const struct step *s, const struct dnd_state *state)
{
	change(s, state);
	save(s);
}


/* With a disk that fails it must not be on for ever: a call that is lost is
   worse than one too many */
void dnd_not_saved(struct phone *p)
{
	if (!p->dnd)
		return;

	p->dnd = p->dnd_was.on;
	p->dnd_end = p->dnd_was.end;
}


void dnd_restore(const struct step *s, const struct dnd_state *state)
{
	s->p->dnd = state->on;
	end_set(s->p, state, s->now);
}


void dnd_toggle(const struct step *s)
{
	const struct dnd_state state = {.on = !s->p->dnd};

	dnd_set(s, &state);
}


/** Seconds to the next midnight of the clock on the wall */
static int64_t midnight_s(const struct step *s)
{
	const struct zone *zone = &s->p->settings->policy->zone;
	struct civil c;

	zone_to_civil(zone, s->now->utc_s, &c);
	c.day++;
	c.hour = c.min = c.sec = 0;

	return zone_from_civil(zone, &c) - s->now->utc_s;
}


const struct dnd_choice *dnd_choice_at(const struct now *now, size_t i)
{
	static const struct dnd_choice choice[] = {
		{.kind = DND_CHOICE_FOR, .minutes = 30},
		{.kind = DND_CHOICE_FOR, .minutes = 60},
		{.kind = DND_CHOICE_FOR, .minutes = 120},
		{.kind = DND_CHOICE_FOR, .minutes = 240},
		{.kind = DND_CHOICE_EVER},
		{.kind = DND_CHOICE_OFF},
		{.kind = DND_CHOICE_MIDNIGHT}, /* last: needs the clock */
	};
	const size_t n = sizeof(choice) / sizeof(choice[0]);

	return i < n - !now->utc_valid ? &choice[i] : NULL;
}


void dnd_choose(const struct step *s, size_t i)
{
	const struct dnd_choice *choice = dnd_choice_at(s->now, i);
	struct dnd_state state = {.on = true};
	int64_t for_s = 0;

	if (!choice)
		return;

	switch (choice->kind) {

	case DND_CHOICE_FOR:
		for_s = (int64_t)choice->minutes * SECOND_PER_MIN;
		break;

	case DND_CHOICE_MIDNIGHT:
		for_s = midnight_s(s);
		break;

	case DND_CHOICE_OFF:
		state.on = false;
		break;

	case DND_CHOICE_EVER:
		break;
	}

	state.has_end = for_s && s->now->utc_valid;
	state.until_s = state.has_end ? s->now->utc_s + for_s : 0;
	change(s, &state);

	if (for_s && !state.has_end) {
		s->p->dnd_end.set = true;
		s->p->dnd_end.until_ms =
			s->now->mono_ms + (uint64_t)for_s * MS_PER_S;
	}
	save(s);
}


bool dnd_holds(const struct phone *p, const struct now *now)
{
	const struct phone_dnd_end *end = &p->dnd_end;

	if (!p->dnd || !end->set)
		return p->dnd;

	/* The wall clock may have been set since */
	if (end->wall)
		return !now->utc_valid || now->utc_s < end->until_s;

	return now->mono_ms < end->until_ms;
}


uint64_t dnd_next_ms(const struct phone *p)
{
	return p->dnd && p->dnd_end.set ? p->dnd_end.until_ms : NOW_NEVER_MS;
}


void dnd_due(const struct step *s)
{
	static const struct dnd_state off;
	struct phone *p = s->p;

	if (!p->dnd || !p->dnd_end.set)
		return;

	if (p->dnd_end.wall)
		p->dnd_end.until_ms =
			s->now->utc_valid
				? ms_until(s->now, p->dnd_end.until_s)
				: NOW_NEVER_MS;

	if (!dnd_holds(p, s->now))
		dnd_set(s, &off);
}
