/**
 * @file tests/sip/card/card.c  A sound card that is none, for ALSA
 *
 * An ALSA plugin that keeps the time of a card: what is played is appended to
 * FOLDER/NAME.heard, what is recorded is a sine. It is for one at a time, as
 * a bare card is: FOLDER/NAME.play and NAME.record are there while it is
 * open, and who else opens it gets EBUSY. While FOLDER/NAME.gone is there, it
 * is unplugged. FOLDER/log has a line for each opening and closing.
 *
 *   pcm.handset { type card name "handset" folder "/tmp/x" hz 600 }
 */
#define _GNU_SOURCE 1

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum {
	PATH_SIZE = 256,
	FILE_MODE = 0600,
	TICK_NS = 5 * 1000 * 1000,
	NS_PER_S = 1000 * 1000 * 1000,
	LEVEL = 8000,
	RATE_MIN = 8000,
	RATE_MAX = 48000,
	CHANNELS_MAX = 2,
	PERIOD_MIN = 128, /* bytes */
	PERIOD_MAX = 64 * 1024,
	PERIODS_MAX = 64,
};

struct card {
	snd_pcm_ioplug_t io;
	char name[PATH_SIZE / 4];
	char folder[PATH_SIZE / 2];
	long hz;
	int heard; /* descriptor of what is played */
	int64_t started_ns;
	uint64_t recorded; /* frames */
};


static int64_t now_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);

	return (int64_t)ts.tv_sec * NS_PER_S + ts.tv_nsec;
}


static const char *way(const struct card *c)
{
	return c->io.stream == SND_PCM_STREAM_PLAYBACK ? "play" : "record";
}


static void path(const struct card *c, const char *what, char *dst)
{
	(void)snprintf(dst, PATH_SIZE, "%s/%s.%s", c->folder, c->name, what);
}


static void note(const struct card *c, const char *what)
{
	char text[PATH_SIZE];
	int fd, n;

	(void)snprintf(text, sizeof(text), "%s/log", c->folder);
	fd = open(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, FILE_MODE);
	if (fd < 0)
		return;

	n = snprintf(text, sizeof(text), "%s %s %s\n", c->name, way(c), what);
	if (write(fd, text, (size_t)n) != n)
		abort();
	(void)close(fd);
}


static bool gone(const struct card *c)
{
	char file[PATH_SIZE];

	path(c, "gone", file);

	return !access(file, F_OK);
}


static int card_start(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;

	c->started_ns = now_ns();

	return gone(c) ? -ENODEV : 0;
}


static int card_stop(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;

	c->started_ns = 0;

	return 0;
}


static int card_prepare(snd_pcm_ioplug_t *io)
{
	return card_stop(io);
}


/* Frames since the start, from which ALSA wants the place in the buffer */
static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	int64_t frames = 0;

	if (gone(c))
		return -ENODEV;

	if (c->started_ns)
		frames = (now_ns() - c->started_ns) / 1000 * io->rate /
			 (NS_PER_S / 1000);

	if (io->stream == SND_PCM_STREAM_PLAYBACK
		    ? frames > (int64_t)io->appl_ptr
		    : frames - (int64_t)io->appl_ptr >
			      (int64_t)io->buffer_size)
		return -EPIPE;

	return (snd_pcm_sframes_t)(frames % (int64_t)io->buffer_size);
}


static snd_pcm_sframes_t card_transfer(snd_pcm_ioplug_t *io,
				       const snd_pcm_channel_area_t *areas,
				       snd_pcm_uframes_t offset,
				       snd_pcm_uframes_t size)
{
	const double pi = 3.14159265358979323846;
	struct card *c = io->private_data;
	const size_t width = io->channels * sizeof(int16_t);
	int16_t *p = (void *)((char *)areas->addr + offset * width);

	if (gone(c))
		return -ENODEV;

	if (io->stream == SND_PCM_STREAM_PLAYBACK)
		return write(c->heard, p, size * width) ==
				       (ssize_t)(size * width)
			       ? (snd_pcm_sframes_t)size
			       : -EIO;

	for (snd_pcm_uframes_t i = 0; i < size; i++, c->recorded++) {
		for (unsigned ch = 0; ch < io->channels; ch++)
			*p++ = (int16_t)(LEVEL *
					 sin(2 * pi * (double)c->hz *
					     (double)c->recorded / io->rate));
	}

	return (snd_pcm_sframes_t)size;
}


static int card_revents(snd_pcm_ioplug_t *io, struct pollfd *pfd,
			unsigned int nfds, unsigned short *revents)
{
	const bool plays = io->stream == SND_PCM_STREAM_PLAYBACK;
	uint64_t ticks;
	(void)nfds;

	*revents = 0;
	if (pfd->revents & POLLIN && read(io->poll_fd, &ticks, sizeof(ticks)))
		*revents = plays ? POLLOUT : POLLIN;

	return 0;
}


