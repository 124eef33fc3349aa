/**
 * @file loop.c  libre's event loop for a test, and a peer on 127.0.0.1
 */
#include <string.h>
#include "tests/patches/loop.h"


static void stop_handler(void *arg)
{
	(void)arg;

	re_cancel();
}


void loop_stop(void)
{
	re_cancel();
}


void loop_run(uint32_t ms)
{
	struct tmr tmr;

	tmr_init(&tmr);
	tmr_start(&tmr, ms, stop_handler, NULL);
	assert_int_equal(re_main(NULL), 0);
	tmr_cancel(&tmr);
}


static void recv_handler(const struct sa *src, struct mbuf *mb, void *arg)
{
	struct peer *peer = arg;
	struct sip_msg *msg;
	size_t len = mbuf_get_left(mb);

	if (len >= sizeof(peer->last))
		len = sizeof(peer->last) - 1;
	memcpy(peer->last, mbuf_buf(mb), len);
	peer->last[len] = '\0';
	peer->from = *src;

	if (sip_msg_decode(&msg, mb))
		return;

	if (msg->req)
		++peer->requests;
	if (peer->msgh)
		peer->msgh(peer, msg);

	mem_deref(msg);
}


void peer_open(struct peer *peer, peer_h *msgh, void *arg)
{
	memset(peer, 0, sizeof(*peer));
	peer->msgh = msgh;
	peer->arg = arg;

	assert_int_equal(sa_set_str(&peer->addr, "127.0.0.1", 0), 0);
	assert_int_equal(udp_listen(&peer->sock, &peer->addr, recv_handler,
				    peer), 0);
	assert_int_equal(udp_local_get(peer->sock, &peer->addr), 0);
}


void peer_close(struct peer *peer)
{
	peer->sock = mem_deref(peer->sock);
}


void peer_send(struct peer *peer, const struct sa *to, const char *text)
{
	struct mbuf *mb = mbuf_alloc(PEER_SIP_MAX);

	assert_non_null(mb);
	assert_int_equal(mbuf_write_str(mb, text), 0);
	mb->pos = 0;
	assert_int_equal(udp_send(peer->sock, to, mb), 0);
	mem_deref(mb);
}


static bool via_handler(const struct sip_hdr *hdr, const struct sip_msg *msg,
			void *arg)
{
	struct mbuf *mb = arg;
	(void)msg;

	return mbuf_printf(mb, "Via: %r\r\n", &hdr->val) != 0;
}


void peer_answer(struct peer *peer, const struct sip_msg *msg,
		 const char *status, const char *headers, const char *body)
{
	struct mbuf *mb = mbuf_alloc(PEER_SIP_MAX);
	int err;

	assert_non_null(mb);
	err = mbuf_printf(mb, "SIP/2.0 %s\r\n", status);
	(void)sip_msg_hdr_apply(msg, true, SIP_HDR_VIA, via_handler, mb);
	err |= mbuf_printf(mb, "From: %r\r\nTo: %r%s\r\nCall-ID: %r\r\n"
			   "CSeq: %u %r\r\n%s%sContent-Length: %zu\r\n\r\n%s",
			   &msg->from.val, &msg->to.val,
			   pl_isset(&msg->to.tag) ? "" : ";tag=peer",
			   &msg->callid, msg->cseq.num, &msg->cseq.met,
			   headers, *body ? "Content-Type: application/sdp\r\n"
					  : "",
			   strlen(body), body);
	assert_int_equal(err, 0);

	mb->pos = 0;
	assert_int_equal(udp_send(peer->sock, &peer->from, mb), 0);
	mem_deref(mb);
}


struct sip *stack_open(struct sa *addr)
{
	struct sip *sip;

	assert_int_equal(sip_alloc(&sip, NULL, 32, 32, 32, "test", NULL,
				   NULL), 0);
	assert_int_equal(sa_set_str(addr, "127.0.0.1", 0), 0);
	assert_int_equal(sip_transp_add(sip, SIP_TRANSP_UDP, addr), 0);
	assert_int_equal(sip_transp_laddr(sip, addr, SIP_TRANSP_UDP, addr), 0);

	return sip;
}


void stack_close(struct sip *sip)
{
	sip_close(sip, true);
	mem_deref(sip);
}
