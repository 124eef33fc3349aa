/**
 * @file app/policy/contacts.h  The people whom the owner knows
 *
 * Read from a vCard file by the shell, sorted by number, looked up by it. It
 * says who somebody is, never what may happen to the call.
 */
#ifndef RINGFENCE_CONTACTS_H
#define RINGFENCE_CONTACTS_H

#include "app/policy/number.h"

enum {
	CONTACT_NAME_MAX  = 64, /**< bytes, with the NUL */
	CONTACT_GROUP_MAX = 32, /**< groups in all: a bit each */
};

/** One number of a contact */
struct contact {
	char number[NUMBER_MAX]; /**< in the plan's form, see dial_plan.h  */
	char name[CONTACT_NAME_MAX];
	uint32_t groups;         /**< a bit for each that it is in         */
};

struct contact_group {
	char name[CONTACT_NAME_MAX];
};

/** All of them; the arrays belong to whoever built them */
struct contacts {
	const struct contact *v; /**< sorted by number (strcmp) */
	size_t n;
	const struct contact_group *groupv;
	size_t groupc; /**< at most CONTACT_GROUP_MAX */
};

/** @return the contact of a number in the plan's form, or NULL */
const struct contact *contacts_find(const struct contacts *c,
				    const char *number);

/** @return the group's index, by a name without regard to ASCII case, or
    CONTACT_GROUP_MAX */
size_t contacts_group_find(const struct contacts *c, const char *name,
			   size_t len);

#endif
