/**
 * @file tests/cortexm/standin/inttypes.h  How 32 and 64 bits are printed
 */
#ifndef RINGFENCE_STANDIN_INTTYPES_H
#define RINGFENCE_STANDIN_INTTYPES_H

#include <stdint.h>

#define PRIu32 "lu"
#define PRId64 "lld"

#endif
