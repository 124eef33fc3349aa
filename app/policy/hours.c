/**
 * @file app/policy/hours.c  Opening hours: open or closed, and until when
 */
#include "app/policy/hours.h"

#include <errno.h>
#include <string.h>


enum {
	MIN_S = 60,
	DAY_S = 86400,
	DAY_MIN = 1440,
	HORIZON_S = HOURS_HORIZON_DAY * DAY_S,

	WEEK_DAYS = 7,
	WEEK_MIN = WEEK_DAYS * DAY_MIN,
	WEEK_S = WEEK_DAYS * DAY_S,
	EPOCH_DAY = 3, /* 1970-01-01 was a Thursday */

	TIME_SIZE = 5, /* HH:MM */
	DAY_SIZE = 2,
};

_Static_assert(HOURS_RANGE_MAX == 128, "a message below says 128");

struct parser {
	const char *text;
	size_t i;
	struct hours *h;
	struct text_error *err;
};

static const char day_name[WEEK_DAYS][DAY_SIZE + 1] = {"Mo", "Tu", "We", "Th",
						       "Fr", "Sa", "Su"};


static int fail(const struct parser *p, size_t off, const char *what, int code)
{
	if (p->err) {
		p->err->off = off;
		p->err->what = what;
	}

	return code;
}


static void blank_skip(struct parser *p)
{
	while (p->text[p->i] == ' ' || p->text[p->i] == '\t')
		p->i++;
}


/* Take a character and the blanks around it */
static bool take(struct parser *p, char ch)
{
	const size_t start = p->i;

	blank_skip(p);
	if (p->text[p->i] != ch) {
		p->i = start;
		return false;
	}

	p->i++;
	blank_skip(p);
	return true;
}


static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}


static bool is_letter(char ch)
{
	return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
}


static int add(const struct parser *p, size_t off, unsigned weekday,
	       unsigned from_min, unsigned to_min)
{
	if (p->h->n == HOURS_RANGE_MAX)
		return fail(p, off,
			    "too many ranges: at most 128, counted for each "
			    "day",
			    ENOSPC);

	p->h->range[p->h->n++] = (struct hours_range){
		.weekday = (uint8_t)weekday,
		.from_min = (uint16_t)from_min,
		.to_min = (uint16_t)to_min,
	};
	return 0;
}


static int day_parse(struct parser *p, unsigned *day)
{
	const char *s = &p->text[p->i];

	for (unsigned d = 0; d < WEEK_DAYS; d++) {
		if (strncmp(s, day_name[d], DAY_SIZE))
			continue;
		if (is_letter(s[DAY_SIZE]))
			return fail(p, p->i,
				    "a day has two letters: Mo Tu We Th Fr "
				    "Sa Su",
				    EBADMSG);
		p->i += DAY_SIZE;
		*day = d;
		return 0;
	}

	return fail(p, p->i,
		    "no day: write Mo Tu We Th Fr Sa Su, a list \"Mo,We\" or "
		    "a range \"Mo-Fr\"",
		    EBADMSG);
}


/* A day, a list, a range: as bits, Monday the lowest */
static int days_parse(struct parser *p, unsigned *days)
{
	*days = 0;

	do {
		unsigned first, last;
		int err;

		err = day_parse(p, &first);
		if (err)
			return err;
		last = first;
		if (take(p, '-')) {
			err = day_parse(p, &last);
			if (err)
				return err;
		}

		*days |= 1u << last;
		for (unsigned d = first; d != last; d = (d + 1) % WEEK_DAYS)
			*days |= 1u << d;
	} while (take(p, ','));

	return 0;
}


