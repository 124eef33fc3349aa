/**
 * @file firmware/sip/credentials.c  Who may ask for the account's password
 *
 * A digest can be taken home and guessed at. So a challenge is answered only
 * where we ask for service ourselves: by the registrar, by the server of the
 * domain that we dial, and later by the same server in the same realm.
 */
#include "firmware/sip/stack.h"


static bool is_trusted(const struct sip_stack *stack, const struct sa *addr,
		       const struct pl *realm)
{
	size_t i;

	for (i = 0; i < STACK_TRUSTED_MAX && i < stack->trustedc; i++) {
		const struct stack_trusted *t = &stack->trusted[i];

		if (sa_cmp(&t->addr, addr, SA_ALL) &&
		    0 == pl_strcasecmp(realm, t->realm))
			return true;
	}

	return false;
}


static void trust(struct sip_stack *stack, const struct sa *addr,
		  const struct pl *realm)
{
	struct stack_trusted *t;

	t = &stack->trusted[stack->trustedc++ % STACK_TRUSTED_MAX];
	t->addr = *addr;
	if (pl_strcpy(realm, t->realm, sizeof(t->realm)))
		t->realm[0] = '\0';
}


/** Whether our request went to a domain of ours: a REGISTER, a call, a text */
static bool is_own_request(const struct sip_stack *stack,
			   const struct sip_msg *msg)
{
	size_t i;

	if (0 == pl_strcmp(&msg->cseq.met, "REGISTER"))
		return true;

	if (pl_strcmp(&msg->cseq.met, "INVITE") &&
	    pl_strcmp(&msg->cseq.met, "MESSAGE"))
		return false;

	for (i = 0; i < stack->cfg.accountc; i++) {
		if (stack_domain_is(stack->cfg.account[i].domain,
				    &msg->to.uri.host))
			return true;
	}

	return false;
}


bool stack_auth_guard(const struct sip_msg *msg, const struct pl *realm)
{
	struct sip_stack *stack = stack_current;

	if (!stack)
		return false;

	if (is_trusted(stack, &msg->src, realm))
		return true;

	if (!is_own_request(stack, msg))
		return false;

	trust(stack, &msg->src, realm);

	return true;
}
