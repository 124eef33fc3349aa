/**
 * @file tests/golden/scene_person.c  What the person decides: block, decline
 *                                    with a text, do not disturb
 */
#include "scene_part.h"

#include <string.h>


enum {
	HOUR_MS = 3600000,
	HOUR_S  = 3600,
	DAY_S   = 86400,
};


/* The settings outlive the scene */
static void texts_use(struct scene *s, const struct scene_world *w,
		      bool voicemail)
{
	static struct phone_settings set[2];
	struct phone_settings *texts = &set[voicemail];

	*texts = w->one;
	text_copy(texts->reply[0], sizeof(texts->reply[0]),
		  "I call you back in an hour");
	text_copy(texts->reply[1], sizeof(texts->reply[1]), "In a meeting");
	texts->replyc = 2;
	if (voicemail)
		text_copy(texts->voicemail, sizeof(texts->voicemail),
			  "sip:voicemail@pbx.example.com");
	scene_phone_use(s, texts);
}


static struct call *ring(struct scene *s)
{
	struct call *c = &s->phone.call[0];

	c->id = 1;
	c->state = CALL_INCOMING;
	c->party = party_zoe;
	return c;
}


static void incoming_text(struct scene *s, const struct scene_world *w)
{
	texts_use(s, w, true);
	(void)ring(s);
}


static void incoming_text_silent(struct scene *s, const struct scene_world *w)
{
	texts_use(s, w, true);
	ring(s)->silent = true;
}


static void incoming_rule(struct scene *s, const struct scene_world *w)
{
	struct call *c = ring(s);

	(void)w;
	c->ringtone = 3;
	c->lamp = LED_COLOUR_AMBER;
}


static void choosing(struct scene *s, const struct scene_world *w)
{
	texts_use(s, w, false);
	ring(s)->silent = true;
	s->phone.reply.choosing = true;
}


static void choosing_second(struct scene *s, const struct scene_world *w)
{
	choosing(s, w);
	s->phone.reply.index = 1;
}


static struct phone_notice *notice_use(struct scene *s,
				       enum phone_notice_kind kind)
{
	struct phone_notice *n = &s->phone.notice;

	n->kind = kind;
	n->party = party_zoe;
	n->since_ms = s->now.mono_ms - 500;
	n->at_s = s->now.utc_s;
	n->at_valid = s->now.utc_valid;
	return n;
}


static void notice_blocked(struct scene *s, const struct scene_world *w)
{
	(void)w;
	(void)notice_use(s, PHONE_NOTICE_BLOCKED);
}


static void notice_unblocked(struct scene *s, const struct scene_world *w)
{
	(void)w;
	(void)notice_use(s, PHONE_NOTICE_UNBLOCKED);
}


static void not_saved(struct scene *s, enum phone_save what,
		      enum phone_save_why why)
{
	struct phone_notice *n = notice_use(s, PHONE_NOTICE_NOT_SAVED);

	n->not_saved.what = what;
	n->not_saved.why = why;
}


static void notice_nowhere(struct scene *s, const struct scene_world *w)
{
	(void)w;
	not_saved(s, PHONE_SAVE_BLOCK, PHONE_SAVE_NOWHERE);
}


static void notice_full(struct scene *s, const struct scene_world *w)
{
	(void)w;
	not_saved(s, PHONE_SAVE_UNBLOCK, PHONE_SAVE_FULL);
}


static void notice_read_only(struct scene *s, const struct scene_world *w)
{
	(void)w;
	not_saved(s, PHONE_SAVE_DND, PHONE_SAVE_READ_ONLY);
}


static void notice_other(struct scene *s, const struct scene_world *w)
{
	(void)w;
	not_saved(s, PHONE_SAVE_DND, PHONE_SAVE_OTHER);
}


/* Its soft key lets the caller in again */
static void notice_block(struct scene *s, const struct scene_world *w)
{
	static const char blocked[][NUMBER_MAX] = {"+49301234567"};
	static struct phone_settings settings;
	static struct policy policy;
	struct phone_notice *n;

	policy = w->policy;
	policy.blockv = blocked;
	policy.blockc = 1;
	settings = w->one;
	settings.policy = &policy;
	scene_phone_use(s, &settings);

	n = notice_use(s, PHONE_NOTICE_REFUSED);
	n->by = DECIDED_BLOCK;
	n->scode = 603;
}


