/**
 * @file tests/golden/scene_call.c  Phones at rest, dialling, and in a call
 */
#include "scene_part.h"

#include "app/policy/holidays.h"

#include <string.h>


enum {
	HOUR_S = 3600,
	DAY_S  = 86400,
};


/* Idle */

static void idle(struct scene *s, const struct scene_world *w)
{
	(void)s;
	(void)w;
}


static void idle_flags(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->phone.dnd            = true;
	s->phone.history.unseen = 2;
}


static void idle_all_flags(struct scene *s, const struct scene_world *w)
{
	idle_flags(s, w);
	s->phone.history.unseen = 100;
	s->phone.reg[0].reg     = PHONE_REG_FAILED;
	s->phone.reg[0].scode   = 403;
}


static void idle_open(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->now.utc_s -= 3 * HOUR_S;
}


static void idle_weekend(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->now.utc_s += DAY_S;
}


/** The phone of the world, with another schedule */
static void hours_use(struct scene *s, const struct scene_world *w,
		      const char *text, const struct holidays *holidays)
{
	static struct policy policy;
	static struct phone_settings settings;
	struct text_error err;

	policy   = w->policy;
	settings = w->one;
	settings.policy = &policy;
	policy.holidays = holidays;
	(void)hours_parse(&policy.hours, text, &err);
	scene_phone_use(s, &settings);
}


static void idle_always_open(struct scene *s, const struct scene_world *w)
{
	hours_use(s, w, "24/7", NULL);
}


/** Further away than a week: the day, not the hour */
static void idle_closed_days(struct scene *s, const struct scene_world *w)
{
	hours_use(s, w, "Mo-Fr 09:00-18:00; Nov 20-Dec 6 off", NULL);
}


/** Monday, 23.11.2026, is a holiday */
static void idle_closed_holiday(struct scene *s, const struct scene_world *w)
{
	static const struct holidays_span monday = {20780, 20780};
	static const struct holidays holidays = {.spanv = &monday, .spanc = 1};

	hours_use(s, w, "Mo-Fr 09:00-18:00; PH off", &holidays);
}


/** Closes today earlier than on other days */
static void idle_open_special(struct scene *s, const struct scene_world *w)
{
	hours_use(s, w, "Mo-Fr 09:00-18:00; Fr[3] 17:00-20:30", NULL);
}


static void idle_clock_unset(struct scene *s, const struct scene_world *w)
{
	(void)w;
	scene_clock_unset(s);
}


static void idle_clock_unset_flags(struct scene *s,
				   const struct scene_world *w)
{
	idle_all_flags(s, w);
	scene_clock_unset(s);
}


static void idle_direct(struct scene *s, const struct scene_world *w)
{
	scene_phone_use(s, &w->free);
}


static void idle_no_account(struct scene *s, const struct scene_world *w)
{
	scene_phone_use(s, &w->none);
}


static void idle_registering(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->phone.reg[0].reg = PHONE_REG_PENDING;
}


static void idle_not_registered(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->phone.reg[0].reg   = PHONE_REG_FAILED;
	s->phone.reg[0].scode = 403;
}


static void idle_one_of_many(struct scene *s, const struct scene_world *w)
{
	scene_phone_use(s, &w->many);
	s->phone.reg[1].reg = PHONE_REG_FAILED;
}


/* Dialling and calls */

static void dialling_empty(struct scene *s, const struct scene_world *w)
{
	(void)w;
	s->phone.dialling = true;
}


static void dialling(struct scene *s, const struct scene_world *w)
{
	dialling_empty(s, w);
	memcpy(s->phone.dial, "+4930123", sizeof("+4930123"));
}


static void dialling_long(struct scene *s, const struct scene_world *w)
{
	static const char number[] = "+49301234567890123456#";

	dialling_empty(s, w);
	memcpy(s->phone.dial, number, sizeof(number));
}


