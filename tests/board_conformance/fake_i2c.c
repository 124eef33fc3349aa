/**
 * @file tests/board_conformance/fake_i2c.c  An I2C bus with a glass on it
 */
#include "tests/board_conformance/fake_i2c.h"

#include <errno.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>


struct fake_i2c fake_i2c;


static int answer(int err, int n)
{
	errno = err ? err : errno;
	return err ? -1 : n;
}


static int transfer(const struct i2c_rdwr_ioctl_data *data)
{
	for (uint32_t i = 0; i < data->nmsgs; i++) {
		const struct i2c_msg *m = &data->msgs[i];
		int err;

		if (m->flags || m->addr > 0x7f)
			return answer(EOPNOTSUPP, 0);
		err = glass_receive((uint8_t)m->addr, m->buf, m->len,
				    fake_i2c.glass);
		if (err)
			return answer(err == ENXIO ? fake_i2c.nobody : err, 0);
	}

	return answer(0, (int)data->nmsgs);
}


int __wrap_ioctl(int fd, unsigned long request, void *arg)
{
	(void)fd;

	if (fake_i2c.err)
		return answer(fake_i2c.err, 0);

	switch (request) {
	case I2C_FUNCS:
		*(unsigned long *)arg = fake_i2c.functions;
		return 0;
	case I2C_RDWR:
		return transfer(arg);
	default:
		return answer(ENOTTY, 0);
	}
}
