/**
 * @file tests/board_conformance/test_oled.c  OLEDs conform
 *
 * Each kind of glass is run as a board that has nothing but a display.
 */
#include "tests/board_conformance/oled_glass.h"

#include <errno.h>


enum {
	FLUSHES = 300,
};

/* The kind under test */
static const struct glass_made *making;


static int flush_op(void *ctx, const struct fb *fb,
		    const struct fb_rect *dirty)
{
	return oled_flush(ctx, fb, dirty);
}


static int backlight_op(void *ctx, unsigned percent)
{
	return oled_contrast(ctx, percent);
}


static const struct hal_display display_ops = {
	.w = SCREEN_W,
	.h = SCREEN_H,
	.flush = flush_op,
	.backlight = backlight_op,
};


static int kit_open(struct hal **halp)
{
	static struct hal hal = {.name = "oled", .display = &display_ops};
	const struct oled_config config = config_of(making);
	struct oled *o;
	int err;

	glass_init(&glass, making);
	glass_disturb(&glass);
	err = oled_open_bus(&o, &config, glass_receive, &glass);
	if (err)
		return err;

	hal.ctx = o;
	*halp = &hal;
	return 0;
}


static void kit_close(struct hal *hal)
{
	oled_close(hal->ctx);
	if (glass.fault[0])
		print_error("the controller: %s\n", glass.fault);
	assert_string_equal(glass.fault, "");
}


static bool kit_pixel(struct hal *hal, int x, int y)
{
	(void)hal;
	return glass_lit(&glass, x, y);
}


static unsigned sent(unsigned *bytes)
{
	const unsigned n = glass.transactions;

	*bytes = glass.data_bytes;
	glass.transactions = 0;
	glass.data_bytes = 0;
	return n;
}


static void ink(struct screen *s, const struct fb_rect *r)
{
	screen_init(s);
	for (int y = r->y; y < r->y + r->h; y++) {
		for (int x = r->x; x < r->x + r->w; x++)
			fb_set(&s->fb, x, y, true);
	}
}


struct sent_row {
	const char *name;
	size_t kind;                 /* of glass                      */
	struct fb_rect dirty, drawn; /* and what has changed of it    */
	unsigned transactions, bytes;
};

static const struct sent_row sents[] = {
	{"nothing", 0, {0, 0, 128, 64}, {0, 0, 0, 0}, 0, 0},
	{"a pixel", 0, {3, 3, 1, 1}, {3, 3, 1, 1}, 4, 1},
	{"one of all", 0, {0, 0, 128, 64}, {127, 63, 1, 1}, 4, 1},
	{"a page's part", 0, {8, 8, 16, 8}, {8, 8, 16, 8}, 4, 16},
	{"across two pages", 0, {8, 6, 16, 4}, {8, 6, 16, 4}, 8, 32},
	{"the whole", 0, {0, 0, 128, 64}, {0, 0, 128, 64}, 32, 1024},
	{"the whole, 96x16", 2, {0, 0, 128, 64}, {0, 0, 128, 64}, 8, 192},
	{"beside 96x16", 2, {96, 0, 32, 64}, {96, 0, 32, 64}, 0, 0},
	{"below 96x16", 2, {0, 16, 96, 48}, {0, 16, 96, 48}, 0, 0},
};


static void only_what_has_changed_is_sent(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(sents); i++) {
		const struct sent_row *row = &sents[i];
		struct oled *o = open_glass(&glass_kinds[row->kind]);
		struct screen s;
		unsigned bytes, n;

		/* An error before makes no difference in what follows */
		glass.fail_at = 1;
		glass.fail_err = EIO;
		assert_int_equal(oled_contrast(o, CONTRAST), EIO);
		assert_int_equal(oled_contrast(o, CONTRAST), 0);

		(void)sent(&bytes);
		ink(&s, &row->drawn);
		assert_int_equal(oled_flush(o, &s.fb, &row->dirty), 0);
		assert_glass(&s.fb);
		n = sent(&bytes);
		if (n != row->transactions || bytes != row->bytes)
			fail_msg("%s: %u bytes in %u transactions", row->name,
				 bytes, n);
		oled_close(o);
	}
}


