/**
 * @file app/policy/hours_special.c  A schedule's text: the special days
 */
#include "app/policy/hours_text.h"

#include <errno.h>
#include <string.h>


enum {
	EASTER_DIGITS_MAX = 3,
};

_Static_assert(HOURS_SPECIAL_MAX == 64, "a message below says 64");
_Static_assert(HOURS_EASTER_MAX == 180, "a message below says 180");


int hours_special_add(struct hours_text *p, size_t off,
		      const struct hours_special *s)
{
	if (p->h->specialc == HOURS_SPECIAL_MAX)
		return hours_text_fail(
			p, off, "too many special days: at most 64", ENOSPC);

	p->h->special[p->h->specialc++] = *s;
	return 0;
}


static bool is_word(const struct hours_text *p, const char *word)
{
	struct hours_text at = *p;

	return hours_text_word(&at, word);
}


static bool is_easter(const struct hours_text *p)
{
	return is_word(p, "easter");
}


bool hours_special_here(const struct hours_text *p)
{
	return hours_date_here(p) || is_easter(p) || is_word(p, "PH");
}


/* easter, easter+1, "easter -2 days" */
static int easter_day_read(struct hours_text *p, int32_t *off_day)
{
	const size_t start = p->i + strlen("easter");
	size_t n;
	char sign;

	p->i = start;
	hours_text_blanks(p);
	sign = p->text[p->i];
	*off_day = 0;
	if (sign != '+' && sign != '-')
		return 0;

	p->i++;
	hours_text_blanks(p);
	n = hours_text_digits(p);
	if (!n && sign == '-' && is_easter(p)) {
		p->i = start; /* a span: "easter-easter+1" */
		return 0;
	}
	if (n && n <= EASTER_DIGITS_MAX)
		*off_day = (int32_t)hours_text_uint(p, n);
	if (!n || n > EASTER_DIGITS_MAX || *off_day > HOURS_EASTER_MAX)
		return hours_text_fail(p, p->i,
				       "no number of days: write e.g. "
				       "easter+1, at most 180",
				       EBADMSG);
	if (sign == '-')
		*off_day = -*off_day;

	hours_text_blanks(p);
	(void)(hours_text_word(p, "days") || hours_text_word(p, "day"));
	return 0;
}


/* easter-2, easter-2-easter+1 */
static int easter_read(struct hours_text *p)
{
	const size_t off = p->i;
	struct hours_special s = {
		.kind = HOURS_EASTER,
		.weekdays = HOURS_WEEKDAYS,
	};
	int err;

	err = easter_day_read(p, &s.from);
	if (err)
		return err;

	s.to = s.from;
	if (hours_text_take(p, '-')) {
		const size_t end = p->i;

		if (!is_easter(p))
			return hours_text_fail(p, end,
					       "no end: write e.g. "
					       "easter-2-easter+1",
					       EBADMSG);
		err = easter_day_read(p, &s.to);
		if (err)
			return err;
		if (s.to < s.from)
			return hours_text_fail(
				p, end, "this ends before it starts", EBADMSG);
	}

	return hours_special_add(p, off, &s);
}


static int holiday_add(struct hours_text *p, size_t off)
{
	const struct hours_special s = {
		.kind = HOURS_HOLIDAY,
		.weekdays = HOURS_WEEKDAYS,
	};

	if (!p->h->has_holiday)
		p->h->holiday_off = off;
	p->h->has_holiday = true;
	return hours_special_add(p, off, &s);
}


/* Limit the special days from an index on to days of the week: once for
 * each number that these have */
static int weekdays_limit(struct hours_text *p, size_t off, size_t from,
			  const struct hours_days *days)
{
	const size_t to = p->h->specialc;
	unsigned done = 0;

	for (unsigned d = 0; d < HOURS_WEEK_DAYS; d++) {
		const unsigned nth = days->nth[d];
		unsigned weekdays = 0;

		if (!nth || done & 1u << d)
			continue;
		for (unsigned k = d; k < HOURS_WEEK_DAYS; k++)
			weekdays |= (unsigned)(days->nth[k] == nth) << k;

		for (size_t i = from; i < to; i++) {
			struct hours_special s = p->h->special[i];
			int err = 0;

			s.nth = nth == HOURS_NTH_EACH ? 0 : (uint16_t)nth;
			s.weekdays = (uint8_t)weekdays;
			if (done)
				err = hours_special_add(p, off, &s);
			else
				p->h->special[i] = s;
			if (err)
				return err;
		}
		done |= weekdays;
	}

	return 0;
}


int hours_special_weekdays(struct hours_text *p, size_t off,
			   const struct hours_days *days)
{
	const struct hours_special year = {
		.kind = HOURS_YEARLY,
		.from = 1 * HOURS_MONTH + 1,
		.to = 12 * HOURS_MONTH + 31,
	};
	const size_t from = p->h->specialc;
	int err;

	for (unsigned d = 0; d < HOURS_WEEK_DAYS; d++) {
		if (days->nth[d] == HOURS_NTH_EACH)
			return hours_text_fail(p, off,
					       "days with a number and days "
					       "without stand in entries of "
					       "their own, parted by \";\"",
					       EBADMSG);
	}

	err = hours_special_add(p, off, &year);
	return err ? err : weekdays_limit(p, off, from, days);
}


static int item_read(struct hours_text *p, struct hours_date *date)
{
	const size_t off = p->i;

	if (is_easter(p)) {
		date->day = 0;
		return easter_read(p);
	}
	if (hours_text_word(p, "PH")) {
		date->day = 0;
		return holiday_add(p, off);
	}
	if (hours_days_here(p))
		return hours_text_fail(p, off,
				       "days of the week stand in an entry of "
				       "their own, in front of the special "
				       "days",
				       EBADMSG);

	return hours_date_read(p, date);
}


int hours_special_read(struct hours_text *p)
{
	const size_t from = p->h->specialc;
	struct hours_date date = {.year = 0};
	struct hours_days days;
	size_t off;
	int err;

	do {
		err = item_read(p, &date);
		if (err)
			return err;
	} while (hours_text_take(p, ','));

	hours_text_blanks(p);
	if (!hours_days_here(p))
		return 0;

	off = p->i;
	err = hours_days_read(p, &days);
	return err ? err : weekdays_limit(p, off, from, &days);
}
