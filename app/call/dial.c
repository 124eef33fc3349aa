/**
 * @file app/call/dial.c  Our calls: from what was entered to how they ended
 */
#include "app/call/reducers.h"

#include <errno.h>
#include <string.h>

static const char host_anonymous[] = "@anonymous.invalid"; /* RFC 3323 4.1.1 */


static size_t scheme_len(const char *text)
{
	static const char *const scheme[] = {"sip:", "sips:"};
	const size_t n = sizeof(scheme) / sizeof(scheme[0]);

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		/* Schemes are compared without case: | ' ' makes it small */
		while (scheme[i][k] && (text[k] | ' ') == (scheme[i][k] | ' '))
			++k;

		if (!scheme[i][k])
			return k;
	}

	return 0;
}


/* The rest of the grammar is the SIP port's; here, what could be taken for
   the end of the address, or of the line */
static bool uri_char_allowed(char c)
{
	return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"';
}


/** Append what may be called to a buffer; @return whether it fitted */
static bool append(char *dst, size_t size, const char *src, size_t len)
{
	const size_t used = strlen(dst);

	if (used + len >= size)
		return false;

	memcpy(dst + used, src, len);
	dst[used + len] = '\0';

	return true;
}


static int party_from_uri(struct party *party, const char *text, size_t scheme)
{
	const char *user = text + scheme;
	const char *at = strchr(user, '@');
	size_t len;

	if (!*user ||
	    !append(party->uri, sizeof(party->uri), text, strlen(text)))
		return EINVAL;

	for (const char *c = text; *c; c++) {
		if (!uri_char_allowed(*c))
			return EINVAL;
	}

	if (!at)
		return 0;

	len = strcspn(user, ":@"); /* a password is not shown */
	if (len >= sizeof(party->user)) {
		len = sizeof(party->user) - 1;
		party->truncated = true;
	}
	memcpy(party->user, user, len);
	party->user[len] = '\0';
	(void)number_normalise(party->number, party->user);

	return 0;
}


static int party_from_digits(struct party *party, const char *text,
			     const char *domain)
{
	char *uri = party->uri;
	const size_t size = sizeof(party->uri);
	bool fits;

	if (!number_normalise(party->number, text) || !*domain)
		return EINVAL;

	text_copy(party->user, sizeof(party->user), party->number);

	fits = append(uri, size, "sip:", strlen("sip:"));
	for (const char *c = party->number; *c; c++) {
		/* RFC 3261 25.1: '#' can't stand in a user part */
		if (*c == '#')
			fits = fits && append(uri, size, "%23", 3);
		else
			fits = fits && append(uri, size, c, 1);
	}
	fits = fits && append(uri, size, "@", 1) &&
	       append(uri, size, domain, strlen(domain));

	return fits ? 0 : EINVAL;
}


static void show_result(const struct step *s, const struct history_entry *e,
			const struct call_end *end)
{
	struct phone_result *r = &s->p->result;

	if (!status_find(end))
		return;

	r->shown = true;
	r->party = e->party;
	r->account = e->account;
	r->end = *end;
	r->since_ms = s->now->mono_ms;
	r->at_valid = s->now->utc_valid;
	r->at_s = s->now->utc_valid ? s->now->utc_s : 0;
}


void dial_closed(const struct step *s, const struct call *c,
		 const struct call_end *end)
{
	static const enum decided_by by[CALL_CAUSE_COUNT] = {
		[CALL_CAUSE_STATUS] = DECIDED_REMOTE,
		[CALL_CAUSE_BYE] = DECIDED_REMOTE,
		[CALL_CAUSE_CANCEL] = DECIDED_REMOTE,
		[CALL_CAUSE_LOCAL] = DECIDED_PHONE,
		[CALL_CAUSE_TIMEOUT] = DECIDED_NETWORK,
		[CALL_CAUSE_DNS] = DECIDED_NETWORK,
		[CALL_CAUSE_CONNECTION] = DECIDED_NETWORK,
		[CALL_CAUSE_MEDIA] = DECIDED_PHONE,
		[CALL_CAUSE_ADDRESS] = DECIDED_PHONE,
	};
	struct history_entry e;

	calls_entry(&e, s, c);
	e.cause = end->cause;
	e.by = by[end->cause];
	e.scode = end->cause == CALL_CAUSE_STATUS ? end->scode : 0;
	text_copy(e.phrase, sizeof(e.phrase), end->phrase);
	phone_record(s->p, &e);
	show_result(s, &e, end);
}


