/**
 * @file firmware/why/ask.c  The question becomes an INVITE, and is decided
 */
#include "firmware/why/why.h"

#include "firmware/clock.h"
#include "firmware/config/file.h"
#include "firmware/sip/invite.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	MESSAGE_MAX = 16 * 1024, /**< as the phone reads from the network */
	PASSED_FIRST = 16,
	MS_PER_S = 1000,
	MS_PER_MIN = 60 * MS_PER_S,
};

static const char no_seconds[] = "2026-12-24T18:30";


static int fail(char what[WHY_WHAT_MAX], int err, const char *text)
{
	(void)snprintf(what, WHY_WHAT_MAX, "%s", text);

	return err;
}


/* When */

/** A time without an offset is the phone's own, where the hours are */
static int local_parse(int64_t *utc_s, const char *text,
		       const struct zone *zone)
{
	static struct zone utc;
	char full[CLOCK_TEXT_MAX];
	struct civil c;
	int64_t ms;
	int n;

	n = snprintf(full, sizeof(full), "%s%sZ", text,
		     strlen(text) == strlen(no_seconds) ? ":00" : "");
	if (n < 0 || (size_t)n >= sizeof(full) || clock_parse(&ms, full))
		return EBADMSG;

	zone_utc_init(&utc);
	zone_to_civil(&utc, ms / MS_PER_S, &c);
	*utc_s = zone_from_civil(zone, &c);

	return 0;
}


static int time_take(struct now *now, const char *text,
		     const struct zone *zone, char what[WHY_WHAT_MAX])
{
	int64_t ms;

	if (!clock_parse(&ms, text)) {
		const int64_t part_ms =
			(ms % MS_PER_S + MS_PER_S) % MS_PER_S;

		/* Down to the second, before 1970 as well */
		now->utc_s = (ms - part_ms) / MS_PER_S;
		now->utc_ms = (uint16_t)part_ms;
	}
	else if (!local_parse(&now->utc_s, text, zone)) {
		now->utc_ms = 0;
	}
	else {
		return fail(what, EBADMSG,
			    "--at: write a time as 2026-12-24T18:30, with an "
			    "offset as in 2026-12-24T18:30:00+01:00 if it is "
			    "not the phone's own");
	}
	now->utc_valid = true;

	return 0;
}


/* Who */

static const struct sip_account *account_find(const struct sip_config *sip,
					      const char *name)
{
	for (size_t i = 0; i < sip->accountc; i++) {
		if (!name || !strcmp(sip->account[i].name, name))
			return &sip->account[i];
	}

	return NULL;
}


/** Print into what is left of a buffer; @return whether it fitted */
static bool put(char *dst, size_t size, size_t *used, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));


static bool put(char *dst, size_t size, size_t *used, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(dst + *used, size - *used, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= size - *used)
		return false;
	*used += (size_t)n;

	return true;
}


/** RFC 3261 25.1: in a quoted string, quotes and backslashes are escaped */
static bool put_quoted(char *dst, size_t size, size_t *used, const char *text)
{
	bool fits = put(dst, size, used, "\"");

	for (; fits && *text; text++)
		fits = put(dst, size, used, "%s%c",
			   *text == '"' || *text == '\\' ? "\\" : "", *text);

	return fits && put(dst, size, used, "\" ");
}


/** The INVITE of who would call like this */
static int invite_write(char *dst, size_t size, size_t *len,
			const struct why_question *q,
			const struct sip_account *acc)
{
	const bool digits = !strchr(q->from, ':');
	bool fits;

	*len = 0;
	fits = put(dst, size, len,
		   "INVITE sip:%s@%s SIP/2.0\r\n"
		   "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKwhy\r\n"
		   "To: <sip:%s@%s>\r\n"
		   "Call-ID: why\r\n"
		   "CSeq: 1 INVITE\r\n"
		   "Max-Forwards: 70\r\n"
		   "From: ",
		   acc->user, acc->domain, acc->user, acc->domain);
	if (q->name)
		fits = fits && put_quoted(dst, size, len, q->name);
	fits = fits && put(dst, size, len, digits ? "<sip:%s@%s>" : "<%s%s>",
			   q->from, digits ? acc->domain : "") &&
	       put(dst, size, len, ";tag=why\r\n");
	for (size_t i = 0; i < q->headerc; i++)
		fits = fits && put(dst, size, len, "%s\r\n", q->header[i]);

	return fits && put(dst, size, len, "Content-Length: 0\r\n\r\n")
		       ? 0
		       : ENOSPC;
}


