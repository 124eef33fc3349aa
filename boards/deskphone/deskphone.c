/**
 * @file boards/deskphone/deskphone.c  A desk phone that runs Linux
 *
 * Its keypad and hook are input devices, its lamps LEDs that the device tree
 * names by their function; a colour panel, or an OLED.
 */
#include "boards/linux/linux.h"


/* Keys need no row: the codes that every board knows are a phone's. The names
   behind "led:" are functions as device trees have them. */
static const struct linux_default defaults[] = {
	{"lamp.ring", "led:ring"},         {"lamp.ring", "led:ringer"},
	{"lamp.message", "led:message"},   {"lamp.message", "led:mwi"},
	{"lamp.message", "led:mail"},      {"lamp.dnd", "led:dnd"},
	{"lamp.mute", "led:mute"},         {"lamp.mute", "led:micmute"},
	{"lamp.line1", "led:line1"},       {"lamp.line2", "led:line2"},
	{"lamp.line3", "led:line3"},       {"lamp.line4", "led:line4"},
	{"lamp.line5", "led:line5"},       {"lamp.line6", "led:line6"},
	{"lamp.line7", "led:line7"},       {"lamp.line8", "led:line8"},
	{"display", "drm:/dev/dri/card0"}, {"display", "oled:/dev/i2c-0"},
};

static const struct linux_board board = {
	.name = "deskphone",
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
