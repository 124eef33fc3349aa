/**
 * @file app/call/keys.c  What each key does in each face
 *
 * The table of docs/interface.md, row by row.
 */
#include "app/call/reducers.h"

typedef void(key_h)(const struct step *s);

/** The table's columns: faces in which the keys mean the same */
enum column {
	COL_INCOMING,
	COL_CALLING,
	COL_TALKING,
	COL_IDLE,
	COL_TOLD, /**< a result or a notice; cleared before the key acts */
	COL_MENU,
	COL_DIALLING,
	COL_COUNT
};

static const enum column face_column[PHONE_FACE_COUNT] = {
	[PHONE_FACE_IDLE] = COL_IDLE,
	[PHONE_FACE_DIALLING] = COL_DIALLING,
	[PHONE_FACE_CALLING] = COL_CALLING,
	[PHONE_FACE_RINGBACK] = COL_CALLING,
	[PHONE_FACE_INCOMING] = COL_INCOMING,
	[PHONE_FACE_TALKING] = COL_TALKING,
	[PHONE_FACE_HELD] = COL_TALKING,
	[PHONE_FACE_RESULT] = COL_TOLD,
	[PHONE_FACE_NOTICE] = COL_TOLD,
	[PHONE_FACE_MENU] = COL_MENU,
};

/** What a key dials or sends as DTMF; 0: it is no digit */
static const char button_digit[BUTTON_COUNT] = {
	[BUTTON_0] = '0', [BUTTON_1] = '1',    [BUTTON_2] = '2',
	[BUTTON_3] = '3', [BUTTON_4] = '4',    [BUTTON_5] = '5',
	[BUTTON_6] = '6', [BUTTON_7] = '7',    [BUTTON_8] = '8',
	[BUTTON_9] = '9', [BUTTON_STAR] = '*', [BUTTON_HASH] = '#',
};


/* Whom the screen shows */
static const struct party *party_of_screen(const struct step *s)
{
	const struct history_entry *e = phone_menu_entry(s->p);

	if (s->face == PHONE_FACE_NOTICE)
		return &s->p->notice.party;

	return e ? &e->party : NULL;
}


static void block(const struct step *s)
{
	const struct party *party = party_of_screen(s);

	if (party)
		block_add(s, party);
}


static void unblock(const struct step *s)
{
	const struct party *party = party_of_screen(s);

	if (party)
		block_remove(s, party);
}


/* The notice is taken away before its key acts; its kind was noted */
static void undo(const struct step *s)
{
	if (s->notice == PHONE_NOTICE_BLOCKED)
		unblock(s);
	else
		block(s);
}


/* Up and down in a call that rings go through the texts */
static void incoming_ok(const struct step *s)
{
	if (s->p->reply.choosing)
		reply_send(s);
	else
		calls_answer(s);
}


static void incoming_back(const struct step *s)
{
	if (s->p->reply.choosing)
		reply_close(s->p);
	else
		calls_silence(s);
}


static void back(const struct step *s)
{
	if (s->face == PHONE_FACE_INCOMING)
		incoming_back(s);
	else
		menu_back(s);
}


static void dialling_open(const struct step *s)
{
	dial_open(s->p);
}


static void dialling_close(const struct step *s)
{
	dial_close(s->p);
}


static void dialling_digit(const struct step *s)
{
	dial_digit(s->p, button_digit[s->button]);
}


static void dialling_start(const struct step *s)
{
	dial_open(s->p);
	dialling_digit(s);
}


/* The first '#' is a digit, as feature codes begin with it; behind others it
   ends the number */
static void dialling_hash(const struct step *s)
{
	if (s->p->dial[0])
		dial_send(s);
	else
		dialling_digit(s);
}


static void dialling_delete(const struct step *s)
{
	if (s->p->dial[0])
		dial_delete(s->p);
	else
		dial_close(s->p);
}


static void redial(const struct step *s)
{
	const struct history_entry *e = history_last_dialled(&s->p->history);

	if (e)
		dial_party(s, &e->party, e->account);
}


static void dtmf(const struct step *s)
{
	calls_dtmf(s, button_digit[s->button]);
}


static void result_retry(const struct step *s)
{
	dial_party(s, &s->p->result.party, s->p->result.account);
}


static void result_remind(const struct step *s)
{
	const struct phone_result *r = &s->p->result;
	const struct status_row *row = status_find(&r->end);
	uint64_t wait_s = row ? row->remind_s : 0;

	/* 0 would be now, and means that they have not said */
	if (r->end.has_retry_after && r->end.retry_after_s)
		wait_s = r->end.retry_after_s;

	s->p->remind = (struct phone_remind){
		.set = true,
		.party = r->party,
		.account = r->account,
		.due_ms = r->since_ms + wait_s * MS_PER_S,
	};
}


