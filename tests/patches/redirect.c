/**
 * @file redirect.c  A 3xx to our call dials nobody
 */
#include <stdlib.h>
#include "tests/patches/loop.h"

enum {
	WATCH_MS = 300,
};

struct closing {
	uint16_t scode;
	bool contact;
};


static void premium_handler(struct peer *peer, const struct sip_msg *msg)
{
	(void)peer;
	(void)msg;
}


static void invite_handler(struct peer *peer, const struct sip_msg *msg)
{
	struct peer *premium = peer->arg;
	const char *status = premium->arg;
	char headers[128];

	if (!msg->req || pl_strcmp(&msg->met, "INVITE"))
		return;

	(void)re_snprintf(headers, sizeof(headers),
			  "Contact: <sip:premium@%J>\r\n", &premium->addr);
	peer_answer(peer, msg, status, headers, "");
}


static void close_handler(int err, const struct sip_msg *msg, void *arg)
{
	struct closing *closing = arg;
	(void)err;

	if (!msg)
		return;
	closing->scode = msg->scode;
	closing->contact = sip_msg_hdr(msg, SIP_HDR_CONTACT) != NULL;
}


static void a_redirection_closes_the_call_and_dials_nobody(void **state)
{
	char rows[][32] = {"300 Multiple Choices", "301 Moved Permanently",
			   "302 Moved Temporarily", "305 Use Proxy",
			   "380 Alternative Service"};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct closing closing = {0, false};
		struct peer callee, premium;
		struct sipsess_sock *sock;
		struct sipsess *sess;
		struct sip *sip;
		struct sa addr;
		char uri[64];

		sip = stack_open(&addr);
		peer_open(&premium, premium_handler, rows[i]);
		peer_open(&callee, invite_handler, &premium);
		(void)re_snprintf(uri, sizeof(uri), "sip:callee@%J",
				  &callee.addr);

		assert_int_equal(sipsess_listen(&sock, sip, 32, NULL, NULL),
				 0);
		assert_int_equal(sipsess_connect(&sess, sock, uri, NULL,
			"sip:me@127.0.0.1", "me", NULL, 0, "application/sdp",
			NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL,
			NULL, close_handler, &closing, NULL), 0);
		loop_run(WATCH_MS);

		assert_int_equal(premium.requests, 0);
		assert_int_equal(closing.scode, atoi(rows[i]));
		assert_true(closing.contact);

		mem_deref(sess);
		mem_deref(sock);
		stack_close(sip);
		peer_close(&callee);
		peer_close(&premium);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_redirection_closes_the_call_and_dials_nobody),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
