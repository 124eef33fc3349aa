/**
 * @file app/ui/view_call.c  The phone at rest, while dialling, and in a call
 */
#include "app/ui/view_part.h"


enum {
	SECOND_MS = 1000,

	MISSED_SHOWN_MAX = 99, /* two digits: the date stands beside it */
};


static void put_flags(struct build *b)
{
	const struct phone *p = b->p;
	unsigned missed       = p->history.unseen;
	struct line l         = row_right(b, ROW_STATUS);

	if (missed) {
		if (missed > MISSED_SHOWN_MAX)
			missed = MISSED_SHOWN_MAX;
		line_str(&l, "*");
		line_uint(&l, missed, 1);
		line_str(&l, p->dnd || !all_registered(p) ? " " : "");
	}
	if (p->dnd)
		line_str(&l, "D");
	if (!all_registered(p))
		line_str(&l, "!");
}


static void put_hours(struct build *b, size_t row)
{
	const struct policy *policy = b->p->settings->policy;
	struct line l               = row_left(b, row);
	int64_t at_s;
	bool open;

	if (!policy->has_hours)
		return;

	if (!b->now->utc_valid) {
		line_str(&l, text_get(TEXT_HOURS_UNSET));
		return;
	}

	open = hours_open(&policy->hours, policy->holidays, b->zone,
			  b->now->utc_s);
	if (!hours_next(&policy->hours, policy->holidays, b->zone,
			b->now->utc_s, !open, &at_s)) {
		line_str(&l, text_get(open ? TEXT_OPEN : TEXT_CLOSED));
		return;
	}

	line_str(&l, text_get(open ? TEXT_OPEN_UNTIL : TEXT_CLOSED_UNTIL));
	put_when(b, &l, at_s);
}


static void put_account(struct build *b, size_t row)
{
	const struct phone *p = b->p;
	const size_t i        = worst_account(p);
	struct line l         = row_left(b, row);

	if (!p->settings->accountc) {
		line_str(&l, text_get(TEXT_NO_ACCOUNT));
		return;
	}

	line_str(&l, p->settings->account[i].user);
	line_str(&l, " ");
	line_str(&l, text_registration(p->reg[i].reg));
	b->v->row[row].cut_front = true;

	if (p->reg[i].reg == PHONE_REG_FAILED && p->reg[i].scode) {
		l = row_right(b, row);
		line_uint(&l, p->reg[i].scode, 1);
	}
}


void build_idle(struct build *b)
{
	struct line l = row_left(b, ROW_STATUS);

	put_flags(b);

	if (b->now->utc_valid) {
		put_stamp(b, &l, b->now->utc_s);
		wake_minute(b);
	}
	else {
		const bool alone = !b->v->row[ROW_STATUS].right[0];

		line_str(&l, text_get(alone ? TEXT_CLOCK_UNSET
					    : TEXT_CLOCK_UNSET_SHORT));
	}

	row_left_str(b, ROW_BIG, b->p->settings->display_name);
	put_account(b, ROW_3);

	if (phone_emergency(b->p, b->now)) {
		row_left_str(b, ROW_4, text_get(TEXT_EMERGENCY));
		wake_at(b, b->p->emergency_until_ms);
	}
	else if (b->p->dnd && b->p->dnd_end.set) {
		put_dnd_end(b, ROW_4);
	}
	else {
		put_hours(b, ROW_4);
	}
}


/* Calls */

void build_dialling(struct build *b)
{
	const char *dial = b->p->dial;

	row_left_str(b, ROW_STATUS, text_get(TEXT_DIALLING));
	row_left_str(b, ROW_BIG, dial);
	b->v->row[ROW_BIG].cut_front = true;

	row_left_str(b, ROW_3, dial[0] ? "" : text_get(TEXT_DIAL_EMPTY));
	row_left_str(b, ROW_4, text_get(TEXT_DIAL_SEND));
}


static void put_timer(struct build *b, const struct call *c)
{
	const uint64_t now_ms = b->now->mono_ms;
	const uint64_t s =
		now_ms > c->talk_ms ? (now_ms - c->talk_ms) / SECOND_MS : 0;
	struct line l = row_right(b, ROW_STATUS);

	text_timer(&l, s);
	wake_at(b, c->talk_ms + (s + 1) * SECOND_MS);

	if (c->muted)
		line_str(&l, " m");
}


/** The text with which the call is declined, and to whom it goes */
static void build_reply(struct build *b, const struct call *c)
{
	const struct phone *p = b->p;

	row_left_str(b, ROW_STATUS, text_get(TEXT_DECLINE_WITH));
	put_label(b, ROW_BIG, &c->party);
	put_wrapped(b, ROW_3, p->settings->reply[p->reply.index]);
}


void build_call(struct build *b, const struct call *c)
{
	enum text title = TEXT_CALLING;

	if (c->state == CALL_INCOMING && b->p->reply.choosing) {
		build_reply(b, c);
		return;
	}

	put_party(b, &c->party);

	switch (c->state) {

	case CALL_INCOMING:
		title = TEXT_INCOMING;
		if (c->silent)
			row_left_str(b, ROW_4, text_get(TEXT_SILENCED));
		break;

	case CALL_ANSWERING:
		title = TEXT_ANSWERING;
		break;

	case CALL_RINGBACK:
		title = TEXT_RINGBACK;
		break;

	case CALL_TALKING:
	case CALL_HELD:
		title = c->state == CALL_HELD ? TEXT_HELD : TEXT_TALKING;
		if (c->remote_hold)
			row_left_str(b, ROW_4, text_get(TEXT_HELD_REMOTELY));
		put_timer(b, c);
		break;

	case CALL_CALLING:
	case CALL_FREE:
	case CALL_ENDING:
		break;
	}

	row_left_str(b, ROW_STATUS, text_get(title));
	if (!b->v->row[ROW_STATUS].right[0])
		put_status_account(b, c->account);
}
