/**
 * @file firmware/config/errors.c  Errors, kept until they can be told in order
 */
#include "firmware/config/errors.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum {
	TEXT_MAX = 512, /* bytes of one error's text */
	FIRST_MAX = 16,
};

struct config_error {
	unsigned line, col;
	size_t nth; /* as it was found: qsort is not stable */
	char *what;
};


static bool room_make(struct config_errors *e)
{
	const size_t max = e->max ? e->max * 2 : FIRST_MAX;
	struct config_error *v;

	if (e->n < e->max)
		return true;

	v = realloc(e->v, max * sizeof(*v));
	if (!v)
		return false;

	e->v = v;
	e->max = max;
	return true;
}


void config_errors_add(struct config_errors *e, unsigned line, unsigned col,
		       const char *fmt, ...)
{
	char text[TEXT_MAX];
	char *what;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);

	what = strdup(text);
	if (!what || !room_make(e)) {
		free(what);
		e->lost = true;
		return;
	}

	e->v[e->n] = (struct config_error){
		.line = line,
		.col = col,
		.nth = e->n,
		.what = what,
	};
	e->n++;
}


static int by_place(const void *va, const void *vb)
{
	const struct config_error *a = va, *b = vb;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->col != b->col)
		return a->col < b->col ? -1 : 1;

	return a->nth < b->nth ? -1 : 1;
}


void config_errors_tell(struct config_errors *e, const char *path,
			config_error_h *errorh, void *arg)
{
	if (e->n)
		qsort(e->v, e->n, sizeof(e->v[0]), by_place);

	for (size_t i = 0; i < e->n; i++)
		errorh(path, e->v[i].line, e->v[i].col, e->v[i].what, arg);
	if (e->lost)
		errorh(path, 0, 0, "out of memory: not all is checked", arg);
}


void config_errors_free(struct config_errors *e)
{
	for (size_t i = 0; i < e->n; i++)
		free(e->v[i].what);
	free(e->v);
	memset(e, 0, sizeof(*e));
}
