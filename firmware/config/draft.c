/**
 * @file firmware/config/draft.c  A configuration while it is being read
 */
#include "firmware/config/draft.h"
#include "firmware/config/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum {
	ROOM_FIRST = 16,
	RING_TIMEOUT_S = 60,
};

_Static_assert(PHONE_ACCOUNT_MAX == 8, "a message below says 8");
_Static_assert(POLICY_NAME_MAX == 32, "a message below says 31");


/* A section's name, "" if it is too long, which is told */
static void name_copy(struct config_draft *d, char dst[POLICY_NAME_MAX],
		      const struct ini_text *name)
{
	dst[0] = '\0';
	if (name->len >= POLICY_NAME_MAX) {
		config_errors_add(&d->errors, name->line,
				  name->col + POLICY_NAME_MAX - 1,
				  "the name is too long: at most 31 bytes");
		return;
	}

	memcpy(dst, name->p, name->len);
	dst[name->len] = '\0';
}


static void name_twice(struct config_draft *d, const char *kind, unsigned line,
		       unsigned col, unsigned first_line)
{
	config_errors_add(&d->errors, line, col,
			  "[%s] of this name is given twice, first on line "
			  "%u: write another name",
			  kind, first_line);
}


void *draft_begin_single(struct config_draft *d, const struct ini_text *kind,
			 const struct ini_text *name)
{
	(void)kind;
	(void)name;
	return &d->out->config;
}


void *draft_begin_hours(struct config_draft *d, const struct ini_text *kind,
			const struct ini_text *name)
{
	d->out->config.policy.has_hours = true;
	return draft_begin_single(d, kind, name);
}


void *draft_begin_account(struct config_draft *d, const struct ini_text *kind,
			  const struct ini_text *name)
{
	struct sip_config *sip = &d->out->config.sip;
	struct sip_account *acc;

	if (sip->accountc == PHONE_ACCOUNT_MAX) {
		config_errors_add(&d->errors, kind->line, kind->col,
				  "one account too many: at most 8");
		acc = &d->surplus;
		memset(acc, 0, sizeof(*acc));
		name_copy(d, acc->name, name);
		return acc;
	}

	acc = &sip->account[sip->accountc];
	acc->registers = true;
	name_copy(d, acc->name, name);
	for (size_t i = 0; i < sip->accountc && acc->name[0]; i++) {
		if (!strcmp(sip->account[i].name, acc->name))
			name_twice(d, "account", name->line, name->col,
				   d->account_line[i]);
	}
	d->account_line[sip->accountc++] = kind->line;

	return acc;
}


/* The next capacity of an array that holds n */
static size_t room_for(size_t max, size_t n)
{
	max = max ? max : ROOM_FIRST;
	while (max < n)
		max *= 2;

	return max;
}


static bool rules_room(struct config_draft *d)
{
	const size_t max = room_for(d->rule_max, d->rulec + 1);
	struct policy_rule *rulev;
	struct draft_name *namev;

	if (max == d->rule_max)
		return true;

	rulev = realloc(d->out->rulev, max * sizeof(*rulev));
	if (!rulev)
		return false;
	d->out->rulev = rulev;

	namev = realloc(d->namev, max * sizeof(*namev));
	if (!namev)
		return false;
	d->namev = namev;

	d->rule_max = max;
	return true;
}


void *draft_begin_rule(struct config_draft *d, const struct ini_text *kind,
		       const struct ini_text *name)
{
	struct policy_rule *rule;

	if (!rules_room(d))
		return NULL;

	rule = &d->out->rulev[d->rulec];
	memset(rule, 0, sizeof(*rule));
	name_copy(d, rule->name, name);
	rule->line = kind->line;
	d->namev[d->rulec] = (struct draft_name){
		.line = name->line,
		.col = name->col,
	};
	d->rulec++;

	return rule;
}


