/**
 * @file tests/fuzz/fuzz.h  What the targets share
 *
 * A target is one file NAME_fuzz.c with LLVMFuzzerTestOneInput, a row in
 * CMakeLists.txt and seeds in corpus/NAME; words of its language may stand in
 * NAME.dict. tests/fuzz/run builds and runs them.
 */
#ifndef RINGFENCE_TEST_FUZZ_H
#define RINGFENCE_TEST_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A property: what does not hold is told, and is a finding */
#define expect(holds)                                                         \
	((holds) ? (void)0 : fuzz_failed(__FILE__, __LINE__, #holds))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);


static inline _Noreturn void fuzz_failed(const char *file, int line,
					 const char *what)
{
	(void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}


/** Room for exactly so many bytes, so that one beside them is found; what
    libFuzzer gives is in such a block already */
static inline void *fuzz_room(size_t len)
{
	void *p = malloc(len ? len : 1);

	expect(p != NULL);
	return p;
}


/** The bytes as a text, terminated */
static inline char *fuzz_text(const uint8_t *data, size_t len)
{
	char *p = fuzz_room(len + 1);

	if (len)
		memcpy(p, data, len);
	p[len] = '\0';
	return p;
}

#endif
