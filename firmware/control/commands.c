/**
 * @file firmware/control/commands.c  What can be asked at the control socket
 */
#define _GNU_SOURCE 1
#include "firmware/control/commands.h"

#include "firmware/control/answer.h"
#include "firmware/control/tap.h"
#include "firmware/control/words.h"
#include "firmware/shell.h"
#include "firmware/why/why.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <re.h>

enum {
	MS_PER_S = 1000,
};

typedef int(command_h)(struct request *rq);

struct command_row {
	const char *name;
	const char *usage; /**< the arguments, for people */
	int min, max;      /**< how many                  */
	bool sim;          /**< only on a simulated board */
	command_h *run;
};


static int refuse(struct request *rq, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));


static int refuse(struct request *rq, int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(rq->what, sizeof(rq->what), fmt, ap);
	va_end(ap);

	return err;
}


static int show_run(struct request *rq)
{
	return answer_show(rq->answer, rq->sh);
}


static int watch_run(struct request *rq)
{
	rq->watch = true;

	return 0;
}


static int history_run(struct request *rq)
{
	return answer_history(rq->answer, &shell_phone(rq->sh)->history);
}


/** What would happen to a call now; of the file that holds */
static int why_run(struct request *rq)
{
	const struct config *cfg = settings_config(shell_settings(rq->sh));
	char what[WHY_WHAT_MAX] = "";
	struct why_question q;
	struct why_answer a;
	struct now now;
	int err;

	err = why_question_read(&q, rq->argc - 1, rq->argv + 1, false, what);
	if (err)
		return refuse(rq, err, "%s", what);

	clock_now(shell_clock(rq->sh), &now);
	err = why_ask(&a, &q, shell_phone(rq->sh), &cfg->sip, &now, what);
	if (!err)
		err = why_answer_put(rq->answer, &a, cfg->path);
	why_answer_free(&a);

	return err ? refuse(rq, err, "%s", what[0] ? what : strerror(err))
		   : 0;
}


static int quit_run(struct request *rq)
{
	rq->quit = true;

	return 0;
}


static int dial_run(struct request *rq)
{
	struct phone_event ev = {.type = EV_DIAL};
	const char *uri = rq->argv[1];

	if (strlen(uri) >= sizeof(ev.dial.uri))
		return refuse(rq, ENOSPC, "the address is over %zu bytes",
			      sizeof(ev.dial.uri) - 1);

	/* Asked before: the event would be ignored */
	if (phone_current(shell_phone(rq->sh)))
		return refuse(rq, EBUSY, "there is a call: end it first");

	memcpy(ev.dial.uri, uri, strlen(uri) + 1);
	if (shell_post(rq->sh, &ev))
		return refuse(rq, ENOSPC, "too busy: try again");

	return 0;
}


static int key_find(struct request *rq, enum button *button)
{
	*button = button_find(rq->argv[1]);
	if (*button == BUTTON_COUNT)
		return refuse(rq, ENOENT,
			      "no key \"%s\": write a name as"
			      " answer, reject, hook, 0, soft1 or line1",
			      rq->argv[1]);

	return 0;
}


static int key_edge(struct request *rq, bool down)
{
	const struct hal *hal = shell_hal(rq->sh);
	enum button button;
	struct now now;
	int err;

	err = key_find(rq, &button);
	if (err)
		return err;

	clock_now(shell_clock(rq->sh), &now);
	err = hal->sim->button(hal->ctx, button, down, now.mono_ms);
	if (err)
		return refuse(rq, err, "the board refused: %s", strerror(err));

	return 0;
}


static int press_run(struct request *rq)
{
	return key_edge(rq, true);
}


static int release_run(struct request *rq)
{
	return key_edge(rq, false);
}


/** A whole decimal number up to max; @return false if it is none */
static bool number_parse(const char *s, uint32_t max, uint32_t *value)
{
	*value = 0;
	if (!*s)
		return false;

	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		*value = *value * 10 + (uint32_t)(*s - '0');
		if (*value > max)
			return false;
	}

	return true;
}


