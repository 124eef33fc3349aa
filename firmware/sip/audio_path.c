/**
 * @file firmware/sip/audio_path.c  Which device a call and its tones use
 */
#include "firmware/sip/audio_path.h"

#include "firmware/sip/tone.h"

static const char device_null[] = "null";

/* .under is the device's own state, of a type with this name as well */
struct auplay_st {
	struct le le;
	struct auplay_st *under;
	struct auplay_prm prm;
	auplay_write_h *wh;
	void *arg;
};

struct ausrc_st {
	struct le le;
	struct ausrc_st *under;
	struct ausrc_prm prm;
	ausrc_read_h *rh;
	ausrc_error_h *errh;
	void *arg;
};


/** Whether the machine has a sound card at all */
static bool card_present(void)
{
	char line[80] = "";
	FILE *f = fopen("/proc/asound/cards", "re");
	bool present;

	if (!f)
		return false;

	present = fgets(line, sizeof(line), f) && !strstr(line, "no sound");
	(void)fclose(f);

	return present;
}


static void choose(char device[SIP_DEVICE_MAX], const char *instead)
{
	if (!str_isset(device))
		str_ncpy(device, instead, SIP_DEVICE_MAX);

	if (!str_cmp(device, "auto"))
		str_ncpy(device, card_present() ? "default" : device_null,
			 SIP_DEVICE_MAX);
}


void audio_path_choose(struct sip_stack *stack)
{
	char *device = stack->cfg.audio.device;
	size_t i;

	choose(device, "auto");
	choose(stack->cfg.audio.ring, device);
	for (i = 0; i < AUDIO_PATH_COUNT; i++)
		choose(stack->cfg.audio.path[i], device);
}


const char *audio_path_module(const char *device)
{
	return str_cmp(device, device_null) ? "alsa" : "null";
}


static const char *path_device(const struct sip_stack *stack)
{
	return stack->cfg.audio.path[stack->path];
}


const char *audio_path_tone_device(const struct sip_stack *stack,
				   enum tone tone)
{
	return tone_rings(tone) ? stack->cfg.audio.ring : path_device(stack);
}


static int play_open(struct auplay_st *st)
{
	const char *device = path_device(stack_current);

	return auplay_alloc(&st->under, baresip_auplayl(),
			    audio_path_module(device), &st->prm, device,
			    st->wh, st->arg);
}


static int src_open(struct ausrc_st *st)
{
	const char *device = path_device(stack_current);

	return ausrc_alloc(&st->under, baresip_ausrcl(), NULL,
			   audio_path_module(device), &st->prm, device, st->rh,
			   st->errh, st->arg);
}


static void play_destructor(void *arg)
{
	struct auplay_st *st = arg;

	list_unlink(&st->le);
	mem_deref(st->under);
}


static void src_destructor(void *arg)
{
	struct ausrc_st *st = arg;

	list_unlink(&st->le);
	mem_deref(st->under);
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

	st = mem_zalloc(sizeof(*st), play_destructor);
	if (!st)
		return ENOMEM;

	st->prm = *prm;
	st->wh = wh;
	st->arg = arg;
	list_append(&stack_current->players, &st->le, st);
	err = play_open(st);
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
	(void)device;

	if (!stp || !prm || !rh)
		return EINVAL;

	st = mem_zalloc(sizeof(*st), src_destructor);
	if (!st)
		return ENOMEM;

	st->prm = *prm;
	st->rh = rh;
	st->errh = errh;
	st->arg = arg;
	list_append(&stack_current->sources, &st->le, st);
	err = src_open(st);
	if (err)
		mem_deref(st);
	else
		*stp = st;

	return err;
}


/* First all are closed: two names may be one card */
static void calls_move(struct sip_stack *stack)
{
	struct le *le;
	int err = 0;

	LIST_FOREACH(&stack->players, le)
	{
		struct auplay_st *st = le->data;

		st->under = mem_deref(st->under);
	}
	LIST_FOREACH(&stack->sources, le)
	{
		struct ausrc_st *st = le->data;

		st->under = mem_deref(st->under);
	}

	LIST_FOREACH(&stack->players, le)
	err |= play_open(le->data);
	LIST_FOREACH(&stack->sources, le)
	err |= src_open(le->data);
	if (err)
		warning("audio: %s: %m\n", path_device(stack), err);
}


void audio_path_set(struct sip_stack *stack, enum audio_path path)
{
	const char *before = path_device(stack);

	if ((unsigned)path >= AUDIO_PATH_COUNT)
		return;

	stack->path = path;
	if (!str_cmp(before, path_device(stack)))
		return;

	calls_move(stack);
	if (!tone_rings(stack->tone))
		tone_player_move(stack->tones, path_device(stack));
}


int audio_path_register(struct sip_stack *stack)
{
	int err;

	err = audio_null_register(stack);
	if (!err)
		err = audio_alsa_register(stack);
	if (!err)
		err = ausrc_register(&stack->path_src, baresip_ausrcl(),
				     "path", src_alloc);
	if (!err)
		err = auplay_register(&stack->path_play, baresip_auplayl(),
				      "path", play_alloc);

	return err;
}


void audio_path_unregister(struct sip_stack *stack)
{
	stack->path_src = mem_deref(stack->path_src);
	stack->path_play = mem_deref(stack->path_play);
	stack->null_src = mem_deref(stack->null_src);
	stack->null_play = mem_deref(stack->null_play);
	audio_alsa_close(stack);
}
