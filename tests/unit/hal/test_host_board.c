/**
 * @file tests/unit/hal/test_host_board.c  The simulated board, as a board
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <poll.h>

#include "boards/board.h"


enum {
	W = 128,
	H = 64,
	STRIDE = W / 8,
	EDGE_LIMIT = 10000, /* a queue that takes more has no bound */
};

struct seen {
	struct button_edge edge[8];
	size_t n;
	struct hal *press_again; /* from inside the handler */
};


static void error_handler(const struct board_setting *s, const char *what,
			  void *arg)
{
	unsigned *errors = arg;

	assert_non_null(s);
	assert_int_equal(s->col, s->key_col);
	assert_non_null(strstr(what, "no settings"));
	assert_non_null(errors);
	(*errors)++;
}


static void note_handler(const char *what, void *arg)
{
	(void)arg;
	fail_msg("%s", what);
}


static int set_up(void **state)
{
	struct hal *hal = NULL;

	if (board_open(&hal, NULL, 0, error_handler, note_handler, NULL))
		return -1;

	*state = hal;
	return 0;
}


static int tear_down(void **state)
{
	board_close(*state);
	return 0;
}


static void edge_handler(const struct button_edge *edge, void *arg)
{
	struct seen *seen = arg;
	struct hal *hal = seen->press_again;

	if (seen->n < sizeof(seen->edge) / sizeof(seen->edge[0]))
		seen->edge[seen->n] = *edge;
	seen->n++;

	seen->press_again = NULL;
	if (hal)
		assert_int_equal(
			hal->sim->button(hal->ctx, BUTTON_OK, true, 99), 0);
}


static bool readable(const struct hal *hal)
{
	struct pollfd pfd = {.fd = hal_buttons_fd(hal), .events = POLLIN};

	return poll(&pfd, 1, 0) == 1 && pfd.revents & POLLIN;
}


static size_t drain(const struct hal *hal, struct seen *seen)
{
	uint64_t next_ms = 0;

	assert_int_equal(
		hal_buttons_poll(hal, 1000, edge_handler, seen, &next_ms), 0);
	assert_true(next_ms == HAL_NEVER_MS);
	return seen->n;
}


static void it_is_named_by_its_folder_and_has_no_backlight(void **state)
{
	const struct hal *hal = *state;

	assert_string_equal(hal->name, "host");
	assert_int_equal(hal->display->w, W);
	assert_int_equal(hal->display->h, H);
	assert_int_equal(hal_display_backlight(hal, 50), ENOSYS);
	assert_int_equal(board_open(NULL, NULL, 0, error_handler, note_handler,
				    NULL),
			 EINVAL);
	board_close(NULL);
}


static void every_setting_is_one_too_many(void **state)
{
	static const struct board_setting v[] = {
		{"key.reject", "none", 3, 14, 1},
		{"display", "none", 4, 11, 1},
	};
	struct hal *hal = NULL;
	unsigned errors = 0;

	(void)state;

	assert_int_equal(board_check(NULL, 0, error_handler, &errors), 0);
	assert_int_equal(board_check(v, 2, error_handler, &errors), EBADMSG);
	assert_int_equal(errors, 2);
	assert_int_equal(board_open(&hal, v, 1, error_handler, note_handler,
				    &errors),
			 EBADMSG);
	assert_int_equal(errors, 3);
	assert_null(hal);
}


static void keys_come_out_raw_and_in_order(void **state)
{
	const struct hal *hal = *state;
	struct seen seen = {.n = 0};

	hal->sim->button(hal->ctx, BUTTON_REJECT, true, 5);
	hal->sim->button(hal->ctx, BUTTON_REJECT, false, 7);
	hal->sim->button(hal->ctx, BUTTON_LINE8, true, 9);

	assert_int_equal(drain(hal, &seen), 3);
	assert_int_equal(seen.edge[0].button, BUTTON_REJECT);
	assert_true(seen.edge[0].down);
	assert_int_equal(seen.edge[0].at_ms, 5);
	assert_false(seen.edge[1].down);
	assert_int_equal(seen.edge[1].at_ms, 7);
	assert_int_equal(seen.edge[2].button, BUTTON_LINE8);

	seen.n = 0;
	assert_int_equal(drain(hal, &seen), 0);
	assert_int_equal(hal->sim->button(hal->ctx, BUTTON_COUNT, true, 1),
			 EINVAL);
}


static void the_descriptor_is_readable_while_edges_wait(void **state)
{
	const struct hal *hal = *state;
	struct seen seen = {.n = 0};

	assert_false(readable(hal));
	for (uint64_t i = 0; i < 3; i++) {
		hal->sim->button(hal->ctx, BUTTON_OK, true, i);
		assert_true(readable(hal));
	}
	assert_int_equal(drain(hal, &seen), 3);
	assert_false(readable(hal));
}


