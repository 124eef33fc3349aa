/**
 * @file firmware/config/arena.c  Room that is freed all at once
 */
#include "firmware/config/arena.h"

#include <stdint.h>
#include <stdlib.h>


enum {
	ARENA_BLOCK = 16 * 1024, /**< bytes; what needs more gets its own */
};

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	max_align_t room[];
};


static struct arena_block *block_new(size_t size)
{
	struct arena_block *b = calloc(1, sizeof(*b) + size);

	if (b)
		b->size = size;

	return b;
}


void *arena_alloc(struct arena *a, size_t n, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_block *b = a->blocks;
	size_t need;
	void *p;

	if (size && n > (SIZE_MAX / 2 - align) / size)
		return NULL;
	need = (n * size + align - 1) / align * align;

	if (!b || b->size - b->used < need) {
		b = block_new(need > ARENA_BLOCK ? need : ARENA_BLOCK);
		if (!b)
			return NULL;
		b->next = a->blocks;
		a->blocks = b;
	}

	p = (char *)b->room + b->used;
	b->used += need;
	return p;
}


void arena_free(struct arena *a)
{
	while (a->blocks) {
		struct arena_block *b = a->blocks;

		a->blocks = b->next;
		free(b);
	}
}
