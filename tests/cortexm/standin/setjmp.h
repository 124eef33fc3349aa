/**
 * @file tests/cortexm/standin/setjmp.h  Nothing
 *
 * It belongs before cmocka.h, whose stand-in ends the machine at a failure.
 */
#ifndef RINGFENCE_STANDIN_SETJMP_H
#define RINGFENCE_STANDIN_SETJMP_H

#endif
