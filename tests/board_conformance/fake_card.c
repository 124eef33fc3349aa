/**
 * @file tests/board_conformance/fake_card.c  A graphics card, from below
 */
#define _GNU_SOURCE 1
#include "tests/board_conformance/fake_card.h"
#include "boards/linux/drm_abi.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>


enum {
	CONNECTOR = 70, /* ids: each kind from another number */
	ENCODER = 60,
	FB = 80,
	FB_OTHER = 79, /* the console's */
	HANDLE = 1,
	PIXEL_BYTES = 4,
	PIXEL_MASK = 0xffffff,
	PANEL_W_MAX = 2048,
	PANEL_H_MAX = 1200,
};

struct fake_card fake_card;

static struct {
	int memory; /* the card's, a file */
	char dir[FAKE_PATH_SIZE], path[FAKE_PATH_SIZE + 8];
	char target[FAKE_PATH_SIZE];
	bool plugged;
	uint32_t w, h, pitch; /* of the buffer */
	const uint8_t *map;   /* what is scanned out, mapped */
	size_t size;
	uint32_t shown_w, shown_h;
	uint32_t panel[PANEL_H_MAX][PANEL_W_MAX];
} card = {.memory = -1};


static int fault(const char *what)
{
	if (!fake_card.fault[0])
		(void)snprintf(fake_card.fault, sizeof(fake_card.fault), "%s",
			       what);
	return EINVAL;
}


static void *pointer(uint64_t address)
{
	return (void *)(uintptr_t)address;
}


static void unmap(void)
{
	if (card.map)
		(void)munmap((void *)(uintptr_t)card.map, card.size);
	card.map = NULL;
}


const char *fake_card_open(const struct fake_card *made)
{
	fake_card = *made;
	memset(card.panel, 0, sizeof(card.panel));
	card.shown_w = 0;
	card.shown_h = 0;
	card.memory = memfd_create("card", MFD_CLOEXEC);
	(void)snprintf(card.target, sizeof(card.target), "/proc/self/fd/%d",
		       card.memory);
	(void)snprintf(card.dir, sizeof(card.dir), "/tmp/card-XXXXXX");
	if (card.memory < 0 || !mkdtemp(card.dir))
		abort();
	(void)snprintf(card.path, sizeof(card.path), "%s/card0", card.dir);
	card.plugged = false;
	fake_card_plug(true);

	return card.path;
}


void fake_card_plug(bool plugged)
{
	if (plugged == card.plugged)
		return;

	card.plugged = plugged;
	if (plugged ? symlink(card.target, card.path) : unlink(card.path))
		abort();
	if (!plugged) {
		card.shown_w = 0;
		card.shown_h = 0;
		fake_card.lit = 0;
	}
}


void fake_card_steal(void)
{
	memset(card.panel, 0, sizeof(card.panel));
	fake_card.lit = 0;
}


void fake_card_close(void)
{
	fake_card_plug(false);
	unmap();
	(void)rmdir(card.dir);
	(void)close(card.memory);
	card.memory = -1;
}


/* Without copies the buffer itself is seen */
uint32_t fake_card_pixel(unsigned x, unsigned y)
{
	uint32_t pixel;

	if (!fake_card.lit || x >= card.shown_w || y >= card.shown_h)
		return FAKE_NOWHERE;

	if (fake_card.copies)
		pixel = card.panel[y][x];
	else
		memcpy(&pixel,
		       card.map + (size_t)y * card.pitch + x * PIXEL_BYTES,
		       sizeof(pixel));

	return le32toh(pixel) & PIXEL_MASK;
}


/* Send a part of the buffer to the panel */
static void scan_out(uint32_t x1, uint32_t y1, uint32_t x2, uint32_t y2)
{
	for (uint32_t y = y1; y < y2; y++) {
		const ssize_t len = (ssize_t)((x2 - x1) * PIXEL_BYTES);

		if (pread(card.memory, &card.panel[y][x1], (size_t)len,
			  (off_t)y * card.pitch + x1 * PIXEL_BYTES) != len)
			(void)fault("the buffer is smaller than its size");
	}
}


