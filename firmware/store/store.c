/**
 * @file firmware/store/store.c  What the person changes at the phone, kept
 */
#define _GNU_SOURCE 1
#include "firmware/store/store.h"

#include "firmware/config/file.h"
#include "firmware/journal.h"
#include "firmware/store/replace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FILE_MODE = 0644, /* less the umask */
	BAD_MAX = 99,     /* damaged files that are kept aside */
	DND_READ_MAX = 4096,
};

static const char bad[] = ".bad";

struct store {
	char folder[STORE_FOLDER_MAX]; /**< "": nothing is kept */
	char blocked_path[STORE_PATH_MAX];
	char dnd_path[STORE_PATH_MAX];
	struct blocked_text text; /**< of blocked, when it last was sound */
	struct dnd_state dnd;     /**< as it is kept */
	bool dnd_known;
	bool dnd_unread; /**< the file is not what is known, and in the way */
};


/* What is wrong with the folder is told once, as the phone starts: a call is
   never kept waiting for a disk */
static void folder_check(const struct store *st)
{
	int err = 0;

	if (access(st->folder, R_OK | W_OK | X_OK))
		err = errno;
	if (!err)
		err = store_sweep(st->blocked_path);
	if (!err)
		err = store_sweep(st->dnd_path);
	if (err)
		journal_say(JOURNAL_WARNING,
			    "[phone] state = %s: %s: what is blocked at the "
			    "phone can't be kept",
			    st->folder, strerror(err));
}


static void paths_set(struct store *st, const char *folder)
{
	(void)snprintf(st->folder, sizeof(st->folder), "%s", folder);
	(void)snprintf(st->blocked_path, sizeof(st->blocked_path),
		       "%s/blocked", st->folder);
	(void)snprintf(st->dnd_path, sizeof(st->dnd_path), "%s/dnd",
		       st->folder);
}


int store_open(struct store **stp, const char *folder)
{
	struct store *st = calloc(1, sizeof(*st));

	if (!st)
		return ENOMEM;

	paths_set(st, folder);
	if (st->folder[0])
		folder_check(st);

	*stp = st;

	return 0;
}


void store_close(struct store *st)
{
	if (!st)
		return;

	free(st->text.p);
	free(st);
}


/** A file's bytes, none if it isn't there; dst is set on success */
static int text_read(struct blocked_text *dst, const char *path, size_t max)
{
	int err;

	memset(dst, 0, sizeof(*dst));
	dst->p = malloc(max + 1);
	if (!dst->p)
		return ENOMEM;

	err = file_read(dst->p, max + 1, &dst->len, path);
	if (err == ENOENT) {
		dst->len = 0;
		err = 0;
	}
	if (!err && dst->len > max)
		err = EFBIG;
	if (err)
		free(dst->p);

	return err;
}


static void text_keep(struct store *st, struct blocked_text *text)
{
	free(st->text.p);
	st->text = *text;
}


/** Put a damaged file where it isn't read and isn't overwritten */
static int set_aside(const char *path)
{
	char aside[STORE_PATH_MAX + sizeof(bad) + 2];
	struct stat st;

	for (int i = 1; i <= BAD_MAX; i++) {
		if (i == 1)
			(void)snprintf(aside, sizeof(aside), "%s%s", path,
				       bad);
		else
			(void)snprintf(aside, sizeof(aside), "%s%s%d", path,
				       bad, i);
		if (!lstat(aside, &st))
			continue;
		if (errno != ENOENT || rename(path, aside))
			return errno;

		journal_say(JOURNAL_WARNING, "the damaged %s is kept as %s",
			    path, aside);
		return 0;
	}

	return EEXIST;
}


static void damage_say(const char *path, const struct store_error *e,
		       const char *without)
{
	journal_say(JOURNAL_ERROR, "%s:%u:%u: error: %s; %s", path, e->line,
		    e->col, e->what, without);
}


/**
 * Read the block list
 *
 * @param text Set on success to what it has, owned by the caller
 * @param b    Set on success
 * @param e    Set for EBADMSG
 */
