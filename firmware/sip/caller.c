/**
 * @file firmware/sip/caller.c  What an INVITE says of who calls
 */
#include "firmware/sip/caller.h"

#include "firmware/sip/identity.h"
#include "firmware/sip/stack.h"

enum {
	ASSERTED_MAX = 4,  /**< RFC 3325 has two                             */
	HISTORY_MAX  = 16, /**< entries that are looked at, the newest       */
	USER_MAX     = 32, /**< longer than any user that stands for nobody  */
};

static const char host_anonymous[] = "anonymous.invalid";
static const char user_anonymous[] = "anonymous";


/* -- P-Asserted-Identity and verstat ------------------------------------ */

static enum caller_verstat verstat_of(const struct pl *value)
{
	static const struct {
		const char *text;
		enum caller_verstat verstat;
	} known[] = {
		{"TN-Validation-Passed", CALLER_VERSTAT_PASSED},
		{"TN-Validation-Passed-A", CALLER_VERSTAT_PASSED_A},
		{"TN-Validation-Passed-B", CALLER_VERSTAT_PASSED_B},
		{"TN-Validation-Passed-C", CALLER_VERSTAT_PASSED_C},
		{"TN-Validation-Failed", CALLER_VERSTAT_FAILED},
		{"TN-Validation-Failed-A", CALLER_VERSTAT_FAILED},
		{"TN-Validation-Failed-B", CALLER_VERSTAT_FAILED},
		{"TN-Validation-Failed-C", CALLER_VERSTAT_FAILED},
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		if (0 == pl_strcasecmp(value, known[i].text))
			return known[i].verstat;
	}

	return CALLER_VERSTAT_NONE;
}


/** A number's own parameter, behind it in a tel URI or a user; some write it
    behind the host */
static enum caller_verstat verstat_read(const struct identity *id)
{
	struct pl value;

	if (!identity_param(&id->user, "verstat", &value) &&
	    !identity_param(&id->params, "verstat", &value))
		return CALLER_VERSTAT_NONE;

	return verstat_of(&value);
}


struct asserted {
	struct caller *c;
	unsigned n;
};


static bool asserted_handler(const struct pl *value, void *arg)
{
	struct asserted *a = arg;
	struct identity id;

	if (a->n++ == ASSERTED_MAX)
		return false;
	if (!identity_read(&id, value))
		return true;

	if (!a->c->asserted[0])
		identity_number(a->c->asserted, &id);
	if (a->c->verstat == CALLER_VERSTAT_NONE)
		a->c->verstat = verstat_read(&id);

	return true;
}


static void asserted_read(struct caller *c, const struct sip_msg *msg,
			  const struct identity *from)
{
	struct asserted a = {.c = c};

	identity_apply(msg, "P-Asserted-Identity", asserted_handler, &a);
	if (c->verstat == CALLER_VERSTAT_NONE)
		c->verstat = verstat_read(from);
}


/* -- who says nothing of himself ---------------------------------------- */

static bool is_nobody(const struct identity *from, const char *domain)
{
	char user[USER_MAX];
	struct pl pl = {user, 0};

	if (!pl_isset(&from->user) ||
	    !strcmp(domain, host_anonymous))
		return true;

	pl.l = value_unescape(user, sizeof(user), &from->user);

	return 0 == pl_strcasecmp(&pl, user_anonymous);
}


/** RFC 3323 4.2, RFC 3325 9.3: values with semicolons between them */
static bool privacy_handler(const struct pl *value, void *arg)
{
	bool *wanted = arg;
	const char *p = value->p, *const end = value->p + value->l;

	while (p < end) {
		const char *semicolon = memchr(p, ';', (size_t)(end - p));
		struct pl word;

		word.p = p;
		word.l = (size_t)((semicolon ? semicolon : end) - p);
		p = semicolon ? semicolon + 1 : end;
		identity_trim(&word);
		if (0 == pl_strcasecmp(&word, "id") ||
		    0 == pl_strcasecmp(&word, "user"))
			*wanted = true;
	}

	return true;
}


/* -- whom it was for before --------------------------------------------- */

static void diverted_add(struct caller *c, const char *number)
{
	size_t i;

	for (i = 0; i < c->divertedc; i++) {
		if (!strcmp(c->diverted[i], number))
			return;
	}

	if (number[0] && c->divertedc < CALLER_DIVERTED_MAX)
		text_copy(c->diverted[c->divertedc++], NUMBER_MAX, number);
}


