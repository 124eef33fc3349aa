/**
 * @file tests/unit/shell/test_present.c  Only the difference is shown
 *
 * The board is a stand-in that counts and can fail.
 */
#include "tests/unit/shell/check.h"

#include "firmware/present.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
	WIDTH = 128,
	HEIGHT = 64,
};

static struct {
	unsigned leds; /**< patterns told          */
	enum led led;  /**< the last of them       */
	unsigned tones;
	enum tone tone;
	enum audio_path path;
	unsigned flushes;
	struct fb_rect dirty;
	uint8_t bits[WIDTH * HEIGHT / 8];
	int led_err, flush_err;
} board;

static struct present *present;
static struct view view;
static const struct font font;


static int led_set(void *ctx, enum led led, const struct led_pattern *p)
{
	(void)ctx;
	(void)p;

	++board.leds;
	board.led = led;

	return board.led_err;
}


static int flush(void *ctx, const struct fb *fb, const struct fb_rect *dirty)
{
	(void)ctx;

	++board.flushes;
	board.dirty = *dirty;
	memcpy(board.bits, fb->bits, sizeof(board.bits));

	return board.flush_err;
}


void sip_stack_sound(struct sip_stack *sip, enum tone tone,
		     enum audio_path path)
{
	(void)sip;

	++board.tones;
	board.tone = tone;
	board.path = path;
}


static const struct hal_leds leds = {.set = led_set};
static const struct hal_display display = {
	.w = WIDTH, .h = HEIGHT, .flush = flush};
static const struct hal hal = {.leds = &leds, .display = &display};
static const struct hal hal_empty = {.name = "empty"};


static int setup(void **state)
{
	(void)state;

	memset(&board, 0, sizeof(board));
	memset(&view, 0, sizeof(view));
	memcpy(view.row[0].left, "idle", sizeof("idle"));

	return present_open(&present, &hal, &font);
}


static int teardown(void **state)
{
	(void)state;

	present_close(present);
	present = NULL;

	return 0;
}


static uint64_t show(uint64_t now_ms)
{
	return present_view(present, &view, NULL, now_ms, false);
}


static void row_set(size_t row, const char *text)
{
	(void)snprintf(view.row[row].left, sizeof(view.row[row].left), "%s",
		       text);
}


static bool whole_screen(void)
{
	return !board.dirty.x && !board.dirty.y && board.dirty.w == WIDTH &&
	       board.dirty.h == HEIGHT;
}


static void the_first_view_tells_every_lamp_and_the_whole_screen(void **state)
{
	(void)state;

	assert_true(show(0) == NOW_NEVER_MS);
	assert_int_equal(board.leds, LED_COUNT);
	assert_int_equal(board.flushes, 1);
	assert_true(whole_screen());
	assert_int_equal(board.tones, 0);
}


static void the_same_view_again_tells_nothing(void **state)
{
	(void)state;

	(void)show(0);
	view.row[0].left[VIEW_TEXT_MAX - 1] = 'x'; /* behind the text's end */
	assert_true(show(1000) == NOW_NEVER_MS);
	assert_int_equal(board.leds, LED_COUNT);
	assert_int_equal(board.flushes, 1);
}


static void one_lamp_that_changes_is_told_alone(void **state)
{
	(void)state;

	(void)show(0);
	view.led[LED_DND] = (struct led_pattern){LED_COLOUR_RED, 1000, 0};
	(void)show(0);
	assert_int_equal(board.leds, LED_COUNT + 1);
	assert_int_equal(board.led, LED_DND);
	assert_int_equal(board.flushes, 1);
}


static void a_row_that_changes_flushes_no_other(void **state)
{
	(void)state;

	(void)show(0);
	row_set(3, "changed");
	(void)show(1000);
	assert_int_equal(board.flushes, 2);
	/* Rows of 12, 16, 12 and 12 pixels from the top */
	assert_in_range(board.dirty.y, 40, 51);
	assert_in_range(board.dirty.y + board.dirty.h, 41, 52);
}


static void a_tone_is_told_when_it_changes(void **state)
{
	(void)state;

	(void)show(0);
	view.tone = TONE_RING;
	(void)show(0);
	(void)show(0);
	assert_int_equal(board.tones, 1);
	assert_int_equal(board.tone, TONE_RING);
	view.tone = TONE_NONE;
	(void)show(0);
	assert_int_equal(board.tones, 2);
	assert_int_equal(board.tone, TONE_NONE);
}


static void a_path_is_told_with_the_tone_of_its_change(void **state)
{
	(void)state;

	(void)show(0);
	view.tone = TONE_RINGBACK;
	view.path = AUDIO_PATH_SPEAKER;
	(void)show(0);
	(void)show(0);
	assert_int_equal(board.tones, 1);
	assert_int_equal(board.tone, TONE_RINGBACK);
	assert_int_equal(board.path, AUDIO_PATH_SPEAKER);
	view.path = AUDIO_PATH_HANDSET;
	(void)show(0);
	assert_int_equal(board.tones, 2);
	assert_int_equal(board.tone, TONE_RINGBACK);
	assert_int_equal(board.path, AUDIO_PATH_HANDSET);
}


