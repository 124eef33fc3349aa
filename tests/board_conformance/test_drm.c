/**
 * @file tests/board_conformance/test_drm.c  Panels conform, and come back
 *
 * What a person sees on each kind of panel, and what happens when it is
 * unplugged, taken or refused.
 */
#include "tests/board_conformance/conformance.h"
#include "tests/board_conformance/fake_card.h"

#include <errno.h>

#include "boards/linux/drm.h"


enum {
	INK = 0x102030,
	PAPER = 0xf0e0d0,
};

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

static const struct drm_colours colours = {INK, PAPER};

struct screen {
	struct fb fb;
	uint8_t bits[(FB_WIDTH_MAX + 7) / 8 * FB_HEIGHT_MAX];
};


static void screen_init(struct screen *s, uint16_t w, uint16_t h)
{
	memset(s, 0, sizeof(*s));
	s->fb = (struct fb){.w = w,
			    .h = h,
			    .stride = ((size_t)w + 7) / 8,
			    .bits = s->bits};
}


/* The boards: a panel and nothing else */

static const struct fake_card panels[] = {
	{.connector = {{FAKE_CONNECTED, {{480, 272, true}}, 1, FAKE_CRTC}},
	 .connectorc = 1,
	 .crtcc = 1},
	/* A virtual or USB panel; the preferred mode is not the first */
	{.connector = {{FAKE_CONNECTED,
			{{640, 480, false}, {800, 480, true}},
			1,
			0}},
	 .connectorc = 1,
	 .crtcc = 1,
	 .copies = true,
	 .pad = 64},
	/* A monitor at the second plug, which only the second CRTC can feed;
	   no mode is preferred */
	{.connector = {{FAKE_DISCONNECTED, {{0, 0, false}}, 1, 0},
		       {FAKE_CONNECTED, {{1366, 768, false}}, 2, 0}},
	 .connectorc = 2,
	 .crtcc = 2,
	 .copies = true},
	/* One that can't tell, and one that can: that is taken */
	{.connector = {{FAKE_UNKNOWN, {{640, 480, true}}, 1, 0},
		       {FAKE_CONNECTED, {{480, 272, true}}, 1, 0}},
	 .connectorc = 2,
	 .crtcc = 1},
	/* A panel that can't say that it is there */
	{.connector = {{FAKE_UNKNOWN, {{320, 240, false}}, 1, 0}},
	 .connectorc = 1,
	 .crtcc = 1,
	 .pad = 4,
	 .interrupts = 5},
};

static const struct fake_card *making;
static struct hal_display display;


static int flush_op(void *ctx, const struct fb *fb,
		    const struct fb_rect *dirty)
{
	return drm_flush(ctx, fb, dirty);
}


static struct drm *open_panel(const struct fake_card *made)
{
	struct drm *d = NULL;

	assert_int_equal(drm_open(&d, fake_card_open(made), &colours), 0);
	return d;
}


static void close_panel(struct drm *d)
{
	drm_close(d);
	assert_string_equal(fake_card.fault, "");
	assert_int_equal(fake_card.fbs, 0);
	assert_int_equal(fake_card.dumbs, 0);
	fake_card_close();
}


static int kit_open(struct hal **halp)
{
	static struct hal hal = {.name = "drm", .display = &display};

	hal.ctx = open_panel(making);
	display = (struct hal_display){
		.w = drm_width(hal.ctx),
		.h = drm_height(hal.ctx),
		.flush = flush_op,
	};
	*halp = &hal;
	return 0;
}


static void kit_close(struct hal *hal)
{
	close_panel(hal->ctx);
}


/* All pixels of the panel that a pixel of ours has become must agree */
static bool seen_at(const struct drm_layout *l, int x, int y)
{
	const unsigned left = l->x + (unsigned)x * l->scale;
	const unsigned top = l->y + (unsigned)y * l->scale;
	const uint32_t first = fake_card_pixel(left, top);

	for (unsigned i = 0; i < (unsigned)l->scale * l->scale; i++) {
		if (fake_card_pixel(left + i % l->scale, top + i / l->scale) !=
		    first)
			fail_msg("a part of pixel %d,%d", x, y);
	}
	if (first != INK && first != PAPER)
		fail_msg("pixel %d,%d is 0x%06x", x, y, first);

	return first == INK;
}


static bool kit_pixel(struct hal *hal, int x, int y)
{
	const struct fake_connector *c =
		&making->connector[making->connectorc - 1];
	const unsigned mode = c->mode[1].preferred ? 1 : 0;
	const struct drm_layout l =
		drm_layout_choose(c->mode[mode].w, c->mode[mode].h);

	assert_int_equal(hal->display->w, l.w);
	assert_int_equal(hal->display->h, l.h);
	return seen_at(&l, x, y);
}


