/**
 * @file firmware/sip/flood.h  What holds when too many call at once
 *
 * Nobody outside firmware/sip includes it.
 *
 * Strangers cost the phone a known amount of memory and time: a refusal keeps
 * no transaction, a transaction of theirs is one of a limited number, and a
 * turn of the event loop reads a limited number of datagrams. What serves our
 * own registrar or proxy, and the calls that live, is kept apart from that.
 */
#ifndef RINGFENCE_FLOOD_H
#define RINGFENCE_FLOOD_H

#include "firmware/sip/stack.h"

/** Start it, when libre's SIP stack stands; 0 or errno */
int stack_flood_start(struct sip_stack *stack);

void stack_flood_stop(struct sip_stack *stack);

/**
 * A message of ours was sent there: what the registrar sends has a receive
 * buffer of its own from now on, which strangers can't fill
 */
void stack_flood_sent(enum sip_transp tp, const struct sa *dst,
		      const uint8_t *pkt, size_t len);

/** Whether an address is an account's registrar or outbound proxy */
bool stack_flood_known(const struct sip_stack *stack, const struct sa *src);

/**
 * Answer an INVITE that was refused before, or came on two ways
 *
 * @return false: it is new
 */
bool stack_refused_before(struct sip_stack *stack, const struct sip_msg *msg);

/**
 * Refuse an INVITE that has had no response yet, without a transaction; its
 * retransmission is answered by stack_refused_before
 *
 * @return 0 or errno
 */
int stack_refuse(struct sip_stack *stack, const struct sip_msg *msg,
		 const struct refusal *r);

/** The same, but nothing is kept: the retransmission is looked at anew */
int stack_refuse_code(const struct sip_msg *msg, uint16_t scode);

#endif
