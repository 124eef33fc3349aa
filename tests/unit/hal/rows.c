/**
 * @file tests/unit/hal/rows.c  Key stories as rows of text
 */
#include "tests/unit/hal/rows.h"

#include <inttypes.h>


enum {
	NAME_MAX_BYTES = 16, /* as the scan below has it, with the NUL */
};

static const char *const action_name[] = {
	[BUTTON_PRESS] = "PRESS",     [BUTTON_LONG] = "LONG",
	[BUTTON_REPEAT] = "REPEAT",   [BUTTON_SHORT] = "SHORT",
	[BUTTON_RELEASE] = "RELEASE",
};


bool row_step_next(const char **story, struct row_step *step)
{
	char name[NAME_MAX_BYTES] = "", level = '\0';
	int used = 0;

	*story += strspn(*story, " ");
	if (!**story)
		return false;

	memset(step, 0, sizeof(*step));
	assert_int_equal(sscanf(*story, "%" SCNu64 ":%n", &step->at_ms, &used),
			 1);
	assert_true(used > 0);
	*story += used;
	if (!**story || **story == ' ')
		return true;

	assert_int_equal(
		sscanf(*story, "%15[a-z0-9_]%c%n", name, &level, &used), 2);
	assert_true(level == '+' || level == '-');
	*story += used;

	step->has_edge = true;
	step->edge.button = button_find(name);
	step->edge.down = level == '+';
	step->edge.at_ms = step->at_ms;
	assert_int_not_equal(step->edge.button, BUTTON_COUNT);

	return true;
}


static void append(struct row_log *log, uint64_t at_ms, enum button button,
		   const char *what)
{
	int n;

	n = snprintf(&log->text[log->n], sizeof(log->text) - log->n,
		     "%s%" PRIu64 ":%s%s", log->n ? " " : "", at_ms,
		     button_name(button), what);
	assert_true(n > 0 && (size_t)n < sizeof(log->text) - log->n);
	log->n += (size_t)n;
}


void row_edge_handler(const struct button_edge *edge, void *arg)
{
	append(arg, edge->at_ms, edge->button, edge->down ? "+" : "-");
}


void row_event_handler(const struct button_event *ev, void *arg)
{
	struct row_log *log = arg;
	char what[NAME_MAX_BYTES];

	(void)snprintf(what, sizeof(what), " %s", action_name[ev->action]);
	append(log, ev->at_ms, ev->button, what);
}


void row_log_check(const struct row_log *log, const char *name,
		   const char *out)
{
	if (strcmp(log->text, out))
		fail_msg("%s:\n  got  \"%s\"\n  want \"%s\"", name, log->text,
			 out);
}