static void path_handset(const struct step *s)
{
	s->p->path = AUDIO_PATH_HANDSET;
}


static void path_toggle(const struct step *s)
{
	s->p->path = s->p->path == AUDIO_PATH_SPEAKER ? AUDIO_PATH_HANDSET
						      : AUDIO_PATH_SPEAKER;
}


static void hook_open(const struct step *s)
{
	path_handset(s);
	dial_open(s->p);
}


static void speaker_open(const struct step *s)
{
	s->p->path = AUDIO_PATH_SPEAKER;
	dial_open(s->p);
}


static void speaker_send(const struct step *s)
{
	s->p->path = AUDIO_PATH_SPEAKER;
	dial_send(s);
}


/** The soft key "call": whom depends on what was shown */
static void call_shown(const struct step *s)
{
	const struct phone_notice *n = &s->p->notice;

	if (s->face == PHONE_FACE_DIALLING)
		dial_send(s);
	else if (s->face == PHONE_FACE_NOTICE)
		dial_party(s, &n->party, n->account);
	else
		menu_call(s);
}


/** The soft key "cancel" of a call, or of what was being dialled */
static void cancel(const struct step *s)
{
	if (s->face == PHONE_FACE_DIALLING)
		dial_close(s->p);
	else
		calls_hangup(s);
}


static key_h *const soft_table[SOFTKEY_KINDS] = {
	[SOFTKEY_ANSWER] = calls_answer,
	[SOFTKEY_SILENCE] = calls_silence,
	[SOFTKEY_REJECT] = calls_reject,
	[SOFTKEY_END] = calls_hangup,
	[SOFTKEY_CANCEL] = cancel,
	[SOFTKEY_HOLD] = calls_hold_toggle,
	[SOFTKEY_RESUME] = calls_resume,
	[SOFTKEY_MUTE] = calls_mute_toggle,
	[SOFTKEY_UNMUTE] = calls_mute_toggle,
	[SOFTKEY_CALL] = call_shown,
	[SOFTKEY_DELETE] = dialling_delete,
	[SOFTKEY_RETRY] = result_retry,
	[SOFTKEY_REMIND] = result_remind,
	[SOFTKEY_CALLS] = menu_calls,
	[SOFTKEY_MISSED] = menu_missed,
	[SOFTKEY_DND] = dnd_toggle,
	[SOFTKEY_INFO] = menu_info,
	[SOFTKEY_WHY] = menu_why,
	[SOFTKEY_BACK] = back,
	[SOFTKEY_MESSAGE] = reply_open,
	[SOFTKEY_SEND] = reply_send,
	[SOFTKEY_VOICEMAIL] = calls_voicemail,
	[SOFTKEY_BLOCK] = block,
	[SOFTKEY_UNBLOCK] = unblock,
	[SOFTKEY_UNDO] = undo,
	[SOFTKEY_SET] = menu_set,
};


/* clang-format off */
#define DIGIT {NULL, NULL, dtmf, dialling_start, dialling_start, \
	       dialling_start, dialling_digit}

static key_h *const key_table[BUTTON_COUNT][COL_COUNT] = {
	/*                 incoming       calling       talking
	                   idle           told          menu
	                   dialling                                     */
	[BUTTON_ANSWER] = {calls_answer,  NULL,         calls_resume,
	                   dialling_open, dialling_open, dialling_open,
	                   dial_send},
	[BUTTON_OK] =     {incoming_ok,   NULL,         NULL,
	                   NULL,          NULL,         menu_call,
	                   dial_send},
	[BUTTON_REJECT] = {calls_reject,  calls_hangup, calls_hangup,
	                   NULL,          menu_close,   menu_close,
	                   dialling_close},
	[BUTTON_BACK] =   {incoming_back, calls_hangup, NULL,
	                   NULL,          NULL,         menu_back,
	                   dialling_delete},
	[BUTTON_HOOK] =   {calls_answer,  path_handset, path_handset,
	                   hook_open,     hook_open,    hook_open,
	                   path_handset},
	[BUTTON_0] = DIGIT,
	[BUTTON_1] = DIGIT,
	[BUTTON_2] = DIGIT,
	[BUTTON_3] = DIGIT,
	[BUTTON_4] = DIGIT,
	[BUTTON_5] = DIGIT,
	[BUTTON_6] = DIGIT,
	[BUTTON_7] = DIGIT,
	[BUTTON_8] = DIGIT,
	[BUTTON_9] = DIGIT,
	[BUTTON_STAR] = DIGIT,
	[BUTTON_HASH] =   {NULL,          NULL,         dtmf,
	                   dialling_start, dialling_start, dialling_start,
	                   dialling_hash},
	[BUTTON_VOLUME_UP] =   {calls_silence},
	[BUTTON_VOLUME_DOWN] = {calls_silence},
	[BUTTON_MUTE] =   {calls_silence, NULL,         calls_mute_toggle},
	[BUTTON_SPEAKER] = {calls_answer_aloud, path_toggle, path_toggle,
	                   speaker_open,  speaker_open, speaker_open,
	                   speaker_send},
	[BUTTON_LINE1] =  {calls_answer,  NULL,         calls_hold_toggle,
	                   dialling_open, dialling_open, dialling_open,
	                   dial_send},
	[BUTTON_UP] =     {reply_previous, NULL,        NULL,
	                   menu_calls,    NULL,         menu_newer},
	[BUTTON_DOWN] =   {reply_next,    NULL,         NULL,
	                   menu_calls,    NULL,         menu_older},
	[BUTTON_MESSAGE] = {NULL,         NULL,         NULL,
	                   menu_missed,   menu_missed,  menu_missed,
	                   menu_missed},
	[BUTTON_DND] =    {dnd_toggle,    dnd_toggle,   dnd_toggle,
	                   dnd_toggle,    dnd_toggle,   dnd_toggle,
	                   dnd_toggle},
	[BUTTON_REDIAL] = {NULL,          NULL,         NULL,
	                   redial,        redial,       redial,
	                   redial},
};
/* clang-format on */


