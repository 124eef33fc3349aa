/**
 * @file firmware/list/map.h  A list file, mapped and found sound
 */
#ifndef RINGFENCE_LIST_MAP_H
#define RINGFENCE_LIST_MAP_H

#include "app/policy/number_list.h"

struct list_map {
	struct number_list list;
	void *bytes; /**< mapped, read only */
	size_t size;
	struct list_map *next; /**< for whoever has many */
};

/**
 * Map a list file, to be read only; it may be replaced by another meanwhile
 *
 * @param mapp Set on success, to be freed by list_map_free
 * @param path File
 * @param what Set on EBADMSG to what is wrong, static text
 *
 * @return 0, EBADMSG if it is no sound list, or errno
 */
int list_map_open(struct list_map **mapp, const char *path, const char **what);

/** Unmap it; NULL is ignored */
void list_map_free(struct list_map *map);

#endif
