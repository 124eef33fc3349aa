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


static void swap(unsigned char *a, unsigned char *b, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		const unsigned char byte = a[i];

		a[i] = b[i];
		b[i] = byte;
	}
}


void qsort(void *v, size_t n, size_t size,
	   int (*compare)(const void *a, const void *b))
{
	unsigned char *p = v;

	for (size_t i = 1; i < n; i++) {
		for (size_t k = i; k && compare(&p[(k - 1) * size],
						&p[k * size]) > 0;
		     k--)
			swap(&p[(k - 1) * size], &p[k * size], size);
	}
}
