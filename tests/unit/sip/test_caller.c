/**
 * @file tests/unit/sip/test_caller.c  What an INVITE says of who calls
 */
#include "firmware/sip/caller.h"

#include "check.h"

enum {
	MESSAGE_MAX = 32 * 1024,
};

#define PAI  "P-Asserted-Identity: "
#define HIST "History-Info: "


static struct sip_msg *message(const char *from, const char *headers)
{
	struct mbuf *mb = mbuf_alloc(MESSAGE_MAX);
	struct sip_msg *msg;

	assert_non_null(mb);
	assert_int_equal(
		mbuf_printf(mb,
			    "INVITE sip:204@192.0.2.9 SIP/2.0\r\n"
			    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
			    "From: %s;tag=1\r\n"
			    "To: <sip:204@pbx.example.com>\r\n"
			    "Call-ID: 1@example.com\r\n"
			    "CSeq: 1 INVITE\r\n"
			    "%s"
			    "Content-Length: 0\r\n\r\n",
			    from, headers),
		0);
	mb->pos = 0;
	assert_int_equal(sip_msg_decode(&msg, mb), 0);
	mem_deref(mb);

	return msg;
}


static struct caller caller_of(const char *from, const char *headers,
			       bool trusted)
{
	struct sip_msg *msg = message(from, headers);
	struct caller c;

	memset(&c, 0xa5, sizeof(c));
	sip_caller_read(&c, msg, trusted);
	mem_deref(msg);

	return c;
}


/* -- From --------------------------------------------------------------- */

static const struct {
	const char *from;
	const char *number, *user, *name, *domain;
	bool anonymous;
} from_rows[] = {
	{"<sip:100@pbx.example.com>", "100", "100", "", "pbx.example.com",
	 false},
	{"\"Anna \\\"A\\\" Berg\" <sip:anna@PBX.Example.COM:5080>", "", "anna",
	 "Anna \"A\" Berg", "pbx.example.com", false},
	{"Anna Berg <sip:100@h>", "100", "100", "Anna Berg", "h", false},
	{"\"<sip:1@a>\\\\\" <sip:100@h>", "100", "100", "<sip:1@a>\\", "h",
	 false},
	{"sip:100@pbx.example.com", "100", "100", "", "pbx.example.com",
	 false},
	{"<sip:100:secret@h>", "100", "100", "", "h", false},
	{"<sip:%2B49301@h;user=phone>", "+49301", "+49301", "", "h", false},
	{"<sip:+49301;verstat=No-TN-Validation@h;user=phone>", "+49301",
	 "+49301", "", "h", false},
	{"<sip:a;b@h>", "", "a;b", "", "h", false},
	{"<sip:30;phone-context=+49@h;user=phone>", "+4930", "30", "", "h",
	 false},
	{"<tel:+49-30-1>", "+49301", "+49-30-1", "", "", false},
	{"<tel:110;phone-context=+49>", "+49110", "110", "", "", false},
	{"<sips:100@[2001:db8::1]:5061>", "100", "100", "", "2001:db8::1",
	 false},
	{"<sip:100@pbx.example.com.>", "100", "100", "", "pbx.example.com",
	 false},
	{"<sip:100@pbx.example.com .>", "100", "100", "", "pbx.example.com",
	 false},

	{"\"Anonymous\" <sip:anonymous@anonymous.invalid>", "", "anonymous",
	 "Anonymous", "anonymous.invalid", true},
	{"<sip:100@Anonymous.Invalid>", "100", "100", "", "anonymous.invalid",
	 true},
	{"<sip:100@anonymous.invalid.>", "100", "100", "", "anonymous.invalid",
	 true},
	{"<sip:Anonymous@pbx.example.com>", "", "Anonymous", "",
	 "pbx.example.com", true},
	{"<sip:%61nonymous@h>", "", "anonymous", "", "h", true},
	{"<sip:pbx.example.com>", "", "", "", "pbx.example.com", true},
	{"<sip:@pbx.example.com>", "", "", "", "pbx.example.com", true},
	{"\"Anonymous\" <sip:100@h>", "100", "100", "Anonymous", "h", false},
	{"<sip:anonymously@h>", "", "anonymously", "", "h", false},
	{"<sip:100@anonymous.invalid.example.com>", "100", "100", "",
	 "anonymous.invalid.example.com", false},
};


