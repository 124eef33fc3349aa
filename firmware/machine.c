/**
 * @file firmware/machine.c  The board, as the configuration wants it
 */
#include "firmware/machine.h"

#include "firmware/journal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
	TEXT_SIZE = 512,
};


/* Whom the board's errors are told */
struct board_teller {
	const struct config *cfg;
	config_error_h *errorh;
	void *arg;
};


static void board_error_handler(const struct board_setting *s,
				const char *what, void *arg)
{
	const struct board_teller *teller = arg;
	char text[TEXT_SIZE];

	(void)snprintf(text, sizeof(text), "%s: %s", s ? s->key : "[board]",
		       what);
	teller->errorh(teller->cfg->path, s ? s->line : 0, s ? s->col : 0,
		       text, teller->arg);
}


static void board_note_handler(const char *what, void *arg)
{
	(void)arg;

	journal_say(JOURNAL_NOTICE, "%s", what);
}


int machine_open(struct hal **halp, const struct config *cfg,
		 config_error_h *errorh, void *arg)
{
	struct board_teller teller = {
		.cfg = cfg,
		.errorh = errorh,
		.arg = arg,
	};
	int err;

	err = board_open(halp, cfg->boardv, cfg->boardc, board_error_handler,
			 board_note_handler, &teller);
	if (err && err != EBADMSG)
		journal_say(JOURNAL_ERROR, "the board does not start: %s",
			    strerror(err));

	return err;
}
