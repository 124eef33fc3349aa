/**
 * @file firmware/config/plan.c  [dialplan], and what it does to all numbers
 *
 * The section may stand behind the rules: their numbers are kept as they are
 * written until the whole file is read.
 */
#include <string.h>

#include "firmware/config/value_fail.h"
#include "firmware/config/values.h"


_Static_assert(DIAL_PLAN_PREFIX_MAX == 8, "a message below says 7");

static const char digits[] = "0123456789";


void *draft_begin_plan(struct config_draft *d, const struct ini_text *kind,
		       const struct ini_text *name)
{
	(void)kind;
	(void)name;
	return &d->plan;
}


int value_country(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	struct dial_plan plan;

	(void)d;

	if (dial_plan_init(&plan, text))
		return fail(err, 0,
			    "no country has this code: write it in digits, "
			    "without \"+\" or zeros in front, e.g. 49 for "
			    "Germany");

	text_copy(dst, size, plan.country_code);
	return 0;
}


int value_prefix(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	const size_t off = strspn(text, digits);

	(void)d;

	if (!off || text[off])
		return fail(err, off,
			    "a prefix has digits only: write e.g. 00");
	if (off >= size)
		return fail(err, size - 1, "too long: at most 7 digits");

	memcpy(dst, text, off + 1);
	return 0;
}


int value_trunk(struct config_draft *d, void *dst, size_t size,
		const char *text, struct text_error *err)
{
	struct dial_plan *given = &d->plan.given;

	(void)dst;
	(void)size;

	d->plan.has_trunk = true;
	given->trunk_prefix[0] = '\0';
	if (!strcmp(text, "none"))
		return 0;
	if (!strspn(text, digits))
		return fail(err, 0, "write its digits, e.g. 0, or \"none\"");

	return value_prefix(d, given->trunk_prefix,
			    sizeof(given->trunk_prefix), text, err);
}


int value_min_national(struct config_draft *d, void *dst, size_t size,
		       const char *text, struct text_error *err)
{
	uint8_t *min_national = dst;
	uint32_t v;

	(void)size;

	if (value_figure(d, &v, 1, DIAL_PLAN_DIGITS_MAX, text, err))
		return EBADMSG;

	*min_national = (uint8_t)v;
	return 0;
}


static void match_apply(struct config_draft *d, const struct policy_match *m)
{
	/* In the arena, ours to change until the file is read */
	struct number_pattern *v =
		(struct number_pattern *)(uintptr_t)m->numberv;

	for (size_t i = 0; i < m->numberc; i++) {
		if (!dial_plan_apply_pattern(&d->out->config.policy.plan,
					     &v[i]))
			continue;
		config_errors_add(&d->errors, m->line, 1,
				  "%s%s: %s..%s: the ends of this range are "
				  "dialled in different ways: write both with "
				  "\"+\" and the country code",
				  m->negated ? "not." : "",
				  policy_match_name(m->kind), v[i].digits,
				  v[i].last);
	}
}


void draft_plan_finish(struct config_draft *d)
{
	const struct dial_plan *given = &d->plan.given;
	struct dial_plan *plan = &d->out->config.policy.plan;

	if (!given->country_code[0] ||
	    dial_plan_init(plan, given->country_code))
		return;

	if (d->plan.has_trunk)
		text_copy(plan->trunk_prefix, sizeof(plan->trunk_prefix),
			  given->trunk_prefix);
	if (given->international_prefix[0])
		text_copy(plan->international_prefix,
			  sizeof(plan->international_prefix),
			  given->international_prefix);
	if (given->min_national)
		plan->min_national = given->min_national;

	for (size_t i = 0; i < d->rulec; i++) {
		const struct policy_rule *rule = &d->out->rulev[i];

		for (size_t k = 0; k < rule->matchc; k++)
			match_apply(d, &rule->matchv[k]);
	}
}
