/**
 * @file firmware/config/contacts_card.h  One vCard after the other
 */
#ifndef RINGFENCE_CONFIG_CONTACTS_CARD_H
#define RINGFENCE_CONFIG_CONTACTS_CARD_H

#include "firmware/config/contacts.h"

/** Take all cards of a file's bytes; no_memory says if there was too little */
void contacts_cards_read(struct contacts_draft *d, const char *buf,
			 size_t len);

/** @return v with room for one more than n, or NULL, which is kept in mind;
    then v is as it was */
void *contacts_room(struct contacts_draft *d, void *v, size_t n, size_t *max,
		    size_t size);

#endif
