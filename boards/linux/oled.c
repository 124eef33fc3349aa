/**
 * @file boards/linux/oled.c  A small OLED on an I2C bus: SSD1306 or SH1106
 *
 * Only what both controllers understand, or one of them ignores. Each command
 * with its argument is a transaction of its own, each of their bytes behind a
 * control byte: some controllers forget the argument's place otherwise.
 */
#define _GNU_SOURCE 1
#include "boards/linux/oled.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>


enum {
	CONTROL_COMMAND = 0x80, /* one command byte follows */
	CONTROL_DATA = 0x40,    /* data up to the stop      */

	COMMAND_COLUMN_LOW = 0x00,  /* + the column's low 4 bits  */
	COMMAND_COLUMN_HIGH = 0x10, /* + its high 4 bits          */
	COMMAND_ADDRESSING = 0x20,
	COMMAND_START_LINE = 0x40, /* + line                     */
	COMMAND_CONTRAST = 0x81,
	COMMAND_PUMP = 0x8d,
	COMMAND_SEGMENTS = 0xa1, /* column 0 is on the left    */
	COMMAND_FROM_RAM = 0xa4,
	COMMAND_NOT_INVERSE = 0xa6,
	COMMAND_MULTIPLEX = 0xa8,
	COMMAND_OFF = 0xae,
	COMMAND_ON = 0xaf,
	COMMAND_PAGE = 0xb0, /* + page                     */
	COMMAND_ROWS = 0xc8, /* row 0 is at the top        */
	COMMAND_ROW_OFFSET = 0xd3,
	COMMAND_CLOCK = 0xd5,
	COMMAND_PRECHARGE = 0xd9,
	COMMAND_ROW_PINS = 0xda,
	COMMAND_VCOMH = 0xdb,

	/* The data sheets' values for these glasses */
	ADDRESSING_PAGE = 0x02,
	CLOCK_100_HZ = 0x80,
	PRECHARGE_PUMP = 0xf1,
	VCOMH_HIGH = 0x40,
	PUMP_ON = 0x14,

	ROW_PINS_IN_TURN = 0x02,
	ROW_PINS_ALTERNATE = 0x12,
	IN_TURN_HEIGHT_MAX = 32, /* long flat glasses: 96x16, 128x32 */
	IN_TURN_WIDTH_MIN = 96,

	NIBBLE_BITS = 4,
	NIBBLE_MASK = 0x0f,
	ADDRESS_MAX = 0x7f,
	PERCENT_MAX = 100,
	CONTRAST_MAX = 255,
};

struct oled {
	struct oled_config config;
	oled_send_h *sendh;
	void *arg;
	int fd;    /* -1: the bus is the caller's */
	bool lost; /* nobody knows what the controller shows */
	uint8_t page[OLED_PAGE_MAX][OLED_WIDTH_MAX]; /* what it is to show */
};


static int send_bytes(struct oled *o, const uint8_t *bytes, size_t len)
{
	const int err = o->sendh(o->config.address, bytes, len, o->arg);

	if (err)
		o->lost = true;

	return err;
}


static int command(struct oled *o, uint8_t code)
{
	const uint8_t bytes[] = {CONTROL_COMMAND, code};

	return send_bytes(o, bytes, sizeof(bytes));
}


static int command_set(struct oled *o, uint8_t code, uint8_t value)
{
	const uint8_t bytes[] = {CONTROL_COMMAND, code, CONTROL_COMMAND,
				 value};

	return send_bytes(o, bytes, sizeof(bytes));
}


/* Send columns of a page, `first` up to but not including `end` */
static int page_send(struct oled *o, size_t page, size_t first, size_t end)
{
	const size_t column = o->config.column + first;
	uint8_t bytes[OLED_SEND_MAX] = {CONTROL_DATA};
	int err;

	err = command(o, (uint8_t)(COMMAND_PAGE | page));
	if (!err)
		err = command(o, (uint8_t)(COMMAND_COLUMN_LOW |
					   (column & NIBBLE_MASK)));
	if (!err)
		err = command(o, (uint8_t)(COMMAND_COLUMN_HIGH |
					   column >> NIBBLE_BITS));
	if (err)
		return err;

	memcpy(bytes + 1, o->page[page] + first, end - first);
	return send_bytes(o, bytes, 1 + end - first);
}


