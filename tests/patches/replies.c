/**
 * @file replies.c  A 200 that nobody acknowledges is cleaned up once
 *
 * No patch of ours: later versions of libre touch the answer here after it is
 * freed, this one does not, and shall not after the next upgrade. The program
 * is linked so that libre reads the clock through here.
 */
#include <string.h>
#include <time.h>
#include "tests/patches/loop.h"

enum {
	SETTLE_MS      = 50,
	ACK_TIMEOUT_S  = 33,   /* 64 * T1, and a second */
};

/** What happens while the 200 waits for its ACK */
enum meanwhile {
	NOTHING,
	WE_HANG_UP,
	THEY_HANG_UP,
};

struct callee {
	struct sip *sip;
	struct sipsess_sock *sock;
	struct sipsess *sess;
	unsigned closed;
};

int __real_clock_gettime(clockid_t id, struct timespec *ts);
int __wrap_clock_gettime(clockid_t id, struct timespec *ts);

static int later_s;
static unsigned byes;


int __wrap_clock_gettime(clockid_t id, struct timespec *ts)
{
	int err = __real_clock_gettime(id, ts);

	ts->tv_sec += later_s;

	return err;
}


static void close_handler(int err, const struct sip_msg *msg, void *arg)
{
	struct callee *callee = arg;
	(void)err;
	(void)msg;

	++callee->closed;
	callee->sess = mem_deref(callee->sess);
}


static void conn_handler(const struct sip_msg *msg, void *arg)
{
	struct callee *callee = arg;

	assert_int_equal(sipsess_accept(&callee->sess, callee->sock, msg, 200,
		"OK", "me", "application/sdp", NULL, NULL, NULL, false, NULL,
		NULL, NULL, NULL, NULL, close_handler, callee, NULL), 0);
}


static void peer_handler(struct peer *peer, const struct sip_msg *msg)
{
	if (!msg->req || pl_strcmp(&msg->met, "BYE"))
		return;

	++byes;
	peer_answer(peer, msg, "200 OK", "", "");
}


static void invite(struct peer *peer, const struct sa *to)
{
	char text[1024];

	(void)re_snprintf(text, sizeof(text), "INVITE sip:me@%J SIP/2.0\r\n"
		"Via: SIP/2.0/UDP %J;rport;branch=z9hG4bK1\r\n"
		"Max-Forwards: 70\r\nFrom: <sip:peer@%J>;tag=1\r\n"
		"To: <sip:me@%J>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n"
		"Contact: <sip:peer@%J>\r\nContent-Length: 0\r\n\r\n",
		to, &peer->addr, &peer->addr, to, &peer->addr);
	peer_send(peer, to, text);
}


/** Hang up as the peer, in the dialog of the answer that came last */
static void bye(struct peer *peer, const struct sa *to)
{
	struct pl to_hdr;
	char text[1024];

	assert_int_equal(re_regex(peer->last, strlen(peer->last),
				  "To: [^\r\n]+", &to_hdr), 0);
	(void)re_snprintf(text, sizeof(text), "BYE sip:me@%J SIP/2.0\r\n"
		"Via: SIP/2.0/UDP %J;rport;branch=z9hG4bK2\r\n"
		"Max-Forwards: 70\r\nFrom: <sip:peer@%J>;tag=1\r\n"
		"To: %r\r\nCall-ID: 1\r\nCSeq: 2 BYE\r\n"
		"Content-Length: 0\r\n\r\n",
		to, &peer->addr, &peer->addr, &to_hdr);
	peer_send(peer, to, text);
}


static void an_answer_without_ack_ends_once(void **state)
{
	static const struct {
		enum meanwhile meanwhile;
		unsigned byes;
		unsigned closed;
	} rows[] = {
		{NOTHING, 1, 1},
		{WE_HANG_UP, 1, 0},
		{THEY_HANG_UP, 0, 1},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct callee callee;
		struct peer peer;
		struct sa addr;

		memset(&callee, 0, sizeof(callee));
		byes = 0;
		callee.sip = stack_open(&addr);
		peer_open(&peer, peer_handler, NULL);
		assert_int_equal(sipsess_listen(&callee.sock, callee.sip, 32,
						conn_handler, &callee), 0);
		invite(&peer, &addr);
		loop_run(SETTLE_MS);
		assert_non_null(callee.sess);

		if (rows[i].meanwhile == WE_HANG_UP)
			callee.sess = mem_deref(callee.sess);
		else if (rows[i].meanwhile == THEY_HANG_UP)
			bye(&peer, &addr);
		loop_run(SETTLE_MS);

		later_s += ACK_TIMEOUT_S;
		loop_run(SETTLE_MS);

		assert_int_equal(byes, rows[i].byes);
		assert_int_equal(callee.closed, rows[i].closed);

		mem_deref(callee.sock);
		stack_close(callee.sip);
		peer_close(&peer);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_without_ack_ends_once),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
