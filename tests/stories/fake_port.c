/**
 * @file tests/stories/fake_port.c  A SIP port without a network
 */
#include "tests/stories/story.h"

#include <errno.h>
#include <inttypes.h>

enum {
	TEXT_MAX = 256,
};


static void wire(struct story *st, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));


static void wire(struct story *st, const char *fmt, ...)
{
	const size_t used = strlen(st->wire);
	const char *sep = used ? "; " : "";
	char text[TEXT_MAX * 2];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);

	/* A long story that does not look is none that forgets */
	(void)snprintf(st->wire + used, sizeof(st->wire) - used, "%s%s", sep,
		       text);
}


static const char *id_text(uint32_t id)
{
	static char text[TEXT_MAX];

	(void)snprintf(text, sizeof(text), "%s%" PRIu32,
		       id & CALL_ID_OUTGOING ? "out" : "",
		       id & ~(uint32_t)CALL_ID_OUTGOING);

	return text;
}


enum story_call *story_book(struct story *st, uint32_t id)
{
	const uint32_t i = id & ~(uint32_t)CALL_ID_OUTGOING;

	assert_in_range(i, 0, STORY_CALL_MAX - 1);

	return id & CALL_ID_OUTGOING ? &st->out[i] : &st->in[i];
}


static void inside(struct story *st)
{
	void (*h)(struct story *) = st->inside;

	st->inside = NULL;
	if (h)
		h(st);
}


static void close_inside(struct story *st, uint32_t id, enum call_cause cause)
{
	struct phone_event ev = {.type = EV_CLOSED, .id = id};

	*story_book(st, id) = STORY_OVER;
	ev.end.cause = cause;
	if (!st->mute_port)
		assert_int_equal(dispatch_post(&st->d, &ev), 0);
}


static int port_accept(void *ctx, uint32_t id)
{
	struct story *st = ctx;

	wire(st, "accept %s", id_text(id));
	assert_int_equal(*story_book(st, id), STORY_INVITED);
	*story_book(st, id) = STORY_RINGING;
	inside(st);

	if (*story_book(st, id) == STORY_OVER)
		return ENOENT;
	if (st->accept_cancels) {
		++st->finals[id];
		close_inside(st, id, CALL_CAUSE_CANCEL);
		return ENOENT;
	}

	return st->accept_err;
}


static void refusal_text(char *text, size_t size, const struct refusal *r)
{
	char retry[TEXT_MAX] = "";
	char contact[TEXT_MAX + 4] = "";
	char q850[TEXT_MAX] = "";

	assert_non_null(r->phrase);
	assert_string_equal(r->phrase, refusal_phrase(r->scode));
	assert_true((r->q850 != 0) == (r->reason != NULL));

	if (r->q850)
		(void)snprintf(q850, sizeof(q850), " q%u", r->q850);
	if (r->contact[0])
		(void)snprintf(contact, sizeof(contact), " to %s",
			       r->contact);
	if (r->has_retry_after)
		(void)snprintf(retry, sizeof(retry), " retry %" PRIu32,
			       r->retry_after_s);

	assert_true(r->contact[0] == '\0' || r->scode == 302);
	assert_in_range(snprintf(text, size, "%u%s%s%s", r->scode, q850, retry,
				 contact),
			1, size - 1);
}


static int port_refuse(void *ctx, uint32_t id, const struct refusal *r)
{
	struct story *st = ctx;
	char text[TEXT_MAX];

	refusal_text(text, sizeof(text), r);
	wire(st, "refuse %s %s", id_text(id), text);
	assert_int_equal(*story_book(st, id), STORY_INVITED);
	*story_book(st, id) = STORY_OVER;
	++st->finals[id];
	inside(st);

	return 0;
}


static int port_answer(void *ctx, uint32_t id, enum audio_path path)
{
	struct story *st = ctx;

	wire(st, "answer %s%s", id_text(id),
	     path == AUDIO_PATH_SPEAKER ? " speaker" : "");
	if (*story_book(st, id) == STORY_OVER)
		return ENOENT;

	assert_int_equal(*story_book(st, id), STORY_RINGING);
	if (!st->answer_err) {
		*story_book(st, id) = STORY_ANSWERED;
		++st->finals[id];
	}
	inside(st);

	return *story_book(st, id) == STORY_OVER ? ENOENT : st->answer_err;
}


static int port_reject(void *ctx, uint32_t id, const struct refusal *r)
{
	struct story *st = ctx;
	char text[TEXT_MAX];

	refusal_text(text, sizeof(text), r);
	wire(st, "reject %s %s", id_text(id), text);
	if (*story_book(st, id) == STORY_OVER)
		return ENOENT;

	assert_int_equal(*story_book(st, id), STORY_RINGING);
	++st->finals[id];
	*story_book(st, id) = STORY_OVER;
	inside(st);
	close_inside(st, id, CALL_CAUSE_LOCAL);

	return 0;
}


static int port_hangup(void *ctx, uint32_t id)
{
	struct story *st = ctx;

	wire(st, "hangup %s", id_text(id));
	if (*story_book(st, id) == STORY_OVER)
		return ENOENT;

	assert_int_not_equal(*story_book(st, id), STORY_NONE);
	assert_int_not_equal(*story_book(st, id), STORY_INVITED);
	*story_book(st, id) = STORY_OVER;
	inside(st);
	close_inside(st, id, CALL_CAUSE_LOCAL);

	return 0;
}


static int port_dial(void *ctx, uint32_t id, unsigned account, const char *uri)
{
	struct story *st = ctx;

	wire(st, "dial %s a%u %s", id_text(id), account, uri);
	assert_true(id & CALL_ID_OUTGOING);
	assert_int_equal(*story_book(st, id), STORY_NONE);

	if (st->dial_err)
		return st->dial_err;

	*story_book(st, id) = STORY_RINGING;
	inside(st);

	return 0;
}


static int talking(struct story *st, uint32_t id, int err)
{
	if (*story_book(st, id) == STORY_OVER)
		return ENOENT;

	assert_int_equal(*story_book(st, id), STORY_ANSWERED);

	return err;
}


static int port_hold(void *ctx, uint32_t id, bool on)
{
	struct story *st = ctx;

	wire(st, "hold %s %s", id_text(id), on ? "on" : "off");

	return talking(st, id, st->hold_err);
}


static int port_mute(void *ctx, uint32_t id, bool on)
{
	struct story *st = ctx;

	wire(st, "mute %s %s", id_text(id), on ? "on" : "off");

	return talking(st, id, st->mute_err);
}


static int port_dtmf(void *ctx, uint32_t id, char digit)
{
	struct story *st = ctx;

	wire(st, "dtmf %s %c", id_text(id), digit);
	assert_non_null(strchr("0123456789*#", digit));

	return talking(st, id, 0);
}


static int port_message(void *ctx, unsigned account, const char *uri,
			const char *text)
{
	struct story *st = ctx;

	wire(st, "message a%u %s \"%s\"", account, uri, text);

	return 0;
}


const struct sip_port story_port = {
	.accept = port_accept,
	.refuse = port_refuse,
	.answer = port_answer,
	.reject = port_reject,
	.hangup = port_hangup,
	.dial = port_dial,
	.hold = port_hold,
	.mute = port_mute,
	.dtmf = port_dtmf,
	.message = port_message,
};
