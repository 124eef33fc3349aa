/**
 * @file tests/cortexm/standin/inttypes.h  How 32 bits are printed
 */
#ifndef RINGFENCE_STANDIN_INTTYPES_H
#define RINGFENCE_STANDIN_INTTYPES_H

#include <stdint.h>

#define PRIu32 "lu"

#endif
