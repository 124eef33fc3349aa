/**
 * @file firmware/glyphs.h  Finds and maps the glyph file
 *
 * glyphs.bin beside the program (as it is built), else in the folder of the
 * data files (as it is installed). A phone without it still rings: every
 * character is a box, and the reason is said.
 */
#ifndef RINGFENCE_GLYPHS_H
#define RINGFENCE_GLYPHS_H

#include "app/ui/font.h"

struct glyphs {
	struct font font; /**< empty if there is no file */
	void *map;
	size_t size;
};

/** Map the file; what is wrong is said on standard error */
void glyphs_open(struct glyphs *g);

void glyphs_close(struct glyphs *g);

#endif
