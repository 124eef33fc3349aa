/**
 * @file tests/unit/sip/check.h  What the tests of the SIP port share
 */
#ifndef RINGFENCE_TEST_SIP_CHECK_H
#define RINGFENCE_TEST_SIP_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <re.h>

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

#endif