static struct call *call_use(struct scene *s, enum call_state state,
			     const struct party *party)
{
	struct call *c = &s->phone.call[1];

	c->id          = 7;
	c->state       = state;
	c->outgoing    = state == CALL_CALLING || state == CALL_RINGBACK;
	c->party       = *party;
	c->state_ms    = s->now.mono_ms - 42600;
	c->talk_ms     = c->outgoing || state == CALL_INCOMING ||
					 state == CALL_ANSWERING
				 ? 0
				 : s->now.mono_ms - 42600;
	c->start_s     = s->now.utc_s - 50;
	c->start_valid = s->now.utc_valid;

	return c;
}


static void calling(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_CALLING, &party_alice);
}


static void ringback(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_RINGBACK, &party_zoe);
}


static void ringback_early(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_RINGBACK, &party_zoe)->early_media = true;
}


static void incoming(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_INCOMING, &party_zoe);
}


static void incoming_accounts(struct scene *s, const struct scene_world *w)
{
	scene_phone_use(s, &w->many);
	call_use(s, CALL_INCOMING, &party_zoe)->account = 1;
}


static void incoming_silent(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_INCOMING, &party_zoe)->silent = true;
}


static void incoming_number(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_INCOMING, &party_stranger);
}


static void incoming_anonymous(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_INCOMING, &party_anonymous);
}


static void incoming_long(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_INCOMING, &party_lengthy);
}


static void incoming_kana(struct scene *s, const struct scene_world *w)
{
	static const char name[] =
		"\u5c71\u7530\u30a2\u30ad\u30e9 \u3055\u304f\u3089";

	(void)w;
	memcpy(call_use(s, CALL_INCOMING, &party_stranger)->party.name, name,
	       sizeof(name));
}


static void answering(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_ANSWERING, &party_zoe);
}


static void talking(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_TALKING, &party_zoe);
}


static void talking_muted(struct scene *s, const struct scene_world *w)
{
	struct call *c = call_use(s, CALL_TALKING, &party_zoe);

	(void)w;
	c->muted = true;
	c->talk_ms -= HOUR_S * 1000;
}


static void talking_remote_hold(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_TALKING, &party_zoe)->remote_hold = true;
}


static void held(struct scene *s, const struct scene_world *w)
{
	(void)w;
	call_use(s, CALL_HELD, &party_stranger);
}


const struct scene_row scene_call[] = {
	{"idle", idle, false},
	{"idle-flags", idle_flags, true},
	{"idle-all-flags", idle_all_flags, false},
	{"idle-open", idle_open, false},
	{"idle-weekend", idle_weekend, false},
	{"idle-always-open", idle_always_open, false},
	{"idle-closed-days", idle_closed_days, false},
	{"idle-closed-holiday", idle_closed_holiday, false},
	{"idle-open-special", idle_open_special, false},
	{"idle-clock-unset", idle_clock_unset, false},
	{"idle-clock-unset-flags", idle_clock_unset_flags, false},
	{"idle-direct", idle_direct, false},
	{"idle-no-account", idle_no_account, false},
	{"idle-registering", idle_registering, false},
	{"idle-not-registered", idle_not_registered, false},
	{"idle-one-of-many", idle_one_of_many, false},
	{"dialling-empty", dialling_empty, false},
	{"dialling", dialling, false},
	{"dialling-long", dialling_long, false},
	{"calling", calling, false},
	{"ringback", ringback, false},
	{"ringback-early", ringback_early, false},
	{"incoming", incoming, true},
	{"incoming-accounts", incoming_accounts, false},
	{"incoming-silent", incoming_silent, false},
	{"incoming-number", incoming_number, false},
	{"incoming-anonymous", incoming_anonymous, false},
	{"incoming-long", incoming_long, true},
	{"incoming-kana", incoming_kana, true},
	{"answering", answering, false},
	{"talking", talking, true},
	{"talking-muted", talking_muted, false},
	{"talking-remote-hold", talking_remote_hold, false},
	{"held", held, false},
};
const size_t scene_call_n = sizeof(scene_call) / sizeof(scene_call[0]);
