/**
 * @file app/policy/holidays.c  Which days are public holidays
 */
#include "app/policy/holidays.h"

#include "app/policy/zone.h"


enum {
	WEEK_DAYS = 7,
};


/* Let v[i] sink until no child is behind it in time: a heap of n */
static void sift(struct holidays_span *v, size_t i, size_t n)
{
	while (2 * i + 1 < n) {
		const struct holidays_span span = v[i];
		size_t child = 2 * i + 1;

		if (child + 1 < n && v[child + 1].first > v[child].first)
			child++;
		if (v[child].first <= span.first)
			return;
		v[i] = v[child];
		v[child] = span;
		i = child;
	}
}


/* Heapsort: in place, and never slower than n log n */
static void sort(struct holidays_span *v, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sift(v, i, n);

	while (n > 1) {
		const struct holidays_span latest = v[0];

		v[0] = v[--n];
		v[n] = latest;
		sift(v, 0, n);
	}
}


size_t holidays_spans_join(struct holidays_span *v, size_t n)
{
	size_t used = 0;

	if (!v || !n)
		return 0;

	sort(v, n);
	for (size_t i = 1; i < n; i++) {
		if ((int64_t)v[i].first > (int64_t)v[used].last + 1)
			v[++used] = v[i];
		else if (v[i].last > v[used].last)
			v[used].last = v[i].last;
	}

	return used + 1;
}


static bool in_spans(const struct holidays *h, int64_t day)
{
	size_t low = 0, high = h->spanc;

	/* The first span that does not end before the day */
	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (h->spanv[mid].last < day)
			low = mid + 1;
		else
			high = mid;
	}

	return low < h->spanc && h->spanv[low].first <= day;
}


static bool weekday_fits(const struct holidays_rule *r, const struct civil *c,
			 unsigned left)
{
	const unsigned nth = (c->day - 1u) / WEEK_DAYS;
	const unsigned nth_last = left / WEEK_DAYS + HOLIDAYS_NTH_MAX;
	unsigned any = 0;

	for (unsigned d = 0; d < WEEK_DAYS; d++)
		any |= r->weekdays[d];

	return !any || (r->weekdays[c->weekday] >> nth & 1) ||
	       (r->weekdays[c->weekday] >> nth_last & 1);
}


bool holidays_rule_fits(const struct holidays_rule *r, int64_t day)
{
	struct civil first, c;
	unsigned left;

	if (day < r->first || day > r->last)
		return false;

	civil_from_days(day, &c);
	if (!(r->months >> c.month & 1))
		return false;

	civil_from_days(r->first, &first);
	if ((c.year - first.year) % r->interval)
		return false;

	left = civil_month_days(c.year, c.month) - c.day;
	if ((r->month_days || r->month_ends) &&
	    !(r->month_days >> c.day & 1) && !(r->month_ends >> left >> 1 & 1))
		return false;

	return weekday_fits(r, &c, left);
}


static bool is_excepted(const struct holidays *h,
			const struct holidays_rule *r, int64_t day)
{
	for (size_t i = 0; i < r->exceptc; i++) {
		if (h->exceptv[r->except_at + i] == day)
			return true;
	}

	return false;
}


/* Whether a day is in what started on it, or on one before it */
static bool in_rule(const struct holidays *h, const struct holidays_rule *r,
		    int64_t day)
{
	for (int64_t start = day; start > day - r->days; start--) {
		if (holidays_rule_fits(r, start) && !is_excepted(h, r, start))
			return true;
	}

	return false;
}


bool holidays_has(const struct holidays *h, int64_t day)
{
	if (!h)
		return false;
	if (in_spans(h, day))
		return true;

	for (size_t i = 0; i < h->rulec; i++) {
		if (in_rule(h, &h->rulev[i], day))
			return true;
	}

	return false;
}
