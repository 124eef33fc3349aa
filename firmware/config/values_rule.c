/**
 * @file firmware/config/values_rule.c  A rule's values: whom, and what then
 */
#include "firmware/config/values.h"

#include <errno.h>
#include <string.h>

#include "app/policy/compile.h"
#include "firmware/config/value_fail.h"
#include "hal/led.h"


enum {
	BEFORE_MAX_MIN = 24 * 60,
	SECOND_PER_MIN = 60,
};

_Static_assert(LED_COLOUR_COUNT <= UINT8_MAX, "a rule keeps it in a byte");


int value_action(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	struct policy_rule *rule = dst;
	struct compile_action a;
	int e;

	(void)size;

	d->rule.action = d->place;
	e = compile_action(&a, text, err);
	if (e)
		return e;

	rule->action = a.action;
	rule->scode = a.scode;
	if (a.uri) {
		char *uri = arena_alloc(&d->out->arena, 1, a.uri_len + 1);

		if (!uri)
			return ENOMEM;
		memcpy(uri, a.uri, a.uri_len);
		rule->uri = uri;
	}

	return 0;
}


int value_tone(struct config_draft *d, void *dst, size_t size,
	       const char *text, struct text_error *err)
{
	uint8_t *ringtone = dst;
	uint32_t v;

	(void)size;

	d->rule.tone = d->place;
	if (value_figure(d, &v, 1, POLICY_RINGTONE_MAX, text, err))
		return EBADMSG;

	*ringtone = (uint8_t)v;
	return 0;
}


int value_lamp(struct config_draft *d, void *dst, size_t size,
	       const char *text, struct text_error *err)
{
	uint8_t *lamp = dst;

	(void)size;

	d->rule.lamp = d->place;
	for (unsigned i = LED_COLOUR_OFF + 1; i < LED_COLOUR_COUNT; i++) {
		if (!strcmp(led_colour_name((enum led_colour)i), text)) {
			*lamp = (uint8_t)i;
			return 0;
		}
	}

	return fail(err, 0, "write white, red, green or amber");
}


int value_anyone(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;

	if (d->negated || strcmp(text, "yes") != 0)
		return fail(err, 0,
			    "write \"anyone = yes\", or leave out the line "
			    "and say whom the rule is for");

	d->rule.anyone = d->place;
	return 0;
}


/* "yes", or "no", which is the same as not.KEY = yes */
static int match_yes(struct config_draft *d, enum policy_match_kind kind,
		     const char *text, struct text_error *err)
{
	bool yes;

	if (value_yes(d, &yes, sizeof(yes), text, err))
		return EBADMSG;

	(void)draft_match(d, kind, d->negated == yes);
	return 0;
}


static int match_numbers(struct config_draft *d, enum policy_match_kind kind,
			 const char *text, struct text_error *err)
{
	struct policy_match *m;
	struct number_pattern *v;
	size_t n;
	int e;

	e = compile_numbers(NULL, 0, &n, text, err);
	if (e)
		return e;

	v = arena_alloc(&d->out->arena, n, sizeof(*v));
	if (!v)
		return ENOMEM;

	m = draft_match(d, kind, d->negated);
	m->numberv = v;
	m->numberc = n;
	return compile_numbers(v, n, &n, text, err);
}


static int match_texts(struct config_draft *d, enum policy_match_kind kind,
		       const char *text, struct text_error *err)
{
	struct policy_match *m;
	struct policy_text *v;
	size_t n;
	int e;

	e = compile_texts(NULL, 0, &n, text, err);
	if (e)
		return e;

	v = arena_alloc(&d->out->arena, n, sizeof(*v));
	if (!v)
		return ENOMEM;

	m = draft_match(d, kind, d->negated);
	m->textv = v;
	m->textc = n;
	return compile_texts(v, n, &n, text, err);
}


static int match_names(struct config_draft *d, enum policy_match_kind kind,
		       const char *text, struct text_error *err)
{
	struct compile_item item;
	size_t pos = 0;

	while (compile_item_next(&item, text, &pos)) {
		if (!item.len)
			return fail(err, item.off,
				    "no name: write one, or several with "
				    "commas between them");
	}

	return draft_names_keep(d, kind, text);
}


int value_numbers(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_numbers(d, POLICY_MATCH_NUMBER, text, err);
}


int value_list(struct config_draft *d, void *dst, size_t size,
	       const char *text, struct text_error *err)
{
	static const char made[] =
		"write the path of a file that \"ringfence list import\" made";
	struct list_map *map = NULL;
	const char *what = NULL;
	int e;

	(void)dst;
	(void)size;

	if (!text[0])
		return FAIL_PRINT(d, err, 0, "no path: %s", made);

	e = list_map_open(&map, text, &what);
	if (e == ENOMEM)
		return e;
	if (e)
		return FAIL_PRINT(d, err, 0, "can't use it: %s; %s",
				  what ? what : strerror(e), made);

	map->next = d->out->maps;
	d->out->maps = map;
	draft_match(d, POLICY_MATCH_NUMBER, d->negated)->list = &map->list;
	return 0;
}


int value_contact(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_yes(d, POLICY_MATCH_CONTACT, text, err);
}


int value_groups(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_names(d, POLICY_MATCH_GROUP, text, err);
}


int value_names(struct config_draft *d, void *dst, size_t size,
		const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_texts(d, POLICY_MATCH_NAME, text, err);
}


int value_domains(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_texts(d, POLICY_MATCH_DOMAIN, text, err);
}


int value_accounts(struct config_draft *d, void *dst, size_t size,
		   const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_names(d, POLICY_MATCH_ACCOUNT, text, err);
}


int value_anonymous(struct config_draft *d, void *dst, size_t size,
		    const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_yes(d, POLICY_MATCH_ANONYMOUS, text, err);
}


int value_asserted(struct config_draft *d, void *dst, size_t size,
		   const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_numbers(d, POLICY_MATCH_ASSERTED, text, err);
}


int value_verstat(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	uint64_t mask;
	int e;

	(void)dst;
	(void)size;

	e = compile_verstat(&mask, text, err);
	if (!e)
		draft_match(d, POLICY_MATCH_VERSTAT, d->negated)->mask = mask;

	return e;
}


int value_diverted(struct config_draft *d, void *dst, size_t size,
		   const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;

	if (!strcmp(text, "yes") || !strcmp(text, "no"))
		return match_yes(d, POLICY_MATCH_DIVERTED, text, err);

	return match_numbers(d, POLICY_MATCH_DIVERTED, text, err);
}


int value_when(struct config_draft *d, void *dst, size_t size,
	       const char *text, struct text_error *err)
{
	(void)dst;
	(void)size;
	return match_names(d, POLICY_MATCH_WHEN, text, err);
}


int value_called_before(struct config_draft *d, void *dst, size_t size,
			const char *text, struct text_error *err)
{
	uint32_t min;

	(void)dst;
	(void)size;

	if (value_figure(d, &min, 1, BEFORE_MAX_MIN, text, err))
		return EBADMSG;

	draft_match(d, POLICY_MATCH_CALLED_BEFORE, d->negated)->within_s =
		min * SECOND_PER_MIN;
	return 0;
}
