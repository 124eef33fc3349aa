/**
 * @file tests/unit/hal/test_hal.c  The wrappers check, and miss nothing
 */
#include "tests/unit/hal/rows.h"

#include <errno.h>


enum {
	W = 16,
	H = 4,
	STRIDE = 2,
	FD = 42,
	OP_ERROR = EIO, /* what the board's ops answer, to see it passed on */
};

struct calls {
	unsigned poll, led, flush, backlight;
};


static int poll_op(void *ctx, uint64_t now_ms, button_edge_h *edgeh, void *arg,
		   uint64_t *next_ms)
{
	struct calls *calls = ctx;

	(void)now_ms;
	(void)edgeh;
	(void)arg;
	(void)next_ms;
	calls->poll++;
	return OP_ERROR;
}


static int fd_op(void *ctx)
{
	(void)ctx;
	return FD;
}


static int led_op(void *ctx, enum led led, const struct led_pattern *p)
{
	struct calls *calls = ctx;

	(void)led;
	(void)p;
	calls->led++;
	return OP_ERROR;
}


static int flush_op(void *ctx, const struct fb *fb,
		    const struct fb_rect *dirty)
{
	struct calls *calls = ctx;

	(void)fb;
	(void)dirty;
	calls->flush++;
	return OP_ERROR;
}


static int backlight_op(void *ctx, unsigned percent)
{
	struct calls *calls = ctx;

	(void)percent;
	calls->backlight++;
	return OP_ERROR;
}


static const struct hal_buttons buttons = {.poll = poll_op, .fd = fd_op};
static const struct hal_leds leds = {.set = led_op};
static const struct hal_display display = {
	.w = W, .h = H, .flush = flush_op, .backlight = backlight_op};
static const struct led_pattern steady = {LED_COLOUR_RED, 1000, 0};
static const struct fb_rect whole = {0, 0, W, H};
static uint8_t bits[STRIDE * H];
static const struct fb screen = {
	.w = W, .h = H, .stride = STRIDE, .bits = bits};


static struct hal hal_full(struct calls *calls)
{
	memset(calls, 0, sizeof(*calls));
	return (struct hal){.name = "full",
			    .buttons = &buttons,
			    .leds = &leds,
			    .display = &display,
			    .ctx = calls};
}


static void each_op_is_called_and_its_answer_passed_on(void **state)
{
	struct calls calls;
	const struct hal hal = hal_full(&calls);
	struct row_log log = {.n = 0};
	uint64_t next_ms = 1;

	(void)state;

	assert_int_equal(
		hal_buttons_poll(&hal, 1, row_edge_handler, &log, &next_ms),
		OP_ERROR);
	assert_true(next_ms == HAL_NEVER_MS);
	assert_int_equal(hal_buttons_fd(&hal), FD);
	assert_int_equal(hal_led_set(&hal, LED_RING, &steady), OP_ERROR);
	assert_int_equal(hal_display_flush(&hal, &screen, &whole), OP_ERROR);
	assert_int_equal(hal_display_backlight(&hal, 100), OP_ERROR);
	assert_int_equal(calls.poll, 1);
	assert_int_equal(calls.led, 1);
	assert_int_equal(calls.flush, 1);
	assert_int_equal(calls.backlight, 1);
}


static void check_lacks_all(const struct hal *hal)
{
	struct row_log log = {.n = 0};
	uint64_t next_ms;

	assert_int_equal(
		hal_buttons_poll(hal, 1, row_edge_handler, &log, &next_ms),
		ENOSYS);
	assert_int_equal(hal_buttons_fd(hal), -1);
	assert_int_equal(hal_led_set(hal, LED_RING, &steady), ENOSYS);
	assert_int_equal(hal_display_flush(hal, &screen, &whole), ENOSYS);
	assert_int_equal(hal_display_backlight(hal, 100), ENOSYS);
}


static void what_a_board_lacks_is_enosys(void **state)
{
	static const struct hal_buttons no_buttons;
	static const struct hal_leds no_leds;
	static const struct hal_display no_display = {.w = W, .h = H};
	const struct hal nothing = {.name = "bare"};
	const struct hal empty = {.buttons = &no_buttons,
				  .leds = &no_leds,
				  .display = &no_display};

	(void)state;

	check_lacks_all(&nothing);
	check_lacks_all(&empty);
}


static void a_pattern_that_is_none_never_reaches_the_board(void **state)
{
	static const struct led_pattern bad[] = {
		{LED_COLOUR_OFF, 100, 0},     {LED_COLOUR_OFF, 0, 100},
		{LED_COLOUR_RED, 0, 0},       {LED_COLOUR_RED, 0, 100},
		{LED_COLOUR_COUNT, 100, 100},
	};
	static const struct led_pattern off = {LED_COLOUR_OFF, 0, 0};
	struct calls calls;
	const struct hal hal = hal_full(&calls);

	(void)state;

	for (size_t i = 0; i < ROWS(bad); i++)
		assert_int_equal(hal_led_set(&hal, LED_RING, &bad[i]), EINVAL);
	assert_int_equal(hal_led_set(&hal, LED_COUNT, &steady), EINVAL);
	assert_int_equal(hal_led_set(&hal, LED_RING, NULL), EINVAL);
	assert_int_equal(hal_led_set(NULL, LED_RING, &steady), EINVAL);
	assert_int_equal(calls.led, 0);

	assert_int_equal(hal_led_set(&hal, LED_RING, &off), OP_ERROR);
}


static void a_flush_outside_the_panel_never_reaches_the_board(void **state)
{
	static const struct fb_rect outside[] = {{1, 0, W, H},
						 {0, 1, W, H},
						 {W, 0, 1, 1},
						 {0, H, 1, 1},
						 {65535, 65535, 65535, 65535}};
	static const struct fb_rect empty[] = {{0, 0, 0, H}, {0, 0, W, 0}};
	const struct fb bad[] = {
		{.w = W - 1, .h = H, .stride = STRIDE, .bits = bits},
		{.w = W, .h = H - 1, .stride = STRIDE, .bits = bits},
		{.w = W, .h = H, .stride = STRIDE - 1, .bits = bits},
		{.w = W, .h = H, .stride = STRIDE, .bits = NULL},
	};
	struct calls calls;
	const struct hal hal = hal_full(&calls);

	(void)state;

	for (size_t i = 0; i < ROWS(outside); i++)
		assert_int_equal(hal_display_flush(&hal, &screen, &outside[i]),
				 EINVAL);
	for (size_t i = 0; i < ROWS(bad); i++)
		assert_int_equal(hal_display_flush(&hal, &bad[i], &whole),
				 EINVAL);
	for (size_t i = 0; i < ROWS(empty); i++)
		assert_int_equal(hal_display_flush(&hal, &screen, &empty[i]),
				 0);
	assert_int_equal(hal_display_backlight(&hal, 101), EINVAL);
	assert_int_equal(calls.flush, 0);
	assert_int_equal(calls.backlight, 0);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_op_is_called_and_its_answer_passed_on),
		cmocka_unit_test(what_a_board_lacks_is_enosys),
		cmocka_unit_test(
			a_pattern_that_is_none_never_reaches_the_board),
		cmocka_unit_test(
			a_flush_outside_the_panel_never_reaches_the_board),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
