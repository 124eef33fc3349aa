/**
 * @file tests/unit/sip/test_origin.c  Where a message comes from
 */
#include "firmware/sip/origin.h"

#include "check.h"

#define REQUEST "MESSAGE sip:204@h SIP/2.0\r\n"
#define ID      "Call-ID: abc@h\r\n"
#define TAGGED  "To: <sip:204@h>;tag=1\r\n"
#define END     "\r\n"


static struct sa address(const char *text)
{
	struct sa sa;

	assert_int_equal(sa_set_str(&sa, text, 5060), 0);

	return sa;
}


/* -- addresses ---------------------------------------------------------- */

static const struct {
	const char *addr;
	bool lan;
} lan_rows[] = {
	{"127.0.0.1", true},     {"127.255.255.255", true},
	{"128.0.0.1", false},    {"126.255.255.255", false},
	{"10.0.0.1", true},      {"11.0.0.1", false},
	{"172.16.0.1", true},    {"172.31.255.255", true},
	{"172.15.255.255", false}, {"172.32.0.0", false},
	{"192.168.0.1", true},   {"192.167.255.255", false},
	{"192.169.0.0", false},  {"169.254.1.1", true},
	{"169.255.0.0", false},  {"100.64.0.1", false},
	{"192.0.2.1", false},    {"0.0.0.0", false},
	{"::1", true},           {"::2", false},
	{"fe80::1", true},       {"febf::1", true},
	{"fec0::1", false},      {"fc00::1", true},
	{"fdff::1", true},       {"fe00::1", false},
	{"2001:db8::1", false},  {"::ffff:192.168.0.1", true},
	{"::ffff:192.0.2.1", false},
};


static void private_addresses_are_the_lan(void **state)
{
	static struct sip_config cfg;
	struct origin o;
	(void)state;

	memset(&cfg, 0, sizeof(cfg));
	cfg.accountc          = 1;
	cfg.account[0].accept = SIP_ACCEPT_LAN;
	origin_init(&o, &cfg);

	for (size_t i = 0; i < ROWS(lan_rows); i++) {
		const struct sa sa = address(lan_rows[i].addr);

		assert_int_equal(origin_place(&o, 0, &sa),
				 lan_rows[i].lan ? ORIGIN_LAN
						 : ORIGIN_ELSEWHERE);
		assert_int_equal(origin_accepts(&o, 0, &sa), lan_rows[i].lan);
	}
}


static const struct {
	const char *a, *b;
	bool same;
} source_rows[] = {
	{"192.0.2.1", "192.0.2.1", true},
	{"192.0.2.1", "192.0.2.2", false},
	{"192.0.2.1", "::ffff:192.0.2.1", true},
	{"2001:db8::1", "2001:db8::ffff", true},
	{"2001:db8::1", "2001:db8:0:1::1", false},
	{"fe80::1", "fe80::2", false},
	{"fe80::1", "fe80::1", true},
};


static void a_source_is_an_address_or_a_network(void **state)
{
	const struct sa none = {.len = 0};
	(void)state;

	for (size_t i = 0; i < ROWS(source_rows); i++) {
		const struct sa a = address(source_rows[i].a);
		const struct sa b = address(source_rows[i].b);

		assert_int_equal(origin_source(&a) == origin_source(&b),
				 source_rows[i].same);
		assert_true(origin_source(&a) != 0);
	}
	assert_true(origin_source(&none) == 0);
}


/* -- accounts ----------------------------------------------------------- */

static bool accepts(const struct origin *o, unsigned account,
		    const char *text)
{
	const struct sa sa = address(text);

	return origin_accepts(o, account, &sa);
}


static void configure(struct sip_config *cfg, const char *domain,
		      const char *registrar, bool registers,
		      enum sip_accept accept)
{
	struct sip_account *acc = &cfg->account[cfg->accountc++];

	(void)strcpy(acc->domain, domain);
	(void)strcpy(acc->registrar, registrar);
	acc->registers = registers;
	acc->accept    = accept;
}


