/**
 * @file firmware/config/draft_names.c  Whose the names in rules are
 *
 * Sections come in any order: a rule may name a group, an account or hours
 * that stand behind it.
 */
#include "firmware/config/draft.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/policy/compile.h"


enum {
	CHOICE_MAX = 256, /* bytes of what there is, in an error */
};

/* What a name of such a match may be */
struct choice {
	char text[CHOICE_MAX];
	size_t used;
	bool cut;
};


int draft_names_keep(struct config_draft *d, enum policy_match_kind kind,
		     const char *text)
{
	const size_t size = strlen(text) + 1;
	struct draft_names *n = arena_alloc(&d->out->arena, 1, sizeof(*n));
	char *copy = arena_alloc(&d->out->arena, 1, size);

	if (!n || !copy)
		return ENOMEM;

	memcpy(copy, text, size);
	*n = (struct draft_names){
		.next = d->names,
		.rule = d->rulec - 1,
		.kind = kind,
		.negated = d->negated,
		.text = copy,
		.at = d->place,
	};
	d->names = n;
	(void)draft_match(d, kind, d->negated);

	return 0;
}


static void choice_add(struct choice *c, const char *name)
{
	int n;

	if (c->cut || !name[0])
		return;

	n = snprintf(c->text + c->used, sizeof(c->text) - c->used, "%s%s",
		     c->used ? ", " : "", name);
	c->cut = n < 0 || (size_t)n >= sizeof(c->text) - c->used;
	if (c->cut)
		c->text[c->used] = '\0';
	else
		c->used += (size_t)n;
}


static bool same(const char *name, const char *s, size_t len)
{
	return strlen(name) == len && !memcmp(name, s, len);
}


static uint64_t group_find(const struct config *cfg, const char *s, size_t len)
{
	const size_t i = contacts_group_find(&cfg->policy.contacts, s, len);

	return i < CONTACT_GROUP_MAX ? UINT64_C(1) << i : 0;
}


static void group_choices(const struct config *cfg, struct choice *c)
{
	for (size_t i = 0; i < cfg->policy.contacts.groupc; i++)
		choice_add(c, cfg->policy.contacts.groupv[i].name);
}


static uint64_t account_find(const struct config *cfg, const char *s,
			     size_t len)
{
	for (size_t i = 0; i < cfg->sip.accountc; i++) {
		if (same(cfg->sip.account[i].name, s, len))
			return UINT64_C(1) << i;
	}

	return 0;
}


static void account_choices(const struct config *cfg, struct choice *c)
{
	for (size_t i = 0; i < cfg->sip.accountc; i++)
		choice_add(c, cfg->sip.account[i].name);
}


static uint64_t when_find(const struct config *cfg, const char *s, size_t len)
{
	const struct policy *p = &cfg->policy;

	if (p->has_hours && same("open", s, len))
		return POLICY_WHEN_OPEN;
	if (p->has_hours && same("closed", s, len))
		return POLICY_WHEN_CLOSED;

	for (size_t i = 0; i < p->hourc; i++) {
		if (same(p->hourv[i].name, s, len))
			return UINT64_C(1) << i;
	}

	return 0;
}


static void when_choices(const struct config *cfg, struct choice *c)
{
	if (cfg->policy.has_hours) {
		choice_add(c, "open");
		choice_add(c, "closed");
	}
	for (size_t i = 0; i < cfg->policy.hourc; i++)
		choice_add(c, cfg->policy.hourv[i].name);
}


static const struct names_kind {
	enum policy_match_kind kind;
	uint64_t (*findh)(const struct config *cfg, const char *s, size_t len);
	void (*choicesh)(const struct config *cfg, struct choice *c);
	const char *what;  /* that is not there  */
	const char *write; /* to have one at all */
} names_kind[] = {
	{POLICY_MATCH_GROUP, group_find, group_choices, "group",
	 "write a file of [contacts] in which it is"},
	{POLICY_MATCH_ACCOUNT, account_find, account_choices, "account",
	 "write [account NAME]"},
	{POLICY_MATCH_WHEN, when_find, when_choices, "hours named",
	 "write [hours], or [hours NAME]"},
};


static void name_unknown(struct config_draft *d, const struct draft_names *n,
			 const struct names_kind *kind,
			 const struct compile_item *item)
{
	struct choice c = {.used = 0};

	kind->choicesh(&d->out->config, &c);
	config_errors_add(
		&d->errors, n->at.line, n->at.col + (unsigned)item->off,
		"%s: no %s \"%.*s\": %s%s%s", policy_match_name(n->kind),
		kind->what, (int)item->len, n->text + item->off,
		c.used ? "there are " : kind->write, c.text,
		c.cut ? " and more" : "");
}


static void names_resolve(struct config_draft *d, const struct draft_names *n,
			  const struct names_kind *kind)
{
	const struct policy_rule *rule = &d->out->rulev[n->rule];
	struct compile_item item;
	uint64_t mask = 0;
	size_t pos = 0;

	while (compile_item_next(&item, n->text, &pos)) {
		const uint64_t one = kind->findh(&d->out->config,
						 n->text + item.off, item.len);

		if (!one)
			name_unknown(d, n, kind, &item);
		mask |= one;
	}

	for (size_t i = 0; i < rule->matchc; i++) {
		/* It is the arena's, which was filled here */
		struct policy_match *m =
			(struct policy_match *)(uintptr_t)&rule->matchv[i];

		if (m->kind == n->kind && m->negated == n->negated)
			m->mask = mask;
	}
}


void draft_names_finish(struct config_draft *d)
{
	for (const struct draft_names *n = d->names; n; n = n->next) {
		for (size_t i = 0;
		     i < sizeof(names_kind) / sizeof(names_kind[0]); i++) {
			if (names_kind[i].kind == n->kind)
				names_resolve(d, n, &names_kind[i]);
		}
	}
}
