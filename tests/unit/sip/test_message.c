/**
 * @file tests/unit/sip/test_message.c  A text to who was declined, on the wire
 */
#include "firmware/sip/sip.h"

#include "check.h"

#include "tests/patches/loop.h"

enum {
	WAIT_MS = 2000,
};


static void event_handler(const struct phone_event *ev, void *arg)
{
	(void)ev;
	(void)arg;
}


static void message_handler(struct peer *peer, const struct sip_msg *msg)
{
	if (!msg->req || pl_strcmp(&msg->met, "MESSAGE"))
		return;

	/* libre reads on in its buffer */
	(void)re_snprintf(peer->arg, PEER_SIP_MAX, "%r|%r|%r|%r|%b",
			  &msg->ruri, &msg->to.auri, &msg->ctyp.type,
			  &sip_msg_hdr(msg, SIP_HDR_CONTENT_TYPE)->val,
			  mbuf_buf(msg->mb), mbuf_get_left(msg->mb));
	peer_answer(peer, msg, "202 Accepted", "", "");
	loop_stop();
}


static struct sip_stack *stack(void)
{
	static struct sip_config cfg;
	struct sip_stack *sip;
	char what[256] = "";

	memset(&cfg, 0, sizeof(cfg));
	(void)strcpy(cfg.listen, "127.0.0.1:0");
	(void)strcpy(cfg.audio.device, "null");
	(void)strcpy(cfg.account[0].user, "204");
	(void)strcpy(cfg.account[0].domain, "127.0.0.1");
	cfg.account[0].accept = SIP_ACCEPT_LAN;
	cfg.accountc          = 1;
	assert_int_equal(sip_stack_open(&sip, &cfg, event_handler, NULL, what,
					sizeof(what)), 0);

	return sip;
}


static void a_text_is_sent_as_it_is(void **state)
{
	static const char text[] = "R\xc3\xbc" "ckruf um 15:00, 100%s\r\n.";
	char got[PEER_SIP_MAX] = "", uri[64], want[512];
	struct sip_stack *sip = stack();
	struct peer peer;
	(void)state;

	peer_open(&peer, message_handler, got);
	(void)re_snprintf(uri, sizeof(uri), "sip:100@%J", &peer.addr);
	assert_int_equal(sip_stack_port.message(sip, 0, uri, text), 0);
	loop_run(WAIT_MS);

	(void)re_snprintf(want, sizeof(want),
			  "%s|%s|text|text/plain;charset=UTF-8|%s", uri, uri,
			  text);
	assert_string_equal(got, want);
	assert_int_equal(peer.requests, 1);

	sip_stack_close(sip);
	peer_close(&peer);
}


static void what_is_no_sip_address_is_not_sent_to(void **state)
{
	static const char *const uris[] = {"", "100", "tel:+49301",
					   "http://example.com/", "sip:"};
	struct sip_stack *sip = stack();
	(void)state;

	for (size_t i = 0; i < ROWS(uris); i++)
		assert_int_equal(sip_stack_port.message(sip, 0, uris[i], "x"),
				 EINVAL);
	assert_int_equal(sip_stack_port.message(sip, 1, "sip:a@127.0.0.1",
						"x"), EINVAL);

	sip_stack_close(sip);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_sent_as_it_is),
		cmocka_unit_test(what_is_no_sip_address_is_not_sent_to),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