static int blocked_read(const struct store *st, struct blocked_text *text,
			struct blocked *b, const struct dial_plan *plan,
			struct store_error *e)
{
	int err = text_read(text, st->blocked_path, BLOCKED_TEXT_MAX);

	if (err == EFBIG) {
		*e = (struct store_error){
			.line = 1,
			.col = 1,
			.what = "the file is too large: at most 1 MiB",
		};
		return EBADMSG;
	}
	if (err)
		return err;

	err = blocked_parse(b, text, plan, e);
	if (err)
		free(text->p);

	return err;
}


int store_blocked_start(struct store *st, struct blocked *b,
			const struct dial_plan *plan)
{
	struct blocked_text text;
	struct store_error e;
	int err;

	memset(b, 0, sizeof(*b));
	if (!st->folder[0])
		return 0;

	err = blocked_read(st, &text, b, plan, &e);
	if (!err) {
		text_keep(st, &text);
		return 0;
	}
	if (err == ENOMEM)
		return err;

	if (err != EBADMSG) {
		journal_say(JOURNAL_ERROR, "%s: %s: nobody is blocked",
			    st->blocked_path, strerror(err));
		return 0;
	}

	damage_say(st->blocked_path, &e, "nobody is blocked");
	err = set_aside(st->blocked_path);
	if (err)
		journal_say(JOURNAL_ERROR, "%s can't be set aside: %s",
			    st->blocked_path, strerror(err));

	return 0;
}


/* Not mounted, say: then nobody has removed the list that was in it */
static bool folder_gone(const struct store *st)
{
	return access(st->folder, F_OK) && errno == ENOENT;
}


int store_blocked_again(struct store *st, struct blocked *b,
			const struct dial_plan *plan, char *what, size_t size)
{
	struct blocked_text text;
	struct store_error e;
	int err;

	memset(b, 0, sizeof(*b));
	if (!st->folder[0])
		return 0;

	if (folder_gone(st))
		return blocked_parse(b, &st->text, plan, &e);

	err = blocked_read(st, &text, b, plan, &e);
	if (err == EBADMSG)
		(void)snprintf(what, size, "%s:%u:%u: error: %s",
			       st->blocked_path, e.line, e.col, e.what);
	else if (err)
		(void)snprintf(what, size, "%s:1:1: error: can't be read: %s",
			       st->blocked_path, strerror(err));
	else
		text_keep(st, &text);

	return err;
}


int store_blocked_look(const char *folder, struct blocked *b,
		       const struct dial_plan *plan, char *what, size_t size)
{
	struct store st;
	int err;

	memset(&st, 0, sizeof(st));
	paths_set(&st, folder);
	err = store_blocked_again(&st, b, plan, what, size);
	free(st.text.p);

	return err;
}


/* Before a change: what a person has written meanwhile counts, and what is
   damaged gives way to what was last known to be sound */
static int blocked_refresh(struct store *st, struct blocked *b,
			   const struct dial_plan *plan)
{
	struct blocked_text text;
	struct store_error e;
	int err;

	if (folder_gone(st))
		return ENOENT;

	err = blocked_read(st, &text, b, plan, &e);
	if (!err)
		text_keep(st, &text);
	if (err != EBADMSG)
		return err;

	damage_say(st->blocked_path, &e, "what was read before holds");
	err = set_aside(st->blocked_path);
	if (err)
		return err;

	return blocked_parse(b, &st->text, plan, &e);
}


/* Nothing is written that could not be read again */
static int blocked_write(struct store *st, struct blocked *b,
			 const struct dial_plan *plan, const char *number,
			 bool on)
{
	struct blocked_text text;
	struct store_error e;
	int err;

	err = on ? blocked_with(&text, &st->text, number)
		 : blocked_without(&text, &st->text, plan, number);
	if (err)
		return err;

	blocked_free(b);
	err = blocked_parse(b, &text, plan, &e);
	if (err == EBADMSG || (!err && blocked_has(b, number) != on))
		err = EINVAL;
	if (!err)
		err = store_replace(st->blocked_path, text.p, text.len,
				    FILE_MODE);
	if (err)
		free(text.p);
	else
		text_keep(st, &text);

	return err;
}


