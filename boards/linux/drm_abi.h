/**
 * @file boards/linux/drm_abi.h  The part of the kernel's KMS that drm.c uses
 *
 * The kernel's interface, which never changes, by its values: Debian's kernel
 * headers leave out <drm/drm_mode.h>, and a library for a dozen requests would
 * be one more thing to install. A test holds it to the kernel's numbers.
 */
#ifndef RINGFENCE_LINUX_DRM_ABI_H
#define RINGFENCE_LINUX_DRM_ABI_H

#include <stdint.h>

#include <linux/ioctl.h>

enum {
	KMS_CAP_DUMB_BUFFER = 1,
	KMS_CONNECTED       = 1,
	KMS_DISCONNECTED    = 2,
	KMS_MODE_PREFERRED  = 1 << 3, /**< in kms_mode.type           */
	KMS_MODE_NAME_SIZE  = 32,
	KMS_PLANE_MAX       = 4,
	KMS_OBJECT_MAX      = 32,     /**< of a kind on a card        */

	/** "XR24": a little-endian 32-bit word is xRGB, 8 bits each */
	KMS_FORMAT_XRGB8888 = 0x34325258,
};

/* Pointers are 64 bits wide in all of these; "count" comes in as what fits
   and goes out as what there is */

struct kms_cap {
	uint64_t capability, value;
};

struct kms_mode {
	uint32_t clock;
	uint16_t hdisplay, hsync_start, hsync_end, htotal, hskew;
	uint16_t vdisplay, vsync_start, vsync_end, vtotal, vscan;
	uint32_t vrefresh, flags, type;
	char name[KMS_MODE_NAME_SIZE];
};

struct kms_resources {
	uint64_t fb_id_ptr, crtc_id_ptr, connector_id_ptr, encoder_id_ptr;
	uint32_t count_fbs, count_crtcs, count_connectors, count_encoders;
	uint32_t min_width, max_width, min_height, max_height;
};

/** count_modes of 0 on the way in has the kernel look at the plug */
struct kms_connector {
	uint64_t encoders_ptr, modes_ptr, props_ptr, prop_values_ptr;
	uint32_t count_modes, count_props, count_encoders;
	uint32_t encoder_id; /**< in use, or 0 */
	uint32_t connector_id, connector_type, connector_type_id;
	uint32_t connection, mm_width, mm_height, subpixel, pad;
};

struct kms_encoder {
	uint32_t encoder_id, encoder_type;
	uint32_t crtc_id; /**< in use, or 0 */
	uint32_t possible_crtcs, possible_clones;
};

struct kms_crtc {
	uint64_t set_connectors_ptr;
	uint32_t count_connectors, crtc_id, fb_id, x, y, gamma_size;
	uint32_t mode_valid;
	struct kms_mode mode;
};

struct kms_fb {
	uint32_t fb_id, width, height, pixel_format, flags;
	uint32_t handles[KMS_PLANE_MAX], pitches[KMS_PLANE_MAX];
	uint32_t offsets[KMS_PLANE_MAX];
	uint64_t modifier[KMS_PLANE_MAX];
};

struct kms_clip {
	uint16_t x1, y1, x2, y2; /**< x2 and y2 are outside */
};

struct kms_dirty {
	uint32_t fb_id, flags, color, num_clips;
	uint64_t clips_ptr;
};

struct kms_dumb_create {
	uint32_t height, width, bpp, flags, handle, pitch;
	uint64_t size;
};

struct kms_dumb_map {
	uint32_t handle, pad;
	uint64_t offset;
};

struct kms_dumb_destroy {
	uint32_t handle;
};

#define KMS_IOWR(nr, type) _IOWR('d', nr, type)

#define KMS_GET_CAP       KMS_IOWR(0x0c, struct kms_cap)
#define KMS_SET_MASTER    _IO('d', 0x1e)
#define KMS_GET_RESOURCES KMS_IOWR(0xa0, struct kms_resources)
#define KMS_GET_CRTC      KMS_IOWR(0xa1, struct kms_crtc)
#define KMS_SET_CRTC      KMS_IOWR(0xa2, struct kms_crtc)
#define KMS_GET_ENCODER   KMS_IOWR(0xa6, struct kms_encoder)
#define KMS_GET_CONNECTOR KMS_IOWR(0xa7, struct kms_connector)
#define KMS_REMOVE_FB     KMS_IOWR(0xaf, unsigned int)
#define KMS_DIRTY_FB      KMS_IOWR(0xb1, struct kms_dirty)
#define KMS_CREATE_DUMB   KMS_IOWR(0xb2, struct kms_dumb_create)
#define KMS_MAP_DUMB      KMS_IOWR(0xb3, struct kms_dumb_map)
#define KMS_DESTROY_DUMB  KMS_IOWR(0xb4, struct kms_dumb_destroy)
#define KMS_ADD_FB        KMS_IOWR(0xb8, struct kms_fb)

#endif
