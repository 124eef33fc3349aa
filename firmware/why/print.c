/**
 * @file firmware/why/print.c  The answer, for people and as JSON
 */
#include "firmware/why/why.h"

#include "firmware/clock.h"
#include "firmware/object.h"
#include "firmware/sip/invite.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <re.h>

enum {
	HEADERS_MAX = 1024,
};

static const char *const action_name[] = {
	[POLICY_RING] = "ring",         [POLICY_SILENCE] = "silence",
	[POLICY_REJECT] = "reject",     [POLICY_REDIRECT] = "redirect",
	[POLICY_ANSWER] = "answer",
};

/* Why a rule's key did not hold, and why its negation did not */
static const struct {
	const char *plain, *negated;
} failed_text[POLICY_MATCH_COUNT] = {
	[POLICY_MATCH_NUMBER] = {"the caller's number is none of these",
				 "the caller's number is one of these"},
	[POLICY_MATCH_CONTACT] = {"the caller is no contact",
				  "the caller is a contact"},
	[POLICY_MATCH_GROUP] = {"the caller is in none of these groups",
				"the caller is in one of these groups"},
	[POLICY_MATCH_NAME] = {"the caller's name is none of these",
			       "the caller's name is one of these"},
	[POLICY_MATCH_DOMAIN] = {"the caller's domain is none of these",
				 "the caller's domain is one of these"},
	[POLICY_MATCH_ACCOUNT] = {"another account is called",
				  "one of these accounts is called"},
	[POLICY_MATCH_ANONYMOUS] = {"the caller does not hide",
				    "the caller hides"},
	[POLICY_MATCH_ASSERTED] =
		{"no trusted server asserts one of these numbers",
		 "one of these numbers is asserted, or nothing is by a "
		 "trusted server"},
	[POLICY_MATCH_VERSTAT] =
		{"no trusted server has verified the number so",
		 "it is verified so, or not by a trusted server"},
	[POLICY_MATCH_DIVERTED] = {"the call was not diverted so",
				   "the call was diverted so"},
	[POLICY_MATCH_WHEN] = {"it is not the time, or the clock is not set",
			       "it is the time, or the clock is not set"},
	[POLICY_MATCH_CALLED_BEFORE] =
		{"the caller has not called shortly before",
		 "the caller has called shortly before"},
};


static const char *rule_key(const struct policy_match *m)
{
	return policy_match_name(m->kind);
}


static void print_decision(const struct why_answer *a, const char *path)
{
	const struct verdict *v = &a->verdict;

	(void)printf("%s", action_name[v->action]);
	if (v->scode)
		(void)printf(" %u %s", v->scode, a->refusal.phrase);
	if (v->by == DECIDED_RULE)
		(void)printf(", decided by rule \"%s\"\n  %s:%u", v->rule, path,
			     v->line);
	else if (v->by == DECIDED_NONE)
		(void)printf(", nothing speaks against it");
	else
		(void)printf(", decided by %s", decided_name(v->by));
	(void)printf("\n");
}


static void print_wire(const struct why_answer *a)
{
	char headers[HEADERS_MAX];
	char *line = headers, *rest;

	if (!a->verdict.scode ||
	    sip_refusal_print(headers, sizeof(headers), &a->refusal))
		return;

	(void)printf("on the wire\n  SIP/2.0 %u %s\n", a->refusal.scode,
		     a->refusal.phrase);
	while ((rest = strstr(line, "\r\n")) != NULL && rest != line) {
		*rest = '\0';
		(void)printf("  %s\n", line);
		line = rest + strlen("\r\n");
	}
}


static void print_time(const struct why_answer *a)
{
	struct civil c;

	if (!a->now.utc_valid) {
		(void)printf("at\n  the clock is not set\n");
		return;
	}

	zone_to_civil(a->zone, a->now.utc_s, &c);
	(void)printf("at\n  %04d-%02u-%02u %02u:%02u:%02u %s\n", (int)c.year,
		     c.month, c.day, c.hour, c.min, c.sec, a->zone->name);
}


void why_answer_print(const struct why_answer *a, const char *path)
{
	print_decision(a, path);
	(void)printf("caller\n  %s%s%s%s\n", a->caller.from.uri,
		     a->number[0] ? ", compared as " : "", a->number,
		     a->caller.trusted ? ", by our own server" : "");
	print_time(a);
	print_wire(a);

	if (a->passedc)
		(void)printf("passed over\n");
	for (size_t i = 0; i < a->passedc; i++) {
		const struct why_passed *p = &a->passed[i];

		(void)printf("  %s:%u: rule \"%s\", %s%s: %s\n", path,
			     p->failed->line, p->rule->name,
			     p->failed->negated ? "not." : "",
			     rule_key(p->failed),
			     p->failed->negated
				     ? failed_text[p->failed->kind].negated
				     : failed_text[p->failed->kind].plain);
	}
}


/** Each header by its name */
static int put_headers(struct odict *o, const struct why_answer *a)
{
	char headers[HEADERS_MAX] = "";
	char *line = headers, *rest;
	struct odict *child;
	int err = 0;

	child = object_put_container(o, "headers", ODICT_OBJECT);
	if (!child)
		return ENOMEM;
	if (a->verdict.scode)
		err = sip_refusal_print(headers, sizeof(headers),
					&a->refusal);

	while (!err && (rest = strstr(line, "\r\n")) != NULL && rest != line) {
		char *value = strstr(line, ": ");

		*rest = '\0';
		if (value) {
			*value = '\0';
			err = object_put_string(child, line, value + strlen(": "));
		}
		line = rest + strlen("\r\n");
	}

	return err;
}


static int put_passed(struct odict *o, const struct why_answer *a)
{
	struct odict *list;
	int err = 0;

	list = object_put_container(o, "passed", ODICT_ARRAY);
	if (!list)
		return ENOMEM;
	for (size_t i = 0; i < a->passedc && !err; i++) {
		const struct why_passed *p = &a->passed[i];
		struct odict *entry;

		entry = object_put_container(list, "", ODICT_OBJECT);
		if (!entry)
			return ENOMEM;
		err |= object_put_string(entry, "rule", p->rule->name);
		err |= object_put_int(entry, "line", p->rule->line);
		err |= object_put_string(entry, "key", rule_key(p->failed));
		err |= object_put_bool(entry, "not", p->failed->negated);
		err |= object_put_int(entry, "key_line", p->failed->line);
	}

	return err;
}


int why_answer_put(struct odict *o, const struct why_answer *a,
		   const char *path)
{
	const struct verdict *v = &a->verdict;
	const bool rule = v->by == DECIDED_RULE;
	char at[CLOCK_TEXT_MAX] = "";
	int err = 0;

	if (a->now.utc_valid)
		clock_print(at, a->now.utc_s);

	err |= object_put_string(o, "action", action_name[v->action]);
	err |= object_put_string(o, "decided_by", decided_name(v->by));
	err |= object_put_string_or_null(o, "rule", rule ? v->rule : NULL);
	err |= rule ? object_put_int(o, "line", v->line)
		    : odict_entry_add(o, "line", ODICT_NULL);
	err |= object_put_string(o, "file", path);
	err |= object_put_int(o, "code", v->scode);
	err |= object_put_string(o, "phrase", v->scode ? a->refusal.phrase : "");
	err |= put_headers(o, a);
	err |= object_put_string(o, "uri", a->caller.from.uri);
	err |= object_put_string(o, "number", a->number);
	err |= object_put_string_or_null(o, "at", at[0] ? at : NULL);
	err |= put_passed(o, a);

	return err ? ENOMEM : 0;
}
