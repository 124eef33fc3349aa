/**
 * @file app/policy/contacts.c  The people whom the owner knows
 */
#include "app/policy/contacts.h"

#include <string.h>


const struct contact *contacts_find(const struct contacts *c,
				    const char *number)
{
	size_t low = 0, high;

	if (!c || !number || !number[0])
		return NULL;

	for (high = c->n; low < high;) {
		const size_t mid = low + (high - low) / 2;
		const int order = strcmp(c->v[mid].number, number);

		if (!order)
			return &c->v[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}

	return NULL;
}


size_t contacts_group_find(const struct contacts *c, const char *name,
			   size_t len)
{
	if (!c || !name)
		return CONTACT_GROUP_MAX;

	for (size_t i = 0; i < c->groupc; i++) {
		const char *group = c->groupv[i].name;
		size_t k = 0;

		while (k < len && group[k] &&
		       text_lower(group[k]) == text_lower(name[k]))
			k++;
		if (k == len && !group[k])
			return i;
	}

	return CONTACT_GROUP_MAX;
}
