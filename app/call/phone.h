/**
 * @file app/call/phone.h  The phone: one state, changed by one function
 *
 * phone_step routes an event to the call, dial, list, result and history
 * reducers; together they are the only place where the state changes. It
 * never calls anything: what it wants done it gives as commands, when it
 * wants to be woken it says by phone_next_ms, and what is seen and heard is
 * a view of it (app/ui/view.h).
 */
#ifndef RINGFENCE_PHONE_H
#define RINGFENCE_PHONE_H

#include "app/call/command.h"
#include "app/call/event.h"
#include "app/call/history.h"
#include "app/call/limit.h"
#include "app/call/tone.h"

enum {
	PHONE_CALL_MAX    = 4, /**< one lives, the others are ending  */
	PHONE_DIAL_MAX    = 64, /**< bytes, with the NUL               */
	PHONE_LABEL_MAX   = 64,
	PHONE_REPLY_MAX   = 5, /**< texts to decline with              */

	PHONE_RESULT_MS   = 30000, /**< a result stands, unless a key clears */
	PHONE_NOTICE_MS   = 10000, /**< a notice stands                      */
	PHONE_REMIND_MS   = 30000, /**< a reminder's notice stands           */
	PHONE_HOLDOFF_MS  = 32000, /**< an ending call frees its slot, 64*T1 */
};

struct phone_account {
	char name[POLICY_NAME_MAX];
	char user[NUMBER_MAX * 2]; /**< of its address                  */
	char domain[PARTY_URI_MAX]; /**< host[:port], for what is dialled */
	bool registers;
};

/** What the configuration says; immutable, swapped whole by EV_SETTINGS */
struct phone_settings {
	char display_name[PHONE_LABEL_MAX];
	uint32_t ring_timeout_s; /**< 1-3600 */
	bool notice;             /**< tell of a call that was screened */
	struct phone_account account[PHONE_ACCOUNT_MAX];
	size_t accountc;
	char voicemail[PARTY_URI_MAX]; /**< a call is sent on to, "" */
	char reply[PHONE_REPLY_MAX][COMMAND_TEXT_MAX];
	size_t replyc;
	const struct policy *policy;
};

enum call_state {
	CALL_FREE,
	CALL_INCOMING,  /**< it rings here                             */
	CALL_ANSWERING, /**< 200 sent, not yet established             */
	CALL_CALLING,   /**< INVITE sent, nothing heard                */
	CALL_RINGBACK,  /**< it rings there                            */
	CALL_TALKING,
	CALL_HELD,      /**< by us                                     */
	CALL_ENDING,    /**< we ended it; EV_CLOSED is to come         */
};

struct call {
	uint32_t id;
	enum call_state state;
	bool outgoing;
	bool silent;      /**< rings on the screen only                 */
	uint8_t ringtone; /**< a rule's, 0: the usual one               */
	uint8_t lamp;     /**< likewise, an enum led_colour             */
	bool early_media; /**< the far end sends its own tones          */
	bool muted;
	bool remote_hold;
	struct party party;
	unsigned account;
	uint64_t state_ms; /**< when it came into this state, monotonic */
	uint64_t talk_ms;  /**< when it was established, 0 if not       */
	uint64_t start_ms; /**< when it began, monotonic                */
	int64_t start_s;   /**< the same in UTC                         */
	bool start_valid;
};

/** A call of ours came to its end, and the person is told how */
struct phone_result {
	bool shown;
	struct party party;
	unsigned account;
	struct call_end end;
	uint64_t since_ms;
	int64_t at_s; /**< UTC, for "from 09:00" */
	bool at_valid;
};

enum phone_notice_kind {
	PHONE_NOTICE_NONE,
	PHONE_NOTICE_REFUSED, /**< a call was refused: .by, .rule, .scode  */
	PHONE_NOTICE_MISSED,  /**< it rang and the caller gave up, or time */
	PHONE_NOTICE_REMIND,  /**< now is when you wanted to call again    */
	PHONE_NOTICE_BLOCKED, /**< calls of .party are declined from now   */
	PHONE_NOTICE_UNBLOCKED,
	PHONE_NOTICE_NOT_SAVED, /**< .not_saved: it did not happen         */
};

struct phone_notice {
	enum phone_notice_kind kind;
	uint32_t id; /**< the call's, as in the history */
	struct party party;
	unsigned account;
	enum decided_by by;
	char rule[POLICY_NAME_MAX];
	unsigned line;
	uint16_t scode;
	struct phone_not_saved not_saved;
	uint64_t since_ms;
	int64_t at_s;
	bool at_valid;
};

/** "Remind me": one at a time, the newest counts */
struct phone_remind {
	bool set;
	struct party party;
	unsigned account;
	uint64_t due_ms;
};

