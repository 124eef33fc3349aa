/**
 * @file tests/board_conformance/test_oled.c  OLEDs conform, and survive
 *
 * Each kind of glass is run as a board that has nothing but a display, then
 * over a bus that fails.
 */
#include "tests/board_conformance/conformance.h"
#include "tests/board_conformance/fake_i2c.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <linux/i2c.h>

#include "boards/linux/oled.h"


enum {
	SCREEN_W = 128, /* what the phone draws, also for smaller glass */
	SCREEN_H = 64,
	STRIDE = SCREEN_W / 8,
	CONTRAST = 80,
	FLUSHES = 300,
	FAILURES = 400,
};

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

/* Row wiring as in the glasses' data sheets */
static const struct glass_made made[] = {
	{"SSD1306 128x64", GLASS_SSD1306, 0x3c, 128, 64, 0, 0x12},
	{"SSD1306 128x32 at 0x3d", GLASS_SSD1306, 0x3d, 128, 32, 0, 0x02},
	{"SSD1306 96x16", GLASS_SSD1306, 0x3c, 96, 16, 0, 0x02},
	{"SSD1306 72x40", GLASS_SSD1306, 0x3c, 72, 40, 28, 0x12},
	{"SSD1306 64x48", GLASS_SSD1306, 0x3c, 64, 48, 32, 0x12},
	{"SH1106 128x64", GLASS_SH1106, 0x3c, 128, 64, 2, 0x12},
	{"132 columns, 96x16 at the right edge", GLASS_SH1106, 0x3c, 96, 16,
	 36, 0x02},
};

struct screen {
	struct fb fb;
	uint8_t bits[STRIDE * SCREEN_H];
};

static const struct fb_rect whole = {0, 0, SCREEN_W, SCREEN_H};

/* The board under test: a display, and nothing else */
static struct glass glass;
static const struct glass_made *making;


static void screen_init(struct screen *s)
{
	memset(s, 0, sizeof(*s));
	s->fb = (struct fb){.w = SCREEN_W,
			    .h = SCREEN_H,
			    .stride = STRIDE,
			    .bits = s->bits};
}


static struct oled_config config_of(const struct glass_made *m)
{
	return (struct oled_config){
		.address = m->address,
		.w = m->w,
		.h = m->h,
		.column = m->offset,
		.contrast = CONTRAST,
	};
}


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


/* What the unit tests below share: a glass of a kind, opened over the bus */
static struct oled *open_glass(const struct glass_made *m)
{
	const struct oled_config config = config_of(m);
	struct oled *o = NULL;

	glass_init(&glass, m);
	assert_int_equal(oled_open_bus(&o, &config, glass_receive, &glass), 0);
	return o;
}


static void assert_glass(const struct fb *wanted)
{
	assert_string_equal(glass.fault, "");
	for (int y = 0; y < glass.made.h; y++) {
		for (int x = 0; x < glass.made.w; x++) {
			if (glass_lit(&glass, x, y) != fb_get(wanted, x, y))
				fail_msg("%s: pixel %d,%d", glass.made.name, x,
					 y);
		}
	}
}


static void assert_dark(void)
{
	struct screen blank;

	screen_init(&blank);
	assert_glass(&blank.fb);
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
		struct oled *o = open_glass(&made[row->kind]);
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
	for (size_t i = 0; i < ROWS(made); i++) {
		struct oled *o = open_glass(&made[i]);

		assert_int_equal(oled_flush(o, &fb, &all), 0);
		assert_glass(&fb);
		oled_close(o);
	}
}


/* Whichever transaction fails, nobody sees what was in there: not after
   power-up, nor, once the first was taken, what another program left */
static void it_stays_dark_until_the_noise_is_gone(void **state)
{
	(void)state;

	for (unsigned i = 2; i < FAILURES; i++) {
		const struct oled_config config = config_of(&made[0]);
		struct oled *o = NULL;
		int err;

		glass_init(&glass, &made[0]);
		if (i % 2)
			glass_disturb(&glass);
		glass.fail_at = i / 2 + 1;
		glass.fail_err = EIO;
		err = oled_open_bus(&o, &config, glass_receive, &glass);
		assert_dark();
		oled_close(o);
		if (!err)
			return; /* it has fewer than i / 2 + 1 */
		assert_int_equal(err, EIO);
		assert_null(o);
	}
	fail_msg("it sends without end");
}


/* Mostly within a page or two, sometimes within the start that follows */
static unsigned fail_soon(uint32_t *seed)
{
	static const unsigned within[] = {8, 8, 60};
	const unsigned which = conformance_random(seed) % 4;

	return which < ROWS(within)
		       ? 1 + conformance_random(seed) % within[which]
		       : 0;
}


/* Errors and lost power anywhere in any sequence: the first flush that works
   shows everything, also what those that failed were to show */
static void after_an_error_the_next_flush_shows_everything(void **state)
{
	(void)state;

	for (size_t kind = 0; kind < ROWS(made); kind++) {
		struct oled *o = open_glass(&made[kind]);
		uint32_t seed = 0xbad + (uint32_t)kind;
		unsigned failed = 0;
		struct screen s;

		screen_init(&s);
		for (unsigned i = 0; i < FAILURES; i++) {
			const struct fb_rect dirty =
				conformance_rect(&seed, &s.fb);
			int err;

			conformance_scribble(&seed, &s.fb, &dirty);
			glass.fail_err = i % 2 ? EIO : ETIMEDOUT;
			glass.fail_at = fail_soon(&seed);
			err = oled_flush(o, &s.fb, &dirty);
			if (!err) {
				assert_glass(&s.fb);
				continue;
			}
			assert_int_equal(err, glass.fail_err);
			failed++;
			if (conformance_random(&seed) % 2)
				glass_power_cycle(&glass);
			else
				glass_disturb(&glass);
		}
		assert_true(failed > FAILURES / 10);

		glass.fail_at = 0;
		assert_int_equal(oled_flush(o, &s.fb, &whole), 0);
		assert_glass(&s.fb);
		oled_close(o);
	}
}


