/**
 * @file tests/stories/fake_store.c  A store without a disk
 */
#include "tests/stories/story.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>


static void kept(struct story *st, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));


static void kept(struct story *st, const char *fmt, ...)
{
	const size_t used = strlen(st->kept);
	va_list ap;

	if (used)
		(void)snprintf(st->kept + used, sizeof(st->kept) - used, "; ");

	va_start(ap, fmt);
	(void)vsnprintf(st->kept + strlen(st->kept),
			sizeof(st->kept) - strlen(st->kept), fmt, ap);
	va_end(ap);
}


static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}


/* The list changes its place, as it does when new settings hold */
static void blocked_swap(struct story *st, size_t n)
{
	const struct phone_event ev = {
		.type = EV_SETTINGS,
		.settings = &st->settings,
	};

	qsort(st->blocked, n, sizeof(st->blocked[0]), by_text);
	st->policy.blockv = (const char(*)[NUMBER_MAX])st->blocked;
	st->policy.blockc = n;
	assert_int_equal(dispatch_post(&st->d, &ev), 0);
}


static int port_block(void *ctx, const char *number)
{
	struct story *st = ctx;
	const size_t n = st->policy.blockc;

	kept(st, "block %s", number);
	if (st->store_err)
		return st->store_err;

	assert_in_range(n, 0, STORY_BLOCK_MAX - 1);
	text_copy(st->blocked[n], NUMBER_MAX, number);
	blocked_swap(st, n + 1);

	return 0;
}


static int port_unblock(void *ctx, const char *number)
{
	struct story *st = ctx;
	size_t n = 0;

	kept(st, "unblock %s", number);
	if (st->store_err)
		return st->store_err;

	for (size_t i = 0; i < st->policy.blockc; i++) {
		if (strcmp(st->blocked[i], number) != 0)
			memmove(st->blocked[n++], st->blocked[i], NUMBER_MAX);
	}
	blocked_swap(st, n);

	return 0;
}


static int port_save_dnd(void *ctx, const struct dnd_state *dnd)
{
	struct story *st = ctx;

	if (dnd->on && dnd->has_end)
		kept(st, "dnd until %" PRId64, dnd->until_s);
	else
		kept(st, "dnd %s", dnd->on ? "on" : "off");

	return st->store_err;
}


const struct store_port story_store = {
	.block = port_block,
	.unblock = port_unblock,
	.save_dnd = port_save_dnd,
};
