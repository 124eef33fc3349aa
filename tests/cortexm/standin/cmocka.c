/**
 * @file tests/cortexm/standin/cmocka.c  Assertions that end the machine
 */
#include <cmocka.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/cortexm/machine.h"

enum {
	TEXT_MAX = 2048,
};


static void tell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));


static void tell(const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	machine_print(text);
}


void standin_fail(const struct standin_place *at, const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	tell("%s:%u: error: ", at->file, at->line);
	tell("%s\n", text);
	machine_exit(1);
}


void standin_true(bool holds, const char *what, const struct standin_place *at)
{
	if (!holds)
		standin_fail(at, "%s does not hold", what);
}


void standin_int(uint64_t a, uint64_t b, bool equal,
		 const struct standin_place *at)
{
	if ((a == b) != equal)
		standin_fail(at, "0x%llx %s 0x%llx", (unsigned long long)a,
			     equal ? "is not" : "is", (unsigned long long)b);
}


void standin_range(uint64_t n, uint64_t low, uint64_t high,
		   const struct standin_place *at)
{
	if (n < low || n > high)
		standin_fail(at, "0x%llx is not in 0x%llx to 0x%llx",
			     (unsigned long long)n, (unsigned long long)low,
			     (unsigned long long)high);
}


void standin_string(const char *a, const char *b, bool equal,
		    const struct standin_place *at)
{
	if (!a || !b)
		standin_fail(at, "a string is NULL");
	if (!strcmp(a, b) != equal)
		standin_fail(at, "\"%s\" %s \"%s\"", a,
			     equal ? "is not" : "is", b);
}


void standin_memory(const void *a, const void *b, size_t n,
		    const struct standin_place *at)
{
	const unsigned char *p = a, *q = b;

	for (size_t i = 0; i < n; i++) {
		if (p[i] != q[i])
			standin_fail(at, "byte %zu of %zu: 0x%x is not 0x%x",
				     i, n, p[i], q[i]);
	}
}


int standin_run(const struct CMUnitTest *testv, size_t n, const void *setup,
		const void *teardown)
{
	if (setup || teardown) {
		machine_print("setup and teardown are not stood in for\n");
		return 1;
	}

	for (size_t i = 0; i < n; i++) {
		void *state = NULL;

		tell("%s\n", testv[i].name);
		testv[i].test(&state);
	}

	tell("%zu passed\n", n);

	return 0;
}
