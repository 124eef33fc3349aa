/**
 * @file flood.c  What strangers send costs a known amount, whatever it is
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "tests/patches/loop.h"

enum {
	WATCH_MS = 30,
	LIMIT    = 3,
	RESERVE  = 2,
	BATCH    = 4,
	WAITING  = 10,
	MANY     = 200,
	SMALL_BUFFER = 8192,
	BUFFER   = 300000, /* less than net.core.rmem_max's default, doubled */
};

static const char known[] = "known@127.0.0.1";
static const char refused[] = "refused@127.0.0.1";
static const uint64_t tag = 0x1234;

struct listener {
	struct sip *sip;
	struct sip_lsnr *lsnr;
	struct sa addr;
	struct peer peer;
	struct sip_strans *st[4 * LIMIT];
	unsigned stc;
	unsigned delivered;
	int rcvbuf;
};


/** Let a call ring, or refuse it after that */
static void invite_handler(struct listener *l, const struct sip_msg *msg)
{
	struct sip_strans **stp = &l->st[l->stc];
	int err;

	err = sip_strans_alloc(stp, l->sip, msg, NULL, NULL);
	if (err) {
		assert_int_equal(err, EAGAIN);
		assert_true(sip_strans_full(l->sip, msg));
		(void)sip_reply(l->sip, msg, 503, "Service Unavailable");
		return;
	}

	assert_int_equal(sip_treply(stp, l->sip, msg, 180, "Ringing"), 0);
	if (!pl_strcmp(&msg->callid, refused)) {
		assert_int_equal(sip_treply(stp, l->sip, msg, 603, "Decline"),
				 0);
		return;
	}

	assert_true(++l->stc < ARRAY_SIZE(l->st));
}


static bool request_handler(const struct sip_msg *msg, void *arg)
{
	struct listener *l = arg;
	socklen_t len = sizeof(l->rcvbuf);

	++l->delivered;
	if (!pl_strcmp(&msg->met, "OPTIONS"))
		(void)sip_reply(l->sip, msg, 200, "OK");
	else if (!pl_strcmp(&msg->met, "INVITE"))
		invite_handler(l, msg);
	else if (!pl_strcmp(&msg->met, "SUBSCRIBE"))
		return false;
	else
		(void)sip_treply(NULL, l->sip, msg, 603, "Decline");

	(void)getsockopt(udp_sock_fd(msg->sock, AF_INET), SOL_SOCKET,
			 SO_RCVBUF, &l->rcvbuf, &len);

	return true;
}


static void listener_open(struct listener *l)
{
	memset(l, 0, sizeof(*l));
	l->sip = stack_open(&l->addr);
	assert_int_equal(sip_listen(&l->lsnr, l->sip, true, request_handler,
				    l), 0);
	peer_open(&l->peer, NULL, NULL);
}


static void listener_close(struct listener *l)
{
	while (l->stc)
		mem_deref(l->st[--l->stc]);
	mem_deref(l->lsnr);
	stack_close(l->sip);
	peer_close(&l->peer);
}


static void give(struct listener *l, const char *met, const char *id,
		 unsigned n)
{
	char text[512];

	assert_true(re_snprintf(
		text, sizeof(text),
		"%s sip:me@127.0.0.1 SIP/2.0\r\n"
		"Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK%s%u\r\n"
		"Max-Forwards: 70\r\n"
		"From: <sip:them@127.0.0.1>;tag=1\r\n"
		"To: <sip:me@127.0.0.1>\r\n"
		"Call-ID: %s\r\nCSeq: %u %s\r\nContent-Length: 0\r\n\r\n",
		met, id, n, id, n, met) > 0);
	l->peer.last[0] = '\0';
	peer_send(&l->peer, &l->addr, text);
}


static void ask(struct listener *l, const char *met, const char *id,
		unsigned n)
{
	give(l, met, id, n);
	loop_run(WATCH_MS);
}


static uint64_t tag_handler(const struct sip_msg *msg)
{
	(void)msg;

	return tag;
}


static void the_application_gives_the_to_tag(void **state)
{
	static const char expected[] = ";tag=0000000000001234\r\n";
	char first[PEER_SIP_MAX];
	struct listener l;
	(void)state;

	listener_open(&l);
	ask(&l, "OPTIONS", "tag", 1);
	(void)re_snprintf(first, sizeof(first), "%s", l.peer.last);
	ask(&l, "OPTIONS", "tag", 1);
	assert_string_not_equal(l.peer.last, first);

	sip_set_tag_handler(l.sip, tag_handler);
	ask(&l, "OPTIONS", "tag", 1);
	assert_non_null(strstr(l.peer.last, expected));
	ask(&l, "MESSAGE", "tag", 2);
	assert_non_null(strstr(l.peer.last, expected));
	listener_close(&l);
}


