/**
 * @file firmware/config/draft.h  A configuration while it is being read
 *
 * Where values go until the whole file is known to be sound.
 */
#ifndef RINGFENCE_CONFIG_DRAFT_H
#define RINGFENCE_CONFIG_DRAFT_H

#include "firmware/config/errors.h"
#include "firmware/config/ini.h"
#include "firmware/list/map.h"

enum {
	DRAFT_WHAT_MAX = 160, /**< bytes of an error's text, with its NUL */
};

/** What config_load gives out, with what its policy points to */
struct config_loaded {
	struct config config; /**< first: config_free finds the rest by it */
	struct policy_rule *rulev;
	struct number_pattern *numberv;
	struct list_map *maps; /**< of the rules' lists */
	struct board_setting *boardv; /**< each key's block has its value */
};

/** Where a rule was named, to find names that are given twice */
struct draft_name {
	const char *name; /**< set by draft_finish */
	unsigned line, col;
};

struct config_draft {
	struct config_loaded *out;
	struct config_errors errors;
	char what[DRAFT_WHAT_MAX]; /**< of a reader's error with figures */

	unsigned account_line[PHONE_ACCOUNT_MAX];
	struct sip_account surplus; /**< one too many: only checked */

	struct draft_name *namev; /**< of the rules, in their order */
	size_t rulec, rule_max;
	size_t numberc, number_max; /**< of all rules, in their order */
};

/**
 * A section starts
 *
 * @return what its keys' offsets count from, or NULL if there is no memory
 */
typedef void *(draft_begin_h)(struct config_draft *d,
			      const struct ini_text *kind,
			      const struct ini_text *name);

void *draft_begin_single(struct config_draft *d, const struct ini_text *kind,
			 const struct ini_text *name);
void *draft_begin_hours(struct config_draft *d, const struct ini_text *kind,
			const struct ini_text *name);
void *draft_begin_account(struct config_draft *d, const struct ini_text *kind,
			  const struct ini_text *name);
void *draft_begin_rule(struct config_draft *d, const struct ini_text *kind,
		       const struct ini_text *name);

/** @return room for n more numbers of the rule that was begun last, or NULL */
struct number_pattern *draft_numbers_room(struct config_draft *d, size_t n);

/** Keep a setting of the board; @return 0, EBADMSG if told, or ENOMEM */
int draft_board_add(struct config_draft *d, const struct ini_text *key,
		    const struct ini_text *value);

/** Ask the board whether its settings are sound */
void draft_board_check(struct config_draft *d);

/** Free what a configuration points to */
void draft_loaded_free(struct config_loaded *out);

/** The defaults */
void draft_init(struct config_draft *d);

/** What follows from other settings, and what only the whole file tells */
void draft_finish(struct config_draft *d);

#endif
