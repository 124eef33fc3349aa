/**
 * @file tests/golden/test_raster.c  Glyphs and pixels, whatever comes in
 */
#include "golden.h"

#include "hal/display.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>


enum {
	STRIDE     = RASTER_WIDTH / 8,
	BITS       = STRIDE * RASTER_HEIGHT,
	GUARD      = 64,
	GUARD_BYTE = 0xa5,

	BIG_Y = 12, /* rows of pixels */
	BIG_H = 16,

	/* A glyph file of two records: 'A' at 12 and at 16 rows */
	SMALL_RECORDS = 2,
	SMALL_HEAD    = 12,
	SMALL_SIZE    = SMALL_HEAD + SMALL_RECORDS * 12 + 12 + 16,

	MUTATIONS = 20000,
	TEXTS     = 3000,
};

static struct font font;


/** xorshift: the same numbers in each run */
static uint32_t random_next(void)
{
	static uint32_t x = 2463534242u;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;

	return x;
}


static void put_u32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
	p[2] = (uint8_t)(v >> 16);
	p[3] = (uint8_t)(v >> 24);
}


static void small_make(uint8_t data[SMALL_SIZE])
{
	uint8_t *rec = data + SMALL_HEAD;

	memset(data, 0, SMALL_SIZE);
	memcpy(data, "RFGLYPH1", 8);
	put_u32(data + 8, SMALL_RECORDS);

	put_u32(rec, 'A');
	rec[4] = 6;
	rec[5] = FONT_LOW;
	put_u32(rec + 8, SMALL_HEAD + SMALL_RECORDS * 12);

	put_u32(rec + 12, 'A');
	rec[16] = 8;
	rec[17] = FONT_HIGH;
	put_u32(rec + 20, SMALL_HEAD + SMALL_RECORDS * 12 + 12);
	memset(rec + 24, 0xff, 12 + 16);
}


static void a_glyph_file_with_anything_wrong_is_refused(void **state)
{
	static const struct {
		size_t at;
		uint8_t byte;
	} row[] = {
		{0, 'r'},  {7, '2'},        /* magic                       */
		{8, 6},    {11, 1},         /* more records than bytes     */
		{16, 17},  {28, 255},       /* too wide                    */
		{17, 11},  {17, 0},         /* no such height              */
		{17, 16},  {29, 12},        /* the same twice              */
		{20, 35},  {23, 0x80},      /* rows in the records, outside */
		{32, 49},                   /* the last row outside        */
		{12, 'B'}, {14, 1},         /* not sorted                  */
	};
	uint8_t data[SMALL_SIZE];
	struct font f;
	size_t i;

	(void)state;

	small_make(data);
	assert_int_equal(font_open(&f, data, sizeof(data)), 0);
	assert_int_equal(font_open(NULL, data, sizeof(data)), EINVAL);
	assert_int_equal(font_open(&f, NULL, 0), EINVAL);

	for (i = 0; i < sizeof(data); i++)
		assert_int_equal(font_open(&f, data, i), EBADMSG);

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		small_make(data);
		data[row[i].at] = row[i].byte;
		if (font_open(&f, data, sizeof(data)) != EBADMSG)
			fail_msg("byte %zu of %u was taken", row[i].at,
				 row[i].byte);
	}
}


static unsigned glyph_ink(const struct glyph *g)
{
	const size_t n = (size_t)g->h * ((g->w + 7u) / 8u);
	unsigned ink   = 0;
	size_t i;

	for (i = 0; i < n; i++)
		ink += g->rows[i];

	return ink;
}


