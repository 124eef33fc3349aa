/**
 * @file firmware/sip/origin.c  Where a message comes from, and who may speak
 */
#include "firmware/sip/origin.h"

#include "firmware/sip/identity.h"

#include <string.h>
#include <strings.h>

enum {
	V6_LEN    = 16,
	V6_PREFIX = 8, /* bytes of a network */
};


/* -- addresses ---------------------------------------------------------- */

/** An IPv4 address, also one that is written as IPv6 (RFC 4291 2.5.5.2) */
static bool v4_of(const struct sa *sa, uint32_t *v4)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	uint8_t v6[V6_LEN];

	if (sa_af(sa) == AF_INET) {
		*v4 = sa_in(sa);
		return true;
	}
	if (sa_af(sa) != AF_INET6)
		return false;

	sa_in6(sa, v6);
	if (memcmp(v6, mapped, sizeof(mapped)))
		return false;

	*v4 = (uint32_t)v6[12] << 24 | (uint32_t)v6[13] << 16 |
	      (uint32_t)v6[14] << 8 | v6[15];

	return true;
}


static bool is_same(const struct sa *a, const struct sa *b)
{
	uint32_t a4, b4;
	const bool is_v4 = v4_of(a, &a4);

	if (is_v4 != v4_of(b, &b4))
		return false;

	return is_v4 ? a4 == b4 : sa_cmp(a, b, SA_ADDR);
}


/** RFC 1122, 1918, 3927 */
static bool v4_is_lan(uint32_t v4)
{
	return v4 >> 24 == 127 || v4 >> 24 == 10 || v4 >> 20 == 0xac1 ||
	       v4 >> 16 == 0xc0a8 || v4 >> 16 == 0xa9fe;
}


/** fe80::/10, RFC 4291 2.5.6 */
static bool v6_is_link_local(const uint8_t v6[V6_LEN])
{
	return v6[0] == 0xfe && (v6[1] & 0xc0) == 0x80;
}


/** RFC 4291, 4193 */
static bool is_lan(const struct sa *src)
{
	static const uint8_t loopback[V6_LEN] = {[V6_LEN - 1] = 1};
	uint8_t v6[V6_LEN];
	uint32_t v4;

	if (v4_of(src, &v4))
		return v4_is_lan(v4);
	if (sa_af(src) != AF_INET6)
		return false;

	sa_in6(src, v6);

	return v6_is_link_local(v6) || (v6[0] & 0xfe) == 0xfc ||
	       !memcmp(v6, loopback, sizeof(v6));
}


uint64_t origin_source(const struct sa *src)
{
	/* No network of IPv6 begins so (RFC 4291 2.4: 0000::/8) */
	static const uint64_t v4_mark = 0x0000ffff00000000;
	uint8_t v6[V6_LEN];
	const uint8_t *p = v6;
	uint64_t source = 0;
	uint32_t v4;
	size_t i;

	if (v4_of(src, &v4))
		return v4_mark | v4;
	if (sa_af(src) != AF_INET6)
		return 0;

	sa_in6(src, v6);
	if (v6_is_link_local(v6))
		p = &v6[V6_PREFIX];
	for (i = 0; i < V6_PREFIX; i++)
		source = source << 8 | p[i];

	return source;
}


/* -- accounts ----------------------------------------------------------- */

/** The host of "[sip:]host[:port]", an IPv6 address without brackets */
static void host_copy(char *dst, size_t size, const char *server)
{
	static const char scheme[] = "sip:";
	const char *p = server;
	bool bracket;

	if (!strncasecmp(p, scheme, strlen(scheme)))
		p += strlen(scheme);
	bracket = *p == '[';
	p += bracket;

	(void)re_snprintf(dst, size, "%b", p,
			  strcspn(p, bracket ? "]" : ":;"));
}


static size_t oldest(const struct origin_account *acc)
{
	size_t i, at = 0;

	for (i = 1; i < acc->addressc; i++) {
		if (acc->addressv[i].seen_ms < acc->addressv[at].seen_ms)
			at = i;
	}

	return at;
}


