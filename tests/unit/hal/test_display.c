/**
 * @file tests/unit/hal/test_display.c  Pixels, and what differs
 */
#include "tests/unit/hal/rows.h"


enum {
	W = 20, /* not a whole number of bytes */
	H = 5,
	STRIDE = 4, /* wider than it has to be */
};

struct screen {
	struct fb fb;
	uint8_t bits[STRIDE * H];
};

struct diff_row {
	const char *name;
	int pixel[4][2]; /* x and y; x of -1 is none */
	struct fb_rect rect;
};

static const struct diff_row diffs[] = {
	{"nothing", {{-1, 0}, {-1, 0}, {-1, 0}, {-1, 0}}, {0, 0, 0, 0}},
	{"the first pixel", {{0, 0}, {-1, 0}, {-1, 0}, {-1, 0}}, {0, 0, 8, 1}},
	{"the last pixel, cut at the screen's edge",
	 {{19, 4}, {-1, 0}, {-1, 0}, {-1, 0}},
	 {16, 4, 4, 1}},
	{"one in the middle",
	 {{9, 2}, {-1, 0}, {-1, 0}, {-1, 0}},
	 {8, 2, 8, 1}},
	{"two corners", {{0, 0}, {19, 4}, {-1, 0}, {-1, 0}}, {0, 0, 20, 5}},
	{"left below, right above",
	 {{7, 3}, {8, 1}, {-1, 0}, {-1, 0}},
	 {0, 1, 16, 3}},
	{"a row", {{3, 2}, {10, 2}, {18, 2}, {-1, 0}}, {0, 2, 20, 1}},
	{"a column", {{15, 0}, {14, 2}, {13, 3}, {12, 4}}, {8, 0, 8, 5}},
};


static void screen_init(struct screen *s)
{
	memset(s, 0, sizeof(*s));
	s->fb = (struct fb){.w = W, .h = H, .stride = STRIDE, .bits = s->bits};
}


static void a_pixel_stands_where_a_pbm_has_it(void **state)
{
	struct screen s;

	(void)state;

	screen_init(&s);
	fb_set(&s.fb, 0, 0, true);
	fb_set(&s.fb, 7, 1, true);
	fb_set(&s.fb, 8, 2, true);
	assert_int_equal(s.bits[0], 0x80);
	assert_int_equal(s.bits[STRIDE], 0x01);
	assert_int_equal(s.bits[2 * STRIDE + 1], 0x80);

	fb_set(&s.fb, 1, 0, true);
	fb_set(&s.fb, 0, 0, false);
	assert_int_equal(s.bits[0], 0x40);
	assert_true(fb_get(&s.fb, 1, 0));
	assert_false(fb_get(&s.fb, 0, 0));
}


static void a_pixel_outside_is_ignored(void **state)
{
	static const int outside[][2] = {{-1, 0}, {0, -1}, {W, 0},
					 {0, H},  {W, H},  {1 << 30, 1 << 30}};
	static const uint8_t blank[STRIDE * H];
	struct screen s;

	(void)state;

	screen_init(&s);
	for (size_t i = 0; i < ROWS(outside); i++) {
		fb_set(&s.fb, outside[i][0], outside[i][1], true);
		assert_false(fb_get(&s.fb, outside[i][0], outside[i][1]));
	}
	assert_memory_equal(s.bits, blank, sizeof(blank));
}


static void clear_leaves_no_ink(void **state)
{
	static const uint8_t blank[STRIDE * H];
	struct screen s;

	(void)state;

	screen_init(&s);
	memset(s.bits, 0xff, sizeof(s.bits));
	fb_clear(&s.fb);
	assert_memory_equal(s.bits, blank, sizeof(blank));
}


static void the_difference_is_the_smallest_that_holds_all(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(diffs); i++) {
		struct fb_rect got, back;
		struct screen a, b;

		screen_init(&a);
		screen_init(&b);
		for (size_t k = 0; k < ROWS(diffs[i].pixel); k++)
			fb_set(&b.fb, diffs[i].pixel[k][0],
			       diffs[i].pixel[k][1], true);

		got = fb_diff(&a.fb, &b.fb);
		back = fb_diff(&b.fb, &a.fb);
		if (memcmp(&got, &diffs[i].rect, sizeof(got)))
			fail_msg("%s: %u,%u %ux%u", diffs[i].name, got.x,
				 got.y, got.w, got.h);
		assert_memory_equal(&got, &back, sizeof(got));
	}
}


static void what_is_no_pixel_is_no_difference(void **state)
{
	struct screen a, b;

	(void)state;

	screen_init(&a);
	screen_init(&b);
	b.bits[2] = 0x0f;          /* behind pixel 19 */
	b.bits[STRIDE - 1] = 0xff; /* the stride's    */
	assert_int_equal(fb_diff(&a.fb, &b.fb).w, 0);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pixel_stands_where_a_pbm_has_it),
		cmocka_unit_test(a_pixel_outside_is_ignored),
		cmocka_unit_test(clear_leaves_no_ink),
		cmocka_unit_test(
			the_difference_is_the_smallest_that_holds_all),
		cmocka_unit_test(what_is_no_pixel_is_no_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
