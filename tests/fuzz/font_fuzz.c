/**
 * @file tests/fuzz/font_fuzz.c  Any glyph file, and a screen drawn with it
 *
 * The first byte says how many bytes behind it are text to draw; the glyph
 * file is the rest. A file that is taken must be drawable whatever the text
 * is, and a glyph is the one that a look at every record finds.
 */
#include "tests/fuzz/fuzz.h"

#include "app/policy/text.h"
#include "app/ui/raster.h"

enum {
	STRIDE = RASTER_WIDTH / 8,

	/* The file's layout, app/ui/font.h */
	HEAD_SIZE = 12,
	RECORD_SIZE = 12,
};


static uint32_t get_u32(const uint8_t *p)
{
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[1] << 8 | p[0];
}


/** The tallest that fits, among all of them; NULL if there is none */
static const uint8_t *record_find(const struct font *f, uint32_t cp,
				  unsigned h_max)
{
	const uint8_t *found = NULL;

	for (size_t i = 0; i < f->count; i++) {
		const uint8_t *rec = f->data + HEAD_SIZE + i * RECORD_SIZE;

		if (get_u32(rec) == cp && rec[5] <= h_max &&
		    (!found || rec[5] > found[5]))
			found = rec;
	}

	return found;
}


static void check_glyph(const struct font *f, uint32_t cp, unsigned h_max)
{
	const uint8_t *rec = record_find(f, cp, h_max);
	struct glyph g;

	font_glyph(f, cp, h_max, &g);
	expect(g.w <= FONT_HIGH && g.h <= h_max && g.rows);
	if (!rec) {
		expect(g.w == 6 && g.h == FONT_LOW && !g.mark);
		return;
	}

	expect(g.w == rec[4] && g.h == rec[5] && g.mark == (rec[6] & 1));
	expect(g.rows == f->data + get_u32(rec + 8));
	expect(g.rows + (size_t)g.h * ((g.w + 7u) / 8u) <= f->data + f->size);
}


static void check_glyphs(const struct font *f, const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < f->count; i++) {
		const uint32_t cp =
			get_u32(f->data + HEAD_SIZE + i * RECORD_SIZE);

		check_glyph(f, cp, FONT_LOW);
		check_glyph(f, cp, FONT_HIGH);
		check_glyph(f, cp + 1, FONT_HIGH);
	}

	while (len) {
		uint32_t cp;
		const size_t n = text_utf8_decode(text, len, &cp);

		check_glyph(f, cp, FONT_LOW);
		check_glyph(f, cp, FONT_HIGH);
		text += n;
		len -= n;
	}
}


/* Every row has the text, on one side or both, laid out in every way */
static void draw(const struct font *f, const char *text)
{
	struct fb fb = {
		.w = RASTER_WIDTH, .h = RASTER_HEIGHT, .stride = STRIDE};
	struct view v;

	memset(&v, 0, sizeof(v));
	for (size_t i = 0; i < VIEW_ROW_COUNT; i++) {
		struct view_row *row = &v.row[i];

		text_copy(row->left, sizeof(row->left), text);
		if (i % 2)
			text_copy(row->right, sizeof(row->right), text);
		row->cut_front = i / 2;
		row->joined = strlen(text) % 2;
	}

	/* Of its own, so that a pixel beside it is found */
	fb.bits = malloc((size_t)STRIDE * RASTER_HEIGHT);
	if (!fb.bits)
		return;
	raster_draw(&fb, &v, f);
	free(fb.bits);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[UINT8_MAX + 1];
	struct font font;
	uint8_t *file;
	size_t n;

	if (!size)
		return 0;
	n = *data++;
	size--;
	if (n > size)
		n = size;
	(void)text_clean(text, sizeof(text), (const char *)data, n);
	data += n;
	size -= n;

	file = malloc(size ? size : 1);
	if (!file)
		return 0;
	if (size)
		memcpy(file, data, size);

	if (!font_open(&font, file, size)) {
		check_glyphs(&font, text);
		draw(&font, text);
	}

	free(file);
	return 0;
}