static void a_drawing_larger_than_any_glass_is_cut(void **state)
{
	enum { W = FB_WIDTH_MAX, H = FB_HEIGHT_MAX };
	static uint8_t bits[W / 8 * H];
	const struct fb fb = {.w = W, .h = H, .stride = W / 8, .bits = bits};
	const struct fb_rect all = {0, 0, W, H};

	(void)state;

	memset(bits, 0xa5, sizeof(bits));
	for (size_t i = 0; i < GLASS_KIND_COUNT; i++) {
		struct oled *o = open_glass(&glass_kinds[i]);

		assert_int_equal(oled_flush(o, &fb, &all), 0);
		assert_glass(&fb);
		oled_close(o);
	}
}


static void contrast_is_light_and_0_is_off(void **state)
{
	static const struct {
		unsigned percent;
		uint8_t low, high;
		bool on;
	} rows[] = {
		{100, 255, 255, true}, {50, 127, 128, true},
		{0, 0, 255, false},    {1, 1, 4, true},
		{0, 0, 255, false},
	};
	struct oled *o = open_glass(&glass_kinds[0]);
	uint32_t seed = 7;
	struct screen s;

	(void)state;

	assert_in_range(glass.contrast, 204, 204); /* 80 % of 255 */
	screen_init(&s);
	for (size_t i = 0; i < ROWS(rows); i++) {
		assert_int_equal(oled_contrast(o, rows[i].percent), 0);
		assert_in_range(glass.contrast, rows[i].low, rows[i].high);
		assert_int_equal(glass.on, rows[i].on);

		/* Nor does a flush switch it on */
		conformance_scribble(&seed, &s.fb, &whole);
		assert_int_equal(oled_flush(o, &s.fb, &whole), 0);
		assert_int_equal(glass.on, rows[i].on);
	}
	assert_int_equal(oled_contrast(o, 100), 0);
	assert_glass(&s.fb);
	assert_int_equal(oled_contrast(o, 101), EINVAL);
	assert_int_equal(oled_contrast(NULL, 1), EINVAL);
	oled_close(o);
}


static void a_closed_glass_is_dark(void **state)
{
	struct oled *o = open_glass(&glass_kinds[0]);
	struct screen s;

	(void)state;

	screen_init(&s);
	memset(s.bits, 0xff, sizeof(s.bits));
	assert_int_equal(oled_flush(o, &s.fb, &whole), 0);
	assert_true(glass_lit(&glass, 5, 5));
	oled_close(o);
	assert_dark();
	oled_close(NULL);
}


static void a_glass_that_can_t_be_is_refused(void **state)
{
	static const struct oled_config rows[] = {
		{0x80, 128, 64, 0, 100}, /* no address of 7 bits */
		{0x3c, 0, 64, 0, 100},   {0x3c, 129, 64, 0, 100},
		{0x3c, 128, 0, 0, 100},  {0x3c, 128, 72, 0, 100},
		{0x3c, 128, 60, 0, 100}, /* no whole pages */
		{0x3c, 128, 64, 5, 100}, /* 133 columns */
		{0x3c, 128, 64, 0, 101},
	};
	struct screen s;
	struct oled *o;

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		o = NULL;
		assert_int_equal(oled_check(&rows[i]), EINVAL);
		assert_int_equal(
			oled_open_bus(&o, &rows[i], glass_receive, &glass),
			EINVAL);
		assert_int_equal(oled_open(&o, "/dev/null", &rows[i]), EINVAL);
		assert_null(o);
	}

	o = open_glass(&glass_kinds[0]);
	screen_init(&s);
	s.fb.h = 56; /* smaller than the glass */
	assert_int_equal(oled_flush(o, &s.fb, &whole), EINVAL);
	oled_close(o);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_has_changed_is_sent),
		cmocka_unit_test(a_drawing_larger_than_any_glass_is_cut),
		cmocka_unit_test(contrast_is_light_and_0_is_off),
		cmocka_unit_test(a_closed_glass_is_dark),
		cmocka_unit_test(a_glass_that_can_t_be_is_refused),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	for (size_t i = 0; i < GLASS_KIND_COUNT; i++) {
		const struct conformance_kit kit = {
			.name = glass_kinds[i].name,
			.open = kit_open,
			.close = kit_close,
			.pixel = kit_pixel,
			.seen_w = glass_kinds[i].w,
			.seen_h = glass_kinds[i].h,
			.backlight = true,
			.flushes = FLUSHES,
		};

		making = &glass_kinds[i];
		failed += conformance_run(&kit);
	}

	return failed;
}
