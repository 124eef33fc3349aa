/**
 * @file resolved.c  What the host of a request was resolved to is told
 */
#include <string.h>
#include "tests/patches/loop.h"

enum {
	WATCH_MS = 300,
	TTL_S    = 60,
	TEXT_MAX = 256,
};

/** A name server on 127.0.0.1 */
struct server {
	struct udp_sock *sock;
	struct sa addr;
};

static char told[TEXT_MAX]; /* "host=address " for each */


static void addr_handler(const char *host, const struct sa *addr)
{
	const size_t n = strlen(told);

	(void)re_snprintf(told + n, sizeof(told) - n, "%s=%j ", host, addr);
}


static int record(struct mbuf *mb, const char *name, uint16_t type,
		  const char *value)
{
	struct dnsrr rr;
	struct sa sa;
	char owner[TEXT_MAX], target[TEXT_MAX];

	memset(&rr, 0, sizeof(rr));
	str_ncpy(owner, name, sizeof(owner));
	str_ncpy(target, value, sizeof(target));
	rr.name     = owner;
	rr.type     = type;
	rr.dnsclass = DNS_CLASS_IN;
	rr.ttl      = TTL_S;
	if (type == DNS_TYPE_A) {
		assert_int_equal(sa_set_str(&sa, value, 0), 0);
		rr.rdata.a.addr = sa_in(&sa);
	}
	else {
		rr.rdata.srv.port   = 9;
		rr.rdata.srv.target = target;
	}

	return dns_rr_encode(mb, &rr, 0, NULL, 0);
}


/** two.test has two addresses; srv.test is served by one host, whose address
    comes along, and so does the name server's */
static int answer(struct mbuf *mb, struct dnshdr *hdr, const char *name,
		  uint16_t type)
{
	int err;

	if (!str_casecmp(name, "two.test") && type == DNS_TYPE_A) {
		hdr->nans = 2;
		err = record(mb, name, type, "127.0.0.3");
		err |= record(mb, name, type, "127.0.0.4");
		return err;
	}
	if (!str_casecmp(name, "_sip._udp.srv.test") &&
	    type == DNS_TYPE_SRV) {
		hdr->nans = 1;
		hdr->nadd = 2;
		err = record(mb, name, type, "host.test");
		err |= record(mb, "ns.test", DNS_TYPE_A, "127.0.0.6");
		err |= record(mb, "host.test", DNS_TYPE_A, "127.0.0.5");
		return err;
	}

	hdr->rcode = DNS_RCODE_NAME_ERR;

	return 0;
}


static void query_handler(const struct sa *src, struct mbuf *mb, void *arg)
{
	struct server *server = arg;
	struct mbuf *reply = mbuf_alloc(TEXT_MAX);
	struct mbuf *body = mbuf_alloc(TEXT_MAX);
	struct dnshdr hdr;
	char *name = NULL;
	uint16_t type, dnsclass;
	int err;

	assert_non_null(reply);
	assert_non_null(body);
	assert_int_equal(dns_hdr_decode(mb, &hdr), 0);
	assert_int_equal(dns_dname_decode(mb, &name, 0), 0);
	type     = ntohs(mbuf_read_u16(mb));
	dnsclass = ntohs(mbuf_read_u16(mb));

	hdr.qr = hdr.ra = true;
	hdr.nans = hdr.nauth = hdr.nadd = 0;
	err = answer(body, &hdr, name, type);
	err |= dns_hdr_encode(reply, &hdr);
	err |= dns_dname_encode(reply, name, NULL, 0, false);
	err |= mbuf_write_u16(reply, htons(type));
	err |= mbuf_write_u16(reply, htons(dnsclass));
	err |= mbuf_write_mem(reply, body->buf, body->end);
	assert_int_equal(err, 0);
	reply->pos = 0;
	assert_int_equal(udp_send(server->sock, src, reply), 0);

	mem_deref(name);
	mem_deref(body);
	mem_deref(reply);
}


static void response_handler(int err, const struct sip_msg *msg, void *arg)
{
	(void)err;
	(void)msg;
	(void)arg;
}


static void send_to(struct sip *sip, const char *uri)
{
	told[0] = '\0';
	assert_int_equal(
		sip_requestf(NULL, sip, true, "MESSAGE", uri, NULL, NULL,
			     NULL, response_handler, NULL,
			     "From: <sip:me@127.0.0.1>;tag=1\r\n"
			     "To: <%s>\r\nCall-ID: 1\r\nCSeq: 1 MESSAGE\r\n"
			     "Content-Length: 0\r\n\r\n",
			     uri), 0);
	loop_run(WATCH_MS);
}


static void each_address_of_a_name_is_told(void **state)
{
	struct server server;
	struct dnsc *dnsc;
	struct sip *sip;
	struct sa addr;
	(void)state;

	assert_int_equal(sa_set_str(&server.addr, "127.0.0.1", 0), 0);
	assert_int_equal(udp_listen(&server.sock, &server.addr, query_handler,
				    &server), 0);
	assert_int_equal(udp_local_get(server.sock, &server.addr), 0);
	assert_int_equal(dnsc_alloc(&dnsc, NULL, &server.addr, 1), 0);
	assert_int_equal(sip_alloc(&sip, dnsc, 32, 32, 32, "test", NULL,
				   NULL), 0);
	assert_int_equal(sa_set_str(&addr, "127.0.0.1", 0), 0);
	assert_int_equal(sip_transp_add(sip, SIP_TRANSP_UDP, &addr), 0);

	send_to(sip, "sip:two.test:9");
	assert_string_equal(told, "");

	sip_set_addr_handler(sip, addr_handler);
	send_to(sip, "sip:two.test:9");
	assert_string_equal(told, "two.test=127.0.0.3 two.test=127.0.0.4 ");
	send_to(sip, "sip:srv.test");
	assert_string_equal(told, "srv.test=127.0.0.5 ");
	send_to(sip, "sip:none.test:9");
	assert_string_equal(told, "");

	stack_close(sip);
	mem_deref(dnsc);
	mem_deref(server.sock);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_address_of_a_name_is_told),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
