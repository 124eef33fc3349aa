/**
 * @file app/policy/ics.c  Holidays from an iCalendar file's bytes (RFC 5545)
 */
#include "app/policy/ics.h"

#include "app/policy/ics_event.h"

#include <errno.h>
#include <string.h>


enum {
	DEPTH_MAX = 8, /* components within components; there are 3 */
};

struct reader {
	struct ics_text t;
	const struct ics_room *room;
	struct ics_count *count;
	ics_error_h *errorh;
	void *arg;
	bool failed, full;

	char open[DEPTH_MAX][ICS_WORD_MAX]; /* components, outermost first */
	size_t depth;
	size_t event_depth; /* of the event that is being read, or 0 */
	struct ics_event event;
};

static const char no_calendar[] =
	"no calendar: an iCalendar file starts with BEGIN:VCALENDAR";


static void tell(struct reader *r, const struct ics_error *err)
{
	r->failed = true;
	r->errorh(err->line, err->col, err->what, r->arg);
}


/* What is kept */

static void span_add(struct reader *r, int32_t first, int32_t days)
{
	const struct ics_room *room = r->room;
	const size_t i = r->count->spanc++;

	if (room && i < room->span_max)
		room->spanv[i] = (struct holidays_span){
			.first = first,
			.last = first + days - 1,
		};
	else if (room)
		r->full = true;
}


static void rule_add(struct reader *r, struct holidays_rule *rule,
		     const struct ics_dates *excepted)
{
	const struct ics_room *room = r->room;
	const size_t i = r->count->rulec++;

	rule->except_at = r->count->exceptc;
	rule->exceptc = excepted->n;
	r->count->exceptc += excepted->n;
	if (!room)
		return;

	if (i >= room->rule_max || r->count->exceptc > room->except_max) {
		r->full = true;
		return;
	}
	room->rulev[i] = *rule;
	if (excepted->n)
		memcpy(&room->exceptv[rule->except_at], excepted->day,
		       excepted->n * sizeof(excepted->day[0]));
}


static bool dates_have(const struct ics_dates *dates, int32_t day)
{
	for (size_t i = 0; i < dates->n; i++) {
		if (dates->day[i] == day)
			return true;
	}

	return false;
}


/* Events */

static void event_begin(struct reader *r, const struct ics_text *start)
{
	memset(&r->event, 0, sizeof(r->event));
	(void)ics_fail(&r->event.begin, start, "");
	r->event.begin.what = NULL;
	r->event_depth = r->depth;
}


static void event_keep(struct reader *r)
{
	struct ics_event *e = &r->event;
	struct holidays_rule rule;

	if (e->has_rule) {
		if (ics_rule_make(&rule, &e->rule, e->start, e->days,
				  &e->err)) {
			tell(r, &e->err);
			return;
		}
		rule_add(r, &rule, &e->excepted);
	}
	else if (!dates_have(&e->excepted, e->start)) {
		span_add(r, e->start, e->days);
	}

	for (size_t i = 0; i < e->added.n; i++) {
		if (!dates_have(&e->excepted, e->added.day[i]))
			span_add(r, e->added.day[i], e->days);
	}
	r->count->eventc++;
}


static void event_end(struct reader *r)
{
	struct ics_event *e = &r->event;

	r->event_depth = 0;
	if (e->cancelled) {
		r->count->cancelledc++;
		return;
	}
	if (e->timed) {
		r->count->timedc++;
		return;
	}

	if (!e->given && !e->err.what) {
		e->err = e->begin;
		e->err.what = "the event has no DTSTART";
	}
	if (e->err.what || ics_event_days(e))
		tell(r, &e->err);
	else
		event_keep(r);
}


/* Lines */

/* BEGIN:NAME */
static int component_begin(struct reader *r, const struct ics_text *start,
			   struct ics_error *err)
{
	char *name = r->open[r->depth];

	if (r->depth == DEPTH_MAX - 1)
		return ics_fail(err, start,
				"too deep: a calendar has no components "
				"within so many others");

	(void)ics_word(&r->t, name);
	if (!r->depth && strcmp(name, "VCALENDAR"))
		return ics_fail(err, start, no_calendar);

	r->depth++;
	if (!r->event_depth && !strcmp(name, "VEVENT"))
		event_begin(r, start);

	return 0;
}


/* END:NAME, which has to close what was opened last */
static int component_end(struct reader *r, const struct ics_text *start,
			 struct ics_error *err)
{
	char name[ICS_WORD_MAX];

