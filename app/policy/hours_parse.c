/**
 * @file app/policy/hours_parse.c  A schedule's text: entries and their hours
 */
#include "app/policy/hours_text.h"

#include <errno.h>
#include <string.h>


enum {
	DAY_MIN = 1440,
	TIME_SIZE = 5, /* HH:MM */
};

_Static_assert(HOURS_RANGE_MAX == 128, "a message below says 128");
_Static_assert(HOURS_RANGE_MAX <= UINT8_MAX, "a special day counts in bytes");


int hours_text_fail(const struct hours_text *p, size_t off, const char *what,
		    int code)
{
	if (p->err) {
		p->err->off = off;
		p->err->what = what;
	}

	return code;
}


void hours_text_blanks(struct hours_text *p)
{
	while (p->text[p->i] == ' ' || p->text[p->i] == '\t')
		p->i++;
}


bool hours_text_take(struct hours_text *p, char ch)
{
	const size_t start = p->i;

	hours_text_blanks(p);
	if (p->text[p->i] != ch) {
		p->i = start;
		return false;
	}

	p->i++;
	hours_text_blanks(p);
	return true;
}


bool hours_text_is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}


bool hours_text_is_letter(char ch)
{
	return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
}


bool hours_text_word(struct hours_text *p, const char *word)
{
	const size_t n = strlen(word);
	const char *s = &p->text[p->i];

	if (strncmp(s, word, n) || hours_text_is_letter(s[n]) ||
	    hours_text_is_digit(s[n]))
		return false;

	p->i += n;
	hours_text_blanks(p);
	return true;
}


size_t hours_text_digits(const struct hours_text *p)
{
	size_t n = 0;

	while (hours_text_is_digit(p->text[p->i + n]))
		n++;

	return n;
}


unsigned hours_text_uint(struct hours_text *p, size_t digits)
{
	unsigned v = 0;

	while (digits--)
		v = v * 10 + (unsigned)(p->text[p->i++] - '0');

	return v;
}


static int add(const struct hours_text *p, size_t off, unsigned weekday,
	       unsigned from_min, unsigned to_min)
{
	if (p->h->rangec == HOURS_RANGE_MAX)
		return hours_text_fail(p, off,
				       "too many ranges: at most 128, counted "
				       "for each day of the week",
				       ENOSPC);

	p->h->range[p->h->rangec++] = (struct hours_range){
		.weekday = (uint8_t)weekday,
		.from_min = (uint16_t)from_min,
		.to_min = (uint16_t)to_min,
	};
	return 0;
}


static int time_parse(struct hours_text *p, unsigned max_min,
		      const char *beyond, unsigned *min)
{
	const char *s = &p->text[p->i];
	unsigned v;

	if (!hours_text_is_digit(s[0]) || !hours_text_is_digit(s[1]) ||
	    s[2] != ':' || !hours_text_is_digit(s[3]) ||
	    !hours_text_is_digit(s[4]) || hours_text_is_digit(s[TIME_SIZE]))
		return hours_text_fail(p, p->i,
				       "no time: write hours and minutes in "
				       "two digits each, e.g. 09:00",
				       EBADMSG);

	v = (unsigned)(s[3] - '0') * 10 + (unsigned)(s[4] - '0');
	if (v > 59)
		return hours_text_fail(p, p->i + 3, "minutes are 00 to 59",
				       EBADMSG);

	v += ((unsigned)(s[0] - '0') * 10 + (unsigned)(s[1] - '0')) * 60;
	if (v > max_min)
		return hours_text_fail(p, p->i, beyond, EBADMSG);

	p->i += TIME_SIZE;
	*min = v;
	return 0;
}


/* 09:00-12:30, for each of the days; without any for special ones */
static int range_parse(struct hours_text *p, const struct hours_days *days)
{
	const size_t off = p->i;
	unsigned from = 0, to = 0;
	int err;

	err = time_parse(p, DAY_MIN - 1, "a start is 00:00 to 23:59", &from);
	if (err)
		return err;
	if (!hours_text_take(p, '-'))
		return hours_text_fail(p, p->i,
				       "no end: write \"-\" and a time, e.g. "
				       "09:00-12:30",
				       EBADMSG);
	err = time_parse(p, DAY_MIN, "an end is 00:00 to 24:00", &to);
	if (err)
		return err;

	if (to <= from)
		to += DAY_MIN;
	if (!days)
		return add(p, off, HOURS_WEEKDAY_ANY, from, to);

	for (unsigned d = 0; d < HOURS_WEEK_DAYS; d++) {
		if (!days->nth[d])
			continue;
		err = add(p, off, d, from, to);
		if (err)
			return err;
	}

	return 0;
}


static int ranges_parse(struct hours_text *p, const struct hours_days *days)
{
	do {
		int err;

		if (hours_text_is_letter(p->text[p->i]))
			return hours_text_fail(p, p->i,
					       "no time behind \",\": other "
					       "days' hours start with \";\"",
					       EBADMSG);
		err = range_parse(p, days);
		if (err)
			return err;
	} while (hours_text_take(p, ','));

	return 0;
}


