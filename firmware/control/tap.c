/**
 * @file firmware/control/tap.c  A finger that presses keys, one at a time
 */
#include "firmware/control/tap.h"

#include "firmware/control/answer.h"
#include "firmware/control/server.h"
#include "firmware/shell.h"
#include "hal/debounce.h"

#include <errno.h>
#include <string.h>

#include <re.h>

enum {
	/* The loop's timer and the phone's clock may differ by one each */
	SETTLE_MS = DEBOUNCE_MS + 2,
};

struct tap {
	struct le le;
	struct taps *taps;
	enum button button;
	uint32_t ms;
	struct control_client *client; /**< NULL: it has gone */
};

struct taps {
	struct shell *sh;
	struct list list; /**< the first is the one that is done now */
	struct tmr tmr;
};


static void taps_destructor(void *arg)
{
	struct taps *taps = arg;

	tmr_cancel(&taps->tmr);
	list_flush(&taps->list);
}


static void tap_destructor(void *arg)
{
	struct tap *tap = arg;

	list_unlink(&tap->le);
}


int taps_alloc(struct taps **tapsp, struct shell *sh)
{
	struct taps *taps;

	taps = mem_zalloc(sizeof(*taps), taps_destructor);
	if (!taps)
		return ENOMEM;

	taps->sh = sh;
	*tapsp = taps;

	return 0;
}


static int move_key(struct shell *sh, enum button button, bool down)
{
	const struct hal *hal = shell_hal(sh);
	struct now now;
	int err;

	/* What has settled until now comes first */
	shell_sync(sh);

	clock_now(shell_clock(sh), &now);
	err = hal->sim->button(hal->ctx, button, down, now.mono_ms);
	shell_sync(sh);

	return err;
}


static void begin(struct taps *taps);


static void answer(const struct tap *tap)
{
	struct odict *ok;

	if (!tap->client || answer_alloc(&ok, true))
		return;

	control_answer(tap->client, ok);
	answer_free(ok);
}


static void settled_handler(void *arg)
{
	struct tap *tap = arg;
	struct taps *taps = tap->taps;

	shell_sync(taps->sh);

	/* Off the list first: the answer lets the client ask for more */
	list_unlink(&tap->le);
	answer(tap);
	mem_deref(tap);

	begin(taps);
}


static void release_handler(void *arg)
{
	struct tap *tap = arg;
	struct taps *taps = tap->taps;

	(void)move_key(taps->sh, tap->button, false);
	tmr_start(&taps->tmr, SETTLE_MS, settled_handler, tap);
}


static void begin(struct taps *taps)
{
	struct tap *tap = list_ledata(list_head(&taps->list));

	if (!tap || tmr_isrunning(&taps->tmr))
		return;

	(void)move_key(taps->sh, tap->button, true);
	tmr_start(&taps->tmr, tap->ms, release_handler, tap);
}


int taps_add(struct taps *taps, enum button button, uint32_t ms,
	     struct control_client *client)
{
	struct tap *tap;

	if (list_count(&taps->list) >= TAP_QUEUE_MAX)
		return ENOSPC;

	tap = mem_zalloc(sizeof(*tap), tap_destructor);
	if (!tap)
		return ENOMEM;

	tap->taps = taps;
	tap->button = button;
	tap->ms = ms;
	tap->client = client;
	list_append(&taps->list, &tap->le, tap);

	begin(taps);

	return 0;
}


void taps_forget(struct taps *taps, const struct control_client *client)
{
	struct le *le;

	for (le = list_head(&taps->list); le; le = le->next) {
		struct tap *tap = le->data;

		if (tap->client == client)
			tap->client = NULL;
	}
}