/** Each file stands in its own heap block: a sanitizer sees a byte too far */
static void a_glyph_file_that_opens_can_be_drawn_from(void **state)
{
	unsigned opened = 0, i, k;

	(void)state;

	for (i = 0; i < MUTATIONS; i++) {
		uint8_t *data = malloc(SMALL_SIZE);
		struct font f;
		struct glyph g;

		assert_non_null(data);
		small_make(data);
		for (k = random_next() % 3 + 1; k > 0; k--)
			data[8 + random_next() % (SMALL_SIZE - 8)] =
				(uint8_t)random_next();

		if (!font_open(&f, data, SMALL_SIZE)) {
			opened++;
			for (k = 'A' - 1; k <= 'A' + 1; k++) {
				font_glyph(&f, k, FONT_LOW, &g);
				assert_true(g.h <= FONT_LOW);
				(void)glyph_ink(&g);
				font_glyph(&f, k, FONT_HIGH, &g);
				assert_true(g.h <= FONT_HIGH);
				(void)glyph_ink(&g);
			}
		}
		free(data);
	}

	assert_true(opened > 0);
}


static void a_glyph_is_the_tallest_that_fits(void **state)
{
	static const struct {
		uint32_t cp;
		unsigned h_max;
		uint8_t w, h;
		bool mark;
	} row[] = {
		{'A', 12, 6, 12, false},    {'A', 16, 8, 16, false},
		{'A', 15, 6, 12, false},    {0xeb, 12, 6, 12, false},
		{0x17d, 12, 6, 12, false}, /* made from Spleen's own */
		{0x7530, 16, 16, 16, false}, {0x7530, 12, 16, 12, false},
		{0x308, 12, 8, 12, true},   {0x308, 16, 8, 16, true},
		{0x200d, 16, 0, 12, true},  {0x2026, 12, 6, 12, false},
		{0xfffd, 16, 8, 16, false},
		/* Not in the font: a box */
		{0x1f600, 16, 6, 12, false}, {0x7f, 12, 6, 12, false},
		{0xffffffff, 16, 6, 12, false}, {'A', 11, 6, 12, false},
	};
	size_t i;

	(void)state;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct glyph g;

		font_glyph(&font, row[i].cp, row[i].h_max, &g);
		if (g.w != row[i].w || g.h != row[i].h ||
		    g.mark != row[i].mark)
			fail_msg("U+%04X in %u rows is %ux%u", row[i].cp,
				 row[i].h_max, g.w, g.h);
	}
}


/** Draw text in the big row; guard bytes around the pixels must stand */
static void draw(uint8_t bits[BITS], const struct view_row *row, size_t at)
{
	static uint8_t guarded[BITS + 2 * GUARD];
	struct fb fb = {
		.w      = RASTER_WIDTH,
		.h      = RASTER_HEIGHT,
		.stride = STRIDE,
		.bits   = guarded + GUARD,
	};
	struct view v;
	size_t i;

	memset(&v, 0, sizeof(v));
	v.row[at] = *row;
	memset(guarded, GUARD_BYTE, sizeof(guarded));
	raster_draw(&fb, &v, &font);

	for (i = 0; i < GUARD; i++) {
		assert_int_equal(guarded[i], GUARD_BYTE);
		assert_int_equal(guarded[GUARD + BITS + i], GUARD_BYTE);
	}

	memcpy(bits, guarded + GUARD, BITS);
}


static void big_draw(uint8_t bits[BITS], const char *left, bool cut_front)
{
	struct view_row row = {.cut_front = cut_front};

	strcpy(row.left, left);
	draw(bits, &row, 1);
}


static bool column_equal(const uint8_t *a, const uint8_t *b, size_t from,
			 size_t to)
{
	size_t y;

	for (y = BIG_Y; y < BIG_Y + BIG_H; y++) {
		if (memcmp(a + y * STRIDE + from, b + y * STRIDE + from,
			   to - from))
			return false;
	}

	return true;
}


