/**
 * @file tests/cortexm/whole.c  Everything is linked, and starts
 */
#include "tests/cortexm/machine.h"


int main(void)
{
	return 0;
}