static void assert_seen(const struct fb *fb, uint16_t panel_w,
			uint16_t panel_h)
{
	struct drm_layout l;

	assert_int_equal(drm_layout_fit(&l, panel_w, panel_h, fb->w, fb->h),
			 0);
	for (int y = 0; y < fb->h; y++) {
		for (int x = 0; x < fb->w; x++) {
			if (seen_at(&l, x, y) != fb_get(fb, x, y))
				fail_msg("pixel %d,%d", x, y);
		}
	}
	for (unsigned x = 0; x < l.x; x++)
		assert_int_equal(fake_card_pixel(x, 0), PAPER);
	for (unsigned y = 0; y < l.y; y++)
		assert_int_equal(fake_card_pixel(panel_w - 1U, y), PAPER);
	assert_int_not_equal(fake_card_pixel(panel_w - 1U, panel_h - 1U),
			     FAKE_NOWHERE);
	assert_int_equal(fake_card_pixel(panel_w, 0), FAKE_NOWHERE);
}


static void what_can_t_show_anything_says_why(void **state)
{
	static const struct fake_connector good = {
		FAKE_CONNECTED, {{480, 272, true}}, 1, 0};
	static const struct fake_connector empty = {
		FAKE_DISCONNECTED, {{480, 272, true}}, 1, 0};
	static const struct fake_connector no_mode = {
		FAKE_CONNECTED, {{0, 0, false}}, 1, 0};
	static const struct fake_connector unfed = {
		FAKE_CONNECTED, {{480, 272, true}}, 0, 0};
	const struct {
		const char *name;
		struct fake_card card;
		int err;
	} rows[] = {
		{"all is well",
		 {.connector = {good}, .connectorc = 1, .crtcc = 1},
		 0},
		{"it only computes", {.connectorc = 0, .crtcc = 0}, ENOTSUP},
		{"no plug", {.connectorc = 0, .crtcc = 1}, ENOTSUP},
		{"nothing plugged in",
		 {.connector = {empty, empty}, .connectorc = 2, .crtcc = 1},
		 ENODEV},
		{"no mode",
		 {.connector = {no_mode}, .connectorc = 1, .crtcc = 1},
		 ENODEV},
		{"nothing can feed it",
		 {.connector = {unfed}, .connectorc = 1, .crtcc = 1},
		 ENODEV},
		{"no plain memory",
		 {.connector = {good},
		  .connectorc = 1,
		  .crtcc = 1,
		  .no_dumb = true},
		 ENOTSUP},
		{"somebody else draws",
		 {.connector = {good},
		  .connectorc = 1,
		  .crtcc = 1,
		  .set_err = EACCES},
		 EACCES},
	};
	struct drm *d = NULL;

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		const int err =
			drm_open(&d, fake_card_open(&rows[i].card), &colours);

		if (err != rows[i].err)
			fail_msg("%s: %s", rows[i].name, strerror(err));
		close_panel(err ? NULL : d);
	}

	assert_int_equal(drm_open(&d, "/nowhere/card0", &colours), ENOENT);
	assert_int_equal(drm_open(&d, NULL, &colours), EINVAL);
}


static void a_flush_tells_only_the_dirty_part(void **state)
{
	static struct screen s;
	struct drm *d = open_panel(&panels[1]);
	const struct fb_rect corner = {792, 470, 8, 10};

	(void)state;

	screen_init(&s, 800, 480);
	memset(s.bits, 0xff, sizeof(s.bits));
	assert_int_equal(drm_flush(d, &s.fb, &corner), 0);
	for (unsigned y = 0; y < 480; y++) {
		for (unsigned x = 0; x < 800; x++)
			assert_int_equal(fake_card_pixel(x, y),
					 x >= 792 && y >= 470 ? INK : PAPER);
	}
	assert_int_equal(fake_card.dirties, 1);

	s.fb.w = 792;
	assert_int_equal(drm_flush(d, &s.fb, &corner), EINVAL);
	close_panel(d);
}


static void a_driver_that_need_not_know_is_told_once(void **state)
{
	static struct screen s;
	struct drm *d = open_panel(&panels[0]);
	const struct fb_rect corner = {0, 0, 8, 8};

	(void)state;

	screen_init(&s, 480, 272);
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(drm_flush(d, &s.fb, &corner), 0);
	assert_int_equal(fake_card.dirties, 1);
	assert_int_equal(fake_card.sets, 1);
	assert_int_equal(fake_card.probes, 1); /* a flush takes no time */
	close_panel(d);
}


/* How a screen can be lost, and found again */
static void unplug(struct fake_connector *c)
{
	c->status = FAKE_DISCONNECTED;
}


static void replug(struct fake_connector *c)
{
	c->status = FAKE_CONNECTED;
}


static void replug_larger(struct fake_connector *c)
{
	c->status = FAKE_CONNECTED;
	c->mode[1].preferred = false;
	c->mode[2].w = 1920;
	c->mode[2].h = 1080;
	c->mode[2].preferred = true;
}


static void card_away(struct fake_connector *c)
{
	(void)c;
	fake_card_plug(false);

	/* The kernel gives all of it back with the last descriptor */
	fake_card.fbs = 0;
	fake_card.dumbs = 0;
}


static void card_back(struct fake_connector *c)
{
	(void)c;
	fake_card_plug(true);
}


