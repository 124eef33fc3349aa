/**
 * @file app/call/limit.c  How many calls a minute may reach the person
 *
 * A bucket is kept as the time at which it will be full again. A token that is
 * taken puts that off by what the token takes to come back, and it may be a
 * whole bucket away at the most. So nothing is filled up as time goes by.
 *
 * That time is in units of 1/per_minute ms: then a token takes 60000 of them
 * at any rate, and no fraction is ever lost.
 */
#include "app/call/limit.h"

#include <errno.h>
#include <string.h>

enum {
	TOKEN_UNITS = 60000,
};


static bool rate_valid(const struct limit_rate *r)
{
	return !r->per_minute || (r->per_minute <= LIMIT_PER_MINUTE_MAX &&
				  r->burst && r->burst <= LIMIT_BURST_MAX);
}


static bool rates_valid(const struct limit_rates *r)
{
	return rate_valid(&r->source) && rate_valid(&r->all);
}


int limit_init(struct limit *l, const struct limit_rates *stranger,
	       const struct limit_rates *trusted)
{
	if (!rates_valid(stranger) || !rates_valid(trusted))
		return EINVAL;

	memset(l, 0, sizeof(*l));
	l->stranger.rates = *stranger;
	l->trusted.rates = *trusted;

	return 0;
}


/** Take a token off a bucket; false: there is none, and it is as it was */
static bool token_take(uint64_t *full, const struct limit_rate *r,
		       uint64_t now_ms)
{
	const uint64_t now = now_ms * r->per_minute;
	const uint64_t size = (uint64_t)r->burst * TOKEN_UNITS;
	const uint64_t next = (*full > now ? *full : now) + TOKEN_UNITS;

	if (!r->per_minute)
		return true;
	if (next - now > size)
		return false;

	*full = next;

	return true;
}


/** The place of a source, or the one that it may have */
static struct limit_source *source_find(struct limit_side *side,
					uint64_t source)
{
	struct limit_source *first = &side->source[0];

	for (size_t i = 0; i < LIMIT_SOURCE_MAX; i++) {
		struct limit_source *s = &side->source[i];

		if (s->used && s->source == source)
			return s;
		if (first->used && (!s->used || s->full < first->full))
			first = s;
	}

	return first;
}


bool limit_take(struct limit *l, uint64_t source, bool trusted,
		uint64_t now_ms)
{
	struct limit_side *side = trusted ? &l->trusted : &l->stranger;
	struct limit_source *place = source_find(side, source);
	const bool known = place->used && place->source == source;
	uint64_t full = known ? place->full : 0;

	/* Who gets no turn pushes nobody out of the table */
	if (!token_take(&full, &side->rates.source, now_ms) ||
	    !token_take(&side->all_full, &side->rates.all, now_ms))
		return false;

	place->source = source;
	place->full = full;
	place->used = true;

	return true;
}
