/**
 * @file app/call/phone.c  Routing, faces, and what happens by itself
 */
#include "app/call/reducers.h"

#include <string.h>


struct command *command_add(struct commands *out, enum command_type type,
			    uint32_t id)
{
	struct command *cmd;

	/* A step wants three at most: its event's, and what was due */
	if (out->n < COMMAND_MAX)
		++out->n;

	cmd = &out->v[out->n - 1];
	memset(cmd, 0, sizeof(*cmd));
	cmd->type = type;
	cmd->id = id;

	return cmd;
}


const char *phone_face_name(enum phone_face face)
{
	static const char *const name[PHONE_FACE_COUNT] = {
#define X(id, text) [PHONE_FACE_##id] = text,
		PHONE_FACE_TABLE(X)
#undef X
	};

	if ((unsigned)face >= PHONE_FACE_COUNT)
		return NULL;

	return name[face];
}


static void registration_init(struct phone *p, size_t account)
{
	const struct phone_settings *set = p->settings;
	const bool registers =
		account < set->accountc && set->account[account].registers;

	p->reg[account] = (struct phone_registration){
		.reg = registers ? PHONE_REG_PENDING : PHONE_REG_OFF,
	};
}


void phone_init(struct phone *p, const struct phone_settings *settings)
{
	memset(p, 0, sizeof(*p));
	p->settings = settings;
	p->next_id = 1;
	history_init(&p->history);
	incoming_limit_init(p);

	for (size_t i = 0; i < PHONE_ACCOUNT_MAX; i++)
		registration_init(p, i);
}


/* An account that is the same as before keeps its registration */
static void settings_swap(struct phone *p, const struct phone_settings *set)
{
	const struct phone_settings *old = p->settings;

	reply_settings(p, set);
	p->settings = set;
	if (memcmp(&old->policy->plan, &set->policy->plan,
		   sizeof(set->policy->plan)) != 0)
		history_plan(&p->history, &set->policy->plan);
	if (memcmp(&old->policy->limit, &set->policy->limit,
		   sizeof(set->policy->limit)) != 0)
		incoming_limit_init(p);

	for (size_t i = 0; i < PHONE_ACCOUNT_MAX; i++) {
		const struct phone_account *a = &old->account[i];
		const struct phone_account *b = &set->account[i];

		if (i >= old->accountc || i >= set->accountc ||
		    a->registers != b->registers || strcmp(a->user, b->user) ||
		    strcmp(a->domain, b->domain))
			registration_init(p, i);
	}
}


void phone_record(struct phone *p, const struct history_entry *e)
{
	struct phone_menu *menu = &p->menu;
	const bool missed = menu->list == PHONE_LIST_MISSED;
	const bool listed =
		missed ? e->missed : menu->list == PHONE_LIST_CALLS;
	const bool shows_something = phone_menu_entry(p) != NULL;
	size_t count;

	history_add(&p->history, e);

	count = history_count(&p->history, missed);
	if (listed && shows_something)
		++menu->index;
	if (menu->index >= count)
		menu->index = count ? count - 1 : 0;
}


void phone_notice_show(const struct step *s, const struct phone_notice *notice)
{
	struct phone_notice *n = &s->p->notice;

	*n = *notice;
	n->since_ms = s->now->mono_ms;
	n->at_s = s->now->utc_valid ? s->now->utc_s : 0;
	n->at_valid = s->now->utc_valid;
}


void phone_notice_interrupt(const struct step *s)
{
	struct phone *p = s->p;

	if (p->notice.kind == PHONE_NOTICE_REMIND && !p->remind.set) {
		p->remind.set = true;
		p->remind.party = p->notice.party;
		p->remind.account = p->notice.account;
		p->remind.due_ms = s->now->mono_ms;
	}

	p->notice.kind = PHONE_NOTICE_NONE;
}


void phone_notify(const struct step *s, enum phone_notice_kind kind,
		  const struct history_entry *e)
{
	struct phone_notice n;

	memset(&n, 0, sizeof(n));
	n.kind = kind;
	n.id = e->id;
	n.party = e->party;
	n.account = e->account;
	n.by = e->by;
	n.line = e->line;
	n.scode = e->scode;
	text_copy(n.rule, sizeof(n.rule), e->rule);

	phone_notice_interrupt(s);
	phone_notice_show(s, &n);
}


void phone_clear_screen(struct phone *p)
{
	dial_close(p);
	p->result.shown = false;
	p->notice.kind = PHONE_NOTICE_NONE;
	p->menu.list = PHONE_LIST_NONE;
}


const struct call *phone_current(const struct phone *p)
{
	for (size_t i = 0; i < PHONE_CALL_MAX; i++) {
		const struct call *c = &p->call[i];

		if (c->state != CALL_FREE && c->state != CALL_ENDING)
			return c;
	}

	return NULL;
}


enum phone_face phone_face(const struct phone *p)
{
	/* Answered is talking for the person, before the far end knows */
	static const enum phone_face face[] = {
		[CALL_FREE] = PHONE_FACE_IDLE,
		[CALL_INCOMING] = PHONE_FACE_INCOMING,
		[CALL_ANSWERING] = PHONE_FACE_TALKING,
		[CALL_CALLING] = PHONE_FACE_CALLING,
		[CALL_RINGBACK] = PHONE_FACE_RINGBACK,
		[CALL_TALKING] = PHONE_FACE_TALKING,
		[CALL_HELD] = PHONE_FACE_HELD,
		[CALL_ENDING] = PHONE_FACE_IDLE,
	};
	const struct call *c = phone_current(p);