static void refuse_dirt(struct fake_connector *c)
{
	(void)c;
	fake_card.dirty_err = EIO;
}


static void steal(struct fake_connector *c)
{
	(void)c;
	fake_card_steal();
	fake_card.set_err = EACCES;
}


static void give_back(struct fake_connector *c)
{
	(void)c;
	fake_card.set_err = 0;
}


struct loss {
	const char *name;
	void (*lose)(struct fake_connector *c);
	int err; /* of each flush until it is back */
	void (*find)(struct fake_connector *c);
	uint16_t w, h; /* what it is then */
	bool once;     /* the error passes by itself */
};

static const struct loss losses[] = {
	{"the plug", unplug, ENODEV, replug, 800, 480, false},
	{"another screen", unplug, ENODEV, replug_larger, 1920, 1080, false},
	{"the card", card_away, ENODEV, card_back, 800, 480, false},
	{"an error of the driver", refuse_dirt, EIO, replug, 800, 480, true},
	{"another program", steal, EACCES, give_back, 800, 480, false},
};


static void what_was_lost_comes_back_and_shows_everything(void **state)
{
	static struct screen s;
	const struct fb_rect all = {0, 0, 800, 480};
	const struct fb_rect corner = {0, 0, 8, 1};

	(void)state;

	for (size_t i = 0; i < ROWS(losses); i++) {
		const struct loss *loss = &losses[i];
		struct drm *d = open_panel(&panels[1]);
		uint32_t seed = 9;

		screen_init(&s, 800, 480);
		conformance_scribble(&seed, &s.fb, &all);
		assert_int_equal(drm_flush(d, &s.fb, &all), 0);
		assert_seen(&s.fb, 800, 480);

		loss->lose(&fake_card.connector[0]);
		conformance_scribble(&seed, &s.fb, &all);
		for (int k = 0; k < (loss->once ? 1 : 3); k++) {
			const int err = drm_flush(d, &s.fb, &corner);

			if (err != loss->err)
				fail_msg("%s is lost: %s", loss->name,
					 strerror(err));
			assert_int_equal(fake_card.fbs, 0);
			assert_int_equal(fake_card.dumbs, 0);
		}

		loss->find(&fake_card.connector[0]);
		assert_int_equal(drm_flush(d, &s.fb, &corner), 0);
		assert_seen(&s.fb, loss->w, loss->h);
		assert_int_equal(drm_width(d), 800);
		assert_int_equal(drm_height(d), 480);

		/* And goes on as before */
		conformance_scribble(&seed, &s.fb, &corner);
		assert_int_equal(drm_flush(d, &s.fb, &corner), 0);
		assert_seen(&s.fb, loss->w, loss->h);
		close_panel(d);
	}
}


static void another_card_may_need_to_be_told(void **state)
{
	static struct screen s;
	const struct fb_rect all = {0, 0, 480, 272};
	struct drm *d = open_panel(&panels[0]);
	uint32_t seed = 9;

	(void)state;

	screen_init(&s, 480, 272);
	assert_int_equal(drm_flush(d, &s.fb, &all), 0);
	card_away(NULL);
	assert_int_equal(drm_flush(d, &s.fb, &all), ENODEV);

	fake_card.copies = true;
	card_back(NULL);
	for (int i = 0; i < 2; i++) {
		conformance_scribble(&seed, &s.fb, &all);
		assert_int_equal(drm_flush(d, &s.fb, &all), 0);
		assert_seen(&s.fb, 480, 272);
	}
	close_panel(d);
}


static void a_screen_that_is_too_small_waits_for_another(void **state)
{
	static struct screen s;
	const struct fb_rect all = {0, 0, 800, 480};
	struct drm *d = open_panel(&panels[1]);
	struct fake_connector *c = &fake_card.connector[0];

	(void)state;

	screen_init(&s, 800, 480);
	unplug(c);
	assert_int_equal(drm_flush(d, &s.fb, &all), ENODEV);
	c->mode[1].preferred = false;
	replug(c);
	assert_int_equal(drm_flush(d, &s.fb, &all), ENOSPC); /* 640x480 */
	c->mode[1].preferred = true;
	assert_int_equal(drm_flush(d, &s.fb, &all), 0);
	assert_seen(&s.fb, 800, 480);
	close_panel(d);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_t_show_anything_says_why),
		cmocka_unit_test(a_flush_tells_only_the_dirty_part),
		cmocka_unit_test(a_driver_that_need_not_know_is_told_once),
		cmocka_unit_test(
			what_was_lost_comes_back_and_shows_everything),
		cmocka_unit_test(another_card_may_need_to_be_told),
		cmocka_unit_test(a_screen_that_is_too_small_waits_for_another),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	for (size_t i = 0; i < ROWS(panels); i++) {
		const struct conformance_kit kit = {
			.name = "a panel",
			.open = kit_open,
			.close = kit_close,
			.pixel = kit_pixel,
			.flushes = 12,
		};

		making = &panels[i];
		failed += conformance_run(&kit);
	}

	return failed;
}