static void address_add(struct origin_account *acc, const struct sa *addr,
			uint64_t now_ms)
{
	size_t i, n = 0;

	for (i = 0; i < acc->addressc; i++) {
		struct origin_address *a = &acc->addressv[i];

		if (is_same(&a->addr, addr)) {
			if (a->seen_ms < now_ms)
				a->seen_ms = now_ms;
			return;
		}
	}

	for (i = 0; i < acc->addressc; i++) {
		if (acc->addressv[i].seen_ms >= now_ms ||
		    now_ms - acc->addressv[i].seen_ms < ORIGIN_ADDRESS_MS)
			acc->addressv[n++] = acc->addressv[i];
	}
	acc->addressc = n;

	i = n < ORIGIN_ADDRESS_MAX ? acc->addressc++ : oldest(acc);
	acc->addressv[i] = (struct origin_address){
		.addr    = *addr,
		.seen_ms = now_ms,
	};
}


static void account_init(struct origin_account *acc,
			 const struct sip_account *cfg)
{
	size_t i;

	acc->accept = cfg->accept;
	if (!cfg->registers)
		return;

	host_copy(acc->host[0], sizeof(acc->host[0]), cfg->registrar);
	host_copy(acc->host[1], sizeof(acc->host[1]), cfg->domain);
	for (i = 0; i < ARRAY_SIZE(acc->host); i++) {
		struct sa sa;

		if (!sa_set_str(&sa, acc->host[i], 0))
			address_add(acc, &sa, UINT64_MAX);
	}
}


void origin_init(struct origin *o, const struct sip_config *cfg)
{
	size_t i;

	memset(o, 0, sizeof(*o));
	o->key      = rand_u64();
	o->accountc = cfg->accountc;
	for (i = 0; i < cfg->accountc; i++)
		account_init(&o->account[i], &cfg->account[i]);
}


void origin_resolved(struct origin *o, const char *host,
		     const struct sa *addr, uint64_t now_ms)
{
	size_t i, n;

	for (i = 0; i < o->accountc; i++) {
		struct origin_account *acc = &o->account[i];

		for (n = 0; n < ARRAY_SIZE(acc->host); n++) {
			if (acc->host[n][0] &&
			    !strcasecmp(acc->host[n], host))
				address_add(acc, addr, now_ms);
		}
	}
}


void origin_registered(struct origin *o, unsigned account,
		       const struct sa *addr, uint64_t now_ms)
{
	if (account < o->accountc)
		address_add(&o->account[account], addr, now_ms);
}


enum origin_place origin_place(const struct origin *o, unsigned account,
			       const struct sa *src)
{
	size_t i;

	if (account < o->accountc) {
		const struct origin_account *acc = &o->account[account];

		for (i = 0; i < acc->addressc; i++) {
			if (is_same(&acc->addressv[i].addr, src))
				return ORIGIN_ACCOUNT;
		}
	}

	return is_lan(src) ? ORIGIN_LAN : ORIGIN_ELSEWHERE;
}


bool origin_accepts(const struct origin *o, unsigned account,
		    const struct sa *src)
{
	const enum origin_place place = origin_place(o, account, src);

	if (account >= o->accountc)
		return false;

	switch (o->account[account].accept) {

	case SIP_ACCEPT_ACCOUNT:
		return place == ORIGIN_ACCOUNT;

	case SIP_ACCEPT_LAN:
		return place != ORIGIN_ELSEWHERE;

	case SIP_ACCEPT_ANYONE:
		return true;

	case SIP_ACCEPT_DEFAULT:
		break;
	}

	return false;
}


bool origin_accepts_any(const struct origin *o, const struct sa *src)
{
	unsigned i;

	for (i = 0; i < o->accountc; i++) {
		if (origin_accepts(o, i, src))
			return true;
	}

	return false;
}


/* -- what a head says --------------------------------------------------- */

/** The next line, with those that continue it if it is a header; without its
    end. @return false if the end has not come yet */