static int card_close(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	char file[PATH_SIZE];

	path(c, way(c), file);
	(void)unlink(file);
	note(c, "close");
	(void)close(io->poll_fd);
	if (c->heard >= 0)
		(void)close(c->heard);
	free(c);

	return 0;
}


static const snd_pcm_ioplug_callback_t callback = {
	.start = card_start,
	.stop = card_stop,
	.pointer = card_pointer,
	.transfer = card_transfer,
	.prepare = card_prepare,
	.poll_revents = card_revents,
	.close = card_close,
};


static int constrain(snd_pcm_ioplug_t *io)
{
	static const unsigned access[] = {SND_PCM_ACCESS_RW_INTERLEAVED};
	static const unsigned format[] = {SND_PCM_FORMAT_S16};
	int err;

	err = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1,
					    access);
	if (!err)
		err = snd_pcm_ioplug_set_param_list(
			io, SND_PCM_IOPLUG_HW_FORMAT, 1, format);
	if (!err)
		err = snd_pcm_ioplug_set_param_minmax(
			io, SND_PCM_IOPLUG_HW_CHANNELS, 1, CHANNELS_MAX);
	if (!err)
		err = snd_pcm_ioplug_set_param_minmax(
			io, SND_PCM_IOPLUG_HW_RATE, RATE_MIN, RATE_MAX);
	if (!err)
		err = snd_pcm_ioplug_set_param_minmax(
			io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, PERIOD_MIN,
			PERIOD_MAX);
	if (!err)
		err = snd_pcm_ioplug_set_param_minmax(
			io, SND_PCM_IOPLUG_HW_PERIODS, 2, PERIODS_MAX);

	return err;
}


static int configure(struct card *c, snd_config_t *conf)
{
	snd_config_iterator_t i, next;

	snd_config_for_each(i, next, conf)
	{
		snd_config_t *n = snd_config_iterator_entry(i);
		const char *id, *text;

		if (snd_config_get_id(n, &id) < 0)
			continue;

		if (!strcmp(id, "hz")) {
			if (snd_config_get_integer(n, &c->hz) < 0)
				return -EINVAL;
		}
		else if (!strcmp(id, "name") || !strcmp(id, "folder")) {
			const bool name = *id == 'n';

			if (snd_config_get_string(n, &text) < 0)
				return -EINVAL;
			(void)snprintf(name ? c->name : c->folder,
				       name ? sizeof(c->name)
					    : sizeof(c->folder),
				       "%s", text);
		}
	}

	return c->name[0] && c->folder[0] ? 0 : -EINVAL;
}


/* What ALSA looks for in the library */
SND_PCM_PLUGIN_DEFINE_FUNC(card);


/* As the kernel does it for a card that only one may have */
static int card_take(struct card *c)
{
	char file[PATH_SIZE];
	int fd;

	if (gone(c))
		return -ENODEV;

	path(c, way(c), file);
	fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	if (fd < 0) {
		note(c, "busy");
		return -EBUSY;
	}
	(void)close(fd);

	path(c, "heard", file);
	if (c->io.stream == SND_PCM_STREAM_PLAYBACK)
		c->heard =
			open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
			     FILE_MODE);
	note(c, "open");

	return 0;
}


SND_PCM_PLUGIN_DEFINE_FUNC(card)
{
	const struct itimerspec tick = {
		.it_value.tv_nsec = TICK_NS,
		.it_interval.tv_nsec = TICK_NS,
	};
	struct card *c = calloc(1, sizeof(*c));
	int err;
	(void)root;

	if (!c)
		return -ENOMEM;

	c->heard = -1;
	c->io.stream = stream;
	err = configure(c, conf);
	if (!err)
		err = card_take(c);
	if (err) {
		free(c);
		return err;
	}

	c->io.version = SND_PCM_IOPLUG_VERSION;
	c->io.name = "A card that is none";
	c->io.callback = &callback;
	c->io.private_data = c;
	c->io.poll_fd =
		timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	c->io.poll_events = POLLIN;
	(void)timerfd_settime(c->io.poll_fd, 0, &tick, NULL);

	err = snd_pcm_ioplug_create(&c->io, name, stream, mode);
	if (err < 0) {
		(void)card_close(&c->io);
		return err;
	}

	err = constrain(&c->io);
	if (err < 0) {
		(void)snd_pcm_ioplug_delete(&c->io);
		return err;
	}

	*pcmp = c->io.pcm;

	return 0;
}

SND_PCM_PLUGIN_SYMBOL(card)