static void an_account_takes_what_its_servers_send(void **state)
{
	static struct sip_config cfg;
	struct origin o;
	struct sa sa;
	(void)state;

	memset(&cfg, 0, sizeof(cfg));
	configure(&cfg, "192.0.2.1", "sip:192.0.2.2:5080", true,
		  SIP_ACCEPT_ACCOUNT);
	configure(&cfg, "PBX.example.com:5070", "sip:PBX.example.com:5070",
		  true, SIP_ACCEPT_ACCOUNT);
	configure(&cfg, "[2001:db8::1]:5060", "sip:[2001:db8::1]:5060", true,
		  SIP_ACCEPT_LAN);
	configure(&cfg, "192.0.2.9", "", false, SIP_ACCEPT_LAN);
	configure(&cfg, "192.0.2.9", "", false, SIP_ACCEPT_ANYONE);
	origin_init(&o, &cfg);

	assert_true(accepts(&o, 0, "192.0.2.1"));
	assert_true(accepts(&o, 0, "192.0.2.2"));
	assert_false(accepts(&o, 0, "192.0.2.3"));
	assert_false(accepts(&o, 0, "192.168.0.1"));
	assert_false(accepts(&o, 0, "127.0.0.1"));

	sa = address("192.0.2.20");
	assert_false(accepts(&o, 1, "192.0.2.20"));
	origin_resolved(&o, "example.com", &sa, 1);
	assert_false(accepts(&o, 1, "192.0.2.20"));
	origin_resolved(&o, "pbx.EXAMPLE.com", &sa, 1);
	assert_true(accepts(&o, 1, "192.0.2.20"));
	assert_false(accepts(&o, 0, "192.0.2.20"));
	assert_int_equal(origin_place(&o, 1, &sa), ORIGIN_ACCOUNT);
	assert_int_equal(origin_place(&o, 0, &sa), ORIGIN_ELSEWHERE);

	sa = address("192.0.2.30");
	origin_registered(&o, 0, &sa, 1);
	assert_true(accepts(&o, 0, "192.0.2.30"));
	origin_registered(&o, 7, &sa, 1);

	assert_true(accepts(&o, 2, "2001:db8::1"));
	assert_false(accepts(&o, 2, "2001:db8::2"));
	assert_true(accepts(&o, 2, "10.0.0.1"));

	/* who does not register trusts nobody */
	sa = address("192.0.2.9");
	assert_false(accepts(&o, 3, "192.0.2.9"));
	assert_int_equal(origin_place(&o, 3, &sa), ORIGIN_ELSEWHERE);
	assert_true(accepts(&o, 4, "192.0.2.9"));
	assert_int_equal(origin_place(&o, 4, &sa), ORIGIN_ELSEWHERE);

	assert_false(accepts(&o, 5, "192.0.2.1"));
	assert_true(origin_accepts_any(&o, &sa));
	--o.accountc;
	assert_false(origin_accepts_any(&o, &sa));
}


static void addresses_are_forgotten_when_newer_ones_are_seen(void **state)
{
	static struct sip_config cfg;
	struct origin o;
	(void)state;

	memset(&cfg, 0, sizeof(cfg));
	configure(&cfg, "192.0.2.1", "sip:pbx.example.com", true,
		  SIP_ACCEPT_ACCOUNT);
	origin_init(&o, &cfg);

	/* Far more than there is room for: the newest are kept */
	for (unsigned i = 0; i < 10 * ORIGIN_ADDRESS_MAX; i++) {
		char text[32];
		struct sa sa;

		(void)snprintf(text, sizeof(text), "198.51.100.%u", i);
		sa = address(text);
		origin_resolved(&o, "pbx.example.com", &sa, 1000 + i);
		assert_true(accepts(&o, 0, text));
	}
	assert_true(accepts(&o, 0, "192.0.2.1"));
	assert_true(accepts(&o, 0, "198.51.100.158"));
	assert_false(accepts(&o, 0, "198.51.100.0"));

	/* Much later another one: the old ones are gone, as is said */
	const struct sa sa = address("203.0.113.1");

	assert_true(accepts(&o, 0, "198.51.100.159"));
	origin_registered(&o, 0, &sa, 2000 + ORIGIN_ADDRESS_MS);
	assert_true(accepts(&o, 0, "203.0.113.1"));
	assert_true(accepts(&o, 0, "192.0.2.1"));
	assert_false(accepts(&o, 0, "198.51.100.159"));
}


/* -- heads -------------------------------------------------------------- */

