/**
 * @file boards/linux/drm.c  A panel or screen of the kernel's DRM/KMS
 *
 * One buffer, scanned out while it is written: a phone's screen changes a few
 * times a second, and needs no flips. Drivers that send a copy to the panel
 * are told the dirty part; the others say that they need not know.
 */
#define _GNU_SOURCE 1
#define _FILE_OFFSET_BITS 64 /* where a buffer is mapped from */
#include "boards/linux/drm.h"
#include "boards/linux/drm_abi.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>


enum {
	PIXEL_BITS = 32,
	PIXEL_BYTES = PIXEL_BITS / 8,
};

struct drm {
	char *path;
	struct drm_colours colours;
	uint16_t w, h; /* of the framebuffer; 0: not chosen yet */

	int fd; /* -1: nothing of what follows is there */
	uint32_t connector, crtc;
	struct kms_mode mode;
	struct drm_layout layout;
	uint32_t handle, fb; /* 0: none */
	uint32_t pitch;
	void *pixels; /* NULL: not mapped */
	size_t size;
	bool silent; /* the driver need not know what is dirty */
};


static uint64_t address(const void *p)
{
	return (uint64_t)(uintptr_t)p;
}


/* The kernel may ask to be asked again */
static int kms(const struct drm *d, unsigned long request, void *arg)
{
	int n;

	do {
		n = ioctl(d->fd, request, arg);
	} while (n < 0 && (errno == EINTR || errno == EAGAIN));

	return n < 0 ? errno : 0;
}


/* The preferred mode; @return 0 or ENODEV if there is none */
static int mode_choose(struct kms_mode *mode, const struct kms_mode *v,
		       size_t n)
{
	if (!n)
		return ENODEV;

	*mode = v[0];
	for (size_t i = 0; i < n; i++) {
		if (v[i].type & KMS_MODE_PREFERRED) {
			*mode = v[i];
			break;
		}
	}

	return mode->hdisplay && mode->vdisplay ? 0 : ENODEV;
}


/* Look at a plug; @return 0, or ENODEV if no screen is behind it */
static int connector_read(struct drm *d, uint32_t id, struct kms_connector *c,
			  uint32_t encoder[KMS_OBJECT_MAX])
{
	struct kms_mode *mode = NULL;
	size_t room = 0;
	int err;

	*c = (struct kms_connector){.connector_id = id};
	err = kms(d, KMS_GET_CONNECTOR, c);
	if (err)
		return err;
	if (!c->count_modes) /* nothing is plugged in */
		return ENODEV;

	room = c->count_modes;
	mode = calloc(room, sizeof(*mode));
	if (!mode)
		return ENOMEM;

	*c = (struct kms_connector){
		.connector_id = id,
		.modes_ptr = address(mode),
		.count_modes = (uint32_t)room,
		.encoders_ptr = address(encoder),
		.count_encoders = KMS_OBJECT_MAX,
	};
	err = kms(d, KMS_GET_CONNECTOR, c);

	/* More than there were just now: they were not copied */
	if (!err && c->count_modes > room)
		err = ENODEV;
	if (!err)
		err = mode_choose(&d->mode, mode, c->count_modes);

	free(mode);
	return err;
}


/* What feeds the plug already, or may; @return 0 or ENODEV */
static int crtc_choose(struct drm *d, const struct kms_connector *c,
		       const uint32_t *encoder,
		       const struct kms_resources *res, const uint32_t *crtc)
{
	struct kms_encoder e = {.encoder_id = c->encoder_id};

	if (e.encoder_id && !kms(d, KMS_GET_ENCODER, &e) && e.crtc_id) {
		d->crtc = e.crtc_id;
		return 0;
	}

	for (size_t i = 0; i < c->count_encoders; i++) {
		e = (struct kms_encoder){.encoder_id = encoder[i]};
		if (kms(d, KMS_GET_ENCODER, &e))
			continue;
		for (size_t k = 0; k < res->count_crtcs; k++) {
			if (e.possible_crtcs & 1U << k) {
				d->crtc = crtc[k];
				return 0;
			}
		}
	}

	return ENODEV;
}


