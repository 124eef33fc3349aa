/**
 * @file tests/cortexm/standin/cmocka.h  As much of cmocka as is used
 *
 * The first failure ends the machine: its place and its values are printed.
 */
#ifndef RINGFENCE_STANDIN_CMOCKA_H
#define RINGFENCE_STANDIN_CMOCKA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct standin_place {
	const char *file;
	unsigned line;
};

struct CMUnitTest {
	const char *name;
	void (*test)(void **state);
};

#define STANDIN_HERE (&(const struct standin_place){__FILE__, __LINE__})

#define cmocka_unit_test(f)                                                   \
	{                                                                     \
		.name = #f, .test = (f)                                       \
	}
#define cmocka_run_group_tests(testv, setup, teardown)                        \
	standin_run(testv, sizeof(testv) / sizeof((testv)[0]), setup, teardown)

#define assert_true(c) standin_true(!!(c), #c, STANDIN_HERE)
#define assert_false(c) standin_true(!(c), "!(" #c ")", STANDIN_HERE)
#define assert_null(p) standin_true(!(p), "!" #p, STANDIN_HERE)
#define assert_non_null(p) standin_true(!!(p), #p, STANDIN_HERE)
#define assert_int_equal(a, b)                                                \
	standin_int((uint64_t)(a), (uint64_t)(b), true, STANDIN_HERE)
#define assert_int_not_equal(a, b)                                            \
	standin_int((uint64_t)(a), (uint64_t)(b), false, STANDIN_HERE)
#define assert_in_range(n, low, high)                                         \
	standin_range((uint64_t)(n), (uint64_t)(low), (uint64_t)(high),       \
		      STANDIN_HERE)
#define assert_string_equal(a, b) standin_string(a, b, true, STANDIN_HERE)
#define assert_string_not_equal(a, b) standin_string(a, b, false, STANDIN_HERE)
#define assert_memory_equal(a, b, n) standin_memory(a, b, n, STANDIN_HERE)

#define fail_msg(...) standin_fail(STANDIN_HERE, __VA_ARGS__)

_Noreturn void standin_fail(const struct standin_place *at, const char *fmt,
			    ...) __attribute__((format(printf, 2, 3)));
void standin_true(bool holds, const char *what,
		  const struct standin_place *at);
void standin_int(uint64_t a, uint64_t b, bool equal,
		 const struct standin_place *at);
void standin_range(uint64_t n, uint64_t low, uint64_t high,
		   const struct standin_place *at);
void standin_string(const char *a, const char *b, bool equal,
		    const struct standin_place *at);
void standin_memory(const void *a, const void *b, size_t n,
		    const struct standin_place *at);

/** setup and teardown stand in cmocka's signature: there are none, NULL */
int standin_run(const struct CMUnitTest *testv, size_t n, const void *setup,
		const void *teardown);

#endif
