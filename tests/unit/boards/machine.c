/**
 * @file tests/unit/boards/machine.c  A machine without hardware
 */
#define _GNU_SOURCE 1
#include "tests/unit/boards/machine_part.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/gpio.h>


enum {
	PATH_SIZE = 256,
	FOLDERS_OPEN = 8,
	MS_NS = 1000000,
};

struct machine machine;


const char *machine_root(void)
{
	return machine.root;
}


const char *machine_path(const char *path)
{
	static char buf[4][PATH_SIZE];
	static unsigned i;
	char *out = buf[i++ % 4];

	assert_true(snprintf(out, PATH_SIZE, "%s%s", machine.root, path) <
		    PATH_SIZE);
	return out;
}


int machine_set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;

	memset(&machine, 0, sizeof(machine));
	(void)snprintf(machine.root, sizeof(machine.root),
		       "%s/ringfence-board-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(machine.root))
		return -1;
	machine_folder("/dev");
	return 0;
}


static int remove_handler(const char *path, const struct stat *st, int type,
			  struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}


int machine_tear_down(void **state)
{
	(void)state;

	for (size_t i = 0; i < DEVICE_MAX; i++) {
		if (machine.device[i].used)
			(void)close(machine.device[i].fd);
	}
	for (size_t i = 0; i < CHIP_MAX; i++) {
		for (size_t k = 0; k < machine.chip[i].n; k++) {
			if (machine.chip[i].line[k].fd >= 0)
				(void)close(machine.chip[i].line[k].fd);
		}
	}

	return nftw(machine.root, remove_handler, FOLDERS_OPEN,
		    FTW_DEPTH | FTW_PHYS);
}


void machine_folder(const char *path)
{
	char part[PATH_SIZE];

	for (size_t i = 1; path[i - 1]; i++) {
		if (path[i] && path[i] != '/')
			continue;
		(void)snprintf(part, sizeof(part), "%.*s", (int)i, path);
		if (mkdir(machine_path(part), 0700))
			assert_int_equal(errno, EEXIST);
	}
}


void machine_write(const char *path, const char *text)
{
	FILE *f = fopen(machine_path(path), "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}


const char *machine_read(const char *path)
{
	FILE *f = fopen(machine_path(path), "r");
	size_t n;

	if (!f)
		return "";
	n = fread(machine.text, 1, sizeof(machine.text) - 1, f);
	machine.text[n] = '\0';
	(void)fclose(f);
	if (n && machine.text[n - 1] == '\n')
		machine.text[n - 1] = '\0';
	return machine.text;
}


ino_t machine_ino(int fd)
{
	struct stat st;

	return fstat(fd, &st) ? 0 : st.st_ino;
}


static void bit_set(unsigned long *v, unsigned code, bool on)
{
	const unsigned long bit = 1UL << code % LONG_BITS;

	if (on)
		v[code / LONG_BITS] |= bit;
	else
		v[code / LONG_BITS] &= ~bit;
}


/* The device, its name found by the file; NULL: any that is free */
static struct device *device_of(const char *file)
{
	for (size_t i = 0; i < DEVICE_MAX; i++) {
		struct device *d = &machine.device[i];

		if (file ? d->used && !strcmp(d->file, file) : !d->used)
			return d;
	}

	fail_msg("no device %s", file ? file : "is free");
	return NULL;
}


static const char *input_path(const char *file)
{
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path), "/dev/input/%s", file);
	return machine_path(path);
}


void machine_plug(const char *file, const char *name, const unsigned *keyv,
		  int sw)
{
	struct device *d = device_of(NULL);
	char path[PATH_SIZE];

	memset(d, 0, sizeof(*d));
	(void)snprintf(d->file, sizeof(d->file), "%s", file);
	(void)snprintf(d->name, sizeof(d->name), "%s", name);
	for (size_t i = 0; keyv && keyv[i]; i++)
		bit_set(d->can_key, keyv[i], true);
	if (sw >= 0)
		bit_set(d->can_sw, (unsigned)sw, true);

	/* Complete when it appears, as the kernel's are */
	(void)snprintf(path, sizeof(path), "%s/plug", machine.root);
	assert_int_equal(mkfifo(path, 0600), 0);
	d->fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	assert_true(d->fd >= 0);
	d->ino = machine_ino(d->fd);
	d->used = true;

	machine_folder("/dev/input");
	assert_int_equal(link(path, input_path(file)), 0);
	assert_int_equal(unlink(path), 0);
}


