/**
 * @file boards/linux/gpio_chip.c  Which GPIO chips and lines there are
 */
#define _GNU_SOURCE 1
#include "boards/linux/gpio_chip.h"
#include "boards/linux/names.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/gpio.h>


_Static_assert((int)GPIO_NAME_SIZE == (int)GPIO_MAX_NAME_SIZE,
	       "one limit, two names");

typedef void(chip_h)(int fd, const struct gpiochip_info *info, void *arg);


static int entry_is_chip(const struct dirent *entry)
{
	return !strncmp(entry->d_name, "gpiochip", strlen("gpiochip"));
}


/* A link is a second name of a chip: Raspberry Pi OS makes them, so that old
   numbers work */
static int chip_open(const char *dir, const char *name)
{
	char path[PATH_MAX];
	const int n = snprintf(path, sizeof(path), "%s/%s", dir, name);

	if (n < 0 || (size_t)n >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}

	return open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
}


/* @return 0, or EACCES if there is one that may not be opened */
static int chips_each(const char *dir, chip_h *chiph, void *arg)
{
	struct dirent **entry = NULL;
	const int n = scandir(dir, &entry, entry_is_chip, alphasort);
	int err = 0;

	for (int i = 0; i < n; i++) {
		const int fd = chip_open(dir, entry[i]->d_name);
		struct gpiochip_info info;

		if (fd < 0 && errno == EACCES)
			err = EACCES;
		if (fd >= 0 && !ioctl(fd, GPIO_GET_CHIPINFO_IOCTL, &info)) {
			info.label[sizeof(info.label) - 1] = '\0';
			chiph(fd, &info, arg);
		}
		if (fd >= 0)
			(void)close(fd);
		free(entry[i]);
	}

	free(entry);
	return err;
}


static int line_info(int fd, unsigned offset, struct gpio_v2_line_info *info)
{
	memset(info, 0, sizeof(*info));
	info->offset = offset;
	if (ioctl(fd, GPIO_V2_GET_LINEINFO_IOCTL, info))
		return errno;

	info->name[sizeof(info->name) - 1] = '\0';
	info->consumer[sizeof(info->consumer) - 1] = '\0';
	return 0;
}


struct search {
	const struct gpio_line *line;
	int fd; /* of the first, -1: none */
	unsigned offset;
	unsigned found;
};


static void found(struct search *s, int fd, unsigned offset)
{
	if (s->found++)
		return;

	s->offset = offset;
	s->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
}


static void search_handler(int fd, const struct gpiochip_info *info, void *arg)
{
	struct search *s = arg;
	struct gpio_v2_line_info line;

	if (!s->line->name[0]) {
		if (!strcmp(s->line->chip, info->label) &&
		    s->line->offset < info->lines)
			found(s, fd, s->line->offset);
		return;
	}

	for (unsigned i = 0; i < info->lines; i++) {
		if (!line_info(fd, i, &line) &&
		    !strcmp(s->line->name, line.name))
			found(s, fd, i);
	}
}


int gpio_chip_find(int *fdp, unsigned *offsetp, const char *dir,
		   const struct gpio_line *line)
{
	struct search s = {.line = line, .fd = -1};
	const int err = chips_each(dir, search_handler, &s);

	if (s.found > 1) {
		if (s.fd >= 0)
			(void)close(s.fd);
		return ENOTUNIQ;
	}
	if (!s.found)
		return err ? err : ENOENT;
	if (s.fd < 0)
		return EMFILE;

	*fdp = s.fd;
	*offsetp = s.offset;
	return 0;
}


static void chip_list_handler(int fd, const struct gpiochip_info *info,
			      void *arg)
{
	char text[GPIO_NAME_SIZE + 32];

	(void)fd;
	(void)snprintf(text, sizeof(text), "%s (%u lines)", info->label,
		       info->lines);
	names_add(arg, text);
}


static void line_list_handler(int fd, const struct gpiochip_info *info,
			      void *arg)
{
	struct gpio_v2_line_info line;

	for (unsigned i = 0; i < info->lines; i++) {
		if (!line_info(fd, i, &line) && line.name[0])
			names_add(arg, line.name);
	}
}


void gpio_chip_list(const char *dir, char *buf, size_t size)
{
	struct names names = names_in(buf, size);

	(void)chips_each(dir, chip_list_handler, &names);
}


void gpio_line_list(const char *dir, char *buf, size_t size)
{
	struct names names = names_in(buf, size);

	(void)chips_each(dir, line_list_handler, &names);
}


void gpio_line_user(const char *dir, const struct gpio_line *line,
		    char user[GPIO_NAME_SIZE])
{
	struct gpio_v2_line_info info;
	unsigned offset;
	int fd;

	user[0] = '\0';
	if (gpio_chip_find(&fd, &offset, dir, line))
		return;

	if (!line_info(fd, offset, &info))
		memcpy(user, info.consumer, GPIO_NAME_SIZE);
	(void)close(fd);
}
