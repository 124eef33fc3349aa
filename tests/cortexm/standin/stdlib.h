/**
 * @file tests/cortexm/standin/stdlib.h  One story at a time
 */
#ifndef RINGFENCE_STANDIN_STDLIB_H
#define RINGFENCE_STANDIN_STDLIB_H

#include <stddef.h>

/** The one block that there is; fails the test while it is in use */
void *calloc(size_t n, size_t size);
void free(void *p);

/** By insertion: a story sorts a few elements */
void qsort(void *v, size_t n, size_t size,
	   int (*compare)(const void *a, const void *b));

#endif
