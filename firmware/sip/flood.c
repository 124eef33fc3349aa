/**
 * @file firmware/sip/flood.c  What holds when too many call at once
 */
#include "firmware/sip/flood.h"
#include "firmware/sip/flood_part.h"

enum {
	/** Server transactions, of some 5 kB each: a desk phone has a few */
	TRANSACTION_MAX = 256,

	/** More of them for our own server and for calls that live */
	TRANSACTION_RESERVE = 64,

	/** What is asked for; the kernel gives twice net.core.rmem_max at the
	    most, which is as much again as without asking */
	RECEIVE_BUFFER = 1024 * 1024,

	/** Datagrams in one turn of the event loop: about a millisecond */
	RECEIVE_BATCH = 32,
};


static void destructor(void *arg)
{
	struct stack_flood *flood = arg;

	mem_deref(flood->lsnr);
	mem_deref(flood->hash);
}


bool stack_flood_known(const struct sip_stack *stack, const struct sa *src)
{
	unsigned i;

	for (i = 0; i < stack->cfg.accountc; i++) {
		if (origin_place(&stack->origin, i, src) == ORIGIN_ACCOUNT)
			return true;
	}

	return false;
}


void stack_flood_sent(enum sip_transp tp, const struct sa *dst,
		      const uint8_t *pkt, size_t len)
{
	static const char met[] = "REGISTER ";

	/* If it fails, its datagrams come with all others' */
	if (tp == SIP_TRANSP_UDP && len >= sizeof(met) &&
	    !memcmp(pkt, met, sizeof(met) - 1))
		(void)sip_transp_udp_peer(uag_sip(), dst);
}


/** Who may go on when strangers have used up what there is for them */
static bool reserve_handler(const struct sip_msg *msg, void *arg)
{
	const struct sip_stack *stack = arg;
	size_t i;

	if (stack_flood_known(stack, &msg->src))
		return true;

	for (i = 0; i < STACK_CALL_MAX; i++) {
		const char *id = call_id(stack->call[i].call);

		if (stack->call[i].id && id && !pl_strcmp(&msg->callid, id))
			return true;
	}

	return false;
}


int stack_flood_start(struct sip_stack *stack)
{
	struct stack_flood *flood;
	int err;

	flood = mem_zalloc(sizeof(*flood), destructor);
	if (!flood)
		return ENOMEM;

	err = keyed_hash_alloc(&flood->hash);
	if (!err)
		err = sip_listen(&flood->lsnr, uag_sip(), true,
				 stack_refused_cancel_handler, stack);
	if (err) {
		mem_deref(flood);
		return err;
	}

	stack->flood = flood;
	sip_set_tag_handler(uag_sip(), stack_tag_handler);
	sip_strans_limit(uag_sip(), TRANSACTION_MAX, TRANSACTION_RESERVE,
			 reserve_handler, stack);
	sip_transp_udp_set(uag_sip(), RECEIVE_BUFFER, RECEIVE_BATCH);

	return 0;
}


void stack_flood_stop(struct sip_stack *stack)
{
	sip_set_tag_handler(uag_sip(), NULL);
	sip_strans_limit(uag_sip(), 0, 0, NULL, NULL);
	stack->flood = mem_deref(stack->flood);
}
