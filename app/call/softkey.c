/**
 * @file app/call/softkey.c  What the four keys below the screen offer
 */
#include "app/call/reducers.h"

#include <string.h>

/** The same in every call of a face; what depends on more is set below */
static const enum softkey face_key[PHONE_FACE_COUNT][SOFTKEY_COUNT_MAX] = {
	[PHONE_FACE_IDLE] = {SOFTKEY_CALLS, SOFTKEY_MISSED, SOFTKEY_DND,
			     SOFTKEY_INFO},
	[PHONE_FACE_DIALLING] = {SOFTKEY_CALL, SOFTKEY_DELETE, SOFTKEY_NONE,
				 SOFTKEY_CANCEL},
	[PHONE_FACE_CALLING] = {SOFTKEY_NONE, SOFTKEY_NONE, SOFTKEY_NONE,
				SOFTKEY_CANCEL},
	[PHONE_FACE_RINGBACK] = {SOFTKEY_NONE, SOFTKEY_NONE, SOFTKEY_NONE,
				 SOFTKEY_CANCEL},
	[PHONE_FACE_INCOMING] = {SOFTKEY_ANSWER, SOFTKEY_SILENCE, SOFTKEY_NONE,
				 SOFTKEY_REJECT},
	[PHONE_FACE_TALKING] = {SOFTKEY_HOLD, SOFTKEY_NONE, SOFTKEY_MUTE,
				SOFTKEY_END},
	[PHONE_FACE_HELD] = {SOFTKEY_RESUME, SOFTKEY_NONE, SOFTKEY_NONE,
			     SOFTKEY_END},
	[PHONE_FACE_NOTICE] = {SOFTKEY_CALL, SOFTKEY_NONE, SOFTKEY_NONE,
			       SOFTKEY_OK},
	[PHONE_FACE_MENU] = {SOFTKEY_CALL, SOFTKEY_WHY, SOFTKEY_NONE,
			     SOFTKEY_BACK},
};


const char *softkey_name(enum softkey key)
{
	static const char *const name[SOFTKEY_KINDS] = {
#define X(id, text) [SOFTKEY_##id] = text,
		SOFTKEY_TABLE(X)
#undef X
	};

	if ((unsigned)key >= SOFTKEY_KINDS)
		return NULL;

	return name[key];
}


/* What can be done with a call besides to answer it and to reject it: a text
 * comes before the voicemail, which waits till the key for silence is free */
static void incoming_keys(enum softkey key[SOFTKEY_COUNT_MAX],
			  const struct phone *p, const struct call *c)
{
	const bool voicemail = p->settings->voicemail[0];
	const bool message =
		p->settings->replyc && dial_callable(&c->party);

	if (p->reply.choosing) {
		key[0] = SOFTKEY_SEND;
		key[1] = key[2] = SOFTKEY_NONE;
		key[3] = SOFTKEY_BACK;
		return;
	}

	if (c->silent)
		key[1] = SOFTKEY_NONE;
	if (message)
		key[2] = SOFTKEY_MESSAGE;
	if (voicemail && !message)
		key[2] = SOFTKEY_VOICEMAIL;
	else if (voicemail && c->silent)
		key[1] = SOFTKEY_VOICEMAIL;
}


static void call_keys(enum softkey key[SOFTKEY_COUNT_MAX],
		      const struct phone *p, const struct call *c)
{
	if (c->state == CALL_INCOMING)
		incoming_keys(key, p, c);

	if (c->state == CALL_ANSWERING)
		key[0] = key[2] = SOFTKEY_NONE;

	if (c->state == CALL_TALKING && c->muted)
		key[2] = SOFTKEY_UNMUTE;
}


static void notice_keys(enum softkey key[SOFTKEY_COUNT_MAX],
			const struct phone *p)
{
	const struct phone_notice *n = &p->notice;

	if (!dial_callable(&n->party))
		key[0] = SOFTKEY_NONE;

	switch (n->kind) {

	case PHONE_NOTICE_REFUSED:
		key[1] = SOFTKEY_WHY;
		if (block_possible(&n->party))
			key[2] = block_has(p, &n->party) ? SOFTKEY_UNBLOCK
							 : SOFTKEY_BLOCK;
		break;

	case PHONE_NOTICE_BLOCKED:
	case PHONE_NOTICE_UNBLOCKED:
		key[0] = SOFTKEY_UNDO;
		break;

	case PHONE_NOTICE_NOT_SAVED:
		key[0] = SOFTKEY_NONE;
		break;

	case PHONE_NOTICE_NONE:
	case PHONE_NOTICE_MISSED:
	case PHONE_NOTICE_REMIND:
		break;
	}
}


static void menu_keys(enum softkey key[SOFTKEY_COUNT_MAX],
		      const struct phone *p)
{
	const struct history_entry *e = phone_menu_entry(p);

	if (p->menu.list == PHONE_LIST_DND) {
		key[0] = SOFTKEY_SET;
		key[1] = SOFTKEY_NONE;
		return;
	}

	if (!e || !dial_callable(&e->party))
		key[0] = SOFTKEY_NONE;

	if (!e || p->menu.why)
		key[1] = SOFTKEY_NONE;

	if (e && !e->outgoing && block_possible(&e->party))
		key[2] = block_has(p, &e->party) ? SOFTKEY_UNBLOCK
						 : SOFTKEY_BLOCK;
}


void phone_softkeys(const struct phone *p, enum softkey key[SOFTKEY_COUNT_MAX])
{
	const enum phone_face face = phone_face(p);
	const struct call *c = phone_current(p);
	const struct status_row *row = status_find(&p->result.end);
	const size_t size = sizeof(face_key[face]);

	memcpy(key, face_key[face], size);

	if (c)
		call_keys(key, p, c);
	else if (face == PHONE_FACE_RESULT && row)
		memcpy(key, row->key, size);
	else if (face == PHONE_FACE_NOTICE)
		notice_keys(key, p);
	else if (face == PHONE_FACE_MENU)
		menu_keys(key, p);
}
