/**
 * @file firmware/config/contacts_card.c  One vCard after the other
 *
 * vCard 3.0 (RFC 2426) and 4.0 (RFC 6350): of each FN, else N, its TELs, its
 * CATEGORIES and UID; a card with KIND:group names its members by UID. What
 * Apple writes into 3.0 for such cards means the same.
 */
#include "firmware/config/contacts_card.h"

#include <string.h>

#include "firmware/vcard/vcard.h"


enum {
	VALUE_MAX = 1024, /* bytes of a value; of a longer one, its start */
	N_FAMILY = 0,     /* RFC 6350 6.2.2 */
	N_GIVEN = 1,
};

_Static_assert(CONTACT_GROUP_MAX == 32, "a message below says 32");

/* The card that is being read */
struct card {
	struct contacts_draft *d;
	bool open;
	size_t line;                  /* of its BEGIN */
	size_t number, member;        /* its first ones */
	char name[CONTACT_NAME_MAX];  /* FN */
	char spare[CONTACT_NAME_MAX]; /* of N, where FN is missing */
	const char *uid;
	uint32_t groups;
	bool is_group;
	bool version_told; /* of all cards, once */
};

/* A value, unfolded */
struct value {
	char p[VALUE_MAX];
	size_t len;
};


static void wrong(const struct card *c, const struct vcard_property *p,
		  size_t off, bool error, const char *what)
{
	size_t line, col;

	vcard_place(&p->value, off, &line, &col);
	c->d->wrongh(line, col, error, what, c->d->arg);
}


static void line_wrong(const struct card *c, const struct vcard_property *p,
		       const char *what)
{
	c->d->wrongh(p->line, 1, true, what, c->d->arg);
}


static void value_read(struct value *v, const struct vcard_property *p)
{
	v->len = vcard_unfold(v->p, sizeof(v->p), &p->value);
	if (v->len > sizeof(v->p))
		v->len = sizeof(v->p);
}


static bool same(const struct value *v, const char *word)
{
	size_t i;

	for (i = 0; i < v->len && word[i]; i++) {
		if (text_lower(v->p[i]) != word[i])
			return false;
	}

	return i == v->len && !word[i];
}


static bool starts_with(const char *s, size_t len, const char *word)
{
	size_t i;

	for (i = 0; word[i]; i++) {
		if (i == len || text_lower(s[i]) != word[i])
			return false;
	}

	return true;
}


static void version_read(struct card *c, const struct vcard_property *p,
			 struct value *v)
{
	if (c->version_told || same(v, "3.0") || same(v, "4.0"))
		return;

	c->version_told = true;
	wrong(c, p, 0, true,
	      "another version of vCard: export the contacts as vCard 3.0 or "
	      "4.0");
}


static void fn_read(struct card *c, const struct vcard_property *p,
		    struct value *v)
{
	size_t pos = 0, n;
	const char *name = vcard_piece(v->p, v->len, &pos, '\0', &n);

	(void)p;
	if (!c->name[0])
		(void)text_clean(c->name, sizeof(c->name), name, n);
}


/* "Family;Given;...": the given name stands in front where it is spoken */
static void n_read(struct card *c, const struct vcard_property *p,
		   struct value *v)
{
	char part[2][CONTACT_NAME_MAX] = {"", ""};
	char both[2 * CONTACT_NAME_MAX];
	size_t pos = 0, n, len;
	const char *s;

	(void)p;
	for (size_t i = 0; i < 2; i++) {
		s = vcard_piece(v->p, v->len, &pos, ';', &n);
		if (!s)
			break;
		(void)text_clean(part[i], sizeof(part[i]), s, n);
	}

	len = strlen(part[N_GIVEN]);
	memcpy(both, part[N_GIVEN], len);
	both[len++] = ' ';
	memcpy(both + len, part[N_FAMILY], strlen(part[N_FAMILY]));
	len += strlen(part[N_FAMILY]);
	(void)text_clean(c->spare, sizeof(c->spare), both, len);
}


/* "/" is how many write it, and no more than a separator */
static void separators_mend(char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '/')
			s[i] = '-';
	}
}