static int invite_load(char *dst, size_t size, size_t *len,
		       const struct why_question *q, char what[WHY_WHAT_MAX])
{
	const bool running = !q->config;
	struct stat st;
	int err;

	/* A phone that runs can't wait for what comes out of a pipe */
	if (running && !stat(q->invite, &st) && !S_ISREG(st.st_mode))
		return fail(what, EINVAL,
			    "--invite: it is no file: write the path of one");

	err = file_read(dst, size, len, q->invite);
	if (!err && *len == size)
		err = EFBIG;
	if (err)
		(void)snprintf(what, WHY_WHAT_MAX, "--invite: %s: %s",
			       q->invite, strerror(err));

	return err;
}


static int caller_take(struct why_answer *a, const struct why_question *q,
		       const struct sip_config *sip, char what[WHY_WHAT_MAX])
{
	const struct sip_account *acc = account_find(sip, q->account);
	char message[MESSAGE_MAX];
	const char *wrong = "it can't be read";
	size_t len = 0;
	int err;

	if (!acc)
		return fail(what, ENOENT,
			    q->account ? "--account: the configuration has "
					 "no account of this name"
				       : "the configuration has no account");

	if (q->invite) {
		err = invite_load(message, sizeof(message), &len, q, what);
		if (err)
			return err;
	}
	else if (invite_write(message, sizeof(message), &len, q, acc)) {
		return fail(what, EBADMSG, "it is longer than a message is");
	}

	err = sip_invite_read(&a->caller, sip, (const uint8_t *)message, len,
			      q->trusted, &wrong);
	if (err && q->invite)
		(void)snprintf(what, WHY_WHAT_MAX, "--invite: %s", wrong);
	else if (err)
		(void)snprintf(what, WHY_WHAT_MAX,
			       "%s: write --from sip:USER@HOST, tel:NUMBER or "
			       "digits, and with --header what an INVITE has "
			       "not already", wrong);

	return err;
}


/* What */

static void passed_handler(const struct policy_rule *rule,
			   const struct policy_match *failed, void *arg)
{
	struct why_answer *a = arg;

	if (a->passedc == a->passed_max) {
		const size_t max =
			a->passed_max ? 2 * a->passed_max : PASSED_FIRST;
		struct why_passed *v =
			realloc(a->passed, max * sizeof(*v));

		if (!v) {
			a->out_of_memory = true;
			return;
		}
		a->passed = v;
		a->passed_max = max;
	}

	a->passed[a->passedc++] = (struct why_passed){
		.rule = rule,
		.failed = failed,
	};
}


void why_phone_prepare(struct phone *p, const struct why_question *q,
		       const struct caller *caller, const struct now *now)
{
	const struct phone_event reg = {
		.type = EV_REGISTRATION,
		.registration = {
			.account = caller->account,
			.reg = PHONE_REG_OK,
			.others = q->others,
			.sip_607 = q->sip_607,
		},
	};
	const struct phone_event dnd = {
		.type = EV_DND_KEPT,
		.dnd = {.on = q->dnd},
	};
	struct commands out;

	phone_step(p, &reg, now, &out);
	phone_step(p, &dnd, now, &out);

	if (q->called_before_min) {
		struct history_entry e;

		memset(&e, 0, sizeof(e));
		dial_plan_apply(&p->settings->policy->plan, e.number,
				caller->from.number);
		e.start_ms = now->mono_ms -
			     (uint64_t)q->called_before_min * MS_PER_MIN;
		history_add(&p->history, &e);
	}

	/* Whoever it talks to */
	if (q->busy)
		p->call[0].state = CALL_TALKING;
	if (q->emergency)
		p->emergency_until_ms = now->mono_ms + 1;
}


int why_ask(struct why_answer *a, const struct why_question *q,
	    const struct phone *p, const struct sip_config *sip,
	    const struct now *now, char what[WHY_WHAT_MAX])
{
	const struct policy *policy = p->settings->policy;
	struct decide_facts facts;
	int err;

	memset(a, 0, sizeof(*a));
	a->now = *now;
	a->zone = &policy->zone;
	if (q->at) {
		err = time_take(&a->now, q->at, &policy->zone, what);
		if (err)
			return err;
	}

	err = caller_take(a, q, sip, what);
	if (err)
		return err;

	phone_facts(&facts, p, &a->caller, &a->now);
	decide(&a->verdict, policy, &facts, &a->now, passed_handler, a);
	dial_plan_apply(&policy->plan, a->number, a->caller.from.number);
	if (a->verdict.scode)
		refusal_from_verdict(&a->refusal, &a->verdict);

	return a->out_of_memory ? fail(what, ENOMEM, "no memory") : 0;
}


void why_answer_free(struct why_answer *a)
{
	free(a->passed);
	a->passed = NULL;
	a->passedc = a->passed_max = 0;
}
