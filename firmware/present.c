/**
 * @file firmware/present.c  Shows a view: lamps, screen and tone
 */
#include "firmware/present.h"

#include "app/ui/raster.h"
#include "firmware/journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct present {
	const struct hal *hal;
	const struct font *font;

	struct led_pattern led[LED_COUNT];
	bool led_known[LED_COUNT];
	bool led_said;

	struct view screen; /**< what the screen shows            */
	struct fb shown;    /**< its pixels, as they were flushed */
	struct fb next;     /**< what is drawn                    */
	bool screen_known;
	bool screen_said;
	bool has_screen;
	uint64_t frame_ms; /**< when the screen may be flushed again */

	enum tone tone;
	enum audio_path path;
};


static int fb_alloc(struct fb *fb, uint16_t w, uint16_t h)
{
	fb->w = w;
	fb->h = h;
	fb->stride = ((size_t)w + 7) / 8;
	fb->bits = calloc(fb->h, fb->stride);

	return fb->bits ? 0 : ENOMEM;
}


static int screen_open(struct present *pr)
{
	const struct hal_display *display = pr->hal->display;
	int err;

	if (!display)
		return 0;

	if (display->w < RASTER_WIDTH || display->h < RASTER_HEIGHT ||
	    display->w > FB_WIDTH_MAX || display->h > FB_HEIGHT_MAX) {
		journal_say(JOURNAL_WARNING,
			    "the display of %ux%u pixels is not used:"
			    " it needs %dx%d to %dx%d",
			    display->w, display->h, RASTER_WIDTH,
			    RASTER_HEIGHT, FB_WIDTH_MAX, FB_HEIGHT_MAX);
		return 0;
	}

	err = fb_alloc(&pr->shown, display->w, display->h);
	if (!err)
		err = fb_alloc(&pr->next, display->w, display->h);

	pr->has_screen = !err;

	return err;
}


int present_open(struct present **prp, const struct hal *hal,
		 const struct font *font)
{
	struct present *pr;
	int err;

	pr = calloc(1, sizeof(*pr));
	if (!pr)
		return ENOMEM;

	pr->hal = hal;
	pr->font = font;

	err = screen_open(pr);
	if (err)
		goto out;

	*prp = pr;

out:
	if (err) {
		free(pr->shown.bits);
		free(pr);
	}

	return err;
}


/* A board without a lamp or a display is no fault: it is said once */
static bool missing(int err)
{
	return err == ENOENT || err == ENOSYS;
}


static void say_once(bool *said, const char *what, int err)
{
	if (*said)
		return;

	*said = true;
	journal_say(missing(err) ? JOURNAL_NOTICE : JOURNAL_WARNING, "%s: %s",
		    what, strerror(err));
}


static void lamps(struct present *pr, const struct led_pattern *led)
{
	for (int i = 0; i < LED_COUNT; i++) {
		int err;

		if (pr->led_known[i] &&
		    led_pattern_equal(&pr->led[i], &led[i]))
			continue;

		err = hal_led_set(pr->hal, (enum led)i, &led[i]);

		/* That a board has fewer lamps than there are names is its
		   own to say */
		if (err && err != ENOENT)
			say_once(&pr->led_said, "a lamp can't be lit", err);

		/* What failed is tried again with the next view */
		pr->led[i] = led[i];
		pr->led_known[i] = !err || missing(err);
	}
}


/* What the raster looks at. Strings up to their end: what stands behind it
   is nobody's. */
static bool same_screen(const struct view *a, const struct view *b)
{
	for (size_t i = 0; i < VIEW_ROW_COUNT; i++) {
		if (strcmp(a->row[i].left, b->row[i].left) ||
		    strcmp(a->row[i].right, b->row[i].right) ||
		    a->row[i].cut_front != b->row[i].cut_front)
			return false;
	}

	return !memcmp(a->key, b->key, sizeof(a->key));
}


static void flush(struct present *pr)
{
	const struct fb_rect whole = {.w = pr->next.w, .h = pr->next.h};
	const struct fb_rect dirty =
		pr->screen_known ? fb_diff(&pr->shown, &pr->next) : whole;
	int err;

	if (!dirty.w || !dirty.h)
		return;

	err = hal_display_flush(pr->hal, &pr->next, &dirty);
	if (err)
		say_once(&pr->screen_said, "the screen can't be shown", err);

	/* After a failure nobody knows what it shows: all of it, next time */
	pr->screen_known = !err || missing(err);
	memcpy(pr->shown.bits, pr->next.bits, pr->next.stride * pr->next.h);
}


static uint64_t screen(struct present *pr, const struct view *v,
		       uint64_t now_ms, bool force)
{
	if (!pr->has_screen ||
	    (pr->screen_known && same_screen(&pr->screen, v)))
		return NOW_NEVER_MS;

	if (!force && now_ms < pr->frame_ms)
		return pr->frame_ms;

	raster_draw(&pr->next, v, pr->font);
	flush(pr);
	pr->screen = *v;
	pr->frame_ms = now_ms + PRESENT_FRAME_MS;

	return NOW_NEVER_MS;
}


uint64_t present_view(struct present *pr, const struct view *v,
		      struct sip_stack *sip, uint64_t now_ms, bool force)
{
	lamps(pr, v->led);

	if (v->tone != pr->tone || v->path != pr->path) {
		pr->tone = v->tone;
		pr->path = v->path;
		sip_stack_sound(sip, v->tone, v->path);
	}

	return screen(pr, v, now_ms, force);
}


void present_close(struct present *pr)
{
	const struct led_pattern off[LED_COUNT] = {{LED_COLOUR_OFF, 0, 0}};

	if (!pr)
		return;

	/* A phone that has ended looks like one */
	lamps(pr, off);
	if (pr->has_screen) {
		fb_clear(&pr->next);
		flush(pr);
	}

	free(pr->shown.bits);
	free(pr->next.bits);
	free(pr);
}
