/**
 * @file tests/stories/story.c  The hands, the clock and the eyes of a story
 */
#include "tests/stories/story.h"

#include "app/policy/compile.h"

#include <stdlib.h>

enum {
	TEXT_MAX = 256,
	BOOT_MS = 5000, /* the phone has run for a while */
	TAP_MS = 50,
};


static void now_handler(struct now *now, void *arg)
{
	const struct story *st = arg;

	*now = st->now;
}


/* What must hold after every event, in every story */
static void done_handler(void *arg)
{
	const struct story *st = arg;
	const struct phone *p = &st->d.phone;
	unsigned live = 0;

	for (size_t i = 0; i < PHONE_CALL_MAX; i++) {
		if (p->call[i].state != CALL_FREE &&
		    p->call[i].state != CALL_ENDING)
			++live;
	}

	assert_in_range(live, 0, 1);
	assert_true(phone_next_ms(p) > st->now.mono_ms);
	assert_true(phone_face_name(phone_face(p)) != NULL);
	assert_true(story_softkeys(st) != NULL);
}


struct story *story_open(void)
{
	struct story *st = calloc(1, sizeof(*st));

	assert_non_null(st);
	policy_init(&st->policy);
	st->policy.rulev = st->rule;

	st->settings.ring_timeout_s = 60;
	st->settings.notice = true;
	st->settings.policy = &st->policy;
	st->settings.accountc = 1;
	text_copy(st->settings.account[0].user, sizeof("204"), "204");
	text_copy(st->settings.account[0].domain, sizeof("pbx.test"),
		  "pbx.test");

	st->now.mono_ms = BOOT_MS;
	st->now.utc_s = civil_to_days(2026, 11, 20) * 86400 + 18 * 3600 + 240;
	st->now.utc_valid = true;

	dispatch_init(&st->d, &st->settings, &story_port, st, now_handler,
		      done_handler, st);
	dispatch_keep(&st->d, &story_store, st);

	return st;
}


void story_close(struct story *st)
{
	free(st);
}


void story_hours(struct story *st, const char *open,
		 enum policy_action outside)
{
	struct text_error err;

	st->policy.has_hours = true;
	st->policy.outside = outside;
	assert_int_equal(hours_parse(&st->policy.hours, open, &err), 0);
}


void story_rule(struct story *st, const char *name, unsigned line,
		const char *number, enum policy_action action, uint16_t scode)
{
	const size_t i = st->policy.rulec++;
	struct text_error err;
	size_t n;

	assert_in_range(i, 0, STORY_RULE_MAX - 1);
	assert_int_equal(compile_numbers(&st->number[i], 1, &n, number, &err),
			 0);
	st->match[i] = (struct policy_match){.kind = POLICY_MATCH_NUMBER,
					     .numberv = &st->number[i],
					     .numberc = 1};
	st->rule[i] = (struct policy_rule){.line = line,
					   .matchv = &st->match[i],
					   .matchc = 1,
					   .action = action,
					   .scode = scode};
	text_copy(st->rule[i].name, sizeof(st->rule[i].name), name);
}


void story_clock_unset(struct story *st)
{
	st->now.utc_valid = false;
	st->now.utc_s = 0;
}


static void pass(struct story *st, uint64_t ms)
{
	const uint64_t utc_ms = st->now.utc_ms + ms;

	st->now.mono_ms += ms;
	st->now.utc_s += (int64_t)(utc_ms / 1000);
	st->now.utc_ms = (uint16_t)(utc_ms % 1000);
}


void story_wait(struct story *st, uint64_t ms)
{
	const uint64_t until_ms = st->now.mono_ms + ms;
	uint64_t next_ms;

	while ((next_ms = phone_next_ms(&st->d.phone)) <= until_ms) {
		pass(st, next_ms - st->now.mono_ms);
		story_post(st, EV_TICK, 0);
	}

	pass(st, until_ms - st->now.mono_ms);
}


void story_post(struct story *st, enum phone_event_type type, uint32_t id)
{
	const struct phone_event ev = {.type = type, .id = id};

	if (type == EV_ESTABLISHED)
		*story_book(st, id) = STORY_ANSWERED;

	(void)dispatch_post(&st->d, &ev);
}


void story_invite(struct story *st, uint32_t id, const char *number)
{
	struct phone_event ev = {.type = EV_INVITE, .id = id};
	struct party *caller = &ev.invite.caller.from;

	(void)snprintf(caller->uri, sizeof(caller->uri), "sip:%s@far.test",
		       number);
	text_copy(caller->user, sizeof(caller->user), number);
	(void)number_normalise(caller->number, number);
	*story_book(st, id) = STORY_INVITED;
	(void)dispatch_post(&st->d, &ev);
}