/* Mo-Fr 09:00-12:30,13:30-18:00 */
static int week_hours_parse(struct hours_text *p, size_t off,
			    const struct hours_days *days)
{
	int err;

	if (p->h->specialc)
		return hours_text_fail(p, off,
				       "days of the week stand in front of "
				       "the special days, else they would "
				       "open those again: move this forward",
				       EBADMSG);
	if (p->always_off)
		return hours_text_fail(p, p->always_off,
				       "\"24/7\" stands alone or in front of "
				       "special days: leave out the week's",
				       EBADMSG);
	if (!hours_text_is_digit(p->text[p->i]))
		return hours_text_fail(p, p->i,
				       "no hours behind the day: write e.g. "
				       "09:00-18:00, and leave out a day that "
				       "is closed",
				       EBADMSG);

	err = ranges_parse(p, days);
	p->h->n = p->h->rangec;
	return err;
}


static bool is_same(const struct hours_special *a,
		    const struct hours_special *b)
{
	return a->kind == b->kind && a->from == b->from && a->to == b->to &&
	       a->nth == b->nth && a->weekdays == b->weekdays;
}


/* The same days said again would hide what was said first */
static int twice_check(const struct hours_text *p, size_t off, size_t from)
{
	const struct hours *h = p->h;

	for (size_t i = from; i < h->specialc; i++) {
		for (size_t k = 0; k < from; k++) {
			if (!is_same(&h->special[i], &h->special[k]))
				continue;
			return hours_text_fail(
				p, off,
				"this day is given twice, and the last alone "
				"would hold: write all its hours in one "
				"entry",
				EBADMSG);
		}
	}

	return 0;
}


/* The hours behind special days, which stand from an index on */
static int special_hours_parse(struct hours_text *p, size_t off, size_t from)
{
	struct hours *h = p->h;
	const size_t first = h->rangec;
	int err;

	err = twice_check(p, off, from);
	if (err)
		return err;

	if (!hours_text_word(p, "off")) {
		if (!hours_text_is_digit(p->text[p->i]))
			return hours_text_fail(p, p->i,
					       "no hours behind the day: "
					       "write e.g. 09:00-12:00, or "
					       "\"off\"",
					       EBADMSG);
		err = ranges_parse(p, NULL);
		if (err)
			return err;
	}

	for (size_t i = from; i < h->specialc; i++) {
		h->special[i].first = (uint8_t)first;
		h->special[i].n = (uint8_t)(h->rangec - first);
	}

	return 0;
}


static bool has_number(const struct hours_days *days)
{
	for (unsigned d = 0; d < HOURS_WEEK_DAYS; d++) {
		if (days->nth[d] && days->nth[d] != HOURS_NTH_EACH)
			return true;
	}

	return false;
}


static int entry_parse(struct hours_text *p)
{
	const size_t off = p->i, from = p->h->specialc;
	struct hours_days days;
	int err;

	if (hours_special_here(p)) {
		err = hours_special_read(p);
		if (err)
			return err;
		hours_text_blanks(p);
		return special_hours_parse(p, off, from);
	}

	err = hours_days_read(p, &days);
	if (err)
		return err;
	hours_text_blanks(p);
	if (!has_number(&days))
		return week_hours_parse(p, off, &days);

	err = hours_special_weekdays(p, off, &days);
	return err ? err : special_hours_parse(p, off, from);
}


static int always_parse(struct hours_text *p)
{
	const size_t off = p->i;
	int err = 0;

	for (unsigned d = 0; d < HOURS_WEEK_DAYS && !err; d++)
		err = add(p, 0, d, 0, DAY_MIN);
	p->h->n = p->h->rangec;
	p->always_off = off;
	if (!err && p->text[off] && !hours_text_take(p, ';'))
		err = hours_text_fail(p, off,
				      "\"24/7\" stands alone or in front of "
				      "special days, which start with \";\"",
				      EBADMSG);

	return err;
}


static int schedule_parse(struct hours_text *p)
{
	int err;

	hours_text_blanks(p);
	if (!p->text[p->i])
		return hours_text_fail(p, p->i,
				       "no hours: write e.g. \"Mo-Fr "
				       "09:00-18:00\", \"24/7\" or \"off\"",
				       EBADMSG);

	if (hours_text_word(p, "off"))
		return p->text[p->i] ? hours_text_fail(p, p->i,
						       "\"off\" stands alone",
						       EBADMSG)
				     : 0;
	if (hours_text_word(p, "24/7")) {
		err = always_parse(p);
		if (err || !p->text[p->always_off])
			return err;
	}

	do {
		err = entry_parse(p);
		if (err)
			return err;
	} while (hours_text_take(p, ';'));

	hours_text_blanks(p);
	if (p->text[p->i])
		return hours_text_fail(p, p->i,
				       "not understood: ranges are parted by "
				       "\",\", days' hours by \";\"",
				       EBADMSG);

	return 0;
}


int hours_parse(struct hours *h, const char *text, struct text_error *err)
{
	struct hours parsed;
	struct hours_text p = {.text = text, .h = &parsed, .err = err};
	int e;

	if (!h || !text)
		return EINVAL;

	memset(&parsed, 0, sizeof(parsed));
	e = schedule_parse(&p);
	if (!e)
		*h = parsed;

	return e;
}
