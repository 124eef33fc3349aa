/**
 * @file boards/linux/gpio.c  Lines of the GPIO character device, uAPI v2
 *
 * Straight on the kernel's calls: the library around them has another
 * interface on each release of Debian.
 */
#define _GNU_SOURCE 1
#include "boards/linux/gpio.h"
#include "boards/linux/gpio_chip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/gpio.h>


enum {
	NS_PER_MS = 1000000,
	READ_MAX = 16, /* edges in one read: what the kernel keeps of a line */
};

struct input {
	int fd;
	bool polled;
	bool fresh; /* its level is still to be told */
	struct gpio_stream stream;
};

struct gpio {
	const char *dir;
	int epoll_fd;
	struct input input[GPIO_INPUT_MAX];
	size_t inputc;
	int output[GPIO_OUTPUT_MAX];
	size_t outputc;
};

static const char consumer_own[] = "ringfence";


bool gpio_line_same(const struct gpio_line *a, const struct gpio_line *b)
{
	if (a->name[0] || b->name[0])
		return !strcmp(a->name, b->name);

	return !strcmp(a->chip, b->chip) && a->offset == b->offset;
}


void gpio_level(struct gpio_stream *s, bool down, uint64_t at_ms,
		button_edge_h *edgeh, void *arg)
{
	const struct button_edge edge = {
		.button = s->button,
		.down = down,
		.at_ms = at_ms,
	};

	if (!down)
		s->held = false;
	if (s->held || s->down == down)
		return;

	s->down = down;
	edgeh(&edge, arg);
}


int gpio_decode(struct gpio_stream *s, const void *bytes, size_t len,
		button_edge_h *edgeh, void *arg)
{
	const uint8_t *p = bytes;
	struct gpio_v2_line_event ev;
	int err = 0;

	for (; len >= sizeof(ev); p += sizeof(ev), len -= sizeof(ev)) {
		memcpy(&ev, p, sizeof(ev));
		if (ev.line_seqno != s->seqno + 1)
			err = EAGAIN;
		s->seqno = ev.line_seqno;

		/* Rising is from inactive to active: the kernel knows which
		   lines are active low */
		gpio_level(s, ev.id == GPIO_V2_LINE_EVENT_RISING_EDGE,
			   ev.timestamp_ns / NS_PER_MS, edgeh, arg);
	}

	return err;
}


int gpio_open(struct gpio **gp, const char *dir)
{
	struct gpio *g;

	if (!gp || !dir)
		return EINVAL;

	g = calloc(1, sizeof(*g));
	if (!g)
		return ENOMEM;

	g->dir = dir;
	g->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (g->epoll_fd < 0) {
		const int err = errno;

		free(g);
		return err;
	}

	*gp = g;
	return 0;
}


void gpio_close(struct gpio *g)
{
	if (!g)
		return;

	for (size_t i = 0; i < g->inputc; i++)
		(void)close(g->input[i].fd);
	for (size_t i = 0; i < g->outputc; i++)
		(void)close(g->output[i]);
	(void)close(g->epoll_fd);
	free(g);
}


static uint64_t line_flags(const struct gpio_line *line)
{
	static const uint64_t bias[] = {
		[GPIO_BIAS_AS_IS] = 0,
		[GPIO_BIAS_UP] = GPIO_V2_LINE_FLAG_BIAS_PULL_UP,
		[GPIO_BIAS_DOWN] = GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN,
		[GPIO_BIAS_NONE] = GPIO_V2_LINE_FLAG_BIAS_DISABLED,
	};

	return bias[line->bias] |
	       (line->active_low ? GPIO_V2_LINE_FLAG_ACTIVE_LOW : 0);
}


static int request(int *fdp, int chip_fd, unsigned offset, uint64_t flags)
{
	struct gpio_v2_line_request rq;

	memset(&rq, 0, sizeof(rq));
	rq.offsets[0] = offset;
	rq.num_lines = 1;
	rq.config.flags = flags;
	memcpy(rq.consumer, consumer_own, sizeof(consumer_own));
	if (ioctl(chip_fd, GPIO_V2_GET_LINE_IOCTL, &rq))
		return errno;

	*fdp = rq.fd;
	return 0;
}


static int level_read(int fd, bool *level)
{
	struct gpio_v2_line_values values = {.mask = 1};

	if (ioctl(fd, GPIO_V2_LINE_GET_VALUES_IOCTL, &values))
		return errno;

	*level = values.bits & 1;
	return 0;
}


