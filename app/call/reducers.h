/**
 * @file app/call/reducers.h  What the reducers of the phone share
 *
 * Private to app/call: the parts of phone_step, one file each. Nobody else
 * changes the phone.
 */
#ifndef RINGFENCE_REDUCERS_H
#define RINGFENCE_REDUCERS_H

#include "app/call/phone.h"

enum {
	MS_PER_S = 1000,
};

/** One event being worked on */
struct step {
	struct phone *p;
	const struct now *now;
	struct commands *out;
	enum button button;   /**< the key, while one is worked on      */
	enum phone_face face; /**< what was shown when it went down     */
};

/** Append a command; the caller fills in what its type needs */
struct command *command_add(struct commands *out, enum command_type type,
			    uint32_t id);

/* calls.c */

/** Take an event of a call, EV_INVITE included */
void calls_event(const struct step *s, const struct phone_event *ev);

/** Do what is due by now: ring timeout, slots that never closed */
void calls_due(const struct step *s);

/** When calls_due has something to do, or NOW_NEVER_MS */
uint64_t calls_next_ms(const struct phone *p);

/** A slot for a call, or NULL */
struct call *calls_free_slot(struct phone *p);

/** Begin a call in a slot; its state is not yet set */
void calls_init(const struct step *s, struct call *c, uint32_t id,
		const struct party *party, unsigned account);

/** Put a call into a state, from now on */
void calls_set_state(const struct step *s, struct call *c,
		     enum call_state state);

/** Everything of a history entry that follows from the call */
void calls_entry(struct history_entry *e, const struct step *s,
		 const struct call *c);

/* What keys do to the current call; each ignores a call in another state */
void calls_answer(const struct step *s);
void calls_silence(const struct step *s);
void calls_reject(const struct step *s);
void calls_hangup(const struct step *s);
void calls_hold_toggle(const struct step *s);
void calls_resume(const struct step *s);
void calls_mute_toggle(const struct step *s);
void calls_dtmf(const struct step *s, char digit);

/* dial.c */

/** Start dialling with nothing entered */
void dial_open(struct phone *p);

/** Stop dialling, forget what was entered */
void dial_close(struct phone *p);

/** Append a digit; one that does not fit is ignored */
void dial_digit(struct phone *p, char digit);

/** Take the last digit back */
void dial_delete(struct phone *p);

/** Call what was entered; nothing entered: nothing happens */
void dial_send(const struct step *s);

/** Call an address or digits from elsewhere */
void dial_text(const struct step *s, const char *text);

/** Call somebody again, or back */
void dial_party(const struct step *s, const struct party *party,
		unsigned account);

/** A call of ours that was never answered is over */
void dial_closed(const struct step *s, const struct call *c,
		 const struct call_end *end);

/** Whether somebody has an address that can be called */
bool dial_callable(const struct party *party);

/* keys.c */

/** Take a key */
void keys_event(const struct step *s, const struct button_event *ev);

/* phone.c */

/** Keep a call, so that the entry that a menu shows stays under the eyes */
void phone_record(struct phone *p, const struct history_entry *e);

/** Tell of a call that ended */
void phone_notify(const struct step *s, enum phone_notice_kind kind,
		  const struct history_entry *e);

/** What was on the screen gives way to a call that the person wants */
void phone_clear_screen(struct phone *p);

/** Take the notice away; a reminder that nobody cleared comes again */
void phone_notice_interrupt(const struct step *s);

#endif
