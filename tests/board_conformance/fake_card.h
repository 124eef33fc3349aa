/**
 * @file tests/board_conformance/fake_card.h  A graphics card, from below
 *
 * Takes the place of ioctl() (linked with --wrap=ioctl) and answers as the
 * kernel does; its memory is a file, which mmap() maps as it would the card's.
 * What a person sees is what the card was told to show: with a driver that
 * sends copies, only what was reported as dirty.
 */
#ifndef RINGFENCE_TESTS_FAKE_CARD_H
#define RINGFENCE_TESTS_FAKE_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FAKE_CONNECTOR_MAX = 4,
	FAKE_MODE_MAX      = 4,
	FAKE_PATH_SIZE     = 64,
	FAKE_CRTC_MAX      = 2,
	FAKE_CRTC          = 40, /**< the first one's id                   */
	FAKE_CONNECTED     = 1,  /**< fake_connector.status, as the kernel */
	FAKE_DISCONNECTED  = 2,
	FAKE_UNKNOWN       = 3,
	FAKE_NOWHERE       = 1 << 24, /**< no colour                      */
};

struct fake_connector {
	unsigned status;
	struct {
		uint16_t w, h;
		bool preferred;
	} mode[FAKE_MODE_MAX];
	unsigned crtcs;    /**< mask of what may feed it              */
	unsigned fed_by;   /**< id of the one that does; 0: none      */
};

struct fake_card {
	struct fake_connector connector[FAKE_CONNECTOR_MAX];
	size_t connectorc, crtcc;
	bool copies;         /**< the panel gets a copy of what is dirty */
	unsigned pad;        /**< bytes of a row that are not seen       */
	bool no_dumb;        /**< no buffers in plain memory             */
	int set_err;         /**< of setting a mode: somebody else draws */
	int dirty_err;       /**< of the next report of what is dirty    */
	unsigned interrupts; /**< requests that are to be made again     */

	unsigned sets, dirties; /**< how often a mode was set, dirt told */
	unsigned probes;        /**< how often it had to look at a plug  */
	unsigned lit;           /**< the connector that shows our buffer,
				     from 1; 0: none                     */
	unsigned fbs, dumbs;    /**< that have not been given back       */
	char fault[128];        /**< the first thing asked amiss         */
};

/** The one card */
extern struct fake_card fake_card;

/** Make it anew, and plug it in; @return its path */
const char *fake_card_open(const struct fake_card *card);

/** Take the card away, or bring it back */
void fake_card_plug(bool plugged);

/** Somebody else shows their picture */
void fake_card_steal(void);

/** Give its memory back */
void fake_card_close(void);

/** @return a panel's pixel, 0xRRGGBB; FAKE_NOWHERE outside of it */
uint32_t fake_card_pixel(unsigned x, unsigned y);

int __wrap_ioctl(int fd, unsigned long request, void *arg);

#endif
