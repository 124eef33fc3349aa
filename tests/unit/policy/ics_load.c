/**
 * @file tests/unit/policy/ics_load.c  A calendar's text as holidays, for tests
 */
#include "ics_load.h"

#include "check.h"

#include <errno.h>


static void error_handler(unsigned line, unsigned col, const char *what,
			  void *arg)
{
	struct ics_load *l = arg;
	const size_t n = strlen(l->told);

	assert_true(line && col && what && what[0]);
	(void)snprintf(l->told + n, sizeof(l->told) - n, "%u:%u %s\n", line,
		       col, what);
}


void ics_load(struct ics_load *l, const char *text, size_t len)
{
	struct ics_room room = {
		.spanv = l->spanv,
		.rulev = l->rulev,
		.exceptv = l->exceptv,
	};
	struct ics_count again;

	l->told[0] = '\0';
	memset(&l->holidays, 0, sizeof(l->holidays));
	l->err = ics_read(NULL, NULL, &l->count, text, len, error_handler, l);
	assert_int_equal(l->err, l->told[0] ? EBADMSG : 0);
	if (l->err)
		return;

	room.span_max = l->count.spanc;
	room.rule_max = l->count.rulec;
	room.except_max = l->count.exceptc;
	assert_true(room.span_max <= ICS_LOAD_MAX &&
		    room.rule_max <= ICS_LOAD_MAX &&
		    room.except_max <= ICS_LOAD_MAX);
	assert_int_equal(ics_read(&l->holidays, &room, &again, text, len,
				  error_handler, l),
			 0);
	assert_memory_equal(&again, &l->count, sizeof(again));
}
