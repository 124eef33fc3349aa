/**
 * @file firmware/config/hours.c  [hours], [hours NAME] and the holidays' file
 */
#include "firmware/config/values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/policy/ics.h"
#include "firmware/config/file.h"


_Static_assert(POLICY_HOURS_MAX == 31, "a message below says 31");
_Static_assert(CONFIG_FILE_MAX == 1024 * 1024, "a message below says 1 MiB");


void *draft_begin_hours(struct config_draft *d, const struct ini_text *kind,
			const struct ini_text *name)
{
	d->out->config.policy.has_hours = true;
	d->out->config.policy.hours_line = kind->line;
	return draft_begin_single(d, kind, name);
}


/* Names by which a rule asks for [hours] itself */
static bool is_reserved(const char *name)
{
	return !strcmp(name, "open") || !strcmp(name, "closed");
}


static void name_check(struct config_draft *d, const struct ini_text *name)
{
	const struct draft_hours *hours = &d->hours;
	const char *own = hours->v[hours->n - 1].name;

	if (is_reserved(own))
		config_errors_add(&d->errors, name->line, name->col,
				  "\"open\" and \"closed\" are what [hours] "
				  "is: write another name");

	for (size_t i = 0; i + 1 < hours->n && own[0]; i++) {
		if (!strcmp(hours->v[i].name, own))
			draft_name_twice(d, "hours", name->line, name->col,
					 hours->v[i].line);
	}
}


void *draft_begin_schedule(struct config_draft *d, const struct ini_text *kind,
			   const struct ini_text *name)
{
	struct draft_hours *hours = &d->hours;
	struct policy_hours *own;

	/* One more than there may be: what is too much is checked as well */
	if (!hours->v)
		hours->v = arena_alloc(&d->out->arena, POLICY_HOURS_MAX + 1,
				       sizeof(*hours->v));
	if (!hours->v)
		return NULL;

	if (hours->n > POLICY_HOURS_MAX)
		hours->n = POLICY_HOURS_MAX;
	if (hours->n == POLICY_HOURS_MAX)
		config_errors_add(&d->errors, kind->line, kind->col,
				  "[hours NAME] once too often: at most 31");

	if (!hours->n)
		hours->col = kind->col;
	own = &hours->v[hours->n++];
	memset(own, 0, sizeof(*own));
	own->line = kind->line;
	d->out->config.policy.hourv = hours->v;
	if (hours->n <= POLICY_HOURS_MAX)
		d->out->config.policy.hourc = hours->n;
	draft_name_copy(d, own->name, name);
	name_check(d, name);

	return own;
}


int value_hours(struct config_draft *d, void *dst, size_t size,
		const char *text, struct text_error *err)
{
	struct draft_hours *hours = &d->hours;
	struct hours *own = dst;
	int e;

	(void)size;

	e = hours_parse(own, text, err);
	if (e || !own->has_holiday)
		return e;

	/* Whether there are holidays is known at the end of the file */
	if (hours->holidayc < DRAFT_HOLIDAY_MAX)
		hours->holiday[hours->holidayc++] = (struct config_place){
			.line = d->place.line,
			.col = d->place.col + (unsigned)own->holiday_off,
		};
	return 0;
}


/* An error in the holidays' own file */
struct ics_errors {
	struct config_draft *d;
	const char *path;
};


static void ics_error_handler(unsigned line, unsigned col, const char *what,
			      void *arg)
{
	const struct ics_errors *errors = arg;

	config_errors_add_in(&errors->d->errors, &errors->d->place,
			     errors->path, line, col, what);
}


static int holidays_fill(struct config_draft *d, const struct ics_count *count,
			 const char *buf, size_t len,
			 struct ics_errors *errors)
{
	struct arena *arena = &d->out->arena;
	struct holidays *holidays = arena_alloc(arena, 1, sizeof(*holidays));
	const struct ics_room room = {
		.spanv = arena_alloc(arena, count->spanc,
				     sizeof(struct holidays_span)),
		.span_max = count->spanc,
		.rulev = arena_alloc(arena, count->rulec,
				     sizeof(struct holidays_rule)),
		.rule_max = count->rulec,
		.exceptv = arena_alloc(arena, count->exceptc, sizeof(int32_t)),
		.except_max = count->exceptc,
	};
	struct ics_count again;
	int err;

	if (!holidays || !room.spanv || !room.rulev || !room.exceptv)
		return ENOMEM;

	err = ics_read(holidays, &room, &again, buf, len, ics_error_handler,
		       errors);
	if (!err)
		d->out->config.policy.holidays = holidays;

	return err;
}


static int holidays_read(struct config_draft *d, const char *path,
			 const char *buf, size_t len, struct text_error *err)
{
	struct ics_errors errors = {.d = d, .path = path};
	struct ics_count count;

	/* All errors are told by it, in the file's own places */
	if (ics_read(NULL, NULL, &count, buf, len, ics_error_handler, &errors))
		return EBADMSG;

	if (!count.spanc && !count.rulec) {
		(void)snprintf(d->what, sizeof(d->what),
			       "no holiday in it, but %zu events at a time of "
			       "day and %zu that are cancelled: write events "
			       "with DTSTART;VALUE=DATE",
			       count.timedc, count.cancelledc);
		err->what = d->what;
		return EBADMSG;
	}

	return holidays_fill(d, &count, buf, len, &errors);
}


int value_holidays(struct config_draft *d, void *dst, size_t size,
		   const char *text, struct text_error *err)
{
	const size_t room = CONFIG_FILE_MAX + 1;
	char *buf;
	size_t len;
	int e;

	(void)dst;
	(void)size;

	d->hours.has_holidays = true;
	err->what = "no path: write that of an iCalendar file (.ics)";
	if (!text[0])
		return EBADMSG;

	buf = malloc(room);
	if (!buf)
		return ENOMEM;

	e = file_read(buf, room, &len, text);
	if (e) {
		(void)snprintf(d->what, sizeof(d->what),
			       "can't read it: %s; write the path of an "
			       "iCalendar file (.ics)",
			       strerror(e));
		err->what = d->what;
		e = EBADMSG;
	}
	else if (len == room) {
		err->what = "the file is too large: at most 1 MiB";
		e = EBADMSG;
	}
	else {
		err->what = NULL;
		e = holidays_read(d, text, buf, len, err);
	}

	free(buf);
	return e;
}


void draft_hours_finish(struct config_draft *d, bool section_lost)
{
	const struct policy *policy = &d->out->config.policy;
	const struct draft_hours *hours = &d->hours;

	for (size_t i = 0; i < hours->holidayc && !hours->has_holidays; i++)
		config_errors_add(&d->errors, hours->holiday[i].line,
				  hours->holiday[i].col,
				  "open: nothing says which days PH are: "
				  "write holidays = FILE.ics below [hours]");

	if (hours->n && !policy->has_hours && !section_lost)
		config_errors_add(&d->errors, hours->v[0].line, hours->col,
				  "there is no [hours], which has the time "
				  "zone: write it, with timezone and open");
}