static void from_says_who_and_whether_it_is_anybody(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(from_rows); i++) {
		const struct caller c = caller_of(from_rows[i].from, "",
						  false);

		assert_string_equal(c.from.number, from_rows[i].number);
		assert_string_equal(c.from.user, from_rows[i].user);
		assert_string_equal(c.from.name, from_rows[i].name);
		assert_string_equal(c.domain, from_rows[i].domain);
		assert_int_equal(c.anonymous, from_rows[i].anonymous);
		assert_int_equal(c.account, 0);
		assert_int_equal(c.source, 0);
		assert_false(c.trusted);
		assert_false(c.from.truncated);
	}
}


/* -- Privacy and Priority ----------------------------------------------- */

static const struct {
	const char *headers;
	bool anonymous, psap_callback;
} word_rows[] = {
	{"Privacy: id\r\n", true, false},
	{"Privacy: user\r\n", true, false},
	{"privacy: none\r\n", false, false},
	{"Privacy: header;session\r\n", false, false},
	{"Privacy: header ; ID ; critical\r\n", true, false},
	{"Privacy: header\r\nPrivacy: id\r\n", true, false},
	{"Privacy: history, id\r\n", true, false},
	{"Privacy: identity;userinfo\r\n", false, false},
	{"Privacy: ;;\r\n", false, false},
	{"Privacy:\r\n", false, false},
	{"X-Privacy: id\r\n", false, false},
	{"Priority: psap-callback\r\n", false, true},
	{"Priority: PSAP-Callback\r\n", false, true},
	{"Priority:\r\n psap-callback \r\n", false, true},
	{"Priority: emergency\r\n", false, false},
	{"Priority: psap-callback2\r\n", false, false},
	{"Subject: psap-callback\r\n", false, false},
};


static void privacy_and_priority_are_read_word_by_word(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(word_rows); i++) {
		const struct caller c = caller_of(
			"<sip:100@h>", word_rows[i].headers, false);

		assert_int_equal(c.anonymous, word_rows[i].anonymous);
		assert_int_equal(c.psap_callback, word_rows[i].psap_callback);
	}
}


/* -- P-Asserted-Identity and verstat ------------------------------------ */

