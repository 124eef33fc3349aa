/**
 * @file firmware/config/draft.h  A configuration while it is being read
 *
 * Where values go until the whole file is known to be sound.
 */
#ifndef RINGFENCE_CONFIG_DRAFT_H
#define RINGFENCE_CONFIG_DRAFT_H

#include "firmware/config/arena.h"
#include "firmware/config/contacts.h"
#include "firmware/config/errors.h"
#include "firmware/config/ini.h"
#include "firmware/list/map.h"

enum {
	DRAFT_WHAT_MAX = 160, /**< bytes of an error's text, with its NUL */
	DRAFT_HOLIDAY_MAX = POLICY_HOURS_MAX + 1,

	/** Each kind of match once, and once negated */
	DRAFT_MATCH_MAX = 2 * POLICY_MATCH_COUNT,
};

/** What config_load gives out, with what its policy points to */
struct config_loaded {
	struct config config; /**< first: config_free finds the rest by it */
	struct policy_rule *rulev;
	struct arena arena; /**< what the policy points to, but for: */
	struct list_map *maps; /**< of the rules' lists */
	struct board_setting *boardv; /**< each key's block has its value */
	struct config_errors warnings; /**< see config_warn */
};

/** Where a rule was named, to find names that are given twice */
struct draft_name {
	const char *name; /**< set by draft_finish */
	unsigned line, col;
};

/** Names in a rule; only the whole file says whose they are */
struct draft_names {
	struct draft_names *next; /**< before it */
	size_t rule;              /**< its index */
	enum policy_match_kind kind;
	bool negated;
	const char *text; /**< as it was written */
	struct config_place at;
};

/** The rule that is being read */
struct draft_rule {
	struct policy_match match[DRAFT_MATCH_MAX];
	size_t matchc;
	struct config_place anyone, action, tone, lamp; /**< its values; line
							    0: not given */
};

/** What is known of hours before the file's end */
struct draft_hours {
	struct policy_hours *v; /**< [hours NAME], in the arena; room for
				     POLICY_HOURS_MAX and one too many      */
	size_t n;
	unsigned col; /**< of the first one's kind */
	struct config_place holiday[DRAFT_HOLIDAY_MAX]; /**< of each PH */
	size_t holidayc;
	bool has_holidays; /**< a file is named */
};

/** [dialplan] as it is written; what is empty is the country's */
struct draft_plan {
	struct dial_plan given;
	bool has_trunk; /**< it may be none */
};

struct config_draft {
	struct config_loaded *out;
	struct config_errors errors;
	char what[DRAFT_WHAT_MAX]; /**< of a reader's error with figures */
	struct config_place place; /**< of the value that is being read */
	struct draft_hours hours;
	struct draft_plan plan;

	bool negated; /**< its key has "not." in front */

	unsigned account_line[PHONE_ACCOUNT_MAX];
	struct sip_account surplus; /**< one too many: only checked */

	struct draft_name *namev; /**< of the rules, in their order */
	size_t rulec, rule_max;
	struct draft_rule rule;    /**< the last one        */
	struct draft_names *names; /**< in rules, the last first */

	struct contacts_draft contacts;
	const char *contacts_path; /**< in the arena */
	struct config_place contacts_place;
};

/**
 * A section starts
 *
 * @return what its keys' offsets count from, or NULL if there is no memory
 */
typedef void *(draft_begin_h)(struct config_draft *d,
			      const struct ini_text *kind,
			      const struct ini_text *name);

/**
 * A section ends in which nothing was wrong: whether its values agree
 *
 * @param kind Where it began
 */
typedef void(draft_end_h)(struct config_draft *d, const struct ini_text *kind);

void *draft_begin_single(struct config_draft *d, const struct ini_text *kind,
			 const struct ini_text *name);
void *draft_begin_hours(struct config_draft *d, const struct ini_text *kind,
			const struct ini_text *name);
void *draft_begin_schedule(struct config_draft *d, const struct ini_text *kind,
			   const struct ini_text *name);
void *draft_begin_plan(struct config_draft *d, const struct ini_text *kind,
		       const struct ini_text *name);
void *draft_begin_account(struct config_draft *d, const struct ini_text *kind,
			  const struct ini_text *name);
void *draft_begin_rule(struct config_draft *d, const struct ini_text *kind,
		       const struct ini_text *name);
void draft_end_rule(struct config_draft *d, const struct ini_text *kind);

/** Keep a section's name, "" if it is too long, which is told */
void draft_name_copy(struct config_draft *d, char dst[POLICY_NAME_MAX],
		     const struct ini_text *name);

/** Tell that a section's name is given twice */
void draft_name_twice(struct config_draft *d, const char *kind, unsigned line,
		      unsigned col, unsigned first_line);

/** @return the match of the rule that was begun last, made if need be */
struct policy_match *draft_match(struct config_draft *d,
				 enum policy_match_kind kind, bool negated);

/** Keep the names of such a match till the whole file is read; @return 0 or
    ENOMEM */
int draft_names_keep(struct config_draft *d, enum policy_match_kind kind,
		     const char *text);

/** All rules are read: they stand where they stay */
void draft_rules_finish(struct config_draft *d);

/** The dial plan is known: the rules' numbers in its form */
void draft_plan_finish(struct config_draft *d);

/** All groups, accounts and hours are known: whose the names in rules are */
void draft_names_finish(struct config_draft *d);

/** All numbers of rules are in the plan's form: what makes screening quick */
void draft_index_finish(struct config_draft *d);

/** The dial plan is known: the contacts' numbers in its form */
void draft_contacts_finish(struct config_draft *d);

/** The country's emergency numbers, where the file says none */
void draft_emergency_finish(struct config_draft *d);

/** Keep a setting of the board; @return 0, EBADMSG if told, or ENOMEM */
int draft_board_add(struct config_draft *d, const struct ini_text *key,
		    const struct ini_text *value);

/** Ask the board whether its settings are sound */
void draft_board_check(struct config_draft *d);

/** What only the whole file tells of hours; section_lost: a section could
    not be read, which may have been [hours] */
void draft_hours_finish(struct config_draft *d, bool section_lost);

/** Free what a configuration points to */
void draft_loaded_free(struct config_loaded *out);

/** The defaults */
void draft_init(struct config_draft *d);

/** What follows from other settings, and what only the whole file tells */
void draft_finish(struct config_draft *d);

#endif