static void number_add(struct card *c, const struct vcard_property *p,
		       size_t off, const char *number)
{
	struct contacts_draft *d = c->d;
	struct contacts_number *v, *one;
	size_t line, col;

	v = contacts_room(d, d->numberv, d->numberc, &d->number_max,
			  sizeof(*v));
	if (!v)
		return;

	d->numberv = v;
	vcard_place(&p->value, off, &line, &col);
	one = &v[d->numberc++];
	memset(one, 0, sizeof(*one));
	one->line = line;
	one->col = col;
	text_copy(one->contact.number, sizeof(one->contact.number), number);
}


static void tel_read(struct card *c, const struct vcard_property *p,
		     struct value *v)
{
	char number[NUMBER_MAX];
	size_t pos = 0, n, off = 0;
	char *s = vcard_piece(v->p, v->len, &pos, '\0', &n);

	if (starts_with(s, n, "tel:"))
		off = strlen("tel:");
	while (off < n && (s[off] == ' ' || s[off] == '\t'))
		off++;
	if (n == sizeof(v->p))
		n--;
	s[n] = '\0';
	separators_mend(s + off, n - off);

	if (number_normalise(number, s + off))
		number_add(c, p, off, number);
	else
		wrong(c, p, off, false,
		      "no number: it is left out; a number has digits, \"+\" "
		      "in front, and blanks or -./() between them");
}


/* @return the group's index, made if need be; CONTACT_GROUP_MAX if it has no
 * place */
static size_t group_get(struct card *c, const struct vcard_property *p,
			const char *name, size_t len)
{
	struct contacts_draft *d = c->d;
	const struct contacts known = {.groupv = d->groupv,
				       .groupc = d->groupc};
	char clean[CONTACT_NAME_MAX];
	size_t i;

	(void)text_clean(clean, sizeof(clean), name, len);
	if (!clean[0])
		return CONTACT_GROUP_MAX;

	i = contacts_group_find(&known, clean, strlen(clean));
	if (i < CONTACT_GROUP_MAX)
		return i;

	if (d->groupc == CONTACT_GROUP_MAX) {
		if (!d->groups_told)
			wrong(c, p, 0, false,
			      "one group too many: the first 32 are known");
		d->groups_told = true;
		return CONTACT_GROUP_MAX;
	}

	text_copy(d->groupv[d->groupc].name, sizeof(d->groupv[d->groupc].name),
		  clean);
	return d->groupc++;
}


static void categories_read(struct card *c, const struct vcard_property *p,
			    struct value *v)
{
	size_t pos = 0, n;
	const char *s;

	while ((s = vcard_piece(v->p, v->len, &pos, ',', &n))) {
		const size_t i = group_get(c, p, s, n);

		if (i < CONTACT_GROUP_MAX)
			c->groups |= UINT32_C(1) << i;
	}
}


static void kind_read(struct card *c, const struct vcard_property *p,
		      struct value *v)
{
	(void)p;
	c->is_group = c->is_group || same(v, "group");
}


/* A UID is "urn:uuid:..." here and without it there */
static const char *uid_keep(struct card *c, struct value *v)
{
	static const char scheme[] = "urn:uuid:";
	size_t off = 0, len;
	char *uid;

	if (starts_with(v->p, v->len, scheme))
		off = strlen(scheme);
	len = v->len - off;
	if (!len)
		return NULL;

	uid = arena_alloc(c->d->arena, 1, len + 1);
	if (!uid) {
		c->d->no_memory = true;
		return NULL;
	}
	for (size_t i = 0; i < len; i++)
		uid[i] = text_lower(v->p[off + i]);

	return uid;
}


static void uid_read(struct card *c, const struct vcard_property *p,
		     struct value *v)
{
	(void)p;
	c->uid = uid_keep(c, v);
}


static void member_read(struct card *c, const struct vcard_property *p,
			struct value *v)
{
	struct contacts_draft *d = c->d;
	struct contacts_member *room;
	const char *uid = uid_keep(c, v);

	(void)p;
	if (!uid)
		return;

	room = contacts_room(d, d->memberv, d->memberc, &d->member_max,
			     sizeof(*room));
	if (!room)
		return;

	d->memberv = room;
	room[d->memberc++] = (struct contacts_member){.uid = uid};
}


