/**
 * @file tests/unit/boards/kernel.c  The kernel's calls on the machine's files
 */
#define _GNU_SOURCE 1
#include "tests/unit/boards/machine_part.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/gpio.h>

int __real_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);


static int device_ioctl(struct device *d, unsigned long request, void *arg)
{
	const size_t size = _IOC_SIZE(request);

	switch (_IOC_NR(request)) {
	case _IOC_NR(EVIOCGNAME(0)):
		(void)snprintf(arg, size, "%s", d->name);
		return 0;
	case _IOC_NR(EVIOCGBIT(EV_KEY, 0)):
		memcpy(arg, d->can_key, sizeof(d->can_key));
		return 0;
	case _IOC_NR(EVIOCGBIT(EV_SW, 0)):
		memcpy(arg, d->can_sw, sizeof(d->can_sw));
		return 0;
	case _IOC_NR(EVIOCGKEY(0)):
		memcpy(arg, d->key, sizeof(d->key));
		return 0;
	case _IOC_NR(EVIOCGSW(0)):
		memcpy(arg, d->sw, sizeof(d->sw));
		return 0;
	case _IOC_NR(EVIOCGRAB):
		d->grabbed = arg;
		return 0;
	case _IOC_NR(EVIOCSCLOCKID):
		return 0;
	default:
		errno = EINVAL;
		return -1;
	}
}


static int line_request(struct line *line, struct gpio_v2_line_request *rq)
{
	int fd[2];

	if (line->taken_by) {
		errno = EBUSY;
		return -1;
	}
	if (line->no_edges &&
	    rq->config.flags & GPIO_V2_LINE_FLAG_EDGE_RISING) {
		errno = ENXIO;
		return -1;
	}

	assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
	line->flags = rq->config.flags;
	line->taken_by = rq->consumer[0] ? "ringfence" : "?";
	line->fd = fd[1];
	line->ino = machine_ino(fd[0]);
	if (line->flags & GPIO_V2_LINE_FLAG_OUTPUT)
		line->level = false;
	rq->fd = fd[0];
	return 0;
}


static int chip_ioctl(struct chip *chip, unsigned long request, void *arg)
{
	struct gpiochip_info *chip_info = arg;
	struct gpio_v2_line_info *info = arg;
	struct gpio_v2_line_request *rq = arg;

	switch (request) {
	case GPIO_GET_CHIPINFO_IOCTL:
		memset(chip_info, 0, sizeof(*chip_info));
		memcpy(chip_info->label, chip->label,
		       sizeof(chip_info->label));
		chip_info->lines = chip->n;
		return 0;
	case GPIO_V2_GET_LINEINFO_IOCTL:
		(void)snprintf(info->name, sizeof(info->name), "%s",
			       chip->line[info->offset].name);
		if (chip->line[info->offset].taken_by)
			(void)snprintf(info->consumer, sizeof(info->consumer),
				       "%s",
				       chip->line[info->offset].taken_by);
		return 0;
	case GPIO_V2_GET_LINE_IOCTL:
		return line_request(&chip->line[rq->offsets[0]], rq);
	default:
		errno = EINVAL;
		return -1;
	}
}


static int line_ioctl(struct line *line, unsigned long request, void *arg)
{
	struct gpio_v2_line_values *values = arg;

	assert_int_equal(values->mask, 1);
	if (request == GPIO_V2_LINE_GET_VALUES_IOCTL)
		values->bits = line->level;
	else
		line->level = values->bits & 1;

	return 0;
}


int __wrap_ioctl(int fd, unsigned long request, ...)
{
	const ino_t ino = machine_ino(fd);
	void *arg;
	va_list ap;

	va_start(ap, request);
	arg = va_arg(ap, void *);
	va_end(ap);

	for (size_t i = 0; i < DEVICE_MAX; i++) {
		if (machine.device[i].used && machine.device[i].ino == ino)
			return device_ioctl(&machine.device[i], request, arg);
	}
	for (size_t i = 0; i < CHIP_MAX; i++) {
		struct chip *chip = &machine.chip[i];

		if (chip->used && chip->ino == ino)
			return chip_ioctl(chip, request, arg);
		for (size_t k = 0; k < chip->n; k++) {
			if (chip->line[k].fd >= 0 && chip->line[k].ino == ino)
				return line_ioctl(&chip->line[k], request,
						  arg);
		}
	}

	return __real_ioctl(fd, request, arg);
}
