/**
 * @file tests/fuzz/invite_fuzz.c  A file with an INVITE, as it is asked about
 *
 * What a person saved with line feeds alone is the same message. Whoever calls
 * is whom the network's readers see. The rest of the target's bytes is an
 * address to send on to: no byte of it may end the header that it stands in.
 */
#include "tests/fuzz/fuzz.h"

#include <errno.h>

#include "firmware/sip/caller.h"
#include "firmware/sip/guard.h"
#include "firmware/sip/invite.h"
#include "firmware/sip/stack.h"
#include "tests/fuzz/caller_check.h"

enum {
	REFUSAL_MAX = 2 * POLICY_URI_MAX,
};

static const struct sip_config cfg = {
	.account =
		{
			{.name = "a", .user = "204", .domain = "pbx.test"},
			{.name = "b",
			 .user = "o%2Bx",
			 .domain = "[2001:db8::1]:5070"},
			{.name = "c", .user = "204", .domain = "b.test:5080"},
		},
	.accountc = 3,
};


/** As a file is that an editor has saved: no CR in front of a LF */
static struct mbuf *lines_strip(const uint8_t *data, size_t len)
{
	struct mbuf *mb = mbuf_alloc(len + 1);

	expect(mb != NULL);
	for (size_t i = 0; i < len; i++) {
		if (data[i] != '\r' || i + 1 == len || data[i + 1] != '\n')
			expect(!mbuf_write_u8(mb, data[i]));
	}

	return mb;
}


/** What the network's readers see, of the bytes as they are; what is refused
    before is not asked for here */
static int network_read(struct caller *c, const uint8_t *data, size_t len)
{
	struct mbuf *mb = mbuf_alloc(len + 1);
	struct sip_msg *msg = NULL;
	int err = EBADMSG;

	expect(mb && !mbuf_write_mem(mb, data, len));
	mb->pos = 0;
	if (guard_allows(data, len) && !sip_msg_decode(&msg, mb) && msg->req &&
	    !pl_strcmp(&msg->met, "INVITE")) {
		sip_caller_read(c, msg, false);
		err = stack_account_find(&cfg, &c->account, msg) ? 0 : ENOENT;
	}

	mem_deref(msg);
	mem_deref(mb);

	return err;
}


static bool has_bare_lf(const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\n' && (!i || data[i - 1] != '\r'))
			return true;
	}

	return false;
}


/** Of two, the one that is left would belong to the line's end */
static bool has_two_cr(const uint8_t *data, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		if (data[i] == '\r' && data[i - 1] == '\r')
			return true;
	}

	return false;
}


static void invite_check(const uint8_t *data, size_t len)
{
	static struct caller trusted, other, same;
	struct mbuf *mb = lines_strip(data, len);
	const char *what = NULL;
	int err;

	err = sip_invite_read(&other, &cfg, data, len, false, &what);
	expect(!err || ((err == EBADMSG || err == ENOENT) && what && *what));
	if (!has_two_cr(data, len)) {
		expect(err == sip_invite_read(&same, &cfg, mb->buf, mb->end,
					      false, &what));
		expect(err || !memcmp(&same, &other, sizeof(same)));
	}
	if (err != EBADMSG && !has_bare_lf(data, len)) {
		expect(err == network_read(&same, data, len));
		expect(err || !memcmp(&same, &other, sizeof(same)));
	}

	expect(err == sip_invite_read(&trusted, &cfg, data, len, true, &what));
	if (!err) {
		expect(other.account < cfg.accountc);
		caller_check(&other, false);
		caller_check(&trusted, true);
		caller_same(&trusted, &other);
	}

	mem_deref(mb);
}


/** Three headers and the end of the message, or two if the address can't
    stand in one; nothing else */
static void refusal_check(const uint8_t *uri, size_t len)
{
	struct refusal r = {
		.scode = 302,
		.phrase = "Moved Temporarily",
		.q850 = 21,
		.reason = "Call Rejected",
		.has_retry_after = true,
		.retry_after_s = UINT32_MAX,
	};
	static const char rest[] =
		"Reason: Q.850;cause=21;text=\"Call Rejected\"\r\n"
		"Retry-After: 4294967295\r\n"
		"Content-Length: 0\r\n\r\n";
	static const char contact[] = "Contact: <";
	char text[REFUSAL_MAX], *p = text;

	if (len >= sizeof(r.contact))
		len = sizeof(r.contact) - 1;
	if (len)
		memcpy(r.contact, uri, len);

	expect(!sip_refusal_print(text, sizeof(text), &r));
	if (!strncmp(p, contact, strlen(contact))) {
		p += strlen(contact);
		expect(!strncmp(p, r.contact, strlen(r.contact)));
		p += strcspn(p, ">\"< \r\n\t");
		expect(p == text + strlen(contact) + strlen(r.contact));
		expect(!strncmp(p, ">\r\n", 3));
		p += 3;
	}
	expect(!strcmp(p, rest));
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const uint8_t *end = memchr(data, '\0', len);
	const size_t message_len = end ? (size_t)(end - data) : len;

	invite_check(data, message_len);
	if (end)
		refusal_check(end + 1, len - message_len - 1);

	return 0;
}
