/**
 * @file app/ui/raster.c  From a view to pixels
 */
#include "app/ui/raster.h"

#include "app/policy/text.h"
#include "app/ui/text_id.h"

#include <string.h>


enum {
	ROW_STATUS_H  = FONT_LOW,
	ROW_BIG_H     = FONT_HIGH,
	ROW_LINE_H    = FONT_LOW,
	ROW_SOFTKEY_H = FONT_LOW,

	/* A small glyph in a big row: one row above the big ones' baseline,
	   so that what goes below it still fits */
	LOW_IN_HIGH_Y = 4,

	SIDE_GAP    = 2, /* at least, between left and right          */
	WORD_GAP    = 6, /* between left and right if they are joined */
	SOFTKEY_GAP = 1,

	ELLIPSIS = 0x2026,
};

/** How a text's letters are picked */
struct style {
	const struct font *font;
	unsigned h;   /**< of the row                                   */
	bool compact; /**< big row: small letters where they are slimmer */
};

/** A panel in units of the design, each scale x scale pixels */
struct canvas {
	struct fb *fb;
	unsigned scale;
	int w, h; /**< units */
};

struct span {
	const char *s;
	size_t len;
	int w;
};


static void canvas_set(const struct canvas *c, int x, int y, bool ink)
{
	unsigned i, k;

	if (x < 0 || y < 0 || x >= c->w || y >= c->h)
		return;

	for (i = 0; i < c->scale; i++) {
		uint8_t *row = c->fb->bits +
			       ((unsigned)y * c->scale + i) * c->fb->stride;

		for (k = 0; k < c->scale; k++) {
			const unsigned px = (unsigned)x * c->scale + k;
			const uint8_t bit = (uint8_t)(0x80u >> (px & 7u));

			if (ink)
				row[px >> 3] |= bit;
			else
				row[px >> 3] &= (uint8_t)~bit;
		}
	}
}


static void canvas_fill(const struct canvas *c, int x, int y, int w, int h)
{
	int i, k;

	for (i = 0; i < h; i++) {
		for (k = 0; k < w; k++)
			canvas_set(c, x + k, y + i, true);
	}
}


static void canvas_glyph(const struct canvas *c, int x, int y,
			 const struct glyph *g, bool ink)
{
	const unsigned step = (g->w + 7u) / 8u;
	unsigned i, k;

	for (i = 0; i < g->h; i++) {
		for (k = 0; k < g->w; k++) {
			if (g->rows[i * step + k / 8] & (0x80u >> (k & 7u)))
				canvas_set(c, x + (int)k, y + (int)i, ink);
		}
	}
}


/** The glyph for a character; returns how far below the row's top it goes */
static int style_glyph(const struct style *st, uint32_t cp, struct glyph *g)
{
	struct glyph low;

	font_glyph(st->font, cp, st->h, g);

	if (st->compact) {
		font_glyph(st->font, cp, FONT_LOW, &low);
		if (low.mark || low.w < g->w)
			*g = low;
	}

	return st->h == FONT_HIGH && g->h == FONT_LOW ? LOW_IN_HIGH_Y : 0;
}


/** A character with the marks that follow it */
static struct span cluster_next(const struct style *st, const char *s,
				size_t len)
{
	struct span sp = {.s = s};
	struct glyph g;
	uint32_t cp;

	while (sp.len < len) {
		const size_t n =
			text_utf8_decode(s + sp.len, len - sp.len, &cp);

		style_glyph(st, cp, &g);
		if (sp.len && !g.mark)
			break;

		if (!g.mark)
			sp.w += g.w;
		sp.len += n;
	}

	return sp;
}


static int text_width(const struct style *st, const char *s, size_t len)
{
	int w = 0;

	while (len) {
		const struct span sp = cluster_next(st, s, len);

		w += sp.w;
		s += sp.len;
		len -= sp.len;
	}

	return w;
}


static int text_draw(const struct canvas *c, const struct style *st, int x,
		     int y, const char *s, size_t len, bool ink)
{
	int prev_x = x;
	struct glyph g;
	uint32_t cp;

	while (len) {
		const size_t n = text_utf8_decode(s, len, &cp);
		const int dy   = style_glyph(st, cp, &g);

		if (g.mark) {
			/* In the middle of what it belongs to */
			canvas_glyph(c, prev_x + (x - prev_x - g.w) / 2,
				     y + dy, &g, ink);
		}
		else {
			canvas_glyph(c, x, y + dy, &g, ink);
			prev_x = x;
			x += g.w;
		}

		s += n;
		len -= n;
	}

	return x;
}


/** The longest beginning that fits, without a space at its end */
static struct span fit_begin(const struct style *st, const char *s,
			     size_t len, int max_w)
{
	struct span fit = {.s = s};

	while (fit.len < len) {
		const struct span sp =
			cluster_next(st, s + fit.len, len - fit.len);

		if (fit.w + sp.w > max_w)
			break;
		fit.w += sp.w;
		fit.len += sp.len;
	}

	while (fit.len && s[fit.len - 1] == ' ') {
		fit.len--;
		fit.w = text_width(st, s, fit.len);
	}

	return fit;
}


