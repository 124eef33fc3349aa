/**
 * @file firmware/sip/invite.c  An INVITE that is no call
 */
#include "firmware/sip/invite.h"

#include "firmware/sip/caller.h"
#include "firmware/sip/guard.h"
#include "firmware/sip/stack.h"


/** As it came from the network: each line ends in CRLF */
static int lines_copy(struct mbuf *mb, const uint8_t *bytes, size_t len)
{
	int err = 0;

	for (size_t i = 0; i < len && !err; i++) {
		if (bytes[i] == '\n' && (!i || bytes[i - 1] != '\r'))
			err = mbuf_write_u8(mb, '\r');
		if (!err)
			err = mbuf_write_u8(mb, bytes[i]);
	}
	mb->pos = 0;

	return err;
}


/** What our libre answers, or drops, before anybody is asked; NULL: nothing */
static const char *unsound(const struct sip_msg *msg)
{
	if (!pl_isset(&msg->via.branch))
		return "it has no Via with a branch: it is dropped";

	if (msg->repeated)
		return "it has a header twice that comes once: it is "
		       "answered 400 Bad Request, before any rule";

	if (!pl_isset(&msg->to.auri) || !pl_isset(&msg->from.auri) ||
	    !pl_isset(&msg->callid) || pl_cmp(&msg->cseq.met, &msg->met))
		return "To, From, Call-ID or CSeq is missing or not sound: "
		       "it is answered 400 Bad Request, before any rule";

	if (pl_isset(&msg->to.tag))
		return "it has a tag in To: it belongs to a call, and is "
		       "answered 481 Call Does Not Exist if there is none";

	return NULL;
}


static int invite_take(struct caller *c, const struct sip_config *cfg,
		       const struct sip_msg *msg, bool trusted,
		       const char **what)
{
	if (!msg->req || pl_strcmp(&msg->met, "INVITE")) {
		*what = "it is no INVITE";
		return EBADMSG;
	}

	*what = unsound(msg);
	if (*what)
		return EBADMSG;

	sip_caller_read(c, msg, trusted);
	if (!stack_account_find(cfg, &c->account, msg)) {
		*what = "it is for a user that is no account's: it is "
			"answered 404 Not Found, before any rule";
		return ENOENT;
	}

	return 0;
}


int sip_invite_read(struct caller *c, const struct sip_config *cfg,
		    const uint8_t *bytes, size_t len, bool trusted,
		    const char **what)
{
	struct sip_msg *msg = NULL;
	struct mbuf *mb;
	int err;

	mb = mbuf_alloc(len + 1);
	if (!mb)
		return ENOMEM;

	err = lines_copy(mb, bytes, len);
	if (err)
		goto out;

	if (!guard_allows(mb->buf, mb->end)) {
		*what = "it is no SIP message, or one with more, or longer, "
			"headers than the phone reads: it is dropped";
		err = EBADMSG;
		goto out;
	}

	err = sip_msg_decode(&msg, mb);
	if (err) {
		*what = "it is no SIP message, or not a whole one: it is "
			"dropped";
		err = err == ENOMEM ? err : EBADMSG;
		goto out;
	}

	err = invite_take(c, cfg, msg, trusted, what);

out:
	mem_deref(msg);
	mem_deref(mb);

	return err;
}


int sip_refusal_print(char *dst, size_t size, const struct refusal *r)
{
	return re_snprintf(dst, size, "%H", value_refusal_print, r) < 0
		       ? ENOSPC
		       : 0;
}
