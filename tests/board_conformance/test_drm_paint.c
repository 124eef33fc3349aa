/**
 * @file tests/board_conformance/test_drm_paint.c  Pixels in a panel's memory
 *
 * And that what is asked of the kernel is what it knows.
 */
#include "tests/board_conformance/conformance.h"

#include "boards/linux/drm.h"
#include "boards/linux/drm_abi.h"

#include <errno.h>


enum {
	INK = 0x102030,
	PAPER = 0xf0e0d0,
	PIXEL_BYTES = 4,
	GUARD = 0x5a,
};

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

static const struct drm_colours colours = {INK, PAPER};

struct screen {
	struct fb fb;
	uint8_t bits[8 * 8];
};


static void screen_init(struct screen *s, uint16_t w, uint16_t h)
{
	memset(s, 0, sizeof(*s));
	s->fb = (struct fb){.w = w,
			    .h = h,
			    .stride = ((size_t)w + 7) / 8,
			    .bits = s->bits};
}


/* The kernel's interface, by the kernel's numbers: they hold the sizes */
static void the_requests_are_the_kernels(void **state)
{
	static const struct {
		unsigned long ours, theirs;
	} rows[] = {
		{KMS_GET_CAP, 0xc010640c},
		{KMS_SET_MASTER, 0x0000641e},
		{KMS_GET_RESOURCES, 0xc04064a0},
		{KMS_GET_CRTC, 0xc06864a1},
		{KMS_SET_CRTC, 0xc06864a2},
		{KMS_GET_ENCODER, 0xc01464a6},
		{KMS_GET_CONNECTOR, 0xc05064a7},
		{KMS_REMOVE_FB, 0xc00464af},
		{KMS_DIRTY_FB, 0xc01864b1},
		{KMS_CREATE_DUMB, 0xc02064b2},
		{KMS_MAP_DUMB, 0xc01064b3},
		{KMS_DESTROY_DUMB, 0xc00464b4},
		{KMS_ADD_FB, 0xc06864b8},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++)
		assert_int_equal(rows[i].ours, rows[i].theirs);
	assert_int_equal(sizeof(struct kms_mode), 68);
	assert_int_equal(offsetof(struct kms_crtc, mode), 36);
	assert_int_equal(offsetof(struct kms_connector, connection), 60);
	assert_int_equal(offsetof(struct kms_mode, vdisplay), 14);
	assert_int_equal(offsetof(struct kms_mode, type), 32);
}


static void a_panel_up_to_800x480_is_offered_whole(void **state)
{
	static const struct {
		uint16_t panel_w, panel_h;
		struct drm_layout l;
	} rows[] = {
		{480, 272, {480, 272, 480, 272, 1, 0, 0}},
		{800, 480, {800, 480, 800, 480, 1, 0, 0}},
		{128, 64, {128, 64, 128, 64, 1, 0, 0}},
		{320, 480, {320, 480, 320, 480, 1, 0, 0}},
		{480, 800, {480, 800, 240, 400, 2, 0, 0}},
		{801, 480, {801, 480, 400, 240, 2, 0, 0}},
		{1366, 768, {1366, 768, 683, 384, 2, 0, 0}},
		{1920, 1080, {1920, 1080, 640, 360, 3, 0, 0}},
		{3840, 2160, {3840, 2160, 768, 432, 5, 0, 0}},
		{1601, 963, {1601, 963, 533, 321, 3, 1, 0}},
		{UINT16_MAX,
		 UINT16_MAX,
		 {UINT16_MAX, UINT16_MAX, 478, 478, 137, 24, 24}},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct drm_layout l =
			drm_layout_choose(rows[i].panel_w, rows[i].panel_h);

		if (memcmp(&l, &rows[i].l, sizeof(l)))
			fail_msg("%ux%u: %ux%u at %u,%u, %u times",
				 rows[i].panel_w, rows[i].panel_h, l.w, l.h,
				 l.x, l.y, l.scale);
	}
}


static void a_given_size_is_as_large_as_it_goes_and_centred(void **state)
{
	static const struct {
		uint16_t panel_w, panel_h, w, h;
		int err;
		struct drm_layout l;
	} rows[] = {
		{480, 272, 480, 272, 0, {480, 272, 480, 272, 1, 0, 0}},
		{1920, 1080, 480, 272, 0, {1920, 1080, 480, 272, 3, 240, 132}},
		{1024, 768, 480, 272, 0, {1024, 768, 480, 272, 2, 32, 112}},
		{481, 275, 480, 272, 0, {481, 275, 480, 272, 1, 0, 1}},
		{479, 272, 480, 272, ENOSPC, {0}},
		{480, 271, 480, 272, ENOSPC, {0}},
		{480, 272, 0, 272, EINVAL, {0}},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		struct drm_layout l = {0};

		assert_int_equal(drm_layout_fit(&l, rows[i].panel_w,
						rows[i].panel_h, rows[i].w,
						rows[i].h),
				 rows[i].err);
		assert_memory_equal(&l, &rows[i].l, sizeof(l));
	}
}


/* Each pixel of the panel's memory, and the bytes around it */
static void painting_writes_the_rectangle_and_no_byte_more(void **state)
{
	enum { W = 37, H = 23, PITCH = (W + 3) * PIXEL_BYTES };
	static uint32_t memory[(size_t)PITCH / PIXEL_BYTES * H];
	static struct screen s;
	uint32_t seed = 5;
	struct drm_layout l;

	(void)state;

	assert_int_equal(drm_layout_fit(&l, W, H, 11, 7), 0);
	assert_int_equal(l.scale, 3);
	screen_init(&s, 11, 7);

	for (unsigned i = 0; i < 200; i++) {
		const struct fb_rect rect = conformance_rect(&seed, &s.fb);

		conformance_scribble(&seed, &s.fb,
				     &(struct fb_rect){0, 0, 11, 7});
		memset(memory, GUARD, sizeof(memory));
		drm_paint(memory, PITCH, &l, &s.fb, &rect, &colours);

		for (int k = 0; k < (int)ROWS(memory); k++) {
			const int x = k % (W + 3) - l.x;
			const int y = k / (W + 3) - l.y;
			const bool in = x >= rect.x * 3 && y >= rect.y * 3 &&
					x < (rect.x + rect.w) * 3 &&
					y < (rect.y + rect.h) * 3;
			const uint32_t wanted = !in ? 0x5a5a5a5a
						: fb_get(&s.fb, x / 3, y / 3)
							? INK
							: PAPER;

			assert_int_equal(memory[k], wanted);
		}
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_requests_are_the_kernels),
		cmocka_unit_test(a_panel_up_to_800x480_is_offered_whole),
		cmocka_unit_test(
			a_given_size_is_as_large_as_it_goes_and_centred),
		cmocka_unit_test(
			painting_writes_the_rectangle_and_no_byte_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
