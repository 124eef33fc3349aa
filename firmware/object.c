/**
 * @file firmware/object.c  Fields of a JSON object
 */
#include "firmware/object.h"


int object_put_string(struct odict *o, const char *key, const char *s)
{
	return odict_entry_add(o, key, ODICT_STRING, s);
}


int object_put_string_or_null(struct odict *o, const char *key, const char *s)
{
	return s ? object_put_string(o, key, s)
		 : odict_entry_add(o, key, ODICT_NULL);
}


int object_put_int(struct odict *o, const char *key, int64_t value)
{
	return odict_entry_add(o, key, ODICT_INT, value);
}


int object_put_bool(struct odict *o, const char *key, bool value)
{
	return odict_entry_add(o, key, ODICT_BOOL, (int)value);
}


struct odict *object_put_container(struct odict *o, const char *key,
				   enum odict_type type)
{
	struct odict *child;
	int err;

	err = odict_alloc(&child, OBJECT_HASH_SIZE);
	if (err)
		return NULL;

	err = odict_entry_add(o, key, (int)type, child);
	mem_deref(child);

	return err ? NULL : child;
}
