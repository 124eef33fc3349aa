/**
 * @file contact.c  What the phone tells the registrar about itself
 */
#include <string.h>
#include "tests/patches/agent.h"

enum {
	WAIT_MS = 2000,
};

static const char config[] =
	"sip_listen 127.0.0.1:0\nnet_interface 127.0.0.1\n";


static void register_handler(struct peer *peer, const struct sip_msg *msg)
{
	char *user = peer->arg;
	struct sip_addr addr;

	if (!msg->req || pl_strcmp(&msg->met, "REGISTER"))
		return;

	assert_int_equal(sip_addr_decode(&addr,
		&sip_msg_hdr(msg, SIP_HDR_CONTACT)->val), 0);
	assert_int_equal(pl_strcpy(&addr.uri.user, user, 64), 0);
	loop_stop();
}


static void the_user_of_contact_is_the_accounts(void **state)
{
	char user[64] = "", aor[64];
	struct agent agent;
	struct peer peer;
	(void)state;

	peer_open(&peer, register_handler, user);
	(void)re_snprintf(aor, sizeof(aor), "<sip:desk@%J>;regint=60",
			  &peer.addr);
	agent_open(&agent, config, aor, UA_EVENT_REGISTER_FAIL);
	assert_int_equal(ua_register(agent.ua), 0);
	loop_run(WAIT_MS);

	assert_string_equal(user, "desk");

	peer_close(&peer);
	agent_close(&agent);
}


static void nobody_is_called_by_websocket(void **state)
{
	static const char *const transports[] = {"ws", "wss"};
	struct agent agent;
	struct peer peer;
	(void)state;

	agent_open(&agent, config, "<sip:me@127.0.0.1>;regint=0",
		   UA_EVENT_CALL_CLOSED);
	peer_open(&peer, NULL, NULL);

	for (size_t i = 0; i < ARRAY_SIZE(transports); i++) {
		struct call *call = NULL;
		char uri[64];

		(void)re_snprintf(uri, sizeof(uri), "sip:x@%J;transport=%s",
				  &peer.addr, transports[i]);
		assert_int_equal(ua_connect(agent.ua, &call, NULL, uri,
					    VIDMODE_OFF), EPROTONOSUPPORT);
		assert_null(call);
	}

	peer_close(&peer);
	agent_close(&agent);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_user_of_contact_is_the_accounts),
		cmocka_unit_test(nobody_is_called_by_websocket),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