	(void)ics_word(&r->t, name);
	if (strcmp(name, r->open[r->depth - 1]))
		return ics_fail(err, start,
				"this END has no BEGIN: a line was lost, or "
				"is one too many");

	if (r->depth == r->event_depth)
		event_end(r);
	r->depth--;
	return 0;
}


/* ;NAME=VALUE, ;NAME="VALUE" (3.2); of all we need VALUE only */
static int parameter_read(struct ics_text *t, struct ics_property *prop,
			  struct ics_error *err)
{
	char name[ICS_WORD_MAX];
	bool quoted = false;
	int ch;

	(void)ics_word(t, name);
	if (!ics_take(t, '='))
		return ics_fail(err, t, "no \"=\" behind the parameter");
	if (!strcmp(name, "VALUE"))
		(void)ics_word(t, prop->type);

	for (;;) {
		ch = ics_peek(t);
		if (ch == ICS_END || (!quoted && (ch == ';' || ch == ':')))
			return 0;
		quoted ^= ch == '"';
		t->i++;
	}
}


/* NAME;PARAMETERS: (3.1) */
static int head_read(struct ics_text *t, struct ics_property *prop,
		     struct ics_error *err)
{
	static const char form[] =
		"no property: a line has a name, \":\" and a value";

	*prop = (struct ics_property){.start = *t};
	if (!ics_word(t, prop->name))
		return ics_fail(err, t, form);
	while (ics_take(t, ';')) {
		if (parameter_read(t, prop, err))
			return EBADMSG;
	}
	if (!ics_take(t, ':'))
		return ics_fail(err, t, form);

	return 0;
}


/* A line that could not be read: it goes on behind it */
static void line_fail(struct reader *r, bool in_event,
		      const struct ics_error *err)
{
	if (!in_event)
		tell(r, err);
	else if (!r->event.err.what)
		r->event.err = *err;
}


/* One content line; @return 0, or EBADMSG if nobody knows how to go on */
static int line_read(struct reader *r, struct ics_error *err)
{
	const bool in_event = r->event_depth && r->depth == r->event_depth;
	struct ics_error head = {.what = NULL};
	struct ics_property prop;
	const bool sound = !head_read(&r->t, &prop, &head);

	if (!r->depth && (!sound || strcmp(prop.name, "BEGIN")))
		return ics_fail(err, &prop.start, no_calendar);
	if (!sound) {
		line_fail(r, in_event, &head);
		return 0;
	}
	if (!strcmp(prop.name, "BEGIN"))
		return component_begin(r, &prop.start, err);
	if (!strcmp(prop.name, "END"))
		return component_end(r, &prop.start, err);
	if (in_event)
		(void)ics_event_property(&r->event, &r->t, &prop);

	return 0;
}


static void calendar_read(struct reader *r)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct ics_error err = {.what = NULL};
	struct ics_text *t = &r->t;
	bool any = false;

	if (t->len >= strlen(mark) && !memcmp(t->buf, mark, strlen(mark)))
		t->i = t->line_start = strlen(mark);

	while (t->i < t->len && !err.what) {
		if (ics_peek(t) != ICS_END) {
			any = true;
			(void)line_read(r, &err);
		}
		ics_line_skip(t);
	}

	if (!err.what && !any)
		(void)ics_fail(&err, t, no_calendar);
	if (!err.what && r->depth)
		(void)ics_fail(&err, t,
			       "the file ends within a calendar: it was cut "
			       "off, or lacks END:VCALENDAR");
	if (err.what)
		tell(r, &err);
}


int ics_read(struct holidays *h, const struct ics_room *room,
	     struct ics_count *count, const char *buf, size_t len,
	     ics_error_h *errorh, void *arg)
{
	struct reader r = {
		.t = {.buf = buf, .len = len, .line = 1},
		.room = room,
		.count = count,
		.errorh = errorh,
		.arg = arg,
	};

	if (!count || !buf || !errorh || !h != !room)
		return EINVAL;

	memset(count, 0, sizeof(*count));
	calendar_read(&r);
	if (r.failed)
		return EBADMSG;
	if (r.full)
		return ENOSPC;

	if (h)
		*h = (struct holidays){
			.spanv = room->spanv,
			.spanc =
				holidays_spans_join(room->spanv, count->spanc),
			.rulev = room->rulev,
			.rulec = count->rulec,
			.exceptv = room->exceptv,
			.exceptc = count->exceptc,
		};

	return 0;
}
