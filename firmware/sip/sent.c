/**
 * @file firmware/sip/sent.c  What leaves the phone, as the trace shows it
 */
#include "firmware/sip/flood.h"


/** Notes that an INVITE of ours has left: its name was found */
static void invite_sent(struct sip_stack *stack, const uint8_t *pkt,
			size_t len)
{
	static const char invite[] = "INVITE ";
	size_t i;

	if (len < sizeof(invite) || memcmp(pkt, invite, sizeof(invite) - 1))
		return;

	for (i = 0; i < STACK_CALL_MAX; i++) {
		struct stack_call *sc = &stack->call[i];
		const char *id = call_id(sc->call);
		struct pl callid;

		if (!sc->id || !sc->outgoing || sc->sent || !id)
			continue;

		if (0 == re_regex((const char *)pkt, len,
				  "\r\nCall-ID: [^\r\n]+", &callid) &&
		    0 == pl_strcmp(&callid, id))
			sc->sent = true;
	}
}


void stack_trace_handler(bool tx, enum sip_transp tp, const struct sa *src,
			 const struct sa *dst, const uint8_t *pkt, size_t len,
			 void *arg)
{
	struct sip_stack *stack = stack_current;
	(void)src;
	(void)arg;

	if (!tx || !stack)
		return;

	invite_sent(stack, pkt, len);
	stack_flood_sent(tp, dst, pkt, len);
}
