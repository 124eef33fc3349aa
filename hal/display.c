/**
 * @file hal/display.c  A one-bit framebuffer
 */
#include "hal/display.h"

#include <string.h>


enum {
	BYTE_BITS = 8,
	BYTE_HIGH = 0x80,
	BYTE_FULL = 0xff,
};


static bool is_inside(const struct fb *fb, int x, int y)
{
	return fb && fb->bits && x >= 0 && y >= 0 && x < fb->w && y < fb->h;
}


static size_t byte_index(const struct fb *fb, int x, int y)
{
	return (size_t)y * fb->stride + (size_t)x / BYTE_BITS;
}


static uint8_t pixel_mask(int x)
{
	return (uint8_t)(BYTE_HIGH >> x % BYTE_BITS);
}


void fb_set(struct fb *fb, int x, int y, bool ink)
{
	uint8_t *byte;

	if (!is_inside(fb, x, y))
		return;

	byte = &fb->bits[byte_index(fb, x, y)];
	if (ink)
		*byte |= pixel_mask(x);
	else
		*byte &= (uint8_t)~pixel_mask(x);
}


bool fb_get(const struct fb *fb, int x, int y)
{
	return is_inside(fb, x, y) &&
	       fb->bits[byte_index(fb, x, y)] & pixel_mask(x);
}


void fb_clear(struct fb *fb)
{
	if (fb && fb->bits)
		memset(fb->bits, 0, fb->stride * fb->h);
}


/* The bits of a row's byte that are pixels: the last one may have others */
static uint8_t visible_mask(const struct fb *fb, size_t column)
{
	const size_t pixels = fb->w - column * BYTE_BITS;

	return pixels >= BYTE_BITS
		       ? (uint8_t)BYTE_FULL
		       : (uint8_t)(BYTE_FULL << (BYTE_BITS - pixels));
}


struct fb_rect fb_diff(const struct fb *a, const struct fb *b)
{
	size_t left = SIZE_MAX, right = 0, top = SIZE_MAX, bottom = 0;
	size_t columns;

	if (!a || !b || a->w != b->w || a->h != b->h || !a->bits || !b->bits)
		return (struct fb_rect){0};

	columns = ((size_t)a->w + BYTE_BITS - 1) / BYTE_BITS;
	for (size_t y = 0; y < a->h; y++) {
		for (size_t i = 0; i < columns; i++) {
			const uint8_t changed = a->bits[y * a->stride + i] ^
						b->bits[y * b->stride + i];

			if (!(changed & visible_mask(a, i)))
				continue;
			if (top == SIZE_MAX)
				top = y;
			bottom = y + 1;
			left = i < left ? i : left;
			right = i + 1 > right ? i + 1 : right;
		}
	}

	if (top == SIZE_MAX)
		return (struct fb_rect){0};

	left *= BYTE_BITS;
	right *= BYTE_BITS;
	if (right > a->w)
		right = a->w;

	return (struct fb_rect){
		.x = (uint16_t)left,
		.y = (uint16_t)top,
		.w = (uint16_t)(right - left),
		.h = (uint16_t)(bottom - top),
	};
}
