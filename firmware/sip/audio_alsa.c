/**
 * @file firmware/sip/audio_alsa.c  A sound card, which may come and go
 *
 * A thread for each direction, which baresip's handlers are made for. Where
 * the device can't be opened or fails under way, as a USB handset that is
 * pulled out, the thread keeps the time itself: the call goes on with
 * silence, and the device is tried again. It is opened so that nothing waits
 * for somebody else who has it.
 */
#include "firmware/sip/stack.h"

#include <pthread.h>
#include <stdatomic.h>

#include <alsa/asoundlib.h>

#include "firmware/journal.h"

enum {
	BUFFER_PACKETS = 4, /**< of a packet time each                  */
	WAIT_MS = 20,       /**< for the device; as long as an end waits */
	TRIES_MAX = 100,    /**< for one packet: then it is stuck       */
	RETRY_MS = 1000,    /**< a device that is gone is tried so often */
	MS_PER_S = 1000,
	US_PER_MS = 1000,
	NS_PER_MS = 1000000,
};

struct card;
typedef void(card_turn_h)(struct card *card, void *arg);

/** One direction of a device */
struct card {
	snd_pcm_t *pcm; /**< NULL while it is not there */
	snd_pcm_stream_t stream;
	char device[SIP_DEVICE_MAX];
	uint32_t srate;
	uint32_t ptime;
	uint8_t ch;
	int16_t *sampv; /**< a packet */
	snd_pcm_uframes_t frames;
	bool silent;       /**< was told                       */
	uint64_t retry_ms; /**< when it may be opened          */
	uint64_t next_ms;  /**< when the next silence is due   */
	card_turn_h *turnh;
	void *arg;
	pthread_t thread;
	bool started;
	atomic_bool run;
};

struct auplay_st {
	struct card card;
	auplay_write_h *wh;
	void *arg;
};

struct ausrc_st {
	struct card card;
	ausrc_read_h *rh;
	void *arg;
	uint64_t sent; /**< packets */
};


static int card_start(struct card *card)
{
	return card->stream == SND_PCM_STREAM_CAPTURE
		       ? snd_pcm_start(card->pcm)
		       : 0;
}


static void card_close(struct card *card)
{
	if (!card->pcm)
		return;

	(void)snd_pcm_drop(card->pcm);
	(void)snd_pcm_close(card->pcm);
	card->pcm = NULL;
}


/** No device for now; err is ALSA's, a negative errno */
static void card_lost(struct card *card, int err)
{
	const bool plays = card->stream == SND_PCM_STREAM_PLAYBACK;

	card_close(card);
	card->next_ms = tmr_jiffies();
	card->retry_ms = card->next_ms + RETRY_MS;
	if (card->silent)
		return;

	card->silent = true;
	journal_say(JOURNAL_WARNING,
		    "audio device %s does not %s: %s; silence till it does",
		    card->device, plays ? "play" : "record",
		    snd_strerror(err));
}


static void card_open(struct card *card)
{
	int err;

	err = snd_pcm_open(&card->pcm, card->device, card->stream,
			   SND_PCM_NONBLOCK);
	if (err < 0) {
		card->pcm = NULL;
		card_lost(card, err);
		return;
	}

	err = snd_pcm_set_params(card->pcm, SND_PCM_FORMAT_S16,
				 SND_PCM_ACCESS_RW_INTERLEAVED, card->ch,
				 card->srate, 1,
				 BUFFER_PACKETS * card->ptime * US_PER_MS);
	if (err >= 0)
		err = card_start(card);
	if (err < 0) {
		card_lost(card, err);
		return;
	}

	if (card->silent)
		journal_say(JOURNAL_NOTICE, "audio device %s is back",
			    card->device);
	card->silent = false;
}


/** Move a packet; @return 0, or what ended the device */
static int card_move(struct card *card)
{
	const bool plays = card->stream == SND_PCM_STREAM_PLAYBACK;
	int16_t *p = card->sampv;
	snd_pcm_uframes_t left = card->frames;
	int tries;

	for (tries = 0; left && atomic_load(&card->run); tries++) {
		snd_pcm_sframes_t n;
		int err = 0;

		if (tries == TRIES_MAX)
			return -EIO;

		n = plays ? snd_pcm_writei(card->pcm, p, left)
			  : snd_pcm_readi(card->pcm, p, left);
		if (n > 0) {
			p += (size_t)n * card->ch;
			left -= (snd_pcm_uframes_t)n;
			continue;
		}

		if (n == 0 || n == -EAGAIN)
			err = snd_pcm_wait(card->pcm, WAIT_MS);
		else
			err = (int)n;
		if (err >= 0)
			continue;

		/* An underrun is mended; what can't be, is given back */
		err = snd_pcm_recover(card->pcm, err, 1);
		if (!err)
			err = card_start(card);
		if (err < 0)
			return err;
	}

	return 0;
}


