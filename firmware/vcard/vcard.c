/**
 * @file firmware/vcard/vcard.c  The lines of vCards, and where they stand
 */
#include "firmware/vcard/vcard.h"

#include <string.h>

static const char bom[] = "\xef\xbb\xbf";

/* Walks over folds as if they were not there */
struct cursor {
	const char *p, *end;
	size_t line, col;
};


static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}


/* The bytes of the line's end at p, 0 if it is none */
static size_t line_end(const char *p, const char *end)
{
	if (p < end && *p == '\n')
		return 1;

	return end - p > 1 && p[0] == '\r' && p[1] == '\n' ? 2 : 0;
}


/* To the next character, or the end */
static bool cursor_seek(struct cursor *c)
{
	for (;;) {
		const size_t n = line_end(c->p, c->end);

		if (!n)
			return c->p < c->end;

		/* What goes on behind the line's end goes on with a blank */
		c->p += n;
		c->line++;
		c->col = 1;
		if (c->p == c->end)
			return false;
		c->p++;
		c->col++;
	}
}


static void cursor_step(struct cursor *c)
{
	c->p++;
	c->col++;
}


static struct cursor cursor_of(const struct vcard_text *text)
{
	return (struct cursor){
		.p = text->p,
		.end = text->end,
		.line = text->line,
		.col = text->col,
	};
}


void vcard_init(struct vcard_reader *r, const char *buf, size_t len)
{
	r->p = buf;
	r->end = buf + len;
	r->line = 1;
	if (len >= strlen(bom) && !memcmp(buf, bom, strlen(bom)))
		r->p += strlen(bom);
}


static char upper(char ch)
{
	return ch >= 'a' && ch <= 'z' ? (char)(ch - 'a' + 'A') : ch;
}


/* The name, without the group in front; leaves the cursor behind it */
static void name_read(struct vcard_property *p, struct cursor *c)
{
	size_t n = 0;

	while (cursor_seek(c) && *c->p != ':' && *c->p != ';') {
		if (*c->p == '.')
			n = 0;
		else if (n < sizeof(p->name) - 1)
			p->name[n++] = upper(*c->p);
		cursor_step(c);
	}
	p->name[n] = '\0';
}


static void property_read(struct vcard_property *p, struct cursor c)
{
	bool quoted = false;

	name_read(p, &c);

	/* A parameter's value may be in quotes, with ":" in it */
	while (cursor_seek(&c) && (*c.p != ':' || quoted)) {
		if (*c.p == '"')
			quoted = !quoted;
		cursor_step(&c);
	}

	if (c.p == c.end)
		p->name[0] = '\0';
	else
		cursor_step(&c);

	p->value = (struct vcard_text){
		.p = c.p, .end = c.end, .line = c.line, .col = c.col};
}


/* The lines up to the next that does not start with a blank; r goes behind */
static struct cursor lines_take(struct vcard_reader *r)
{
	struct cursor c = {.p = r->p, .line = r->line, .col = 1};

	do {
		const char *nl = memchr(r->p, '\n', (size_t)(r->end - r->p));

		c.end = nl ? nl : r->end;
		r->p = nl ? nl + 1 : r->end;
		r->line++;
	} while (r->p < r->end && is_blank(*r->p));

	if (c.end > c.p && c.end[-1] == '\r')
		c.end--;

	return c;
}


bool vcard_next(struct vcard_reader *r, struct vcard_property *p)
{
	while (r->p < r->end) {
		const struct cursor c = lines_take(r);
		struct cursor first = c;

		while (cursor_seek(&first) && is_blank(*first.p))
			cursor_step(&first);
		if (first.p == first.end)
			continue;

		p->line = c.line;
		property_read(p, c);
		return true;
	}

	return false;
}


bool vcard_is(const struct vcard_property *p, const char *name)
{
	return !strcmp(p->name, name);
}


size_t vcard_unfold(char *dst, size_t size, const struct vcard_text *text)
{
	struct cursor c = cursor_of(text);
	size_t n = 0;

	for (; cursor_seek(&c); cursor_step(&c)) {
		if (n < size)
			dst[n] = *c.p;
		n++;
	}

	return n;
}


void vcard_place(const struct vcard_text *text, size_t off, size_t *line,
		 size_t *col)
{
	struct cursor c = cursor_of(text);

	while (cursor_seek(&c) && off--)
		cursor_step(&c);

	*line = c.line;
	*col = c.col;
}


char *vcard_piece(char *value, size_t len, size_t *pos, char separator,
		  size_t *n)
{
	char *piece = value + *pos;
	size_t i;

	if (*pos > len)
		return NULL;

	*n = 0;
	for (i = *pos; i < len && (!separator || value[i] != separator); i++) {
		char ch = value[i];

		if (ch == '\\' && i + 1 < len) {
			ch = value[++i];
			if (ch == 'n' || ch == 'N')
				ch = '\n';
		}
		piece[(*n)++] = ch;
	}
	*pos = i + 1;

	return piece;
}
