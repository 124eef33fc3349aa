/**
 * @file firmware/sip/accounts.c  Which account a message is for
 */
#include "firmware/sip/stack.h"


/** Whether a host is that of an account's "host[:port]"; it has no case */
bool stack_domain_is(const char *domain, const struct pl *host)
{
	const bool bracket = domain[0] == '[';
	const char *own = bracket ? domain + 1 : domain;
	const size_t n = strcspn(own, bracket ? "]" : ":");
	const struct pl pl = {own, n};

	return pl_isset(host) && 0 == pl_casecmp(host, &pl);
}


/** RFC 3261 19.1.4: an escaped character is the same as itself */
static bool user_is(const char *user, const struct pl *called)
{
	char a[NUMBER_MAX * 2], b[sizeof(a)];
	struct pl own;
	size_t n;

	pl_set_str(&own, user);
	n = value_unescape(a, sizeof(a), &own);

	return n == value_unescape(b, sizeof(b), called) && !memcmp(a, b, n);
}


/** The account that is called: by its user, then by its domain */
bool stack_account_find(const struct sip_config *cfg, unsigned *account,
			const struct sip_msg *msg)
{
	bool found = false;
	unsigned i;

	for (i = 0; i < cfg->accountc; i++) {
		const struct sip_account *acc = &cfg->account[i];

		if (!user_is(acc->user, &msg->uri.user))
			continue;

		if (stack_domain_is(acc->domain, &msg->to.uri.host)) {
			*account = i;
			return true;
		}
		if (!found) {
			*account = i;
			found = true;
		}
	}

	return found;
}


/** The account that is a user agent of baresip's */
bool stack_account_of(const struct sip_stack *stack, unsigned *account,
		      const struct ua *ua)
{
	unsigned i;

	for (i = 0; i < stack->cfg.accountc; i++) {
		if (stack->ua[i] != ua)
			continue;

		*account = i;
		return true;
	}

	return false;
}


/**
 * Whether a call of that account to that host needs no look-up: the host, or
 * the registrar that all its calls go to, is an address already
 */
bool stack_route_is_address(const struct sip_stack *stack, unsigned account,
			    const struct pl *host)
{
	const char *out = account_outbound(ua_account(stack->ua[account]), 0);
	struct sip_addr route;
	struct pl pl;
	struct sa sa;

	if (out) {
		pl_set_str(&pl, out);
		if (sip_addr_decode(&route, &pl))
			return false;
		host = &route.uri.host;
	}

	return 0 == sa_set(&sa, host, 0);
}
