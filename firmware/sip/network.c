/**
 * @file firmware/sip/network.c  The machine's addresses come and go
 *
 * Only for a phone that listens on all of them. An address more is listened
 * on besides; nothing that stands is touched for it: a call holds on to its
 * socket, so that the same address could not be bound again until the call's
 * last transaction is over, and the phone would be deaf until then.
 */
#include "firmware/sip/stack.h"

enum {
	CHECK_S  = 10, /**< how soon a new address is noticed   */
	RETRY_MS = 1000,
};


static void reset(void *arg)
{
	struct sip_stack *stack = arg;
	const int err = uag_reset_transp(true, true);

	tmr_cancel(&stack->net_tmr);
	if (!err)
		return;

	warning("the new address can't be listened on yet: %m\n", err);
	tmr_start(&stack->net_tmr, RETRY_MS, reset, stack);
}


static int listen_besides(const struct sip_stack *stack, const struct sa *addr)
{
	struct sa local = *addr;
	int err;

	sa_set_port(&local, stack->port);
	err = sip_transp_add(uag_sip(), SIP_TRANSP_UDP, &local);
	err |= sip_transp_add(uag_sip(), SIP_TRANSP_TCP, &local);
	if (err)
		warning("%J can't be listened on: %m\n", &local, err);

	return err;
}


static void change_handler(void *arg)
{
	static const int families[] = {AF_INET, AF_INET6};
	struct sip_stack *stack = arg;
	bool added = false, stale = false;
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		const struct sa *addr =
			net_laddr_af(baresip_network(), families[i]);
		struct sa bound;

		if (!sa_isset(addr, SA_ADDR))
			continue;

		if (sip_transp_laddr(uag_sip(), &bound, SIP_TRANSP_UDP, addr))
			added |= !listen_besides(stack, addr);
		else
			stale |= !sa_cmp(&bound, addr, SA_ADDR);
	}

	if (stale) {
		reset(stack);
		return;
	}

	for (i = 0; added && i < stack->cfg.accountc; i++) {
		if (stack->cfg.account[i].registers)
			(void)ua_register(stack->ua[i]);
	}
}


void stack_network_watch(struct sip_stack *stack)
{
	net_change(baresip_network(), CHECK_S, change_handler, stack);
}
