/**
 * @file app/policy/lint_cover.h  Whether numbers are among other numbers
 */
#ifndef RINGFENCE_LINT_COVER_H
#define RINGFENCE_LINT_COVER_H

#include "app/policy/number.h"

/** @return true if the wide pattern covers all that the narrow one does;
    false may mean "not known" */
bool lint_pattern_covers(const struct number_pattern *wide,
			 const struct number_pattern *narrow);

#endif
