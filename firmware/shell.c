/**
 * @file firmware/shell.c  The phone around the core: one event loop
 */
#define _GNU_SOURCE 1
#include "firmware/shell.h"

#include "boards/board.h"
#include "firmware/control/server.h"
#include "firmware/glyphs.h"
#include "firmware/journal.h"
#include "firmware/machine.h"
#include "firmware/notify.h"
#include "firmware/present.h"
#include "firmware/signals.h"
#include "hal/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <re.h>

enum {
	PASS_GAP_MS = 10, /**< faster than that nobody sees: a flood of
			       events must not draw the screen for each   */
	WAKE_MAX_MS = 3600 * 1000, /**< libre's loop takes an int        */
	KEYS_RETRY_MS = 1000,      /**< keys that are gone are tried so  */
	WHAT_SIZE = 256,
};

struct shell {
	struct settings *settings;
	struct clock clock;
	struct clock_watch watch; /**< of what the phone was told */
	struct dispatch dispatch;
	struct sip_stack *sip;
	struct hal *hal;
	struct input input;
	struct glyphs glyphs;
	struct present *present;
	struct control *control;
	struct notify notify; /**< the service manager */
	struct signals signals;
	char address[SIP_ADDRESS_MAX]; /**< for the info page */

	struct tmr wake;  /**< the one timer: the next pass            */
	uint64_t keys_ms; /**< when the keys want to be read           */
	int keys_fd;      /**< their descriptor in the loop, or -1     */
	bool keys_gone;
	uint64_t wake_ms; /**< when that is                            */
	uint64_t pass_ms; /**< when the last one ended                 */
	bool dirty;   /**< something happened since the last pass  */
	bool closing; /**< the stack goes down: nobody to tell     */
};

static void pass(struct shell *sh, bool force);


static void wake_handler(void *arg)
{
	pass(arg, false);
}


static void now_handler(struct now *now, void *arg)
{
	struct shell *sh = arg;

	clock_now(&sh->clock, now);
}


/* However many events the loop finds ready, one pass shows their end; a timer
   that runs out before is the earlier pass */
static void done_handler(void *arg)
{
	struct shell *sh = arg;
	uint64_t at_ms;
	struct now now;

	if (sh->dirty || sh->closing)
		return;

	sh->dirty = true;
	clock_now(&sh->clock, &now);
	at_ms = sh->pass_ms + PASS_GAP_MS;
	if (at_ms < now.mono_ms)
		at_ms = now.mono_ms;
	if (at_ms >= sh->wake_ms)
		return;

	sh->wake_ms = at_ms;
	tmr_start(&sh->wake, at_ms - now.mono_ms, wake_handler, sh);
}


static void sip_handler(const struct phone_event *ev, void *arg)
{
	struct shell *sh = arg;

	if (!sh->closing)
		(void)shell_post(sh, ev);
}


static void key_handler(const struct button_event *button, void *arg)
{
	const struct phone_event ev = {.type = EV_BUTTON, .button = *button};

	(void)shell_post(arg, &ev);
}


static void keys_fd_handler(int flags, void *arg)
{
	(void)flags;

	pass(arg, false);
}


static void keys_unlisten(struct shell *sh)
{
	if (sh->keys_fd < 0)
		return;

	fd_close(sh->keys_fd);
	sh->keys_fd = -1;
}


static void keys_listen(struct shell *sh)
{
	const int fd = hal_buttons_fd(sh->hal);

	if (fd < 0 || fd == sh->keys_fd)
		return;

	keys_unlisten(sh);
	if (!fd_listen(fd, FD_READ, keys_fd_handler, sh))
		sh->keys_fd = fd;
}


/* A keyboard that is pulled out leaves a descriptor that is always readable:
   it must not keep the loop busy, and may come back under another number */
static void keys_poll(struct shell *sh, uint64_t now_ms)
{
	int err;

	sh->keys_ms = NOW_NEVER_MS;
	err = input_poll(&sh->input, sh->hal, now_ms, key_handler, sh,
			 &sh->keys_ms);
	if (err == ENOSYS)
		return;

	if (err) {
		if (!sh->keys_gone)
			journal_say(JOURNAL_WARNING,
				    "the keys can't be read: %s",
				    strerror(err));
		sh->keys_gone = true;
		keys_unlisten(sh);
		if (sh->keys_ms > now_ms + KEYS_RETRY_MS)
			sh->keys_ms = now_ms + KEYS_RETRY_MS;
		return;
	}

	if (sh->keys_gone)
		journal_say(JOURNAL_NOTICE, "the keys can be read again");
	sh->keys_gone = false;
	keys_listen(sh);
}


