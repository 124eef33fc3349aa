/**
 * @file firmware/list/table.c  Plain text and CSV (RFC 4180)
 *
 * One reader for both: plain text is a table with one column. The first line
 * that isn't a comment says which of comma, semicolon and tab separates, and
 * whether there is a header; the header, if it names one, or else the first
 * line of numbers, which column has them.
 */
#include "firmware/list/read.h"

#include <string.h>


enum {
	FIELD_MAX = 256, /* in a line; more are not looked at */
	COLUMN_UNKNOWN = FIELD_MAX,
};

struct field {
	const char *p;
	size_t len, line, col;
};

struct table {
	struct list_reader *r;
	const char *p, *end;
	const char *start; /* of the line that p is in */
	size_t line;

	char separator; /* '\0' before the first line */
	size_t column;
	struct field field[FIELD_MAX];
	size_t fields;
};

/* What a column with numbers is called; the first that is found counts */
static const char *const column_name[] = {"phone", "tel", "nummer", "number"};


static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}


static void line_next(struct table *t)
{
	const char *nl = memchr(t->p, '\n', (size_t)(t->end - t->p));

	t->p = nl ? nl + 1 : t->end;
	t->start = t->p;
	t->line++;
}


/* The end of the line that p is in, without its CR LF */
static const char *line_end(const struct table *t)
{
	const char *nl = memchr(t->p, '\n', (size_t)(t->end - t->p));
	const char *end = nl ? nl : t->end;

	return end > t->p && end[-1] == '\r' ? end - 1 : end;
}


static size_t column_of(const struct table *t, const char *p)
{
	return (size_t)(p - t->start) + 1;
}


/* What stands most often in the line, outside quotes */
static char separator_find(const char *p, const char *end)
{
	static const char separators[] = ",;\t";
	size_t count[sizeof(separators)] = {0};
	size_t most = 0;
	bool quoted = false;

	for (; p < end; p++) {
		const char *s = *p ? strchr(separators, *p) : NULL;

		if (*p == '"')
			quoted = !quoted;
		else if (s && !quoted)
			count[s - separators]++;
	}
	for (size_t i = 1; i < sizeof(separators) - 1; i++) {
		if (count[i] > count[most])
			most = i;
	}

	return separators[most];
}


/* Leaves p behind the quote that closes the field at p, if there is one; one
 * that is doubled doesn't, and is left so, for a number has no quotes */
static bool quote_close(struct table *t, struct field *f)
{
	f->p = t->p + 1;
	for (const char *p = f->p; p < t->end; p++) {
		if (*p == '\n') {
			t->line++;
			t->start = p + 1;
		}
		if (*p != '"')
			continue;
		if (p + 1 == t->end || p[1] != '"') {
			f->len = (size_t)(p - f->p);
			t->p = p + 1;
			return true;
		}
		p++;
	}

	return false;
}


static void blanks_skip(struct table *t)
{
	while (t->p < t->end && is_blank(*t->p) && *t->p != t->separator)
		t->p++;
}


/* A field in quotes may have line ends in it. If it ends wrongly lines later,
 * its first quote was meant otherwise: then only that line is wrong */
static bool quoted_read(struct table *t, struct field *f)
{
	const char *open = t->p;
	const char *start = t->start;
	const bool closed = quote_close(t, f);

	blanks_skip(t);
	if (closed &&
	    (t->p == t->end || *t->p == t->separator || t->p == line_end(t)))
		return true;

	if (closed && t->line == f->line) {
		list_wrong(t->r, t->line, column_of(t, t->p),
			   "text behind the quote: write \"\" for a quote in "
			   "a field");
		return false;
	}

	t->p = open;
	t->start = start;
	t->line = f->line;
	list_wrong(t->r, f->line, f->col,
		   "the quote is never closed: write \" behind the field");
	return false;
}


static bool field_read(struct table *t, struct field *f)
{
	const char *end, *sep;

	blanks_skip(t);
	f->line = t->line;
	f->col = column_of(t, t->p);
	if (t->p < t->end && *t->p == '"')
		return quoted_read(t, f);

	end = line_end(t);
	sep = memchr(t->p, t->separator, (size_t)(end - t->p));
	f->p = t->p;
	f->len = (size_t)((sep ? sep : end) - t->p);
	t->p += f->len;

	return true;
}


/* Leaves p at the next line; a line that is wrong was told */
static bool row_read(struct table *t)
{
	bool sound = true;

	t->fields = 0;
	while (sound && t->fields < FIELD_MAX) {
		sound = field_read(t, &t->field[t->fields]);
		if (!sound)
			break;
		t->fields++;
		if (t->p == t->end || *t->p != t->separator)
			break;
		t->p++;
	}

	line_next(t);
	return sound;
}


static bool is_number(const struct field *f)
{
	struct number_pattern p;
	struct text_error err;
	size_t len = f->len;

	while (len && is_blank(f->p[len - 1]))
		len--;

	return !number_pattern_parse(&p, f->p, len, &err);
}


/* A header has nothing that could have been meant as a number */
static bool is_header(const struct table *t)
{
	for (size_t i = 0; i < t->fields; i++) {
		const struct field *f = &t->field[i];

		if (f->len && strchr("+(0123456789*#", f->p[0]) && f->p[0])
			return false;
	}

	return true;
}


static bool contains(const struct field *f, const char *word)
{
	for (size_t i = 0; i < f->len; i++) {
		if (list_starts_with(f->p + i, f->len - i, word))
			return true;
	}

	return false;
}


static void header_take(struct table *t)
{
	for (size_t k = 0; k < sizeof(column_name) / sizeof(*column_name);
	     k++) {
		for (size_t i = 0; i < t->fields; i++) {
			if (!contains(&t->field[i], column_name[k]))
				continue;
			t->column = i;
			return;
		}
	}
}


static void row_take(struct table *t)
{
	const struct field *f;

	for (size_t i = 0; t->column == COLUMN_UNKNOWN && i < t->fields; i++) {
		if (is_number(&t->field[i]))
			t->column = i;
	}

	/* As long as no line has a number, it is the first that is wrong */
	f = &t->field[t->column == COLUMN_UNKNOWN ? 0 : t->column];
	if (f < t->field + t->fields)
		list_take(t->r, f->line, f->col, f->p, f->len);
	else
		list_wrong(t->r, t->field[0].line, t->field[0].col,
			   "the column with the numbers is missing here");
}


void list_table_read(struct list_reader *r, const char *buf, size_t len)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct table t = {
		.r = r,
		.p = buf,
		.end = buf + len,
		.start = buf,
		.line = 1,
		.column = COLUMN_UNKNOWN,
	};

	if (len >= strlen(bom) && !memcmp(buf, bom, strlen(bom)))
		t.p += strlen(bom);

	while (t.p < t.end && !r->no_memory) {
		const char *end = line_end(&t), *p = t.p;
		const bool first = !t.separator;

		while (p < end && is_blank(*p))
			p++;
		if (p == end || *p == '#') {
			line_next(&t);
			continue;
		}

		if (first)
			t.separator = separator_find(p, end);
		if (!row_read(&t))
			continue;
		if (first && is_header(&t))
			header_take(&t);
		else
			row_take(&t);
	}
}