static key_h *soft_handler(const struct phone *p, enum button button)
{
	enum softkey key[SOFTKEY_COUNT_MAX];

	phone_softkeys(p, key);

	return soft_table[key[button - BUTTON_SOFT1]];
}


static void press(const struct step *s)
{
	const bool soft =
		s->button >= BUTTON_SOFT1 && s->button <= BUTTON_SOFT4;
	key_h *handler = soft ? soft_handler(s->p, s->button)
			      : key_table[s->button][face_column[s->face]];

	if (s->button == BUTTON_HOOK)
		s->p->offhook = true;

	s->p->declined.held = false;

	/* What the handler needs of them stays readable */
	if (s->face == PHONE_FACE_RESULT)
		s->p->result.shown = false;
	if (s->face == PHONE_FACE_NOTICE)
		s->p->notice.kind = PHONE_NOTICE_NONE;

	if (handler)
		handler(s);
}


static void hold_dialling(const struct step *s, enum button_action action)
{
	struct phone *p = s->p;

	if (s->button == BUTTON_BACK && p->dial[0])
		dial_delete(p);

	if (s->button == BUTTON_0 && action == BUTTON_LONG &&
	    p->dial[0] == '0' && !p->dial[1])
		p->dial[0] = '+';
}


/* Other keys may be down as well, such as one that silenced */
static bool declined_with(const struct step *s)
{
	return s->p->declined.held && s->p->declined.button == s->button;
}


static void hold_down(const struct step *s, enum button_action action)
{
	struct phone *p = s->p;

	if (s->face == PHONE_FACE_DIALLING)
		hold_dialling(s, action);

	if (action != BUTTON_LONG)
		return;

	/* It has declined when it went down */
	if (declined_with(s)) {
		p->declined.held = false;
		block_add(s, &p->declined.party);
	}

	/* It has been switched already; a menu covers no call, and no number
	   that is being dialled */
	if (s->button == BUTTON_DND && !phone_current(p) && !p->dialling) {
		phone_clear_screen(p);
		menu_open(s, PHONE_LIST_DND);
	}
}


/* The handset is put down. A result goes too: its tone was for the ear. What
   is on the speaker needs no handset, and goes on */
static void hang_up(const struct step *s)
{
	s->p->offhook = false;
	s->p->result.shown = false;
	if (s->p->path == AUDIO_PATH_SPEAKER)
		return;

	dial_close(s->p);
	calls_hangup(s);
}


void keys_event(const struct step *step, const struct button_event *ev)
{
	struct step s = *step;

	if ((unsigned)ev->button >= BUTTON_COUNT)
		return;

	s.button = ev->button;
	s.face = phone_face(s.p);
	s.notice = s.p->notice.kind;

	switch (ev->action) {

	case BUTTON_PRESS:
		press(&s);
		break;

	case BUTTON_LONG:
	case BUTTON_REPEAT:
		hold_down(&s, ev->action);
		break;

	case BUTTON_RELEASE:
		if (declined_with(&s))
			s.p->declined.held = false;
		if (ev->button == BUTTON_HOOK)
			hang_up(&s);
		break;

	case BUTTON_SHORT:
		break;
	}
}
