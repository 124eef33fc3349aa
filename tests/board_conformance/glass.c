/**
 * @file tests/board_conformance/glass.c  An OLED module, from the bus's side
 */
#include "tests/board_conformance/glass.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>


enum {
	SSD1306_COLUMNS = 128,
	SH1106_COLUMNS = 132,
	ROWS = 64,
	PAGE_ROWS = 8,
	CONTROL_COMMAND = 0x80,
	CONTROL_DATA = 0x40,
	MODE_HORIZONTAL = 0,
	MODE_PAGE = 2,
	PUMP_BIT = 0x04,
	NOISE = 0x5a,
};

/* What a controller does with a command, and how many arguments it has */
enum effect {
	UNKNOWN,
	IGNORED,
	COLUMN_LOW,
	COLUMN_HIGH,
	MODE,
	START_LINE,
	CONTRAST,
	PUMP,
	MIRROR_X,
	ALL_ON,
	INVERSE,
	MULTIPLEX,
	PUMP_SH1106,
	ON,
	PAGE,
	MIRROR_Y,
	ROW_OFFSET,
	PINS,
};

struct command {
	uint8_t first, last; /* codes */
	enum effect effect;
	unsigned arguments;
};

static const struct command common[] = {
	{0x00, 0x0f, COLUMN_LOW, 0}, {0x10, 0x1f, COLUMN_HIGH, 0},
	{0x40, 0x7f, START_LINE, 0}, {0x81, 0x81, CONTRAST, 1},
	{0xa0, 0xa1, MIRROR_X, 0},   {0xa4, 0xa5, ALL_ON, 0},
	{0xa6, 0xa7, INVERSE, 0},    {0xa8, 0xa8, MULTIPLEX, 1},
	{0xae, 0xaf, ON, 0},         {0xb0, 0xb7, PAGE, 0},
	{0xc0, 0xc0, MIRROR_Y, 0},   {0xc8, 0xc8, MIRROR_Y, 0},
	{0xd3, 0xd3, ROW_OFFSET, 1}, {0xd5, 0xd5, IGNORED, 1},
	{0xd9, 0xd9, IGNORED, 1},    {0xda, 0xda, PINS, 1},
	{0xdb, 0xdb, IGNORED, 1},    {0xe3, 0xe3, IGNORED, 0},
};

static const struct command only_ssd1306[] = {
	{0x20, 0x20, MODE, 1},
	{0x8d, 0x8d, PUMP, 1},
};

/* It has neither an addressing mode nor that pump, and passes over both */
static const struct command only_sh1106[] = {
	{0x20, 0x20, IGNORED, 0},
	{0x8d, 0x8d, IGNORED, 0},
	{0xad, 0xad, PUMP_SH1106, 1},
};


static size_t columns(const struct glass *g)
{
	return g->made.chip == GLASS_SSD1306 ? SSD1306_COLUMNS
					     : SH1106_COLUMNS;
}


static void fault(struct glass *g, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));


static void fault(struct glass *g, const char *fmt, ...)
{
	va_list ap;

	if (g->fault[0])
		return;

	va_start(ap, fmt);
	(void)vsnprintf(g->fault, sizeof(g->fault), fmt, ap);
	va_end(ap);
}


void glass_init(struct glass *g, const struct glass_made *made)
{
	memset(g, 0, sizeof(*g));
	g->made = *made;
	glass_power_cycle(g);
}


void glass_power_cycle(struct glass *g)
{
	memset(g->ram, NOISE, sizeof(g->ram));
	g->page = 0;
	g->column = 0;
	g->on = false;
	g->pump = g->made.chip == GLASS_SH1106;
	g->inverse = false;
	g->all_on = false;
	g->mirror_x = false;
	g->mirror_y = false;
	g->mode = MODE_PAGE;
	g->contrast = 0x7f;
	g->multiplex = ROWS - 1;
	g->row_offset = 0;
	g->start_line = 0;
	g->pins = 0x12;
}


void glass_disturb(struct glass *g)
{
	glass_power_cycle(g);
	g->page = 3;
	g->column = 77;
	g->on = true;
	g->inverse = true;
	g->all_on = true;
	g->multiplex = 20;
	g->row_offset = 9;
	g->start_line = 5;
	g->pins = 0x22;
	if (g->made.chip == GLASS_SSD1306)
		g->mode = MODE_HORIZONTAL;
}


static const struct command *find(const struct command *v, size_t n,
				  uint8_t code)
{
	for (size_t i = 0; i < n; i++) {
		if (code >= v[i].first && code <= v[i].last)
			return &v[i];
	}

	return NULL;
}


#define FIND(table, code) find(table, sizeof(table) / sizeof((table)[0]), code)


static struct command command_of(const struct glass *g, uint8_t code)
{
	const struct command *c = FIND(common, code);

	if (!c)
		c = g->made.chip == GLASS_SSD1306 ? FIND(only_ssd1306, code)
						  : FIND(only_sh1106, code);

