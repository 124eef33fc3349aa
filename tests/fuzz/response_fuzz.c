/**
 * @file tests/fuzz/response_fuzz.c  What others answer to our requests
 *
 * As a final response to a call of ours: what it says is fit to be shown. As
 * the registrar's to a REGISTER: there are no more other phones at the address
 * than contacts were sent, and it is good for nothing that it doesn't name.
 */
#include "tests/fuzz/fuzz.h"

#include <ctype.h>

#include "firmware/sip/stack.h"

enum {
	PORT = 5060,
};

static struct sip_stack stack;
static struct phone_event told;

/* The account is found by where this is: it is never looked into */
static struct ua *const ua = (struct ua *)(void *)&stack;


static void event_handler(const struct phone_event *ev, void *arg)
{
	(void)arg;

	told = *ev;
}


static void end_check(const struct sip_msg *msg)
{
	static const struct stack_call sc = {.id = 1, .outgoing = true};
	char again[sizeof(((struct call_end *)0)->phrase)];
	struct call_end end;

	value_end(&end, &sc, 0, msg);
	expect(memchr(end.phrase, '\0', sizeof(end.phrase)));
	expect(text_clean(again, sizeof(again), end.phrase,
			  strlen(end.phrase)));
	expect(!strcmp(again, end.phrase));
	expect(end.cause != CALL_CAUSE_STATUS || end.scode == msg->scode);
	expect(end.cause == CALL_CAUSE_STATUS || msg->scode < 300);
	expect(!end.has_retry_after || sip_msg_hdr(msg, SIP_HDR_RETRY_AFTER));
}


/** At most so many contacts are listed in it */
static size_t contacts_max(const uint8_t *p, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += p[i] == ',' || p[i] == '\n';

	return n;
}


static bool names_607(const uint8_t *p, size_t len)
{
	static const char name[] = "+sip.607";
	const size_t n = strlen(name);

	for (size_t i = 0; i + n <= len; i++) {
		size_t k = 0;

		while (k < n && tolower(p[i + k]) == name[k])
			k++;
		if (k == n)
			return true;
	}

	return false;
}


static void registered_check(struct sip_msg *msg, const uint8_t *p, size_t len)
{
	char prm[32];

	memset(&stack, 0, sizeof(stack));
	stack.cfg.accountc = 1;
	stack.ua[0] = ua;
	stack.eventh = event_handler;
	stack.registrar[0].others_told = true; /* nothing in the journal */
	expect(!sa_set_str(&msg->src, "127.0.0.1", PORT));

	stack_registered_handler(ua, msg, &stack);
	expect(stack.registrar[0].others <= contacts_max(p, len));
	expect(!stack.registrar[0].sip_607 || names_607(p, len));

	stack_registration(&stack, ua, PHONE_REG_OK, NULL);
	expect(told.type == EV_REGISTRATION && !told.registration.scode &&
	       told.registration.others == stack.registrar[0].others);

	(void)re_snprintf(prm, sizeof(prm), "%u %r", msg->scode, &msg->reason);
	stack_registration(&stack, ua, PHONE_REG_FAILED, prm);
	expect(told.registration.scode == msg->scode);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct mbuf *mb = mbuf_alloc(len + 1);
	struct sip_msg *msg = NULL;

	expect(mb && !mbuf_write_mem(mb, data, len));
	mb->pos = 0;
	if (!sip_msg_decode(&msg, mb) && !msg->req) {
		end_check(msg);
		registered_check(msg, data, len);
	}

	mem_deref(msg);
	mem_deref(mb);

	return 0;
}
