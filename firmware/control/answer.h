/**
 * @file firmware/control/answer.h  The answers of docs/interface.md, as JSON
 *
 * Strings are escaped by libre's encoder (control characters, quotes and
 * backslashes; UTF-8 as it is). It passes bytes on as they come: so only text
 * that text_clean has seen, or our own, is put into an answer.
 */
#ifndef RINGFENCE_CONTROL_ANSWER_H
#define RINGFENCE_CONTROL_ANSWER_H

#include "app/call/history.h"
#include "firmware/config/keep.h"

struct mbuf;
struct odict;
struct shell;

/** An answer as it goes out */
struct answer_line {
	const char *text; /**< with its newline; terminated, too */
	size_t len;       /**< bytes, without the terminator     */
	struct mbuf *mb;  /**< where they are                    */
};

/** An answer with "ok", freed by answer_free; @return 0 or ENOMEM */
int answer_alloc(struct odict **op, bool ok);

/** One that says what is wrong; `what` need not be clean */
int answer_error(struct odict **op, const char *what);

/** Add what the person meets now; @return 0 or ENOMEM */
int answer_show(struct odict *o, struct shell *sh);

/** Add the calls, the newest first; @return 0 or ENOMEM */
int answer_history(struct odict *o, const struct history *h);

/** Add the numbers that the person blocked; @return 0 or ENOMEM */
int answer_blocked(struct odict *o, const struct policy *p);

/** Add what needs a restart to count; @return 0 or ENOMEM */
int answer_restart(struct odict *o, const bool changed[CONFIG_START_COUNT]);

/** Free an answer; NULL is ignored */
void answer_free(struct odict *o);

/**
 * Write an answer
 *
 * @param line Set on success, freed by answer_line_free
 * @param o    Answer
 *
 * @return 0 or ENOMEM
 */
int answer_print(struct answer_line *line, const struct odict *o);

/** Free a line's bytes; an empty one is ignored */
void answer_line_free(struct answer_line *line);

#endif
