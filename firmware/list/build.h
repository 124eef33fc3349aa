/**
 * @file firmware/list/build.h  From patterns to a list file's bytes
 *
 * Takes patterns in any order, folds those given twice, and packs them as
 * app/policy/number_list_file.h says. It reads and writes no file.
 */
#ifndef RINGFENCE_LIST_BUILD_H
#define RINGFENCE_LIST_BUILD_H

#include "app/policy/number_list.h"

struct list_build {
	uint64_t *keyv; /**< set and value of those that can be packed */
	size_t keyc, key_max;
	struct number_pattern *textv; /**< the rest */
	size_t textc, text_max;

	size_t added; /**< how often list_build_add was called */
};

/** What came out */
struct list_bytes {
	uint8_t *p; /**< to be freed */
	size_t size;
	uint64_t numbers, prefixes;
};

/** Take one more, NUMBER_EXACT or NUMBER_PREFIX; @return 0 or ENOMEM */
int list_build_add(struct list_build *b, const struct number_pattern *p);

/**
 * Sort, fold and pack what was added
 *
 * @return 0, ENOMEM, or EFBIG if there are more of a kind than a list holds
 */
int list_build_pack(struct list_build *b, struct list_bytes *bytes);

/** Free what was added */
void list_build_free(struct list_build *b);

#endif
