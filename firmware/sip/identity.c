/**
 * @file firmware/sip/identity.c  Addresses in headers, taken apart
 */
#include "firmware/sip/identity.h"

#include <string.h>


enum {
	/** A number with its escapes, separators and parameters: the guard
	    lets no longer header through. What is longer is none */
	USER_MAX = 1024,
};


static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}


void identity_trim(struct pl *pl)
{
	while (pl->l && is_space(pl->p[0]))
		pl_advance(pl, 1);
	while (pl->l && is_space(pl->p[pl->l - 1]))
		--pl->l;
}


/** Length up to the first of these characters */
static size_t span(const struct pl *pl, const char *set)
{
	size_t n = 0;

	while (n < pl->l && !memchr(set, pl->p[n], strlen(set)))
		++n;

	return n;
}


/** Cut off what stands up to the first of these characters */
static struct pl cut(struct pl *rest, const char *set)
{
	const struct pl head = {rest->p, span(rest, set)};

	pl_advance(rest, (ssize_t)head.l);

	return head;
}


/**
 * Length up to a character that stands in no quotes, and in no brackets
 * unless it is one
 */
static size_t span_quoted(const struct pl *pl, char wanted)
{
	bool quote = false, bracket = false;
	size_t i;

	for (i = 0; i < pl->l; i++) {
		const char c = pl->p[i];

		if (quote && c == '\\')
			++i;
		else if (c == '"' && !bracket)
			quote = !quote;
		else if (quote)
			continue;
		else if (c == wanted && !bracket)
			return i;
		else if (c == '<' || c == '>')
			bracket = c == '<';
	}

	return pl->l;
}


bool identity_next(struct pl *list, struct pl *value)
{
	while (list->l) {
		value->p = list->p;
		value->l = span_quoted(list, ',');
		pl_advance(list, (ssize_t)value->l);
		if (list->l)
			pl_advance(list, 1);

		identity_trim(value);
		if (value->l)
			return true;
	}

	return false;
}


void identity_apply(const struct sip_msg *msg, const char *name, identity_h *h,
		    void *arg)
{
	const struct le *le;

	for (le = list_head(&msg->hdrl); le; le = le->next) {
		const struct sip_hdr *hdr = le->data;
		struct pl list = hdr->val, value;

		if (pl_strcasecmp(&hdr->name, name))
			continue;

		while (identity_next(&list, &value)) {
			if (!h(&value, arg))
				return;
		}
	}
}


static void sip_uri(struct identity *id, struct pl rest)
{
	const char *at = memchr(rest.p, '@', rest.l);

	if (at) {
		struct pl userinfo = {rest.p, (size_t)(at - rest.p)};

		pl_advance(&rest, at + 1 - rest.p);
		id->user = cut(&userinfo, ":");
	}

	if (rest.l && rest.p[0] == '[') {
		pl_advance(&rest, 1);
		id->host = cut(&rest, "]");
	}
	else {
		id->host = cut(&rest, ":;?");
	}

	(void)cut(&rest, ";?");
	id->params = cut(&rest, "?");
}


bool identity_uri(struct identity *id, const struct pl *uri)
{
	struct pl rest = *uri, scheme;

	memset(id, 0, sizeof(*id));
	identity_trim(&rest);
	if (!rest.l)
		return false;

	scheme = cut(&rest, ":");
	if (!rest.l)
		return false;
	pl_advance(&rest, 1);

	if (0 == pl_strcasecmp(&scheme, "tel")) {
		id->tel = true;
		id->user = cut(&rest, "?");
		return true;
	}
	if (pl_strcasecmp(&scheme, "sip") && pl_strcasecmp(&scheme, "sips"))
		return false;

	sip_uri(id, rest);

	return pl_isset(&id->host);
}


bool identity_read(struct identity *id, const struct pl *value)
{
	struct pl rest = *value, uri;
	const size_t open = span_quoted(&rest, '<');

	if (open == rest.l) {
		if (!identity_uri(id, &rest))
			return false;
		id->header = id->tel ? id->user : id->params;
		return true;
	}

	pl_advance(&rest, (ssize_t)open + 1);
	uri = cut(&rest, ">");
	if (!rest.l || !identity_uri(id, &uri))
		return false;
	pl_advance(&rest, 1);
	id->header = rest;

	return true;
}


bool identity_name(struct pl *name, const struct pl *value)
{
	*name   = *value;
	name->l = span_quoted(value, '<');
	if (name->l == value->l)
		return false;

	identity_trim(name);

	return name->l > 0;
}


bool identity_param(const struct pl *params, const char *name,
		    struct pl *value)
{
	struct pl rest = *params;

	while (rest.l) {
		struct pl param, key;

		/* What stands before the first ";" is none */
		pl_advance(&rest, (ssize_t)span_quoted(&rest, ';'));
		if (!rest.l)
			break;
		pl_advance(&rest, 1);

		param.p = rest.p;
		param.l = span_quoted(&rest, ';');
		key = cut(&param, "=");
		identity_trim(&key);
		if (pl_strcasecmp(&key, name))
			continue;

		if (param.l)
			pl_advance(&param, 1);
		identity_trim(&param);
		if (param.l > 1 && param.p[0] == '"' &&
		    param.p[param.l - 1] == '"') {
			++param.p;
			param.l -= 2;
		}
		*value = param;
		return true;
	}

	return false;
}


void identity_number(char number[NUMBER_MAX], const struct identity *id)
{
	char user[USER_MAX];

	number[0] = '\0';
	if (id->user.l < sizeof(user) &&
	    0 == pl_strcpy(&id->user, user, sizeof(user)))
		(void)number_normalise(number, user);
}
