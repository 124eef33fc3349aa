/**
 * @file firmware/journal.h  One line on standard error for what people need
 *
 * "ringfence: TEXT"; where standard error is the system's journal, the line
 * has its level in front ("<4>TEXT") and the journal adds the name. It is
 * told what to say and decides nothing.
 */
#ifndef RINGFENCE_JOURNAL_H
#define RINGFENCE_JOURNAL_H

/** As in RFC 5424 6.2.1 */
enum journal_level {
	JOURNAL_ERROR = 3,
	JOURNAL_WARNING = 4,
	JOURNAL_NOTICE = 5,
};

/** Find out what standard error is; before any thread is started */
void journal_init(void);

/** Say a line; it needs no newline at its end */
void journal_say(enum journal_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
