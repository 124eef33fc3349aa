/**
 * @file storms.c  No answer of a server makes us ask again at once
 */
#include <string.h>
#include "tests/patches/loop.h"

enum {
	WATCH_MS    = 1500,
	EXPIRES_S   = 600,
};

/* Seconds that are 104 ms when times 900 is taken in 32 bits */
#define WRAPS "4772186"

/** The seconds that the server grants */
struct row {
	const char *granted; /**< header of the response, or its parameter */
	const char *notify;  /**< Subscription-State of a NOTIFY, or NULL  */
};


static void contact_of(char *buf, size_t size, const struct peer *peer,
		       const char *headers)
{
	assert_true(re_snprintf(buf, size, "Contact: <sip:peer@%J>\r\n%s",
				&peer->addr, headers) > 0);
}


static void notify(struct peer *peer, const struct sip_msg *msg,
		   const char *substate)
{
	char text[1024];

	assert_true(re_snprintf(text, sizeof(text),
		"NOTIFY sip:me@%J SIP/2.0\r\n"
		"Via: SIP/2.0/UDP %J;branch=z9hG4bK%u;rport\r\n"
		"Max-Forwards: 70\r\n"
		"From: %r%s\r\nTo: %r\r\nCall-ID: %r\r\n"
		"CSeq: %u NOTIFY\r\nContact: <sip:peer@%J>\r\n"
		"Event: dialog\r\nSubscription-State: %s\r\n"
		"Content-Length: 0\r\n\r\n",
		&peer->from, &peer->addr, peer->requests, &msg->to.val,
		pl_isset(&msg->to.tag) ? "" : ";tag=peer", &msg->from.val,
		&msg->callid, peer->requests, &peer->addr, substate) > 0);
	peer_send(peer, &peer->from, text);
}


static void subscribe_handler(struct peer *peer, const struct sip_msg *msg)
{
	const struct row *row = peer->arg;
	char headers[256];

	if (!msg->req)
		return;

	contact_of(headers, sizeof(headers), peer, row->granted);
	peer_answer(peer, msg, "200 OK", headers, "");
	if (row->notify)
		notify(peer, msg, row->notify);
}


/** A subscription of ours, or a registration */
struct client {
	struct peer peer;
	struct sip *sip;
	struct sipevent_sock *sock;
	void *obj;
	char uri[64];
};


static void client_open(struct client *client, peer_h *msgh,
			struct row *row)
{
	struct sa addr;

	memset(client, 0, sizeof(*client));
	client->sip = stack_open(&addr);
	peer_open(&client->peer, msgh, row);
	(void)re_snprintf(client->uri, sizeof(client->uri), "sip:line@%J",
			  &client->peer.addr);
}


static void client_close(struct client *client)
{
	mem_deref(client->obj);
	mem_deref(client->sock);
	stack_close(client->sip);
	peer_close(&client->peer);
}


static void subscribe(struct client *client, struct row *row,
		      uint32_t expires)
{
	struct sipsub *sub;

	client_open(client, subscribe_handler, row);
	assert_int_equal(sipevent_listen(&client->sock, client->sip, 32, 32,
					 NULL, NULL), 0);
	assert_int_equal(sipevent_subscribe(&sub, client->sock, client->uri,
		NULL, "sip:me@127.0.0.1", "dialog", NULL, expires, "me", NULL,
		0, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL), 0);
	client->obj = sub;
}


static void no_answer_to_subscribe_starts_a_storm(void **state)
{
	struct row rows[] = {
		{"Expires: 0\r\n", NULL},
		{"Expires: 1\r\n", NULL},
		{"Expires: nonsense\r\n", NULL},
		{"Expires: " WRAPS "\r\n", NULL},
		{"Expires: 600\r\n", "active;expires=0"},
		{"Expires: 600\r\n", "active;expires=" WRAPS},
		{"Expires: 600\r\n", "pending;expires=1"},
	};
	struct client clients[ARRAY_SIZE(rows)];
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		subscribe(&clients[i], &rows[i], EXPIRES_S);

	loop_run(WATCH_MS);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(clients[i].peer.requests, 1);
		client_close(&clients[i]);
	}
}


static void short_subscriptions_of_our_own_wish_are_kept(void **state)
{
	struct row row = {"Expires: 1\r\n", NULL};
	struct client client;
	(void)state;

	subscribe(&client, &row, 1);
	loop_run(WATCH_MS);
	assert_int_equal(client.peer.requests, 2);
	client_close(&client);
}


static void register_handler(struct peer *peer, const struct sip_msg *msg)
{
	const struct row *row = peer->arg;
	const struct sip_hdr *contact = sip_msg_hdr(msg, SIP_HDR_CONTACT);
	struct sip_addr addr;
	char headers[256];

	if (!msg->req)
		return;

	assert_int_equal(sip_addr_decode(&addr, &contact->val), 0);
	(void)re_snprintf(headers, sizeof(headers),
			  "Contact: <%r>;expires=%s\r\n", &addr.auri,
			  row->granted);
	peer_answer(peer, msg, "200 OK", headers, "");
}


static void response_handler(int err, const struct sip_msg *msg, void *arg)
{
	(void)err;
	(void)msg;
	(void)arg;
}


static void no_answer_to_register_starts_a_storm(void **state)
{
	struct row rows[] = {
		{"0", NULL}, {"1", NULL}, {WRAPS, NULL},
	};
	struct client clients[ARRAY_SIZE(rows)];
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct sipreg *reg;

		client_open(&clients[i], register_handler, &rows[i]);
		assert_int_equal(sipreg_register(&reg, clients[i].sip,
			clients[i].uri, "sip:me@127.0.0.1", NULL,
			"sip:me@127.0.0.1", EXPIRES_S, "me", NULL, 0, 0, NULL,
			NULL, false, response_handler, NULL, NULL, NULL), 0);
		clients[i].obj = reg;
	}

	loop_run(WATCH_MS);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(clients[i].peer.requests, 1);
		client_close(&clients[i]);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_answer_to_subscribe_starts_a_storm),
		cmocka_unit_test(short_subscriptions_of_our_own_wish_are_kept),
		cmocka_unit_test(no_answer_to_register_starts_a_storm),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
