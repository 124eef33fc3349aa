/**
 * @file firmware/store/blocked.c  The text of the person's block list
 */
#define _GNU_SOURCE 1
#include "firmware/store/blocked.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(BLOCKED_MAX == 10000, "a message below says 10,000");

static const char header[] =
	"# Numbers whose calls are declined, one a line: blocked at the "
	"phone or written\n"
	"# here. What is changed by hand counts after \"ringfence ctl -s "
	"SOCKET reload\".\n";

static const char bom[] = "\xef\xbb\xbf";

/** One line, and the number that stands in it */
struct line {
	const char *start, *next; /**< whole, its end included   */
	const char *p;            /**< the number                */
	size_t len;               /**< 0: there is none          */
	unsigned n;               /**< which it is, from 1       */
};


static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}


/* "#21" is dialled, "# to be asked" is said */
static bool is_comment(const char *p, const char *end)
{
	return *p == '#' && (p + 1 == end || is_blank(p[1]));
}


static const char *number_end(const char *p, const char *end)
{
	for (const char *q = p; q < end; q++) {
		if (is_comment(q, end) && (q == p || is_blank(q[-1]))) {
			end = q;
			break;
		}
	}
	while (end > p && is_blank(end[-1]))
		end--;

	return end;
}


/** Go to the next line; @return false behind the last */
static bool line_next(struct line *l, const struct blocked_text *text)
{
	const char *end, *stop;

	if (!text->len)
		return false;

	end = text->p + text->len;
	if (l->next == end)
		return false;

	l->start = l->next ? l->next : text->p;
	l->n++;
	stop = memchr(l->start, '\n', (size_t)(end - l->start));
	l->next = stop ? stop + 1 : end;
	stop = stop ? stop : end;
	if (stop > l->start && stop[-1] == '\r')
		stop--;

	l->p = l->start;
	if (l->n == 1 && (size_t)(stop - l->p) >= strlen(bom) &&
	    !memcmp(l->p, bom, strlen(bom)))
		l->p += strlen(bom);
	while (l->p < stop && is_blank(*l->p))
		l->p++;
	l->len = (size_t)(number_end(l->p, stop) - l->p);

	return true;
}


static int fail(struct store_error *e, const struct line *l, size_t off,
		const char *what)
{
	e->line = l->n;
	e->col = (unsigned)(l->p - l->start + (ptrdiff_t)off) + 1;
	(void)snprintf(e->what, sizeof(e->what), "%s", what);

	return EBADMSG;
}


static int line_number(char dst[NUMBER_MAX], const struct line *l,
		       const struct dial_plan *plan, struct store_error *e)
{
	struct text_error err = {.off = 0, .what = NULL};
	struct number_pattern p;

	if (number_pattern_parse(&p, l->p, l->len, &err))
		return fail(e, l, err.off, err.what);
	if (p.kind != NUMBER_EXACT)
		return fail(e, l, 0,
			    "write one whole number; what starts alike is "
			    "for a [rule NAME] of the settings");

	dial_plan_apply(plan, dst, p.digits);

	return 0;
}


static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}


static void sort_unique(struct blocked *b)
{
	size_t n = 0;

	if (!b->n)
		return;

	qsort(b->v, b->n, sizeof(b->v[0]), by_text);
	for (size_t i = 1; i < b->n; i++) {
		if (strcmp(b->v[n], b->v[i]) != 0)
			memmove(b->v[++n], b->v[i], sizeof(b->v[0]));
	}
	b->n = n + 1;
}


static size_t numbers_count(const struct blocked_text *text)
{
	struct line l = {.n = 0};
	size_t n = 0;

	while (line_next(&l, text))
		n += l.len != 0;

	return n;
}


int blocked_parse(struct blocked *b, const struct blocked_text *text,
		  const struct dial_plan *plan, struct store_error *e)
{
	const size_t max = numbers_count(text);
	struct line l = {.n = 0};
	int err = 0;

	memset(b, 0, sizeof(*b));
	if (!max)
		return 0;

	b->v = calloc(max < BLOCKED_MAX ? max : BLOCKED_MAX, sizeof(b->v[0]));
	if (!b->v)
		return ENOMEM;

	while (!err && line_next(&l, text)) {
		if (!l.len)
			continue;
		if (b->n == BLOCKED_MAX)
			err = fail(
				e, &l, 0,
				"too many numbers: at most 10,000; a list "
				"of a [rule NAME] takes any number of them");
		else
			err = line_number(b->v[b->n++], &l, plan, e);
	}

	if (err)
		blocked_free(b);
	else
		sort_unique(b);

	return err;
}


bool blocked_has(const struct blocked *b, const char *number)
{
	return b->n && bsearch(number, b->v, b->n, sizeof(b->v[0]), by_text);
}


void blocked_free(struct blocked *b)
{
	free(b->v);
	memset(b, 0, sizeof(*b));
}


static void text_append(struct blocked_text *dst, const char *p, size_t len)
{
	if (len)
		memcpy(dst->p + dst->len, p, len);
	dst->len += len;
}


int blocked_with(struct blocked_text *dst, const struct blocked_text *text,
		 const char *number)
{
	const bool is_new = !text->len;
	const bool open_end = !is_new && text->p[text->len - 1] != '\n';
	const size_t len = (is_new ? strlen(header) : text->len) + open_end +
			   strlen(number) + 1;

	if (len > BLOCKED_TEXT_MAX)
		return E2BIG;

	dst->len = 0;
	dst->p = malloc(len);
	if (!dst->p)
		return ENOMEM;

	if (is_new)
		text_append(dst, header, strlen(header));
	else
		text_append(dst, text->p, text->len);
	text_append(dst, "\n", open_end);
	text_append(dst, number, strlen(number));
	text_append(dst, "\n", 1);

	return 0;
}


int blocked_without(struct blocked_text *dst, const struct blocked_text *text,
		    const struct dial_plan *plan, const char *number)
{
	struct line l = {.n = 0};
	char have[NUMBER_MAX];
	struct store_error e;

	dst->len = 0;
	dst->p = malloc(text->len + 1); /* never nothing */
	if (!dst->p)
		return ENOMEM;

	while (line_next(&l, text)) {
		if (l.len && !line_number(have, &l, plan, &e) &&
		    !strcmp(have, number))
			continue;
		text_append(dst, l.start, (size_t)(l.next - l.start));
	}

	return 0;
}
