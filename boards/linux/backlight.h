/**
 * @file boards/linux/backlight.h  A panel's light, of the kernel's class
 */
#ifndef RINGFENCE_LINUX_BACKLIGHT_H
#define RINGFENCE_LINUX_BACKLIGHT_H

#include <stddef.h>

/**
 * Name the lights that are there: "backlight, panel"; cut if too long
 *
 * @param dir Folder, normally /sys/class/backlight
 */
void backlight_list(const char *dir, char *buf, size_t size);

/**
 * Set a light
 *
 * @param dir     Folder
 * @param name    Light; "" is the first, by name
 * @param percent 0 is off, 1 the darkest that is lit
 *
 * @return 0, EINVAL, ENOENT: there is no such light, or errno
 */
int backlight_set(const char *dir, const char *name, unsigned percent);

#endif
