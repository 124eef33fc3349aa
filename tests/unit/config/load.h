/**
 * @file tests/unit/config/load.h  Load a text as if it were a file
 */
#ifndef RINGFENCE_TEST_LOAD_H
#define RINGFENCE_TEST_LOAD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/config/config.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

enum {
	LOAD_TEXT_MAX = 64 * 1024,
	LOAD_PATH_MAX = 256,
};

/** What was told: "LINE:COL what\n" for each error, "PATH:" in front of it if
    it is in another file */
struct load {
	const char *path;
	struct config *cfg; /**< freed by load_close */
	int err;
	char told[LOAD_TEXT_MAX];
	size_t n, errors;
};

/** Write a file of its own name in the temporary folder, removed by unlink */
void load_file_write(char path[LOAD_PATH_MAX], const char *text, size_t len);

/** Load a file */
void load_path(struct load *l, const char *path);

/** Load a text */
void load_text(struct load *l, const char *text, size_t len);

void load_close(struct load *l);

#endif
