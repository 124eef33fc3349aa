/**
 * @file tests/cortexm/machine_fails.c  A test that fails, to see that it does
 *
 * FAILURE says how: what can't fail here would prove nothing elsewhere.
 */
#include <cmocka.h>
#include <stdlib.h>

#include "tests/cortexm/machine.h"

enum failure {
	ASSERTION,
	DIVISION, /* which does not fault unless it is told to */
	NOWHERE,  /* an address without memory                 */
	STACK,    /* beyond its end                            */
	TWO_BLOCKS,
	FORMAT,
	RETURN,
};

static volatile unsigned zero, sink;


static unsigned deep(unsigned n)
{
	volatile unsigned char frame[1024];

	frame[0] = (unsigned char)n;

	return n == UINT32_MAX ? 0 : deep(n + 1) + frame[0];
}


static int fail(enum failure how)
{
	const volatile uint32_t *const nowhere = (uint32_t *)0x3ffffffcu;

	switch (how) {

	case ASSERTION:
		assert_int_equal(zero, 1);
		break;

	case DIVISION:
		sink = 7 / zero;
		break;

	case NOWHERE:
		sink = *nowhere;
		break;

	case STACK:
		sink = deep(0);
		break;

	case TWO_BLOCKS:
		(void)calloc(1, 1);
		(void)calloc(1, 1);
		break;

	case FORMAT:
		fail_msg("%f", 1.0);

	case RETURN:
		return 1;
	}

	return 0;
}


int main(void)
{
	return fail(FAILURE);
}