static uint64_t earlier(uint64_t a_ms, uint64_t b_ms)
{
	return a_ms < b_ms ? a_ms : b_ms;
}


static void wake_at(struct shell *sh, uint64_t next_ms)
{
	struct now now;
	uint64_t delay_ms = WAKE_MAX_MS;

	clock_now(&sh->clock, &now);
	if (next_ms <= now.mono_ms)
		delay_ms = 1;
	else if (next_ms - now.mono_ms < WAKE_MAX_MS)
		delay_ms = next_ms - now.mono_ms;

	/* What the pass itself made happen is shown at once */
	if (sh->dirty)
		delay_ms = 0;
	sh->pass_ms = now.mono_ms;
	sh->wake_ms = now.mono_ms + delay_ms;
	tmr_start(&sh->wake, delay_ms, wake_handler, sh);
}


/* Keys, then what is due, then eyes and ears: the one place where it all
   comes together, never entered from within a call to the SIP stack */
static void pass(struct shell *sh, bool force)
{
	const struct phone_event tick = {.type = EV_TICK};
	uint64_t next_ms;
	struct view view;
	struct now now;

	clock_now(&sh->clock, &now);
	keys_poll(sh, now.mono_ms);
	if (clock_stepped(&sh->watch, &now) ||
	    phone_next_ms(&sh->dispatch.phone) <= now.mono_ms)
		(void)shell_post(sh, &tick);

	/* Nothing is being worked on that could point to older ones */
	settings_release(sh->settings, sh->dispatch.phone.settings);

	sh->dirty = false;
	clock_now(&sh->clock, &now);
	next_ms = view_build(&view, &sh->dispatch.phone, &now, sh->address);
	next_ms = earlier(next_ms, present_view(sh->present, &view, sh->sip,
						now.mono_ms, force));
	control_changed(sh->control);

	next_ms = earlier(next_ms, phone_next_ms(&sh->dispatch.phone));
	next_ms = earlier(next_ms, clock_next_ms(&sh->clock));
	next_ms = earlier(next_ms, notify_alive(&sh->notify, now.mono_ms));
	wake_at(sh, earlier(next_ms, sh->keys_ms));
}


static void end_handler(void *arg)
{
	shell_stop(arg);
}


static void reload_handler(void *arg)
{
	bool changed[CONFIG_START_COUNT];
	struct shell *sh = arg;

	/* What is wrong was said */
	(void)settings_reload(sh->settings, changed);
}


static void settings_handler(const struct phone_settings *now, void *arg)
{
	const struct phone_event ev = {.type = EV_SETTINGS, .settings = now};

	(void)shell_post(arg, &ev);
}


static void phone_start(struct shell *sh)
{
	struct phone_event kept = {.type = EV_DND_KEPT};

	/* The stack speaks from within its own opening; what it says then
	   wants no command, so that the port's ctx can come behind it */
	dispatch_init(&sh->dispatch, settings_now(sh->settings),
		      &sip_stack_port, NULL, now_handler, done_handler, sh);
	dispatch_keep(&sh->dispatch, &settings_store_port, sh->settings);

	/* Before the first call */
	settings_dnd(sh->settings, &kept.dnd);
	(void)shell_post(sh, &kept);
}


static int sip_open(struct shell *sh)
{
	const struct config *cfg = settings_config(sh->settings);
	char what[WHAT_SIZE] = "";
	int err;

	phone_start(sh);
	err = sip_stack_open(&sh->sip, &cfg->sip, sip_handler, sh, what,
			     sizeof(what));
	if (err) {
		journal_say(JOURNAL_ERROR, "SIP does not start: %s",
			    what[0] ? what : strerror(err));
		return err;
	}

	sh->dispatch.port_ctx = sh->sip;
	if (sip_stack_bound(sh->sip, 0, sh->address))
		sh->address[0] = '\0';

	if (strcmp(cfg->sip.audio.device, "null") != 0 &&
	    strcmp(sip_stack_audio_device(sh->sip, AUDIO_PATH_HANDSET),
		   "null") == 0)
		journal_say(JOURNAL_WARNING,
			    "no audio card: calls run, nothing is heard");

	return 0;
}