static const struct {
	const char *from; /* NULL: one that says nothing */
	const char *headers;
	const char *asserted;
	enum caller_verstat verstat;
} asserted_rows[] = {
	{NULL, "", "", CALLER_VERSTAT_NONE},
	{NULL, PAI "<sip:+49301@h;user=phone>\r\n", "+49301",
	 CALLER_VERSTAT_NONE},
	{NULL, PAI "\"A, <B>\" <sip:+49301@h>\r\n", "+49301",
	 CALLER_VERSTAT_NONE},
	{NULL, PAI "tel:+49301\r\n", "+49301", CALLER_VERSTAT_NONE},
	{NULL, PAI "<sip:anna@h>\r\n", "", CALLER_VERSTAT_NONE},
	{NULL, PAI "<sip:anna@h>, <tel:+49301>\r\n", "+49301",
	 CALLER_VERSTAT_NONE},
	{NULL, PAI "<sip:anna@h>\r\n" PAI "<tel:+49301>\r\n", "+49301",
	 CALLER_VERSTAT_NONE},
	{NULL, PAI "<sip:1,2@h>, <tel:+49301>\r\n", "+49301",
	 CALLER_VERSTAT_NONE},
	{NULL, PAI "<sip:+49301@h>, <tel:+49302>\r\n", "+49301",
	 CALLER_VERSTAT_NONE},
	{NULL, PAI "<urn:x:1>,,<x>, <tel:+49302>\r\n", "+49302",
	 CALLER_VERSTAT_NONE},
	/* the fifth is one too many */
	{NULL, PAI "<x>, <x>, <x>, <x>, <tel:+49302>\r\n", "",
	 CALLER_VERSTAT_NONE},
	{NULL, PAI "<sip:+49301@h\r\n", "", CALLER_VERSTAT_NONE},
	{NULL, PAI "\"<sip:+49301@h>\r\n", "", CALLER_VERSTAT_NONE},
	{NULL, "P-Preferred-Identity: <sip:+49301@h>\r\n", "",
	 CALLER_VERSTAT_NONE},
	{NULL, "Remote-Party-ID: <sip:+49301@h>\r\n", "", CALLER_VERSTAT_NONE},

	{NULL,
	 PAI "<sip:+49301;verstat=TN-Validation-Passed@h;user=phone>\r\n",
	 "+49301", CALLER_VERSTAT_PASSED},
	{NULL,
	 PAI "<sip:+49301;verstat=TN-Validation-Passed-A@h;user=phone>\r\n",
	 "+49301", CALLER_VERSTAT_PASSED_A},
	{NULL, PAI "<tel:+49301;verstat=TN-Validation-Passed-B>\r\n",
	 "+49301", CALLER_VERSTAT_PASSED_B},
	{NULL, PAI "tel:+49301;VerStat=tn-validation-passed-c\r\n", "+49301",
	 CALLER_VERSTAT_PASSED_C},
	{NULL,
	 PAI "<sip:+49301@h;user=phone;verstat=TN-Validation-Failed>\r\n",
	 "+49301", CALLER_VERSTAT_FAILED},
	{NULL, PAI "<tel:+49301;verstat=TN-Validation-Failed-B>\r\n",
	 "+49301", CALLER_VERSTAT_FAILED},
	{NULL, PAI "<tel:+49301;verstat=No-TN-Validation>\r\n", "+49301",
	 CALLER_VERSTAT_NONE},
	{NULL, PAI "<tel:+49301;verstat=TN-Validation-Passed-D>\r\n",
	 "+49301", CALLER_VERSTAT_NONE},
	{NULL, PAI "<tel:+49301;verstat>\r\n", "+49301", CALLER_VERSTAT_NONE},
	/* behind the brackets it is the header's, and no number's */
	{NULL, PAI "<tel:+49301>;verstat=TN-Validation-Passed\r\n", "+49301",
	 CALLER_VERSTAT_NONE},
	{"<sip:+49301;verstat=TN-Validation-Passed-A@h;user=phone>", "", "",
	 CALLER_VERSTAT_PASSED_A},
	{"<tel:+49301;verstat=TN-Validation-Failed>", "", "",
	 CALLER_VERSTAT_FAILED},
	/* what is asserted counts more than what is claimed */
	{"<tel:+49302;verstat=TN-Validation-Passed-A>",
	 PAI "<tel:+49301;verstat=TN-Validation-Failed>\r\n", "+49301",
	 CALLER_VERSTAT_FAILED},
};


static void a_trusted_peer_asserts_and_others_do_not(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(asserted_rows); i++) {
		const char *from = asserted_rows[i].from;
		struct caller c;

		from = from ? from : "<sip:100@h>";

		c = caller_of(from, asserted_rows[i].headers, true);
		assert_true(c.trusted);
		assert_string_equal(c.asserted, asserted_rows[i].asserted);
		assert_int_equal(c.verstat, asserted_rows[i].verstat);

		c = caller_of(from, asserted_rows[i].headers, false);
		assert_false(c.trusted);
		assert_string_equal(c.asserted, "");
		assert_int_equal(c.verstat, CALLER_VERSTAT_NONE);
	}
}


/* -- Diversion and History-Info ----------------------------------------- */

