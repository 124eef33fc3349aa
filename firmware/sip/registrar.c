/**
 * @file firmware/sip/registrar.c  What the 2xx to a REGISTER says
 *
 * It lists all contacts of the address (RFC 3261 10.3 step 8), and in
 * Feature-Caps what the registrar is good for (RFC 6809, RFC 8197).
 */
#include "firmware/journal.h"
#include "firmware/sip/identity.h"
#include "firmware/sip/stack.h"


struct bindings {
	const struct sip_msg *msg;
	uint16_t others;
};


static bool is_at(const struct sa *a, const struct sa *b)
{
	const uint16_t a_port = sa_port(a), b_port = sa_port(b);

	return sa_cmp(a, b, SA_ADDR) &&
	       (a_port ? a_port : SIP_PORT) == (b_port ? b_port : SIP_PORT);
}


/**
 * Whether a contact is ours: where our Via says that we are, or where the
 * registrar saw us (RFC 3581), as some write it into contacts
 */
static bool is_ours(const struct uri *contact, const struct sip_via *via)
{
	struct sa at, seen = via->addr;
	struct pl pl;

	if (sa_set(&at, &contact->host, contact->port))
		return false;
	if (is_at(&at, &via->addr))
		return true;

	if (!msg_param_decode(&via->params, "received", &pl) &&
	    sa_set(&seen, &pl, sa_port(&seen)))
		return false;
	if (!msg_param_decode(&via->params, "rport", &pl))
		sa_set_port(&seen, (uint16_t)pl_u32(&pl));

	return is_at(&at, &seen);
}


static bool contact_handler(const struct pl *value, void *arg)
{
	struct bindings *b = arg;
	struct sip_addr addr;
	struct pl expires;

	if (sip_addr_decode(&addr, value))
		return true;
	if (!msg_param_decode(&addr.params, "expires", &expires) &&
	    !pl_u32(&expires))
		return true;

	if (!is_ours(&addr.uri, &b->msg->via) && b->others < UINT16_MAX)
		++b->others;

	return true;
}


static bool feature_handler(const struct pl *value, void *arg)
{
	bool *sip_607 = arg;
	struct pl any;

	if (identity_param(value, "+sip.607", &any))
		*sip_607 = true;

	return true;
}


static void others_tell(const struct sip_account *acc,
			struct stack_registrar *reg)
{
	if (!reg->others || reg->others_told)
		return;

	reg->others_told = true;
	journal_say(JOURNAL_NOTICE,
		    "account %s: others are registered at its address, too "
		    "(%u); a call declined with 603 stops ringing there as "
		    "well, with \"button = auto\" in [reject] it goes on",
		    acc->name, reg->others);
}


void stack_registered_handler(struct ua *ua, const struct sip_msg *msg,
			      void *arg)
{
	struct sip_stack *stack = arg;
	struct bindings bindings = {.msg = msg};
	struct stack_registrar *reg;
	unsigned i;

	if (!stack_account_of(stack, &i, ua))
		return;

	origin_registered(&stack->origin, i, &msg->src, tmr_jiffies());

	reg          = &stack->registrar[i];
	reg->sip_607 = false;
	identity_apply(msg, "Contact", contact_handler, &bindings);
	identity_apply(msg, "m", contact_handler, &bindings);
	identity_apply(msg, "Feature-Caps", feature_handler, &reg->sip_607);
	reg->others = bindings.others;
	others_tell(&stack->cfg.account[i], reg);
}


/** baresip says how an account's registration stands */
void stack_registration(struct sip_stack *stack, const struct ua *ua,
			enum phone_reg reg, const char *prm)
{
	struct phone_event ev = {.type = EV_REGISTRATION};
	struct pl pl;
	unsigned i;

	if (!stack_account_of(stack, &i, ua))
		return;

	ev.registration.account = i;
	ev.registration.reg     = reg;
	if (reg == PHONE_REG_OK) {
		ev.registration.others  = stack->registrar[i].others;
		ev.registration.sip_607 = stack->registrar[i].sip_607;
	}
	if (reg == PHONE_REG_FAILED &&
	    0 == re_regex(prm, str_len(prm), "[0-9]+ ", &pl) && pl.p == prm)
		ev.registration.scode = (uint16_t)pl_u32(&pl);

	stack->eventh(&ev, stack->arg);
}
