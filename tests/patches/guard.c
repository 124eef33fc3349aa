/**
 * @file guard.c  What the guard refuses is not answered, and does not stand
 */
#include <string.h>
#include "tests/patches/loop.h"

enum {
	WAIT_MS  = 1000,
	WATCH_MS = 100,
};

static bool allow;
static unsigned connections;


static bool guard_handler(enum sip_transp tp, const struct sa *src,
			  const uint8_t *p, size_t len)
{
	(void)src;

	if (!p) {
		assert_int_equal(tp, SIP_TRANSP_TCP);
		assert_int_equal(len, 0);
		++connections;
	}

	return allow;
}


static void a_stun_request_is_guarded(void **state)
{
	/* RFC 5389: a Binding request without attributes */
	static const uint8_t binding[20] = {0, 1, 0, 0, 0x21, 0x12, 0xa4,
					    0x42, 't'};
	struct mbuf *mb = mbuf_alloc(sizeof(binding));
	struct peer peer;
	struct sip *sip;
	struct sa addr;
	(void)state;

	sip = stack_open(&addr);
	sip_set_guard_handler(sip, guard_handler);
	peer_open(&peer, NULL, NULL);

	for (int i = 0; i < 2; i++) {
		allow        = i == 0;
		peer.from    = (struct sa){.len = 0};
		mb->pos      = 0;
		assert_int_equal(mbuf_write_mem(mb, binding,
						sizeof(binding)), 0);
		mb->pos      = 0;
		assert_int_equal(udp_send(peer.sock, &addr, mb), 0);
		loop_run(WATCH_MS);
		assert_int_equal(sa_isset(&peer.from, SA_ALL), allow);
	}

	mem_deref(mb);
	stack_close(sip);
	peer_close(&peer);
}


static void close_handler(int err, void *arg)
{
	bool *closed = arg;
	(void)err;

	*closed = true;
	loop_stop();
}


static void a_connection_is_guarded(void **state)
{
	struct sip *sip;
	struct sa addr;
	(void)state;

	sip = stack_open(&addr);
	sip_set_guard_handler(sip, guard_handler);
	assert_int_equal(sip_transp_add(sip, SIP_TRANSP_TCP, &addr), 0);

	for (unsigned i = 0; i < 2; i++) {
		struct tcp_conn *tc;
		bool closed = false;

		allow = i == 0;
		assert_int_equal(tcp_connect(&tc, &addr, NULL, NULL,
					     close_handler, &closed), 0);
		loop_run(allow ? WATCH_MS : WAIT_MS);
		assert_int_equal(closed, !allow);
		assert_int_equal(connections, i + 1);
		mem_deref(tc);
	}

	stack_close(sip);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stun_request_is_guarded),
		cmocka_unit_test(a_connection_is_guarded),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
