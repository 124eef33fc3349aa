/**
 * @file app/policy/ics_event.h  What a calendar says of one event
 */
#ifndef RINGFENCE_ICS_EVENT_H
#define RINGFENCE_ICS_EVENT_H

#include "app/policy/ics_text.h"

struct ics_dates {
	int32_t day[ICS_DATES_MAX];
	size_t n;
};

struct ics_event {
	struct ics_error begin; /**< its place; what is NULL */
	struct ics_error err;   /**< the first in it         */

	bool given; /**< it has a DTSTART               */
	bool timed; /**< which has a time               */
	bool cancelled;
	bool has_end, has_rule;
	int32_t start, end;
	int32_t days; /**< how long; 0 until it is known    */
	struct ics_rule rule;
	struct ics_dates added, excepted;
};

/** A property; its value starts where the text is */
struct ics_property {
	char name[ICS_WORD_MAX];
	char type[ICS_WORD_MAX]; /**< VALUE=, "" if it isn't there */
	struct ics_text start;
};

/** Take a property, if it is one that matters; @return 0, or EBADMSG with the
    event's err set */
int ics_event_property(struct ics_event *e, struct ics_text *t,
		       const struct ics_property *prop);

/** Set days, once all is known; @return 0, or EBADMSG with err set */
int ics_event_days(struct ics_event *e);

#endif