static bool line_next(struct pl *rest, struct pl *line, bool header)
{
	size_t n = 0;

	for (;;) {
		const char *nl = n < rest->l ? memchr(rest->p + n, '\n',
						      rest->l - n)
					     : NULL;

		if (!nl)
			return false;

		n = (size_t)(nl - rest->p) + 1;
		if (!header || n == 1 || (n == 2 && rest->p[0] == '\r'))
			break;
		if (n == rest->l)
			return false;
		if (rest->p[n] != ' ' && rest->p[n] != '\t')
			break;
	}

	line->p = rest->p;
	line->l = n - 1;
	while (line->l && line->p[line->l - 1] == '\r')
		--line->l;
	pl_advance(rest, (ssize_t)n);

	return true;
}


/** libre takes for a request what ends in the version, and anything else for
    a response */
static bool is_response(const struct pl *line)
{
	static const char front[] = "SIP/2.0 ", back[] = " SIP/2.0";
	const size_t n = strlen(front);

	return line->l >= n && !memcmp(line->p, front, n) &&
	       memcmp(line->p + line->l - n, back, n);
}


/** Take a header apart at its colon */
static bool header_read(const struct pl *line, struct pl *name,
			struct pl *value)
{
	const char *colon = line->l ? memchr(line->p, ':', line->l) : NULL;

	if (!colon)
		return false;

	name->p  = line->p;
	name->l  = (size_t)(colon - line->p);
	value->p = colon + 1;
	value->l = line->l - name->l - 1;
	identity_trim(name);
	identity_trim(value);

	return true;
}


static bool has_tag(const struct pl *to)
{
	struct identity id;
	struct pl tag;

	return identity_read(&id, to) &&
	       identity_param(&id.header, "tag", &tag);
}


enum origin_head origin_head(const uint8_t *p, size_t len, struct pl *callid)
{
	struct pl rest = {(const char *)p, len}, line;
	bool tagged = false;

	*callid = (struct pl){NULL, 0};
	if (!line_next(&rest, &line, false))
		return ORIGIN_HEAD_PARTIAL;
	if (is_response(&line))
		return ORIGIN_HEAD_RESPONSE;

	while (line_next(&rest, &line, true)) {
		struct pl name, value;

		if (!line.l)
			return tagged && pl_isset(callid)
				       ? ORIGIN_HEAD_WITHIN
				       : ORIGIN_HEAD_OUTSIDE;
		if (!header_read(&line, &name, &value))
			return ORIGIN_HEAD_OUTSIDE;

		if (0 == pl_strcasecmp(&name, "Call-ID") ||
		    0 == pl_strcasecmp(&name, "i"))
			*callid = value;
		else if (0 == pl_strcasecmp(&name, "To") ||
			 0 == pl_strcasecmp(&name, "t"))
			tagged = has_tag(&value);
	}

	return ORIGIN_HEAD_PARTIAL;
}


/* -- dialogs that are over ---------------------------------------------- */

/** FNV-1a, from a start that nobody else knows: who guesses one has reached
    the stack, which knows no such dialog */
static uint64_t dialog_id(const struct origin *o, const struct pl *callid)
{
	static const uint64_t prime = 0x100000001b3;
	uint64_t id = o->key;
	size_t i;

	for (i = 0; i < callid->l; i++)
		id = (id ^ (uint8_t)callid->p[i]) * prime;

	return id ? id : 1;
}


void origin_dialog_over(struct origin *o, const struct pl *callid,
			uint64_t now_ms)
{
	const size_t i = o->dialogs++ % ORIGIN_DIALOG_MAX;

	o->dialog[i].id      = dialog_id(o, callid);
	o->dialog[i].over_ms = now_ms;
}


bool origin_dialog_lately(const struct origin *o, const struct pl *callid,
			  uint64_t now_ms)
{
	const uint64_t id = dialog_id(o, callid);
	size_t i;

	for (i = 0; i < ORIGIN_DIALOG_MAX; i++) {
		if (o->dialog[i].id == id &&
		    now_ms - o->dialog[i].over_ms < ORIGIN_DIALOG_MS)
			return true;
	}

	return false;
}
