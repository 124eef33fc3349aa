/**
 * @file tests/unit/boards/told.c  What a board tells, as text
 */
#include "tests/unit/boards/machine.h"

#include <inttypes.h>


static void tell(struct told *told, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void tell(struct told *told, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(told->text + told->n, sizeof(told->text) - told->n, fmt,
		      ap);
	va_end(ap);
	assert_true(n >= 0 && (size_t)n < sizeof(told->text) - told->n);
	told->n += (size_t)n;
}


void told_edge(const struct button_edge *edge, void *arg)
{
	tell(arg, "%s%c@%" PRIu64 " ", button_name(edge->button),
	     edge->down ? '+' : '-', edge->at_ms);
}


void told_error(const struct board_setting *s, const char *what, void *arg)
{
	assert_null(strchr(what, '\n'));
	tell(arg, "%u:%u %s\n", s ? s->line : 0, s ? s->col : 0, what);
}


void told_note(const char *what, void *arg)
{
	assert_null(strchr(what, '\n'));
	tell(arg, "%s\n", what);
}


static void forget(struct told *told)
{
	told->n = 0;
	told->text[0] = '\0';
}


void told_check(struct told *told, const char *want)
{
	if (strcmp(told->text, want) != 0)
		fail_msg("got  \"%s\"\nwant \"%s\"", told->text, want);
	forget(told);
}


void told_has(struct told *told, const char *words)
{
	if (!strstr(told->text, words))
		fail_msg("got \"%s\"\nwithout \"%s\"", told->text, words);
	forget(told);
}