static uint32_t outgoing_id(struct phone *p)
{
	const uint32_t id = p->next_id++ | CALL_ID_OUTGOING;

	p->next_id &= CALL_ID_OUTGOING - 1;

	return id;
}


static void dial_call(const struct step *s, const struct party *party,
		      unsigned account)
{
	struct phone *p = s->p;
	struct call *c = calls_free_slot(p);
	const struct party to = *party; /* it may be part of what is cleared */
	struct command *cmd;

	if (!c || phone_current(p))
		return;

	phone_clear_screen(p);
	if (p->remind.set && !strcmp(p->remind.party.uri, to.uri))
		p->remind.set = false;

	calls_init(s, c, outgoing_id(p), &to, account);
	c->outgoing = true;
	calls_set_state(s, c, CALL_CALLING);

	emergency_note(s, &to);
	cmd = command_add(s->out, CMD_DIAL, c->id);
	cmd->dial.account = account;
	memcpy(cmd->dial.uri, to.uri, sizeof(cmd->dial.uri));
}


static void dial_failed(const struct step *s, const struct party *party)
{
	static const struct call_end end = {.cause = CALL_CAUSE_ADDRESS};
	struct call c;

	phone_clear_screen(s->p);
	calls_init(s, &c, outgoing_id(s->p), party, 0);
	c.outgoing = true;
	dial_closed(s, &c, &end);
}


void dial_open(struct phone *p)
{
	p->dialling = true;
	p->dial[0] = '\0';
	p->menu.list = PHONE_LIST_NONE;
}


void dial_close(struct phone *p)
{
	p->dialling = false;
	p->dial[0] = '\0';
}


void dial_digit(struct phone *p, char digit)
{
	(void)append(p->dial, sizeof(p->dial), &digit, 1);
}


void dial_delete(struct phone *p)
{
	const size_t len = strlen(p->dial);

	if (len)
		p->dial[len - 1] = '\0';
}


void dial_send(const struct step *s)
{
	char text[PHONE_DIAL_MAX];

	memcpy(text, s->p->dial, sizeof(text));
	if (text[0])
		dial_text(s, text);
}


void dial_text(const struct step *s, const char *text)
{
	const struct phone_settings *set = s->p->settings;
	const size_t scheme = scheme_len(text);
	struct party party;
	int err;

	if (!*text || phone_current(s->p))
		return;

	memset(&party, 0, sizeof(party));
	if (scheme)
		err = party_from_uri(&party, text, scheme);
	else if (set->accountc)
		err = party_from_digits(&party, text, set->account[0].domain);
	else
		err = EINVAL;

	if (err) {
		/* Shown as it was entered: there is nothing to call */
		party.uri[0] = '\0';
		(void)text_clean(party.user, sizeof(party.user), text,
				 strlen(text));
		dial_failed(s, &party);
		return;
	}

	dial_call(s, &party, 0);
}


void dial_party(const struct step *s, const struct party *party,
		unsigned account)
{
	if (dial_callable(party))
		dial_call(s, party, account);
}


bool dial_callable(const struct party *party)
{
	const size_t len = strlen(party->uri);
	const size_t tail = strlen(host_anonymous);

	if (!scheme_len(party->uri))
		return false;

	return len < tail ||
	       strcmp(party->uri + len - tail, host_anonymous) != 0;
}
