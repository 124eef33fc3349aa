/**
 * @file firmware/settings.c  What holds now, and how it changes while calls go
 */
#include "firmware/settings.h"

#include "firmware/journal.h"
#include "firmware/store/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	RESTART_MAX = 160, /**< bytes of the names of all that is restarted */
};

/** Settings that held from some change to the next */
struct generation {
	struct generation *older;
	struct config *cfg; /**< NULL: a newer one with the same has it */
	struct blocked blocked;
	struct policy policy;
	struct phone_settings phone;
};

struct settings {
	struct generation *now;
	struct store *store;
	settings_changed_h *changedh;
	void *arg;
	char error[SETTINGS_WHAT_MAX]; /**< of the last reload, "" if none */
	int dnd_err; /**< of the last change of do not disturb */
};


static void generation_free(struct generation *g)
{
	config_free(g->cfg);
	blocked_free(&g->blocked);
	free(g);
}


static struct generation *generation_new(void)
{
	return calloc(1, sizeof(struct generation));
}


/**
 * Put a generation before the others
 *
 * @param cfg     Its configuration, NULL: as before
 * @param blocked Its block list
 */
static void generation_add(struct settings *s, struct generation *g,
			   struct config *cfg, const struct blocked *blocked)
{
	g->cfg = cfg ? cfg : s->now->cfg;
	g->blocked = *blocked;
	g->policy = g->cfg->policy;
	g->policy.blockv = (const char(*)[NUMBER_MAX])g->blocked.v;
	g->policy.blockc = g->blocked.n;
	g->phone = g->cfg->settings;
	g->phone.policy = &g->policy;

	/* The one that lives longest frees it */
	if (!cfg)
		s->now->cfg = NULL;
	g->older = s->now;
	s->now = g;
}


static void older_free(struct generation *g)
{
	while (g->older) {
		struct generation *old = g->older;

		g->older = old->older;
		generation_free(old);
	}
}


int settings_open(struct settings **sp, struct config *cfg,
		  settings_changed_h *changedh, void *arg)
{
	struct settings *s = calloc(1, sizeof(*s));
	struct generation *g = generation_new();
	struct blocked blocked;
	int err = ENOMEM;

	if (!s || !g)
		goto out;

	s->changedh = changedh;
	s->arg = arg;

	err = store_open(&s->store, cfg->state);
	if (!err)
		err = store_blocked_start(s->store, &blocked,
					  &cfg->policy.plan);
	if (err)
		goto out;

	generation_add(s, g, cfg, &blocked);
	*sp = s;

	return 0;

out:
	settings_close(s);
	free(g);
	config_free(cfg);

	return err;
}


void settings_close(struct settings *s)
{
	if (!s)
		return;

	if (s->now) {
		older_free(s->now);
		generation_free(s->now);
	}
	store_close(s->store);
	free(s);
}


const struct phone_settings *settings_now(const struct settings *s)
{
	return &s->now->phone;
}


const struct config *settings_config(const struct settings *s)
{
	return s->now->cfg;
}


void settings_dnd(struct settings *s, struct dnd_state *dnd)
{
	store_dnd_start(s->store, dnd);
}


int settings_dnd_error(const struct settings *s)
{
	return s->dnd_err;
}


static void error_take(struct settings *s, const char *text)
{
	journal_say(JOURNAL_ERROR, "%s", text);
	if (!s->error[0])
		(void)snprintf(s->error, sizeof(s->error), "%s", text);
}


static void error_handler(const char *path, unsigned line, unsigned col,
			  const char *what, void *arg)
{
	char text[SETTINGS_WHAT_MAX];

	(void)snprintf(text, sizeof(text), "%s:%u:%u: error: %s", path,
		       line ? line : 1, col ? col : 1, what);
	error_take(arg, text);
}


static void restart_say(const bool changed[CONFIG_START_COUNT])
{
	char names[RESTART_MAX] = "";
	size_t used = 0;

	for (int i = 0; i < CONFIG_START_COUNT; i++) {
		int n;

		if (!changed[i] || used >= sizeof(names))
			continue;
		n = snprintf(names + used, sizeof(names) - used, "%s%s",
			     used ? ", " : "",
			     config_start_name((enum config_start)i));
		used += n > 0 ? (size_t)n : 0;
	}

	if (used)
		journal_say(JOURNAL_WARNING,
			    "%s changed: counts after a restart, till then "
			    "what was before holds",
			    names);
}


/* All that can fail comes before anything changes */
static int config_take(struct settings *s, struct config *cfg,
		       bool changed[CONFIG_START_COUNT])
{
	struct generation *g = generation_new();
	char what[SETTINGS_WHAT_MAX] = "";
	struct blocked blocked;
	int err = ENOMEM;

	if (g)
		err = store_blocked_again(s->store, &blocked,
					  &cfg->policy.plan, what,
					  sizeof(what));
	if (err) {
		error_take(s, what[0] ? what : strerror(err));
		free(g);
		return err;
	}

	config_keep(cfg, s->now->cfg, changed);
	generation_add(s, g, cfg, &blocked);

	return 0;
}


int settings_reload(struct settings *s, bool changed[CONFIG_START_COUNT])
{
	const char *path = s->now->cfg->path;
	struct config *cfg = NULL;
	int err;

	s->error[0] = '\0';
	err = config_load(&cfg, path, error_handler, s);
	if (!err)
		err = config_take(s, cfg, changed);
	if (err) {
		config_free(cfg);
		journal_say(JOURNAL_ERROR,
			    "the settings are not changed: those that were "
			    "read before hold");
		return err;
	}

	restart_say(changed);
	journal_say(JOURNAL_NOTICE, "the settings were read again");
	s->changedh(&s->now->phone, s->arg);

	return 0;
}


const char *settings_error(const struct settings *s)
{
	return s->error[0] ? s->error : NULL;
}


int settings_block(struct settings *s, const char *number, bool on)
{
	struct generation *g = generation_new();
	struct blocked blocked;
	int err;

	if (!g)
		return ENOMEM;

	err = store_block(s->store, &blocked, &s->now->policy.plan, number,
			  on);
	if (err) {
		free(g);
		return err;
	}

	generation_add(s, g, NULL, &blocked);
	s->changedh(&s->now->phone, s->arg);

	return 0;
}


void settings_explain(const struct settings *s, int err, char *what,
		      size_t size)
{
	store_explain(s->store, err, what, size);
}


void settings_release(struct settings *s, const struct phone_settings *used)
{
	if (used == &s->now->phone)
		older_free(s->now);
}


static void failure_say(const struct settings *s, int err)
{
	char what[SETTINGS_WHAT_MAX];

	store_explain(s->store, err, what, sizeof(what));
	journal_say(JOURNAL_ERROR, "%s", what);
}


static int port_block(void *ctx, const char *number)
{
	const int err = settings_block(ctx, number, true);

	if (err)
		failure_say(ctx, err);

	return err;
}


static int port_unblock(void *ctx, const char *number)
{
	const int err = settings_block(ctx, number, false);

	if (err)
		failure_say(ctx, err);

	return err;
}


static int port_dnd(void *ctx, const struct dnd_state *dnd)
{
	struct settings *s = ctx;

	s->dnd_err = store_dnd(s->store, dnd);
	if (s->dnd_err)
		failure_say(s, s->dnd_err);

	return s->dnd_err;
}


const struct store_port settings_store_port = {
	.block = port_block,
	.unblock = port_unblock,
	.save_dnd = port_dnd,
};
