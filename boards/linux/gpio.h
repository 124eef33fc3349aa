/**
 * @file boards/linux/gpio.h  Lines of the GPIO character device, uAPI v2
 *
 * Finds a line by its name or by its chip's label and its offset, never by
 * the chip's number, which changes from kernel to kernel. Inputs by edges with
 * the kernel's time stamps, or read now and then where there are no
 * interrupts; outputs set. Knows lines and levels; not what a key does.
 */
#ifndef RINGFENCE_LINUX_GPIO_H
#define RINGFENCE_LINUX_GPIO_H

#include <stddef.h>

#include "hal/button.h"

enum {
	GPIO_NAME_SIZE = 32, /**< a name's bytes with the NUL: the kernel's */
	GPIO_INPUT_MAX = BUTTON_COUNT * 2,
	GPIO_OUTPUT_MAX = 64,
	GPIO_POLL_MS = 20, /**< lines without edges are read so often     */
};

enum gpio_bias {
	GPIO_BIAS_AS_IS,
	GPIO_BIAS_UP,
	GPIO_BIAS_DOWN,
	GPIO_BIAS_NONE,
};

/** Which line, and how it is wired */
struct gpio_line {
	char name[GPIO_NAME_SIZE]; /**< "": by chip and offset */
	char chip[GPIO_NAME_SIZE]; /**< label                  */
	unsigned offset;
	bool active_low;
	bool polled; /**< read now and then even if it has edges */
	enum gpio_bias bias;
};

/** Whether two are the same line, as far as names tell */
bool gpio_line_same(const struct gpio_line *a, const struct gpio_line *b);

/* A line's stream of edges, as bytes; pure */

struct gpio_stream {
	enum button button;
	bool down;
	bool held;      /**< since before we looked: no press */
	uint32_t seqno; /**< of the line's last edge; 0: none yet */
};

/**
 * Read edges
 *
 * @param s     State
 * @param bytes Whole struct gpio_v2_line_event; a rest is ignored
 * @param len   Bytes
 * @param edgeh Called for each change of the level
 * @param arg   Handler argument
 *
 * @return 0, or EAGAIN: edges were lost, the level is to be read
 */
int gpio_decode(struct gpio_stream *s, const void *bytes, size_t len,
		button_edge_h *edgeh, void *arg);

/** The level was read at at_ms */
void gpio_level(struct gpio_stream *s, bool down, uint64_t at_ms,
		button_edge_h *edgeh, void *arg);

/* The chips of a folder */

struct gpio;

/**
 * Prepare; no chip need be there
 *
 * @param gp  Set to the lines, closed by gpio_close
 * @param dir Folder of gpiochip*, normally /dev; outlives it
 *
 * @return 0 or errno
 */
int gpio_open(struct gpio **gp, const char *dir);

/** Give all lines back; NULL is ignored */
void gpio_close(struct gpio *g);

/**
 * Take a line as a key
 *
 * A key that is down already is no press; the hook is a level, and is told.
 *
 * @param polledp Set to whether it has to be read now and then
 *
 * @return 0, ENOENT: there is no such line, ENOTUNIQ: more than one, EBUSY:
 *         somebody else has it, ENOSPC: too many, or errno
 */
int gpio_input(struct gpio *g, const struct gpio_line *line,
	       enum button button, bool *polledp);

/**
 * Take a line as a lamp, dark
 *
 * @param idp Set to what gpio_set takes
 *
 * @return as gpio_input
 */
int gpio_output(struct gpio *g, const struct gpio_line *line, unsigned *idp);

/** Light a lamp or put it out; @return 0 or errno */
int gpio_set(struct gpio *g, unsigned id, bool lit);

/** @return a descriptor that is readable while there are edges */
int gpio_fd(const struct gpio *g);

/**
 * Report edges, oldest first for each line
 *
 * @param next_ms Lowered to when polled lines want to be read, if there are
 */
void gpio_poll(struct gpio *g, uint64_t now_ms, button_edge_h *edgeh,
	       void *arg, uint64_t *next_ms);

#endif
