/**
 * @file tests/fuzz/headers_fuzz.c  Who calls, out of any INVITE
 *
 * The bytes go the way of a datagram: libre's decoder, then the reader of
 * callers. What comes out has to be what the policy may rely on: clean text,
 * normalised numbers, and nothing asserted by who is not trusted. The same
 * bytes are a head that the door looks at: what it calls a response, libre
 * has to call one.
 */
#include "tests/fuzz/fuzz.h"

#include "firmware/sip/caller.h"
#include "firmware/sip/origin.h"
#include "tests/fuzz/caller_check.h"


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mbuf *mb = mbuf_alloc(size ? size : 1);
	static struct caller trusted, other;
	enum origin_head head;
	struct sip_msg *msg;
	struct pl callid;

	if (!mb)
		return 0;
	(void)mbuf_write_mem(mb, data, size);
	mb->pos = 0;

	head = origin_head(mb->buf, mb->end, &callid);
	expect(head != ORIGIN_HEAD_WITHIN ||
	       (pl_isset(&callid) && callid.p > (const char *)mb->buf &&
		callid.p + callid.l <= (const char *)mb->buf + mb->end));

	if (sip_msg_decode(&msg, mb)) {
		mem_deref(mb);
		return 0;
	}

	expect(head != ORIGIN_HEAD_RESPONSE || !msg->req);
	if (msg->req && pl_isset(&msg->from.auri)) {
		sip_caller_read(&trusted, msg, true);
		caller_check(&trusted, true);
		sip_caller_read(&other, msg, false);
		caller_check(&other, false);
		caller_same(&trusted, &other);
	}

	mem_deref(msg);
	mem_deref(mb);

	return 0;
}
