/**
 * @file firmware/list/read.h  Numbers out of what others keep them in
 *
 * Plain text with one number a line, CSV, or vCard 3 and 4: which of them is
 * seen from the bytes. What is no number is told, with its place, and the
 * rest taken. It opens no file.
 */
#ifndef RINGFENCE_LIST_READ_H
#define RINGFENCE_LIST_READ_H

#include "app/policy/dial_plan.h"
#include "firmware/list/build.h"

/** A wrong line; both count from 1, columns in bytes */
typedef void(list_wrong_h)(size_t line, size_t col, const char *what,
			   void *arg);

struct list_reader {
	struct list_build *build;     /**< takes the numbers */
	const struct dial_plan *plan; /**< NULL: they stay as they are */
	list_wrong_h *wrongh;
	void *arg;
	size_t wrong;   /**< how many lines were told */
	bool no_memory; /**< for all numbers          */
};

/** Read a whole file's bytes; @return 0 or ENOMEM */
int list_read(struct list_reader *r, const char *buf, size_t len);

/**
 * Take a number, or tell what is wrong with it; blanks around it and a
 * comment behind it are left out
 *
 * @param r    Reader
 * @param line Where it stands
 * @param col  likewise
 * @param s    Text, need not be terminated
 * @param len  Its length in bytes
 */
void list_take(struct list_reader *r, size_t line, size_t col, const char *s,
	       size_t len);

/** Tell a wrong line */
void list_wrong(struct list_reader *r, size_t line, size_t col,
		const char *what);

/** The two kinds of file */
void list_table_read(struct list_reader *r, const char *buf, size_t len);
void list_vcard_read(struct list_reader *r, const char *buf, size_t len);

/** Whether a text, in any case, starts with a word in lower case */
bool list_starts_with(const char *s, size_t len, const char *word);

#endif