/* A card is whole: who its numbers belong to */
static void numbers_name(struct card *c)
{
	const char *name = c->name[0] ? c->name : c->spare;

	for (size_t i = c->number; i < c->d->numberc; i++) {
		struct contact *contact = &c->d->numberv[i].contact;

		text_copy(contact->name, sizeof(contact->name), name);
		contact->groups = c->groups;
	}
}


/* Its name is the group's. Members of what is no group are none */
static void members_name(struct card *c, const struct vcard_property *p)
{
	struct contacts_draft *d = c->d;
	size_t group = CONTACT_GROUP_MAX;

	if (c->is_group)
		group = group_get(c, p, c->name, strlen(c->name));
	if (group == CONTACT_GROUP_MAX)
		d->memberc = c->member;
	for (size_t i = c->member; i < d->memberc; i++)
		d->memberv[i].group = group;
}


static void uid_name(struct card *c)
{
	struct contacts_draft *d = c->d;
	struct contacts_card *room;

	if (!c->uid || c->number == d->numberc)
		return;

	room = contacts_room(d, d->cardv, d->cardc, &d->card_max,
			     sizeof(*room));
	if (!room)
		return;

	d->cardv = room;
	room[d->cardc++] = (struct contacts_card){
		.uid = c->uid,
		.number = c->number,
		.numberc = d->numberc - c->number,
	};
}


static void card_end(struct card *c, const struct vcard_property *p)
{
	numbers_name(c);
	members_name(c, p);
	uid_name(c);
	c->open = false;
}


static void begin_read(struct card *c, const struct vcard_property *p,
		       struct value *v)
{
	if (!same(v, "vcard"))
		line_wrong(c, p, "no vCard: write BEGIN:VCARD");
	if (c->open) {
		line_wrong(c, p,
			   "the card in front is never closed: write "
			   "END:VCARD above");
		card_end(c, p);
	}

	*c = (struct card){
		.d = c->d,
		.version_told = c->version_told,
		.open = true,
		.line = p->line,
		.number = c->d->numberc,
		.member = c->d->memberc,
	};
}


static void end_read(struct card *c, const struct vcard_property *p,
		     struct value *v)
{
	if (!same(v, "vcard"))
		line_wrong(c, p, "the card ends otherwise: write END:VCARD");

	card_end(c, p);
}


static const struct {
	const char *name;
	void (*readh)(struct card *c, const struct vcard_property *p,
		      struct value *v);
} property[] = {
	{"BEGIN", begin_read},
	{"END", end_read},
	{"VERSION", version_read},
	{"FN", fn_read},
	{"N", n_read},
	{"TEL", tel_read},
	{"CATEGORIES", categories_read},
	{"UID", uid_read},
	{"KIND", kind_read},
	{"MEMBER", member_read},
	{"X-ADDRESSBOOKSERVER-KIND", kind_read},
	{"X-ADDRESSBOOKSERVER-MEMBER", member_read},
};


static void property_take(struct card *c, const struct vcard_property *p)
{
	struct value v;

	for (size_t i = 0; i < sizeof(property) / sizeof(property[0]); i++) {
		if (!vcard_is(p, property[i].name))
			continue;
		value_read(&v, p);
		property[i].readh(c, p, &v);
		return;
	}
}


void contacts_cards_read(struct contacts_draft *d, const char *buf, size_t len)
{
	struct card card = {.d = d};
	struct vcard_reader r;
	struct vcard_property p = {.line = 1};

	vcard_init(&r, buf, len);
	while (!d->no_memory && vcard_next(&r, &p)) {
		if (!card.open && !vcard_is(&p, "BEGIN")) {
			line_wrong(&card, &p,
				   "outside of a card: write BEGIN:VCARD "
				   "above");
			return;
		}
		if (p.name[0])
			property_take(&card, &p);
		else
			line_wrong(&card, &p,
				   "no \":\": a line is NAME:VALUE, and one "
				   "that goes on starts with a blank");
	}

	if (!card.open)
		return;

	d->wrongh(card.line, 1, true,
		  "the card is never closed: write END:VCARD behind it",
		  d->arg);
	card_end(&card, &p);
}