void machine_unplug(const char *file)
{
	struct device *d = device_of(file);

	assert_int_equal(unlink(input_path(file)), 0);
	assert_int_equal(close(d->fd), 0);
	d->used = false;
}


void machine_level(const char *file, unsigned type, unsigned code, bool level)
{
	struct device *d = device_of(file);

	bit_set(type == EV_SW ? d->sw : d->key, code, level);
}


void machine_event(const char *file, unsigned type, unsigned code, int value,
		   uint64_t at_ms)
{
	struct device *d = device_of(file);
	struct input_event ev;

	memset(&ev, 0, sizeof(ev));
	ev.input_event_sec = (time_t)(at_ms / 1000);
	ev.input_event_usec = (suseconds_t)(at_ms % 1000 * 1000);
	ev.type = (uint16_t)type;
	ev.code = (uint16_t)code;
	ev.value = value;
	if (type != EV_SYN)
		machine_level(file, type, code, value != 0);
	assert_int_equal(write(d->fd, &ev, sizeof(ev)), sizeof(ev));
}


bool machine_grabbed(const char *file)
{
	return device_of(file)->grabbed;
}


void machine_chip(const char *file, const char *label,
		  const char *const *linev)
{
	struct chip *chip = machine.chip;
	char path[PATH_SIZE];
	int fd;

	while (chip->used)
		chip++;
	assert_true(chip < &machine.chip[CHIP_MAX]);

	(void)snprintf(path, sizeof(path), "/dev/%s", file);
	machine_write(path, "");
	fd = open(machine_path(path), O_RDONLY | O_CLOEXEC);
	chip->ino = machine_ino(fd);
	(void)close(fd);
	chip->used = true;
	(void)snprintf(chip->label, sizeof(chip->label), "%s", label);
	for (chip->n = 0; linev[chip->n]; chip->n++) {
		assert_true(chip->n < MACHINE_LINE_MAX);
		chip->line[chip->n] =
			(struct line){.name = linev[chip->n], .fd = -1};
	}
}


static struct line *line_of(const char *name)
{
	for (size_t i = 0; i < CHIP_MAX; i++) {
		for (size_t k = 0; k < machine.chip[i].n; k++) {
			if (!strcmp(machine.chip[i].line[k].name, name))
				return &machine.chip[i].line[k];
		}
	}

	fail_msg("no line %s", name);
	return NULL;
}


void machine_line_taken(const char *name, const char *by)
{
	line_of(name)->taken_by = by;
}


void machine_line_no_edges(const char *name)
{
	line_of(name)->no_edges = true;
}


void machine_line_lose(const char *name, bool lose)
{
	line_of(name)->lose = lose;
}


bool machine_line_is_taken(const char *name)
{
	return line_of(name)->taken_by != NULL;
}


uint64_t machine_line_flags(const char *name)
{
	return line_of(name)->flags;
}


bool machine_line_get(const char *name)
{
	return line_of(name)->level;
}


void machine_line_set(const char *name, bool level, uint64_t at_ms)
{
	struct line *line = line_of(name);
	struct gpio_v2_line_event ev;

	line->level = level;
	if (!(line->flags & GPIO_V2_LINE_FLAG_EDGE_RISING))
		return;

	memset(&ev, 0, sizeof(ev));
	ev.timestamp_ns = at_ms * MS_NS;
	ev.id = level ? GPIO_V2_LINE_EVENT_RISING_EDGE
		      : GPIO_V2_LINE_EVENT_FALLING_EDGE;
	ev.line_seqno = ++line->seqno;
	if (!line->lose)
		assert_int_equal(write(line->fd, &ev, sizeof(ev)), sizeof(ev));
}


void machine_led(const char *name, bool timer)
{
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path), "/sys/class/leds/%s", name);
	machine_folder(path);
	(void)snprintf(path, sizeof(path), "/sys/class/leds/%s/brightness",
		       name);
	machine_write(path, "7\n");
	(void)snprintf(path, sizeof(path), "/sys/class/leds/%s/max_brightness",
		       name);
	machine_write(path, "31\n");
	if (!timer)
		return;

	(void)snprintf(path, sizeof(path), "/sys/class/leds/%s/trigger", name);
	machine_write(path, "heartbeat\n");
	(void)snprintf(path, sizeof(path), "/sys/class/leds/%s/delay_on",
		       name);
	machine_write(path, "500\n");
	(void)snprintf(path, sizeof(path), "/sys/class/leds/%s/delay_off",
		       name);
	machine_write(path, "500\n");
}
