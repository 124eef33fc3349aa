/**
 * @file tests/board_conformance/conformance.c  What every board's ops hold
 */
#include "tests/board_conformance/conformance.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>


enum {
	START_MS = 1000,
	EDGE_MAX = 64,
	BURST = 24,       /* edges between two polls: eight fast fingers */
	POLL_MAX_MS = 50, /* where keys are read now and then            */
	PERCENT_MAX = 100,
	SEED = 0x5eed,
};

struct bench {
	const struct conformance_kit *kit;
	struct hal *hal;
};

struct seen {
	struct button_edge edge[EDGE_MAX];
	size_t n;
	struct bench *press_again; /* from inside the handler, once */
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


static int set_up(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	if (!b)
		return -1;

	b->kit = *state;
	if (b->kit->open(&b->hal)) {
		free(b);
		return -1;
	}

	*state = b;
	return 0;
}


static int tear_down(void **state)
{
	struct bench *b = *state;

	b->kit->close(b->hal);
	free(b);
	return 0;
}


static void edge_handler(const struct button_edge *edge, void *arg)
{
	struct seen *seen = arg;
	struct bench *again = seen->press_again;

	assert_in_range(seen->n, 0, EDGE_MAX - 1);
	seen->edge[seen->n++] = *edge;

	seen->press_again = NULL;
	if (again)
		assert_int_equal(again->kit->key(again->hal, BUTTON_OK, true,
						 edge->at_ms),
				 0);
}


static bool readable(const struct hal *hal)
{
	struct pollfd pfd = {.fd = hal_buttons_fd(hal), .events = POLLIN};

	return poll(&pfd, 1, 0) == 1 && pfd.revents & POLLIN;
}


/* Poll once; a next_ms that is not ahead would have the phone spin */
static uint64_t poll_once(struct bench *b, uint64_t now_ms, struct seen *seen)
{
	uint64_t next_ms = 0;

	assert_int_equal(
		hal_buttons_poll(b->hal, now_ms, edge_handler, seen, &next_ms),
		0);
	assert_true(next_ms > now_ms);
	return next_ms;
}


static void the_board_has_a_name(void **state)
{
	const struct bench *b = *state;

	assert_non_null(b->hal->name);
	assert_true(b->hal->name[0] != '\0');
}


static void what_it_lacks_says_so(void **state)
{
	static const struct led_pattern steady = {LED_COLOUR_RED, 1, 0};
	struct bench *b = *state;
	struct seen seen = {.n = 0};
	struct fb fb = {.w = 0};
	const struct fb_rect all = {0};
	uint64_t next_ms;

	if (!b->kit->key) {
		assert_int_equal(hal_buttons_poll(b->hal, START_MS,
						  edge_handler, &seen,
						  &next_ms),
				 ENOSYS);
		assert_true(next_ms == HAL_NEVER_MS);
		assert_int_equal(hal_buttons_fd(b->hal), -1);
	}
	if (!b->kit->lamp)
		assert_int_equal(hal_led_set(b->hal, LED_RING, &steady),
				 ENOSYS);
	if (!b->kit->pixel)
		assert_int_equal(hal_display_flush(b->hal, &fb, &all), ENOSYS);
	if (!b->kit->backlight)
		assert_int_equal(hal_display_backlight(b->hal, 1), ENOSYS);
}


static void keys_that_rest_say_nothing(void **state)
{
	struct bench *b = *state;
	struct seen seen = {.n = 0};

	for (uint64_t i = 0; i < 3; i++)
		(void)poll_once(b, START_MS + i, &seen);
	assert_int_equal(seen.n, 0);
	if (hal_buttons_fd(b->hal) >= 0)
		assert_false(readable(b->hal));
}


static void edges_come_out_once_and_in_order(void **state)
{
	struct bench *b = *state;
	struct seen seen = {.n = 0};

	for (unsigned i = 0; i < BURST; i++)
		assert_int_equal(
			b->kit->key(b->hal,
				    (enum button)(i / 2 % BUTTON_COUNT),
				    !(i % 2), START_MS + i),
			0);
	(void)poll_once(b, START_MS + BURST, &seen);
	(void)poll_once(b, START_MS + BURST + 1, &seen);

	assert_int_equal(seen.n, BURST);
	for (unsigned i = 0; i < BURST; i++) {
		assert_int_equal(seen.edge[i].button, i / 2 % BUTTON_COUNT);
		assert_int_equal(seen.edge[i].down, !(i % 2));
		assert_true(seen.edge[i].at_ms <= START_MS + BURST);
		if (i)
			assert_true(seen.edge[i].at_ms >=
				    seen.edge[i - 1].at_ms);
	}
}


/* By the descriptor, or by a next_ms that is soon */
static void a_key_that_moves_wakes_the_phone(void **state)
{
	struct bench *b = *state;
	struct seen seen = {.n = 0};
	const int fd = hal_buttons_fd(b->hal);
	const uint64_t next_ms = poll_once(b, START_MS, &seen);

	if (fd < 0) {
		assert_true(next_ms <= START_MS + POLL_MAX_MS);
		return;
	}

	for (unsigned i = 0; i < 4; i++) {
		assert_false(readable(b->hal));
		assert_int_equal(b->kit->key(b->hal, BUTTON_REJECT, !(i % 2),
					     START_MS + i),
				 0);
		assert_true(readable(b->hal));
		(void)poll_once(b, START_MS + i, &seen);
		assert_int_equal(seen.n, i + 1);
		assert_int_equal(hal_buttons_fd(b->hal), fd);
	}
	assert_false(readable(b->hal));
}


static void a_key_that_moves_while_edges_are_told_is_not_lost(void **state)
{
	struct bench *b = *state;
	struct seen seen = {.press_again = b};
	uint64_t next_ms;

	assert_int_equal(b->kit->key(b->hal, BUTTON_REJECT, true, START_MS),
			 0);
	next_ms = poll_once(b, START_MS, &seen);
	if (seen.n == 1) {
		assert_true(hal_buttons_fd(b->hal) >= 0
				    ? readable(b->hal)
				    : next_ms <= START_MS + POLL_MAX_MS);
		(void)poll_once(b, START_MS + POLL_MAX_MS, &seen);
	}
	assert_int_equal(seen.n, 2);
	assert_int_equal(seen.edge[1].button, BUTTON_OK);
}


static void assert_lamp(const struct bench *b, unsigned led,
			const struct led_pattern *wanted)
{
	const struct led_pattern p = b->kit->lamp(b->hal, (enum led)led);

	if (!led_pattern_equal(&p, wanted))
		fail_msg("lamp %s shows %s %u/%u, not %s %u/%u",
			 led_name((enum led)led), led_colour_name(p.colour),
			 p.on_ms, p.off_ms, led_colour_name(wanted->colour),
			 wanted->on_ms, wanted->off_ms);
}


static void each_lamp_keeps_its_own_pattern(void **state)
{
	static const struct led_pattern off = {LED_COLOUR_OFF, 0, 0};
	struct bench *b = *state;
	struct led_pattern told[LED_COUNT];
	unsigned there = 0;

	for (unsigned i = 0; i < LED_COUNT; i++) {
		assert_lamp(b, i, &off);
		told[i] = (struct led_pattern){LED_COLOUR_RED,
					       (uint16_t)(100 + i), 50};
		switch (hal_led_set(b->hal, (enum led)i, &told[i])) {
		case 0:
			there++;
			break;
		case ENOENT: /* the board has no such lamp */
			told[i] = off;
			break;
		default:
			fail_msg("lamp %u can't be set", i);
		}
	}

	assert_true(there > 0);
	for (unsigned i = 0; i < LED_COUNT; i++)
		assert_lamp(b, i, &told[i]);
	for (unsigned i = 0; i < LED_COUNT; i++)
		(void)hal_led_set(b->hal, (enum led)i, &off);
	for (unsigned i = 0; i < LED_COUNT; i++)
		assert_lamp(b, i, &off);
}


static void a_lamp_takes_each_pattern_after_each_other(void **state)
{
	static const struct led_pattern pattern[] = {
		{LED_COLOUR_RED, 1000, 0}, /* steady */
		{LED_COLOUR_RED, 500, 500},
		{LED_COLOUR_OFF, 0, 0},
		{LED_COLOUR_RED, 1, 1},
		{LED_COLOUR_RED, UINT16_MAX, UINT16_MAX},
		{LED_COLOUR_OFF, 0, 0},
	};
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof(pattern) / sizeof(pattern[0]); i++) {
		/* Twice: it is told again after an error of another lamp */
		assert_int_equal(hal_led_set(b->hal, LED_RING, &pattern[i]),
				 0);
		assert_int_equal(hal_led_set(b->hal, LED_RING, &pattern[i]),
				 0);
		assert_lamp(b, LED_RING, &pattern[i]);
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


static void assert_screen(const struct bench *b, const struct fb *wanted,
			  unsigned step)
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


static void the_screen_starts_empty(void **state)
{
	static struct screen blank;
	struct bench *b = *state;

	screen_init(&blank, b->hal);
	assert_screen(b, &blank.fb, 0);
}


/* The framebuffer is scribbled over everywhere, but only what is told to be
   dirty may show: the model takes over just that */
static void a_flush_shows_the_dirty_part_and_no_more(void **state)
{
	static struct screen fb, model;
	const struct bench *b = *state;
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
static void after_any_pictures_the_last_one_is_seen(void **state)
{
	static struct screen next, shown;
	const struct bench *b = *state;
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


static void a_flush_of_nothing_or_beyond_the_edge_changes_nothing(void **state)
{
	static struct screen fb, blank;
	const struct bench *b = *state;
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


static void the_light_takes_every_percent_and_keeps_the_picture(void **state)
{
	static struct screen fb;
	const struct bench *b = *state;
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


struct check {
	const char *name;
	CMUnitTestFunction test;
	bool keys, lamps, display, backlight; /* what it needs */
};

#define CHECK(test) #test, test

static const struct check checks[] = {
	{CHECK(the_board_has_a_name), 0, 0, 0, 0},
	{CHECK(what_it_lacks_says_so), 0, 0, 0, 0},
	{CHECK(keys_that_rest_say_nothing), 1, 0, 0, 0},
	{CHECK(edges_come_out_once_and_in_order), 1, 0, 0, 0},
	{CHECK(a_key_that_moves_wakes_the_phone), 1, 0, 0, 0},
	{CHECK(a_key_that_moves_while_edges_are_told_is_not_lost), 1, 0, 0, 0},
	{CHECK(each_lamp_keeps_its_own_pattern), 0, 1, 0, 0},
	{CHECK(a_lamp_takes_each_pattern_after_each_other), 0, 1, 0, 0},
	{CHECK(the_screen_starts_empty), 0, 0, 1, 0},
	{CHECK(a_flush_shows_the_dirty_part_and_no_more), 0, 0, 1, 0},
	{CHECK(after_any_pictures_the_last_one_is_seen), 0, 0, 1, 0},
	{CHECK(a_flush_of_nothing_or_beyond_the_edge_changes_nothing), 0, 0, 1,
	 0},
	{CHECK(the_light_takes_every_percent_and_keeps_the_picture), 0, 0, 1,
	 1},
};


int conformance_run(const struct conformance_kit *kit)
{
	const struct CMUnitTest none = {.name = NULL};
	struct CMUnitTest *tests;
	struct conformance_kit copy = *kit;
	size_t n = 0;
	int failed;

	tests = calloc(sizeof(checks) / sizeof(checks[0]), sizeof(*tests));
	if (!tests)
		return 1;

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		const struct check *c = &checks[i];

		if ((c->keys && !kit->key) || (c->lamps && !kit->lamp) ||
		    (c->display && !kit->pixel) ||
		    (c->backlight && !kit->backlight))
			continue;
		tests[n] = none;
		tests[n].name = c->name;
		tests[n].test_func = c->test;
		tests[n].setup_func = set_up;
		tests[n].teardown_func = tear_down;
		tests[n].initial_state = &copy;
		n++;
	}

	failed = _cmocka_run_group_tests(kit->name, tests, n, NULL, NULL);
	free(tests);
	return failed;
}
