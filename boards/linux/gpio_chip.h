/**
 * @file boards/linux/gpio_chip.h  Which GPIO chips and lines there are
 *
 * Only looks; takes no line.
 */
#ifndef RINGFENCE_LINUX_GPIO_CHIP_H
#define RINGFENCE_LINUX_GPIO_CHIP_H

#include "boards/linux/gpio.h"

/**
 * Find a line
 *
 * @param fdp     Set to its chip, to be closed
 * @param offsetp Set to its offset
 * @param dir     Folder of gpiochip*
 * @param line    Line
 *
 * @return 0, ENOENT: there is no such chip or line, ENOTUNIQ: more than one,
 *         EACCES: a chip may not be opened, and no other has it, or errno
 */
int gpio_chip_find(int *fdp, unsigned *offsetp, const char *dir,
		   const struct gpio_line *line);

/**
 * Name the chips: "pinctrl-bcm2711 (58 lines), raspberrypi-exp-gpio (8
 * lines)"; cut if it does not fit, "" if there is none
 */
void gpio_chip_list(const char *dir, char *buf, size_t size);

/** Name the lines that have a name: "GPIO17, GPIO27, ..." likewise */
void gpio_line_list(const char *dir, char *buf, size_t size);

/** Say who has a line: "gpio-keys"; "" if nobody, or nobody knows */
void gpio_line_user(const char *dir, const struct gpio_line *line,
		    char user[GPIO_NAME_SIZE]);

#endif
