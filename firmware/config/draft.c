/**
 * @file firmware/config/draft.c  A configuration while it is being read
 */
#include "firmware/config/draft.h"
#include "firmware/config/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum {
	RING_TIMEOUT_S = 60,
	SOURCE_PER_MIN = 30,
	ALL_PER_MIN = 120,
};

_Static_assert(PHONE_ACCOUNT_MAX == 8, "a message below says 8");
_Static_assert(POLICY_NAME_MAX == 32, "a message below says 31");


void draft_name_copy(struct config_draft *d, char dst[POLICY_NAME_MAX],
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


void draft_name_twice(struct config_draft *d, const char *kind, unsigned line,
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
		draft_name_copy(d, acc->name, name);
		return acc;
	}

	acc = &sip->account[sip->accountc];
	acc->registers = true;
	draft_name_copy(d, acc->name, name);
	for (size_t i = 0; i < sip->accountc && acc->name[0]; i++) {
		if (!strcmp(sip->account[i].name, acc->name))
			draft_name_twice(d, "account", name->line, name->col,
					 d->account_line[i]);
	}
	d->account_line[sip->accountc++] = kind->line;

	return acc;
}


static const char display_name_default[] = "Ringfence";


void draft_init(struct config_draft *d)
{
	struct config *cfg = &d->out->config;

	policy_init(&cfg->policy);
	cfg->policy.limit.source_per_min = SOURCE_PER_MIN;
	cfg->policy.limit.all_per_min = ALL_PER_MIN;
	cfg->settings.policy = &cfg->policy;
	cfg->settings.ring_timeout_s = RING_TIMEOUT_S;
	cfg->settings.notice = true;
	text_copy(cfg->settings.display_name,
		  sizeof(cfg->settings.display_name), display_name_default);
	text_copy(cfg->sip.listen, sizeof(cfg->sip.listen), "0.0.0.0:5060");
	text_copy(cfg->sip.audio.device, sizeof(cfg->sip.audio.device),
		  "auto");
}


/* Who does not register has no server whose calls could be told */
static void account_check(struct config_draft *d, size_t i)
{
	const struct sip_account *acc = &d->out->config.sip.account[i];

	if (acc->accept == SIP_ACCEPT_ACCOUNT && !acc->registers)
		config_errors_add(&d->errors, d->account_line[i], 1,
				  "accept_from = account lets nobody call an "
				  "account that does not register: write "
				  "\"lan\" or \"anyone\"");
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

	if (acc->accept == SIP_ACCEPT_DEFAULT)
		acc->accept = acc->registers ? SIP_ACCEPT_ACCOUNT
					     : SIP_ACCEPT_LAN;

	text_copy(dst->name, sizeof(dst->name), acc->name);
	text_copy(dst->user, sizeof(dst->user), acc->user);
	text_copy(dst->domain, sizeof(dst->domain), acc->domain);
	dst->registers = acc->registers;
}


/* The texts that are given, one behind the other */
static void replies_finish(struct phone_settings *set)
{
	_Static_assert(PHONE_REPLY_MAX == 5, "the schema has text1 to text5");

	set->replyc = 0;
	for (size_t i = 0; i < PHONE_REPLY_MAX; i++) {
		if (!set->reply[i][0])
			continue;
		if (i > set->replyc)
			memcpy(set->reply[set->replyc], set->reply[i],
			       sizeof(set->reply[i]));
		set->replyc++;
	}
}


void draft_finish(struct config_draft *d)
{
	struct config *cfg = &d->out->config;

	draft_rules_finish(d);
	draft_plan_finish(d);

	for (size_t i = 0; i < cfg->sip.accountc; i++) {
		account_check(d, i);
		account_finish(&cfg->settings.account[i],
			       &cfg->sip.account[i]);
	}
	cfg->settings.accountc = cfg->sip.accountc;
	replies_finish(&cfg->settings);

	/* A name that nobody chose is not told to others */
	if (strcmp(cfg->settings.display_name, display_name_default))
		text_copy(cfg->sip.display_name,
			  sizeof(cfg->sip.display_name),
			  cfg->settings.display_name);
	if (!cfg->policy.has_hours)
		value_zone_local(&cfg->policy.zone);
}
