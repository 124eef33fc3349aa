/**
 * @file app/policy/screening.c  Which rule speaks for a caller
 */
#include "app/policy/screening.h"


static bool rule_covers(const struct policy_rule *rule, const char *number)
{
	for (size_t i = 0; i < rule->numberc; i++) {
		if (number_pattern_match(&rule->numberv[i], number))
			return true;
	}

	return number_list_has(rule->list, number);
}


const struct policy_rule *screening_find(const struct policy *p,
					 const struct party *caller)
{
	if (!p || !caller)
		return NULL;

	for (size_t i = 0; i < p->rulec; i++) {
		if (rule_covers(&p->rulev[i], caller->number))
			return &p->rulev[i];
	}

	return NULL;
}
