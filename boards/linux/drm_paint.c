/**
 * @file boards/linux/drm_paint.c  How a framebuffer lies on a panel
 */
#define _GNU_SOURCE 1
#include "boards/linux/drm.h"

#include <endian.h>
#include <errno.h>


const struct drm_colours drm_colours_default = {
	.ink = 0x1a1a1a,
	.paper = 0xf2f2ea,
};


static uint16_t divide_up(uint16_t n, uint16_t by)
{
	return (uint16_t)((n + by - 1) / by);
}


static struct drm_layout layout(uint16_t panel_w, uint16_t panel_h, uint16_t w,
				uint16_t h, uint16_t scale)
{
	return (struct drm_layout){
		.panel_w = panel_w,
		.panel_h = panel_h,
		.w = w,
		.h = h,
		.scale = scale,
		.x = (uint16_t)((panel_w - w * scale) / 2),
		.y = (uint16_t)((panel_h - h * scale) / 2),
	};
}


struct drm_layout drm_layout_choose(uint16_t panel_w, uint16_t panel_h)
{
	const uint16_t across = divide_up(panel_w, FB_WIDTH_MAX);
	const uint16_t down = divide_up(panel_h, FB_HEIGHT_MAX);
	uint16_t scale = across > down ? across : down;

	if (!scale)
		scale = 1;

	return layout(panel_w, panel_h, panel_w / scale, panel_h / scale,
		      scale);
}


int drm_layout_fit(struct drm_layout *l, uint16_t panel_w, uint16_t panel_h,
		   uint16_t w, uint16_t h)
{
	uint16_t across, down;

	if (!l || !w || !h)
		return EINVAL;

	across = panel_w / w;
	down = panel_h / h;
	if (!across || !down)
		return ENOSPC;

	*l = layout(panel_w, panel_h, w, h, across < down ? across : down);
	return 0;
}


struct fb_rect drm_layout_rect(const struct drm_layout *l,
			       const struct fb_rect *rect)
{
	return (struct fb_rect){
		.x = (uint16_t)(l->x + rect->x * l->scale),
		.y = (uint16_t)(l->y + rect->y * l->scale),
		.w = (uint16_t)(rect->w * l->scale),
		.h = (uint16_t)(rect->h * l->scale),
	};
}


/* A row of the panel, from a row of the framebuffer */
static void row_paint(uint32_t *out, const struct drm_layout *l,
		      const struct fb *fb, const struct fb_rect *rect, int y,
		      const struct drm_colours *colours)
{
	const uint32_t ink = htole32(colours->ink);
	const uint32_t paper = htole32(colours->paper);

	for (int x = rect->x; x < rect->x + rect->w; x++) {
		const uint32_t colour = fb_get(fb, x, y) ? ink : paper;

		for (unsigned i = 0; i < l->scale; i++)
			*out++ = colour;
	}
}


void drm_paint(void *pixels, size_t pitch, const struct drm_layout *l,
	       const struct fb *fb, const struct fb_rect *rect,
	       const struct drm_colours *colours)
{
	const struct fb_rect panel = drm_layout_rect(l, rect);
	uint8_t *bytes = pixels;

	for (unsigned i = 0; i < panel.h; i++) {
		void *out = bytes + (panel.y + i) * pitch +
			    panel.x * sizeof(uint32_t);

		row_paint(out, l, fb, rect, (int)(rect->y + i / l->scale),
			  colours);
	}
}
