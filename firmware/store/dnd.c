/**
 * @file firmware/store/dnd.c  The text of do not disturb, as it is kept
 */
#include "firmware/store/dnd.h"

#include "firmware/clock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
	MS_PER_S = 1000,
};


static int fail(struct store_error *e, unsigned line, const char *what)
{
	e->line = line;
	e->col = 1;
	(void)snprintf(e->what, sizeof(e->what), "%s", what);

	return EBADMSG;
}


static int word_read(struct dnd_state *dnd, const char *word)
{
	int64_t until_ms;

	memset(dnd, 0, sizeof(*dnd));
	if (!strcmp(word, "off"))
		return 0;

	dnd->on = true;
	if (!strcmp(word, "on"))
		return 0;
	if (clock_parse(&until_ms, word))
		return EBADMSG;

	dnd->has_end = true;
	dnd->until_s = until_ms / MS_PER_S;

	return 0;
}


int dnd_parse(struct dnd_state *dnd, const char *text, size_t len,
	      struct store_error *e)
{
	static const char form[] = "write \"on\", \"off\", or a time as "
				   "2026-12-24T18:30:00+01:00";
	char word[CLOCK_TEXT_MAX + CLOCK_TEXT_MAX];
	const char *end = text + len;
	unsigned line = 0;
	bool found = false;

	for (const char *p = text; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((stop ? stop : end) - p);
		const char *at = p;

		p = stop ? stop + 1 : end;
		line++;
		if (n && at[n - 1] == '\r')
			n--;
		if (!n || *at == '#')
			continue;
		if (found)
			return fail(e, line, "one line is enough: remove it");
		if (n >= sizeof(word))
			return fail(e, line, form);

		memcpy(word, at, n);
		word[n] = '\0';
		if (strlen(word) != n || word_read(dnd, word))
			return fail(e, line, form);
		found = true;
	}

	return found ? 0 : fail(e, 1, form);
}


void dnd_print(char text[DND_TEXT_MAX], const struct dnd_state *dnd)
{
	char until[CLOCK_TEXT_MAX];
	const char *word = "off";

	if (dnd->on && dnd->has_end) {
		clock_print(until, dnd->until_s);
		word = until;
	}
	else if (dnd->on) {
		word = "on";
	}

	(void)snprintf(text, DND_TEXT_MAX,
		       "# Do not disturb: on, off, or until when. Read when "
		       "the phone starts.\n"
		       "%s\n",
		       word);
}