/** Without a device, the time is ours to keep */
static void card_pace(struct card *card)
{
	const struct timespec at = {
		.tv_sec = (time_t)(card->next_ms / MS_PER_S),
		.tv_nsec = (long)(card->next_ms % MS_PER_S) * NS_PER_MS,
	};

	card->next_ms += card->ptime;
	(void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
}


static void card_turn(struct card *card)
{
	int err;

	if (card->pcm) {
		err = card_move(card);
		if (!err)
			return;
		card_lost(card, err);
	}

	memset(card->sampv, 0, card->frames * card->ch * sizeof(int16_t));
	card_pace(card);
}


static void *card_thread(void *arg)
{
	struct card *card = arg;

	while (atomic_load(&card->run)) {
		if (!card->pcm && tmr_jiffies() >= card->retry_ms)
			card_open(card);

		card->turnh(card, card->arg);
	}

	return NULL;
}


static int card_run(struct card *card, snd_pcm_stream_t stream,
		    const char *device, card_turn_h *turnh, void *arg)
{
	int err;

	card->stream = stream;
	card->frames = (snd_pcm_uframes_t)card->srate * card->ptime / MS_PER_S;
	card->turnh = turnh;
	card->arg = arg;
	str_ncpy(card->device, device, sizeof(card->device));
	card->sampv =
		mem_zalloc(card->frames * card->ch * sizeof(int16_t), NULL);
	if (!card->sampv)
		return ENOMEM;

	atomic_init(&card->run, true);
	err = pthread_create(&card->thread, NULL, card_thread, card);
	card->started = !err;

	return err;
}


static void card_end(struct card *card)
{
	if (card->started) {
		atomic_store(&card->run, false);
		(void)pthread_join(card->thread, NULL);
	}

	card_close(card);
	mem_deref(card->sampv);
}


static void play_turn(struct card *card, void *arg)
{
	struct auplay_st *st = arg;
	struct auframe af;

	auframe_init(&af, AUFMT_S16LE, card->sampv, card->frames * card->ch);
	st->wh(&af, st->arg);
	card_turn(card);
}


static void src_turn(struct card *card, void *arg)
{
	struct ausrc_st *st = arg;
	struct auframe af;

	card_turn(card);
	if (!atomic_load(&card->run))
		return;

	auframe_init(&af, AUFMT_S16LE, card->sampv, card->frames * card->ch);
	af.timestamp = st->sent++ * card->ptime * (AUDIO_TIMEBASE / MS_PER_S);
	st->rh(&af, st->arg);
}


static void play_destructor(void *arg)
{
	struct auplay_st *st = arg;

	card_end(&st->card);
}


static void src_destructor(void *arg)
{
	struct ausrc_st *st = arg;

	card_end(&st->card);
}


static int play_alloc(struct auplay_st **stp, const struct auplay *ap,
		      struct auplay_prm *prm, const char *device,
		      auplay_write_h *wh, void *arg)
{
	struct auplay_st *st;
	int err;
	(void)ap;

	if (!stp || !prm || !wh)
		return EINVAL;
	if (prm->fmt != AUFMT_S16LE)
		return ENOTSUP;

	st = mem_zalloc(sizeof(*st), play_destructor);
	if (!st)
		return ENOMEM;

	st->wh = wh;
	st->arg = arg;
	st->card.srate = prm->srate;
	st->card.ch = prm->ch;
	st->card.ptime = prm->ptime;
	err = card_run(&st->card, SND_PCM_STREAM_PLAYBACK, device, play_turn,
		       st);
	if (err)
		mem_deref(st);
	else
		*stp = st;

	return err;
}


static int src_alloc(struct ausrc_st **stp, const struct ausrc *as,
		     struct media_ctx **ctx, struct ausrc_prm *prm,
		     const char *device, ausrc_read_h *rh, ausrc_error_h *errh,
		     void *arg)
{
	struct ausrc_st *st;
	int err;
	(void)as;
	(void)ctx;
	(void)errh;

	if (!stp || !prm || !rh)
		return EINVAL;
	if (prm->fmt != AUFMT_S16LE)
		return ENOTSUP;

	st = mem_zalloc(sizeof(*st), src_destructor);
	if (!st)
		return ENOMEM;

	st->rh = rh;
	st->arg = arg;
	st->card.srate = prm->srate;
	st->card.ch = prm->ch;
	st->card.ptime = prm->ptime;
	err = card_run(&st->card, SND_PCM_STREAM_CAPTURE, device, src_turn,
		       st);
	if (err)
		mem_deref(st);
	else
		*stp = st;

	return err;
}


/* What ALSA tells of one fault in many lines, card_lost says in one */
static void quiet(const char *file, int line, const char *function, int err,
		  const char *fmt, ...)
{
	(void)file;
	(void)line;
	(void)function;
	(void)err;
	(void)fmt;
}


int audio_alsa_register(struct sip_stack *stack)
{
	int err;

	(void)snd_lib_error_set_handler(quiet);
	err = ausrc_register(&stack->alsa_src, baresip_ausrcl(), "alsa",
			     src_alloc);
	if (err)
		return err;

	return auplay_register(&stack->alsa_play, baresip_auplayl(), "alsa",
			       play_alloc);
}


void audio_alsa_close(struct sip_stack *stack)
{
	stack->alsa_src = mem_deref(stack->alsa_src);
	stack->alsa_play = mem_deref(stack->alsa_play);
	(void)snd_config_update_free_global();
}