static int tap_run(struct request *rq)
{
	uint32_t ms = TAP_DEFAULT_MS;
	enum button button;
	int err;

	err = key_find(rq, &button);
	if (err)
		return err;

	if (rq->argc > 2 &&
	    (!number_parse(rq->argv[2], TAP_MAX_MS, &ms) || !ms))
		return refuse(rq, EBADMSG,
			      "\"%s\" is no time: write milliseconds, 1 to %d",
			      rq->argv[2], TAP_MAX_MS);

	/* Before it is added: it may be answered from within */
	rq->later = true;
	err = taps_add(rq->taps, button, ms, rq->client);
	if (err) {
		rq->later = false;
		return refuse(rq, err, "too many taps wait: try again");
	}

	return 0;
}


static int screen_write(const struct fb *fb, const char *path)
{
	const size_t row = ((size_t)fb->w + 7) / 8;
	int err = 0;
	FILE *f;

	f = fopen(path, "we");
	if (!f)
		return errno;

	if (fprintf(f, "P4\n%u %u\n", (unsigned)fb->w, (unsigned)fb->h) < 0)
		err = EIO;

	for (size_t y = 0; y < fb->h && !err; y++) {
		if (fwrite(fb->bits + y * fb->stride, 1, row, f) != row)
			err = errno ? errno : EIO;
	}

	if (fclose(f) && !err)
		err = errno;

	return err;
}


static int screenshot_run(struct request *rq)
{
	const struct hal *hal = shell_hal(rq->sh);
	const struct fb *fb;
	int err;

	fb = hal->sim->screen(hal->ctx);
	if (!fb)
		return refuse(rq, ENOSYS, "the board has no screen");

	err = screen_write(fb, rq->argv[1]);
	if (err)
		return refuse(rq, err, "%s: %s", rq->argv[1], strerror(err));

	return 0;
}


static int clock_run(struct request *rq)
{
	struct clock *clk = shell_clock(rq->sh);
	const char *time = rq->argv[1];
	int64_t utc_ms;

	if (!strcmp(time, "unset"))
		clock_unset(clk);
	else if (!strcmp(time, "real"))
		clock_real(clk);
	else if (!clock_parse(&utc_ms, time))
		clock_set(clk, utc_ms);
	else
		return refuse(rq, EBADMSG,
			      "\"%s\" is no time: write one as"
			      " 2026-12-24T18:30:00+01:00, unset or real",
			      time);

	return 0;
}


/** The number that is meant, in the form in which it is compared */
static int blocked_number(struct request *rq, char number[NUMBER_MAX])
{
	const struct phone *p = shell_phone(rq->sh);

	if (!number_normalise(number, rq->argv[1]))
		return refuse(rq, EBADMSG,
			      "\"%s\" is no number: write digits, as"
			      " +493012345",
			      rq->argv[1]);

	dial_plan_apply(&p->settings->policy->plan, number, number);

	return 0;
}


static int block_change(struct request *rq, bool on)
{
	struct settings *settings = shell_settings(rq->sh);
	char number[NUMBER_MAX];
	int err;

	err = blocked_number(rq, number);
	if (err)
		return err;

	if (!on && !policy_blocks(settings_now(settings)->policy, number))
		return refuse(rq, ENOENT, "%s is not blocked", number);

	err = settings_block(settings, number, on);
	if (err)
		settings_explain(settings, err, rq->what, sizeof(rq->what));

	return err;
}


static int block_run(struct request *rq)
{
	return block_change(rq, true);
}


static int unblock_run(struct request *rq)
{
	return block_change(rq, false);
}


static int blocked_run(struct request *rq)
{
	const struct phone *p = shell_phone(rq->sh);

	return answer_blocked(rq->answer, p->settings->policy);
}


