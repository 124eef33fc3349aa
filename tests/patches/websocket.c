/**
 * @file websocket.c  A WebSocket frame that claims a length without limit
 */
#include <string.h>
#include "tests/patches/loop.h"

enum {
	WAIT_MS   = 500,
	FRAME_MAX = 32,
};

struct server {
	struct websock *websock;
	struct websock_conn *conn;
	unsigned frames;
	int closed;             /**< errno, 0: open */
};

struct client {
	struct tcp_conn *conn;
	const uint8_t *frame;
	size_t len;
	bool upgraded;
};


static void frame_handler(const struct websock_hdr *hdr, struct mbuf *mb,
			  void *arg)
{
	struct server *server = arg;
	(void)hdr;
	(void)mb;

	++server->frames;
}


static void closed_handler(int err, void *arg)
{
	struct server *server = arg;

	server->closed = err;
	loop_stop();
}


static void http_handler(struct http_conn *conn, const struct http_msg *msg,
			 void *arg)
{
	struct server *server = arg;

	assert_int_equal(websock_accept(&server->conn, server->websock, conn,
					msg, 0, frame_handler, closed_handler,
					server), 0);
}


static void tcp_write(struct tcp_conn *conn, const void *p, size_t len)
{
	struct mbuf *mb = mbuf_alloc(len);

	assert_non_null(mb);
	assert_int_equal(mbuf_write_mem(mb, p, len), 0);
	mb->pos = 0;
	assert_int_equal(tcp_send(conn, mb), 0);
	mem_deref(mb);
}


static void estab_handler(void *arg)
{
	static const char upgrade[] =
		"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
		"Connection: Upgrade\r\n"
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
		"Sec-WebSocket-Version: 13\r\n\r\n";
	struct client *client = arg;

	tcp_write(client->conn, upgrade, strlen(upgrade));
}


static void recv_handler(struct mbuf *mb, void *arg)
{
	struct client *client = arg;
	(void)mb;

	if (client->upgraded)
		return;

	client->upgraded = true;
	tcp_write(client->conn, client->frame, client->len);
}


static void gone_handler(int err, void *arg)
{
	(void)err;
	(void)arg;
}


static void send_frame(struct server *server, const uint8_t *frame,
		       size_t len)
{
	struct client client = {NULL, frame, len, false};
	struct http_sock *http;
	struct sa addr;

	memset(server, 0, sizeof(*server));
	assert_int_equal(websock_alloc(&server->websock, NULL, NULL), 0);
	assert_int_equal(sa_set_str(&addr, "127.0.0.1", 0), 0);
	assert_int_equal(http_listen(&http, &addr, http_handler, server), 0);
	assert_int_equal(tcp_sock_local_get(http_sock_tcp(http), &addr), 0);
	assert_int_equal(tcp_connect(&client.conn, &addr, estab_handler,
				     recv_handler, gone_handler, &client), 0);
	loop_run(WAIT_MS);
	assert_true(client.upgraded);

	mem_deref(client.conn);
	mem_deref(server->conn);
	mem_deref(server->websock);
	mem_deref(http);
}


static void a_length_over_the_buffer_closes_the_connection(void **state)
{
	/* Masked binary frames: 2^64 - 1, 2^64 - 4 and 2^17 + 1 bytes */
	static const uint8_t frames[][FRAME_MAX] = {
		{0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		{0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfc},
		{0x82, 0xff, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01},
	};
	struct server server;
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(frames); i++) {
		send_frame(&server, frames[i], FRAME_MAX);
		assert_int_equal(server.frames, 0);
		assert_int_equal(server.closed, EOVERFLOW);
	}
}


static void a_frame_of_honest_length_arrives(void **state)
{
	static const uint8_t frame[] = {0x82, 0x82, 1, 2, 3, 4, 'h', 'i'};
	struct server server;
	(void)state;

	send_frame(&server, frame, sizeof(frame));
	assert_int_equal(server.frames, 1);
	assert_int_equal(server.closed, 0);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_of_honest_length_arrives),
		cmocka_unit_test(
			a_length_over_the_buffer_closes_the_connection),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
