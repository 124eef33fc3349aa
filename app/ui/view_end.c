/**
 * @file app/ui/view_end.c  How a call of ours ended, and what happened to one
 *                          that came in
 */
#include "app/ui/view_part.h"

#include <string.h>


enum {
	SECOND_MS = 1000,
	MINUTE_MS = 60000,
	MINUTE_S  = 60,
	DAY_S     = 86400,
};


/** "from 09:00" within a day, else "from Mo 09:00": to the nearest minute,
    because the far end's clock and ours are not the same */
static void put_from(struct build *b, struct line *l, int64_t at_s)
{
	const int64_t minute_s = at_s + MINUTE_S / 2;
	const int64_t day_s    = minute_s - DAY_S + 1;
	struct civil c;

	line_str(l, text_get(TEXT_FROM));

	if (b->now->utc_s >= day_s) {
		zone_to_civil(b->zone, minute_s, &c);
		text_time(l, &c);
		return;
	}

	put_when(b, l, minute_s);
	wake_midnight(b);
	wake_utc(b, day_s);
}


/** "in 12 min", for who has no clock */
static void put_in(struct build *b, struct line *l, uint64_t at_ms)
{
	const uint64_t now_ms = b->now->mono_ms;
	uint64_t minutes;

	if (at_ms <= now_ms) {
		line_str(l, text_get(TEXT_NOW));
		return;
	}

	minutes = (at_ms - now_ms + MINUTE_MS - 1) / MINUTE_MS;
	line_str(l, text_get(TEXT_IN));
	text_span(l, minutes * MINUTE_S);
	wake_at(b, at_ms - (minutes - 1) * MINUTE_MS);
}


/** When they say to try again */
static void put_retry(struct build *b, struct line *l)
{
	const struct phone_result *r = &b->p->result;
	const uint64_t after_s       = r->end.retry_after_s;

	if (r->at_valid && b->now->utc_valid)
		put_from(b, l, r->at_s + (int64_t)after_s);
	else
		put_in(b, l, r->since_ms + after_s * SECOND_MS);
}


/** "Zoë: from 09:00", "by Zoë, likely": the name gives way, not the rest */
static void put_about(struct build *b, const struct text_frame *about)
{
	const struct phone_result *r = &b->p->result;
	struct view_row *row         = &b->v->row[ROW_3];
	const bool timed             = r->end.has_retry_after;
	struct line l                = row_left(b, ROW_3);

	line_str(&l, timed ? "" : about->before);
	put_short(&l, &r->party);
	line_str(&l, timed ? text_get(TEXT_WHO) : about->behind);

	l = row_right(b, ROW_3);
	if (timed)
		put_retry(b, &l);
	else
		line_str(&l, about->after);

	row->joined    = true;
	row->cut_front = !r->party.name[0] && !about->before[0];
}


static void put_scode(struct line *l, const struct call_end *end)
{
	if (end->cause == CALL_CAUSE_STATUS)
		line_uint(l, end->scode, 1);
}


/** "503 Service Unavailable", so that who looks after it can act */
static void put_code(struct build *b, size_t row, const struct call_end *end)
{
	struct line l = row_left(b, row);

	put_scode(&l, end);
	line_str(&l, end->phrase[0] ? " " : "");
	line_str(&l, end->phrase);
}


/** Where it was to go: "pbx.example.com" */
static void put_host(struct build *b, const struct party *party)
{
	const char *at = strchr(party->uri, '@');

	row_left_str(b, ROW_3, at ? at + 1 : party_shown(party));
}


/** What no person decided: the cause, and the code for the admin */
static void put_cause(struct build *b, enum status_meaning meaning)
{
	const struct phone_result *r = &b->p->result;
	const char *cause            = text_cause(meaning);
	struct line l;

	if (meaning == STATUS_DNS || meaning == STATUS_CONNECTION) {
		put_host(b, &r->party);
	}
	else if (meaning == STATUS_NOT_FOUND || meaning == STATUS_ADDRESS) {
		row_left_str(b, ROW_3, party_shown(&r->party));
		b->v->row[ROW_3].cut_front = true;
	}
	else if (cause[0]) {
		row_left_str(b, ROW_3, cause);
	}
	else {
		put_code(b, ROW_3, &r->end);
		return;
	}

	l = row_right(b, ROW_3);
	put_scode(&l, &r->end);
}