static bool reserve_handler(const struct sip_msg *msg, void *arg)
{
	(void)arg;

	return 0 == pl_strcmp(&msg->callid, known);
}


static void assert_answer(struct listener *l, const char *met, const char *id,
			  unsigned n, unsigned scode)
{
	char expected[16];

	ask(l, met, id, n);
	(void)re_snprintf(expected, sizeof(expected), "SIP/2.0 %u ", scode);
	assert_memory_equal(l->peer.last, expected, strlen(expected));
}


static void strangers_leave_a_reserve(void **state)
{
	struct listener l;
	unsigned n;
	(void)state;

	listener_open(&l);
	sip_strans_limit(l.sip, LIMIT, RESERVE, reserve_handler, NULL);
	for (n = 1; n <= LIMIT; n++)
		assert_answer(&l, "INVITE", "stranger", n, 180);
	assert_answer(&l, "INVITE", "stranger", n++, 503);

	/* Those who are known have more, and no endless number either */
	for (unsigned i = 0; i < RESERVE; i++)
		assert_answer(&l, "INVITE", known, n++, 180);
	assert_answer(&l, "INVITE", known, n++, 503);
	listener_close(&l);
}


static void without_a_transaction_a_repetition_is_answered_again(void **state)
{
	struct listener l;
	unsigned n;
	(void)state;

	listener_open(&l);
	sip_strans_limit(l.sip, LIMIT, 0, NULL, NULL);
	assert_answer(&l, "MESSAGE", "any", 1, 603);
	assert_answer(&l, "MESSAGE", "any", 1, 603);
	assert_int_equal(l.delivered, 1);

	/* That of the MESSAGE goes first, and then there is none for it */
	for (n = 2; n <= 1 + LIMIT; n++)
		assert_answer(&l, "INVITE", "any", n, 180);
	l.delivered = 0;
	assert_answer(&l, "MESSAGE", "any", 1, 603);
	assert_answer(&l, "MESSAGE", "any", 1, 603);
	assert_int_equal(l.delivered, 2);
	listener_close(&l);
}


static void what_is_not_needed_gives_way(void **state)
{
	struct listener l;
	unsigned n;
	(void)state;

	listener_open(&l);
	sip_strans_limit(l.sip, LIMIT, 0, NULL, NULL);

	/* What had its ACK, and what was answered at once */
	for (n = 1; n <= 2 * LIMIT; n++) {
		assert_answer(&l, "INVITE", refused, n, 603);
		ask(&l, "ACK", refused, n);
	}
	for (; n <= 4 * LIMIT; n++)
		assert_answer(&l, "MESSAGE", "any", n, 603);

	/* But not what waits for its ACK */
	for (; n <= 5 * LIMIT; n++)
		assert_answer(&l, "INVITE", refused, n, 603);
	assert_answer(&l, "INVITE", refused, n, 503);
	listener_close(&l);
}


static void no_limit_is_none(void **state)
{
	struct listener l;
	(void)state;

	listener_open(&l);
	for (unsigned n = 1; n <= 2 * LIMIT; n++)
		assert_answer(&l, "INVITE", "any", n, 180);
	listener_close(&l);
}


static void count_handler(void *arg)
{
	const struct listener *l = arg;

	/* The turn of the loop is over: so many datagrams were one turn's */
	assert_int_equal(l->delivered, BATCH);
	loop_stop();
}


static void a_turn_reads_a_batch_and_lets_others_have_theirs(void **state)
{
	struct listener l;
	struct tmr tmr;
	(void)state;

	listener_open(&l);
	sip_transp_udp_set(l.sip, 0, BATCH);
	for (unsigned n = 1; n <= WAITING; n++)
		give(&l, "OPTIONS", "batch", n);
	tmr_init(&tmr);
	tmr_start(&tmr, 0, count_handler, &l);
	assert_int_equal(re_main(NULL), 0);
	loop_run(WATCH_MS);
	assert_int_equal(l.delivered, WAITING);
	listener_close(&l);
}


