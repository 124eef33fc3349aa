/**
 * @file firmware/config/warn.c  What is sound, and yet hardly meant
 */
#include <stdio.h>

#include "app/policy/lint.h"
#include "firmware/config/draft.h"


struct warner {
	const struct config *cfg;
	config_error_h *warnh, *hinth;
	void *arg;
};


static const char *not_of(const struct policy_match *m)
{
	return m->negated ? "not." : "";
}


static void warn(const struct warner *w, unsigned line, const char *what)
{
	w->warnh(w->cfg->path, line, 1, what, w->arg);
}


static void never_warn(const struct warner *w, const struct lint *l)
{
	char what[DRAFT_WHAT_MAX];

	(void)snprintf(what, sizeof(what),
		       "[rule %s] holds for no call: %s%s (line %u) excludes "
		       "%s%s (line %u)",
		       l->rule->name, not_of(l->match),
		       policy_match_name(l->match->kind), l->match->line,
		       not_of(l->other), policy_match_name(l->other->kind),
		       l->other->line);
	warn(w, l->rule->line, what);
}


static void unreachable_warn(const struct warner *w, const struct lint *l)
{
	char what[DRAFT_WHAT_MAX];

	(void)snprintf(what, sizeof(what),
		       "no call reaches [rule %s]: [rule %s] on line %u is "
		       "for all of them, too; write this one above it",
		       l->rule->name, l->by->name, l->by->line);
	warn(w, l->rule->line, what);
}


static void finding_warn(const struct lint *l, void *arg)
{
	const struct warner *w = arg;

	switch (l->kind) {

	case LINT_NEVER:
		never_warn(w, l);
		break;

	case LINT_UNREACHABLE:
		unreachable_warn(w, l);
		break;

	case LINT_NO_RING:
		if (l->rule)
			warn(w, l->rule->line,
			     "no call can ring: this rule is for everybody, "
			     "and none above it lets one ring");
		else
			warn(w, w->cfg->policy.hours_line,
			     "no call can ring: it is never open, and no rule "
			     "lets one ring");
		break;

	case LINT_HOURS_FINAL:
		w->hinth(w->cfg->path, w->cfg->policy.hours_line, 1,
			 "out of hours a caller is told 603, not to try "
			 "again: with hours = 480 in [reject] he may, when it "
			 "is open",
			 w->arg);
		break;
	}
}


void config_warn(struct config *cfg, config_error_h *warnh,
		 config_error_h *hinth, void *arg)
{
	struct config_loaded *out = (struct config_loaded *)(void *)cfg;
	struct warner w = {
		.cfg = cfg,
		.warnh = warnh,
		.hinth = hinth,
		.arg = arg,
	};

	config_errors_tell(&out->warnings, cfg->path, warnh, arg);
	lint_policy(&cfg->policy, finding_warn, &w);
}