struct number_pattern *draft_numbers_room(struct config_draft *d, size_t n)
{
	const size_t max = room_for(d->number_max, d->numberc + n);
	struct number_pattern *v;

	if (max != d->number_max) {
		v = realloc(d->out->numberv, max * sizeof(*v));
		if (!v)
			return NULL;
		d->out->numberv = v;
		d->number_max = max;
	}

	v = &d->out->numberv[d->numberc];
	d->numberc += n;
	return v;
}


static const char display_name_default[] = "Ringfence";


void draft_init(struct config_draft *d)
{
	struct config *cfg = &d->out->config;

	policy_init(&cfg->policy);
	cfg->settings.policy = &cfg->policy;
	cfg->settings.ring_timeout_s = RING_TIMEOUT_S;
	cfg->settings.notice = true;
	text_copy(cfg->settings.display_name,
		  sizeof(cfg->settings.display_name), display_name_default);
	text_copy(cfg->sip.listen, sizeof(cfg->sip.listen), "0.0.0.0:5060");
	text_copy(cfg->sip.device, sizeof(cfg->sip.device), "auto");
}


/* The lists moved while they grew; only now they stand */
static void rules_finish(struct config_draft *d)
{
	struct policy *policy = &d->out->config.policy;
	const struct number_pattern *numberv = d->out->numberv;

	for (size_t i = 0; i < d->rulec; i++) {
		d->out->rulev[i].numberv = numberv;
		if (numberv)
			numberv += d->out->rulev[i].numberc;
		d->namev[i].name = d->out->rulev[i].name;
	}

	policy->rulev = d->out->rulev;
	policy->rulec = d->rulec;
}


static int by_name(const void *va, const void *vb)
{
	const struct draft_name *a = va, *b = vb;
	const int order = strcmp(a->name, b->name);

	if (order)
		return order;

	return a->line < b->line ? -1 : a->line > b->line;
}


static void rule_names_check(struct config_draft *d)
{
	const struct draft_name *first = d->namev;

	if (d->rulec)
		qsort(d->namev, d->rulec, sizeof(d->namev[0]), by_name);

	for (size_t i = 1; i < d->rulec; i++) {
		const struct draft_name *n = &d->namev[i];

		if (strcmp(first->name, n->name))
			first = n;
		else if (n->name[0])
			name_twice(d, "rule", n->line, n->col, first->line);
	}
}


/* What the phone itself needs to know of an account */
static void account_finish(struct phone_account *dst, struct sip_account *acc)
{
	if (!acc->auth_user[0])
		text_copy(acc->auth_user, sizeof(acc->auth_user), acc->user);

	/* The registrar is the way of all requests; who does not register
	 * calls directly */
	if (!acc->registers)
		acc->registrar[0] = '\0';
	else if (!acc->registrar[0])
		(void)snprintf(acc->registrar, sizeof(acc->registrar),
			       "sip:%.*s", PARTY_URI_MAX - (int)sizeof("sip:"),
			       acc->domain);

	text_copy(dst->name, sizeof(dst->name), acc->name);
	text_copy(dst->user, sizeof(dst->user), acc->user);
	text_copy(dst->domain, sizeof(dst->domain), acc->domain);
	dst->registers = acc->registers;
}


void draft_finish(struct config_draft *d)
{
	struct config *cfg = &d->out->config;

	rules_finish(d);
	rule_names_check(d);

	for (size_t i = 0; i < cfg->sip.accountc; i++)
		account_finish(&cfg->settings.account[i],
			       &cfg->sip.account[i]);
	cfg->settings.accountc = cfg->sip.accountc;

	/* A name that nobody chose is not told to others */
	if (strcmp(cfg->settings.display_name, display_name_default))
		text_copy(cfg->sip.display_name,
			  sizeof(cfg->sip.display_name),
			  cfg->settings.display_name);
	if (!cfg->policy.has_hours)
		value_zone_local(&cfg->policy.zone);
}
