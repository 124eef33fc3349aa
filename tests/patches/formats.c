/**
 * @file formats.c  Text from the network reaches the application as it came
 */
#include <string.h>
#include "tests/patches/agent.h"

enum {
	WAIT_MS = 2000,
};

static const char config[] =
	"sip_listen 127.0.0.1:0\nnet_interface 127.0.0.1\n";

static const char sdp[] =
	"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\n"
	"t=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";


static void a_callers_address_is_not_a_format(void **state)
{
	static const char *const users[] = {"%H%H%H%H", "%s%s%s%s%s%s",
					    "Room%20Hall", "100%"};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(users); i++) {
		char text[1024], uri[64];
		struct agent agent;
		struct peer peer;

		agent_open(&agent, config, "<sip:me@127.0.0.1>;regint=0",
			   UA_EVENT_CALL_INCOMING);
		peer_open(&peer, NULL, NULL);

		(void)re_snprintf(uri, sizeof(uri), "sip:%s@127.0.0.1",
				  users[i]);
		(void)re_snprintf(text, sizeof(text),
			"INVITE sip:me@%J SIP/2.0\r\n"
			"Via: SIP/2.0/UDP %J;rport;branch=z9hG4bK%zu\r\n"
			"Max-Forwards: 70\r\nFrom: <%s>;tag=%zu\r\n"
			"To: <sip:me@127.0.0.1>\r\nCall-ID: %zu\r\n"
			"CSeq: 1 INVITE\r\nContact: <sip:them@%J>\r\n"
			"Content-Type: application/sdp\r\n"
			"Content-Length: %zu\r\n\r\n%s",
			&agent.addr, &peer.addr, i, uri, i, i, &peer.addr,
			strlen(sdp), sdp);
		peer_send(&peer, &agent.addr, text);
		loop_run(WAIT_MS);

		assert_int_equal(agent.count, 1);
		assert_string_equal(agent.text, uri);

		peer_close(&peer);
		agent_close(&agent);
	}
}


static void refuse_handler(struct peer *peer, const struct sip_msg *msg)
{
	if (msg->req && !pl_strcmp(&msg->met, "INVITE"))
		peer_answer(peer, msg, peer->arg, "", "");
}


static void a_reason_phrase_is_not_a_format(void **state)
{
	char rows[][64] = {"486 %H%H%H%H", "480 %s%s%s%s", "603 100%",
			   "486 Busy%20Here"};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct agent agent;
		struct peer peer;
		char uri[64];

		agent_open(&agent, config, "<sip:me@127.0.0.1>;regint=0",
			   UA_EVENT_CALL_CLOSED);
		peer_open(&peer, refuse_handler, rows[i]);
		(void)re_snprintf(uri, sizeof(uri), "sip:%%H%%H@%J",
				  &peer.addr);

		assert_int_equal(ua_connect(agent.ua, NULL, NULL, uri,
					    VIDMODE_OFF), 0);
		loop_run(WAIT_MS);

		assert_int_equal(agent.count, 1);
		assert_string_equal(agent.text, rows[i]);

		peer_close(&peer);
		agent_close(&agent);
	}
}


static void ring_handler(struct peer *peer, const struct sip_msg *msg)
{
	if (msg->req && !pl_strcmp(&msg->met, "INVITE"))
		peer_answer(peer, msg, "180 Ringing", "", "");
}


static void a_dialled_address_is_not_a_format(void **state)
{
	struct agent agent;
	struct peer peer;
	char uri[64];
	(void)state;

	agent_open(&agent, config, "<sip:me@127.0.0.1>;regint=0",
		   UA_EVENT_CALL_RINGING);
	peer_open(&peer, ring_handler, NULL);
	(void)re_snprintf(uri, sizeof(uri), "sip:%%H%%H@%J", &peer.addr);

	assert_int_equal(ua_connect(agent.ua, NULL, NULL, uri, VIDMODE_OFF),
			 0);
	loop_run(WAIT_MS);
	assert_int_equal(agent.count, 1);
	assert_string_equal(agent.text, uri);

	agent.wanted = UA_EVENT_CALL_CLOSED;
	agent.count = 0;
	ua_hangup(agent.ua, NULL, 603, "%H%H");
	assert_int_equal(agent.count, 1);
	assert_string_equal(agent.text, "%H%H");

	peer_close(&peer);
	agent_close(&agent);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_callers_address_is_not_a_format),
		cmocka_unit_test(a_reason_phrase_is_not_a_format),
		cmocka_unit_test(a_dialled_address_is_not_a_format),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