enum phone_list {
	PHONE_LIST_NONE,
	PHONE_LIST_CALLS,  /**< the history                */
	PHONE_LIST_MISSED, /**< only the missed ones       */
	PHONE_LIST_INFO,   /**< addresses, accounts, hours */
	PHONE_LIST_DND,    /**< until when: dnd_choice_at  */
};

/** How long do not disturb may be wanted */
struct dnd_choice {
	enum {
		DND_CHOICE_FOR,      /**< .minutes            */
		DND_CHOICE_MIDNIGHT, /**< till the day is over */
		DND_CHOICE_EVER,
		DND_CHOICE_OFF,
	} kind;
	uint16_t minutes;
};

/** When do not disturb ends by itself */
struct phone_dnd_end {
	bool set;
	bool wall;         /**< by the clock on the wall: until_s */
	int64_t until_s;   /**< UTC                               */
	uint64_t until_ms; /**< monotonic, NOW_NEVER_MS while that clock is
				not set                           */
};

/** A text is chosen with which the call that rings is declined */
struct phone_reply {
	bool choosing;
	size_t index;
};

/** Do not disturb before it was changed, in case that can't be kept */
struct phone_dnd_was {
	bool on;
	struct phone_dnd_end end;
};

/** The key that declined is still down: held, it blocks */
struct phone_declined {
	bool held;
	enum button button;
	struct party party;
};

struct phone_menu {
	enum phone_list list;
	size_t index; /**< entry shown, 0 is the newest           */
	bool why;     /**< its details: who decided, and by what  */
};

struct phone_registration {
	enum phone_reg reg;
	uint16_t scode;
	uint16_t others; /**< see EV_REGISTRATION */
	bool sip_607;
};

struct phone {
	const struct phone_settings *settings;
	struct call call[PHONE_CALL_MAX];
	uint32_t next_id;
	bool dnd;
	struct phone_dnd_end dnd_end;
	struct phone_dnd_was dnd_was;
	uint64_t emergency_until_ms; /**< till then everything rings */
	struct limit limit;
	bool offhook;
	enum audio_path path; /**< the handset while there is no call   */
	bool dialling;
	char dial[PHONE_DIAL_MAX];
	struct phone_result result;
	struct phone_notice notice;
	struct phone_remind remind;
	struct phone_menu menu;
	struct phone_reply reply;
	struct phone_declined declined;
	struct phone_registration reg[PHONE_ACCOUNT_MAX];
	struct history history;
};

/** What the person is looking at; the names stand in docs/interface.md */
#define PHONE_FACE_TABLE(X)                                                   \
	X(IDLE, "idle")                                                       \
	X(DIALLING, "dialling")                                               \
	X(CALLING, "calling")                                                 \
	X(RINGBACK, "ringback")                                               \
	X(INCOMING, "incoming")                                               \
	X(TALKING, "talking")                                                 \
	X(HELD, "held")                                                       \
	X(RESULT, "result")                                                   \
	X(NOTICE, "notice")                                                   \
	X(MENU, "menu")

enum phone_face {
#define X(id, name) PHONE_FACE_##id,
	PHONE_FACE_TABLE(X)
#undef X
	PHONE_FACE_COUNT
};

/** @return the name, or NULL if it is none */
const char *phone_face_name(enum phone_face face);

/** A phone at rest; settings outlive it until EV_SETTINGS brings others */
void phone_init(struct phone *p, const struct phone_settings *settings);

/**
 * Take an event
 *
 * @param p   The phone
 * @param ev  What happened; an event for an unknown call is ignored
 * @param now The time
 * @param out Set to what is to be done, in this order
 */
void phone_step(struct phone *p, const struct phone_event *ev,
		const struct now *now, struct commands *out);

/** When to bring an EV_TICK, monotonic milliseconds, or NOW_NEVER_MS */
uint64_t phone_next_ms(const struct phone *p);

/** The call that the person deals with, or NULL */
const struct call *phone_current(const struct phone *p);

/** What the person is looking at: a call first, then result, notice, ... */
enum phone_face phone_face(const struct phone *p);

/** What the four soft keys mean now, from the left */
void phone_softkeys(const struct phone *p,
		    enum softkey key[SOFTKEY_COUNT_MAX]);

/** How the phone stands for a call that comes in now: what decide wants to
    know, but for f->limited */
void phone_facts(struct decide_facts *f, const struct phone *p,
		 const struct caller *caller, const struct now *now);

/** @return the i-th choice of the do not disturb menu, NULL behind the last */
const struct dnd_choice *dnd_choice_at(const struct now *now, size_t i);

/** Whether everything rings, since an emergency number was called lately */
bool phone_emergency(const struct phone *p, const struct now *now);

/** The history entry that the menu shows, or NULL */
const struct history_entry *phone_menu_entry(const struct phone *p);

#endif
