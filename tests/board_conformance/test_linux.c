/**
 * @file tests/board_conformance/test_linux.c  A Linux board conforms
 *
 * By input devices, by GPIO lines with edges, and by lines that have to be
 * read now and then; lamps of the LED class.
 */
#include "tests/board_conformance/conformance.h"

#include <stdio.h>
#include <stdlib.h>

#include <linux/input.h>

#include "boards/linux/linux.h"
#include "tests/unit/boards/machine.h"


enum {
	DEFAULT_MAX = BUTTON_COUNT + 8,
	TEXT_SIZE = 48,
	CODE_SIZE = 16,
	PATH_SIZE = 64,
	LINES = 2 * MACHINE_LINE_MAX, /* the keys that the checks press */
};

static const char *const lamps[] = {"ring", "mute"};

static struct {
	struct linux_default row[DEFAULT_MAX];
	char key[DEFAULT_MAX][TEXT_SIZE], value[DEFAULT_MAX][TEXT_SIZE];
	struct linux_board board;
	struct told told;
} up;


/* "KEY.NAME = SOURCE:WHAT" */
static void default_add(const char *key, const char *name, const char *source,
			const char *what)
{
	const size_t i = up.board.defaultc++;

	(void)snprintf(up.key[i], TEXT_SIZE, "%s.%s", key, name);
	(void)snprintf(up.value[i], TEXT_SIZE, "%s:%s", source, what);
	up.row[i] = (struct linux_default){up.key[i], up.value[i]};
}


static void ignore_edge(const struct button_edge *edge, void *arg)
{
	(void)arg;
	fail_msg("a key at rest: %s", button_name(edge->button));
}


static int machine_up(void)
{
	memset(&up, 0, sizeof(up));
	up.board = (struct linux_board){
		.name = "linux",
		.root = machine_root(),
		.defaultv = up.row,
	};

	return machine_set_up(NULL);
}


/* Open, and take note of what is there: that wakes the phone once */
static int board_up(struct hal **halp)
{
	uint64_t next_ms;
	int err;

	for (size_t i = 0; i < ROWS(lamps); i++) {
		char name[TEXT_SIZE];

		(void)snprintf(name, sizeof(name), "red:%s", lamps[i]);
		machine_led(name, true);
		default_add("lamp", lamps[i], "led", lamps[i]);
	}

	up.board.root = machine_root();
	err = linux_open(halp, &up.board, NULL, 0, told_error, told_note,
			 &up.told);
	if (err)
		return err;

	return hal_buttons_poll(*halp, 1, ignore_edge, NULL, &next_ms);
}


static int evdev_open_kit(struct hal **halp)
{
	unsigned key[BUTTON_COUNT + 1] = {0};

	if (machine_up())
		return -1;
	for (unsigned i = 0; i < BUTTON_COUNT; i++) {
		char code[CODE_SIZE];

		key[i] = KEY_ESC + i;
		(void)snprintf(code, sizeof(code), "%u", key[i]);
		default_add("key", button_name((enum button)i), "evdev", code);
	}
	machine_plug("event0", "Keypad", key, -1);

	return board_up(halp);
}


static int evdev_key(struct hal *hal, enum button button, bool down,
		     uint64_t at_ms)
{
	(void)hal;
	machine_event("event0", EV_KEY, KEY_ESC + (unsigned)button, down,
		      at_ms);
	return 0;
}


/* Names of lines outlive the machine */
static const char *const lines[2][MACHINE_LINE_MAX + 1] = {
	{"L0", "L1", "L2", "L3", "L4", "L5", "L6", "L7", NULL},
	{"L8", "L9", "L10", "L11", "L12", "L13", "L14", "L15", NULL},
};


static const char *line_of(unsigned key)
{
	return lines[key / MACHINE_LINE_MAX][key % MACHINE_LINE_MAX];
}


static int gpio_open_chips(struct hal **halp, bool edges)
{
	if (machine_up())
		return -1;
	machine_chip("gpiochip0", "left", lines[0]);
	machine_chip("gpiochip1", "right", lines[1]);
	for (unsigned i = 0; i < LINES; i++) {
		default_add("key", button_name((enum button)i), "gpio-line",
			    line_of(i));
		if (!edges)
			machine_line_no_edges(line_of(i));
	}

	return board_up(halp);
}


static int gpio_open_kit(struct hal **halp)
{
	return gpio_open_chips(halp, true);
}


static int polled_open_kit(struct hal **halp)
{
	return gpio_open_chips(halp, false);
}


static int gpio_key(struct hal *hal, enum button button, bool down,
		    uint64_t at_ms)
{
	(void)hal;
	machine_line_set(line_of((unsigned)button), down, at_ms);
	return 0;
}


static const char *led_file(const char *lamp, const char *file)
{
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path), "/sys/class/leds/red:%s/%s", lamp,
		       file);
	return machine_read(path);
}


static struct led_pattern kit_lamp(struct hal *hal, enum led led)
{
	const char *name = led_name(led);
	struct led_pattern p = {LED_COLOUR_OFF, 0, 0};

	(void)hal;
	if (!strcmp(led_file(name, "trigger"), "timer")) {
		p.colour = LED_COLOUR_RED;
		p.on_ms = (uint16_t)atoi(led_file(name, "delay_on"));
		p.off_ms = (uint16_t)atoi(led_file(name, "delay_off"));
	}
	else if (atoi(led_file(name, "brightness")) > 0) {
		p.colour = LED_COLOUR_RED;
		p.on_ms = 1;
	}

	return p;
}


static void kit_close(struct hal *hal)
{
	linux_close(hal);
	(void)machine_tear_down(NULL);
}


int main(void)
{
	const struct conformance_kit kits[] = {
		{.name = "keys of an input device",
		 .open = evdev_open_kit,
		 .close = kit_close,
		 .key = evdev_key,
		 .lamp = kit_lamp},
		{.name = "keys of GPIO lines",
		 .open = gpio_open_kit,
		 .close = kit_close,
		 .key = gpio_key,
		 .lamp = kit_lamp},
		{.name = "keys of GPIO lines without interrupts",
		 .open = polled_open_kit,
		 .close = kit_close,
		 .key = gpio_key,
		 .polled = true,
		 .lamp = kit_lamp},
	};
	int failed = 0;

	for (size_t i = 0; i < ROWS(kits); i++)
		failed += conformance_run(&kits[i]);

	return failed;
}
