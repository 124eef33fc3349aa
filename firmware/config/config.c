/**
 * @file firmware/config/config.c  The phone's file, read whole or not at all
 */
#include "firmware/config/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/config/file.h"
#include "firmware/config/schema.h"


_Static_assert((int)CONFIG_LINE_MAX == (int)INI_LINE_MAX,
	       "one limit, two names");
_Static_assert(CONFIG_FILE_MAX == 1024 * 1024, "a message below says 1 MiB");

struct loader {
	struct config_draft draft;
	bool no_memory;

	/* The section that is being read, NULL if nobody knows which */
	const struct schema_section *section;
	struct ini_text kind;
	void *base;
	unsigned key_line[2][SCHEMA_KEY_MAX]; /* not., 0: not given */
	size_t errors; /* when it began */

	unsigned section_line[SCHEMA_SECTION_MAX]; /* of the first, or 0 */
	bool section_lost;                         /* one could not be read */
	bool plan_only; /* of the sections, only [dialplan] is looked at */
	char value[CONFIG_LINE_MAX + 1];
};


static bool key_given(const struct loader *l, size_t i)
{
	return l->key_line[false][i] || l->key_line[true][i];
}


/* A section whose keys say whom it is for needs one of them, the first if
 * there is no better */
static void conditions_check(struct loader *l)
{
	const struct schema_section *section = l->section;
	bool needed = false, given = false;

	for (size_t i = 0; i < SCHEMA_KEY_MAX; i++) {
		if (!section->key[i].condition)
			continue;
		needed = true;
		given = given || key_given(l, i);
	}

	if (needed && !given)
		config_errors_add(&l->draft.errors, l->kind.line, l->kind.col,
				  "[%s] lacks \"number\": write e.g. number = "
				  "+4990*, or another key that says whom it "
				  "is for, or anyone = yes",
				  section->name);
}


/* The section is over: now it is known what it lacks */
static void section_end(struct loader *l)
{
	const struct schema_section *section = l->section;

	if (section)
		conditions_check(l);
	for (size_t i = 0; section && i < SCHEMA_KEY_MAX; i++) {
		const struct schema_key *key = &section->key[i];

		if (!key->example || key_given(l, i))
			continue;
		config_errors_add(&l->draft.errors, l->kind.line, l->kind.col,
				  "[%s] lacks \"%s\": write e.g. %s = %s",
				  schema_section_title(section), key->name,
				  key->name,
				  key->example);
	}
	if (section && section->endh && l->draft.errors.n == l->errors &&
	    !l->no_memory)
		section->endh(&l->draft, &l->kind);

	l->section = NULL;
	memset(l->key_line, 0, sizeof(l->key_line));
}


/* Whether a section has a name, and may be here once more */
static void section_check(struct loader *l, size_t i,
			  const struct ini_text *kind,
			  const struct ini_text *name)
{
	const struct schema_section *section = &schema[i];
	struct config_errors *errors = &l->draft.errors;

	if (section->named && !name->len)
		config_errors_add(errors, name->line, name->col,
				  "the %s has no name: write [%s NAME]",
				  section->name, section->name);
	if (!section->named && name->len)
		config_errors_add(errors, name->line, name->col,
				  "[%s] takes no name: remove it",
				  section->name);
	if (!section->named && l->section_line[i])
		config_errors_add(errors, kind->line, kind->col,
				  "[%s] is given twice, first on line %u: "
				  "keep one",
				  section->name, l->section_line[i]);

	if (!l->section_line[i])
		l->section_line[i] = kind->line;
}


static bool is_plan(const struct ini_text *kind)
{
	static const char plan[] = "dialplan";

	return kind->len == strlen(plan) &&
	       !memcmp(kind->p, plan, kind->len);
}


static void section_handler(const struct ini_text *kind,
			    const struct ini_text *name, void *arg)
{
	struct loader *l = arg;
	size_t i;

	section_end(l);

	if (!kind->p) {
		l->section_lost = true;
		return;
	}

	if (l->plan_only && !is_plan(kind))
		return;

	i = schema_section_find(kind, name);
	if (i == SCHEMA_SECTION_MAX) {
		l->section_lost = true;
		schema_section_unknown(&l->draft.errors, kind);
		return;
	}

	l->errors = l->draft.errors.n;
	section_check(l, i, kind, name);
	l->base = schema[i].beginh(&l->draft, kind, name);
	if (!l->base) {
		l->no_memory = true;
		return;
	}

	l->section = &schema[i];
	l->kind = *kind;
}


/* "not." in front of a key's name, where it is there */
static const char *not_of(bool negated)
{
	return negated ? "not." : "";
}


static void value_take(struct loader *l, const struct schema_key *key,
		       bool negated, const struct ini_text *value)
{
	struct text_error error = {.off = 0, .what = NULL};
	int err;

	l->draft.place = (struct config_place){value->line, value->col};
	memcpy(l->value, value->p, value->len);
	l->value[value->len] = '\0';

	l->draft.negated = negated;
	err = key->readh(&l->draft, (char *)l->base + key->offset, key->size,
			 l->value, &error);
	if (err == ENOMEM)
		l->no_memory = true;
	else if (err && error.what)
		config_errors_add(&l->draft.errors, value->line,
				  value->col + (unsigned)error.off, "%s%s: %s",
				  not_of(negated), key->name, error.what);
}


