/**
 * @file tests/golden/scene_end.c  Phones with a result, a notice or a menu
 */
#include "scene_part.h"

#include <string.h>


enum {
	HOUR_S = 3600,
	DAY_S  = 86400,
};


/* Results; those of the status table are made by scene_status */

void scene_result_use(struct scene *s, uint16_t scode,
		       const struct party *party)
{
	struct phone_result *r = &s->phone.result;
	const char *phrase     = scode ? refusal_phrase(scode) : "";

	r->shown     = true;
	r->party     = *party;
	r->end.cause = CALL_CAUSE_STATUS;
	r->end.scode = scode;
	r->since_ms  = s->now.mono_ms - 1500;
	r->at_s      = s->now.utc_s - 1;
	r->at_valid  = s->now.utc_valid;
	memcpy(r->end.phrase, phrase, strlen(phrase) + 1);
}


static void retry_after(struct scene *s, uint32_t after_s)
{
	s->phone.result.end.has_retry_after = true;
	s->phone.result.end.retry_after_s   = after_s;
	s->same_after                       = true;
}


static void result_today(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->now.utc_s -= 12 * HOUR_S; /* 06:04:30 */
	scene_result_use(s, 480, &party_zoe);
	retry_after(s, 3 * HOUR_S - 270); /* 08:59:59 */
}


static void result_tomorrow(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_result_use(s, 603, &party_zoe);
	retry_after(s, 15 * HOUR_S + 3331);
}


static void result_weekday(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_result_use(s, 480, &party_lengthy);
	retry_after(s, 3 * DAY_S - 9 * HOUR_S - 268); /* 09:00:01 */
}


static void result_far(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_result_use(s, 480, &party_zoe);
	retry_after(s, 30 * DAY_S);
}


static void result_clock_unset(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_clock_unset(s);
	scene_result_use(s, 480, &party_zoe);
	retry_after(s, 12 * 60);
}


static void result_busy_number(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_result_use(s, 486, &party_stranger);
}


static void result_server_later(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_result_use(s, 503, &party_zoe);
	retry_after(s, 10 * 60);
}


static void result_tone_over(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_result_use(s, 603, &party_zoe);
	s->phone.result.since_ms -= 20000;
}


static void result_phrase(struct scene *s, const struct scene_world *w)
{
	static const char phrase[] = "Kein Anschluss unter dieser Nummer";

	(void)w;
	scene_result_use(s, 499, &party_zoe);
	memcpy(s->phone.result.end.phrase, phrase, sizeof(phrase));
}


/** A name that a row of 12 pixels has to squeeze */
static void result_kanji(struct scene *s, const struct scene_world *w)
{
	static const char name[] = "\u7530\u4e2d";

	(void)w;
	scene_result_use(s, 486, &party_zoe);
	memcpy(s->phone.result.party.name, name, sizeof(name));
}


/* Notices */

static struct phone_notice *notice_use(struct scene *s,
				       enum phone_notice_kind kind,
				       enum decided_by by, uint16_t scode,
				       const struct party *party)
{
	struct phone_notice *n = &s->phone.notice;

	n->kind     = kind;
	n->party    = *party;
	n->by       = by;
	n->scode    = scode;
	n->since_ms = s->now.mono_ms - 1500;
	n->at_s     = s->now.utc_s - 1;
	n->at_valid = s->now.utc_valid;

	return n;
}


static void notice_rule(struct scene *s, const struct scene_world *w)
{
	struct phone_notice *n = notice_use(s, PHONE_NOTICE_REFUSED,
					    DECIDED_RULE, 603,
					    &party_stranger);

	(void)w;
	memcpy(n->rule, "spam", sizeof("spam"));
	n->line = 34;
}


static void notice_hours(struct scene *s, const struct scene_world *w)
{
	(void)w;
	notice_use(s, PHONE_NOTICE_REFUSED, DECIDED_HOURS, 603, &party_zoe);
}


static void notice_user(struct scene *s, const struct scene_world *w)
{
	(void)w;
	notice_use(s, PHONE_NOTICE_REFUSED, DECIDED_USER, 603, &party_zoe);
}


static void notice_dnd(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->phone.dnd = true;
	notice_use(s, PHONE_NOTICE_REFUSED, DECIDED_DND, 480,
		   &party_anonymous);
}


static void notice_busy(struct scene *s, const struct scene_world *w)
{
	(void)w;
	notice_use(s, PHONE_NOTICE_REFUSED, DECIDED_BUSY, 486, &party_alice);
}


static void notice_missed(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->phone.history.unseen = 1;
	notice_use(s, PHONE_NOTICE_MISSED, DECIDED_CALLER, 487, &party_zoe);
}


static void notice_no_answer(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_clock_unset(s);
	s->phone.history.unseen = 1;
	notice_use(s, PHONE_NOTICE_MISSED, DECIDED_NO_ANSWER, 480,
		   &party_stranger);
}


static void notice_remind(struct scene *s, const struct scene_world *w)
{
	(void)w;
	notice_use(s, PHONE_NOTICE_REMIND, DECIDED_NONE, 0, &party_zoe);
}