void build_result(struct build *b)
{
	const struct phone_result *r = &b->p->result;
	const struct status_row *row = status_find(&r->end);
	struct text_frame about;
	struct line l;

	row_left_str(b, ROW_STATUS, text_get(TEXT_RESULT));
	put_status_time(b, r->at_s, r->at_valid);
	if (!row)
		return;

	row_left_str(b, ROW_BIG, text_title(row->meaning));
	row_left_str(b, ROW_4, text_advice(row->meaning));

	about = text_about(row->meaning);
	if (about.after[0]) {
		put_about(b, &about);
		return;
	}

	put_cause(b, row->meaning);
	if (r->end.has_retry_after) {
		l = row_left(b, ROW_4);
		line_str(&l, text_get(TEXT_AGAIN));
		put_retry(b, &l);
	}
}


static void put_refused(struct build *b, const struct phone_notice *n)
{
	struct line l = row_left(b, ROW_3);

	line_str(&l, text_refused_by(n->by));

	if (n->by == DECIDED_RULE) {
		line_str(&l, n->rule);
		line_str(&l, text_get(TEXT_RULE_END));

		l = row_right(b, ROW_3);
		line_str(&l, text_get(TEXT_LINE));
		line_uint(&l, n->line, 1);
		b->v->row[ROW_3].joined = true;
	}

	l = row_left(b, ROW_4);
	if (decided_sent_on(n->by, n->scode)) {
		line_str(&l, text_get(TEXT_TO_VOICEMAIL));
		return;
	}
	line_uint(&l, n->scode, 1);
	line_str(&l, text_get(TEXT_SENT));
}


void build_notice(struct build *b)
{
	const struct phone_notice *n = &b->p->notice;

	put_status_time(b, n->at_s, n->at_valid);

	switch (n->kind) {

	case PHONE_NOTICE_REFUSED:
		row_left_str(b, ROW_STATUS, text_get(TEXT_REFUSED));
		put_label(b, ROW_BIG, &n->party);
		put_refused(b, n);
		break;

	case PHONE_NOTICE_MISSED:
		row_left_str(b, ROW_STATUS, text_get(TEXT_MISSED_CALL));
		put_party(b, &n->party);
		row_left_str(b, ROW_4, text_refused_by(n->by));
		break;

	case PHONE_NOTICE_REMIND:
		row_left_str(b, ROW_STATUS, text_get(TEXT_REMIND));
		put_party(b, &n->party);
		row_left_str(b, ROW_4, text_get(TEXT_REMIND_WHY));
		break;

	case PHONE_NOTICE_BLOCKED:
		row_left_str(b, ROW_STATUS, text_get(TEXT_BLOCKED));
		put_party(b, &n->party);
		row_left_str(b, ROW_4, text_get(TEXT_BLOCKED_WHY));
		break;

	case PHONE_NOTICE_UNBLOCKED:
		row_left_str(b, ROW_STATUS, text_get(TEXT_UNBLOCKED));
		put_party(b, &n->party);
		row_left_str(b, ROW_4, text_get(TEXT_UNBLOCKED_WHY));
		break;

	case PHONE_NOTICE_NOT_SAVED:
		row_left_str(b, ROW_STATUS, text_get(TEXT_NOT_SAVED));
		if (n->not_saved.what == PHONE_SAVE_DND)
			row_left_str(b, ROW_BIG, text_get(TEXT_DND));
		else
			put_label(b, ROW_BIG, &n->party);
		row_left_str(b, ROW_3, text_not_saved(n->not_saved.why));
		break;

	case PHONE_NOTICE_NONE:
		break;
	}
}