static int time_parse(struct parser *p, unsigned max_min, const char *beyond,
		      unsigned *min)
{
	const char *s = &p->text[p->i];
	unsigned v;

	if (!is_digit(s[0]) || !is_digit(s[1]) || s[2] != ':' ||
	    !is_digit(s[3]) || !is_digit(s[4]) || is_digit(s[TIME_SIZE]))
		return fail(p, p->i,
			    "no time: write hours and minutes in two digits "
			    "each, e.g. 09:00",
			    EBADMSG);

	v = (unsigned)(s[3] - '0') * 10 + (unsigned)(s[4] - '0');
	if (v > 59)
		return fail(p, p->i + 3, "minutes are 00 to 59", EBADMSG);

	v += ((unsigned)(s[0] - '0') * 10 + (unsigned)(s[1] - '0')) * 60;
	if (v > max_min)
		return fail(p, p->i, beyond, EBADMSG);

	p->i += TIME_SIZE;
	*min = v;
	return 0;
}


/* 09:00-12:30, for each of the days */
static int range_parse(struct parser *p, unsigned days)
{
	const size_t off = p->i;
	unsigned from = 0, to = 0;
	int err;

	err = time_parse(p, DAY_MIN - 1, "a start is 00:00 to 23:59", &from);
	if (err)
		return err;
	if (!take(p, '-'))
		return fail(p, p->i,
			    "no end: write \"-\" and a time, e.g. 09:00-12:30",
			    EBADMSG);
	err = time_parse(p, DAY_MIN, "an end is 00:00 to 24:00", &to);
	if (err)
		return err;

	if (to <= from)
		to += DAY_MIN;
	for (unsigned d = 0; d < WEEK_DAYS; d++) {
		if (!(days & 1u << d))
			continue;
		err = add(p, off, d, from, to);
		if (err)
			return err;
	}

	return 0;
}


/* Mo-Fr 09:00-12:30,13:30-18:00 */
static int rule_parse(struct parser *p)
{
	unsigned days;
	int err;

	err = days_parse(p, &days);
	if (err)
		return err;

	blank_skip(p);
	if (!is_digit(p->text[p->i]))
		return fail(p, p->i,
			    "no hours behind the day: write e.g. 09:00-18:00, "
			    "and leave out a day that is closed",
			    EBADMSG);
	do {
		if (is_letter(p->text[p->i]))
			return fail(p, p->i,
				    "no time behind \",\": other days' hours "
				    "start with \";\"",
				    EBADMSG);
		err = range_parse(p, days);
		if (err)
			return err;
	} while (take(p, ','));

	return 0;
}


/* The words that stand for a whole schedule */
static bool word_take(struct parser *p, const char *word)
{
	const size_t n = strlen(word);

	if (strncmp(&p->text[p->i], word, n))
		return false;

	p->i += n;
	blank_skip(p);
	return true;
}


static int schedule_parse(struct parser *p)
{
	int err = 0;

	blank_skip(p);
	if (!p->text[p->i])
		return fail(p, p->i,
			    "no hours: write e.g. \"Mo-Fr 09:00-18:00\", "
			    "\"24/7\" or \"off\"",
			    EBADMSG);

	if (word_take(p, "24/7")) {
		for (unsigned d = 0; d < WEEK_DAYS && !err; d++)
			err = add(p, 0, d, 0, DAY_MIN);
		if (!err && p->text[p->i])
			err = fail(p, p->i, "\"24/7\" stands alone", EBADMSG);
		return err;
	}
	if (word_take(p, "off"))
		return p->text[p->i]
			       ? fail(p, p->i, "\"off\" stands alone", EBADMSG)
			       : 0;

	do {
		err = rule_parse(p);
		if (err)
			return err;
	} while (take(p, ';'));

	blank_skip(p);
	if (p->text[p->i])
		return fail(p, p->i,
			    "not understood: ranges are parted by \",\", "
			    "days' hours by \";\"",
			    EBADMSG);

	return 0;
}


int hours_parse(struct hours *h, const char *text, struct text_error *err)
{
	struct hours parsed = {.n = 0};
	struct parser p = {.text = text, .h = &parsed, .err = err};
	int e;

	if (!h || !text)
		return EINVAL;

	e = schedule_parse(&p);
	if (!e)
		*h = parsed;

	return e;
}