static int board_start(struct shell *sh, config_error_h *errorh, void *arg)
{
	int err;

	err = machine_open(&sh->hal, settings_config(sh->settings), errorh,
			   arg);
	if (err)
		return err;

	input_init(&sh->input);
	glyphs_open(&sh->glyphs);

	return present_open(&sh->present, sh->hal, &sh->glyphs.font);
}


static int control_start(struct shell *sh)
{
	const char *path = settings_config(sh->settings)->control_socket;
	int err;

	if (!path[0])
		return 0;

	err = control_open(&sh->control, path, sh);
	if (err)
		journal_say(JOURNAL_ERROR, "control socket %s: %s", path,
			    err == EADDRINUSE ? "another phone answers there"
					      : strerror(err));

	return err;
}


/* A manager that can't be told is no reason not to be a phone */
static void manager_tell(struct shell *sh)
{
	int err;

	err = notify_open(&sh->notify);
	if (!err)
		err = notify_ready(&sh->notify);
	if (err)
		journal_say(JOURNAL_WARNING,
			    "the service manager can't be told: %s",
			    strerror(err));
}


int shell_open(struct shell **shp, struct config *cfg, config_error_h *errorh,
	       void *arg)
{
	struct shell *sh;
	int err;

	sh = calloc(1, sizeof(*sh));
	if (!sh) {
		config_free(cfg);
		return ENOMEM;
	}

	sh->keys_fd = -1;
	signals_init(&sh->signals);
	sh->signals.endh = end_handler;
	sh->signals.reloadh = reload_handler;
	sh->signals.arg = sh;
	tmr_init(&sh->wake);
	clock_init(&sh->clock);

	err = settings_open(&sh->settings, cfg, settings_handler, sh);
	if (!err)
		err = signals_open(&sh->signals);
	if (!err)
		err = board_start(sh, errorh, arg);
	if (!err)
		err = control_start(sh); /* asked only when the loop runs */
	if (!err)
		err = sip_open(sh);
	if (err)
		goto out;

	manager_tell(sh);
	pass(sh, true);
	journal_say(JOURNAL_NOTICE, "ready, sip %s", sh->address);

	*shp = sh;

out:
	if (err)
		shell_close(sh);

	return err;
}


int shell_run(struct shell *sh)
{
	(void)sh;

	return re_main(NULL);
}


void shell_close(struct shell *sh)
{
	if (!sh)
		return;

	sh->closing = true;
	(void)notify_stopping(&sh->notify);
	tmr_cancel(&sh->wake);
	keys_unlisten(sh);

	sip_stack_close(sh->sip);
	control_close(sh->control);
	present_close(sh->present);
	board_close(sh->hal);
	glyphs_close(&sh->glyphs);
	signals_close(&sh->signals);
	settings_close(sh->settings);
	free(sh);
}


void shell_stop(struct shell *sh)
{
	(void)sh;

	re_cancel();
}


void shell_sync(struct shell *sh)
{
	pass(sh, true);
}


int shell_post(struct shell *sh, const struct phone_event *ev)
{
	return dispatch_post(&sh->dispatch, ev);
}


void shell_view(struct shell *sh, struct view *v)
{
	struct now now;

	clock_now(&sh->clock, &now);
	(void)view_build(v, &sh->dispatch.phone, &now, sh->address);
}


struct settings *shell_settings(struct shell *sh)
{
	return sh->settings;
}


const char *shell_config_error(const struct shell *sh)
{
	return settings_error(sh->settings);
}


const struct phone *shell_phone(const struct shell *sh)
{
	return &sh->dispatch.phone;
}


const struct sip_stack *shell_sip(const struct shell *sh)
{
	return sh->sip;
}


const struct hal *shell_hal(const struct shell *sh)
{
	return sh->hal;
}


struct clock *shell_clock(struct shell *sh)
{
	return &sh->clock;
}
