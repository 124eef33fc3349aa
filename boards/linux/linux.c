/**
 * @file boards/linux/linux.c  A board from a table: its name and its defaults
 */
#define _GNU_SOURCE 1
#include "boards/linux/linux.h"
#include "boards/linux/keys.h"
#include "boards/linux/lamps.h"
#include "boards/linux/screen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>


enum {
	PATH_SIZE = 128,
};

struct linux_hal {
	struct hal hal;
	struct hal_display display;
	char dev[PATH_SIZE], leds_dir[PATH_SIZE];
	struct gpio *gpio;
	struct keys *keys;
	struct lamps *lamps;
	struct screen *screen;
	int epoll_fd;     /* keys, GPIO lines and the kick */
	int kick_fd;      /* readable: poll has something to say besides */
	uint64_t now_ms;  /* of the last poll          */
	uint64_t tick_ms; /* when a lamp was promised  */
};


static int buttons_poll(void *ctx, uint64_t now_ms, button_edge_h *edgeh,
			void *arg, uint64_t *next_ms)
{
	struct linux_hal *lh = ctx;
	eventfd_t count;
	int err;

	(void)eventfd_read(lh->kick_fd, &count);
	lh->now_ms = now_ms;
	lh->tick_ms = lamps_tick(lh->lamps, now_ms);
	*next_ms = lh->tick_ms;
	err = keys_poll(lh->keys, now_ms, edgeh, arg, next_ms);

	return err;
}


static int buttons_fd(void *ctx)
{
	const struct linux_hal *lh = ctx;

	return lh->epoll_fd;
}


/* A lamp that we blink is due before the caller was told to come back */
static int led_set(void *ctx, enum led led, const struct led_pattern *p)
{
	struct linux_hal *lh = ctx;
	const int err = lamps_set(lh->lamps, led, p, lh->now_ms);

	if (lamps_next_ms(lh->lamps) < lh->tick_ms)
		(void)eventfd_write(lh->kick_fd, 1);

	return err;
}


static int display_flush(void *ctx, const struct fb *fb,
			 const struct fb_rect *dirty)
{
	struct linux_hal *lh = ctx;

	return screen_flush(lh->screen, fb, dirty);
}


static int display_backlight(void *ctx, unsigned percent)
{
	struct linux_hal *lh = ctx;

	return screen_backlight(lh->screen, percent);
}


static const struct hal_buttons linux_buttons = {
	.poll = buttons_poll,
	.fd = buttons_fd,
};

static const struct hal_leds linux_leds = {
	.set = led_set,
};


static bool setting_check(struct setting *set, const struct board_setting *s,
			  struct report *r)
{
	struct setting_error err;

	if (!setting_read(set, s->key, s->value, &err))
		return true;

	if (err.in_key)
		report_key_error(r, s, err.off, err.what);
	else
		report_error(r, s, err.off, "%s", err.what);

	return false;
}


/* The setting before v[n], or at it before the source, that names the same */
static const struct board_setting *claimed(const struct board_setting *v,
					   size_t n, const struct setting *set,
					   size_t k)
{
	struct setting_error err;
	struct setting other;

	for (size_t i = 0; i <= n; i++) {
		if (setting_read(&other, v[i].key, v[i].value, &err))
			continue;
		for (size_t j = 0; j < (i == n ? k : other.sourcec); j++) {
			if (setting_source_same(&other.source[j],
						&set->source[k]))
				return &v[i];
		}
	}

	return NULL;
}


int linux_check(const struct linux_board *board, const struct board_setting *v,
		size_t n, board_error_h *errorh, void *arg)
{
	struct report r = {.errorh = errorh, .arg = arg};
	struct setting set;

	if (!board || (n && !v) || !errorh)
		return EINVAL;

	for (size_t i = 0; i < n; i++) {
		if (!setting_check(&set, &v[i], &r))
			continue;
		for (size_t k = 0; k < set.sourcec; k++) {
			const struct board_setting *first =
				claimed(v, i, &set, k);

			if (first)
				report_error(&r, &v[i], set.source[k].off,
					     "%s has it already, line %u",
					     first->key, first->line);
		}
	}

	return r.failed ? EBADMSG : 0;
}


static bool overridden(const struct report_row *rowv, size_t n,
		       const struct setting *set)
{
	for (size_t i = 0; i < n; i++) {
		const struct setting *by = &rowv[i].set;

		if (by->kind != set->kind ||
		    (set->kind == SETTING_KEY && by->button != set->button) ||
		    (set->kind == SETTING_LAMP && by->led != set->led))
			continue;
		return true;
	}

	return false;
}


/* Defaults come first, so that settings win; those that are replaced are left
   out */