static int dnd_run(struct request *rq)
{
	const struct settings *settings = shell_settings(rq->sh);
	struct phone_event ev = {.type = EV_DND};
	const char *until = rq->argc > 2 ? rq->argv[2] : NULL;
	int64_t until_ms;
	int err;

	ev.dnd.on = !strcmp(rq->argv[1], "on");
	if ((!ev.dnd.on && strcmp(rq->argv[1], "off") != 0) ||
	    (!ev.dnd.on && until))
		return refuse(rq, EBADMSG,
			      "write dnd on, dnd off, or dnd on"
			      " UNTIL");

	if (until && clock_parse(&until_ms, until))
		return refuse(rq, EBADMSG,
			      "\"%s\" is no time: write one as"
			      " 2026-12-24T18:30:00+01:00",
			      until);
	if (until) {
		ev.dnd.has_end = true;
		ev.dnd.until_s = until_ms / MS_PER_S;
	}

	if (shell_post(rq->sh, &ev))
		return refuse(rq, ENOSPC, "too busy: try again");

	err = settings_dnd_error(settings);
	if (err)
		settings_explain(settings, err, rq->what, sizeof(rq->what));

	return err;
}


static int reload_run(struct request *rq)
{
	struct settings *settings = shell_settings(rq->sh);
	bool changed[CONFIG_START_COUNT];
	int err;

	err = settings_reload(settings, changed);
	if (err)
		return refuse(rq, err, "%s", settings_error(settings));

	return answer_restart(rq->answer, changed);
}


static const struct command_row commandv[] = {
	{"show", "", 0, 0, false, show_run},
	{"watch", "", 0, 0, false, watch_run},
	{"dial", " URI", 1, 1, false, dial_run},
	{"history", "", 0, 0, false, history_run},
	{"dnd", " on|off [UNTIL]", 1, 2, false, dnd_run},
	{"block", " NUMBER", 1, 1, false, block_run},
	{"unblock", " NUMBER", 1, 1, false, unblock_run},
	{"blocked", "", 0, 0, false, blocked_run},
	{"reload", "", 0, 0, false, reload_run},
	{"why", " --from URI [OPTION...]", 1, COMMAND_WORD_MAX - 1, false,
	 why_run},
	{"quit", "", 0, 0, false, quit_run},
	{"tap", " KEY [MS]", 1, 2, true, tap_run},
	{"press", " KEY", 1, 1, true, press_run},
	{"release", " KEY", 1, 1, true, release_run},
	{"screenshot", " FILE", 1, 1, true, screenshot_run},
	{"clock", " TIME", 1, 1, true, clock_run},
};

static const size_t commandc = sizeof(commandv) / sizeof(commandv[0]);


static const struct command_row *command_find(const char *name)
{
	for (size_t i = 0; i < commandc; i++) {
		if (!strcmp(commandv[i].name, name))
			return &commandv[i];
	}

	return NULL;
}


static int refuse_unknown(struct request *rq)
{
	size_t used;
	int n;

	n = snprintf(rq->what, sizeof(rq->what),
		     "no command \"%.40s\": there are",
		     rq->argc ? rq->argv[0] : "");
	used = n > 0 ? (size_t)n : 0;

	for (size_t i = 0; i < commandc && used < sizeof(rq->what); i++) {
		n = snprintf(rq->what + used, sizeof(rq->what) - used, " %s",
			     commandv[i].name);
		used += n > 0 ? (size_t)n : 0;
	}

	return ENOENT;
}


int command_run(struct request *rq, char *line)
{
	const struct command_row *row;

	rq->argc = (int)words_split(rq->argv, COMMAND_WORD_MAX, line);
	row = rq->argc ? command_find(rq->argv[0]) : NULL;
	if (!row)
		return refuse_unknown(rq);

	if (rq->argc - 1 < row->min || rq->argc - 1 > row->max)
		return refuse(rq, EINVAL, "usage: %s%s", row->name,
			      row->usage);

	if (row->sim && !shell_hal(rq->sh)->sim)
		return refuse(rq, ENOSYS, "%s: only on a simulated board",
			      row->name);

	return row->run(rq);
}
