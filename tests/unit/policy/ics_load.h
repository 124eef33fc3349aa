/**
 * @file tests/unit/policy/ics_load.h  A calendar's text as holidays, for tests
 */
#ifndef RINGFENCE_TEST_ICS_LOAD_H
#define RINGFENCE_TEST_ICS_LOAD_H

#include "app/policy/ics.h"

enum {
	ICS_LOAD_MAX = 2048, /**< of everything */
	ICS_TOLD_MAX = 4096,
};

/** A calendar read, and what was told: "LINE:COL what\n" for each error */
struct ics_load {
	struct holidays holidays;
	struct ics_count count;
	int err;
	char told[ICS_TOLD_MAX];

	struct holidays_span spanv[ICS_LOAD_MAX];
	struct holidays_rule rulev[ICS_LOAD_MAX];
	int32_t exceptv[ICS_LOAD_MAX];
};

/** Count, then fill, as the shell does; both have to say the same */
void ics_load(struct ics_load *l, const char *text, size_t len);

#endif