/** The longest end that fits, without a space at its beginning */
static struct span fit_end(const struct style *st, const char *s, size_t len,
			   int max_w)
{
	struct span fit = {.s = s, .len = len, .w = text_width(st, s, len)};

	while (fit.len && (fit.w > max_w || *fit.s == ' ')) {
		const struct span sp = cluster_next(st, fit.s, fit.len);

		fit.s += sp.len;
		fit.len -= sp.len;
		fit.w -= sp.w;
	}

	return fit;
}


/** Draw at most max_w units; returns where it ends */
static int text_draw_cut(const struct canvas *c, const struct style *st,
			 int x, int y, int max_w, const char *s,
			 bool cut_front)
{
	const size_t len = strlen(s);
	struct glyph dots;
	struct span fit;
	int dots_dy;

	if (text_width(st, s, len) <= max_w)
		return text_draw(c, st, x, y, s, len, true);

	dots_dy = style_glyph(st, ELLIPSIS, &dots);
	if (dots.w > max_w)
		return x;

	if (cut_front) {
		fit = fit_end(st, s, len, max_w - dots.w);
		canvas_glyph(c, x, y + dots_dy, &dots, true);
		return text_draw(c, st, x + dots.w, y, fit.s, fit.len, true);
	}

	fit = fit_begin(st, s, len, max_w - dots.w);
	x   = text_draw(c, st, x, y, fit.s, fit.len, true);
	canvas_glyph(c, x, y + dots_dy, &dots, true);

	return x + dots.w;
}


static void row_draw(const struct canvas *c, const struct font *f, int y,
		     unsigned h, const struct view_row *row)
{
	struct style st = {.font = f, .h = h};
	const int gap = !row->right[0] ? 0 : row->joined ? WORD_GAP : SIDE_GAP;
	int left_w, right_w, x;

	st.compact = h == FONT_HIGH &&
		     text_width(&st, row->left, strlen(row->left)) +
			     text_width(&st, row->right,
					strlen(row->right)) + gap > c->w;

	left_w  = text_width(&st, row->left, strlen(row->left));
	right_w = text_width(&st, row->right, strlen(row->right));

	if (left_w + gap + right_w > c->w) {
		const int share = c->w - gap - c->w / (row->joined ? 4 : 2);
		const int rest  = c->w - gap - left_w;
		const int most  = rest > share ? rest : share;

		right_w = right_w < most ? right_w : most;
	}

	x = text_draw_cut(c, &st, 0, y, c->w - gap - right_w, row->left,
			  row->cut_front);
	if (row->right[0]) {
		x = row->joined ? x + gap : c->w - right_w;
		text_draw_cut(c, &st, x, y, right_w, row->right, false);
	}
}


static void softkeys_draw(const struct canvas *c, const struct font *f,
			  const enum softkey key[SOFTKEY_COUNT_MAX])
{
	const struct style st = {.font = f, .h = ROW_SOFTKEY_H};
	const int y      = c->h - ROW_SOFTKEY_H;
	const int cell_w = c->w / SOFTKEY_COUNT_MAX;
	const int key_w  = cell_w - SOFTKEY_GAP;
	int i;

	for (i = 0; i < SOFTKEY_COUNT_MAX; i++) {
		const char *label = text_softkey(key[i]);
		const size_t len  = strlen(label);
		const int x       = i * cell_w;
		const int w       = text_width(&st, label, len);

		/* A key that means nothing still shows where it is */
		if (!len) {
			canvas_fill(c, x, c->h - 1, key_w, 1);
			continue;
		}

		canvas_fill(c, x, y + 1, key_w, ROW_SOFTKEY_H - 1);
		text_draw(c, &st, x + (key_w - w + 1) / 2, y + 1, label, len,
			  false);
	}
}


void raster_draw(struct fb *fb, const struct view *v, const struct font *f)
{
	static const unsigned row_h[VIEW_ROW_COUNT] = {
		ROW_STATUS_H, ROW_BIG_H, ROW_LINE_H, ROW_LINE_H,
	};
	struct canvas c = {.fb = fb};
	unsigned scale_h;
	size_t i;
	int y = 0;

	c.scale = fb->w / RASTER_WIDTH;
	scale_h = fb->h / RASTER_HEIGHT;
	if (scale_h < c.scale)
		c.scale = scale_h;
	if (!c.scale)
		return;

	c.w = (int)(fb->w / c.scale);
	c.h = (int)(fb->h / c.scale);

	memset(fb->bits, 0, fb->stride * fb->h);

	for (i = 0; i < VIEW_ROW_COUNT; i++) {
		row_draw(&c, f, y, row_h[i], &v->row[i]);
		y += (int)row_h[i];
	}

	softkeys_draw(&c, f, v->key);
}