	if (c)
		return face[c->state];
	if (p->dialling)
		return PHONE_FACE_DIALLING;
	if (p->result.shown)
		return PHONE_FACE_RESULT;
	if (p->notice.kind != PHONE_NOTICE_NONE)
		return PHONE_FACE_NOTICE;
	if (p->menu.list != PHONE_LIST_NONE)
		return PHONE_FACE_MENU;

	return PHONE_FACE_IDLE;
}


const struct history_entry *phone_menu_entry(const struct phone *p)
{
	if (p->menu.list != PHONE_LIST_CALLS &&
	    p->menu.list != PHONE_LIST_MISSED)
		return NULL;

	return history_nth(&p->history, p->menu.index,
			   p->menu.list == PHONE_LIST_MISSED);
}


static uint64_t result_until_ms(const struct phone *p)
{
	return p->result.shown ? p->result.since_ms + PHONE_RESULT_MS
			       : NOW_NEVER_MS;
}


static uint64_t notice_until_ms(const struct phone *p)
{
	if (p->notice.kind == PHONE_NOTICE_NONE)
		return NOW_NEVER_MS;

	return p->notice.since_ms + (p->notice.kind == PHONE_NOTICE_REMIND
					     ? PHONE_REMIND_MS
					     : PHONE_NOTICE_MS);
}


/* A reminder waits until the phone is at rest; what ends the wait is an event
   or another timer, so that it needs none of its own till then */
static uint64_t remind_at_ms(const struct phone *p)
{
	const enum phone_face face = phone_face(p);

	if (!p->remind.set)
		return NOW_NEVER_MS;

	return face == PHONE_FACE_IDLE || face == PHONE_FACE_MENU
		       ? p->remind.due_ms
		       : NOW_NEVER_MS;
}


static void due(const struct step *s)
{
	struct phone *p = s->p;
	const uint64_t now_ms = s->now->mono_ms;

	calls_due(s);
	dnd_due(s);

	if (now_ms >= result_until_ms(p))
		p->result.shown = false;

	if (now_ms >= notice_until_ms(p))
		p->notice.kind = PHONE_NOTICE_NONE;

	if (now_ms >= remind_at_ms(p)) {
		const struct phone_notice notice = {
			.kind = PHONE_NOTICE_REMIND,
			.party = p->remind.party,
			.account = p->remind.account,
		};

		p->remind.set = false;
		phone_notice_show(s, &notice);
	}
}


/* Where nothing is heard on either, the next one begins on the handset */
static void path_rest(struct phone *p)
{
	const enum phone_face face = phone_face(p);

	if (p->dialling)
		return;

	if (face == PHONE_FACE_IDLE || face == PHONE_FACE_MENU ||
	    face == PHONE_FACE_NOTICE || face == PHONE_FACE_INCOMING)
		p->path = AUDIO_PATH_HANDSET;
}


static void registration(struct phone *p, const struct phone_event *ev)
{
	if (ev->registration.account >= PHONE_ACCOUNT_MAX)
		return;

	p->reg[ev->registration.account] = (struct phone_registration){
		.reg = ev->registration.reg,
		.scode = ev->registration.scode,
		.others = ev->registration.others,
		.sip_607 = ev->registration.sip_607,
	};
}


void phone_step(struct phone *p, const struct phone_event *ev,
		const struct now *now, struct commands *out)
{
	const struct step s = {.p = p, .now = now, .out = out};

	out->n = 0;

	switch (ev->type) {

	case EV_TICK:
		break;

	case EV_BUTTON:
		keys_event(&s, &ev->button);
		break;

	case EV_DIAL:
		dial_text(&s, ev->dial.uri);
		break;

	case EV_SETTINGS:
		settings_swap(p, ev->settings);
		break;

	case EV_REGISTRATION:
		registration(p, ev);
		break;

	case EV_DND:
		dnd_set(&s, &ev->dnd);
		break;

	case EV_DND_KEPT:
		dnd_restore(&s, &ev->dnd);
		break;

	case EV_NOT_SAVED:
		if (ev->not_saved.what == PHONE_SAVE_DND)
			dnd_not_saved(p);
		block_not_saved(&s, &ev->not_saved);
		break;

	case EV_INVITE:
	case EV_RINGING:
	case EV_PROGRESS:
	case EV_ESTABLISHED:
	case EV_CLOSED:
	case EV_REMOTE_HOLD:
	case EV_HOLD_STATE:
	case EV_MUTE_STATE:
		calls_event(&s, ev);
		break;
	}

	/* Last: what the person answered to was on the screen till now */
	due(&s);
	path_rest(p);
}


uint64_t phone_next_ms(const struct phone *p)
{
	const uint64_t at_ms[] = {
		calls_next_ms(p),
		dnd_next_ms(p),
		result_until_ms(p),
		notice_until_ms(p),
		remind_at_ms(p),
	};
	uint64_t next_ms = NOW_NEVER_MS;

	for (size_t i = 0; i < sizeof(at_ms) / sizeof(at_ms[0]); i++) {
		if (at_ms[i] < next_ms)
			next_ms = at_ms[i];
	}

	return next_ms;
}
