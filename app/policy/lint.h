/**
 * @file app/policy/lint.h  What a policy says that its owner can hardly mean
 *
 * Every finding is certain: what it calls unreachable no call, clock or
 * contact can reach. What is not certain is not told.
 */
#ifndef RINGFENCE_LINT_H
#define RINGFENCE_LINT_H

#include "app/policy/policy.h"

enum lint_kind {
	LINT_NEVER,       /**< .rule: two of its conditions exclude each other:
			       .match and .other                             */
	LINT_UNREACHABLE, /**< .rule: all that it is for .by is for, too     */
	LINT_NO_RING,     /**< no call can ring: .rule, or the hours if NULL */
	LINT_HOURS_FINAL, /**< out of hours a caller is told not to retry    */
};

struct lint {
	enum lint_kind kind;
	const struct policy_rule *rule, *by;
	const struct policy_match *match, *other;
};

typedef void(lint_h)(const struct lint *l, void *arg);

/** Tell all findings, the rules' in their order */
void lint_policy(const struct policy *p, lint_h *linth, void *arg);

/** Whether whatever makes one match hold makes the other hold, too; false may
    mean "not known" */
bool lint_implies(const struct policy_match *m,
		  const struct policy_match *other);

#endif
