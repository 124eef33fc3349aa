/**
 * @file app/policy/hours_days.c  A schedule's text: days of the week
 */
#include "app/policy/hours_text.h"

#include <errno.h>
#include <string.h>


enum {
	DAY_SIZE = 2,
	NTH_MAX = 5,
};

static const char day_name[HOURS_WEEK_DAYS][DAY_SIZE + 1] = {
	"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};


/* 0-6, or HOURS_WEEK_DAYS */
static unsigned day_find(const char *s)
{
	unsigned d = 0;

	while (d < HOURS_WEEK_DAYS && strncmp(s, day_name[d], DAY_SIZE))
		d++;

	return d;
}


bool hours_days_here(const struct hours_text *p)
{
	const char *s = &p->text[p->i];

	return day_find(s) < HOURS_WEEK_DAYS &&
	       !hours_text_is_letter(s[DAY_SIZE]);
}


static int day_read(struct hours_text *p, unsigned *day)
{
	const char *s = &p->text[p->i];

	*day = day_find(s);
	if (*day < HOURS_WEEK_DAYS && hours_text_is_letter(s[DAY_SIZE]))
		return hours_text_fail(p, p->i,
				       "a day has two letters: Mo Tu We Th Fr "
				       "Sa Su",
				       EBADMSG);
	if (*day == HOURS_WEEK_DAYS)
		return hours_text_fail(
			p, p->i,
			"no day: write Mo Tu We Th Fr Sa Su, a list "
			"\"Mo,We\", a range \"Mo-Fr\", or a special day: Dec "
			"24, easter+1, PH, We[2]",
			EBADMSG);

	p->i += DAY_SIZE;
	return 0;
}


/* 1, 1-3 or -1, as bits of hours_special's nth */
static int nth_item_read(struct hours_text *p, unsigned *bits)
{
	const size_t off = p->i;
	const bool from_end = hours_text_take(p, '-');
	unsigned first, last;

	if (hours_text_digits(p) != 1)
		return hours_text_fail(p, off,
				       "no number: write e.g. We[2] for the "
				       "second in the month, Fr[-1] for the "
				       "last",
				       EBADMSG);
	first = last = hours_text_uint(p, 1);
	if (!from_end && hours_text_take(p, '-')) {
		if (hours_text_digits(p) != 1)
			return hours_text_fail(p, p->i,
					       "no number behind \"-\": write "
					       "e.g. We[1-3]",
					       EBADMSG);
		last = hours_text_uint(p, 1);
	}
	if (!first || last > NTH_MAX || last < first)
		return hours_text_fail(p, off,
				       "out of range: 1 to 5, and -1 to -5 "
				       "from the month's end",
				       EBADMSG);

	for (unsigned k = first; k <= last; k++)
		*bits |= 1u << (k - 1 + (from_end ? NTH_MAX : 0));

	return 0;
}


/* [2], [1,3], [-1], if it is there */
static int nth_read(struct hours_text *p, unsigned *bits)
{
	*bits = HOURS_NTH_EACH;
	if (!hours_text_take(p, '['))
		return 0;

	*bits = 0;
	do {
		const int err = nth_item_read(p, bits);

		if (err)
			return err;
	} while (hours_text_take(p, ','));

	if (!hours_text_take(p, ']'))
		return hours_text_fail(p, p->i,
				       "no \"]\": write e.g. We[2] or We[1,3]",
				       EBADMSG);

	return 0;
}


/* Mo, Mo-Fr or Mo[2] */
static int days_item_read(struct hours_text *p, struct hours_days *days)
{
	unsigned first, last, bits;
	size_t off;
	int err;

	err = day_read(p, &first);
	if (err)
		return err;
	last = first;
	if (hours_text_take(p, '-')) {
		err = day_read(p, &last);
		if (err)
			return err;
	}

	off = p->i;
	err = nth_read(p, &bits);
	if (err)
		return err;
	if (bits != HOURS_NTH_EACH && last != first)
		return hours_text_fail(p, off,
				       "a number goes with one day: write "
				       "e.g. Mo[2],Tu[2]",
				       EBADMSG);

	days->nth[last] |= (uint16_t)bits;
	for (unsigned d = first; d != last; d = (d + 1) % HOURS_WEEK_DAYS)
		days->nth[d] |= (uint16_t)bits;

	return 0;
}


int hours_days_read(struct hours_text *p, struct hours_days *days)
{
	memset(days, 0, sizeof(*days));

	do {
		int err;

		if (hours_special_here(p))
			return hours_text_fail(p, p->i,
					       "special days stand in an "
					       "entry of their own, behind "
					       "\";\"",
					       EBADMSG);
		err = days_item_read(p, days);
		if (err)
			return err;
	} while (hours_text_take(p, ','));

	/* "Mo,Mo[2]" is each Monday */
	for (unsigned d = 0; d < HOURS_WEEK_DAYS; d++) {
		if (days->nth[d] & HOURS_NTH_EACH)
			days->nth[d] = HOURS_NTH_EACH;
	}

	return 0;
}
