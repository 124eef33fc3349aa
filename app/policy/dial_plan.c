/**
 * @file app/policy/dial_plan.c  From a number as it is dialled to E.164
 */
#include "app/policy/dial_plan.h"
#include "app/policy/dial_plan_table.h"

#include <errno.h>
#include <string.h>


/* How a number is dialled */
enum form {
	FORM_KEPT,          /* an extension, a feature code, nonsense */
	FORM_GLOBAL,        /* +49 30 1  */
	FORM_INTERNATIONAL, /* 0049 30 1 */
	FORM_TRUNK,         /* 030 1     */
	FORM_NATIONAL,      /* 30 123456 */
};

/* A number, or what numbers start with, while it is read */
struct dialled {
	const char *digits;
	size_t len;
	bool open; /* more may follow */
};


static bool starts_with(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}


/* "*" and "#" are no part of any plan */
static bool is_plain(const struct dialled *d)
{
	return !memchr(d->digits, '*', d->len) &&
	       !memchr(d->digits, '#', d->len);
}


/* Whether something stands behind a prefix */
static bool has_prefix(const struct dialled *d, const char *prefix)
{
	const size_t len = strlen(prefix);

	return len && d->len > len && !memcmp(d->digits, prefix, len);
}


static bool has_international(const struct dial_plan *plan,
			      const struct dialled *d)
{
	const char *prefix = plan->international_prefix;

	return has_prefix(d, prefix) &&
	       (prefix[0] == '0' || d->len >= plan->min_national);
}


/* Extensions do not start with 0, but may with another digit, and whole
 * numbers too: then a number has to be left behind the prefix */
static bool has_trunk(const struct dial_plan *plan, const struct dialled *d)
{
	const char *prefix = plan->trunk_prefix;
	const size_t left = d->len - (d->open ? 0 : strlen(prefix));

	return has_prefix(d, prefix) &&
	       (prefix[0] == '0' || left >= plan->min_national);
}


/* How it is dialled; *skip is set to how long the prefix is */
static enum form form_of(const struct dial_plan *plan, const struct dialled *d,
			 size_t *skip)
{
	enum form form = FORM_KEPT;
	const char *prefix = "";

	if (plan->country_code[0] && is_plain(d)) {
		if (d->digits[0] == '+') {
			form = FORM_GLOBAL;
			prefix = "+";
		}
		else if (has_international(plan, d)) {
			form = FORM_INTERNATIONAL;
			prefix = plan->international_prefix;
		}
		else if (has_trunk(plan, d)) {
			form = FORM_TRUNK;
			prefix = plan->trunk_prefix;
		}
		else if (d->len >= plan->min_national) {
			form = FORM_NATIONAL;
		}
	}

	*skip = strlen(prefix);

	/* Behind a prefix, neither a country nor a town starts with 0 */
	if ((form == FORM_INTERNATIONAL || form == FORM_TRUNK) &&
	    d->digits[*skip] == '0')
		form = FORM_KEPT;

	return form;
}


/* "+49 (0)30 1": many write how it is dialled within the country as well. No
 * number of a country with trunk prefix 0 starts with it */
static void trunk_remove(const struct dial_plan *plan, char *number, bool open)
{
	const char *trunk = plan->trunk_prefix;
	const size_t len = strlen(trunk);
	char *s = number + 1 + strlen(plan->country_code);

	if (trunk[0] != '0' || !starts_with(number + 1, plan->country_code))
		return;

	while (!strncmp(s, trunk, len) && (s[len] || open))
		memmove(s, s + len, strlen(s + len) + 1);
	if (open && starts_with(trunk, s))
		*s = '\0';
}


/* The international form of a number that is dialled so; false if it is too
 * long */
static bool global_set(const struct dial_plan *plan, char dst[NUMBER_MAX],
		       const struct dialled *d, enum form form, size_t skip)
{
	const char *code = plan->country_code;
	const size_t len = d->len - skip;
	char buf[NUMBER_MAX + DIAL_PLAN_CODE_MAX] = "+";
	size_t n = 1;

	if (form == FORM_TRUNK || form == FORM_NATIONAL) {
		memcpy(buf + n, code, strlen(code));
		n += strlen(code);
	}
	memcpy(buf + n, d->digits + skip, len);
	n += len;
	buf[n] = '\0';

	trunk_remove(plan, buf, d->open);
	n = strlen(buf);
	if (n >= NUMBER_MAX)
		return false;

	memcpy(dst, buf, n + 1);
	return true;
}


int dial_plan_init(struct dial_plan *plan, const char *country_code)
{
	const struct dial_plan_country *c;

	if (!plan || !country_code)
		return EBADMSG;

	c = dial_plan_country_find(country_code);
	if (!c)
		return EBADMSG;

	text_copy(plan->country_code, sizeof(plan->country_code), c->code);
	text_copy(plan->trunk_prefix, sizeof(plan->trunk_prefix), c->trunk);
	text_copy(plan->international_prefix,
		  sizeof(plan->international_prefix), c->international);
	plan->min_national = c->min_national;
	return 0;
}