static const struct {
	const char *headers;
	const char *diverted; /* the newest first */
} diverted_rows[] = {
	{"", ""},
	{"Diversion: <sip:+49301@h>;reason=unconditional;counter=1\r\n",
	 "+49301"},
	{"Diversion: \"B, C\" <sip:2@h>;reason=no-answer, <tel:1>\r\n", "2 1"},
	{"Diversion: <sip:2@h>\r\nDiversion: <sip:1@h>\r\n", "2 1"},
	{"Diversion: <sip:2@h>, <sip:2@other>, <sip:1@h>\r\n", "2 1"},
	{"Diversion: <sip:anna@h>, <sip:1@h>\r\n", "1"},
	{"Diversion: <sip:5@h>,<sip:4@h>,<sip:3@h>,<sip:2@h>,<sip:1@h>\r\n",
	 "5 4 3 2"},
	{"Diversion: sip:1@h;reason=user-busy\r\n", "1"},
	{"Diversion: <sip:1@h\r\n", ""},

	/* RFC 7044: nobody sent it on, a registrar found its contact */
	{HIST "<sip:204@pbx>;index=1, <sip:204@192.0.2.9>;index=1.1;rc=1\r\n",
	 ""},
	{HIST "<sip:204@pbx>;index=1, <sip:x7@192.0.2.9>;index=1.1;rc=1\r\n",
	 ""},
	/* 100 was called and sent it on to 204 */
	{HIST "<sip:100@pbx>;index=1, <sip:204@pbx;cause=302>;index=1.1;mp=1,"
	      " <sip:x7@192.0.2.9>;index=1.1.1;rc=1.1\r\n",
	 "100"},
	{HIST "<sip:100@pbx?Reason=SIP%3Bcause%3D302>;index=1\r\n"
	 HIST "<sip:204@pbx>;index=1.1\r\n",
	 "100"},
	/* 100, then 101, then here */
	{HIST "<sip:100@pbx>;index=1, <sip:101@pbx>;index=1.1;mp=1, "
	      "<sip:204@pbx>;index=1.2;mp=1.1\r\n",
	 "101 100"},
	/* in the order of the indices, whatever the header's */
	{HIST "<sip:204@pbx>;index=1.10, <sip:101@pbx>;index=1.9.1, "
	      "<sip:100@pbx>;index=1\r\n",
	 "101 100"},
	/* its contact did not answer, and 204 got it */
	{HIST "<sip:100@pbx>;index=1, <sip:100@192.0.2.8>;index=1.1;rc=1, "
	      "<sip:204@pbx>;index=1.2;mp=1, <sip:204@p>;index=1.2.1;rc=1.2"
	      "\r\n",
	 "100"},
	{HIST "<sip:anonymous@anonymous.invalid>;index=1, "
	      "<sip:204@pbx>;index=1.1\r\n",
	 ""},
	{HIST "<sip:100@pbx>, <sip:204@pbx>;index=1\r\n", ""},
	{HIST "<sip:100@pbx>;index=, <sip:204@pbx>;index=x\r\n", "100"},
	{HIST "<sip:204@pbx>;index=1;rc=1\r\n", ""},
	/* both tell of the same */
	{"Diversion: <sip:101@h>\r\n"
	 HIST "<sip:100@pbx>;index=1, <sip:101@pbx>;index=1.1, "
	      "<sip:204@pbx>;index=1.1.1\r\n",
	 "101 100"},
	/* the newest of many */
	{HIST "<sip:1@h>;index=1,<sip:2@h>;index=2,<sip:3@h>;index=3,"
	      "<sip:4@h>;index=4,<sip:5@h>;index=5,<sip:6@h>;index=6,"
	      "<sip:7@h>;index=7,<sip:8@h>;index=8,<sip:9@h>;index=9,"
	      "<sip:10@h>;index=10,<sip:11@h>;index=11,<sip:12@h>;index=12,"
	      "<sip:13@h>;index=13,<sip:14@h>;index=14,<sip:15@h>;index=15,"
	      "<sip:16@h>;index=16,<sip:17@h>;index=17,<sip:18@h>;index=18,"
	      "<sip:99@h>;index=0\r\n",
	 "17 16 15 14"},
};


