/**
 * @file boards/linux/leds.c  Lamps of the kernel's LED class
 */
#define _GNU_SOURCE 1
#include "boards/linux/leds.h"
#include "boards/linux/names.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


enum {
	PATH_SIZE = 256,
	NUMBER_SIZE = 16,
	BRIGHTNESS_MAX = 255, /* where the LED does not tell its own */
};


static int file_write(const char *dir, const char *name, const char *file,
		      const char *text)
{
	char path[PATH_SIZE];
	const size_t len = strlen(text);
	int err = 0;
	int n, fd;

	n = snprintf(path, sizeof(path), "%s/%s/%s", dir, name, file);
	if (n < 0 || (size_t)n >= sizeof(path))
		return ENAMETOOLONG;

	fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	if (fd < 0)
		return errno;
	if (write(fd, text, len) != (ssize_t)len)
		err = errno ? errno : EIO;
	(void)close(fd);

	return err;
}


static int number_write(const char *dir, const char *name, const char *file,
			unsigned number)
{
	char text[NUMBER_SIZE];

	(void)snprintf(text, sizeof(text), "%u\n", number);
	return file_write(dir, name, file, text);
}


static unsigned brightness_max(const char *dir, const char *name)
{
	char path[PATH_SIZE], text[NUMBER_SIZE] = "";
	unsigned long max;
	ssize_t n;
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s/max_brightness", dir, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return BRIGHTNESS_MAX;

	n = read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	max = n > 0 ? strtoul(text, NULL, 10) : 0;

	return max ? (unsigned)max : BRIGHTNESS_MAX;
}


int leds_light(const char *dir, const char *name, bool lit)
{
	/* A kernel without triggers has no such file */
	const int err = file_write(dir, name, "trigger", "none\n");

	if (err && err != ENOENT)
		return err;

	return number_write(dir, name, "brightness",
			    lit ? brightness_max(dir, name) : 0);
}


int leds_blink(const char *dir, const char *name, unsigned on_ms,
	       unsigned off_ms)
{
	int err;

	/* It blinks as bright as it is lit */
	err = leds_light(dir, name, true);
	if (!err)
		err = file_write(dir, name, "trigger", "timer\n");
	if (err == EINVAL || err == ENOENT)
		return ENOTSUP;
	if (!err)
		err = number_write(dir, name, "delay_on", on_ms);
	if (!err)
		err = number_write(dir, name, "delay_off", off_ms);

	/* The trigger's files appear as root's, until udev has seen them */
	return err == EACCES ? ENOTSUP : err;
}


static enum led_colour colour_find(const char *text, size_t len)
{
	for (unsigned i = LED_COLOUR_OFF + 1; i < LED_COLOUR_COUNT; i++) {
		const char *name = led_colour_name((enum led_colour)i);

		if (strlen(name) == len && !memcmp(name, text, len))
			return (enum led_colour)i;
	}

	return LED_COLOUR_OFF;
}


/* The part in front of the function: "phone:red:ring" is red */
static enum led_colour colour_of(const char *name)
{
	const char *end = strrchr(name, ':');
	const char *start = end;

	if (!end)
		return LED_COLOUR_OFF;
	while (start > name && start[-1] != ':')
		start--;

	return colour_find(start, (size_t)(end - start));
}


static const char *function_of(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}


static int entry_is_led(const struct dirent *entry)
{
	return entry->d_name[0] != '.' &&
	       strlen(entry->d_name) < LEDS_NAME_MAX;
}


static void led_set(struct leds_led *led, const char *name)
{
	(void)strcpy(led->name, name); /* entry_is_led has looked */
	led->colour = colour_of(name);
}


size_t leds_find(const char *dir, const char *name, struct leds_led *v,
		 size_t max)
{
	struct dirent **entry = NULL;
	const int n = scandir(dir, &entry, entry_is_led, alphasort);
	bool exact = false;
	size_t found = 0;

	for (int i = 0; i < n; i++) {
		const char *led = entry[i]->d_name;

		if (!exact && !strcmp(led, name)) {
			exact = true;
			found = 0;
		}
		if (found < max && (exact ? !strcmp(led, name)
					  : !strcmp(function_of(led), name)))
			led_set(&v[found++], led);
	}

	for (int i = 0; i < n; i++)
		free(entry[i]);
	free(entry);
	return found;
}


void leds_list(const char *dir, char *buf, size_t size)
{
	struct names names = names_in(buf, size);
	struct dirent **entry = NULL;
	const int n = scandir(dir, &entry, entry_is_led, alphasort);

	for (int i = 0; i < n; i++) {
		names_add(&names, entry[i]->d_name);
		free(entry[i]);
	}

	free(entry);
}
