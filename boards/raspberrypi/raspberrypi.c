/**
 * @file boards/raspberrypi/raspberrypi.c  Five buttons, three lamps, an OLED
 *
 * The wiring is in README.md. Lines by name: the same on each model, while
 * chips and numbers are not.
 */
#include "boards/linux/linux.h"


/* An LED that config.txt has named comes before the bare line */
static const struct linux_default defaults[] = {
	{"key.reject", "gpio-line:GPIO17"},
	{"key.answer", "gpio-line:GPIO27"},
	{"key.up", "gpio-line:GPIO22"},
	{"key.down", "gpio-line:GPIO5"},
	{"key.ok", "gpio-line:GPIO6"},
	{"lamp.ring", "led:ring"},
	{"lamp.ring", "gpio-line:GPIO23"},
	{"lamp.message", "led:message"},
	{"lamp.message", "gpio-line:GPIO24"},
	{"lamp.line1", "led:line1"},
	{"lamp.line1", "gpio-line:GPIO25"},
	{"display", "oled:/dev/i2c-1"},
};

static const struct linux_board board = {
	.name = "raspberrypi",
	.root = "",
	.defaultv = defaults,
	.defaultc = sizeof(defaults) / sizeof(defaults[0]),
};


int board_check(const struct board_setting *v, size_t n, board_error_h *errorh,
		void *arg)
{
	return linux_check(&board, v, n, errorh, arg);
}


int board_open(struct hal **halp, const struct board_setting *v, size_t n,
	       board_error_h *errorh, board_note_h *noteh, void *arg)
{
	return linux_open(halp, &board, v, n, errorh, noteh, arg);
}


void board_close(struct hal *hal)
{
	linux_close(hal);
}