static const struct {
	const char *text;
	enum origin_head head;
	const char *callid;
} head_rows[] = {
	{"SIP/2.0 200 OK\r\n", ORIGIN_HEAD_RESPONSE, NULL},
	{"SIP/2.0 200\n", ORIGIN_HEAD_RESPONSE, NULL},
	{"SIP/2.0 200 OK", ORIGIN_HEAD_PARTIAL, NULL},
	/* libre reads a request, and so it is one */
	{"SIP/2.0 sip:204@h SIP/2.0\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
	{"SIP/2.0 200 SIP/2.0\r\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
	{"HTTP/1.1 200 OK\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
	{"sip/2.0 200 OK\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
	{"SIP/2.0\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
	{"", ORIGIN_HEAD_PARTIAL, NULL},
	{"\r\n", ORIGIN_HEAD_PARTIAL, NULL},
	{"\r\n\r\n", ORIGIN_HEAD_OUTSIDE, NULL},
	{REQUEST, ORIGIN_HEAD_PARTIAL, NULL},
	{REQUEST ID TAGGED, ORIGIN_HEAD_PARTIAL, NULL},
	{REQUEST END, ORIGIN_HEAD_OUTSIDE, NULL},
	{REQUEST ID TAGGED END, ORIGIN_HEAD_WITHIN, "abc@h"},
	{REQUEST TAGGED "CALL-ID :\tabc@h \r\n" END "body", ORIGIN_HEAD_WITHIN,
	 "abc@h"},
	{REQUEST "i: abc\r\nt: <sip:a>;x=1;TAG=2\r\n" END, ORIGIN_HEAD_WITHIN,
	 "abc"},
	{REQUEST "i: abc\r\nTo: sip:a@h;tag=2\r\n" END, ORIGIN_HEAD_WITHIN,
	 "abc"},
	{REQUEST ID "To: <sip:a@h>\r\n ;tag=2\r\n" END, ORIGIN_HEAD_WITHIN,
	 "abc@h"},
	{REQUEST ID "To: <sip:204@h>\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
	{REQUEST ID "To: <sip:204@h;tag=1>\r\n" END, ORIGIN_HEAD_OUTSIDE,
	 NULL},
	{REQUEST ID "To: \";tag=1\" <sip:204@h>\r\n" END, ORIGIN_HEAD_OUTSIDE,
	 NULL},
	{REQUEST TAGGED END ID, ORIGIN_HEAD_OUTSIDE, NULL},
	{REQUEST TAGGED "Call-ID:\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
	{REQUEST TAGGED "X-Call-ID: abc@h\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
	{REQUEST ID TAGGED "no colon\r\n" END, ORIGIN_HEAD_OUTSIDE, NULL},
};


static void a_head_says_whether_it_belongs_to_a_dialog(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(head_rows); i++) {
		const size_t len = strlen(head_rows[i].text);
		uint8_t *copy = test_malloc(len ? len : 1);
		enum origin_head head;
		struct pl callid;

		/* not the literal: what is read beside it is found */
		memcpy(copy, head_rows[i].text, len);
		head = origin_head(copy, len, &callid);
		if (head != head_rows[i].head)
			print_error("row %zu: %s\n", i, head_rows[i].text);
		assert_int_equal(head, head_rows[i].head);
		if (head_rows[i].callid)
			assert_int_equal(pl_strcmp(&callid,
						   head_rows[i].callid), 0);
		test_free(copy);
	}
}


static void a_dialog_that_is_over_is_remembered_for_a_while(void **state)
{
	static struct sip_config cfg;
	struct pl one = PL("one"), two = PL("two");
	struct origin o;
	(void)state;

	origin_init(&o, &cfg);
	assert_false(origin_dialog_lately(&o, &one, 5));
	origin_dialog_over(&o, &one, 1000);
	assert_true(origin_dialog_lately(&o, &one, 1000));
	assert_true(origin_dialog_lately(&o, &one, 999 + ORIGIN_DIALOG_MS));
	assert_false(origin_dialog_lately(&o, &one, 1000 + ORIGIN_DIALOG_MS));
	assert_false(origin_dialog_lately(&o, &two, 1000));

	for (unsigned i = 0; i < ORIGIN_DIALOG_MAX; i++)
		origin_dialog_over(&o, &two, 1000);
	assert_false(origin_dialog_lately(&o, &one, 1000));
	assert_true(origin_dialog_lately(&o, &two, 1000));
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(private_addresses_are_the_lan),
		cmocka_unit_test(a_source_is_an_address_or_a_network),
		cmocka_unit_test(an_account_takes_what_its_servers_send),
		cmocka_unit_test(
			addresses_are_forgotten_when_newer_ones_are_seen),
		cmocka_unit_test(a_head_says_whether_it_belongs_to_a_dialog),
		cmocka_unit_test(
			a_dialog_that_is_over_is_remembered_for_a_while),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
