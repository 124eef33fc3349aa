/**
 * @file boards/linux/backlight.c  A panel's light, by the kernel's class
 */
#define _GNU_SOURCE 1
#include "boards/linux/backlight.h"
#include "boards/linux/names.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


enum {
	PATH_SIZE = 256,
	NUMBER_SIZE = 32,
	PERCENT_MAX = 100,
	POWER_ON = 0,  /* FB_BLANK_UNBLANK and */
	POWER_OFF = 4, /* FB_BLANK_POWERDOWN of <linux/fb.h> */
};


static int file_open(int *fdp, const char *dir, const char *name,
		     const char *file, int flags)
{
	char path[PATH_SIZE];
	const int n =
		snprintf(path, sizeof(path), "%s/%s/%s", dir, name, file);

	if (n < 0 || (size_t)n >= sizeof(path))
		return ENAMETOOLONG;

	*fdp = open(path, flags | O_CLOEXEC);
	return *fdp < 0 ? errno : 0;
}


static int number_write(const char *dir, const char *name, const char *file,
			unsigned long number)
{
	char text[NUMBER_SIZE];
	const int len = snprintf(text, sizeof(text), "%lu\n", number);
	ssize_t n;
	int fd, err;

	err = file_open(&fd, dir, name, file, O_WRONLY | O_TRUNC);
	if (err)
		return err;

	n = write(fd, text, (size_t)len);
	if (n < 0)
		err = errno;
	else if (n != len)
		err = EIO;
	(void)close(fd);

	return err;
}


static int number_read(unsigned long *number, const char *dir,
		       const char *name, const char *file)
{
	char text[NUMBER_SIZE] = "";
	ssize_t n;
	int fd, err;

	err = file_open(&fd, dir, name, file, O_RDONLY);
	if (err)
		return err;

	n = read(fd, text, sizeof(text) - 1);
	if (n < 0)
		err = errno;
	(void)close(fd);
	*number = strtoul(text, NULL, 10);

	return err;
}


static int entry_is_light(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}


void backlight_list(const char *dir, char *buf, size_t size)
{
	struct names names = names_in(buf, size);
	struct dirent **entry = NULL;
	const int n = scandir(dir, &entry, entry_is_light, alphasort);

	for (int i = 0; i < n; i++) {
		names_add(&names, entry[i]->d_name);
		free(entry[i]);
	}

	free(entry);
}


/* @return its name, to be freed, or NULL */
static char *first_light(const char *dir)
{
	struct dirent **entry = NULL;
	const int n = scandir(dir, &entry, entry_is_light, alphasort);
	char *name = n > 0 ? strdup(entry[0]->d_name) : NULL;

	for (int i = 0; i < n; i++)
		free(entry[i]);

	free(entry);
	return name;
}


/* Rounded, and what is not off is at least the lowest step */
static unsigned long step_of(unsigned percent, unsigned long max)
{
	const unsigned long step =
		(unsigned long)(((unsigned long long)max * percent +
				 PERCENT_MAX / 2) /
				PERCENT_MAX);

	return percent && !step ? 1 : step;
}


static int light_set(const char *dir, const char *name, unsigned percent)
{
	unsigned long max;
	int err;

	err = number_read(&max, dir, name, "max_brightness");
	if (err)
		return err;
	if (!max || max > INT_MAX)
		return EIO;

	err = number_write(dir, name, "brightness", step_of(percent, max));
	if (err)
		return err;

	/* Some lights are dim, not off, at 0; not all have this file */
	err = number_write(dir, name, "bl_power",
			   percent ? POWER_ON : POWER_OFF);

	return err == ENOENT ? 0 : err;
}


int backlight_set(const char *dir, const char *name, unsigned percent)
{
	char *first = NULL;
	int err;

	if (!dir || !name || percent > PERCENT_MAX || strchr(name, '/'))
		return EINVAL;

	if (!name[0]) {
		first = first_light(dir);
		if (!first)
			return ENOENT;
		name = first;
	}

	err = light_set(dir, name, percent);
	free(first);
	return err;
}