/* Edges where the chip has interrupts, else the level now and then */
static int input_request(struct input *in, int chip_fd, unsigned offset,
			 const struct gpio_line *line)
{
	const uint64_t flags = line_flags(line) | GPIO_V2_LINE_FLAG_INPUT;
	int err = ENOTSUP;

	in->polled = line->polled;
	if (!in->polled)
		err = request(&in->fd, chip_fd, offset,
			      flags | GPIO_V2_LINE_FLAG_EDGE_RISING |
				      GPIO_V2_LINE_FLAG_EDGE_FALLING);
	if (err && err != EBUSY && err != EPERM) {
		in->polled = true;
		err = request(&in->fd, chip_fd, offset, flags);
	}

	return err;
}


int gpio_input(struct gpio *g, const struct gpio_line *line,
	       enum button button, bool *polledp)
{
	struct epoll_event ev = {.events = EPOLLIN};
	struct input *in;
	unsigned offset;
	bool down = false;
	int chip_fd, err;

	if (g->inputc == GPIO_INPUT_MAX)
		return ENOSPC;

	err = gpio_chip_find(&chip_fd, &offset, g->dir, line);
	if (err)
		return err;

	in = &g->input[g->inputc];
	memset(in, 0, sizeof(*in));
	err = input_request(in, chip_fd, offset, line);
	(void)close(chip_fd);
	if (err)
		return err;

	ev.data.u32 = (uint32_t)g->inputc;
	if (fcntl(in->fd, F_SETFL, O_NONBLOCK) ||
	    fcntl(in->fd, F_SETFD, FD_CLOEXEC) ||
	    (!in->polled &&
	     epoll_ctl(g->epoll_fd, EPOLL_CTL_ADD, in->fd, &ev)))
		err = errno;
	if (!err)
		err = level_read(in->fd, &down);
	if (err) {
		(void)close(in->fd);
		return err;
	}

	in->stream.button = button;
	in->stream.held = down && button != BUTTON_HOOK;
	in->fresh = true;
	g->inputc++;
	*polledp = in->polled;
	return 0;
}


int gpio_output(struct gpio *g, const struct gpio_line *line, unsigned *idp)
{
	unsigned offset;
	int chip_fd, err;

	if (g->outputc == GPIO_OUTPUT_MAX)
		return ENOSPC;

	err = gpio_chip_find(&chip_fd, &offset, g->dir, line);
	if (err)
		return err;

	err = request(&g->output[g->outputc], chip_fd, offset,
		      line_flags(line) | GPIO_V2_LINE_FLAG_OUTPUT);
	(void)close(chip_fd);
	if (err)
		return err;

	*idp = (unsigned)g->outputc++;
	return 0;
}


int gpio_set(struct gpio *g, unsigned id, bool lit)
{
	struct gpio_v2_line_values values = {.mask = 1, .bits = lit};

	if (id >= g->outputc)
		return EINVAL;

	return ioctl(g->output[id], GPIO_V2_LINE_SET_VALUES_IOCTL, &values)
		       ? errno
		       : 0;
}


int gpio_fd(const struct gpio *g)
{
	return g->epoll_fd;
}


static void input_level(struct input *in, uint64_t now_ms,
			button_edge_h *edgeh, void *arg)
{
	bool down = false;
	const int err = level_read(in->fd, &down);

	/* What could not be read may be read the next time, unless the chip
	   is gone */
	if (!err || err == ENODEV)
		gpio_level(&in->stream, down, now_ms, edgeh, arg);
}


static void input_read(struct gpio *g, struct input *in, uint64_t now_ms,
		       button_edge_h *edgeh, void *arg)
{
	struct gpio_v2_line_event ev[READ_MAX];
	ssize_t n;

	while ((n = read(in->fd, ev, sizeof(ev))) > 0) {
		if (gpio_decode(&in->stream, ev, (size_t)n, edgeh, arg))
			input_level(in, now_ms, edgeh, arg);
	}

	/* Its chip is gone, as with an adapter on USB */
	if (!n || (errno != EAGAIN && errno != EINTR)) {
		gpio_level(&in->stream, false, now_ms, edgeh, arg);
		(void)epoll_ctl(g->epoll_fd, EPOLL_CTL_DEL, in->fd, NULL);
	}
}


void gpio_poll(struct gpio *g, uint64_t now_ms, button_edge_h *edgeh,
	       void *arg, uint64_t *next_ms)
{
	struct epoll_event ready[GPIO_INPUT_MAX];
	const int n = epoll_wait(g->epoll_fd, ready, GPIO_INPUT_MAX, 0);

	for (int i = 0; i < n; i++)
		input_read(g, &g->input[ready[i].data.u32], now_ms, edgeh,
			   arg);

	for (size_t i = 0; i < g->inputc; i++) {
		struct input *in = &g->input[i];

		if (in->polled || in->fresh)
			input_level(in, now_ms, edgeh, arg);
		in->fresh = false;
		if (in->polled && now_ms + GPIO_POLL_MS < *next_ms)
			*next_ms = now_ms + GPIO_POLL_MS;
	}
}
