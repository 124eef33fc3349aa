/**
 * @file firmware/sip/refuse.c  Calls that are refused before they ring
 *
 * A stateless server (RFC 3261 8.2.7): nothing is kept but a line in a table.
 * The INVITE that comes again is answered again, its ACK ends here, and the To
 * tag follows from the request. So a flood of what is refused needs no memory,
 * and the answer to a call takes the same time as the first did.
 */
#include "firmware/sip/flood.h"
#include "firmware/sip/flood_part.h"


static struct keyed_part part(const struct pl *pl)
{
	const struct keyed_part p = {pl->p, pl->p ? pl->l : 0};

	return p;
}


/** What every copy of a request has in common, and its CANCEL and ACK too */
uint64_t stack_tag_handler(const struct sip_msg *msg)
{
	const struct keyed_part partv[] = {
		part(&msg->via.branch),
		part(&msg->callid),
		part(&msg->from.tag),
	};
	uint64_t tag;

	if (keyed_hash(stack_current->flood->hash, &tag, partv,
		       ARRAY_SIZE(partv)))
		return rand_u64();

	return tag;
}


/** The hashes of an INVITE, or of the CANCEL that belongs to it */
static int key_of(struct answered_key *key, struct keyed_hash *hash,
		  const struct sip_msg *msg)
{
	const struct keyed_part request[] = {
		part(&msg->callid),
		part(&msg->from.tag),
		part(&msg->ruri),
		{&msg->cseq.num, sizeof(msg->cseq.num)},
	};
	const uint64_t source = origin_source(&msg->src);
	const struct keyed_part hop[] = {
		part(&msg->via.branch),
		part(&msg->via.sentby),
		{&source, sizeof(source)},
	};
	int err;

	err = keyed_hash(hash, &key->request, request, ARRAY_SIZE(request));
	if (!err)
		err = keyed_hash(hash, &key->hop, hop, ARRAY_SIZE(hop));

	return err;
}


static struct answered *table_of(const struct sip_stack *stack,
				 const struct sip_msg *msg)
{
	return stack_flood_known(stack, &msg->src) ? &stack->flood->known_calls
						   : &stack->flood->calls;
}


static enum answered_verdict find(const struct sip_stack *stack,
				  const struct sip_msg *msg,
				  const struct refusal **r)
{
	struct answered_key key;

	if (key_of(&key, stack->flood->hash, msg))
		return ANSWERED_NEW;

	return answered_find(table_of(stack, msg), &key, tmr_jiffies(), r);
}


static int reply(const struct sip_msg *msg, const struct refusal *r)
{
	return sip_replyf(uag_sip(), msg, r->scode, r->phrase, "%H",
			  value_refusal_print, r);
}


bool stack_refused_before(struct sip_stack *stack, const struct sip_msg *msg)
{
	const struct refusal *r;

	switch (find(stack, msg, &r)) {

	case ANSWERED_AGAIN:
		(void)reply(msg, r);
		return true;

	case ANSWERED_MERGED:
		(void)sip_reply(uag_sip(), msg, 482, "Loop Detected");
		return true;

	case ANSWERED_NEW:
		break;
	}

	return false;
}


int stack_refuse(struct sip_stack *stack, const struct sip_msg *msg,
		 const struct refusal *r)
{
	struct answered_key key;

	if (!key_of(&key, stack->flood->hash, msg))
		answered_add(table_of(stack, msg), &key, tmr_jiffies(), r);

	return reply(msg, r);
}


int stack_refuse_code(const struct sip_msg *msg, uint16_t scode)
{
	struct refusal r;

	refusal_init(&r, scode);

	return reply(msg, &r);
}


/** RFC 3261 9.2: the CANCEL of what has its answer changes nothing */
bool stack_refused_cancel_handler(const struct sip_msg *msg, void *arg)
{
	const struct refusal *r;

	if (pl_strcmp(&msg->met, "CANCEL") ||
	    find(arg, msg, &r) != ANSWERED_AGAIN)
		return false;

	(void)sip_reply(uag_sip(), msg, 200, "OK");

	return true;
}
