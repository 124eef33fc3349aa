/**
 * @file app/ui/font.c  Glyphs, looked up in a data file's bytes
 */
#include "app/ui/font.h"

#include <errno.h>
#include <string.h>


enum {
	MAGIC_SIZE  = 8,
	HEADER_SIZE = MAGIC_SIZE + 4,
	RECORD_SIZE = 12,

	/* Where a record's fields stand */
	RECORD_WIDTH  = 4,
	RECORD_HEIGHT = 5,
	RECORD_FLAGS  = 6,
	RECORD_OFFSET = 8,

	FLAG_MARK = 1,
};

static const char magic[MAGIC_SIZE + 1] = "RFGLYPH1";

/** For a character that the font lacks: 6x12, level with its neighbours */
static const uint8_t box_rows[FONT_LOW] = {
	0x00, 0xf8, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0xf8, 0x00, 0x00, 0x00,
};
static const struct glyph box = {
	.w = 6, .h = FONT_LOW, .rows = box_rows,
};


static uint32_t get_u32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}


static const uint8_t *record_at(const struct font *f, size_t i)
{
	return f->data + HEADER_SIZE + i * RECORD_SIZE;
}


static bool record_sound(const uint8_t *rec, size_t rows_min, size_t size)
{
	const uint8_t w = rec[RECORD_WIDTH], h = rec[RECORD_HEIGHT];
	const size_t off = get_u32(rec + RECORD_OFFSET);
	const size_t need = (size_t)h * ((w + 7u) / 8u);

	return w <= FONT_HIGH && (h == FONT_LOW || h == FONT_HIGH) &&
	       off >= rows_min && off <= size && need <= size - off;
}


int font_open(struct font *f, const uint8_t *data, size_t size)
{
	struct font font;
	size_t i;

	if (!f || !data)
		return EINVAL;

	if (size < HEADER_SIZE || memcmp(data, magic, MAGIC_SIZE))
		return EBADMSG;

	font.data  = data;
	font.size  = size;
	font.count = get_u32(data + MAGIC_SIZE);

	if (font.count > (size - HEADER_SIZE) / RECORD_SIZE)
		return EBADMSG;

	for (i = 0; i < font.count; i++) {
		const uint8_t *rec = record_at(&font, i);

		if (!record_sound(rec, HEADER_SIZE + font.count * RECORD_SIZE,
				  size))
			return EBADMSG;

		if (i) {
			const uint8_t *prev = rec - RECORD_SIZE;
			const uint32_t cp = get_u32(rec);

			if (get_u32(prev) > cp)
				return EBADMSG;
			if (get_u32(prev) == cp &&
			    prev[RECORD_HEIGHT] >= rec[RECORD_HEIGHT])
				return EBADMSG;
		}
	}

	*f = font;

	return 0;
}


void font_glyph(const struct font *f, uint32_t cp, unsigned h_max,
		struct glyph *g)
{
	size_t lo = 0, hi = f->count;

	*g = box;

	/* The first record of the code point */
	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;

		if (get_u32(record_at(f, mid)) < cp)
			lo = mid + 1;
		else
			hi = mid;
	}

	for (; lo < f->count; lo++) {
		const uint8_t *rec = record_at(f, lo);

		if (get_u32(rec) != cp || rec[RECORD_HEIGHT] > h_max)
			break;

		g->w    = rec[RECORD_WIDTH];
		g->h    = rec[RECORD_HEIGHT];
		g->mark = rec[RECORD_FLAGS] & FLAG_MARK;
		g->rows = f->data + get_u32(rec + RECORD_OFFSET);
	}
}
