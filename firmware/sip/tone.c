/**
 * @file firmware/sip/tone.c  The tones, played
 */
#include "firmware/sip/tone.h"

#include "firmware/sip/audio_path.h"

#include <math.h>


enum {
	TONE_SRATE   = 8000,
	TONE_PTIME   = 20,
	TONE_PARTS   = 8,
	TONE_AMPLITUDE = 8000, /* about -12 dBov: loud, not clipped */
};

/** A part of a cadence: a frequency for a time, 0 Hz is silence */
struct tone_part {
	uint16_t hz;
	uint16_t ms; /**< 0 ends the list */
};

struct tone_cadence {
	struct tone_part part[TONE_PARTS];
	bool repeat;
};

static const struct tone_cadence cadences[TONE_COUNT] = {
	[TONE_RING] = {{{523, 100}, {659, 100}, {523, 100}, {659, 100},
			{523, 100}, {659, 100}, {0, 3000}},
		       true},
	[TONE_RING1] = {{{784, 400}, {659, 400}, {0, 3200}}, true},
	[TONE_RING2] = {{{440, 150}, {0, 100}, {440, 150}, {0, 100},
			 {440, 150}, {0, 2350}},
			true},
	[TONE_RING3] = {{{523, 200}, {659, 200}, {784, 200}, {1047, 400},
			 {0, 3000}},
			true},
	[TONE_RING4] = {{{330, 1000}, {0, 2000}}, true},
	[TONE_RINGBACK] = {{{425, 1000}, {0, 4000}}, true},
	[TONE_BUSY] = {{{425, 480}, {0, 480}}, true},
	[TONE_CONGESTION] = {{{425, 240}, {0, 240}}, true},
	[TONE_DECLINED] = {{{440, 300}, {330, 500}, {0, 200}, {440, 300},
			    {330, 500}},
			   false},
	[TONE_SIT] = {{{950, 330}, {1400, 330}, {1800, 330}, {0, 1000}},
		      true},
	[TONE_REMIND] = {{{659, 200}}, false},
};

struct tone_player {
	char device[SIP_DEVICE_MAX];
	struct auplay_st *play;
	const struct tone_cadence *cadence;
	size_t part;
	size_t left; /**< samples left of the part */
	double phase;
};


static size_t part_samples(const struct tone_part *part)
{
	return (size_t)part->ms * TONE_SRATE / 1000;
}


static void part_next(struct tone_player *tp)
{
	const struct tone_cadence *c = tp->cadence;

	++tp->part;
	if (tp->part == TONE_PARTS || !c->part[tp->part].ms)
		tp->part = c->repeat ? 0 : TONE_PARTS;

	tp->phase = 0;
	tp->left = tp->part < TONE_PARTS ? part_samples(&c->part[tp->part])
					 : 0;
}


/* May run in the device's own thread: it touches only what is fixed while
   the device is open, and its own position */
static void write_handler(struct auframe *af, void *arg)
{
	struct tone_player *tp = arg;
	int16_t *sampv = af->sampv;
	const double pi = 3.14159265358979323846;
	size_t i;

	for (i = 0; i < af->sampc; i++) {
		uint16_t hz = 0;

		if (tp->part < TONE_PARTS) {
			hz = tp->cadence->part[tp->part].hz;
			if (tp->left)
				--tp->left;
		}

		sampv[i] = hz ? (int16_t)(TONE_AMPLITUDE * sin(tp->phase))
			      : 0;
		tp->phase += 2 * pi * hz / TONE_SRATE;

		if (tp->part < TONE_PARTS && !tp->left)
			part_next(tp);
	}
}


static void destructor(void *arg)
{
	struct tone_player *tp = arg;

	mem_deref(tp->play);
}


int tone_player_alloc(struct tone_player **tpp)
{
	struct tone_player *tp;

	tp = mem_zalloc(sizeof(*tp), destructor);
	if (!tp)
		return ENOMEM;

	*tpp = tp;

	return 0;
}


static void device_open(struct tone_player *tp, const char *device)
{
	struct auplay_prm prm = {
		.srate = TONE_SRATE,
		.ch    = 1,
		.ptime = TONE_PTIME,
		.fmt   = AUFMT_S16LE,
	};
	int err;

	str_ncpy(tp->device, device, sizeof(tp->device));
	err = auplay_alloc(&tp->play, baresip_auplayl(),
			   audio_path_module(device), &prm, device,
			   write_handler, tp);
	if (err)
		warning("tone: %s does not play: %m\n", device, err);
}


void tone_player_stop(struct tone_player *tp)
{
	if (tp)
		tp->play = mem_deref(tp->play);
}


void tone_player_play(struct tone_player *tp, enum tone tone,
		      const char *device)
{
	if (!tp)
		return;

	tone_player_stop(tp);
	if (tone == TONE_NONE || tone >= TONE_COUNT)
		return;

	tp->cadence = &cadences[tone];
	tp->part    = 0;
	tp->phase   = 0;
	tp->left    = part_samples(&tp->cadence->part[0]);
	device_open(tp, device);
}


void tone_player_move(struct tone_player *tp, const char *device)
{
	if (!tp || !tp->play || !str_cmp(tp->device, device))
		return;

	tone_player_stop(tp);
	device_open(tp, device);
}
