/**
 * @file tests/board_conformance/oled_glass.h  The glasses that are tried
 */
#ifndef RINGFENCE_TESTS_OLED_GLASS_H
#define RINGFENCE_TESTS_OLED_GLASS_H

#include "tests/board_conformance/conformance.h"
#include "tests/board_conformance/glass.h"

#include "boards/linux/oled.h"

enum {
	SCREEN_W         = 128, /**< what the phone draws for any glass */
	SCREEN_H         = 64,
	CONTRAST         = 80,  /**< percent                            */
	GLASS_KIND_COUNT = 7,
};

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

struct screen {
	struct fb fb;
	uint8_t bits[SCREEN_W / 8 * SCREEN_H];
};

/** All of a screen */
extern const struct fb_rect whole;

/** The kinds; the first is the usual one, the third 96x16 */
extern const struct glass_made glass_kinds[GLASS_KIND_COUNT];

/** The one on the bus */
extern struct glass glass;

void screen_init(struct screen *s);

struct oled_config config_of(const struct glass_made *m);

/** Hang a glass of a kind on the bus and open it */
struct oled *open_glass(const struct glass_made *m);

/** Check what is seen against the upper left of a framebuffer */
void assert_glass(const struct fb *wanted);

/** Check that nothing is seen */
void assert_dark(void);

#endif