static void a_flood_of_changes_waits_for_the_next_frame(void **state)
{
	char text[VIEW_TEXT_MAX];

	(void)state;

	assert_true(show(100) == NOW_NEVER_MS);
	for (unsigned i = 0; i < PRESENT_FRAME_MS; i++) {
		(void)snprintf(text, sizeof(text), "%u", i);
		row_set(1, text);
		view.led[LED_RING] = (struct led_pattern){
			LED_COLOUR_WHITE, (uint16_t)(i + 1), 0};
		assert_int_equal(show(100 + i), 100 + PRESENT_FRAME_MS);
	}
	assert_int_equal(board.flushes, 1);
	/* Lamps do not wait */
	assert_int_equal(board.leds, LED_COUNT + PRESENT_FRAME_MS);

	assert_true(show(100 + PRESENT_FRAME_MS) == NOW_NEVER_MS);
	assert_int_equal(board.flushes, 2);
}


static void a_screen_that_is_forced_does_not_wait(void **state)
{
	(void)state;

	(void)show(100);
	row_set(1, "now");
	assert_true(present_view(present, &view, NULL, 101, true) ==
		    NOW_NEVER_MS);
	assert_int_equal(board.flushes, 2);
}


static void what_a_board_lacks_is_told_once_and_no_more(void **state)
{
	static const int missing[] = {ENOENT, ENOSYS};

	for (size_t i = 0; i < ROWS(missing); i++) {
		(void)teardown(state);
		(void)setup(state);
		board.led_err = missing[i];
		board.flush_err = missing[i];
		(void)show(0);
		(void)show(1000);
		assert_int_equal(board.leds, LED_COUNT);
		assert_int_equal(board.flushes, 1);
	}
}


static void what_failed_is_tried_again_with_the_next_view(void **state)
{
	(void)state;

	board.led_err = EIO;
	board.flush_err = EIO;
	assert_true(show(0) == NOW_NEVER_MS); /* no timer of its own */
	board.led_err = 0;
	board.flush_err = 0;
	(void)show(1000);
	assert_int_equal(board.leds, 2 * LED_COUNT);
	assert_int_equal(board.flushes, 2);
	assert_true(whole_screen());

	(void)show(2000);
	assert_int_equal(board.leds, 2 * LED_COUNT);
	assert_int_equal(board.flushes, 2);
}


static void a_board_without_lamps_and_display_works(void **state)
{
	(void)teardown(state);

	assert_int_equal(present_open(&present, &hal_empty, &font), 0);
	view.tone = TONE_RING;
	assert_true(show(0) == NOW_NEVER_MS);
	assert_int_equal(board.tone, TONE_RING);
}


static void a_display_too_small_to_draw_on_is_not_used(void **state)
{
	const struct hal_display small = {
		.w = WIDTH - 1, .h = HEIGHT, .flush = flush};
	const struct hal hal_small = {.leds = &leds, .display = &small};

	(void)teardown(state);
	(void)memset(&board, 0, sizeof(board));

	assert_int_equal(present_open(&present, &hal_small, &font), 0);
	(void)show(0);
	assert_int_equal(board.flushes, 0);
	assert_int_equal(board.leds, LED_COUNT);

	/* It points to what ends with this test */
	(void)teardown(state);
}


static void at_the_end_all_is_dark(void **state)
{
	static const uint8_t blank[sizeof(board.bits)];

	view.led[LED_RING] = (struct led_pattern){LED_COLOUR_WHITE, 250, 250};
	(void)show(0);
	assert_memory_not_equal(board.bits, blank, sizeof(blank));

	(void)teardown(state);
	assert_int_equal(board.leds, LED_COUNT + 1);
	assert_int_equal(board.led, LED_RING);
	assert_memory_equal(board.bits, blank, sizeof(blank));
}


#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_first_view_tells_every_lamp_and_the_whole_screen),
		TEST(the_same_view_again_tells_nothing),
		TEST(one_lamp_that_changes_is_told_alone),
		TEST(a_row_that_changes_flushes_no_other),
		TEST(a_tone_is_told_when_it_changes),
		TEST(a_path_is_told_with_the_tone_of_its_change),
		TEST(a_flood_of_changes_waits_for_the_next_frame),
		TEST(a_screen_that_is_forced_does_not_wait),
		TEST(what_a_board_lacks_is_told_once_and_no_more),
		TEST(what_failed_is_tried_again_with_the_next_view),
		TEST(a_board_without_lamps_and_display_works),
		TEST(a_display_too_small_to_draw_on_is_not_used),
		TEST(at_the_end_all_is_dark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
