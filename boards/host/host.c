/**
 * @file boards/host/host.c  The simulated board
 *
 * The screen is what the flushes have left: only the dirty part is copied, so
 * that a wrong one shows here as it would on glass.
 */
#include "boards/board.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>


enum {
	HOST_WIDTH = 128,
	HOST_HEIGHT = 64,
	HOST_STRIDE = HOST_WIDTH / 8,
	HOST_EDGE_MAX = 64, /* far more than fingers make between two polls */
};

struct host {
	struct hal hal;
	struct fb screen;
	uint8_t bits[HOST_STRIDE * HOST_HEIGHT];
	struct led_pattern led[LED_COUNT];
	struct button_edge edge[HOST_EDGE_MAX];
	size_t head, n;
	int fd; /* readable while there are edges */
};


static int buttons_poll(void *ctx, uint64_t now_ms, button_edge_h *edgeh,
			void *arg, uint64_t *next_ms)
{
	struct host *host = ctx;
	eventfd_t count;

	(void)now_ms;
	(void)eventfd_read(host->fd, &count);
	*next_ms = HAL_NEVER_MS;

	while (host->n) {
		const struct button_edge edge = host->edge[host->head];

		host->head = (host->head + 1) % HOST_EDGE_MAX;
		host->n--;
		edgeh(&edge, arg);
	}

	return 0;
}


static int buttons_fd(void *ctx)
{
	const struct host *host = ctx;

	return host->fd;
}


static int led_set(void *ctx, enum led led, const struct led_pattern *p)
{
	struct host *host = ctx;

	host->led[led] = *p;
	return 0;
}


static int display_flush(void *ctx, const struct fb *fb,
			 const struct fb_rect *dirty)
{
	struct host *host = ctx;

	for (int y = dirty->y; y < dirty->y + dirty->h; y++) {
		for (int x = dirty->x; x < dirty->x + dirty->w; x++)
			fb_set(&host->screen, x, y, fb_get(fb, x, y));
	}

	return 0;
}


static int sim_button(void *ctx, enum button button, bool down,
		      uint64_t now_ms)
{
	struct host *host = ctx;

	if (!host || (unsigned)button >= BUTTON_COUNT)
		return EINVAL;
	if (host->n == HOST_EDGE_MAX)
		return ENOSPC;

	host->edge[(host->head + host->n) % HOST_EDGE_MAX] =
		(struct button_edge){
			.button = button,
			.down = down,
			.at_ms = now_ms,
		};
	host->n++;

	return eventfd_write(host->fd, 1) ? errno : 0;
}


static const struct fb *sim_screen(void *ctx)
{
	const struct host *host = ctx;

	return &host->screen;
}


static struct led_pattern sim_led(void *ctx, enum led led)
{
	const struct host *host = ctx;

	if ((unsigned)led >= LED_COUNT)
		return (struct led_pattern){.colour = LED_COLOUR_OFF};

	return host->led[led];
}


static const struct hal_buttons host_buttons = {
	.poll = buttons_poll,
	.fd = buttons_fd,
};

static const struct hal_leds host_leds = {
	.set = led_set,
};

static const struct hal_display host_display = {
	.w = HOST_WIDTH,
	.h = HOST_HEIGHT,
	.flush = display_flush,
};

static const struct hal_sim host_sim = {
	.button = sim_button,
	.screen = sim_screen,
	.led = sim_led,
};


/* There is nothing to wire: what is set is meant for another board */
int board_check(const struct board_setting *v, size_t n, board_error_h *errorh,
		void *arg)
{
	if ((n && !v) || !errorh)
		return EINVAL;

	for (size_t i = 0; i < n; i++) {
		struct board_setting s = v[i];

		s.col = s.key_col;
		errorh(&s,
		       "the board \"host\" is simulated and has no settings: "
		       "remove it, or build with -DBOARD=NAME",
		       arg);
	}

	return n ? EBADMSG : 0;
}


int board_open(struct hal **halp, const struct board_setting *v, size_t n,
	       board_error_h *errorh, board_note_h *noteh, void *arg)
{
	struct host *host;
	int err;

	if (!halp || !noteh)
		return EINVAL;

	err = board_check(v, n, errorh, arg);
	if (err)
		return err;

	host = calloc(1, sizeof(*host));
	if (!host)
		return ENOMEM;

	host->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (host->fd < 0) {
		err = errno;
		free(host);
		return err;
	}

	host->screen = (struct fb){
		.w = HOST_WIDTH,
		.h = HOST_HEIGHT,
		.stride = HOST_STRIDE,
		.bits = host->bits,
	};
	host->hal = (struct hal){
		.name = "host",
		.buttons = &host_buttons,
		.leds = &host_leds,
		.display = &host_display,
		.sim = &host_sim,
		.ctx = host,
	};

	*halp = &host->hal;
	return 0;
}


void board_close(struct hal *hal)
{
	struct host *host;

	if (!hal)
		return;

	host = hal->ctx;
	(void)close(host->fd);
	free(host);
}
