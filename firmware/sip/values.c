/**
 * @file firmware/sip/values.c  From SIP messages to values, and back
 */
#include "firmware/sip/identity.h"
#include "firmware/sip/stack.h"


/** RFC 3261 25.1: quoted-string; a token sequence is taken as it is */
static size_t unquote(char *dst, size_t size, const struct pl *pl)
{
	const char *p = pl->p;
	size_t len = pl->l, i, n = 0;
	bool quoted;

	quoted = len >= 2 && p[0] == '"' && p[len - 1] == '"';
	if (quoted) {
		++p;
		len -= 2;
	}

	for (i = 0; i < len && n < size; i++) {
		if (quoted && p[i] == '\\' && i + 1 < len)
			++i;
		dst[n++] = p[i];
	}

	return n;
}


static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;

	return -1;
}


/** RFC 3261 19.1.2: escapes are decoded once, never again */
size_t value_unescape(char *dst, size_t size, const struct pl *pl)
{
	size_t i, n = 0;

	for (i = 0; i < pl->l && n < size; i++) {
		char c = pl->p[i];

		if (c == '%' && i + 2 < pl->l) {
			const int hi = hex_digit(pl->p[i + 1]);
			const int lo = hex_digit(pl->p[i + 2]);

			if (hi >= 0 && lo >= 0) {
				c = (char)(hi * 16 + lo);
				i += 2;
			}
		}
		dst[n++] = c;
	}

	return n;
}


/** Whether it is an address that can be sent to */
bool value_is_sip(const char *uri)
{
	struct identity id;
	struct pl pl;

	pl_set_str(&pl, uri);

	return identity_uri(&id, &pl) && !id.tel;
}


void value_party(struct party *party, const struct sip_taddr *addr)
{
	/* What the guard lets through fits; the cleaned text may be longer:
	   an invalid byte becomes three */
	char buf[1024];
	struct identity id;
	struct pl user, name;
	size_t n;

	memset(party, 0, sizeof(*party));
	if (!identity_uri(&id, &addr->auri))
		memset(&id, 0, sizeof(id));
	identity_number(party->number, &id);

	if (!text_clean(party->uri, sizeof(party->uri), addr->auri.p,
			addr->auri.l))
		party->truncated = true;

	/* A number's parameters are not for people */
	user = id.user;
	if (party->number[0] && pl_strchr(&user, ';'))
		user.l = (size_t)(pl_strchr(&user, ';') - user.p);
	n = value_unescape(buf, sizeof(buf), &user);
	if (!text_clean(party->user, sizeof(party->user), buf, n))
		party->truncated = true;

	/* libre keeps the backslashes, and of a name of two words the last */
	if (identity_name(&name, &addr->val)) {
		n = unquote(buf, sizeof(buf), &name);
		if (!text_clean(party->name, sizeof(party->name), buf, n))
			party->truncated = true;
	}
}


static bool retry_after_decode(uint32_t *retry_after_s,
			       const struct sip_msg *msg)
{
	const struct sip_hdr *hdr = sip_msg_hdr(msg, SIP_HDR_RETRY_AFTER);
	uint64_t v = 0;
	size_t i;

	if (!hdr)
		return false;

	/* RFC 3261 20.33: delta-seconds, then a comment or parameters */
	for (i = 0; i < hdr->val.l; i++) {
		const char c = hdr->val.p[i];

		if (c < '0' || c > '9')
			break;
		v = v * 10 + (uint64_t)(c - '0');
		if (v > UINT32_MAX)
			v = UINT32_MAX;
	}
	if (!i)
		return false;

	*retry_after_s = (uint32_t)v;
	return true;
}


static enum call_cause cause_of_error(int err, bool sent)
{
	switch (err) {

	case ETIMEDOUT:
		/* Before our request was sent only the name server can have
		   been silent */
		return sent ? CALL_CAUSE_TIMEOUT : CALL_CAUSE_DNS;

	case ENOENT:
	case EDESTADDRREQ:
	case EADDRNOTAVAIL:
	case ENXIO:
	case ESRCH:
		return sent ? CALL_CAUSE_CONNECTION : CALL_CAUSE_DNS;

	case EBADMSG:
	case ENOTSUP:
	case EPROTO:
	case ENODEV:
		return CALL_CAUSE_MEDIA;

	default:
		return CALL_CAUSE_CONNECTION;
	}
}


/**
 * How a call came to its end
 *
 * @param end Set
 * @param sc  The call
 * @param err Why its session closed, 0: by a response
 * @param msg The final response, CANCEL or BYE, or NULL
 */
void value_end(struct call_end *end, const struct stack_call *sc, int err,
		 const struct sip_msg *msg)
{
	memset(end, 0, sizeof(*end));

	if (msg && msg->req) {
		end->cause = pl_strcmp(&msg->met, "CANCEL")
				     ? CALL_CAUSE_BYE
				     : CALL_CAUSE_CANCEL;
	}
	else if (msg && msg->scode >= 300) {
		end->cause = CALL_CAUSE_STATUS;
		end->scode = msg->scode;
		(void)text_clean(end->phrase, sizeof(end->phrase),
				 msg->reason.p, msg->reason.l);
		end->has_retry_after =
			retry_after_decode(&end->retry_after_s, msg);
	}
	else if (sc->established && !err) {
		end->cause = CALL_CAUSE_BYE;
	}
	else {
		end->cause = cause_of_error(err, sc->sent || !sc->outgoing);
	}
}


/** Whether a URI can stand between angle brackets (RFC 3261 20.10) */
static bool is_bracketable(const char *uri)
{
	const char *p;

	for (p = uri; *p; p++) {
		if (*p <= ' ' || *p > '~' || *p == '<' || *p == '>' ||
		    *p == '"')
			return false;
	}

	return p > uri;
}


/** The headers of a refusal, up to the end of the message */
int value_refusal_print(struct re_printf *pf, const struct refusal *r)
{
	int err = 0;

	if (is_bracketable(r->contact))
		err |= re_hprintf(pf, "Contact: <%s>\r\n", r->contact);

	if (r->q850)
		err |= re_hprintf(pf, "Reason: Q.850;cause=%u;text=\"%s\"\r\n",
				  r->q850, r->reason);
	if (r->has_retry_after)
		err |= re_hprintf(pf, "Retry-After: %u\r\n",
				  r->retry_after_s);

	return err | re_hprintf(pf, "Content-Length: 0\r\n\r\n");
}
