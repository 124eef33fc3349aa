/**
 * @file tests/golden/golden.h  Comparing with what was agreed
 */
#ifndef RINGFENCE_TEST_GOLDEN_H
#define RINGFENCE_TEST_GOLDEN_H

#include "app/ui/raster.h"

/**
 * Compare with GOLDEN_DIR/NAME.txt
 *
 * What differs is printed. With UPDATE_GOLDEN=1 the golden is written.
 *
 * @return whether they are equal; false too if the golden is missing
 */
bool golden_text(const char *name, const char *text);

/** The same with GOLDEN_DIR/NAME.pbm; what differs is drawn in letters */
bool golden_pbm(const char *name, const struct fb *fb);

/** Read GLYPHS_FILE, once for the program's life; @return 0 or -1 */
int golden_font_load(struct font *font);

#endif
