/**
 * @file firmware/config/contacts.c  The people whom a vCard file names
 */
#include "firmware/config/contacts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/config/contacts_card.h"


enum {
	ROOM_FIRST = 64,
	WHAT_MAX = 256, /* bytes of a text with a name in it */
};


void *contacts_room(struct contacts_draft *d, void *v, size_t n, size_t *max,
		    size_t size)
{
	const size_t more = *max ? *max * 2 : ROOM_FIRST;
	void *room;

	if (n < *max)
		return v;

	room = realloc(v, more * size);
	if (room)
		*max = more;
	else
		d->no_memory = true;

	return room;
}


static int by_uid(const void *va, const void *vb)
{
	const struct contacts_card *a = va, *b = vb;

	return strcmp(a->uid, b->uid);
}


/* The members of a group, by the cards' UIDs; who has no card is nobody */
static void members_join(struct contacts_draft *d)
{
	if (!d->cardc || !d->memberc)
		return;

	qsort(d->cardv, d->cardc, sizeof(d->cardv[0]), by_uid);
	for (size_t i = 0; i < d->memberc; i++) {
		const struct contacts_card key = {.uid = d->memberv[i].uid};
		const struct contacts_card *card =
			bsearch(&key, d->cardv, d->cardc, sizeof(key), by_uid);

		for (size_t k = 0; card && k < card->numberc; k++)
			d->numberv[card->number + k].contact.groups |=
				UINT32_C(1) << d->memberv[i].group;
	}
}


/* By number, then as they stand in the file */
static int by_number(const void *va, const void *vb)
{
	const struct contacts_number *a = va, *b = vb;
	const int order = strcmp(a->contact.number, b->contact.number);

	if (order)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;

	return a->col < b->col ? -1 : a->col > b->col;
}


/* One person may have a number twice, for home and for work */
static void number_twice(struct contacts_draft *d,
			 const struct contacts_number *first,
			 const struct contacts_number *again)
{
	char what[WHAT_MAX];

	if (!strcmp(first->contact.name, again->contact.name))
		return;

	(void)snprintf(what, sizeof(what),
		       "the number of \"%s\" is that of \"%s\" on line %zu, "
		       "who has it",
		       again->contact.name, first->contact.name, first->line);
	d->wrongh(again->line, again->col, false, what, d->arg);
}


int contacts_finish(struct contacts_draft *d, struct contacts *contacts,
		    const struct dial_plan *plan)
{
	const struct contacts_number *first = d->numberv;
	struct contact *v;
	size_t n = 0;

	if (!d->numberc)
		return 0;

	v = arena_alloc(d->arena, d->numberc, sizeof(*v));
	if (!v)
		return ENOMEM;

	for (size_t i = 0; i < d->numberc; i++) {
		char *number = d->numberv[i].contact.number;

		dial_plan_apply(plan, number, number);
	}
	qsort(d->numberv, d->numberc, sizeof(d->numberv[0]), by_number);

	for (size_t i = 0; i < d->numberc; i++) {
		const struct contacts_number *c = &d->numberv[i];

		if (i && !strcmp(first->contact.number, c->contact.number)) {
			number_twice(d, first, c);
			if (!strcmp(first->contact.name, c->contact.name))
				v[n - 1].groups |= c->contact.groups;
			continue;
		}
		first = c;
		v[n++] = c->contact;
	}

	contacts->v = v;
	contacts->n = n;
	return 0;
}


int contacts_read(struct contacts_draft *d, const char *buf, size_t len)
{
	d->groupv =
		arena_alloc(d->arena, CONTACT_GROUP_MAX, sizeof(*d->groupv));
	if (!d->groupv)
		return ENOMEM;

	contacts_cards_read(d, buf, len);
	members_join(d);

	return d->no_memory ? ENOMEM : 0;
}


void contacts_draft_free(struct contacts_draft *d)
{
	free(d->numberv);
	free(d->cardv);
	free(d->memberv);
	d->numberv = NULL;
	d->cardv = NULL;
	d->memberv = NULL;
}
