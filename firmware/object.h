/**
 * @file firmware/object.h  Fields of a JSON object, one way to add them
 */
#ifndef RINGFENCE_OBJECT_H
#define RINGFENCE_OBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include <re.h>

enum {
	OBJECT_HASH_SIZE = 16, /**< buckets; objects have about as many fields */
};

/* Each gives 0 or errno */
int object_put_string(struct odict *o, const char *key, const char *s);
int object_put_string_or_null(struct odict *o, const char *key,
			      const char *s);
int object_put_int(struct odict *o, const char *key, int64_t value);
int object_put_bool(struct odict *o, const char *key, bool value);

/** Add an empty object or array; it belongs to `o`; NULL: no memory */
struct odict *object_put_container(struct odict *o, const char *key,
				   enum odict_type type);

#endif
