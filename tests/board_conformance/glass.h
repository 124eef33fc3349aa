/**
 * @file tests/board_conformance/glass.h  An OLED module, from the bus's side
 *
 * Takes what is sent to an SSD1306 or SH1106, as the data sheets have it, and
 * shows what a person would see: the whole memory with its pointers, mirrors,
 * offsets, multiplex, inverse, contrast, pump. Strict where a controller is
 * known to be: a transaction that one of them would take amiss is a fault.
 */
#ifndef RINGFENCE_TESTS_GLASS_H
#define RINGFENCE_TESTS_GLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum glass_chip {
	GLASS_SSD1306,
	GLASS_SH1106,
};

enum {
	GLASS_COLUMN_MAX = 132,
	GLASS_PAGE_MAX   = 8,
};

/** How a module is made */
struct glass_made {
	const char *name;
	enum glass_chip chip;
	uint8_t address;
	uint16_t w, h;
	uint8_t offset; /**< columns of the memory left of the glass       */
	uint8_t pins;   /**< how its rows are wired: command 0xda's value  */
};

struct glass {
	struct glass_made made;
	uint8_t ram[GLASS_PAGE_MAX][GLASS_COLUMN_MAX];
	size_t page, column;

	bool on, pump, inverse, all_on, mirror_x, mirror_y;
	uint8_t mode, contrast, multiplex, row_offset, start_line, pins;

	unsigned transactions, data_bytes; /**< taken since they were reset */
	unsigned fail_at; /**< this transaction from now is not taken; 0:
			       all are */
	int fail_err;
	char fault[128]; /**< the first thing taken amiss; "" if none */
};

/** A module after power-up: registers reset, noise in the memory */
void glass_init(struct glass *g, const struct glass_made *made);

/** Take and give back power: what it showed is gone */
void glass_power_cycle(struct glass *g);

/** Leave it as another program may have: every register somewhere else */
void glass_disturb(struct glass *g);

/** The bus; an oled_send_h, arg is the module */
int glass_receive(uint8_t address, const uint8_t *bytes, size_t len,
		  void *arg);

/** Whether a pixel of the glass gives light */
bool glass_lit(const struct glass *g, int x, int y);

#endif