static void an_unplugged_glass_comes_back_with_the_next_flush(void **state)
{
	const struct fb_rect corner = {0, 0, 1, 1};
	struct oled *o = open_glass(&made[0]);
	uint32_t seed = 7;
	struct screen s;

	(void)state;

	screen_init(&s);
	conformance_scribble(&seed, &s.fb, &whole);
	assert_int_equal(oled_flush(o, &s.fb, &whole), 0);

	glass.made.address = 0; /* nobody at ours */
	fb_set(&s.fb, 0, 0, !fb_get(&s.fb, 0, 0));
	assert_int_equal(oled_flush(o, &s.fb, &corner), ENXIO);
	assert_int_equal(oled_flush(o, &s.fb, &corner), ENXIO);
	assert_int_equal(oled_contrast(o, 10), ENXIO);

	glass.made.address = made[0].address;
	glass_power_cycle(&glass);
	assert_int_equal(oled_flush(o, &s.fb, &corner), 0);
	assert_glass(&s.fb);
	assert_in_range(glass.contrast, 25, 26); /* 10 % of 255 */

	/* Or with the next change of its light */
	glass.fail_at = 1;
	glass.fail_err = EIO;
	assert_int_equal(oled_contrast(o, 20), EIO);
	glass_power_cycle(&glass);
	assert_int_equal(oled_contrast(o, 20), 0);
	assert_glass(&s.fb);
	oled_close(o);
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
	struct oled *o = open_glass(&made[0]);
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
	struct oled *o = open_glass(&made[0]);
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

	o = open_glass(&made[0]);
	screen_init(&s);
	s.fb.h = 56; /* smaller than the glass */
	assert_int_equal(oled_flush(o, &s.fb, &whole), EINVAL);
	oled_close(o);
}


struct bus_row {
	const char *name;
	const char *path;
	struct fake_i2c bus; /* without the glass */
	uint8_t address;     /* where the glass is */
	int err;
};

static const struct bus_row buses[] = {
	{"a glass", "/dev/null", {NULL, I2C_FUNC_I2C, EREMOTEIO, 0}, 0x3c, 0},
	{"no bus",
	 "/nowhere/i2c-1",
	 {NULL, I2C_FUNC_I2C, EREMOTEIO, 0},
	 0x3c,
	 ENOENT},
	{"a bus of a PC, which can only do SMBus",
	 "/dev/null",
	 {NULL, I2C_FUNC_SMBUS_EMUL, EREMOTEIO, 0},
	 0x3c,
	 ENOTSUP},
	{"nobody there, by one name",
	 "/dev/null",
	 {NULL, I2C_FUNC_I2C, EREMOTEIO, 0},
	 0x3d,
	 ENXIO},
	{"nobody there, by another",
	 "/dev/null",
	 {NULL, I2C_FUNC_I2C, ENXIO, 0},
	 0x3d,
	 ENXIO},
	{"no bus behind the file",
	 "/dev/null",
	 {NULL, 0, 0, ENOTTY},
	 0x3c,
	 ENOTTY},
};


static unsigned descriptors(void)
{
	unsigned n = 0;

	for (int fd = 0; fd < 64; fd++) {
		const int copy = dup(fd);

		if (copy < 0)
			continue;
		(void)close(copy);
		n++;
	}

	return n;
}


static void a_bus_of_the_kernel_is_opened_or_says_why_not(void **state)
{
	const unsigned before = descriptors();

	(void)state;

	for (size_t i = 0; i < ROWS(buses); i++) {
		const struct oled_config config = config_of(&made[0]);
		uint32_t seed = 3;
		struct oled *o = NULL;
		struct screen s;
		int err;

		glass_init(&glass, &made[0]);
		glass.made.address = buses[i].address;
		fake_i2c = buses[i].bus;
		fake_i2c.glass = &glass;

		err = oled_open(&o, buses[i].path, &config);
		if (err != buses[i].err)
			fail_msg("%s: %s", buses[i].name, strerror(err));
		if (err) {
			assert_null(o);
			continue;
		}

		screen_init(&s);
		conformance_scribble(&seed, &s.fb, &whole);
		assert_int_equal(oled_flush(o, &s.fb, &whole), 0);
		assert_glass(&s.fb);
		oled_close(o);
	}
	assert_int_equal(descriptors(), before);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_has_changed_is_sent),
		cmocka_unit_test(a_drawing_larger_than_any_glass_is_cut),
		cmocka_unit_test(it_stays_dark_until_the_noise_is_gone),
		cmocka_unit_test(
			after_an_error_the_next_flush_shows_everything),
		cmocka_unit_test(
			an_unplugged_glass_comes_back_with_the_next_flush),
		cmocka_unit_test(contrast_is_light_and_0_is_off),
		cmocka_unit_test(a_closed_glass_is_dark),
		cmocka_unit_test(a_glass_that_can_t_be_is_refused),
		cmocka_unit_test(
			a_bus_of_the_kernel_is_opened_or_says_why_not),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	for (size_t i = 0; i < ROWS(made); i++) {
		const struct conformance_kit kit = {
			.name = made[i].name,
			.open = kit_open,
			.close = kit_close,
			.pixel = kit_pixel,
			.seen_w = made[i].w,
			.seen_h = made[i].h,
			.backlight = true,
			.flushes = FLUSHES,
		};

		making = &made[i];
		failed += conformance_run(&kit);
	}

	return failed;
}