void story_end(struct story *st, uint32_t id, enum call_cause cause)
{
	struct phone_event ev = {.type = EV_CLOSED, .id = id};

	*story_book(st, id) = STORY_OVER;
	ev.end.cause = cause;
	assert_int_equal(dispatch_post(&st->d, &ev), 0);
}


void story_cancel(struct story *st, uint32_t id)
{
	++st->finals[id];
	story_end(st, id, CALL_CAUSE_CANCEL);
}


void story_bye(struct story *st, uint32_t id)
{
	story_end(st, id, CALL_CAUSE_BYE);
}


void story_final(struct story *st, uint32_t id, uint16_t scode,
		 const char *phrase, int64_t retry_after_s)
{
	struct phone_event ev = {.type = EV_CLOSED, .id = id};

	*story_book(st, id) = STORY_OVER;
	ev.end.cause = CALL_CAUSE_STATUS;
	ev.end.scode = scode;
	text_copy(ev.end.phrase, sizeof(ev.end.phrase), phrase);
	if (retry_after_s >= 0) {
		ev.end.has_retry_after = true;
		ev.end.retry_after_s = (uint32_t)retry_after_s;
	}
	assert_int_equal(dispatch_post(&st->d, &ev), 0);
}


void story_remote_hold(struct story *st, uint32_t id, bool on)
{
	const struct phone_event ev = {
		.type = EV_REMOTE_HOLD, .id = id, .on = on};

	assert_int_equal(dispatch_post(&st->d, &ev), 0);
}


void story_button(struct story *st, enum button b, enum button_action action)
{
	struct phone_event ev = {.type = EV_BUTTON};

	ev.button.button = b;
	ev.button.action = action;
	ev.button.at_ms = st->now.mono_ms;
	(void)dispatch_post(&st->d, &ev);
}


void story_tap(struct story *st, enum button b)
{
	story_button(st, b, BUTTON_PRESS);
	story_wait(st, TAP_MS);
	story_button(st, b, BUTTON_SHORT);
	story_button(st, b, BUTTON_RELEASE);
}


void story_type(struct story *st, const char *digits)
{
	for (; *digits; digits++) {
		if (*digits == '*')
			story_tap(st, BUTTON_STAR);
		else if (*digits == '#')
			story_tap(st, BUTTON_HASH);
		else
			story_tap(st, (enum button)(BUTTON_0 + *digits - '0'));
	}
}


void story_dial(struct story *st, const char *text)
{
	struct phone_event ev = {.type = EV_DIAL};

	text_copy(ev.dial.uri, sizeof(ev.dial.uri), text);
	(void)dispatch_post(&st->d, &ev);
}


void story_talk(struct story *st, uint32_t id, const char *number)
{
	story_invite(st, id, number);
	story_tap(st, BUTTON_ANSWER);
	story_post(st, EV_ESTABLISHED, id);
	story_face(st, "talking");
	st->wire[0] = '\0';
}


const char *story_entry(const struct story *st, size_t i)
{
	static char text[TEXT_MAX];
	const struct history_entry *e = history_at(&st->d.phone.history, i);
	char rule[POLICY_NAME_MAX + 16] = "";

	if (!e)
		return "";

	assert_true((e->by == DECIDED_RULE) == (e->rule[0] != '\0'));
	if (e->rule[0])
		(void)snprintf(rule, sizeof(rule), " %s:%u", e->rule, e->line);

	(void)snprintf(text, sizeof(text), "%s %s %u %s%s%s",
		       e->outgoing ? "out" : "in", e->party.user, e->scode,
		       decided_name(e->by), rule, e->missed ? " missed" : "");

	return text;
}


const char *story_softkeys(const struct story *st)
{
	static char text[TEXT_MAX];
	enum softkey key[SOFTKEY_COUNT_MAX];

	phone_softkeys(&st->d.phone, key);
	for (size_t i = 0; i < SOFTKEY_COUNT_MAX; i++)
		assert_non_null(softkey_name(key[i]));

	(void)snprintf(text, sizeof(text), "%s,%s,%s,%s", softkey_name(key[0]),
		       softkey_name(key[1]), softkey_name(key[2]),
		       softkey_name(key[3]));

	return text;
}


size_t story_calls(const struct story *st)
{
	return history_count(&st->d.phone.history, false);
}
