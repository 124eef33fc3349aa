/**
 * @file app/ui/font.h  Glyphs, looked up in a data file's bytes
 *
 * The file is made at build time from Spleen 6x12 (Latin) and Unifont (8x16
 * and 16x16, the Basic Multilingual Plane); the shell maps it. Layout, little
 * endian: "RFGLYPH1", u32 count, then count records sorted by code point of
 * {u32 code point, u8 width, u8 height, u16 flags, u32 offset of the rows};
 * rows from the top, (width + 7)/8 bytes each, the leftmost pixel highest.
 * A code point may stand twice, with heights 12 and 16, the lower first.
 * Flag 1: a mark, drawn over the character before it (width 0: not drawn).
 */
#ifndef RINGFENCE_FONT_H
#define RINGFENCE_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FONT_LOW  = 12, /**< rows of a small glyph */
	FONT_HIGH = 16, /**< rows of a big one     */
};

struct font {
	const uint8_t *data;
	size_t size;
	size_t count;
};

struct glyph {
	uint8_t w, h;        /**< pixels, at most FONT_HIGH each        */
	bool mark;           /**< takes no room, drawn over the one before */
	const uint8_t *rows; /**< h rows of (w + 7)/8 bytes */
};

/**
 * Check a glyph file and use it; the bytes stay the caller's
 *
 * @return 0, or EBADMSG if it is none: every offset is checked here, so that
 *         drawing can't fail
 */
int font_open(struct font *f, const uint8_t *data, size_t size);

/**
 * Find a glyph
 *
 * @param f     Font
 * @param cp    Code point
 * @param h_max Rows that there is room for: 12 or 16
 * @param g     Set to the tallest glyph that fits; a box of 6x12 if there is
 *              none for this code point
 */
void font_glyph(const struct font *f, uint32_t cp, unsigned h_max,
		struct glyph *g);

#endif
