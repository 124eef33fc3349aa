/**
 * @file app/ui/view.c  Eyes and ears: what the phone's state looks like
 */
#include "app/ui/view.h"

#include "app/ui/view_part.h"

#include <string.h>


enum {
	RESULT_TONE_MS = 10000, /* then it has been heard */
};

/* docs/interface.md, "Lamps" */
static const struct led_pattern lamp_incoming = {LED_COLOUR_WHITE, 250, 250};
static const struct led_pattern lamp_remind   = {LED_COLOUR_WHITE, 100, 900};
static const struct led_pattern lamp_unregistered = {
	LED_COLOUR_RED, 50, 2950,
};
static const struct led_pattern lamp_missed  = {LED_COLOUR_RED, 100, 1900};
static const struct led_pattern lamp_on      = {LED_COLOUR_RED, 1000, 0};
static const struct led_pattern lamp_talking = {LED_COLOUR_GREEN, 1000, 0};
static const struct led_pattern lamp_held    = {LED_COLOUR_GREEN, 1000, 1000};
static const struct led_pattern lamp_calling = {LED_COLOUR_GREEN, 500, 500};


static void result_signal(struct build *b)
{
	const struct phone_result *r = &b->p->result;
	const struct status_row *row = status_find(&r->end);
	const uint64_t until_ms      = r->since_ms + RESULT_TONE_MS;

	if (!row)
		return;

	b->v->led[LED_LINE1] = row->lamp;

	if (row->tone != TONE_NONE && b->now->mono_ms < until_ms) {
		b->v->tone = row->tone;
		wake_at(b, until_ms);
	}
}


/** A rule may have its callers ring in another way */
static enum tone ring_tone(uint8_t ringtone)
{
	static const enum tone tone[POLICY_RINGTONE_MAX + 1] = {
		TONE_RING,  TONE_RING1, TONE_RING2,
		TONE_RING3, TONE_RING4,
	};

	return tone[ringtone <= POLICY_RINGTONE_MAX ? ringtone : 0];
}


/** The lamps and the tone of what the person is looking at */
static void face_signal(struct build *b, const struct call *c)
{
	struct led_pattern *led = b->v->led;

	switch (b->v->face) {

	case PHONE_FACE_INCOMING:
		led[LED_RING] = lamp_incoming;
		if (c && c->lamp)
			led[LED_RING].colour = (enum led_colour)c->lamp;
		b->v->tone = c && c->silent ? TONE_NONE
					    : ring_tone(c ? c->ringtone : 0);
		break;

	case PHONE_FACE_CALLING:
	case PHONE_FACE_RINGBACK:
		led[LED_LINE1] = lamp_calling;
		if (b->v->face == PHONE_FACE_RINGBACK && c && !c->early_media)
			b->v->tone = TONE_RINGBACK;
		break;

	case PHONE_FACE_TALKING:
		led[LED_LINE1] = c && c->remote_hold ? lamp_held
						     : lamp_talking;
		break;

	case PHONE_FACE_HELD:
		led[LED_LINE1] = lamp_held;
		break;

	case PHONE_FACE_RESULT:
		result_signal(b);
		break;

	case PHONE_FACE_NOTICE:
		if (b->p->notice.kind == PHONE_NOTICE_REMIND) {
			led[LED_RING] = lamp_remind;
			b->v->tone    = TONE_REMIND;
		}
		break;

	case PHONE_FACE_IDLE:
	case PHONE_FACE_DIALLING:
	case PHONE_FACE_MENU:
	case PHONE_FACE_COUNT:
		break;
	}
}


/** The lamps that tell of something whatever is looked at */
static void lasting_signal(struct build *b, const struct call *c)
{
	struct led_pattern *led = b->v->led;

	if (led[LED_RING].colour == LED_COLOUR_OFF && !all_registered(b->p))
		led[LED_RING] = lamp_unregistered;
	if (b->p->history.unseen)
		led[LED_MESSAGE] = lamp_missed;
	if (b->p->dnd)
		led[LED_DND] = lamp_on;
	if (c && c->muted)
		led[LED_MUTE] = lamp_on;
}


static void face_rows(struct build *b, const struct call *c)
{
	switch (b->v->face) {

	case PHONE_FACE_CALLING:
	case PHONE_FACE_RINGBACK:
	case PHONE_FACE_INCOMING:
	case PHONE_FACE_TALKING:
	case PHONE_FACE_HELD:
		if (c)
			build_call(b, c);
		break;

	case PHONE_FACE_DIALLING:
		build_dialling(b);
		break;

	case PHONE_FACE_RESULT:
		build_result(b);
		break;

	case PHONE_FACE_NOTICE:
		build_notice(b);
		break;

	case PHONE_FACE_MENU:
		build_menu(b);
		break;

	case PHONE_FACE_IDLE:
	case PHONE_FACE_COUNT:
		build_idle(b);
		break;
	}
}


uint64_t view_build(struct view *v, const struct phone *p,
		    const struct now *now, const char *address)
{
	const struct call *c = phone_current(p);
	struct build b = {
		.v       = v,
		.p       = p,
		.now     = now,
		.address = address,
		.zone    = &p->settings->policy->zone,
		.next_ms = NOW_NEVER_MS,
	};

	memset(v, 0, sizeof(*v));
	v->face = phone_face(p);
	v->path = p->path;
	phone_softkeys(p, v->key);

	face_rows(&b, c);
	face_signal(&b, c);
	lasting_signal(&b, c);

	return b.next_ms;
}


void view_row_text(char *dst, size_t size, const struct view_row *row)
{
	struct line l;

	line_init(&l, dst, size);
	line_str(&l, row->left);
	line_str(&l, row->left[0] && row->right[0] ? " " : "");
	line_str(&l, row->right);
}