static void a_text_that_fits_to_the_pixel_is_not_cut(void **state)
{
	uint8_t whole[BITS], begun[BITS];

	(void)state;

	big_draw(whole, "0123456789abcdef", false); /* 16 * 8 pixels */
	big_draw(begun, "0123456789abcde", false);
	assert_true(column_equal(whole, begun, 0, 15));

	big_draw(whole, "\u7530\u4e2d\u7530\u4e2d\u7530\u4e2d\u7530\u4e2d",
		 false);
	big_draw(begun, "\u7530\u4e2d\u7530\u4e2d\u7530\u4e2d\u7530", false);
	assert_true(column_equal(whole, begun, 0, 14));
}


static void a_text_that_is_too_long_ends_in_an_ellipsis(void **state)
{
	uint8_t cut[BITS], same[BITS];

	(void)state;

	/* 21 small letters are 126 pixels: 20 and an ellipsis are as many */
	big_draw(cut, "0123456789abcdef0123456789", false);
	big_draw(same, "0123456789abcdef0123\u2026", false);
	assert_memory_equal(cut, same, BITS);

	/* No space before it */
	big_draw(cut, "0123456789abcdef012 456789", false);
	big_draw(same, "0123456789abcdef012\u2026", false);
	assert_memory_equal(cut, same, BITS);
}


static void a_number_that_is_too_long_begins_with_an_ellipsis(void **state)
{
	uint8_t cut[BITS], same[BITS];

	(void)state;

	/* An ellipsis and the last 20 small digits */
	big_draw(cut, "+49301234567890123456789", true);
	big_draw(same, "\u2026" "01234567890123456789", true);
	assert_memory_equal(cut, same, BITS);
}


static void an_accent_stands_over_its_letter_and_takes_no_room(void **state)
{
	uint8_t with[BITS], without[BITS];
	size_t y, differ = 0;

	(void)state;

	big_draw(with, "e\u0301x", false);
	big_draw(without, "ex", false);

	for (y = BIG_Y; y < BIG_Y + BIG_H; y++) {
		/* Behind the letter nothing has moved */
		assert_memory_equal(with + y * STRIDE + 1,
				    without + y * STRIDE + 1, STRIDE - 1);
		differ += with[y * STRIDE] != without[y * STRIDE];
	}
	assert_true(differ > 0);
}


static void an_accent_is_never_cut_from_its_letter(void **state)
{
	uint8_t cut[BITS], same[BITS];

	(void)state;

	big_draw(cut, "0123456789abcdef012e\u0301" "456789", false);
	big_draw(same, "0123456789abcdef012e\u0301\u2026", false);
	assert_memory_equal(cut, same, BITS);

	/* Cut at the front: the accent goes with its letter */
	/* The letter that would be the 21st from the end goes, and the accent
	   that is behind it goes with it */
	big_draw(cut, "0123456e\u0301" "9abcdef0123456789abc", true);
	big_draw(same, "\u2026" "9abcdef0123456789abc", true);
	assert_memory_equal(cut, same, BITS);
}


static void the_right_side_stays_whole_when_the_left_is_cut(void **state)
{
	struct view_row row = {.right = "18:04"};
	uint8_t a[BITS], b[BITS];
	size_t y;

	(void)state;

	draw(a, &row, 0);
	strcpy(row.left, "A name that is far too long for this");
	draw(b, &row, 0);

	/* 30 pixels at the right: the last three whole bytes */
	for (y = 0; y < FONT_LOW; y++)
		assert_memory_equal(a + y * STRIDE + STRIDE - 3,
				    b + y * STRIDE + STRIDE - 3, 3);
}