static void pair_handler(const struct ini_text *key,
			 const struct ini_text *value, void *arg)
{
	struct loader *l = arg;
	bool negated;
	size_t i;

	if (!l->section)
		return;

	if (l->section->board) {
		if (value->p &&
		    draft_board_add(&l->draft, key, value) == ENOMEM)
			l->no_memory = true;
		return;
	}

	i = schema_key_find(l->section, key, &negated);
	if (i == SCHEMA_KEY_MAX) {
		if (value->p)
			schema_key_unknown(&l->draft.errors, l->section, key);
		return;
	}

	if (l->key_line[negated][i])
		config_errors_add(&l->draft.errors, key->line, key->col,
				  "%s%s is given twice, first on line %u: "
				  "keep one",
				  not_of(negated), l->section->key[i].name,
				  l->key_line[negated][i]);
	else
		l->key_line[negated][i] = key->line;

	if (value->p)
		value_take(l, &l->section->key[i], negated, value);
}


static void error_handler(unsigned line, unsigned col, const char *what,
			  void *arg)
{
	struct loader *l = arg;

	config_errors_add(&l->draft.errors, line, col, "%s", what);
}


static void all_finish(struct loader *l)
{
	struct config_draft *d = &l->draft;

	draft_finish(d);
	draft_hours_finish(d, l->section_lost);
	draft_contacts_finish(d);
	draft_names_finish(d);
	draft_emergency_finish(d);
	draft_index_finish(d);
	draft_board_check(d);

	/* A section that could not be read may have been the account */
	if (!d->out->config.sip.accountc && !l->section_lost)
		config_errors_add(&d->errors, 0, 0,
				  "no account: write [account NAME] and below "
				  "it uri = sip:user@host");
}


static void plan_finish(struct loader *l)
{
	struct config_draft *d = &l->draft;

	draft_plan_finish(d);
	if (!d->out->config.policy.plan.country_code[0] && !d->errors.n)
		config_errors_add(&d->errors, 0, 0,
				  "no dial plan in it: write [dialplan] and "
				  "below it e.g. country_code = 49");
}


static int text_load(struct loader *l, const char *buf, size_t len)
{
	static const struct ini_handlers handlers = {
		.sectionh = section_handler,
		.pairh = pair_handler,
		.errorh = error_handler,
	};
	struct config_draft *d = &l->draft;

	draft_init(d);
	ini_read(buf, len, &handlers, l);
	section_end(l);
	if (l->plan_only)
		plan_finish(l);
	else
		all_finish(l);
	if (l->no_memory || d->errors.lost) {
		d->errors.lost = true;
		return ENOMEM;
	}

	return d->errors.n ? EBADMSG : 0;
}


static int file_load(struct loader *l, const char *path)
{
	const size_t size = CONFIG_FILE_MAX + 1;
	char *buf = malloc(size);
	size_t len;
	int err;

	if (!buf) {
		l->draft.errors.lost = true;
		return ENOMEM;
	}

	err = file_read(buf, size, &len, path);
	if (err) {
		config_errors_add(&l->draft.errors, 0, 0, "can't be read: %s",
				  strerror(err));
	}
	else if (len == size) {
		err = EFBIG;
		config_errors_add(&l->draft.errors, 0, 0,
				  "the file is too large: at most 1 MiB");
	}
	else {
		err = text_load(l, buf, len);
	}

	free(buf);
	return err;
}


static void loaded_free(struct config_loaded *out)
{
	draft_loaded_free(out);
	explicit_bzero(out, sizeof(*out)); /* it has passwords */
	free(out);
}


static int load(struct config_loaded **outp, const char *path, bool plan_only,
		config_error_h *errorh, void *arg)
{
	struct config_loaded *out;
	struct loader *l;
	int err;

	out = calloc(1, sizeof(*out));
	l = calloc(1, sizeof(*l));
	if (!out || !l) {
		free(out);
		free(l);
		errorh(path, 0, 0, "out of memory", arg);
		return ENOMEM;
	}

	l->draft.out = out;
	l->plan_only = plan_only;
	out->config.path = path;
	err = file_load(l, path);
	config_errors_tell(&l->draft.errors, path, errorh, arg);
	if (err)
		loaded_free(out);
	else
		*outp = out;

	config_errors_free(&l->draft.errors);
	free(l->draft.namev);
	contacts_draft_free(&l->draft.contacts);
	explicit_bzero(l, sizeof(*l)); /* it saw passwords */
	free(l);

	return err;
}


int config_load(struct config **cfgp, const char *path, config_error_h *errorh,
		void *arg)
{
	struct config_loaded *out = NULL;
	int err;

	if (!cfgp || !path || !errorh)
		return EINVAL;

	err = load(&out, path, false, errorh, arg);
	if (!err)
		*cfgp = &out->config;

	return err;
}


int config_plan_load(struct dial_plan *plan, const char *path,
		     config_error_h *errorh, void *arg)
{
	struct config_loaded *out = NULL;
	int err;

	if (!plan || !path || !errorh)
		return EINVAL;

	err = load(&out, path, true, errorh, arg);
	if (err)
		return err;

	*plan = out->config.policy.plan;
	loaded_free(out);
	return 0;
}


void config_free(struct config *cfg)
{
	if (cfg)
		loaded_free((struct config_loaded *)(void *)cfg);
}
