/**
 * @file app/policy/hours.c  Opening hours: open or closed, and until when
 */
#include "app/policy/hours.h"

#include "app/policy/hours_day.h"


enum {
	MIN_S = 60,
	DAY_S = 86400,
	DAY_MIN = 1440,
	HORIZON_S = HOURS_HORIZON_DAY * DAY_S,
};

/* A local minute, with what holds on its day and on the day before, whose
 * ranges may run over midnight */
struct place {
	const struct hours *h;
	const struct holidays *holidays;
	const struct zone *z;

	int64_t day;  /* local, since 1970-01-01 */
	unsigned min; /* since its midnight      */
	unsigned sec; /* since the minute began  */
	struct hours_day today, before;
};


/* Minutes that a day's ranges go on for from a minute on that they cover;
 * 0: they don't */
static unsigned day_covers(const struct hours_day *d, unsigned min)
{
	unsigned most = 0;

	for (size_t i = 0; i < d->rangec; i++) {
		const struct hours_range *r = &d->rangev[i];

		if (r->weekday == d->weekday && min >= r->from_min &&
		    min < r->to_min && r->to_min - min > most)
			most = r->to_min - min;
	}

	return most;
}


/* Minutes for which it surely stays open; 0: it is closed */
static unsigned open_min(const struct place *p)
{
	const unsigned today = day_covers(&p->today, p->min);
	const unsigned before = day_covers(&p->before, p->min + DAY_MIN);

	return today > before ? today : before;
}


/* Minutes for which it stays closed while it is: to the day's next start of
 * a range, or to midnight, behind which another day's ranges hold */
static unsigned closed_min(const struct place *p)
{
	unsigned least = DAY_MIN - p->min;

	for (size_t i = 0; i < p->today.rangec; i++) {
		const struct hours_range *r = &p->today.rangev[i];

		if (r->weekday == p->today.weekday && r->from_min > p->min &&
		    r->from_min - p->min < least)
			least = r->from_min - p->min;
	}

	return least;
}


/* What was found for a day is kept as long as it is today or yesterday */
static void day_go(struct place *p, int64_t day, bool known)
{
	if (known && day == p->day)
		return;

	if (known && day == p->day + 1)
		p->before = p->today;
	else
		p->before = hours_day(p->h, p->holidays, day - 1);
	p->today = hours_day(p->h, p->holidays, day);
	p->day = day;
}


static void place_go(struct place *p, int64_t utc_s, bool known)
{
	const int64_t local_s = zone_local_s(p->z, utc_s);
	int64_t day = local_s / DAY_S, s = local_s % DAY_S;

	if (s < 0) {
		s += DAY_S;
		day--;
	}

	p->min = (unsigned)(s / MIN_S);
	p->sec = (unsigned)(s % MIN_S);
	day_go(p, day, known);
}


bool hours_open(const struct hours *h, const struct holidays *holidays,
		const struct zone *z, int64_t utc_s)
{
	struct place p = {.h = h, .holidays = holidays, .z = z};

	if (!h || !z)
		return false;

	place_go(&p, utc_s, false);
	return open_min(&p) > 0;
}


/* Walks from one instant at which the state may change to the next: where a
 * range starts or ends, at midnight while it is closed, and where the clocks
 * are changed. Between two changes of the clocks local time runs as UTC. */
static bool walk(struct place *p, int64_t utc_s, bool open, int64_t *at_s)
{
	const int64_t end_s = utc_s + HORIZON_S;
	int64_t t = utc_s, change = utc_s;
	bool changes = true;
	unsigned left;

	place_go(p, t, false);
	left = open_min(p);

	for (;;) {
		const unsigned was = left;
		const unsigned min = left ? left : closed_min(p);
		int64_t next = t - p->sec + (int64_t)min * MIN_S;

		if (changes && change <= t)
			changes = zone_next_change(p->z, t, &change);
		if (changes && change < next)
			next = change;
		if (next > end_s)
			return false;

		t = next;
		place_go(p, t, true);
		left = open_min(p);
		if (!left != !was && !left == !open) {
			*at_s = t;
			return true;
		}
	}
}


bool hours_next(const struct hours *h, const struct holidays *holidays,
		const struct zone *z, int64_t utc_s, bool open, int64_t *at_s)
{
	struct place p = {.h = h, .holidays = holidays, .z = z};

	if (!h || !z || !at_s || (!h->n && !h->specialc) ||
	    utc_s > ZONE_UTC_MAX_S - HORIZON_S || utc_s < -ZONE_UTC_MAX_S)
		return false;

	return walk(&p, utc_s, open, at_s);
}