static void a_larger_panel_shows_the_same_in_whole_pixels(void **state)
{
	static uint8_t large[BITS * 9];
	uint8_t small[BITS];
	struct fb fb = {
		.w      = RASTER_WIDTH * 3,
		.h      = RASTER_HEIGHT * 3,
		.stride = STRIDE * 3,
		.bits   = large,
	};
	struct fb one = {
		.w      = RASTER_WIDTH,
		.h      = RASTER_HEIGHT,
		.stride = STRIDE,
		.bits   = small,
	};
	struct view v;
	int x, y;

	(void)state;

	memset(&v, 0, sizeof(v));
	strcpy(v.row[0].left, "Incoming");
	strcpy(v.row[1].left, "Zo\u00eb \u7530\u4e2d");
	v.key[1] = SOFTKEY_REJECT;
	raster_draw(&fb, &v, &font);
	raster_draw(&one, &v, &font);

	for (y = 0; y < fb.h; y++) {
		for (x = 0; x < fb.w; x++)
			assert_int_equal(fb_get(&fb, x, y),
					 fb_get(&one, x / 3, y / 3));
	}
}


static void panels_of_any_size_are_drawn_within_their_bytes(void **state)
{
	static const struct {
		uint16_t w, h;
	} size[] = {
		{128, 64}, {129, 65}, {255, 127}, {256, 64}, {128, 480},
		{400, 240}, {800, 480}, {127, 64}, {1, 1},
	};
	struct view v;
	size_t i, k;

	(void)state;

	memset(&v, 0, sizeof(v));
	for (i = 0; i < VIEW_ROW_COUNT; i++)
		memset(v.row[i].left, 'W', VIEW_TEXT_MAX - 1);
	for (i = 0; i < SOFTKEY_COUNT_MAX; i++)
		v.key[i] = SOFTKEY_RETRY;

	for (i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		struct fb fb = {.w = size[i].w, .h = size[i].h};
		size_t bytes;

		fb.stride = (fb.w + 7u) / 8u;
		bytes     = fb.stride * fb.h;
		fb.bits   = malloc(bytes);
		assert_non_null(fb.bits);
		memset(fb.bits, 0, bytes);
		raster_draw(&fb, &v, &font);

		/* What is past the width in a row's last byte stays clear */
		for (k = 0; fb.w % 8 && k < fb.h; k++)
			assert_int_equal(fb.bits[(k + 1) * fb.stride - 1] &
						 (0xff >> fb.w % 8), 0);
		free(fb.bits);
	}
}


static void any_bytes_at_all_are_drawn_in_bounds(void **state)
{
	unsigned i;
	size_t k;

	(void)state;

	for (i = 0; i < TEXTS; i++) {
		struct view_row row = {
			.cut_front = random_next() & 1u,
			.joined    = random_next() & 1u,
		};
		const size_t left  = random_next() % VIEW_TEXT_MAX;
		const size_t right = random_next() % VIEW_TEXT_MAX;
		uint8_t bits[BITS];

		for (k = 0; k < left; k++)
			row.left[k] = (char)(random_next() % 255 + 1);
		for (k = 0; i % 3 && k < right; k++)
			row.right[k] = (char)(random_next() % 255 + 1);
		draw(bits, &row, i % VIEW_ROW_COUNT);
	}
}


static int setup(void **state)
{
	(void)state;

	return golden_font_load(&font);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_glyph_file_with_anything_wrong_is_refused),
		cmocka_unit_test(a_glyph_file_that_opens_can_be_drawn_from),
		cmocka_unit_test(a_glyph_is_the_tallest_that_fits),
		cmocka_unit_test(a_text_that_fits_to_the_pixel_is_not_cut),
		cmocka_unit_test(a_text_that_is_too_long_ends_in_an_ellipsis),
		cmocka_unit_test(
		    a_number_that_is_too_long_begins_with_an_ellipsis),
		cmocka_unit_test(
		    an_accent_stands_over_its_letter_and_takes_no_room),
		cmocka_unit_test(an_accent_is_never_cut_from_its_letter),
		cmocka_unit_test(
		    the_right_side_stays_whole_when_the_left_is_cut),
		cmocka_unit_test(
		    a_larger_panel_shows_the_same_in_whole_pixels),
		cmocka_unit_test(
		    panels_of_any_size_are_drawn_within_their_bytes),
		cmocka_unit_test(any_bytes_at_all_are_drawn_in_bounds),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