static struct fake_connector *connector(uint32_t id)
{
	return id >= CONNECTOR && id < CONNECTOR + fake_card.connectorc
		       ? &fake_card.connector[id - CONNECTOR]
		       : NULL;
}


static int resources_get(struct kms_resources *r)
{
	uint32_t *crtc = pointer(r->crtc_id_ptr);
	uint32_t *conn = pointer(r->connector_id_ptr);

	if (!fake_card.crtcc)
		return EOPNOTSUPP; /* a card that only computes */

	for (uint32_t i = 0; i < fake_card.crtcc && i < r->count_crtcs; i++)
		crtc[i] = FAKE_CRTC + i;
	for (uint32_t i = 0;
	     i < fake_card.connectorc && i < r->count_connectors; i++)
		conn[i] = CONNECTOR + i;

	r->count_crtcs = (uint32_t)fake_card.crtcc;
	r->count_connectors = (uint32_t)fake_card.connectorc;
	r->count_encoders = (uint32_t)fake_card.connectorc;
	return 0;
}


static void mode_write(struct kms_mode *m, const struct fake_connector *c,
		       size_t i)
{
	*m = (struct kms_mode){
		.hdisplay = c->mode[i].w,
		.vdisplay = c->mode[i].h,
		.type = c->mode[i].preferred ? KMS_MODE_PREFERRED : 0,
	};
}


static int connector_get(struct kms_connector *r)
{
	const struct fake_connector *c = connector(r->connector_id);
	struct kms_mode *mode = pointer(r->modes_ptr);
	uint32_t *encoder = pointer(r->encoders_ptr);
	uint32_t modes = 0;

	if (!c)
		return ENOENT;
	if (!r->count_modes)
		fake_card.probes++;

	while (modes < FAKE_MODE_MAX && c->mode[modes].w &&
	       c->status != FAKE_DISCONNECTED)
		modes++;
	for (uint32_t i = 0; modes <= r->count_modes && i < modes; i++)
		mode_write(&mode[i], c, i);
	if (r->count_encoders)
		encoder[0] = r->connector_id - CONNECTOR + ENCODER;

	r->count_modes = modes;
	r->count_encoders = 1;
	r->encoder_id = c->fed_by ? r->connector_id - CONNECTOR + ENCODER : 0;
	r->connection = c->status;
	return 0;
}


static int encoder_get(struct kms_encoder *r)
{
	const struct fake_connector *c =
		connector(r->encoder_id - ENCODER + CONNECTOR);

	if (!c)
		return ENOENT;

	r->crtc_id = c->fed_by;
	r->possible_crtcs = c->crtcs;
	return 0;
}


static int crtc_get(struct kms_crtc *r)
{
	r->fb_id = fake_card.lit ? FB + fake_card.sets : FB_OTHER;
	r->mode_valid = 1;
	return 0;
}


/* A new picture's id is new: "sets" counts those that were shown */
static int crtc_set(const struct kms_crtc *r)
{
	const uint32_t *id = pointer(r->set_connectors_ptr);
	const struct fake_connector *c = connector(id[0]);
	void *map;

	if (fake_card.set_err)
		return fake_card.set_err;
	if (!c || r->count_connectors != 1 || !r->mode_valid)
		return fault("a mode without its connector");
	if (r->crtc_id < FAKE_CRTC ||
	    r->crtc_id >= FAKE_CRTC + fake_card.crtcc ||
	    !(c->crtcs & 1U << (r->crtc_id - FAKE_CRTC)))
		return fault("a connector that can't be fed by that");
	if (r->mode.hdisplay != card.w || r->mode.vdisplay != card.h)
		return fault("a buffer of another size");
	if (r->fb_id != FB + fake_card.sets + 1)
		return fault("a buffer that is not there");

	unmap();
	map = mmap(NULL, card.size, PROT_READ, MAP_SHARED, card.memory, 0);
	if (map == MAP_FAILED)
		return errno;

	card.map = map;
	fake_card.sets++;
	fake_card.lit = id[0] - CONNECTOR + 1;
	card.shown_w = card.w;
	card.shown_h = card.h;
	scan_out(0, 0, card.w, card.h);
	return 0;
}


