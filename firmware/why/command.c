/**
 * @file firmware/why/command.c  `ringfence why`
 */
#include "firmware/why/why.h"

#include "firmware/clock.h"
#include "firmware/store/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <re.h>

enum {
	HASH_SIZE = 16,
	PLACE_MAX = STORE_PATH_MAX + STORE_WHAT_MAX,

	/* A call "before" must not be before the machine was started */
	LONG_AGO_MS = 7 * 24 * 3600 * 1000,
};


static void config_error(const char *path, unsigned line, unsigned col,
			 const char *what, void *arg)
{
	(void)arg;

	(void)fprintf(stderr, "%s:%u:%u: error: %s\n", path, line ? line : 1,
		      col ? col : 1, what);
}


/* As the phone starts: without a list that can't be read, and saying so */
static int blocked_take(struct blocked *b, struct config *cfg)
{
	char what[PLACE_MAX] = "";
	int err;

	err = store_blocked_look(cfg->state, b, &cfg->policy.plan, what,
				 sizeof(what));
	if (err && !what[0])
		return err;

	if (err)
		(void)fprintf(stderr, "%s; nobody is blocked\n", what);
	cfg->policy.blockv = (const char(*)[NUMBER_MAX])b->v;
	cfg->policy.blockc = b->n;

	return 0;
}


static int json_print(const struct why_answer *a, const char *path)
{
	struct odict *o;
	int err;

	err = odict_alloc(&o, HASH_SIZE);
	if (err)
		return err;

	err = odict_entry_add(o, "ok", ODICT_BOOL, (int)true);
	if (!err)
		err = why_answer_put(o, a, path);
	if (!err)
		err = re_printf("%H\n", json_encode_odict, o) < 0 ? EIO : 0;
	mem_deref(o);

	return err;
}


static int ask_and_print(const struct why_question *q,
			 const struct config *cfg, char what[WHY_WHAT_MAX])
{
	struct phone *p = calloc(1, sizeof(*p));
	struct why_answer a;
	struct clock clock;
	struct now now;
	int err;

	memset(&a, 0, sizeof(a));
	if (!p)
		return ENOMEM;

	clock_init(&clock);
	clock_now(&clock, &now);
	now.mono_ms += LONG_AGO_MS;
	phone_init(p, &cfg->settings);

	/* Once to know who calls, then with the state that was asked for */
	err = why_ask(&a, q, p, &cfg->sip, &now, what);
	if (!err) {
		why_phone_prepare(p, q, &a.caller, &a.now);
		why_answer_free(&a);
		err = why_ask(&a, q, p, &cfg->sip, &now, what);
	}
	if (!err && q->json)
		err = json_print(&a, q->config);
	else if (!err)
		why_answer_print(&a, q->config);

	why_answer_free(&a);
	free(p);

	return err;
}


int why_command(int argc, char *const *argv)
{
	char what[WHY_WHAT_MAX] = "";
	struct config *cfg = NULL;
	struct why_question q;
	struct blocked blocked;
	int err;

	if (why_question_read(&q, argc, argv, true, what)) {
		(void)fprintf(stderr, "ringfence why: %s\n", what);
		return EXIT_FAILURE;
	}

	if (config_load(&cfg, q.config, config_error, NULL))
		return EXIT_FAILURE;

	err = blocked_take(&blocked, cfg);
	if (!err)
		err = ask_and_print(&q, cfg, what);
	if (err)
		(void)fprintf(stderr, "ringfence why: %s\n",
			      what[0] ? what : strerror(err));
	config_free(cfg);
	blocked_free(&blocked);

	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}
