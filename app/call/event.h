/**
 * @file app/call/event.h  What happens to the phone, as values
 *
 * Strings from the network have gone through text_clean before they get here.
 */
#ifndef RINGFENCE_EVENT_H
#define RINGFENCE_EVENT_H

#include "app/call/command.h"
#include "app/call/status.h"
#include "app/policy/screening.h"
#include "hal/button.h"

enum {
	PHONE_ACCOUNT_MAX = 8,

	/** Set in the id of a call of ours, which the phone gives; the SIP
	    port gives the ids of calls that come in, without it */
	CALL_ID_OUTGOING = 1 << 30,
};

struct phone_settings; /* app/call/phone.h */

enum phone_event_type {
	EV_TICK,     /**< time has passed: next_ms came                    */
	EV_BUTTON,   /**< .button                                          */
	EV_DIAL,     /**< .dial: an address from outside, as `ctl dial`    */
	EV_SETTINGS, /**< .settings: new ones hold from now on             */
	EV_INVITE,   /**< .invite: a call comes in; nothing was answered   */
	EV_RINGING,  /**< our call: 180, or 183 without audio              */
	EV_PROGRESS, /**< our call: audio from the far end before a 200    */
	EV_ESTABLISHED, /**< either: audio runs both ways                  */
	EV_CLOSED,      /**< .end: the call is over; its last event        */
	EV_REMOTE_HOLD, /**< .on: the far end holds us, or no longer       */
	EV_REGISTRATION, /**< .registration                                */
	EV_HOLD_STATE,   /**< .on: CMD_HOLD failed, it still is like this  */
	EV_MUTE_STATE,   /**< .on: CMD_MUTE failed, it still is like this  */
	EV_DND,          /**< .dnd: from outside, as `ctl dnd`             */
	EV_DND_KEPT,     /**< .dnd: as it was before the restart           */
	EV_NOT_SAVED,    /**< .not_saved: CMD_BLOCK and the like failed    */
};

enum phone_reg {
	PHONE_REG_OFF,     /**< the account does not register        */
	PHONE_REG_PENDING, /**< no answer yet                        */
	PHONE_REG_OK,
	PHONE_REG_FAILED,
};

/** What could not be kept, and why */
struct phone_not_saved {
	enum phone_save {
		PHONE_SAVE_BLOCK,
		PHONE_SAVE_UNBLOCK,
		PHONE_SAVE_DND,
	} what;
	enum phone_save_why {
		PHONE_SAVE_NOWHERE, /**< no folder is configured for it */
		PHONE_SAVE_FULL,    /**< the disk, or the list          */
		PHONE_SAVE_READ_ONLY,
		PHONE_SAVE_OTHER,
		PHONE_SAVE_WHY_COUNT
	} why;
};

struct phone_event {
	enum phone_event_type type;
	uint32_t id; /**< the call's, but for keys, DIAL, ... */
	union {
		struct button_event button;
		struct {
			struct caller caller;
		} invite;
		struct call_end end;
		struct {
			char uri[PARTY_URI_MAX];
		} dial;
		struct {
			unsigned account;
			enum phone_reg reg;
			uint16_t scode; /**< of the failure, 0 if none */

			/** PHONE_REG_OK: contacts of others at the same
			    address (RFC 3261 10.3 lists all), 0: we are its
			    only one */
			uint16_t others;
			bool sip_607; /**< it takes 607 (RFC 8197 4.1) */
		} registration;
		const struct phone_settings *settings; /**< outlives phone */
		struct dnd_state dnd;
		struct phone_not_saved not_saved;
		bool on;
	};
};

#endif