/* Find the plug, the mode and what feeds it. A panel that can't tell whether
   it is there is taken if no other is. */
static int screen_find(struct drm *d)
{
	uint32_t connector[KMS_OBJECT_MAX], crtc[KMS_OBJECT_MAX];
	uint32_t encoder[KMS_OBJECT_MAX] = {0};
	struct kms_resources res = {
		.crtc_id_ptr = address(crtc),
		.connector_id_ptr = address(connector),
		.count_crtcs = KMS_OBJECT_MAX,
		.count_connectors = KMS_OBJECT_MAX,
	};
	int err;

	err = kms(d, KMS_GET_RESOURCES, &res);
	if (err)
		return err; /* ENOTSUP of one that only computes */
	if (!res.count_crtcs || !res.count_connectors)
		return ENOTSUP;
	if (res.count_crtcs > KMS_OBJECT_MAX ||
	    res.count_connectors > KMS_OBJECT_MAX)
		return EOVERFLOW;

	for (int sure = 1; sure >= 0; sure--) {
		for (size_t i = 0; i < res.count_connectors; i++) {
			struct kms_connector c;

			if (connector_read(d, connector[i], &c, encoder) ||
			    (c.connection == KMS_CONNECTED) != sure ||
			    crtc_choose(d, &c, encoder, &res, crtc))
				continue;
			d->connector = connector[i];
			return 0;
		}
	}

	return ENODEV;
}


static int layout_set(struct drm *d)
{
	const uint16_t w = d->mode.hdisplay, h = d->mode.vdisplay;

	if (d->w)
		return drm_layout_fit(&d->layout, w, h, d->w, d->h);

	d->layout = drm_layout_choose(w, h);
	d->w = d->layout.w;
	d->h = d->layout.h;
	return 0;
}


static int buffer_create(struct drm *d)
{
	struct kms_cap cap = {.capability = KMS_CAP_DUMB_BUFFER};
	struct kms_dumb_create create = {
		.width = d->layout.panel_w,
		.height = d->layout.panel_h,
		.bpp = PIXEL_BITS,
	};
	struct kms_fb fb = {
		.width = create.width,
		.height = create.height,
		.pixel_format = KMS_FORMAT_XRGB8888,
	};
	struct kms_dumb_map map = {0};
	void *pixels;
	int err;

	if (kms(d, KMS_GET_CAP, &cap) || !cap.value)
		return ENOTSUP;

	err = kms(d, KMS_CREATE_DUMB, &create);
	if (err)
		return err;

	d->handle = create.handle;
	d->pitch = create.pitch;
	d->size = (size_t)create.size;
	fb.handles[0] = create.handle;
	fb.pitches[0] = create.pitch;
	map.handle = create.handle;
	err = kms(d, KMS_ADD_FB, &fb);
	if (err)
		return err;

	d->fb = fb.fb_id;
	err = kms(d, KMS_MAP_DUMB, &map);
	if (err)
		return err;

	pixels = mmap(NULL, d->size, PROT_READ | PROT_WRITE, MAP_SHARED, d->fd,
		      (off_t)map.offset);
	if (pixels == MAP_FAILED)
		return errno;

	d->pixels = pixels;
	return 0;
}


/* Paper up to the panel's edges */
static void panel_clear(struct drm *d)
{
	uint8_t bits = 0;
	const struct fb pixel = {.w = 1, .h = 1, .stride = 1, .bits = &bits};
	const struct drm_layout each = {.scale = 1};
	const struct fb_rect all = {
		.w = d->layout.panel_w,
		.h = d->layout.panel_h,
	};

	/* What lies outside of a framebuffer is paper */
	drm_paint(d->pixels, d->pitch, &each, &pixel, &all, &d->colours);
}


static int screen_show(struct drm *d)
{
	struct kms_crtc crtc = {
		.crtc_id = d->crtc,
		.fb_id = d->fb,
		.set_connectors_ptr = address(&d->connector),
		.count_connectors = 1,
		.mode = d->mode,
		.mode_valid = 1,
	};

	return kms(d, KMS_SET_CRTC, &crtc);
}


