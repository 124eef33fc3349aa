/**
 * @file tests/board_conformance/fake_i2c.h  An I2C bus with a glass on it
 *
 * Takes the place of ioctl(): linked with --wrap=ioctl.
 */
#ifndef RINGFENCE_TESTS_FAKE_I2C_H
#define RINGFENCE_TESTS_FAKE_I2C_H

#include "tests/board_conformance/glass.h"

struct fake_i2c {
	struct glass *glass;
	unsigned long functions; /**< what the bus says it can do        */
	int nobody;              /**< errno where nobody answers         */
	int err;                 /**< errno of every request; 0: none    */
};

/** The one bus; whatever file stands for it */
extern struct fake_i2c fake_i2c;

int __wrap_ioctl(int fd, unsigned long request, void *arg);

#endif