static int rows_build(struct report_row **rowvp, size_t *rowcp,
		      const struct linux_board *board,
		      const struct board_setting *v, size_t n,
		      struct report *r)
{
	struct report_row *rowv, *settingv;
	struct setting_error err;
	size_t rowc = 0;

	rowv = calloc(board->defaultc + n + 1, sizeof(*rowv));
	if (!rowv)
		return ENOMEM;

	settingv = &rowv[board->defaultc];
	for (size_t i = 0; i < n; i++) {
		settingv[i].setting = &v[i];
		(void)setting_check(&settingv[i].set, &v[i], r);
	}

	for (size_t i = 0; i < board->defaultc && !r->failed; i++) {
		const struct linux_default *d = &board->defaultv[i];

		if (setting_read(&rowv[rowc].set, d->key, d->value, &err)) {
			free(rowv);
			return EINVAL;
		}
		rowv[rowc].setting = NULL;
		if (!overridden(settingv, n, &rowv[rowc].set))
			rowc++;
	}

	memmove(&rowv[rowc], settingv, n * sizeof(*rowv));
	*rowvp = rowv;
	*rowcp = rowc + n;
	return r->failed ? EBADMSG : 0;
}


static int watch(const struct linux_hal *lh, int fd)
{
	struct epoll_event ev = {.events = EPOLLIN};

	if (fd < 0)
		return 0;

	return epoll_ctl(lh->epoll_fd, EPOLL_CTL_ADD, fd, &ev) ? errno : 0;
}


/* The kick is set from the start: the first poll tells the levels */
static int descriptors_open(struct linux_hal *lh)
{
	int err;

	lh->kick_fd = eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC);
	lh->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (lh->kick_fd < 0 || lh->epoll_fd < 0)
		return errno;

	err = watch(lh, lh->kick_fd);
	if (!err)
		err = watch(lh, gpio_fd(lh->gpio));
	if (!err)
		err = watch(lh, keys_fd(lh->keys));

	return err;
}


static int parts_open(struct linux_hal *lh, const char *root,
		      const struct report_row *rowv, size_t rowc,
		      struct report *r)
{
	int err;

	err = gpio_open(&lh->gpio, lh->dev);
	if (!err)
		err = keys_open(&lh->keys, lh->gpio, lh->dev, rowv, rowc, r);
	if (!err)
		err = lamps_open(&lh->lamps, lh->gpio, lh->dev, lh->leds_dir,
				 rowv, rowc, r);
	if (!err)
		err = screen_open(&lh->screen, root, rowv, rowc, r);
	if (!err)
		err = descriptors_open(lh);

	return err ? err : r->failed ? EBADMSG : 0;
}


static void hal_build(struct linux_hal *lh, const char *name)
{
	lh->hal = (struct hal){
		.name = name,
		.buttons = &linux_buttons,
		.leds = &linux_leds,
		.display = lh->screen ? &lh->display : NULL,
		.ctx = lh,
	};
	if (!lh->screen)
		return;

	lh->display.flush = display_flush;
	lh->display.backlight = display_backlight;
	screen_size(lh->screen, &lh->display.w, &lh->display.h);
}


int linux_open(struct hal **halp, const struct linux_board *board,
	       const struct board_setting *v, size_t n, board_error_h *errorh,
	       board_note_h *noteh, void *arg)
{
	struct report r = {.errorh = errorh, .noteh = noteh, .arg = arg};
	struct report_row *rowv = NULL;
	struct linux_hal *lh;
	size_t rowc = 0;
	int err;

	if (!halp || !board || (n && !v) || !errorh || !noteh)
		return EINVAL;

	lh = calloc(1, sizeof(*lh));
	if (!lh)
		return ENOMEM;

	lh->epoll_fd = lh->kick_fd = -1;
	lh->tick_ms = HAL_NEVER_MS;
	(void)snprintf(lh->dev, sizeof(lh->dev), "%s/dev", board->root);
	(void)snprintf(lh->leds_dir, sizeof(lh->leds_dir), "%s/sys/class/leds",
		       board->root);

	err = rows_build(&rowv, &rowc, board, v, n, &r);
	if (!err)
		err = parts_open(lh, board->root, rowv, rowc, &r);
	free(rowv);
	if (err) {
		linux_close(&lh->hal);
		return err;
	}

	hal_build(lh, board->name);
	*halp = &lh->hal;
	return 0;
}


void linux_close(struct hal *hal)
{
	struct linux_hal *lh = (struct linux_hal *)(void *)hal;

	if (!lh)
		return;

	screen_close(lh->screen);
	lamps_close(lh->lamps);
	keys_close(lh->keys);
	gpio_close(lh->gpio);
	if (lh->kick_fd >= 0)
		(void)close(lh->kick_fd);
	if (lh->epoll_fd >= 0)
		(void)close(lh->epoll_fd);
	free(lh);
}
