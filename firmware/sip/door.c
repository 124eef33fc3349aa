/**
 * @file firmware/sip/door.c  Who is let in, and what is said of the others
 *
 * A stranger's request ends here, before libre has read it: what is not read
 * is not answered. What belongs to a call that lives, or to a request of
 * ours, passes from wherever it comes.
 */
#include <inttypes.h>

#include "firmware/journal.h"
#include "firmware/sip/guard.h"
#include "firmware/sip/stack.h"

enum {
	TELL_MS = 60 * 1000, /**< a flood must not fill the journal */
};


void stack_door_refused(struct sip_stack *stack, const struct sa *src)
{
	const uint64_t now_ms = tmr_jiffies();
	char text[SIP_ADDRESS_MAX];

	if (stack->ignored++ && now_ms - stack->ignored_told_ms < TELL_MS)
		return;

	stack->ignored_told_ms = now_ms;
	(void)re_snprintf(text, sizeof(text), "%j", src);
	journal_say(JOURNAL_NOTICE,
		    "ignored what strangers sent, %" PRIu64 " times so far, "
		    "the last from %s; accept_from says who is none",
		    stack->ignored, text);
}


static bool any_call(const struct sip_stack *stack)
{
	size_t i;

	for (i = 0; i < STACK_CALL_MAX; i++) {
		if (stack->call[i].id && stack->call[i].call)
			return true;
	}

	return false;
}


static bool is_own_dialog(const struct sip_stack *stack,
			  const struct pl *callid)
{
	size_t i;

	for (i = 0; i < STACK_CALL_MAX; i++) {
		const struct stack_call *sc = &stack->call[i];

		if (sc->id && sc->call &&
		    0 == pl_strcmp(callid, call_id(sc->call)))
			return true;
	}

	return origin_dialog_lately(&stack->origin, callid, tmr_jiffies());
}


static bool stranger_passes(const struct sip_stack *stack, bool stream,
			    const uint8_t *p, size_t len)
{
	struct pl callid;

	/* A connection, which he needs for a request in a call of ours */
	if (!p)
		return any_call(stack);

	switch (origin_head(p, len, &callid)) {

	case ORIGIN_HEAD_RESPONSE:
		return true;

	case ORIGIN_HEAD_WITHIN:
		return is_own_dialog(stack, &callid);

	case ORIGIN_HEAD_PARTIAL:
		return stream;

	case ORIGIN_HEAD_OUTSIDE:
		break;
	}

	return false;
}


bool stack_door_guard(enum sip_transp tp, const struct sa *src,
		      const uint8_t *p, size_t len)
{
	struct sip_stack *stack = stack_current;

	if (stack && !origin_accepts_any(&stack->origin, src) &&
	    !stranger_passes(stack, tp != SIP_TRANSP_UDP, p, len)) {
		stack_door_refused(stack, src);
		return false;
	}

	return !p || guard_allows(p, len);
}


uint64_t sip_stack_ignored(const struct sip_stack *sip)
{
	return sip->ignored;
}