static void notice_limit(struct scene *s, const struct scene_world *w)
{
	struct phone_notice *n = notice_use(s, PHONE_NOTICE_REFUSED);

	(void)w;
	n->by = DECIDED_LIMIT;
	n->scode = 480;
}


static void notice_voicemail(struct scene *s, const struct scene_world *w)
{
	struct phone_notice *n = notice_use(s, PHONE_NOTICE_REFUSED);

	(void)w;
	n->by = DECIDED_USER;
	n->scode = 302;
}


static void dnd_until(struct scene *s)
{
	s->phone.dnd = true;
	s->phone.dnd_end = (struct phone_dnd_end){
		.set = true,
		.wall = true,
		.until_s = s->now.utc_s + HOUR_S,
		.until_ms = s->now.mono_ms + HOUR_MS,
	};
}


static void idle_quiet(struct scene *s, const struct scene_world *w)
{
	(void)w;
	dnd_until(s);
}


static void idle_quiet_days(struct scene *s, const struct scene_world *w)
{
	(void)w;
	dnd_until(s);
	s->phone.dnd_end.until_s += 3 * DAY_S;
}


static void idle_quiet_unset(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_clock_unset(s);
	s->phone.dnd = true;
	s->phone.dnd_end = (struct phone_dnd_end){
		.set = true,
		.until_ms = s->now.mono_ms + HOUR_MS,
	};
}


static void idle_emergency(struct scene *s, const struct scene_world *w)
{
	(void)w;
	dnd_until(s);
	s->phone.emergency_until_ms = s->now.mono_ms + HOUR_MS;
}


static void menu_dnd(struct scene *s, size_t index)
{
	s->phone.menu.list = PHONE_LIST_DND;
	s->phone.menu.index = index;
}


static void menu_dnd_30(struct scene *s, const struct scene_world *w)
{
	(void)w;
	menu_dnd(s, 0);
}


static void menu_dnd_60(struct scene *s, const struct scene_world *w)
{
	(void)w;
	dnd_until(s);
	menu_dnd(s, 1);
}


static void menu_dnd_ever(struct scene *s, const struct scene_world *w)
{
	(void)w;
	menu_dnd(s, 4);
}


static void menu_dnd_off(struct scene *s, const struct scene_world *w)
{
	(void)w;
	menu_dnd(s, 5);
}


static void menu_dnd_midnight(struct scene *s, const struct scene_world *w)
{
	(void)w;
	menu_dnd(s, 6);
}


const struct scene_row scene_person[] = {
	{"incoming-text", incoming_text, true},
	{"incoming-text-silent", incoming_text_silent, false},
	{"incoming-rule", incoming_rule, false},
	{"incoming-choosing", choosing, true},
	{"incoming-choosing-second", choosing_second, false},
	{"notice-blocked", notice_blocked, true},
	{"notice-unblocked", notice_unblocked, false},
	{"notice-not-saved-nowhere", notice_nowhere, false},
	{"notice-not-saved-full", notice_full, false},
	{"notice-not-saved-read-only", notice_read_only, false},
	{"notice-not-saved-other", notice_other, false},
	{"notice-block", notice_block, false},
	{"notice-limit", notice_limit, false},
	{"notice-voicemail", notice_voicemail, false},
	{"idle-quiet", idle_quiet, true},
	{"idle-quiet-days", idle_quiet_days, false},
	{"idle-quiet-clock-unset", idle_quiet_unset, false},
	{"idle-emergency", idle_emergency, false},
	{"menu-dnd-30", menu_dnd_30, false},
	{"menu-dnd-60", menu_dnd_60, false},
	{"menu-dnd-ever", menu_dnd_ever, false},
	{"menu-dnd-off", menu_dnd_off, false},
	{"menu-dnd-midnight", menu_dnd_midnight, true},
};
const size_t scene_person_n = sizeof(scene_person) / sizeof(scene_person[0]);
