/**
 * @file tests/unit/boards/machine_part.h  What the machine's files share
 */
#ifndef RINGFENCE_TEST_MACHINE_PART_H
#define RINGFENCE_TEST_MACHINE_PART_H

#include "tests/unit/boards/machine.h"

#include <linux/input.h>

#include <sys/types.h>

enum {
	DEVICE_MAX = 20,
	CHIP_MAX = 3,
	LONG_BITS = 8 * sizeof(unsigned long),
	KEY_LONGS = KEY_CNT / LONG_BITS,
};

struct device {
	bool used, grabbed;
	char file[32], name[80];
	ino_t ino;
	int fd; /* our end of the pipe */
	unsigned long can_key[KEY_LONGS], can_sw[KEY_LONGS];
	unsigned long key[KEY_LONGS], sw[KEY_LONGS];
};

struct line {
	const char *name, *taken_by;
	bool level, no_edges, lose;
	uint64_t flags;
	int fd; /* our end, -1: nobody asked */
	ino_t ino;
	uint32_t seqno;
};

struct chip {
	bool used;
	char label[32];
	ino_t ino;
	struct line line[MACHINE_LINE_MAX];
	unsigned n;
};

struct machine {
	char root[64];
	struct device device[DEVICE_MAX];
	struct chip chip[CHIP_MAX];
	char text[MACHINE_TEXT_MAX];
};

extern struct machine machine;

/** A file's number, by which its calls are known; 0 if it is closed */
ino_t machine_ino(int fd);

#endif