void dial_plan_apply(const struct dial_plan *plan, char dst[NUMBER_MAX],
		     const char *number)
{
	const struct dialled d = {.digits = number, .len = strlen(number)};
	size_t skip;
	const enum form form = form_of(plan, &d, &skip);

	if (form != FORM_KEPT && global_set(plan, dst, &d, form, skip))
		return;
	if (dst != number)
		text_copy(dst, NUMBER_MAX, number);
}


/* "00*" and what is shorter: all that is abroad, and of the own country what
 * is dialled so */
static void abroad_set(const struct dial_plan *plan, struct number_pattern *p)
{
	const char *trunk = plan->trunk_prefix;
	const char *own = NULL; /* how its numbers start, NULL: none does */
	char code[NUMBER_MAX] = "+";
	char digits[NUMBER_MAX];

	memcpy(digits, p->digits, sizeof(digits));
	if (!strcmp(digits, plan->international_prefix))
		own = NULL;
	else if (!trunk[0])
		own = digits;
	else if (starts_with(trunk, digits))
		own = "";
	else if (starts_with(digits, trunk) && digits[strlen(trunk)] != '0')
		own = digits + strlen(trunk);

	memset(p, 0, sizeof(*p));
	memcpy(code + 1, plan->country_code, strlen(plan->country_code));
	if (own && !*own) {
		p->kind = NUMBER_PREFIX;
		p->digits[0] = '+';
		return;
	}

	p->kind = NUMBER_ABROAD;
	memcpy(p->digits, code, sizeof(code));
	if (own) {
		memcpy(p->last, code, sizeof(code));
		memcpy(p->last + strlen(code), own, strlen(own));
	}
}


static void prefix_apply(const struct dial_plan *plan,
			 struct number_pattern *p)
{
	const struct dialled d = {
		.digits = p->digits,
		.len = strlen(p->digits),
		.open = true,
	};
	size_t skip;
	enum form form;

	/* Of a prefix with another digit in front, only a length would tell */
	if (plan->country_code[0] && p->digits[0] == '0') {
		if (starts_with(plan->international_prefix, p->digits)) {
			abroad_set(plan, p);
			return;
		}
		if (starts_with(plan->trunk_prefix, p->digits)) {
			p->digits[0] = '+';
			text_copy(p->digits + 1, sizeof(p->digits) - 1,
				  plan->country_code);
			return;
		}
	}

	form = form_of(plan, &d, &skip);
	if (form != FORM_KEPT)
		(void)global_set(plan, p->digits, &d, form, skip);
}


/* The "*" at a wildcard's end stays there */
static void wildcard_apply(const struct dial_plan *plan,
			   struct number_pattern *p)
{
	const size_t len = strlen(p->digits);
	char global[NUMBER_MAX];
	struct dialled d = {.digits = p->digits, .len = len};
	size_t skip, n;
	enum form form;

	if (p->digits[len - 1] == '*') {
		d.open = true;
		d.len--;
	}

	form = form_of(plan, &d, &skip);
	if (form == FORM_KEPT || !global_set(plan, global, &d, form, skip))
		return;

	n = strlen(global);
	if (n + d.open >= sizeof(global))
		return;
	memcpy(p->digits, global, n + 1);
	if (d.open)
		memcpy(p->digits + n, "*", sizeof("*"));
}


/* Whether what starts with a prefix lies between two numbers that do not */
static bool straddles(const char *first, const char *last, const char *prefix)
{
	const size_t len = strlen(prefix);

	return len && strlen(first) > len && strncmp(first, prefix, len) < 0 &&
	       strncmp(last, prefix, len) > 0;
}


static int range_apply(const struct dial_plan *plan, struct number_pattern *p)
{
	const struct dialled first = {
		.digits = p->digits,
		.len = strlen(p->digits),
	};
	const struct dialled last = {
		.digits = p->last,
		.len = strlen(p->last),
	};
	struct number_pattern global = {.kind = NUMBER_RANGE};
	size_t skip, last_skip;
	const enum form form = form_of(plan, &first, &skip);

	if (form_of(plan, &last, &last_skip) != form ||
	    (form != FORM_INTERNATIONAL && form != FORM_GLOBAL &&
	     straddles(p->digits, p->last, plan->international_prefix)) ||
	    (form == FORM_NATIONAL &&
	     straddles(p->digits, p->last, plan->trunk_prefix)))
		return EBADMSG;
	if (form == FORM_KEPT)
		return 0;

	if (!global_set(plan, global.digits, &first, form, skip) ||
	    !global_set(plan, global.last, &last, form, last_skip))
		return 0;
	if (strlen(global.digits) != strlen(global.last))
		return EBADMSG;

	*p = global;
	return 0;
}


int dial_plan_apply_pattern(const struct dial_plan *plan,
			    struct number_pattern *p)
{
	switch (p->kind) {

	case NUMBER_EXACT:
		dial_plan_apply(plan, p->digits, p->digits);
		break;

	case NUMBER_PREFIX:
		prefix_apply(plan, p);
		break;

	case NUMBER_WILDCARD:
		wildcard_apply(plan, p);
		break;

	case NUMBER_RANGE:
		return range_apply(plan, p);

	case NUMBER_ABROAD:
		break;
	}

	return 0;
}
