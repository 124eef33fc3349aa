/**
 * @file tls.c  A server that can't prove who it is hears nothing
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tests/patches/agent.h"
#include "tests/patches/certificate.h"

enum {
	WAIT_MS = 3000,
};

/** A TLS server */
struct server {
	struct tcp_sock *sock;
	struct tcp_conn *conn;
	struct tls_conn *tc;
	struct tls *tls;
	struct sa addr;
	size_t heard;
};


static void recv_handler(struct mbuf *mb, void *arg)
{
	struct server *server = arg;

	server->heard += mbuf_get_left(mb);
	loop_stop();
}


static void close_handler(int err, void *arg)
{
	struct server *server = arg;
	(void)err;

	server->tc = mem_deref(server->tc);
	server->conn = mem_deref(server->conn);
}


static void connect_handler(const struct sa *peer, void *arg)
{
	struct server *server = arg;
	(void)peer;

	assert_null(server->conn);
	assert_int_equal(tcp_accept(&server->conn, server->sock, NULL,
				    recv_handler, close_handler, server), 0);
	assert_int_equal(tls_start_tcp(&server->tc, server->tls, server->conn,
				       0), 0);
}


static void server_open(struct server *server, const char *certificate)
{
	memset(server, 0, sizeof(*server));
	assert_int_equal(tls_alloc(&server->tls, TLS_METHOD_SSLV23,
				   certificate, NULL), 0);
	assert_int_equal(sa_set_str(&server->addr, "127.0.0.1", 0), 0);
	assert_int_equal(tcp_listen(&server->sock, &server->addr,
				    connect_handler, server), 0);
	assert_int_equal(tcp_sock_local_get(server->sock, &server->addr), 0);
}


static void server_close(struct server *server)
{
	close_handler(0, server);
	server->sock = mem_deref(server->sock);
	server->tls = mem_deref(server->tls);
}


/**
 * Register by TLS with a server
 *
 * @param name   Whom its certificate names
 * @param config Lines of configuration; %s is the certificate's file
 *
 * @return How many bytes the server has heard
 */
static size_t heard_by(const char *name, const char *config)
{
	char aor[96], lines[256], path[] = "/tmp/ringfence-test-XXXXXX";
	struct server server;
	struct agent agent;
	size_t heard;

	assert_int_equal(close(mkstemp(path)), 0);
	certificate_write(path, name);
	server_open(&server, path);
	(void)re_snprintf(aor, sizeof(aor),
			  "<sip:desk@%J;transport=tls>;regint=60",
			  &server.addr);
	(void)re_snprintf(lines, sizeof(lines), "sip_listen 127.0.0.1:0\n"
			  "net_interface 127.0.0.1\n%s%s\n", config,
			  strstr(config, "cafile") ? path : "");

	agent_open(&agent, lines, aor, UA_EVENT_REGISTER_FAIL);
	assert_int_equal(ua_register(agent.ua), 0);
	loop_run(WAIT_MS);
	heard = server.heard;
	assert_int_equal(agent.count, heard ? 0 : 1);

	agent_close(&agent);
	server_close(&server);
	(void)unlink(path);

	return heard;
}


static void a_server_without_proof_hears_nothing(void **state)
{
	static const char *const configs[] = {
		"",
		"sip_capath /nonexistent",
		"sip_verify_server yes",
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(configs); i++)
		assert_int_equal(heard_by("IP:127.0.0.1", configs[i]), 0);
}


static void a_server_with_anothers_name_hears_nothing(void **state)
{
	(void)state;

	assert_int_equal(heard_by("DNS:example.org", "sip_cafile "), 0);
	assert_int_equal(heard_by("IP:127.0.0.2", "sip_cafile "), 0);
}


static void a_server_with_proof_hears_the_phone(void **state)
{
	(void)state;

	assert_true(heard_by("IP:127.0.0.1", "sip_cafile ") > 0);
}


static void any_server_does_if_verification_is_switched_off(void **state)
{
	(void)state;

	assert_true(heard_by("DNS:example.org", "sip_verify_server no") > 0);
}


static void verification_is_the_default(void **state)
{
	(void)state;

	assert_true(conf_config()->sip.verify_server);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verification_is_the_default),
		cmocka_unit_test(a_server_without_proof_hears_nothing),
		cmocka_unit_test(a_server_with_anothers_name_hears_nothing),
		cmocka_unit_test(a_server_with_proof_hears_the_phone),
		cmocka_unit_test(
			any_server_does_if_verification_is_switched_off),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
