/**
 * @file firmware/config/arena.h  Room that is freed all at once
 *
 * What it gave stays where it is, so that a policy may point to it while
 * more is read.
 */
#ifndef RINGFENCE_CONFIG_ARENA_H
#define RINGFENCE_CONFIG_ARENA_H

#include <stddef.h>

struct arena_block;

/** All zero is an empty one */
struct arena {
	struct arena_block *blocks; /**< the newest first */
};

/** @return n * size zeroed bytes fit for any type, or NULL if there is no
    memory; never NULL for none */
void *arena_alloc(struct arena *a, size_t n, size_t size);

/** Free all that it gave */
void arena_free(struct arena *a);

#endif