static void card_stop(struct drm *d)
{
	struct kms_dumb_destroy destroy = {.handle = d->handle};

	if (d->fd < 0)
		return;

	if (d->pixels)
		(void)munmap(d->pixels, d->size);
	if (d->fb)
		(void)kms(d, KMS_REMOVE_FB, &d->fb);
	if (d->handle)
		(void)kms(d, KMS_DESTROY_DUMB, &destroy);
	(void)close(d->fd);

	d->pixels = NULL;
	d->fb = 0;
	d->handle = 0;
	d->silent = false;
	d->fd = -1;
}


/* Show an empty screen */
static int card_start(struct drm *d)
{
	int err;

	d->fd = open(d->path, O_RDWR | O_CLOEXEC);
	if (d->fd < 0)
		return errno;

	/* Who may not, or was the first and is it already, finds out below */
	(void)kms(d, KMS_SET_MASTER, NULL);

	err = screen_find(d);
	if (!err)
		err = layout_set(d);
	if (!err)
		err = buffer_create(d);
	if (!err) {
		panel_clear(d);
		err = screen_show(d);
	}
	if (err)
		card_stop(d);

	return err;
}


/* Whether a screen is there and shows our buffer. The kernel notices a plug
   that is pulled by itself: asking it to look would take a frame or more. */
static bool is_shown(struct drm *d)
{
	struct kms_mode none;
	struct kms_connector c = {
		.connector_id = d->connector,
		.modes_ptr = address(&none),
		.count_modes = 1,
	};
	struct kms_crtc crtc = {.crtc_id = d->crtc};

	return !kms(d, KMS_GET_CONNECTOR, &c) &&
	       c.connection != KMS_DISCONNECTED &&
	       !kms(d, KMS_GET_CRTC, &crtc) && crtc.fb_id == d->fb;
}


static int tell_dirty(struct drm *d, const struct fb_rect *rect)
{
	const struct fb_rect panel = drm_layout_rect(&d->layout, rect);
	const struct kms_clip clip = {
		.x1 = panel.x,
		.y1 = panel.y,
		.x2 = (uint16_t)(panel.x + panel.w),
		.y2 = (uint16_t)(panel.y + panel.h),
	};
	struct kms_dirty dirty = {
		.fb_id = d->fb,
		.num_clips = 1,
		.clips_ptr = address(&clip),
	};
	int err;

	if (d->silent)
		return 0;

	err = kms(d, KMS_DIRTY_FB, &dirty);
	d->silent = err == ENOSYS || err == EOPNOTSUPP;

	return d->silent ? 0 : err;
}


int drm_open(struct drm **dp, const char *path,
	     const struct drm_colours *colours)
{
	struct drm *d;
	int err;

	if (!dp || !path || !colours)
		return EINVAL;

	d = calloc(1, sizeof(*d));
	if (!d)
		return ENOMEM;

	d->fd = -1;
	d->colours = *colours;
	d->path = strdup(path);
	err = d->path ? card_start(d) : ENOMEM;
	if (err)
		drm_close(d);
	else
		*dp = d;

	return err;
}


void drm_close(struct drm *d)
{
	if (!d)
		return;

	card_stop(d);
	free(d->path);
	free(d);
}


uint16_t drm_width(const struct drm *d)
{
	return d ? d->w : 0;
}


uint16_t drm_height(const struct drm *d)
{
	return d ? d->h : 0;
}


int drm_flush(struct drm *d, const struct fb *fb, const struct fb_rect *dirty)
{
	struct fb_rect rect;
	int err;

	if (!d || !fb || !dirty || fb->w != d->w || fb->h != d->h)
		return EINVAL;

	rect = *dirty;
	if (d->fd >= 0 && !is_shown(d))
		card_stop(d);
	if (d->fd < 0) {
		err = card_start(d);
		if (err)
			return err == ENOENT || err == ENXIO ? ENODEV : err;
		rect = (struct fb_rect){.w = d->w, .h = d->h};
	}

	drm_paint(d->pixels, d->pitch, &d->layout, fb, &rect, &d->colours);
	err = tell_dirty(d, &rect);
	if (err)
		card_stop(d);

	return err;
}
