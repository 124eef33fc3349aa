/**
 * @file tests/cortexm/screens.c  Every screen, drawn here and printed
 *
 * The goldens are files, so whoever started the machine compares: for each
 * scene "screen NAME", "line N |TEXT|" as in its golden, and where its pixels
 * are a golden too, "bits HEX" for each row of them.
 */
#include <stdio.h>
#include <string.h>

#include "app/ui/raster.h"
#include "tests/cortexm/machine.h"
#include "tests/golden/scene.h"

enum {
	STRIDE = RASTER_WIDTH / 8,
	TEXT_MAX = 2 * VIEW_TEXT_MAX,
	LINE_MAX = TEXT_MAX + 16,
};

/* The glyph file, where the linker puts it */
__asm__(".section .glyphs, \"a\"\n"
	"glyphs_start: .incbin \"" GLYPHS_FILE "\"\n"
	"glyphs_end:\n"
	".previous");

extern const uint8_t glyphs_start[], glyphs_end[];

static struct scene_world world;
static struct scene scene;
static struct font font;


static void print_rows(const struct view *v)
{
	for (size_t i = 0; i < VIEW_ROW_COUNT; i++) {
		char text[TEXT_MAX], line[LINE_MAX];

		view_row_text(text, sizeof(text), &v->row[i]);
		snprintf(line, sizeof(line), "line %zu   |%s|\n", i + 1, text);
		machine_print(line);
	}
}


static void print_bits(const struct fb *fb)
{
	for (size_t y = 0; y < fb->h; y++) {
		char hex[2 * STRIDE + 1], line[LINE_MAX];

		for (size_t x = 0; x < STRIDE; x++)
			snprintf(&hex[2 * x], 3, "%02x",
				 fb->bits[y * fb->stride + x]);
		snprintf(line, sizeof(line), "bits %s\n", hex);
		machine_print(line);
	}
}


static void print_scene(size_t i)
{
	static uint8_t bits[STRIDE * RASTER_HEIGHT];
	struct fb fb = {.w = RASTER_WIDTH,
			.h = RASTER_HEIGHT,
			.stride = STRIDE,
			.bits = bits};
	char line[LINE_MAX];
	struct view v;

	scene_build(&scene, &world, i);
	(void)view_build(&v, &scene.phone, &scene.now, "127.0.0.1:5060");
	raster_draw(&fb, &v, &font);

	snprintf(line, sizeof(line), "screen %s\n", scene.name);
	machine_print(line);
	print_rows(&v);
	if (scene.pbm)
		print_bits(&fb);
}


int main(void)
{
	const size_t size = (size_t)(glyphs_end - glyphs_start);

	if (scene_world_init(&world) || font_open(&font, glyphs_start, size))
		return 1;

	for (size_t i = 0; i < scene_count(); i++)
		print_scene(i);

	return 0;
}
