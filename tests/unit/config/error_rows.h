/**
 * @file tests/unit/config/error_rows.h  Files with errors, and what is told
 */
#ifndef RINGFENCE_TEST_ERROR_ROWS_H
#define RINGFENCE_TEST_ERROR_ROWS_H

#include <stddef.h>

/** A sound account, two lines */
#define ACCOUNT "[account office]\nuri = sip:204@pbx.example.com\n"

struct error_row {
	const char *name, *text;
	/* A line for each error: where it stands, and words of what it says */
	const char *errors;
};

extern const struct error_row error_rows[];
extern const size_t error_rowc;

#endif
