/**
 * @file tests/board_conformance/conformance_display.c  What a display holds
 */
#include "tests/board_conformance/conformance_part.h"

#include <errno.h>


enum {
	PERCENT_MAX = 100,
	SEED = 0x5eed,
};

struct screen {
	struct fb fb;
	uint8_t bits[(FB_WIDTH_MAX + 7) / 8 * FB_HEIGHT_MAX];
};


uint32_t conformance_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;

	return *state;
}


static uint16_t random_below(uint32_t *state, unsigned n)
{
	return (uint16_t)(conformance_random(state) % n);
}


struct fb_rect conformance_rect(uint32_t *state, const struct fb *fb)
{
	struct fb_rect r = {
		.x = random_below(state, fb->w),
		.y = random_below(state, fb->h),
	};

	r.w = (uint16_t)(1 + random_below(state, (unsigned)fb->w - r.x));
	r.h = (uint16_t)(1 + random_below(state, (unsigned)fb->h - r.y));
	return r;
}


void conformance_scribble(uint32_t *state, struct fb *fb,
			  const struct fb_rect *rect)
{
	for (int y = rect->y; y < rect->y + rect->h; y++) {
		for (int x = rect->x; x < rect->x + rect->w; x++)
			fb_set(fb, x, y, conformance_random(state) & 0x100);
	}
}


static void screen_init(struct screen *s, const struct hal *hal)
{
	memset(s, 0, sizeof(*s));
	s->fb = (struct fb){
		.w = hal->display->w,
		.h = hal->display->h,
		.stride = ((size_t)hal->display->w + 7) / 8,
		.bits = s->bits,
	};
	assert_in_range(s->fb.w, 1, FB_WIDTH_MAX);
	assert_in_range(s->fb.h, 1, FB_HEIGHT_MAX);
}


static void assert_screen(const struct conformance_bench *b,
			  const struct fb *wanted, unsigned step)
{
	const int w = b->kit->seen_w ? b->kit->seen_w : wanted->w;
	const int h = b->kit->seen_h ? b->kit->seen_h : wanted->h;

	for (int y = 0; y < h; y++) {
		for (int x = 0; x < w; x++) {
			if (b->kit->pixel(b->hal, x, y) !=
			    fb_get(wanted, x, y))
				fail_msg("step %u: pixel %d,%d is %s", step, x,
					 y,
					 fb_get(wanted, x, y) ? "not ink"
							      : "ink");
		}
	}
}


void check_the_screen_starts_empty(void **state)
{
	static struct screen blank;
	struct conformance_bench *b = *state;

	screen_init(&blank, b->hal);
	assert_screen(b, &blank.fb, 0);
}


/* The framebuffer is scribbled over everywhere, but only what is told to be
   dirty may show: the model takes over just that */
void check_a_flush_shows_the_dirty_part_and_no_more(void **state)
{
	static struct screen fb, model;
	const struct conformance_bench *b = *state;
	uint32_t seed = SEED;

	screen_init(&fb, b->hal);
	screen_init(&model, b->hal);

	for (unsigned i = 0; i < b->kit->flushes; i++) {
		const struct fb_rect all = {.w = fb.fb.w, .h = fb.fb.h};
		const struct fb_rect dirty = conformance_rect(&seed, &fb.fb);

		conformance_scribble(&seed, &fb.fb, i % 2 ? &dirty : &all);
		for (int y = dirty.y; y < dirty.y + dirty.h; y++) {
			for (int x = dirty.x; x < dirty.x + dirty.w; x++)
				fb_set(&model.fb, x, y, fb_get(&fb.fb, x, y));
		}

		assert_int_equal(hal_display_flush(b->hal, &fb.fb, &dirty), 0);
		assert_screen(b, &model.fb, i);

		/* It keeps no pointer to what it was handed */
		if (i % 4 == 3) {
			fb_clear(&fb.fb);
			assert_screen(b, &model.fb, i);
		}
	}
}


/* As the phone does it: what fb_diff finds between two pictures */
void check_after_any_pictures_the_last_one_is_seen(void **state)
{
	static struct screen next, shown;
	const struct conformance_bench *b = *state;
	uint32_t seed = SEED + 1;

	screen_init(&next, b->hal);
	screen_init(&shown, b->hal);

	for (unsigned i = 0; i < b->kit->flushes; i++) {
		const struct fb_rect change =
			conformance_rect(&seed, &next.fb);
		struct fb_rect dirty;

		conformance_scribble(&seed, &next.fb, &change);
		dirty = fb_diff(&shown.fb, &next.fb);
		assert_int_equal(hal_display_flush(b->hal, &next.fb, &dirty),
				 0);
		memcpy(shown.bits, next.bits, sizeof(shown.bits));
		assert_screen(b, &next.fb, i);
	}
}


void check_a_flush_of_nothing_or_beyond_the_edge_changes_nothing(void **state)
{
	static struct screen fb, blank;
	const struct conformance_bench *b = *state;
	const uint16_t w = b->hal->display->w, h = b->hal->display->h;
	const struct {
		struct fb_rect rect;
		int err;
	} rows[] = {
		{{0, 0, 0, h}, 0},      {{0, 0, w, 0}, 0},
		{{w, h, 0, 0}, 0},      {{1, 0, w, 1}, EINVAL},
		{{0, 1, 1, h}, EINVAL},
	};

	screen_init(&fb, b->hal);
	screen_init(&blank, b->hal);
	memset(fb.bits, 0xff, sizeof(fb.bits));

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
			hal_display_flush(b->hal, &fb.fb, &rows[i].rect),
			rows[i].err);
	fb.fb.w--; /* another display's */
	assert_int_equal(hal_display_flush(b->hal, &fb.fb,
					   &(struct fb_rect){0, 0, 1, 1}),
			 EINVAL);
	assert_screen(b, &blank.fb, 0);
}


void check_the_light_takes_every_percent_and_keeps_the_picture(void **state)
{
	static struct screen fb;
	const struct conformance_bench *b = *state;
	struct fb_rect all;
	uint32_t seed = SEED;

	screen_init(&fb, b->hal);
	all = (struct fb_rect){.w = fb.fb.w, .h = fb.fb.h};
	conformance_scribble(&seed, &fb.fb, &all);
	assert_int_equal(hal_display_flush(b->hal, &fb.fb, &all), 0);

	for (unsigned i = 0; i <= PERCENT_MAX; i++)
		assert_int_equal(hal_display_backlight(b->hal, i), 0);
	assert_int_equal(hal_display_backlight(b->hal, PERCENT_MAX + 1),
			 EINVAL);
	assert_screen(b, &fb.fb, 0);
}