static void the_buffer_is_that_of_each_socket(void **state)
{
	struct listener l;
	int before;
	(void)state;

	listener_open(&l);
	ask(&l, "OPTIONS", "buffer", 1);
	before = l.rcvbuf;
	sip_transp_udp_set(l.sip, BUFFER, 1);
	ask(&l, "OPTIONS", "buffer", 2);
	assert_true(l.rcvbuf > before);

	/* And of one that comes later */
	sip_transp_flush(l.sip);
	sa_set_port(&l.addr, 0);
	assert_int_equal(sip_transp_add(l.sip, SIP_TRANSP_UDP, &l.addr), 0);
	assert_int_equal(sip_transp_laddr(l.sip, &l.addr, SIP_TRANSP_UDP,
					  &l.addr), 0);
	l.rcvbuf = 0;
	ask(&l, "OPTIONS", "buffer", 3);
	assert_true(l.rcvbuf > before);
	listener_close(&l);
}


static void a_peer_has_a_buffer_of_its_own(void **state)
{
	struct listener l;
	struct peer peer, stranger;
	(void)state;

	listener_open(&l);
	peer_open(&peer, NULL, NULL);
	sip_transp_udp_set(l.sip, SMALL_BUFFER, 1);
	assert_int_equal(sip_transp_udp_peer(l.sip, &peer.addr), 0);
	assert_int_equal(sip_transp_udp_peer(l.sip, &peer.addr), 0);

	/* Others fill what there is */
	for (unsigned n = 1; n <= MANY; n++)
		give(&l, "OPTIONS", "stranger", n);
	stranger = l.peer;
	l.peer = peer;
	give(&l, "OPTIONS", "peer", 1);
	loop_run(WATCH_MS);
	assert_memory_equal(l.peer.last, "SIP/2.0 200 ", 12);
	assert_in_range(l.delivered, 2, MANY / 2);

	/* And who comes later finds the socket that all find */
	l.peer = stranger;
	l.delivered = 0;
	for (unsigned n = 1; n <= WAITING; n++)
		ask(&l, "OPTIONS", "later", n);
	assert_int_equal(l.delivered, WAITING);
	peer_close(&peer);
	listener_close(&l);
}


static void nobody_joins_the_address_of_a_peer(void **state)
{
	struct listener l;
	const int on = 1;
	int fd;
	(void)state;

	listener_open(&l);
	assert_int_equal(sip_transp_udp_peer(l.sip, &l.peer.addr), 0);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	assert_true(fd >= 0);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on,
				    sizeof(on)), 0);
	assert_int_equal(bind(fd, &l.addr.u.sa, l.addr.len), -1);
	(void)close(fd);
	listener_close(&l);
}


static void nothing_of_it_is_printed(void **state)
{
	struct listener l;
	char said[256];
	int fds[2], old;
	(void)state;

	listener_open(&l);
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	(void)fflush(stderr);
	old = dup(STDERR_FILENO);
	assert_true(dup2(fds[1], STDERR_FILENO) >= 0);

	peer_send(&l.peer, &l.addr, "no SIP at all\r\n\r\n");
	loop_run(WATCH_MS);
	ask(&l, "SUBSCRIBE", "print", 1);
	assert_memory_equal(l.peer.last, "SIP/2.0 501 ", 12);
	peer_send(&l.peer, &l.addr,
		  "SIP/2.0 200 OK\r\n"
		  "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx\r\n"
		  "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\n"
		  "Call-ID: x\r\nCSeq: 1 OPTIONS\r\n"
		  "Content-Length: 0\r\n\r\n");
	loop_run(WATCH_MS);

	(void)fflush(stderr);
	assert_true(dup2(old, STDERR_FILENO) >= 0);
	assert_int_equal(read(fds[0], said, sizeof(said)), -1);
	(void)close(old);
	(void)close(fds[0]);
	(void)close(fds[1]);
	listener_close(&l);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_application_gives_the_to_tag),
		cmocka_unit_test(strangers_leave_a_reserve),
		cmocka_unit_test(
			without_a_transaction_a_repetition_is_answered_again),
		cmocka_unit_test(what_is_not_needed_gives_way),
		cmocka_unit_test(no_limit_is_none),
		cmocka_unit_test(
			a_turn_reads_a_batch_and_lets_others_have_theirs),
		cmocka_unit_test(the_buffer_is_that_of_each_socket),
		cmocka_unit_test(a_peer_has_a_buffer_of_its_own),
		cmocka_unit_test(nobody_joins_the_address_of_a_peer),
		cmocka_unit_test(nothing_of_it_is_printed),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