static void who_sent_a_call_on_is_told_the_newest_first(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(diverted_rows); i++) {
		const struct caller c = caller_of(
			"<sip:9@h>", diverted_rows[i].headers, false);
		char text[CALLER_DIVERTED_MAX * (NUMBER_MAX + 1)] = "";

		assert_in_range(c.divertedc, 0, CALLER_DIVERTED_MAX);
		for (size_t n = 0; n < c.divertedc; n++) {
			(void)strcat(text, n ? " " : "");
			(void)strcat(text, c.diverted[n]);
		}
		assert_string_equal(text, diverted_rows[i].diverted);
	}
}


/* -- what libre confuses ------------------------------------------------ */

/** A name with the same 12 bits of libre's hash */
static void alias_of(char *alias, size_t size, const char *name)
{
	const uint32_t want = hash_joaat_ci(name, strlen(name)) & 0xfff;

	for (unsigned i = 0;; i++) {
		(void)snprintf(alias, size, "y-%u", i);
		if ((hash_joaat_ci(alias, strlen(alias)) & 0xfff) == want)
			return;
	}
}


static void a_header_of_the_same_hash_is_another_one(void **state)
{
	static const char *const names[] = {
		"P-Asserted-Identity", "Privacy", "Priority", "Diversion",
		"History-Info"};
	(void)state;

	for (size_t i = 0; i < ROWS(names); i++) {
		char alias[32], headers[512];
		struct caller c;

		alias_of(alias, sizeof(alias), names[i]);
		(void)snprintf(headers, sizeof(headers),
			       "%s: <tel:+49301>;index=1,<tel:2>;index=2\r\n"
			       "%s: id\r\n%s: psap-callback\r\n",
			       alias, alias, alias);
		c = caller_of("<sip:9@h>", headers, true);
		assert_string_equal(c.asserted, "");
		assert_false(c.anonymous);
		assert_false(c.psap_callback);
		assert_int_equal(c.divertedc, 0);
	}
}


/* -- what is too long --------------------------------------------------- */

static void a_number_does_not_hide_behind_separators(void **state)
{
	char from[2048] = "<sip:+49301";
	struct caller c;
	(void)state;

	(void)memset(from + strlen(from), '-', 1200);
	(void)strcat(from, "2@h>");
	c = caller_of(from, "", false);
	assert_string_equal(c.from.number, "");
	assert_true(c.from.truncated);
	assert_false(c.anonymous);
}


static void the_source_is_the_address_without_its_port(void **state)
{
	struct sip_msg *msg = message("<sip:9@h>", "");
	struct caller a, b;
	(void)state;

	assert_int_equal(sa_set_str(&msg->src, "192.0.2.1", 5060), 0);
	sip_caller_read(&a, msg, false);
	assert_int_equal(sa_set_str(&msg->src, "192.0.2.1", 40000), 0);
	sip_caller_read(&b, msg, false);
	assert_true(a.source == b.source);
	assert_int_equal(sa_set_str(&msg->src, "192.0.2.2", 5060), 0);
	sip_caller_read(&b, msg, false);
	assert_true(a.source != b.source);

	mem_deref(msg);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			from_says_who_and_whether_it_is_anybody),
		cmocka_unit_test(privacy_and_priority_are_read_word_by_word),
		cmocka_unit_test(a_trusted_peer_asserts_and_others_do_not),
		cmocka_unit_test(who_sent_a_call_on_is_told_the_newest_first),
		cmocka_unit_test(a_header_of_the_same_hash_is_another_one),
		cmocka_unit_test(a_number_does_not_hide_behind_separators),
		cmocka_unit_test(the_source_is_the_address_without_its_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
