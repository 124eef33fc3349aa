/**
 * @file registered.c  The 2xx to a REGISTER is shown before its event
 */
#include <string.h>
#include "tests/patches/agent.h"

enum {
	WAIT_MS = 2000,
};

static const char config[] =
	"sip_listen 127.0.0.1:0\nnet_interface 127.0.0.1\n";

struct seen {
	struct agent *agent;
	unsigned count, contacts, events;
};


static void request_handler(struct peer *peer, const struct sip_msg *msg)
{
	if (msg->req && !pl_strcmp(&msg->met, "REGISTER"))
		peer_answer(peer, msg, peer->arg,
			    "Contact: <sip:a@192.0.2.1>, <sip:b@192.0.2.2>"
			    "\r\n", "");
}


static void registered_handler(struct ua *ua, const struct sip_msg *msg,
			       void *arg)
{
	struct seen *seen = arg;

	assert_ptr_equal(ua, seen->agent->ua);
	seen->events   = seen->agent->count;
	seen->contacts = sip_msg_hdr_count(msg, SIP_HDR_CONTACT);
	++seen->count;
}


static void check(const char *status, enum ua_event event, unsigned count)
{
	char text[64], aor[64];
	struct agent agent;
	struct seen seen = {.agent = &agent};
	struct peer peer;

	str_ncpy(text, status, sizeof(text));
	peer_open(&peer, request_handler, text);
	(void)re_snprintf(aor, sizeof(aor), "<sip:desk@%J>;regint=60",
			  &peer.addr);
	agent_open(&agent, config, aor, event);
	uag_set_registered_handler(registered_handler, &seen);
	assert_int_equal(ua_register(agent.ua), 0);
	loop_run(WAIT_MS);
	uag_set_registered_handler(NULL, NULL);

	assert_int_equal(agent.count, 1);
	assert_int_equal(seen.count, count);
	assert_int_equal(seen.events, 0);
	assert_int_equal(seen.contacts, 2 * count);

	peer_close(&peer);
	agent_close(&agent);
}


static void it_is_shown_with_its_contacts(void **state)
{
	(void)state;

	check("200 OK", UA_EVENT_REGISTER_OK, 1);
}


static void a_failure_is_not(void **state)
{
	(void)state;

	check("403 Forbidden", UA_EVENT_REGISTER_FAIL, 0);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_shown_with_its_contacts),
		cmocka_unit_test(a_failure_is_not),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
