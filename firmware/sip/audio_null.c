/**
 * @file firmware/sip/audio_null.c  Audio where there is no card
 *
 * A source of silence and a player that listens to nobody, both paced by the
 * event loop, so that a call without a card still runs RTP both ways.
 */
#include "firmware/sip/stack.h"


struct pace {
	struct tmr tmr;
	uint64_t next_ms;
	uint32_t ptime;
	struct auframe frame;
	int16_t *sampv;
	size_t sampc;
	uint64_t sent; /**< frames */
};

struct ausrc_st {
	struct pace pace;
	ausrc_read_h *rh;
	void *arg;
};

struct auplay_st {
	struct pace pace;
	auplay_write_h *wh;
	void *arg;
};


static int pace_init(struct pace *p, uint32_t srate, uint8_t ch,
		     uint32_t ptime)
{
	p->ptime = ptime;
	p->sampc = (size_t)srate * ch * ptime / 1000;
	p->sampv = mem_zalloc(p->sampc * sizeof(*p->sampv), NULL);
	if (!p->sampv)
		return ENOMEM;

	auframe_init(&p->frame, AUFMT_S16LE, p->sampv, p->sampc);
	p->next_ms = tmr_jiffies();

	return 0;
}


static void pace_close(struct pace *p)
{
	tmr_cancel(&p->tmr);
	mem_deref(p->sampv);
}


/** The next frame is due a frame after the last was, not after it was done */
static void pace_next(struct pace *p, tmr_h *h, void *arg)
{
	const uint64_t now_ms = tmr_jiffies();

	p->next_ms += p->ptime;
	tmr_start(&p->tmr, p->next_ms > now_ms ? p->next_ms - now_ms : 0, h,
		  arg);
}


static void src_handler(void *arg)
{
	struct ausrc_st *st = arg;

	pace_next(&st->pace, src_handler, st);
	memset(st->pace.sampv, 0, st->pace.sampc * sizeof(int16_t));
	st->pace.frame.timestamp = st->pace.sent++ * st->pace.ptime *
				   (AUDIO_TIMEBASE / 1000);
	st->rh(&st->pace.frame, st->arg);
}


static void play_handler(void *arg)
{
	struct auplay_st *st = arg;

	pace_next(&st->pace, play_handler, st);
	st->wh(&st->pace.frame, st->arg);
}


static void src_destructor(void *arg)
{
	struct ausrc_st *st = arg;

	pace_close(&st->pace);
}


static void play_destructor(void *arg)
{
	struct auplay_st *st = arg;

	pace_close(&st->pace);
}


static int src_alloc(struct ausrc_st **stp, const struct ausrc *as,
		     struct media_ctx **ctx, struct ausrc_prm *prm,
		     const char *device, ausrc_read_h *rh,
		     ausrc_error_h *errh, void *arg)
{
	struct ausrc_st *st;
	int err;
	(void)as;
	(void)ctx;
	(void)device;
	(void)errh;

	if (!stp || !prm || !rh)
		return EINVAL;
	if (prm->fmt != AUFMT_S16LE)
		return ENOTSUP;

	st = mem_zalloc(sizeof(*st), src_destructor);
	if (!st)
		return ENOMEM;

	st->rh  = rh;
	st->arg = arg;
	err = pace_init(&st->pace, prm->srate, prm->ch, prm->ptime);
	if (err) {
		mem_deref(st);
		return err;
	}

	pace_next(&st->pace, src_handler, st);
	*stp = st;

	return 0;
}


static int play_alloc(struct auplay_st **stp, const struct auplay *ap,
		      struct auplay_prm *prm, const char *device,
		      auplay_write_h *wh, void *arg)
{
	struct auplay_st *st;
	int err;
	(void)ap;
	(void)device;

	if (!stp || !prm || !wh)
		return EINVAL;
	if (prm->fmt != AUFMT_S16LE)
		return ENOTSUP;

	st = mem_zalloc(sizeof(*st), play_destructor);
	if (!st)
		return ENOMEM;

	st->wh  = wh;
	st->arg = arg;
	err = pace_init(&st->pace, prm->srate, prm->ch, prm->ptime);
	if (err) {
		mem_deref(st);
		return err;
	}

	pace_next(&st->pace, play_handler, st);
	*stp = st;

	return 0;
}


int audio_null_register(struct sip_stack *stack)
{
	int err;

	err = ausrc_register(&stack->null_src, baresip_ausrcl(), "null",
			     src_alloc);
	if (err)
		return err;

	return auplay_register(&stack->null_play, baresip_auplayl(), "null",
			       play_alloc);
}
