/**
 * @file firmware/sip/message.c  A text to who was declined (RFC 3428)
 */
#include "firmware/journal.h"
#include "firmware/sip/stack.h"

enum {
	WHAT_SIZE = 256,
};


/** All that is heard of it: the person has gone on to something else */
static void response_handler(int err, const struct sip_msg *msg, void *arg)
{
	char what[WHAT_SIZE], clean[WHAT_SIZE];
	(void)arg;

	if (!err && msg->scode < 300) {
		journal_say(JOURNAL_NOTICE, "the message was delivered: %u",
			    msg->scode);
		return;
	}

	if (err)
		(void)re_snprintf(what, sizeof(what), "%m", err);
	else
		(void)re_snprintf(what, sizeof(what), "%u %r", msg->scode,
				  &msg->reason);
	(void)text_clean(clean, sizeof(clean), what, str_len(what));
	journal_say(JOURNAL_WARNING, "the message was not delivered: %s",
		    clean);
}


int stack_message(void *ctx, unsigned account, const char *uri,
		  const char *text)
{
	struct sip_stack *stack = ctx;

	if (account >= stack->cfg.accountc || !value_is_sip(uri))
		return EINVAL;

	return sip_req_send(stack->ua[account], "MESSAGE", uri,
			    response_handler, NULL,
			    "Content-Type: text/plain;charset=UTF-8\r\n"
			    "Content-Length: %zu\r\n"
			    "\r\n%s",
			    str_len(text), text);
}