static int pages_send(struct oled *o)
{
	const size_t pages = o->config.h / OLED_ROWS;
	int err = 0;

	for (size_t i = 0; i < pages && !err; i++)
		err = page_send(o, i, 0, o->config.w);

	return err;
}


static uint8_t row_pins(const struct oled_config *config)
{
	return config->h <= IN_TURN_HEIGHT_MAX &&
			       config->w >= IN_TURN_WIDTH_MIN
		       ? ROW_PINS_IN_TURN
		       : ROW_PINS_ALTERNATE;
}


/* Everything is set: whoever drew there before may have left it otherwise */
static int controller_set(struct oled *o)
{
	/* An SH1106 has no addressing mode and starts its pump by itself. It
	   ignores those two, and takes their values for a column, which is
	   set anew before all data. */
	const struct {
		uint8_t code, value;
	} settings[] = {
		{COMMAND_CLOCK, CLOCK_100_HZ},
		{COMMAND_MULTIPLEX, (uint8_t)(o->config.h - 1)},
		{COMMAND_ROW_OFFSET, 0},
		{COMMAND_ADDRESSING, ADDRESSING_PAGE},
		{COMMAND_ROW_PINS, row_pins(&o->config)},
		{COMMAND_PRECHARGE, PRECHARGE_PUMP},
		{COMMAND_VCOMH, VCOMH_HIGH},
		{COMMAND_PUMP, PUMP_ON},
	};
	static const uint8_t commands[] = {
		COMMAND_START_LINE, COMMAND_SEGMENTS,    COMMAND_ROWS,
		COMMAND_FROM_RAM,   COMMAND_NOT_INVERSE,
	};
	int err;

	err = command(o, COMMAND_OFF);
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]) && !err;
	     i++)
		err = command_set(o, settings[i].code, settings[i].value);
	for (size_t i = 0; i < sizeof(commands) && !err; i++)
		err = command(o, commands[i]);

	return err;
}


static int light(struct oled *o)
{
	const unsigned percent = o->config.contrast;
	int err;

	if (!percent)
		return command(o, COMMAND_OFF);

	err = command_set(o, COMMAND_CONTRAST,
			  (uint8_t)(percent * CONTRAST_MAX / PERCENT_MAX));
	if (err)
		return err;

	return command(o, COMMAND_ON);
}


/* Dark until all is there: its memory holds noise after power-up */
static int start(struct oled *o)
{
	int err;

	o->lost = false;
	err = controller_set(o);
	if (!err)
		err = pages_send(o);
	if (!err)
		err = light(o);

	return err;
}


int oled_check(const struct oled_config *config)
{
	if (!config || config->address > ADDRESS_MAX || !config->w ||
	    config->w > OLED_WIDTH_MAX || !config->h ||
	    config->h > OLED_HEIGHT_MAX || config->h % OLED_ROWS ||
	    config->column + config->w > OLED_COLUMN_MAX ||
	    config->contrast > PERCENT_MAX)
		return EINVAL;

	return 0;
}


/* A bus of the kernel's: arg is the display, its descriptor is open */
static int i2c_send(uint8_t address, const uint8_t *bytes, size_t len,
		    void *arg)
{
	const struct oled *o = arg;
	uint8_t copy[OLED_SEND_MAX]; /* the kernel's type has no const */
	struct i2c_msg message = {
		.addr = address,
		.len = (uint16_t)len,
		.buf = copy,
	};
	struct i2c_rdwr_ioctl_data data = {.msgs = &message, .nmsgs = 1};

	if (len > sizeof(copy))
		return EINVAL;

	memcpy(copy, bytes, len);
	if (ioctl(o->fd, I2C_RDWR, &data) >= 0)
		return 0;

	/* Two names of the drivers for one thing */
	return errno == EREMOTEIO ? ENXIO : errno;
}


