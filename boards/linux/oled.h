/**
 * @file boards/linux/oled.h  A small OLED on an I2C bus: SSD1306 or SH1106
 *
 * Keeps what the glass is to show, and sends the bytes that have changed, by
 * page addressing, which both controllers have. Knows the controllers' bytes;
 * not what is drawn.
 */
#ifndef RINGFENCE_LINUX_OLED_H
#define RINGFENCE_LINUX_OLED_H

#include "hal/display.h"

enum {
	OLED_ADDRESS    = 0x3c, /**< on the bus; some have 0x3d          */
	OLED_WIDTH_MAX  = 128,  /**< pixels                              */
	OLED_HEIGHT_MAX = 64,
	OLED_ROWS       = 8,    /**< rows in a byte: a page              */
	OLED_COLUMN_MAX = 132,  /**< columns in an SH1106; SSD1306: 128  */
	OLED_PAGE_MAX   = OLED_HEIGHT_MAX / OLED_ROWS,
	OLED_SEND_MAX   = 1 + OLED_WIDTH_MAX, /**< bytes of a transaction */
};

/** The glass and where it hangs */
struct oled_config {
	uint8_t address;   /**< 7 bits                                    */
	uint16_t w, h;     /**< pixels of the glass; h a multiple of 8    */
	uint8_t column;    /**< the controller's column of the glass's
				left edge; SH1106 with 128 columns: 2     */
	unsigned contrast; /**< percent, as oled_contrast                 */
};

/**
 * Write one transaction to the bus: start, address, bytes, stop
 *
 * @return 0 or errno; ENXIO if nobody answers at the address
 */
typedef int(oled_send_h)(uint8_t address, const uint8_t *bytes, size_t len,
			 void *arg);

struct oled;

/** Whether there can be such a glass; @return 0 or EINVAL */
int oled_check(const struct oled_config *config);

/**
 * Open a bus, start the controller and clear the glass
 *
 * @param op     Set to the display, closed by oled_close
 * @param path   The bus, e.g. /dev/i2c-1
 * @param config Glass, copied
 *
 * @return 0, EINVAL: no such glass, ENOENT: no such bus, ENXIO: nobody
 *         answers at the address, ENOTSUP: the bus can't send plain bytes,
 *         or errno
 */
int oled_open(struct oled **op, const char *path,
	      const struct oled_config *config);

/** As oled_open, over a bus of the caller's */
int oled_open_bus(struct oled **op, const struct oled_config *config,
		  oled_send_h *sendh, void *arg);

/** Switch the glass off and close; NULL is ignored */
void oled_close(struct oled *o);

/**
 * Show a part of a framebuffer
 *
 * One that is larger than the glass is seen through its upper left part. After
 * an error, the next one starts the controller anew and sends everything: it
 * may have been without power.
 *
 * @param o     Display
 * @param fb    Framebuffer, not smaller than the glass
 * @param dirty What is taken over from it
 *
 * @return 0, EINVAL or the bus's errno
 */
int oled_flush(struct oled *o, const struct fb *fb,
	       const struct fb_rect *dirty);

/**
 * Set the brightness
 *
 * @param percent 1-100; 0 is off, and keeps what it shows
 *
 * @return 0, EINVAL or the bus's errno; after that the next flush sets it
 */
int oled_contrast(struct oled *o, unsigned percent);

#endif
