/**
 * @file requests.c  A request that lacks what every request has stops at the
 *                   door
 */
#include <string.h>
#include "tests/patches/loop.h"

enum {
	WATCH_MS = 50,
};

#define VIA  "Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK%s\r\n"
#define FROM "From: <sip:them@127.0.0.1>;tag=1\r\n"
#define TO   "To: <sip:me@127.0.0.1>\r\n"
#define ID   "Call-ID: %s\r\n"

struct row {
	const char *met;
	const char *headers;  /**< %s: something unique, once per VIA and ID */
	const char *status;   /**< of the answer, NULL: none                 */
	bool delivered;
};

static const struct row rows[] = {
	{"MESSAGE", VIA FROM TO ID "CSeq: 1 MESSAGE\r\n", "200", true},
	{"ACK", VIA FROM TO ID "CSeq: 1 ACK\r\n", NULL, true},
	{"MESSAGE", VIA TO ID "CSeq: 1 MESSAGE\r\n", "400 Missing From",
	 false},
	{"MESSAGE", VIA FROM ID "CSeq: 1 MESSAGE\r\n", "400 Missing To",
	 false},
	{"MESSAGE", VIA FROM TO "CSeq: 1 MESSAGE\r\n",
	 "400 Missing Call-ID", false},
	{"MESSAGE", VIA FROM TO ID, "400 Missing CSeq", false},
	{"MESSAGE", VIA FROM TO ID "CSeq: 1 INVITE\r\n",
	 "400 CSeq Does Not Match Method", false},
	{"INVITE", VIA FROM TO ID "CSeq: 1 CANCEL\r\n",
	 "400 CSeq Does Not Match Method", false},
	{"ACK", VIA FROM TO ID, NULL, false},
	{"MESSAGE", FROM TO ID "CSeq: 1 MESSAGE\r\n", NULL, false},
};


struct listener {
	struct sip *sip;
	unsigned delivered;
};


static bool request_handler(const struct sip_msg *msg, void *arg)
{
	struct listener *listener = arg;

	++listener->delivered;
	(void)sip_reply(listener->sip, msg, 200, "OK");

	return true;
}


static void compose(char *buf, size_t size, const struct row *row, size_t n)
{
	const char *p = row->headers;
	struct mbuf *mb = mbuf_alloc(PEER_SIP_MAX);
	int err;

	assert_non_null(mb);
	err = mbuf_printf(mb, "%s sip:me@127.0.0.1 SIP/2.0\r\n"
			  "Max-Forwards: 70\r\n", row->met);
	for (; *p; p++) {
		if (p[0] == '%' && p[1] == 's') {
			err |= mbuf_printf(mb, "test%zu", n);
			++p;
		}
		else {
			err |= mbuf_write_u8(mb, (uint8_t)*p);
		}
	}
	err |= mbuf_write_str(mb, "Content-Length: 0\r\n\r\n");
	assert_int_equal(err, 0);

	mb->pos = 0;
	assert_true(mbuf_get_left(mb) < size);
	memset(buf, 0, size);
	assert_int_equal(mbuf_read_mem(mb, (uint8_t *)buf,
				       mbuf_get_left(mb)), 0);
	mem_deref(mb);
}


static void requests_that_lack_a_header_go_no_further(void **state)
{
	struct listener listener;
	struct sip_lsnr *lsnr;
	struct peer peer;
	struct sa addr;
	(void)state;

	listener.sip = stack_open(&addr);
	assert_int_equal(sip_listen(&lsnr, listener.sip, true,
				    request_handler, &listener), 0);
	peer_open(&peer, NULL, NULL);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[1024], expected[64] = "";

		compose(text, sizeof(text), &rows[i], i);
		listener.delivered = 0;
		peer.last[0] = '\0';
		peer_send(&peer, &addr, text);
		loop_run(WATCH_MS);

		assert_int_equal(listener.delivered, rows[i].delivered);
		if (rows[i].status)
			(void)re_snprintf(expected, sizeof(expected),
					  "SIP/2.0 %s", rows[i].status);
		else
			assert_string_equal(peer.last, "");
		assert_memory_equal(peer.last, expected, strlen(expected));
	}

	mem_deref(lsnr);
	stack_close(listener.sip);
	peer_close(&peer);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_that_lack_a_header_go_no_further),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
