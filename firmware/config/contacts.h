/**
 * @file firmware/config/contacts.h  The people whom a vCard file names
 *
 * Takes the numbers of all cards with their names and groups. What is no
 * vCard is an error; a number that can't be dialled is told and left out, and
 * the rest is taken. It opens no file.
 */
#ifndef RINGFENCE_CONFIG_CONTACTS_H
#define RINGFENCE_CONFIG_CONTACTS_H

#include "app/policy/contacts.h"
#include "app/policy/dial_plan.h"
#include "firmware/config/arena.h"

/** Something wrong in the file, both from 1; if it is not an error, the rest
    is good without it */
typedef void(contacts_wrong_h)(size_t line, size_t col, bool error,
			       const char *what, void *arg);

/** A number as it was read */
struct contacts_number {
	struct contact contact;
	size_t line, col;
};

/** A card that may be named by its UID */
struct contacts_card {
	const char *uid;        /**< without "urn:uuid:", in small letters */
	size_t number, numberc; /**< those that are its own                */
};

/** That a card is in a group */
struct contacts_member {
	const char *uid;
	size_t group;
};

struct contacts_draft {
	contacts_wrong_h *wrongh;
	void *arg;
	struct arena *arena; /**< what stays is put there */
	bool no_memory;

	struct contacts_number *numberv;
	size_t numberc, number_max;
	struct contacts_card *cardv;
	size_t cardc, card_max;
	struct contacts_member *memberv;
	size_t memberc, member_max;
	struct contact_group *groupv;
	size_t groupc;
	bool groups_told; /**< that there are too many */
};

/**
 * Read a file's bytes
 *
 * @param d   Draft: wrongh, arg and arena are set, the rest is zero
 * @param buf Bytes
 * @param len How many
 *
 * @return 0, or ENOMEM; whether it was all right says wrongh
 */
int contacts_read(struct contacts_draft *d, const char *buf, size_t len);

/**
 * Bring the numbers into the plan's form and order, once it is known
 *
 * Of two contacts with one number the first in the file has it; that is told.
 *
 * @return 0 or ENOMEM
 */
int contacts_finish(struct contacts_draft *d, struct contacts *contacts,
		    const struct dial_plan *plan);

/** Free all but what the arena has */
void contacts_draft_free(struct contacts_draft *d);

#endif
