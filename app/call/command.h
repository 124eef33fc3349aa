/**
 * @file app/call/command.h  What the phone wants done, as values
 */
#ifndef RINGFENCE_COMMAND_H
#define RINGFENCE_COMMAND_H

#include "app/call/decide.h"
#include "app/call/status.h"
#include "app/call/tone.h"
#include "app/policy/screening.h"

enum {
	COMMAND_MAX = 8, /**< one step never wants more */

	COMMAND_TEXT_MAX = 160, /**< bytes of a message, with the NUL */
};

enum command_type {
	CMD_ACCEPT, /**< let it ring: 180                                 */
	CMD_REFUSE, /**< .refusal of a call that was not accepted: no 180 */
	CMD_ANSWER, /**< 200; .path is where its audio starts             */
	CMD_REJECT, /**< .refusal of a call that rings                    */
	CMD_HANGUP, /**< BYE, or CANCEL of a call of ours                 */
	CMD_DIAL,   /**< .dial                                            */
	CMD_HOLD,   /**< .on                                              */
	CMD_MUTE,   /**< .on                                              */
	CMD_DTMF,   /**< .digit, RFC 4733                                 */
	CMD_MESSAGE,  /**< .message to who was declined, RFC 3428         */
	CMD_BLOCK,    /**< .number: keep it, EV_SETTINGS or EV_NOT_SAVED  */
	CMD_UNBLOCK,  /**< .number: the same                              */
	CMD_SAVE_DND, /**< .dnd: keep it, EV_NOT_SAVED if that fails      */
};

/** The final response with which a call is refused */
struct refusal {
	uint16_t scode;
	const char *phrase; /**< static text, never NULL */
	uint16_t q850;      /**< Reason: Q.850;cause=, RFC 3326; 0: none */
	const char *reason; /**< its text, static; NULL if q850 is 0     */
	bool has_retry_after;
	uint32_t retry_after_s;
	char contact[POLICY_URI_MAX]; /**< of a 302 only, else "" */
};

/** Do not disturb, as it is kept over a restart */
struct dnd_state {
	bool on;
	bool has_end;
	int64_t until_s; /**< UTC */
};

struct command {
	enum command_type type;
	uint32_t id;
	union {
		struct refusal refusal;
		struct {
			unsigned account;
			char uri[PARTY_URI_MAX];
		} dial;
		enum audio_path path;
		bool on;
		char digit; /**< 0-9, '*', '#' */
		char number[NUMBER_MAX]; /**< in the dial plan's form */
		struct dnd_state dnd;
		struct {
			unsigned account;
			char uri[PARTY_URI_MAX];
			char text[COMMAND_TEXT_MAX];
		} message;
	};
};

struct commands {
	struct command v[COMMAND_MAX];
	size_t n;
};

/**
 * The standard reason phrase of a final status code (RFC 3261 21 and the
 * IANA registry), "Declined" for one that has none
 */
const char *refusal_phrase(uint16_t scode);

/**
 * Fill in a refusal: phrase and Q.850 cause follow from the code (RFC 3398
 * 8.2.6.1), never from who decided, which is the owner's to know
 *
 * 603 is cause 21 "Call Rejected", 486 and 600 17 "User Busy", 480 19 "No
 * Answer"; any other code has none.
 */
void refusal_init(struct refusal *r, uint16_t scode);

/** The refusal that a verdict asks for: REJECT or REDIRECT */
void refusal_from_verdict(struct refusal *r, const struct verdict *v);

#endif