static void a_key_moved_from_inside_the_handler_is_not_lost(void **state)
{
	struct hal *hal = *state;
	struct seen seen = {.press_again = hal};

	hal->sim->button(hal->ctx, BUTTON_REJECT, true, 5);
	(void)drain(hal, &seen);
	if (readable(hal))
		(void)drain(hal, &seen);
	assert_int_equal(seen.n, 2);
	assert_int_equal(seen.edge[1].button, BUTTON_OK);
}


static void a_full_queue_is_told_and_keeps_what_it_has(void **state)
{
	const struct hal *hal = *state;
	struct seen seen = {.n = 0};
	size_t taken = 0;
	int err = 0;

	while (taken < EDGE_LIMIT) {
		err = hal->sim->button(hal->ctx, BUTTON_REJECT, !(taken % 2),
				       taken);
		if (err)
			break;
		taken++;
	}

	assert_int_equal(err, ENOSPC);
	assert_true(taken >= 16);
	assert_int_equal(drain(hal, &seen), taken);
	assert_int_equal(seen.edge[0].at_ms, 0);
	assert_int_equal(hal->sim->button(hal->ctx, BUTTON_OK, true, 1), 0);
}


static void a_flush_shows_only_the_dirty_part(void **state)
{
	static const struct fb_rect dirty[] = {
		{0, 0, 8, 1},
		{8, 10, 16, 3},
		{3, 20, 5, 2}, /* within bytes */
		{127, 63, 1, 1}};
	const struct hal *hal = *state;
	uint8_t bits[STRIDE * H];
	const struct fb fb = {.w = W, .h = H, .stride = STRIDE, .bits = bits};
	const struct fb *screen = hal->sim->screen(hal->ctx);

	memset(bits, 0xff, sizeof(bits));
	for (size_t i = 0; i < sizeof(dirty) / sizeof(dirty[0]); i++)
		assert_int_equal(hal_display_flush(hal, &fb, &dirty[i]), 0);

	assert_int_equal(screen->w, W);
	assert_int_equal(screen->h, H);
	for (int y = 0; y < H; y++) {
		for (int x = 0; x < W; x++) {
			const bool ink =
				(x < 8 && y == 0) ||
				(x >= 8 && x < 24 && y >= 10 && y < 13) ||
				(x >= 3 && x < 8 && y >= 20 && y < 22) ||
				(x == 127 && y == 63);

			if (fb_get(screen, x, y) != ink)
				fail_msg("pixel %d,%d", x, y);
		}
	}
}


static void the_screen_is_a_copy_not_the_callers(void **state)
{
	const struct hal *hal = *state;
	uint8_t bits[STRIDE * H] = {0x80};
	const struct fb fb = {.w = W, .h = H, .stride = STRIDE, .bits = bits};
	const struct fb_rect whole = {0, 0, W, H};

	assert_int_equal(hal_display_flush(hal, &fb, &whole), 0);
	memset(bits, 0, sizeof(bits));
	assert_true(fb_get(hal->sim->screen(hal->ctx), 0, 0));
	assert_int_equal(hal_display_flush(hal, &fb, &whole), 0);
	assert_false(fb_get(hal->sim->screen(hal->ctx), 0, 0));
}


static void each_lamp_remembers_its_own_pattern(void **state)
{
	const struct hal *hal = *state;

	for (unsigned i = 0; i < LED_COUNT; i++) {
		const struct led_pattern p =
			hal->sim->led(hal->ctx, (enum led)i);

		assert_int_equal(p.colour, LED_COLOUR_OFF);
	}
	for (unsigned i = 0; i < LED_COUNT; i++) {
		const struct led_pattern p = {LED_COLOUR_GREEN,
					      (uint16_t)(i + 1), 7};

		assert_int_equal(hal_led_set(hal, (enum led)i, &p), 0);
	}
	for (unsigned i = 0; i < LED_COUNT; i++) {
		const struct led_pattern p =
			hal->sim->led(hal->ctx, (enum led)i);

		assert_int_equal(p.colour, LED_COLOUR_GREEN);
		assert_int_equal(p.on_ms, i + 1);
		assert_int_equal(p.off_ms, 7);
	}
	assert_int_equal(hal->sim->led(hal->ctx, LED_COUNT).colour,
			 LED_COLOUR_OFF);
}


#define ON_BOARD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)


int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOARD(it_is_named_by_its_folder_and_has_no_backlight),
		cmocka_unit_test(every_setting_is_one_too_many),
		ON_BOARD(keys_come_out_raw_and_in_order),
		ON_BOARD(the_descriptor_is_readable_while_edges_wait),
		ON_BOARD(a_key_moved_from_inside_the_handler_is_not_lost),
		ON_BOARD(a_full_queue_is_told_and_keeps_what_it_has),
		ON_BOARD(a_flush_shows_only_the_dirty_part),
		ON_BOARD(the_screen_is_a_copy_not_the_callers),
		ON_BOARD(each_lamp_remembers_its_own_pattern),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
