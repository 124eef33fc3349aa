/**
 * @file tests/board_conformance/oled_glass.c  The glasses that are tried
 */
#include "tests/board_conformance/oled_glass.h"


const struct fb_rect whole = {0, 0, SCREEN_W, SCREEN_H};

struct glass glass;

/* Row wiring as in the glasses' data sheets */
const struct glass_made glass_kinds[GLASS_KIND_COUNT] = {
	{"SSD1306 128x64", GLASS_SSD1306, 0x3c, 128, 64, 0, 0x12},
	{"SSD1306 128x32 at 0x3d", GLASS_SSD1306, 0x3d, 128, 32, 0, 0x02},
	{"SSD1306 96x16", GLASS_SSD1306, 0x3c, 96, 16, 0, 0x02},
	{"SSD1306 72x40", GLASS_SSD1306, 0x3c, 72, 40, 28, 0x12},
	{"SSD1306 64x48", GLASS_SSD1306, 0x3c, 64, 48, 32, 0x12},
	{"SH1106 128x64", GLASS_SH1106, 0x3c, 128, 64, 2, 0x12},
	{"132 columns, 96x16 at the right edge", GLASS_SH1106, 0x3c, 96, 16,
	 36, 0x02},
};


void screen_init(struct screen *s)
{
	memset(s, 0, sizeof(*s));
	s->fb = (struct fb){.w = SCREEN_W,
			    .h = SCREEN_H,
			    .stride = SCREEN_W / 8,
			    .bits = s->bits};
}


struct oled_config config_of(const struct glass_made *m)
{
	return (struct oled_config){
		.address = m->address,
		.w = m->w,
		.h = m->h,
		.column = m->offset,
		.contrast = CONTRAST,
	};
}


struct oled *open_glass(const struct glass_made *m)
{
	const struct oled_config config = config_of(m);
	struct oled *o = NULL;

	glass_init(&glass, m);
	assert_int_equal(oled_open_bus(&o, &config, glass_receive, &glass), 0);
	return o;
}


void assert_glass(const struct fb *wanted)
{
	assert_string_equal(glass.fault, "");
	for (int y = 0; y < glass.made.h; y++) {
		for (int x = 0; x < glass.made.w; x++) {
			if (glass_lit(&glass, x, y) != fb_get(wanted, x, y))
				fail_msg("%s: pixel %d,%d", glass.made.name, x,
					 y);
		}
	}
}


void assert_dark(void)
{
	struct screen blank;

	screen_init(&blank);
	assert_glass(&blank.fb);
}
