/**
 * @file app/policy/policy.h  Who may ring: one immutable value
 *
 * Built from text by app/policy/compile, checked whole, then swapped. What
 * outlives it copies names and never points into it. The arrays behind the
 * pointers belong to whoever built it.
 */
#ifndef RINGFENCE_POLICY_H
#define RINGFENCE_POLICY_H

#include "app/policy/hours.h"
#include "app/policy/number.h"
#include "app/policy/number_list.h"
#include "app/policy/zone.h"

enum {
	POLICY_NAME_MAX = 32, /**< a rule's or account's name, with its NUL */
};

/** What may happen to a call that comes in */
enum policy_action {
	POLICY_RING,
	POLICY_SILENCE, /**< shown on the screen, no tone */
	POLICY_REJECT,
};

/** Why a call is refused; the configuration gives each its status code */
enum policy_cause {
	POLICY_CAUSE_BUTTON,
	POLICY_CAUSE_RULE,
	POLICY_CAUSE_HOURS,
	POLICY_CAUSE_DND,
	POLICY_CAUSE_BUSY,
	POLICY_CAUSE_NO_ANSWER,
	POLICY_CAUSE_COUNT
};

struct policy_rule {
	char name[POLICY_NAME_MAX];
	unsigned line; /**< of its section in the file, from 1 */
	const struct number_pattern *numberv;
	size_t numberc;
	enum policy_action action;
	uint16_t scode; /**< of reject, 0: that of POLICY_CAUSE_RULE */
	const struct number_list *list; /**< as well, NULL: none */
};

struct policy {
	uint16_t scode[POLICY_CAUSE_COUNT];

	bool has_hours; /**< false: hours never decide */
	struct hours hours;
	struct zone zone; /**< UTC if the file names none */
	enum policy_action outside;

	const struct policy_rule *rulev; /**< in the file's order */
	size_t rulec;
};

/** No rules, no hours, the default codes: everything may ring */
void policy_init(struct policy *p);

#endif
