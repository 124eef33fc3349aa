/**
 * @file tests/board_conformance/test_host.c  The simulated board conforms
 */
#include "tests/board_conformance/conformance.h"

#include "boards/board.h"


static void never_error(const struct board_setting *s, const char *what,
			void *arg)
{
	(void)s;
	(void)arg;
	print_error("%s\n", what);
}


static void never_note(const char *what, void *arg)
{
	(void)arg;
	print_error("%s\n", what);
}


static int host_open(struct hal **halp)
{
	return board_open(halp, NULL, 0, never_error, never_note, NULL);
}


static int host_key(struct hal *hal, enum button button, bool down,
		    uint64_t at_ms)
{
	return hal->sim->button(hal->ctx, button, down, at_ms);
}


static struct led_pattern host_lamp(struct hal *hal, enum led led)
{
	return hal->sim->led(hal->ctx, led);
}


static bool host_pixel(struct hal *hal, int x, int y)
{
	return fb_get(hal->sim->screen(hal->ctx), x, y);
}


int main(void)
{
	const struct conformance_kit kit = {
		.name = "the simulated board",
		.open = host_open,
		.close = board_close,
		.key = host_key,
		.lamp = host_lamp,
		.pixel = host_pixel,
		.flushes = 200,
	};

	return conformance_run(&kit);
}
