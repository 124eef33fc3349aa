/**
 * @file app/ui/view_part.c  What the faces of a view share
 */
#include "app/ui/view_part.h"

#include <string.h>


enum {
	SECOND_MS = 1000,
	MINUTE_S  = 60,
	MINUTE_MS = MINUTE_S * SECOND_MS,
	DAY_S     = 86400,
	WEEK_DAYS = 7,

	ROW_CELLS = 21, /* of the narrowest panel, 128 px */

	NAME_SHORT_MAX = 10, /* bytes of a name that is told in full */
	NAME_WORD_MIN  = 2,
};


struct line row_left(struct build *b, size_t row)
{
	struct line l;

	line_init(&l, b->v->row[row].left, sizeof(b->v->row[row].left));

	return l;
}


struct line row_right(struct build *b, size_t row)
{
	struct line l;

	line_init(&l, b->v->row[row].right, sizeof(b->v->row[row].right));

	return l;
}


void row_left_str(struct build *b, size_t row, const char *s)
{
	struct line l = row_left(b, row);

	line_str(&l, s);
}


void row_right_str(struct build *b, size_t row, const char *s)
{
	struct line l = row_right(b, row);

	line_str(&l, s);
}


/* When it changes */

void wake_at(struct build *b, uint64_t at_ms)
{
	if (at_ms < b->next_ms)
		b->next_ms = at_ms;
}


void wake_utc(struct build *b, int64_t at_s)
{
	wake_at(b, b->now->mono_ms +
			   (uint64_t)(at_s - b->now->utc_s) * SECOND_MS -
			   b->now->utc_ms);
}


void wake_minute(struct build *b)
{
	const int64_t utc_s = b->now->utc_s;
	int64_t past_s =
		(utc_s + zone_offset_s(b->zone, utc_s)) % MINUTE_S;

	if (past_s < 0)
		past_s += MINUTE_S;

	wake_utc(b, utc_s - past_s + MINUTE_S);
}


/** When it opens or closes next */
void wake_hours(struct build *b)
{
	const struct policy *policy = b->p->settings->policy;
	const struct hours *h       = &policy->hours;
	const int64_t utc_s         = b->now->utc_s;
	int64_t at_s;

	if (hours_next(h, policy->holidays, b->zone, utc_s,
		       !hours_open(h, policy->holidays, b->zone, utc_s),
		       &at_s))
		wake_utc(b, at_s);
}


void wake_midnight(struct build *b)
{
	struct civil c;

	zone_to_civil(b->zone, b->now->utc_s, &c);
	c.day++;
	c.hour = 0;
	c.min  = 0;
	c.sec  = 0;
	wake_utc(b, zone_from_civil(b->zone, &c));
}


/* Times */

/** Days from today, in the zone; the clock is set */
int64_t when_day(const struct build *b, int64_t at_s)
{
	struct civil today, then;

	zone_to_civil(b->zone, b->now->utc_s, &today);
	zone_to_civil(b->zone, at_s, &then);

	return civil_to_days(then.year, then.month, then.day) -
	       civil_to_days(today.year, today.month, today.day);
}


/** "18:04" today, "Mo 09:00" this week, else "20.11." */
void put_when(struct build *b, struct line *l, int64_t at_s)
{
	const int64_t day = when_day(b, at_s);
	struct civil c;

	zone_to_civil(b->zone, at_s, &c);

	if (day < 0 || day >= WEEK_DAYS) {
		text_day(l, &c);
		return;
	}
	if (day) {
		text_weekday(l, &c);
		line_str(l, " ");
	}
	text_time(l, &c);
}


void put_stamp(struct build *b, struct line *l, int64_t at_s)
{
	struct civil c;

	zone_to_civil(b->zone, at_s, &c);
	text_weekday(l, &c);
	line_str(l, " ");
	text_day(l, &c);
	line_str(l, " ");
	text_time(l, &c);
}


/** The time at the right of the status row, nothing if it is not known */
void put_status_time(struct build *b, int64_t at_s, bool valid)
{
	struct line l = row_right(b, ROW_STATUS);
	struct civil c;

	if (!valid)
		return;

	zone_to_civil(b->zone, at_s, &c);
	text_time(&l, &c);
}