int store_block(struct store *st, struct blocked *b,
		const struct dial_plan *plan, const char *number, bool on)
{
	int err;

	memset(b, 0, sizeof(*b));
	if (!st->folder[0])
		return ENOENT;

	err = blocked_refresh(st, b, plan);
	if (!err && on && b->n == BLOCKED_MAX && !blocked_has(b, number))
		err = E2BIG;
	if (!err && blocked_has(b, number) != on)
		err = blocked_write(st, b, plan, number, on);
	if (err)
		blocked_free(b);

	return err;
}


static int dnd_set_aside(const struct store *st)
{
	const int err = set_aside(st->dnd_path);

	if (err)
		journal_say(JOURNAL_ERROR, "%s can't be set aside: %s",
			    st->dnd_path, strerror(err));

	return err;
}


void store_dnd_start(struct store *st, struct dnd_state *dnd)
{
	struct blocked_text text;
	struct store_error e;
	int err;

	memset(dnd, 0, sizeof(*dnd));
	if (!st->folder[0])
		return;

	err = text_read(&text, st->dnd_path, DND_READ_MAX);
	if (err) {
		journal_say(JOURNAL_ERROR, "%s: %s: do not disturb is off",
			    st->dnd_path, strerror(err));
		st->dnd_unread = true;
		return;
	}

	if (text.len)
		err = dnd_parse(dnd, text.p, text.len, &e);
	free(text.p);
	if (err) {
		memset(dnd, 0, sizeof(*dnd));
		damage_say(st->dnd_path, &e, "do not disturb is off");
		st->dnd_unread = dnd_set_aside(st) != 0;
		return;
	}

	st->dnd = *dnd;
	st->dnd_known = true;
}


static bool dnd_same(const struct dnd_state *a, const struct dnd_state *b)
{
	if (a->on != b->on || a->has_end != b->has_end)
		return false;

	return !a->on || !a->has_end || a->until_s == b->until_s;
}


int store_dnd(struct store *st, const struct dnd_state *dnd)
{
	char text[DND_TEXT_MAX];
	int err;

	/* A flash is not worn by what it has */
	if (!st->folder[0] || (st->dnd_known && dnd_same(&st->dnd, dnd)))
		return 0;

	if (st->dnd_unread) {
		err = dnd_set_aside(st);
		if (err)
			return err;
		st->dnd_unread = false;
	}

	dnd_print(text, dnd);
	err = store_replace(st->dnd_path, text, strlen(text), FILE_MODE);
	st->dnd = *dnd;
	st->dnd_known = !err; /* or which of the two is there? */

	return err;
}


void store_explain(const struct store *st, int err, char *what, size_t size)
{
	if (!st->folder[0] && err == ENOENT)
		(void)snprintf(what, size,
			       "there is no folder to keep it in: write "
			       "state = FOLDER in [phone]");
	else if (err == E2BIG)
		(void)snprintf(what, size,
			       "the block list is full: at most %d numbers "
			       "and 1 MiB; unblock one, or put them into a "
			       "list of a [rule NAME]",
			       BLOCKED_MAX);
	else if (err == EINVAL)
		(void)snprintf(what, size, "such a number can't be blocked");
	else if (err == ENOSPC || err == EDQUOT)
		(void)snprintf(what, size,
			       "the disk of %s is full: nothing was changed; "
			       "remove something there",
			       st->folder);
	else if (err == EROFS || err == EACCES || err == EPERM)
		(void)snprintf(what, size,
			       "%s can't be written to: %s; nothing was "
			       "changed",
			       st->folder, strerror(err));
	else
		(void)snprintf(what, size, "%s: %s; nothing was changed",
			       st->folder, strerror(err));
}