/* Menus */

static const struct {
	const struct party *party;
	struct history_entry e;
} entry_table[] = {
	/* The oldest first */
	{&party_zoe, {.outgoing = true, .by = DECIDED_NETWORK,
	 .cause = CALL_CAUSE_DNS, .start_valid = false}},
	{&party_alice, {.by = DECIDED_PHONE, .scode = 488,
	 .phrase = "Not Acceptable Here", .start_valid = true,
	 .start_s = -3 * DAY_S}},
	{&party_stranger, {.by = DECIDED_RULE, .rule = "spam", .line = 34,
	 .scode = 603, .phrase = "Decline", .start_valid = true,
	 .start_s = -DAY_S}},
	{&party_zoe, {.by = DECIDED_USER, .scode = 603,
	 .phrase = "Decline", .start_valid = true, .start_s = -DAY_S}},
	{&party_zoe, {.outgoing = true, .by = DECIDED_REMOTE, .scode = 486,
	 .phrase = "Busy Here", .start_valid = true, .start_s = -9000}},
	{&party_alice, {.outgoing = true, .by = DECIDED_NONE, .scode = 200,
	 .phrase = "OK", .start_valid = true, .start_s = -8000,
	 .talk_s = 3900}},
	{&party_alice, {.outgoing = true, .by = DECIDED_USER,
	 .cause = CALL_CAUSE_LOCAL, .scode = 487,
	 .phrase = "Request Terminated", .start_valid = true,
	 .start_s = -7900}},
	{&party_stranger, {.by = DECIDED_HOURS, .scode = 603,
	 .phrase = "Decline", .start_valid = true, .start_s = -7000}},
	{&party_zoe, {.by = DECIDED_CALLER, .cause = CALL_CAUSE_CANCEL,
	 .scode = 487, .phrase = "Request Terminated", .start_valid = true,
	 .start_s = -6000, .missed = true}},
	{&party_zoe, {.by = DECIDED_NONE, .cause = CALL_CAUSE_BYE,
	 .scode = 200, .phrase = "OK", .start_valid = true, .start_s = -600,
	 .talk_s = 150}},
};


const size_t scene_entry_n = sizeof(entry_table) / sizeof(entry_table[0]);


void scene_menu_use(struct scene *s, enum phone_list list, size_t index,
		    bool why)
{
	size_t i;

	for (i = 0; i < scene_entry_n; i++) {
		struct history_entry e = entry_table[i].e;

		e.party = *entry_table[i].party;
		e.start_s += e.start_valid ? s->now.utc_s : 0;
		history_add(&s->phone.history, &e);
	}

	s->phone.history.unseen = 0;
	s->phone.menu.list      = list;
	s->phone.menu.index     = index;
	s->phone.menu.why       = why;
}


static void menu_calls_empty(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->phone.menu.list = PHONE_LIST_CALLS;
}


static void menu_missed_empty(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->phone.menu.list = PHONE_LIST_MISSED;
}


static void menu_missed(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_menu_use(s, PHONE_LIST_MISSED, 0, false);
}


static void menu_info(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_menu_use(s, PHONE_LIST_INFO, 0, false);
}


static void menu_info_failed(struct scene *s, const struct scene_world *w)
{
	scene_phone_use(s, &w->many);
	s->phone.reg[1].reg   = PHONE_REG_FAILED;
	s->phone.reg[1].scode = 403;
	scene_menu_use(s, PHONE_LIST_INFO, 0, false);
}


static void menu_info_bare(struct scene *s, const struct scene_world *w)
{
	scene_phone_use(s, &w->none);
	scene_clock_unset(s);
	s->phone.menu.list = PHONE_LIST_INFO;
}


const struct scene_row scene_end[] = {
	{"result-today", result_today, false},
	{"result-tomorrow", result_tomorrow, true},
	{"result-weekday", result_weekday, false},
	{"result-far", result_far, false},
	{"result-clock-unset", result_clock_unset, false},
	{"result-busy-number", result_busy_number, false},
	{"result-server-later", result_server_later, false},
	{"result-tone-over", result_tone_over, false},
	{"result-phrase", result_phrase, false},
	{"result-kanji", result_kanji, true},
	{"notice-rule", notice_rule, true},
	{"notice-hours", notice_hours, false},
	{"notice-user", notice_user, false},
	{"notice-dnd", notice_dnd, false},
	{"notice-busy", notice_busy, false},
	{"notice-missed", notice_missed, false},
	{"notice-no-answer", notice_no_answer, false},
	{"notice-remind", notice_remind, false},
	{"menu-calls-empty", menu_calls_empty, false},
	{"menu-missed-empty", menu_missed_empty, false},
	{"menu-missed", menu_missed, false},
	{"menu-info", menu_info, false},
	{"menu-info-failed", menu_info_failed, false},
	{"menu-info-bare", menu_info_bare, false},
};
const size_t scene_end_n = sizeof(scene_end) / sizeof(scene_end[0]);
