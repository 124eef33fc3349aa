/**
 * @file tests/cortexm/standin/stdlib.c  One block of memory
 */
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_SIZE = 512 * 1024,
};

static _Alignas(max_align_t) unsigned char block[BLOCK_SIZE];
static bool used;


void *calloc(size_t n, size_t size)
{
	assert_false(used);
	assert_true(size && n <= sizeof(block) / size);
	used = true;
	memset(block, 0, n * size);

	return block;
}


void free(void *p)
{
	if (!p)
		return;

	assert_true(used && p == block);
	used = false;
}