/* Seconds since local Monday 00:00 */
static unsigned week_s(const struct zone *z, int64_t utc_s)
{
	const int64_t s =
		(zone_local_s(z, utc_s) + EPOCH_DAY * DAY_S) % WEEK_S;

	return (unsigned)(s < 0 ? s + WEEK_S : s);
}


/* Minutes from the start of a range to a minute of the week; the range
 * covers it if that is less than the range is long */
static unsigned range_into(const struct hours_range *r, unsigned week_min)
{
	const unsigned start = r->weekday * (unsigned)DAY_MIN + r->from_min;

	return (week_min + WEEK_MIN - start) % WEEK_MIN;
}


static unsigned range_len(const struct hours_range *r)
{
	return (unsigned)(r->to_min - r->from_min);
}


/* Minutes that it stays open from a minute of the week on, over all ranges
 * that touch; 0: closed, WEEK_MIN or more: always open */
static unsigned open_min(const struct hours *h, unsigned week_min)
{
	unsigned total = 0, more;

	do {
		more = 0;
		for (size_t i = 0; i < h->n; i++) {
			const struct hours_range *r = &h->range[i];
			const unsigned len = range_len(r);
			const unsigned into = range_into(r, week_min + total);

			if (into < len && len - into > more)
				more = len - into;
		}
		total += more;
	} while (more && total < WEEK_MIN);

	return total;
}


/* Minutes to the next start of a range while it is closed; WEEK_MIN: none */
static unsigned closed_min(const struct hours *h, unsigned week_min)
{
	unsigned least = WEEK_MIN;

	for (size_t i = 0; i < h->n; i++) {
		const unsigned to =
			WEEK_MIN - range_into(&h->range[i], week_min);

		if (to < least)
			least = to;
	}

	return least;
}


bool hours_open(const struct hours *h, const struct zone *z, int64_t utc_s)
{
	unsigned week_min;

	if (!h || !z)
		return false;

	week_min = week_s(z, utc_s) / MIN_S;
	for (size_t i = 0; i < h->n; i++) {
		if (range_into(&h->range[i], week_min) <
		    range_len(&h->range[i]))
			return true;
	}

	return false;
}


/* The next instant at which the state may be another: where a range starts
 * or ends, or the clocks are changed, whatever comes first */
static bool next_candidate(const struct hours *h, const struct zone *z,
			   int64_t utc_s, bool is_open, int64_t *at_s)
{
	const unsigned s = week_s(z, utc_s);
	const unsigned min =
		is_open ? open_min(h, s / MIN_S) : closed_min(h, s / MIN_S);
	int64_t change;
	bool found = min < WEEK_MIN;

	if (found)
		*at_s = utc_s - s % MIN_S + (int64_t)min * MIN_S;
	if (zone_next_change(z, utc_s, &change) &&
	    (!found || change < *at_s)) {
		*at_s = change;
		found = true;
	}

	return found;
}


/* The work is bounded: a change of state that is not asked for comes once,
 * the others are changes of the zone's offset within the horizon */
bool hours_next(const struct hours *h, const struct zone *z, int64_t utc_s,
		bool open, int64_t *at_s)
{
	int64_t t = utc_s, end_s;
	bool is_open;

	if (!h || !z || !at_s || utc_s > ZONE_UTC_MAX_S - HORIZON_S ||
	    utc_s < -ZONE_UTC_MAX_S)
		return false;

	end_s = utc_s + HORIZON_S;
	is_open = hours_open(h, z, t);

	while (next_candidate(h, z, t, is_open, &t) && t <= end_s) {
		const bool was_open = is_open;

		is_open = hours_open(h, z, t);
		if (is_open != was_open && is_open == open) {
			*at_s = t;
			return true;
		}
	}

	return false;
}
