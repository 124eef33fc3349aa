/**
 * @file firmware/config/schema.h  Which sections and keys there are
 *
 * One row per fact: a new key is a row in schema.c, and a reader in values.c
 * if it is of a new kind.
 */
#ifndef RINGFENCE_CONFIG_SCHEMA_H
#define RINGFENCE_CONFIG_SCHEMA_H

#include "firmware/config/values.h"

enum {
	SCHEMA_SECTION_MAX = 15,
	SCHEMA_KEY_MAX = 20, /**< of a section */
};

struct schema_key {
	const char *name;
	value_read_h *readh;
	size_t offset, size; /**< the setting, from what beginh gave */
	const char *example; /**< what to write; NULL if it may be left out */
	bool condition; /**< says whom a rule is for; one is needed, and
			     not.KEY is one as well */
};

struct schema_section {
	const char *name;
	const char *title; /**< what errors call it; NULL: name */
	bool named;  /**< [name NAME], as often as one likes; [name] may be
			  another section                          */
	bool board;  /**< its keys are the board's, not below */
	draft_begin_h *beginh;
	draft_end_h *endh; /**< may be NULL */
	struct schema_key key[SCHEMA_KEY_MAX];
};

/** All sections; those behind the last have no name */
extern const struct schema_section schema[SCHEMA_SECTION_MAX];

/** @return the index of the section that is [kind] or [kind name], the other
    if there is only one of them, or SCHEMA_SECTION_MAX */
size_t schema_section_find(const struct ini_text *kind,
			   const struct ini_text *name);

/** @return what errors call it: "hours", and "hours NAME" for one of two */
const char *schema_section_title(const struct schema_section *section);

/**
 * Find a key
 *
 * @param negated Set to whether it is a condition with "not." in front
 *
 * @return its index, or SCHEMA_KEY_MAX
 */
size_t schema_key_find(const struct schema_section *section,
		       const struct ini_text *name, bool *negated);

/** Tell what there is instead, and what was perhaps meant */
void schema_section_unknown(struct config_errors *errors,
			    const struct ini_text *name);
void schema_key_unknown(struct config_errors *errors,
			const struct schema_section *section,
			const struct ini_text *name);

#endif
