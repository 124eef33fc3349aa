/**
 * @file boards/linux/drm.h  A panel or screen of the kernel's DRM/KMS
 *
 * Sets the preferred mode of the first screen that is connected, and turns
 * one-bit pixels into colours, each as large as it takes. Knows modes and
 * memory; not what is drawn.
 */
#ifndef RINGFENCE_LINUX_DRM_H
#define RINGFENCE_LINUX_DRM_H

#include "hal/display.h"

/** Colours as 0xRRGGBB */
struct drm_colours {
	uint32_t ink, paper;
};

/** Black on white, easy on the eye at night: 0x1a1a1a on 0xf2f2ea */
extern const struct drm_colours drm_colours_default;

/* How a framebuffer lies on a panel; pure */

struct drm_layout {
	uint16_t panel_w, panel_h; /**< pixels                             */
	uint16_t w, h;             /**< the framebuffer's                  */
	uint16_t scale;            /**< a pixel of ours is scale x scale   */
	uint16_t x, y;             /**< where it starts on the panel       */
};

/**
 * The framebuffer that suits a panel: all of it up to FB_WIDTH_MAX x
 * FB_HEIGHT_MAX, else a whole part of it
 */
struct drm_layout drm_layout_choose(uint16_t panel_w, uint16_t panel_h);

/**
 * Place a framebuffer of a given size: as large as it goes, centred
 *
 * @return 0, or ENOSPC if the panel is too small
 */
int drm_layout_fit(struct drm_layout *l, uint16_t panel_w, uint16_t panel_h,
		   uint16_t w, uint16_t h);

/** The part of the panel that a part of the framebuffer covers */
struct fb_rect drm_layout_rect(const struct drm_layout *l,
			       const struct fb_rect *rect);

/**
 * Write a part of a framebuffer as XRGB8888; never reads the memory, which
 * may be slow to read
 *
 * @param pixels  The panel's memory, 4 bytes a pixel, aligned
 * @param pitch   Bytes a row, a multiple of 4
 * @param l       Layout
 * @param fb      Framebuffer of the layout's size
 * @param rect    What is written, within it
 * @param colours Colours
 */
void drm_paint(void *pixels, size_t pitch, const struct drm_layout *l,
	       const struct fb *fb, const struct fb_rect *rect,
	       const struct drm_colours *colours);

/* The screen of a card */

struct drm;

/**
 * Open a card and show an empty screen
 *
 * @param dp      Set to the screen, closed by drm_close
 * @param path    E.g. /dev/dri/card0
 * @param colours Colours, copied
 *
 * @return 0, ENOENT: there is no such card, ENOTSUP: it has no screens or
 *         none in plain memory, ENODEV: no screen is connected, EACCES or
 *         EBUSY: somebody else draws there, or errno
 */
int drm_open(struct drm **dp, const char *path,
	     const struct drm_colours *colours);

/** Give the screen back; NULL is ignored */
void drm_close(struct drm *d);

/** @return width of the framebuffer to be flushed, pixels; never changes */
uint16_t drm_width(const struct drm *d);

/** @return its height, likewise */
uint16_t drm_height(const struct drm *d);

/**
 * Show a part of a framebuffer
 *
 * When the screen or the card is gone this says ENODEV, and each flush looks
 * for it again; one that has come back, perhaps of another size, shows
 * everything.
 *
 * @param d     Screen
 * @param fb    Framebuffer of drm_width x drm_height
 * @param dirty What is taken over from it
 *
 * @return 0, EINVAL, ENODEV or errno
 */
int drm_flush(struct drm *d, const struct fb *fb, const struct fb_rect *dirty);

#endif
