/**
 * @file app/ui/view_menu.c  The lists: calls, missed calls, info
 */
#include "app/ui/view_part.h"

#include <string.h>

enum {
	MINUTE_S = 60,
};


/** The end of an entry, as far as the status table wants to know it */
static const struct status_row *entry_status(const struct history_entry *e)
{
	const struct call_end end = {
		.cause = e->cause,
		.scode = e->scode,
	};

	/* One that was answered, or that we ended, is no result */
	if (!e->outgoing || (e->by != DECIDED_REMOTE &&
			     e->by != DECIDED_NETWORK &&
			     e->by != DECIDED_PHONE))
		return NULL;

	return status_find(&end);
}


/** Nobody came to the phone: then how it ended says no more than that */
static bool entry_unattended(const struct history_entry *e)
{
	return e->missed &&
	       (e->by == DECIDED_CALLER || e->by == DECIDED_NO_ANSWER);
}


static void put_outcome(struct build *b, const struct history_entry *e)
{
	const struct status_row *status = entry_status(e);
	struct line l                   = row_left(b, ROW_4);

	if (e->talk_s || e->by == DECIDED_NONE) {
		line_str(&l, text_get(e->outgoing ? TEXT_CALLED
						  : TEXT_ANSWERED));
		text_span(&l, e->talk_s);
	}
	else if (status) {
		line_str(&l, text_title(status->meaning));
	}
	else if (entry_unattended(e)) {
		line_str(&l, text_get(TEXT_MISSED_ENTRY));
	}
	else if (!e->outgoing && decided_sent_on(e->by, e->scode)) {
		line_str(&l, text_get(TEXT_TO_VOICEMAIL));
	}
	else if (e->by == DECIDED_USER) {
		line_str(&l, text_get(e->outgoing ? TEXT_CANCELLED_BY_YOU
						  : TEXT_DECLINED_BY_YOU));
	}
	else if (e->by == DECIDED_RULE) {
		line_str(&l, text_get(TEXT_DECLINED));
		line_str(&l, text_decided_by(e->by));
		line_str(&l, e->rule);
	}
	else {
		line_str(&l, text_refused_by(e->by));
	}
}


static void put_count(struct build *b, bool missed)
{
	const struct history *h = &b->p->history;
	const size_t n          = history_count(h, missed);
	struct line l           = row_left(b, ROW_STATUS);

	line_str(&l, text_get(missed ? TEXT_MISSED : TEXT_CALLS));
	line_str(&l, " ");
	line_uint(&l, n ? b->p->menu.index + 1 : 0, 1);
	line_str(&l, "/");
	line_uint(&l, n, 1);
}


/** "18:04" for today, else the day */
static void put_entry_time(struct build *b, const struct history_entry *e)
{
	struct line l = row_right(b, ROW_STATUS);
	struct civil c;

	if (!e->start_valid)
		return;

	zone_to_civil(b->zone, e->start_s, &c);
	if (b->now->utc_valid && when_day(b, e->start_s) == 0) {
		text_time(&l, &c);
		wake_midnight(b);
	}
	else {
		text_day(&l, &c);
	}
}


static void build_calls(struct build *b)
{
	const bool missed = b->p->menu.list == PHONE_LIST_MISSED;
	const struct history_entry *e = phone_menu_entry(b->p);

	put_count(b, missed);

	if (!e) {
		row_left_str(b, ROW_BIG, text_get(missed ? TEXT_MISSED_EMPTY
							 : TEXT_CALLS_EMPTY));
		return;
	}

	put_entry_time(b, e);
	put_party(b, &e->party);
	put_outcome(b, e);
}


/** Who decided, by what, what was sent, and when: all that is known */
static void build_why(struct build *b, const struct history_entry *e)
{
	const struct status_row *status = entry_status(e);
	struct line l;

	row_left_str(b, ROW_STATUS, text_get(TEXT_WHY));
	l = row_right(b, ROW_STATUS);
	if (e->start_valid)
		put_stamp(b, &l, e->start_s);
	else
		line_str(&l, text_get(TEXT_NO_TIME));

	l = row_left(b, ROW_BIG);
	line_str(&l, text_decided_by(e->by));
	line_str(&l, e->by == DECIDED_RULE ? e->rule : "");

	if (e->by == DECIDED_RULE) {
		l = row_left(b, ROW_3);
		line_str(&l, text_get(TEXT_LINE_IN_FILE));
		line_uint(&l, e->line, 1);
	}
	else if (status) {
		row_left_str(b, ROW_3, text_title(status->meaning));
	}
	else {
		row_left_str(b, ROW_3, party_shown(&e->party));
		b->v->row[ROW_3].cut_front = e->party.number[0];
	}

	if (e->scode) {
		l = row_left(b, ROW_4);
		line_uint(&l, e->scode, 1);
		line_str(&l, " ");
		line_str(&l, e->phrase);
	}
}


/** How the first account that needs looking at stands, and the hours now */
static void build_info(struct build *b)
{
	const struct phone_settings *set = b->p->settings;
	const size_t i                   = worst_account(b->p);
	struct line l;

	row_left_str(b, ROW_STATUS, text_get(TEXT_INFO));
	row_left_str(b, ROW_3, b->address);

	if (i < set->accountc) {
		row_right_str(b, ROW_STATUS, set->account[i].name);
		row_left_str(b, ROW_BIG, set->account[i].user);

		l = row_left(b, ROW_4);
		line_str(&l, text_registration_short(b->p->reg[i].reg));
		if (b->p->reg[i].scode) {
			line_str(&l, " ");
			line_uint(&l, b->p->reg[i].scode, 1);
		}
	}
	else {
		row_left_str(b, ROW_BIG, text_get(TEXT_NO_ACCOUNT));
	}

	if (!set->policy->has_hours)
		return;

	if (!b->now->utc_valid) {
		row_right_str(b, ROW_4, text_get(TEXT_NO_TIME));
		return;
	}

	row_right_str(b, ROW_4,
		      text_get(hours_open(&set->policy->hours,
					  set->policy->holidays, b->zone,
					  b->now->utc_s)
				       ? TEXT_OPEN
				       : TEXT_CLOSED));
	wake_hours(b);
}


/** How long do not disturb is wanted; the choice, and till when it is on */
static void build_dnd(struct build *b)
{
	const struct dnd_choice *choice =
		dnd_choice_at(b->now, b->p->menu.index);
	struct line l = row_left(b, ROW_BIG);

	row_left_str(b, ROW_STATUS, text_get(TEXT_DND));
	put_dnd_end(b, ROW_4);
	if (!choice)
		return;

	switch (choice->kind) {

	case DND_CHOICE_FOR:
		line_str(&l, text_get(TEXT_DND_FOR));
		text_span(&l, (uint64_t)choice->minutes * MINUTE_S);
		break;

	case DND_CHOICE_MIDNIGHT:
		line_str(&l, text_get(TEXT_DND_MIDNIGHT));
		break;

	case DND_CHOICE_EVER:
		line_str(&l, text_get(TEXT_DND_EVER));
		break;

	case DND_CHOICE_OFF:
		line_str(&l, text_get(TEXT_DND_OFF));
		break;
	}
}


void build_menu(struct build *b)
{
	const struct history_entry *e = phone_menu_entry(b->p);

	if (b->p->menu.list == PHONE_LIST_INFO)
		build_info(b);
	else if (b->p->menu.list == PHONE_LIST_DND)
		build_dnd(b);
	else if (b->p->menu.why && e)
		build_why(b, e);
	else
		build_calls(b);
}
