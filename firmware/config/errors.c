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
	struct config_place order; /* among the others */
	unsigned line, col;
	char *path; /* NULL: the configuration */
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


/* Takes what it points to over; what is NULL without memory */
static void keep(struct config_errors *e, const struct config_error *error)
{
	if (!error->what || !room_make(e)) {
		free(error->path);
		free(error->what);
		e->lost = true;
		return;
	}

	e->v[e->n] = *error;
	e->v[e->n].nth = e->n;
	e->n++;
}


void config_errors_add(struct config_errors *e, unsigned line, unsigned col,
		       const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);

	keep(e, &(struct config_error){
			.order = {.line = line, .col = col},
			.line = line,
			.col = col,
			.what = strdup(text),
		});
}


void config_errors_add_in(struct config_errors *e,
			  const struct config_place *place, const char *path,
			  unsigned line, unsigned col, const char *what)
{
	struct config_error error = {
		.order = *place,
		.line = line,
		.col = col,
		.path = strdup(path),
		.what = strdup(what),
	};

	/* Without its file it would stand for a place in the configuration */
	if (!error.path) {
		free(error.what);
		error.what = NULL;
	}

	keep(e, &error);
}


static int by_place(const void *va, const void *vb)
{
	const struct config_error *a = va, *b = vb;

	if (a->order.line != b->order.line)
		return a->order.line < b->order.line ? -1 : 1;
	if (a->order.col != b->order.col)
		return a->order.col < b->order.col ? -1 : 1;

	return a->nth < b->nth ? -1 : 1;
}


void config_errors_tell(struct config_errors *e, const char *path,
			config_error_h *errorh, void *arg)
{
	if (e->n)
		qsort(e->v, e->n, sizeof(e->v[0]), by_place);

	for (size_t i = 0; i < e->n; i++)
		errorh(e->v[i].path ? e->v[i].path : path, e->v[i].line,
		       e->v[i].col, e->v[i].what, arg);
	if (e->lost)
		errorh(path, 0, 0, "out of memory: not all is checked", arg);
}


void config_errors_free(struct config_errors *e)
{
	for (size_t i = 0; i < e->n; i++) {
		free(e->v[i].path);
		free(e->v[i].what);
	}
	free(e->v);
	memset(e, 0, sizeof(*e));
}