static int dumb_create(struct kms_dumb_create *r)
{
	if (r->width > PANEL_W_MAX || r->height > PANEL_H_MAX || r->bpp != 32)
		return fault("a buffer that is too large");

	card.w = r->width;
	card.h = r->height;
	card.pitch = r->width * PIXEL_BYTES + fake_card.pad;
	r->pitch = card.pitch;
	r->size = (uint64_t)card.pitch * r->height;
	r->handle = HANDLE;
	fake_card.dumbs++;

	/* Another size of the file would take it from under the map */
	unmap();
	card.size = (size_t)r->size;
	return ftruncate(card.memory, 0) ||
			       ftruncate(card.memory, (off_t)card.size)
		       ? errno
		       : 0;
}


static int fb_add(struct kms_fb *r)
{
	if (r->pixel_format != KMS_FORMAT_XRGB8888 ||
	    r->handles[0] != HANDLE || r->pitches[0] != card.pitch ||
	    r->width != card.w || r->height != card.h)
		return fault("a framebuffer that is not the buffer");

	r->fb_id = FB + fake_card.sets + 1;
	fake_card.fbs++;
	return 0;
}


static int fb_dirty(const struct kms_dirty *r)
{
	const struct kms_clip *clip = pointer(r->clips_ptr);
	const int err = fake_card.dirty_err;

	fake_card.dirty_err = 0;
	fake_card.dirties++;
	if (err)
		return err;
	if (!fake_card.copies)
		return ENOSYS;
	if (r->num_clips != 1 || clip->x1 >= clip->x2 ||
	    clip->y1 >= clip->y2 || clip->x2 > card.w || clip->y2 > card.h)
		return fault("dirt beyond the edge");

	scan_out(clip->x1, clip->y1, clip->x2, clip->y2);
	return 0;
}


static int answer(unsigned long request, void *arg)
{
	switch (request) {
	case KMS_GET_CAP:
		((struct kms_cap *)arg)->value = !fake_card.no_dumb;
		return 0;
	case KMS_SET_MASTER:
		return fake_card.set_err;
	case KMS_GET_RESOURCES:
		return resources_get(arg);
	case KMS_GET_CONNECTOR:
		return connector_get(arg);
	case KMS_GET_ENCODER:
		return encoder_get(arg);
	case KMS_GET_CRTC:
		return crtc_get(arg);
	case KMS_SET_CRTC:
		return crtc_set(arg);
	case KMS_CREATE_DUMB:
		return fake_card.no_dumb ? ENOSYS : dumb_create(arg);
	case KMS_MAP_DUMB:
		((struct kms_dumb_map *)arg)->offset = 0;
		return 0;
	case KMS_ADD_FB:
		return fb_add(arg);
	case KMS_DIRTY_FB:
		return fb_dirty(arg);
	case KMS_REMOVE_FB:
		fake_card.fbs--;
		fake_card.lit = 0;
		return 0;
	case KMS_DESTROY_DUMB:
		fake_card.dumbs--;
		return 0;
	default:
		return fault("a request that is not known");
	}
}


int __wrap_ioctl(int fd, unsigned long request, void *arg)
{
	int err;

	(void)fd;
	if (fake_card.interrupts) {
		fake_card.interrupts--;
		err = fake_card.interrupts % 2 ? EINTR : EAGAIN;
	}
	else {
		err = card.plugged ? answer(request, arg) : ENODEV;
	}
	if (!err)
		return 0;

	errno = err;
	return -1;
}
