/**
 * @file tests/board_conformance/conformance.c  What every board's ops hold
 */
#include "tests/board_conformance/conformance_part.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>


enum {
	START_MS = 1000,
	EDGE_MAX = 64,
	BURST = 24,       /* edges between two polls: eight fast fingers */
	POLL_MAX_MS = 50, /* where keys are read now and then            */
};

struct seen {
	struct button_edge edge[EDGE_MAX];
	size_t n;
	struct conformance_bench
		*press_again; /* from inside the handler, once */
};

static int set_up(void **state)
{
	struct conformance_bench *b = calloc(1, sizeof(*b));

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
	struct conformance_bench *b = *state;

	b->kit->close(b->hal);
	free(b);
	return 0;
}


static void edge_handler(const struct button_edge *edge, void *arg)
{
	struct seen *seen = arg;
	struct conformance_bench *again = seen->press_again;

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
static uint64_t poll_once(struct conformance_bench *b, uint64_t now_ms,
			  struct seen *seen)
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
	const struct conformance_bench *b = *state;

	assert_non_null(b->hal->name);
	assert_true(b->hal->name[0] != '\0');
}


static void what_it_lacks_says_so(void **state)
{
	static const struct led_pattern steady = {LED_COLOUR_RED, 1, 0};
	struct conformance_bench *b = *state;
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
	struct conformance_bench *b = *state;
	struct seen seen = {.n = 0};

	for (uint64_t i = 0; i < 3; i++)
		(void)poll_once(b, START_MS + i, &seen);
	assert_int_equal(seen.n, 0);
	if (hal_buttons_fd(b->hal) >= 0)
		assert_false(readable(b->hal));
}


static void edges_come_out_once_and_in_order(void **state)
{
	struct conformance_bench *b = *state;
	struct seen seen = {.n = 0};
	uint64_t now_ms = START_MS;

	for (unsigned i = 0; i < BURST; i++) {
		assert_int_equal(b->kit->key(b->hal, (enum button)(i / 2),
					     !(i % 2), ++now_ms),
				 0);
		if (b->kit->polled)
			(void)poll_once(b, now_ms += POLL_MAX_MS, &seen);
	}
	(void)poll_once(b, ++now_ms, &seen);
	(void)poll_once(b, ++now_ms, &seen);

	assert_int_equal(seen.n, BURST);
	for (unsigned i = 0; i < BURST; i++) {
		assert_int_equal(seen.edge[i].button, i / 2);
		assert_int_equal(seen.edge[i].down, !(i % 2));
		assert_true(seen.edge[i].at_ms <= now_ms);
		if (i)
			assert_true(seen.edge[i].at_ms >=
				    seen.edge[i - 1].at_ms);
	}
}


/* By the descriptor, or by a next_ms that is soon */
static void a_key_that_moves_wakes_the_phone(void **state)
{
	struct conformance_bench *b = *state;
	struct seen seen = {.n = 0};
	const int fd = hal_buttons_fd(b->hal);
	uint64_t now_ms = START_MS;
	uint64_t next_ms = poll_once(b, now_ms, &seen);

	assert_true(fd >= 0 || b->kit->polled);
	for (unsigned i = 0; i < 4; i++) {
		assert_false(readable(b->hal));
		assert_int_equal(
			b->kit->key(b->hal, BUTTON_REJECT, !(i % 2), now_ms),
			0);
		if (b->kit->polled) {
			assert_true(next_ms <= now_ms + POLL_MAX_MS);
			now_ms = next_ms;
		}
		else {
			assert_true(readable(b->hal));
		}
		next_ms = poll_once(b, now_ms, &seen);
		assert_int_equal(seen.n, i + 1);
		assert_int_equal(hal_buttons_fd(b->hal), fd);
	}
	assert_false(readable(b->hal));
}


static void a_key_that_moves_while_edges_are_told_is_not_lost(void **state)
{
	struct conformance_bench *b = *state;
	struct seen seen = {.press_again = b};
	uint64_t next_ms;

	assert_int_equal(b->kit->key(b->hal, BUTTON_REJECT, true, START_MS),
			 0);
	next_ms = poll_once(b, START_MS, &seen);
	if (seen.n == 1) {
		assert_true(readable(b->hal) ||
			    next_ms <= START_MS + POLL_MAX_MS);
		(void)poll_once(b, START_MS + POLL_MAX_MS, &seen);
	}
	assert_int_equal(seen.n, 2);
	assert_int_equal(seen.edge[1].button, BUTTON_OK);
}


/* How long a steady lamp is lit is nobody's to see */
static bool looks_alike(const struct led_pattern *a,
			const struct led_pattern *b)
{
	if (a->on_ms && b->on_ms && !a->off_ms && !b->off_ms)
		return a->colour == b->colour;

	return led_pattern_equal(a, b);
}


static void assert_lamp(const struct conformance_bench *b, unsigned led,
			const struct led_pattern *wanted)
{
	const struct led_pattern p = b->kit->lamp(b->hal, (enum led)led);

	if (!looks_alike(&p, wanted))
		fail_msg("lamp %s shows %s %u/%u, not %s %u/%u",
			 led_name((enum led)led), led_colour_name(p.colour),
			 p.on_ms, p.off_ms, led_colour_name(wanted->colour),
			 wanted->on_ms, wanted->off_ms);
}


static void each_lamp_keeps_its_own_pattern(void **state)
{
	static const struct led_pattern off = {LED_COLOUR_OFF, 0, 0};
	struct conformance_bench *b = *state;
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
	struct conformance_bench *b = *state;

	for (size_t i = 0; i < sizeof(pattern) / sizeof(pattern[0]); i++) {
		/* Twice: it is told again after an error of another lamp */
		assert_int_equal(hal_led_set(b->hal, LED_RING, &pattern[i]),
				 0);
		assert_int_equal(hal_led_set(b->hal, LED_RING, &pattern[i]),
				 0);
		assert_lamp(b, LED_RING, &pattern[i]);
	}
}


struct check {
	const char *name;
	CMUnitTestFunction test;
	bool keys, lamps, display, backlight; /* what it needs */
};

#define CHECK(test) #test, test
#define CHECK_PART(test) #test, check_##test

static const struct check checks[] = {
	{CHECK(the_board_has_a_name), 0, 0, 0, 0},
	{CHECK(what_it_lacks_says_so), 0, 0, 0, 0},
	{CHECK(keys_that_rest_say_nothing), 1, 0, 0, 0},
	{CHECK(edges_come_out_once_and_in_order), 1, 0, 0, 0},
	{CHECK(a_key_that_moves_wakes_the_phone), 1, 0, 0, 0},
	{CHECK(a_key_that_moves_while_edges_are_told_is_not_lost), 1, 0, 0, 0},
	{CHECK(each_lamp_keeps_its_own_pattern), 0, 1, 0, 0},
	{CHECK(a_lamp_takes_each_pattern_after_each_other), 0, 1, 0, 0},
	{CHECK_PART(the_screen_starts_empty), 0, 0, 1, 0},
	{CHECK_PART(a_flush_shows_the_dirty_part_and_no_more), 0, 0, 1, 0},
	{CHECK_PART(after_any_pictures_the_last_one_is_seen), 0, 0, 1, 0},
	{CHECK_PART(a_flush_of_nothing_or_beyond_the_edge_changes_nothing), 0,
	 0, 1, 0},
	{CHECK_PART(the_light_takes_every_percent_and_keeps_the_picture), 0, 0,
	 1, 1},
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
