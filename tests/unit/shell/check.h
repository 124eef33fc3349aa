/**
 * @file tests/unit/shell/check.h  cmocka, and what rows of data need
 */
#ifndef RINGFENCE_TEST_SHELL_CHECK_H
#define RINGFENCE_TEST_SHELL_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

#endif
