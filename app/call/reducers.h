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
	enum phone_notice_kind notice;
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

/** A slot for a call, or NULL; whether there is one */
struct call *calls_free_slot(struct phone *p);
bool calls_slot_free(const struct phone *p);

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
void calls_answer_aloud(const struct step *s); /* on the speaker */
void calls_silence(const struct step *s);
void calls_reject(const struct step *s);
void calls_voicemail(const struct step *s); /* sends it on */
void calls_hangup(const struct step *s);
void calls_hold_toggle(const struct step *s);
void calls_resume(const struct step *s);
void calls_mute_toggle(const struct step *s);
void calls_dtmf(const struct step *s, char digit);

/* incoming.c */

/** A call comes in that is not known yet */
void incoming_invite(const struct step *s, const struct phone_event *ev);

/** Start to count how fast calls come, by the settings */
void incoming_limit_init(struct phone *p);

/** Whether we are the account's only binding, as far as is known */
bool incoming_alone(const struct phone *p, unsigned account);

/** Whether the account's registrar understands 607 */
bool incoming_takes_607(const struct phone *p, unsigned account);

/* emergency.c */

/** Somebody is called, or such a call is over: it may be an emergency */
void emergency_note(const struct step *s, const struct party *party);

/* block.c */

/** Whether somebody has a number that can be blocked */
bool block_possible(const struct party *party);

/** Whether the person has blocked somebody */
bool block_has(const struct phone *p, const struct party *party);

/** Block somebody, or no longer, and show it with the way back */
void block_add(const struct step *s, const struct party *party);
void block_remove(const struct step *s, const struct party *party);

/** What could not be kept is told */
void block_not_saved(const struct step *s, const struct phone_not_saved *e);

/* dnd.c */

void dnd_toggle(const struct step *s);

/** On or off from outside */
void dnd_set(const struct step *s, const struct dnd_state *state);

/** It could not be kept: then it is as before, but that it ends it may */
void dnd_not_saved(struct phone *p);

/** As it was kept: not to be kept again */
void dnd_restore(const struct step *s, const struct dnd_state *state);

/** Take the i-th of dnd_choice_at; one that there isn't is ignored */
void dnd_choose(const struct step *s, size_t i);

/** Whether it holds: its end may have come and not been worked on yet */
bool dnd_holds(const struct phone *p, const struct now *now);

/** End it if its time has come; when that is, or NOW_NEVER_MS */
void dnd_due(const struct step *s);
uint64_t dnd_next_ms(const struct phone *p);

/* reply.c */

/** Choose a text with which the call that rings is declined */
void reply_open(const struct step *s);
void reply_close(struct phone *p);

/** Others are to hold: what is sent is what is shown, or nothing */
void reply_settings(struct phone *p, const struct phone_settings *set);

void reply_previous(const struct step *s);
void reply_next(const struct step *s);

/** Decline, and send it */
void reply_send(const struct step *s);

/* menu.c: what keys do to a list */

void menu_open(const struct step *s, enum phone_list list);
void menu_calls(const struct step *s);
void menu_missed(const struct step *s);
void menu_info(const struct step *s);
void menu_close(const struct step *s);
void menu_back(const struct step *s); /* one step                     */
void menu_newer(const struct step *s);
void menu_older(const struct step *s);
void menu_call(const struct step *s); /* or take the choice           */
void menu_set(const struct step *s);
void menu_why(const struct step *s);  /* of a notice as of a list     */

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

/** Show a notice from now on, in place of what there is */
void phone_notice_show(const struct step *s, const struct phone_notice *n);

/** What was on the screen gives way to a call that the person wants */
void phone_clear_screen(struct phone *p);

/** Take the notice away; a reminder that nobody cleared comes again */
void phone_notice_interrupt(const struct step *s);

#endif
