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


static void call_keys(enum softkey key[SOFTKEY_COUNT_MAX],
		      const struct call *c)
{
	if (c->state == CALL_INCOMING && c->silent)
		key[1] = SOFTKEY_NONE;

	if (c->state == CALL_ANSWERING)
		key[0] = key[2] = SOFTKEY_NONE;

	if (c->state == CALL_TALKING && c->muted)
		key[2] = SOFTKEY_UNMUTE;
}


static void menu_keys(enum softkey key[SOFTKEY_COUNT_MAX],
		      const struct phone *p)
{
	const struct history_entry *e = phone_menu_entry(p);

	if (!e || !dial_callable(&e->party))
		key[0] = SOFTKEY_NONE;

	if (!e || p->menu.why)
		key[1] = SOFTKEY_NONE;
}


void phone_softkeys(const struct phone *p, enum softkey key[SOFTKEY_COUNT_MAX])
{
	const enum phone_face face = phone_face(p);
	const struct call *c = phone_current(p);
	const struct status_row *row = status_find(&p->result.end);
	const size_t size = sizeof(face_key[face]);

	memcpy(key, face_key[face], size);

	if (c)
		call_keys(key, c);
	else if (face == PHONE_FACE_RESULT && row)
		memcpy(key, row->key, size);
	else if (face == PHONE_FACE_NOTICE && !dial_callable(&p->notice.party))
		key[0] = SOFTKEY_NONE;
	else if (face == PHONE_FACE_MENU)
		menu_keys(key, p);
}
