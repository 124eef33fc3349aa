/**
 * @file tests/stories/story.h  A phone with a fake SIP port, told in sentences
 *
 * The port behaves as baresip does: what ends a call reports its end from
 * inside the function that ends it. It keeps its own books of the calls and
 * fails the test if the phone asks for something that can't be. Time moves
 * only by story_wait, which ticks exactly when the phone asked for it.
 */
#ifndef RINGFENCE_STORY_H
#define RINGFENCE_STORY_H

#include "firmware/dispatch.h"

#include "tests/unit/policy/check.h"

enum {
	STORY_CALL_MAX = 4096, /**< calls that come in, in one story */
	STORY_WIRE_MAX = 1024,
	STORY_RULE_MAX = 4,
	STORY_BLOCK_MAX = 8,
	STORY_DIALLED = CALL_ID_OUTGOING, /**< + 1: our first call */
};

/** What the port knows of a call */
enum story_call {
	STORY_NONE,
	STORY_INVITED,  /**< nothing was answered     */
	STORY_RINGING,  /**< 180 sent, or our INVITE  */
	STORY_ANSWERED, /**< 200 sent or received     */
	STORY_OVER,
};

struct story {
	struct dispatch d;
	struct phone_settings settings;
	struct policy policy;
	struct number_pattern number[STORY_RULE_MAX];
	struct policy_match match[STORY_RULE_MAX];
	struct policy_rule rule[STORY_RULE_MAX];
	struct now now;

	char wire[STORY_WIRE_MAX]; /**< what the phone asked for */
	char kept[STORY_WIRE_MAX]; /**< what it wanted to be kept */
	char blocked[STORY_BLOCK_MAX][NUMBER_MAX];
	enum story_call in[STORY_CALL_MAX], out[STORY_CALL_MAX];
	unsigned finals[STORY_CALL_MAX]; /**< refuse, answer, reject, CANCEL */

	/* How the port fails next; 0: not at all */
	int accept_err, answer_err, dial_err, hold_err, mute_err;
	int store_err;       /**< why nothing can be kept, 0: it can */
	bool accept_cancels; /**< the CANCEL is there before the 180 */
	bool mute_port;      /**< never reports an end               */
	void (*inside)(struct story *st); /**< once, from inside the next call
					       to the port */
};

extern const struct sip_port story_port;
extern const struct store_port story_store;

/** The port's book of a call */
enum story_call *story_book(struct story *st, uint32_t id);

/** A phone at Friday 2026-11-20 18:04:00 UTC, one account, no rules */
struct story *story_open(void);
void story_close(struct story *st);

/** Opening hours in UTC, and what happens outside of them */
void story_hours(struct story *st, const char *open,
		 enum policy_action outside);

/** One more rule for one number */
void story_rule(struct story *st, const char *name, unsigned line,
		const char *number, enum policy_action action, uint16_t scode);

/** The wall clock is not known, as before the first answer of a server */
void story_clock_unset(struct story *st);

/** Let time pass, ticking when the phone asks for it and never else */
void story_wait(struct story *st, uint64_t ms);

/* The network's side */
void story_post(struct story *st, enum phone_event_type type, uint32_t id);
void story_invite(struct story *st, uint32_t id, const char *number);
void story_cancel(struct story *st, uint32_t id);
void story_bye(struct story *st, uint32_t id);
void story_end(struct story *st, uint32_t id, enum call_cause cause);
void story_final(struct story *st, uint32_t id, uint16_t scode,
		 const char *phrase, int64_t retry_after_s);
void story_remote_hold(struct story *st, uint32_t id, bool on);

/* The person's side */
void story_button(struct story *st, enum button b, enum button_action action);
void story_tap(struct story *st, enum button b);
void story_type(struct story *st, const char *digits);
void story_dial(struct story *st, const char *text);

/** A call to us that talks */
void story_talk(struct story *st, uint32_t id, const char *number);

/* What must hold */
#define story_face(st, name)                                                  \
	assert_string_equal(phone_face_name(phone_face(&(st)->d.phone)), name)

/** What the phone asked of the port since the last look: "accept 1; ..." */
#define story_wire(st, text)                                                  \
	do {                                                                  \
		assert_string_equal((st)->wire, text);                        \
		(st)->wire[0] = '\0';                                         \
	} while (0)

/** What it wanted to be kept since the last look: "block 300; dnd off" */
#define story_kept(st, text)                                                  \
	do {                                                                  \
		assert_string_equal((st)->kept, text);                        \
		(st)->kept[0] = '\0';                                         \
	} while (0)

/** An entry as "in 204 603 user", "in 204 603 rule spam:34", "... missed" */
#define story_history(st, i, text)                                            \
	assert_string_equal(story_entry(st, i), text)

/** The soft keys as "answer,silence,,reject" */
#define story_keys(st, text) assert_string_equal(story_softkeys(st), text)

const char *story_entry(const struct story *st, size_t i);
const char *story_softkeys(const struct story *st);
size_t story_calls(const struct story *st);

/** No timer runs */
#define story_sleeps(st)                                                      \
	assert_true(phone_next_ms(&(st)->d.phone) == NOW_NEVER_MS)

#endif