	return c ? *c : (struct command){code, code, UNKNOWN, 0};
}


/* Commands that move the pointer, in page addressing only */
static void point(struct glass *g, enum effect effect, uint8_t code)
{
	if (g->mode != MODE_PAGE)
		return;
	if (effect == PAGE)
		g->page = code & 0x07;
	else if (effect == COLUMN_LOW)
		g->column = (g->column & ~(size_t)0x0f) | (code & 0x0f);
	else
		g->column = (g->column & 0x0f) | (size_t)(code & 0x0f) << 4;
}


static void run(struct glass *g, enum effect effect, uint8_t code,
		uint8_t argument)
{
	switch (effect) {
	case UNKNOWN:
		fault(g, "command 0x%02x is unknown", code);
		break;
	case IGNORED:
		break;
	case PAGE:
	case COLUMN_LOW:
	case COLUMN_HIGH:
		point(g, effect, code);
		break;
	case MODE:
		g->mode = argument & 0x03;
		break;
	case START_LINE:
		g->start_line = code & 0x3f;
		break;
	case CONTRAST:
		g->contrast = argument;
		break;
	case PUMP:
		g->pump = argument & PUMP_BIT;
		break;
	case PUMP_SH1106:
		g->pump = argument & 0x01;
		break;
	case MIRROR_X:
		g->mirror_x = code & 0x01;
		break;
	case ALL_ON:
		g->all_on = code & 0x01;
		break;
	case INVERSE:
		g->inverse = code & 0x01;
		break;
	case MULTIPLEX:
		g->multiplex = argument & 0x3f;
		break;
	case ON:
		g->on = code & 0x01;
		break;
	case MIRROR_Y:
		g->mirror_y = code & 0x08;
		break;
	case ROW_OFFSET:
		g->row_offset = argument & 0x3f;
		break;
	case PINS:
		g->pins = argument;
		break;
	}
}


/* Pairs of a control byte and a command byte. A command comes with its
   argument, and alone: QEMU's model forgets an argument's place only at the
   stop. */
static void take_commands(struct glass *g, const uint8_t *bytes, size_t len)
{
	uint8_t code[2] = {0, 0};
	struct command c;

	if (len != 2 && len != 4) {
		fault(g, "%zu bytes are no command with an argument", len);
		return;
	}
	for (size_t i = 0; i < len; i += 2) {
		if (bytes[i] != CONTROL_COMMAND) {
			fault(g, "control byte 0x%02x in a command", bytes[i]);
			return;
		}
		code[i / 2] = bytes[i + 1];
	}

	c = command_of(g, code[0]);
	if (len == 4 && !c.arguments && c.effect == IGNORED) {
		/* Passed over; its argument is taken for a command */
		run(g, command_of(g, code[1]).effect, code[1], 0);
		return;
	}
	if (c.arguments != len / 2 - 1) {
		fault(g, "command 0x%02x with %zu arguments", code[0],
		      len / 2 - 1);
		return;
	}

	run(g, c.effect, code[0], code[1]);
}


static void take_data(struct glass *g, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		/* An SH1106 stays at its last column, an SSD1306 goes round */
		if (g->column < columns(g))
			g->ram[g->page][g->column++] = bytes[i];
		if (g->made.chip == GLASS_SSD1306 && g->column == columns(g)) {
			g->column = 0;
			if (g->mode != MODE_PAGE)
				g->page = (g->page + 1) % GLASS_PAGE_MAX;
		}
	}

	g->data_bytes += (unsigned)len;
}


int glass_receive(uint8_t address, const uint8_t *bytes, size_t len, void *arg)
{
	struct glass *g = arg;

	if (address != g->made.address)
		return ENXIO;
	if (g->fail_at && !--g->fail_at)
		return g->fail_err;

	g->transactions++;
	if (!len)
		fault(g, "an empty transaction");
	else if (bytes[0] == CONTROL_DATA)
		take_data(g, bytes + 1, len - 1);
	else
		take_commands(g, bytes, len);

	return 0;
}


/* The glass is glued on upright for mirrored columns and rows, as nearly all
   modules are: its left edge is at the highest wired segment */
bool glass_lit(const struct glass *g, int x, int y)
{
	const size_t segment = columns(g) - 1 - g->made.offset - (size_t)x;
	const size_t column = g->mirror_x ? columns(g) - 1 - segment : segment;
	const size_t row_count = (size_t)g->multiplex + 1;
	const size_t line = (size_t)(g->made.h - 1 - y); /* COM of the row */
	size_t row = g->mirror_y ? row_count - 1 - line : line;

	if (!g->on || !g->pump || line >= row_count)
		return false;
	if (g->all_on)
		return true;

	/* Wired otherwise than it is driven: rows change places in pairs */
	if (g->pins != g->made.pins)
		row ^= 1;

	row = (row + g->row_offset + g->start_line) % ROWS;
	return (g->ram[row / PAGE_ROWS][column] >> row % PAGE_ROWS & 1) !=
	       g->inverse;
}