/** RFC 5806 4: the newest stands first */
static bool diversion_handler(const struct pl *value, void *arg)
{
	struct caller *c = arg;
	char number[NUMBER_MAX];
	struct identity id;

	if (identity_read(&id, value)) {
		identity_number(number, &id);
		diverted_add(c, number);
	}

	return c->divertedc < CALLER_DIVERTED_MAX;
}


struct history_entry {
	char number[NUMBER_MAX];
	struct pl index; /**< "1.2.1" */
	struct pl same;  /**< of the entry for the same person, or unset */
};

/** The newest entries, by their index */
struct call_history {
	struct history_entry v[HISTORY_MAX];
	size_t n;
};


/** Take one number off an index; @return false behind the last */
static bool index_next(struct pl *index, uint32_t *number)
{
	size_t n = 0;

	if (!index->l)
		return false;

	*number = 0;
	while (n < index->l && index->p[n] >= '0' && index->p[n] <= '9')
		*number = *number * 10 + (uint32_t)(index->p[n++] - '0');

	pl_advance(index, (ssize_t)(n < index->l ? n + 1 : n));

	return true;
}


/** RFC 7044 10.3: in order, each retargeting behind and below its reason */
static bool index_before(struct pl a, struct pl b)
{
	uint32_t na, nb;

	while (index_next(&b, &nb)) {
		if (!index_next(&a, &na) || na < nb)
			return true;
		if (na > nb)
			return false;
	}

	return false;
}


static bool history_handler(const struct pl *value, void *arg)
{
	struct call_history *h = arg;
	struct history_entry e;
	struct identity id;
	size_t i;

	memset(&e, 0, sizeof(e));
	if (!identity_read(&id, value) ||
	    !identity_param(&id.header, "index", &e.index))
		return true;

	/* RFC 7044 10.2: a registrar's contact, or no change at all */
	if (!identity_param(&id.header, "rc", &e.same))
		(void)identity_param(&id.header, "np", &e.same);
	identity_number(e.number, &id);

	for (i = h->n; i && index_before(e.index, h->v[i - 1].index); i--)
		;
	if (h->n == HISTORY_MAX) {
		if (!i)
			return true;
		memmove(&h->v[0], &h->v[1], (i - 1) * sizeof(h->v[0]));
		--i;
	}
	else {
		memmove(&h->v[i + 1], &h->v[i], (h->n - i) * sizeof(h->v[0]));
		++h->n;
	}
	h->v[i] = e;

	return true;
}


/** The last entry is who is called now; and so is who it stands for */
static bool history_is_called(const struct call_history *h, size_t i)
{
	const struct history_entry *called = &h->v[h->n - 1];
	size_t n = h->n - 1;

	while (n-- > i) {
		if (!pl_isset(&called->same) ||
		    pl_cmp(&called->same, &h->v[n].index))
			continue;
		called = &h->v[n];
	}

	return called == &h->v[i] ||
	       !strcmp(h->v[i].number, h->v[h->n - 1].number);
}


static void history_read(struct caller *c, const struct sip_msg *msg)
{
	struct call_history h;
	size_t i;

	h.n = 0;
	identity_apply(msg, "History-Info", history_handler, &h);

	for (i = h.n; i-- > 0;) {
		if (!history_is_called(&h, i))
			diverted_add(c, h.v[i].number);
	}
}


/* -- the message as a whole --------------------------------------------- */

static bool priority_handler(const struct pl *value, void *arg)
{
	struct caller *c = arg;

	if (0 == pl_strcasecmp(value, "psap-callback"))
		c->psap_callback = true;

	return true;
}


static void domain_read(struct caller *c, const struct identity *from)
{
	char *p;

	(void)text_clean(c->domain, sizeof(c->domain), from->host.p,
			 from->host.l);
	for (p = c->domain; *p; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	}

	/* A name with a dot behind it is the same, only absolute */
	if (p > c->domain && p[-1] == '.')
		*--p = '\0';
	while (p > c->domain && p[-1] == ' ')
		*--p = '\0';
}


void sip_caller_read(struct caller *c, const struct sip_msg *msg, bool trusted)
{
	struct identity from;

	memset(c, 0, sizeof(*c));
	value_party(&c->from, &msg->from);
	if (!identity_uri(&from, &msg->from.auri))
		memset(&from, 0, sizeof(from));

	domain_read(c, &from);
	c->trusted = trusted;
	if (trusted)
		asserted_read(c, msg, &from);

	c->anonymous = is_nobody(&from, c->domain);
	identity_apply(msg, "Privacy", privacy_handler, &c->anonymous);
	identity_apply(msg, "Priority", priority_handler, c);
	identity_apply(msg, "Diversion", diversion_handler, c);
	history_read(c, msg);
	c->source = origin_source(&msg->src);
}
