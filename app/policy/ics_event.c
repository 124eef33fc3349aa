/**
 * @file app/policy/ics_event.c  What a calendar says of one event
 */
#include "app/policy/ics_event.h"

#include <errno.h>
#include <string.h>


enum {
	DURATION_DIGITS = 3,
	WEEK_DAYS = 7,
};

_Static_assert(ICS_DAYS_MAX == 366 && ICS_DATES_MAX == 366,
	       "messages below say 366");


/* A date that is to have no time, to a list's or the value's end */
static int day_read(struct ics_text *t, int32_t *day, struct ics_error *err)
{
	const struct ics_text start = *t;
	bool time;

	if (ics_date(t, day, &time, err))
		return EBADMSG;
	if (time)
		return ics_fail(err, &start,
				"this has a time and DTSTART has none: write "
				"the date alone");

	return 0;
}


static int value_end(struct ics_text *t, struct ics_error *err)
{
	if (ics_peek(t) != ICS_END)
		return ics_fail(err, t, "not understood behind the value");

	return 0;
}


static int type_check(const struct ics_property *prop, struct ics_error *err)
{
	if (prop->type[0] && strcmp(prop->type, "DATE"))
		return ics_fail(err, &prop->start,
				"DTSTART is a date alone: write VALUE=DATE "
				"here as well");

	return 0;
}


static int start_read(struct ics_event *e, struct ics_text *t,
		      const struct ics_property *prop)
{
	bool time;

	if (e->given)
		return ics_fail(&e->err, &prop->start,
				"DTSTART is given twice");
	e->given = true;

	if (!strcmp(prop->type, "DATE-TIME")) {
		e->timed = true;
		return 0;
	}
	if (ics_date(t, &e->start, &time, &e->err))
		return EBADMSG;
	if (time && prop->type[0])
		return ics_fail(&e->err, t,
				"VALUE=DATE has no time: leave out one of "
				"them");

	e->timed = time;
	return time ? 0 : value_end(t, &e->err);
}


static int end_read(struct ics_event *e, struct ics_text *t,
		    const struct ics_property *prop)
{
	if (e->has_end || e->days)
		return ics_fail(&e->err, &prop->start,
				"the event's end is given twice: keep one "
				"DTEND or DURATION");

	e->has_end = true;
	if (type_check(prop, &e->err) || day_read(t, &e->end, &e->err))
		return EBADMSG;

	return value_end(t, &e->err);
}


/* P1D or P2W: of what starts on a date no other is allowed (3.8.2.5) */
static int duration_read(struct ics_event *e, struct ics_text *t,
			 const struct ics_property *prop)
{
	const struct ics_text start = *t;
	uint32_t n = 0;
	bool days = false, weeks = false;

	if (e->has_end || e->days)
		return ics_fail(&e->err, &prop->start,
				"the event's end is given twice: keep one "
				"DTEND or DURATION");

	(void)ics_take(t, '+');
	if (ics_take(t, 'P') && ics_digits(t, DURATION_DIGITS, &n)) {
		days = ics_take(t, 'D');
		weeks = !days && ics_take(t, 'W');
	}
	if ((!days && !weeks) || ics_peek(t) != ICS_END)
		return ics_fail(&e->err, &start,
				"no duration in days or weeks: write e.g. P1D "
				"or P2W");

	n *= weeks ? WEEK_DAYS : 1;
	if (!n || n > ICS_DAYS_MAX)
		return ics_fail(&e->err, &start,
				"an event is 1 to 366 days long");

	e->days = (int32_t)n;
	return 0;
}


static int dates_read(struct ics_event *e, struct ics_dates *dates,
		      struct ics_text *t, const struct ics_property *prop)
{
	if (type_check(prop, &e->err))
		return EBADMSG;

	do {
		if (dates->n == ICS_DATES_MAX)
			return ics_fail(&e->err, t,
					"too many dates in an event: at most "
					"366");
		if (day_read(t, &dates->day[dates->n], &e->err))
			return EBADMSG;
		dates->n++;
	} while (ics_take(t, ','));

	return value_end(t, &e->err);
}


static int rule_read(struct ics_event *e, struct ics_text *t,
		     const struct ics_property *prop)
{
	if (e->has_rule)
		return ics_fail(&e->err, &prop->start,
				"a second RRULE is not understood: write an "
				"event of its own");

	e->has_rule = true;
	(void)ics_fail(&e->rule.place, &prop->start, "");
	e->rule.place.what = NULL;
	return ics_rule_read(&e->rule, t, &e->err);
}


int ics_event_property(struct ics_event *e, struct ics_text *t,
		       const struct ics_property *prop)
{
	char word[ICS_WORD_MAX];

	if (!strcmp(prop->name, "DTSTART"))
		return start_read(e, t, prop);
	if (!strcmp(prop->name, "DTEND"))
		return end_read(e, t, prop);
	if (!strcmp(prop->name, "DURATION"))
		return duration_read(e, t, prop);
	if (!strcmp(prop->name, "RRULE"))
		return rule_read(e, t, prop);
	if (!strcmp(prop->name, "RDATE"))
		return dates_read(e, &e->added, t, prop);
	if (!strcmp(prop->name, "EXDATE"))
		return dates_read(e, &e->excepted, t, prop);
	if (!strcmp(prop->name, "EXRULE"))
		return ics_fail(&e->err, &prop->start,
				"EXRULE is not understood: write EXDATE with "
				"the dates");
	if (!strcmp(prop->name, "RECURRENCE-ID"))
		return ics_fail(&e->err, &prop->start,
				"RECURRENCE-ID is not understood: write "
				"EXDATE in the event that comes again, and "
				"this as an event of its own");
	if (!strcmp(prop->name, "STATUS")) {
		(void)ics_word(t, word);
		e->cancelled = !strcmp(word, "CANCELLED");
	}

	return 0;
}


/* How long it is; without an end a day (3.6.1) */
int ics_event_days(struct ics_event *e)
{
	if (!e->days)
		e->days = e->has_end ? e->end - e->start : 1;

	/* An end on the day of the start is not allowed, and often written */
	if (!e->days)
		e->days = 1;
	if (e->days > 0 && e->days <= ICS_DAYS_MAX)
		return 0;

	e->err = e->begin;
	e->err.what = e->days < 0 ? "the event's DTEND is before its DTSTART"
				  : "an event is at most 366 days long";
	return EBADMSG;
}