void put_dnd_end(struct build *b, size_t row)
{
	const struct phone_dnd_end *end = &b->p->dnd_end;
	const int64_t day_s = end->until_s - DAY_S + 1; /* the time will do */
	struct line l = row_left(b, row);
	uint64_t minutes;
	struct civil c;

	if (!b->p->dnd || !end->set)
		return;

	if (end->wall) {
		line_str(&l, text_get(TEXT_DND_UNTIL));
		if (b->now->utc_valid && b->now->utc_s < day_s) {
			put_when(b, &l, end->until_s);
			wake_midnight(b);
			wake_utc(b, day_s);
			return;
		}
		zone_to_civil(b->zone, end->until_s, &c);
		text_time(&l, &c);
		return;
	}

	if (end->until_ms <= b->now->mono_ms)
		return;

	minutes = (end->until_ms - b->now->mono_ms + MINUTE_MS - 1) /
		  MINUTE_MS;
	line_str(&l, text_get(TEXT_DND_STILL));
	text_span(&l, minutes * MINUTE_S);
	wake_at(b, end->until_ms - (minutes - 1) * MINUTE_MS);
}


/* What fits is a matter of the panel; the narrowest is what is broken for */
void put_wrapped(struct build *b, size_t row, const char *text)
{
	size_t len = strlen(text), cut = 0;
	char first[VIEW_TEXT_MAX];

	for (size_t i = 0; i < len && i <= ROW_CELLS; i++) {
		if (text[i] == ' ')
			cut = i;
	}
	if (len <= ROW_CELLS || !cut || cut >= sizeof(first)) {
		row_left_str(b, row, text);
		return;
	}

	memcpy(first, text, cut);
	first[cut] = '\0';
	row_left_str(b, row, first);
	row_left_str(b, row + 1, text + cut + 1);
}


/* People */

static bool is_anonymous(const struct party *party)
{
	return !party->number[0] &&
	       strstr(party->uri, "@anonymous.invalid") != NULL;
}


static const char *uri_shown(const char *uri)
{
	const char *colon = strchr(uri, ':');

	return colon ? colon + 1 : uri;
}


/** Number, address or user, whatever tells most */
const char *party_shown(const struct party *party)
{
	if (is_anonymous(party))
		return text_get(TEXT_NUMBER_WITHHELD);
	if (party->number[0])
		return party->number;
	if (party->uri[0])
		return uri_shown(party->uri);

	return party->user;
}


void put_label(struct build *b, size_t row, const struct party *party)
{
	const bool named = party->name[0];

	if (named)
		row_left_str(b, row, party->name);
	else if (is_anonymous(party))
		row_left_str(b, row, text_get(TEXT_ANONYMOUS));
	else
		row_left_str(b, row, party->number[0] ? party->number
			 : party->user[0]         ? party->user
						  : party_shown(party));

	b->v->row[row].cut_front = !named && party->number[0];
}


/** Name big, number below, unless the name is the number */
void put_party(struct build *b, const struct party *party)
{
	const char *number = party_shown(party);

	put_label(b, ROW_BIG, party);

	if (strcmp(b->v->row[ROW_BIG].left, number) != 0) {
		row_left_str(b, ROW_3, number);
		b->v->row[ROW_3].cut_front = party->number[0];
	}
}


/** What a person is called in a sentence: short names whole, else the first
    word, unless it is a title ("Dr.") */
void put_short(struct line *l, const struct party *party)
{
	char name[PARTY_NAME_MAX];
	size_t len;

	if (!party->name[0]) {
		line_str(l, party_shown(party));
		return;
	}

	text_copy(name, sizeof(name), party->name);
	len = strcspn(name, " ,");

	if (strlen(name) > NAME_SHORT_MAX && len >= NAME_WORD_MIN &&
	    name[len - 1] != '.')
		name[len] = '\0';

	line_str(l, name);
}


/** Only who has several accounts wants to know which one it is */
void put_status_account(struct build *b, unsigned account)
{
	const struct phone_settings *set = b->p->settings;

	if (set->accountc > 1 && account < set->accountc)
		row_right_str(b, ROW_STATUS, set->account[account].name);
}


size_t worst_account(const struct phone *p)
{
	size_t i, pending = 0;

	for (i = 0; i < p->settings->accountc; i++) {
		if (p->reg[i].reg == PHONE_REG_FAILED)
			return i;
	}
	for (i = p->settings->accountc; i-- > 0;) {
		if (p->reg[i].reg == PHONE_REG_PENDING)
			pending = i;
	}

	return pending;
}


bool all_registered(const struct phone *p)
{
	size_t i;

	for (i = 0; i < p->settings->accountc; i++) {
		if (p->settings->account[i].registers &&
		    p->reg[i].reg != PHONE_REG_OK)
			return false;
	}

	return true;
}
