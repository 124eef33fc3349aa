/**
 * @file app/call/menu.c  The lists: calls, missed calls, info, do not disturb
 */
#include "app/call/reducers.h"


void menu_open(const struct step *s, enum phone_list list)
{
	struct phone *p = s->p;

	dial_close(p);
	p->menu = (struct phone_menu){.list = list};

	if (list == PHONE_LIST_MISSED)
		history_seen(&p->history);
}


void menu_calls(const struct step *s)
{
	menu_open(s, PHONE_LIST_CALLS);
}


void menu_missed(const struct step *s)
{
	menu_open(s, PHONE_LIST_MISSED);
}


void menu_info(const struct step *s)
{
	menu_open(s, PHONE_LIST_INFO);
}


void menu_close(const struct step *s)
{
	s->p->menu.list = PHONE_LIST_NONE;
}


void menu_back(const struct step *s)
{
	if (s->p->menu.why)
		s->p->menu.why = false;
	else
		menu_close(s);
}


/* Which entry a notice is about, as far as it is still remembered */
static void notice_entry_open(const struct step *s)
{
	const struct history *h = &s->p->history;

	menu_open(s, PHONE_LIST_CALLS);
	for (size_t i = 0; i < history_count(h, false); i++) {
		if (history_at(h, i)->id != s->p->notice.id)
			continue;
		s->p->menu.index = i;
		break;
	}
}


void menu_why(const struct step *s)
{
	if (s->face == PHONE_FACE_NOTICE)
		notice_entry_open(s);
	s->p->menu.why = phone_menu_entry(s->p) != NULL;
}


void menu_newer(const struct step *s)
{
	if (s->p->menu.index > 0)
		--s->p->menu.index;
}


static bool menu_has(const struct step *s, size_t i)
{
	const struct phone *p = s->p;

	switch (p->menu.list) {

	case PHONE_LIST_CALLS:
		return i < history_count(&p->history, false);

	case PHONE_LIST_MISSED:
		return i < history_count(&p->history, true);

	case PHONE_LIST_DND:
		return dnd_choice_at(s->now, i) != NULL;

	case PHONE_LIST_INFO:
	case PHONE_LIST_NONE:
		break;
	}

	return false;
}


void menu_older(const struct step *s)
{
	struct phone_menu *menu = &s->p->menu;

	if (menu_has(s, menu->index + 1))
		++menu->index;
}


void menu_set(const struct step *s)
{
	dnd_choose(s, s->p->menu.index);
	menu_close(s);
}


void menu_call(const struct step *s)
{
	const struct history_entry *e = phone_menu_entry(s->p);

	if (s->p->menu.list == PHONE_LIST_DND)
		menu_set(s);
	else if (e)
		dial_party(s, &e->party, e->account);
}