static int i2c_open(int *fdp, const char *path)
{
	unsigned long functions;
	int err = 0;
	int fd;

	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return errno;

	if (ioctl(fd, I2C_FUNCS, &functions) < 0)
		err = errno;
	else if (!(functions & I2C_FUNC_I2C))
		err = ENOTSUP;

	if (err)
		(void)close(fd);
	else
		*fdp = fd;

	return err;
}


static int oled_alloc(struct oled **op, const struct oled_config *config)
{
	struct oled *o;
	const int err = oled_check(config);

	if (err)
		return err;

	o = calloc(1, sizeof(*o));
	if (!o)
		return ENOMEM;

	o->config = *config;
	o->fd = -1;
	*op = o;
	return 0;
}


static int oled_start(struct oled **op, struct oled *o)
{
	const int err = start(o);

	if (err)
		oled_close(o);
	else
		*op = o;

	return err;
}


int oled_open(struct oled **op, const char *path,
	      const struct oled_config *config)
{
	struct oled *o;
	int err;

	if (!op || !path)
		return EINVAL;

	err = oled_alloc(&o, config);
	if (err)
		return err;

	err = i2c_open(&o->fd, path);
	if (err) {
		free(o);
		return err;
	}

	o->sendh = i2c_send;
	o->arg = o;
	return oled_start(op, o);
}


int oled_open_bus(struct oled **op, const struct oled_config *config,
		  oled_send_h *sendh, void *arg)
{
	struct oled *o;
	int err;

	if (!op || !sendh)
		return EINVAL;

	err = oled_alloc(&o, config);
	if (err)
		return err;

	o->sendh = sendh;
	o->arg = arg;
	return oled_start(op, o);
}


void oled_close(struct oled *o)
{
	if (!o)
		return;

	if (!o->lost)
		(void)command(o, COMMAND_OFF);
	if (o->fd >= 0)
		(void)close(o->fd);
	free(o);
}


/* What a column of a page is after a flush: only the dirty rows are new */
static uint8_t byte_merge(const struct fb *fb, size_t x, size_t page,
			  const struct fb_rect *dirty, uint8_t byte)
{
	for (size_t i = 0; i < OLED_ROWS; i++) {
		const size_t y = page * OLED_ROWS + i;
		const unsigned bit = 1U << i;

		if (y < dirty->y || y >= (size_t)dirty->y + dirty->h)
			continue;
		byte = (uint8_t)(fb_get(fb, (int)x, (int)y) ? byte | bit
							    : byte & ~bit);
	}

	return byte;
}


/* Take over a page; @return the columns that have changed, [first, end) */
static size_t page_merge(struct oled *o, size_t page, const struct fb *fb,
			 const struct fb_rect *dirty, size_t *firstp)
{
	size_t right = (size_t)dirty->x + dirty->w;
	size_t end = 0;

	right = right < o->config.w ? right : o->config.w;
	for (size_t x = dirty->x; x < right; x++) {
		uint8_t *byte = &o->page[page][x];
		const uint8_t merged = byte_merge(fb, x, page, dirty, *byte);

		if (merged == *byte)
			continue;
		*byte = merged;
		if (!end)
			*firstp = x;
		end = x + 1;
	}

	return end;
}


int oled_flush(struct oled *o, const struct fb *fb,
	       const struct fb_rect *dirty)
{
	int err = 0;

	if (!o || !fb || !dirty || fb->w < o->config.w || fb->h < o->config.h)
		return EINVAL;

	/* All pages are taken over, also behind one that can't be sent */
	for (size_t i = 0; i < o->config.h / (size_t)OLED_ROWS; i++) {
		size_t first = 0;
		const size_t end = page_merge(o, i, fb, dirty, &first);

		if (end && !o->lost)
			err = page_send(o, i, first, end);
	}
	if (err || !o->lost)
		return err;

	return start(o);
}


int oled_contrast(struct oled *o, unsigned percent)
{
	if (!o || percent > PERCENT_MAX)
		return EINVAL;

	o->config.contrast = percent;
	return o->lost ? start(o) : light(o);
}
