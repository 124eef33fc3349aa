/**
 * @file app/call/reply.c  Decline with a word: a text, or the voicemail
 */
#include "app/call/reducers.h"

#include <string.h>


void reply_open(const struct step *s)
{
	struct phone *p = s->p;

	if (phone_face(p) != PHONE_FACE_INCOMING || !p->settings->replyc)
		return;

	calls_silence(s); /* the person is at it */
	p->reply = (struct phone_reply){.choosing = true};
}


void reply_close(struct phone *p)
{
	p->reply.choosing = false;
}


void reply_settings(struct phone *p, const struct phone_settings *set)
{
	const size_t i = p->reply.index;

	if (i >= set->replyc || strcmp(p->settings->reply[i], set->reply[i]))
		reply_close(p);
}


void reply_previous(const struct step *s)
{
	if (s->p->reply.choosing && s->p->reply.index > 0)
		--s->p->reply.index;
}


void reply_next(const struct step *s)
{
	struct phone *p = s->p;

	if (p->reply.choosing && p->reply.index + 1 < p->settings->replyc)
		++p->reply.index;
}


void reply_send(const struct step *s)
{
	const struct phone *p = s->p;
	const struct call *c = phone_current(p);
	const size_t i = p->reply.index;
	struct command *cmd;
	struct call was;

	if (!c || !p->reply.choosing || i >= p->settings->replyc)
		return;

	was = *c;
	calls_reject(s);
	s->p->declined.held = false; /* whom one writes to one doesn't block */
	if (!dial_callable(&was.party))
		return;

	cmd = command_add(s->out, CMD_MESSAGE, was.id);
	cmd->message.account = was.account;
	text_copy(cmd->message.uri, sizeof(cmd->message.uri), was.party.uri);
	text_copy(cmd->message.text, sizeof(cmd->message.text),
		  p->settings->reply[i]);
}
