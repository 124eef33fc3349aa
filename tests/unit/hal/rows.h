/**
 * @file tests/unit/hal/rows.h  Key stories as rows of text
 *
 * "0:answer+ 2:answer- 30:" is: at 0 ms answer goes down, at 2 ms up, at
 * 30 ms somebody looks. What comes out is written alike, so that a test is
 * a line in and a line out.
 */
#ifndef RINGFENCE_TEST_ROWS_H
#define RINGFENCE_TEST_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "hal/hal.h"

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

enum {
	ROW_TEXT_MAX = 1024,
};

struct row_step {
	uint64_t at_ms;
	bool has_edge;
	struct button_edge edge;
};

/** What came out so far */
struct row_log {
	char text[ROW_TEXT_MAX];
	size_t n;
};

/**
 * Take the next step of a story; fails the test if it is none
 *
 * @return false at the end
 */
bool row_step_next(const char **story, struct row_step *step);

/** button_edge_h: appends "12:answer+"; arg is a struct row_log */
void row_edge_handler(const struct button_edge *edge, void *arg);

/** button_event_h: appends "12:answer PRESS"; arg is a struct row_log */
void row_event_handler(const struct button_event *ev, void *arg);

/** Fail with the row's name if something else came out */
void row_log_check(const struct row_log *log, const char *name,
		   const char *out);

#endif
