/**
 * @file app/ui/text_id.h  The words on the screen, by id
 *
 * One file a language gives all of this: words, and how a date, a time and a
 * span of time are written. A test holds that none is empty and that each
 * fits its row.
 */
#ifndef RINGFENCE_TEXT_ID_H
#define RINGFENCE_TEXT_ID_H

#include "app/call/decide.h"
#include "app/call/phone.h"
#include "app/call/softkey.h"
#include "app/call/status.h"
#include "app/policy/zone.h"
#include "app/ui/line.h"

/** A word or a sentence */
enum text {
	TEXT_CLOCK_UNSET,       /**< in place of date and time          */
	TEXT_CLOCK_UNSET_SHORT, /**< the same, beside flags             */
	TEXT_HOURS_UNSET,       /**< hours don't decide without a clock */
	TEXT_OPEN,
	TEXT_OPEN_UNTIL,        /**< followed by a time                 */
	TEXT_CLOSED,
	TEXT_CLOSED_UNTIL,      /**< followed by a time                 */
	TEXT_NO_ACCOUNT,

	TEXT_DIALLING,
	TEXT_DIAL_EMPTY,
	TEXT_DIAL_SEND,
	TEXT_CALLING,
	TEXT_RINGBACK,
	TEXT_INCOMING,
	TEXT_SILENCED,
	TEXT_ANSWERING,
	TEXT_TALKING,
	TEXT_HELD,
	TEXT_HELD_REMOTELY,
	TEXT_ANONYMOUS,         /**< in place of a name   */
	TEXT_NUMBER_WITHHELD,   /**< in place of a number */

	TEXT_RESULT,
	TEXT_WHO,               /**< behind a name, before when         */
	TEXT_FROM,              /**< followed by a time: from then on   */
	TEXT_AGAIN,             /**< before TEXT_FROM, if it is nobody's */
	TEXT_IN,                /**< followed by a span of time         */
	TEXT_NOW,

	TEXT_REFUSED,
	TEXT_RULE_END,          /**< behind a rule's name, before its line */
	TEXT_LINE,              /**< followed by a rule's line          */
	TEXT_SENT,              /**< behind a status code               */
	TEXT_MISSED_CALL,
	TEXT_REMIND,
	TEXT_REMIND_WHY,

	TEXT_CALLS,
	TEXT_MISSED,
	TEXT_CALLS_EMPTY,
	TEXT_MISSED_EMPTY,
	TEXT_MISSED_ENTRY,
	TEXT_DECLINED,          /**< followed by who declined           */
	TEXT_DECLINED_BY_YOU,
	TEXT_CANCELLED_BY_YOU,
	TEXT_ANSWERED,          /**< followed by a span of time         */
	TEXT_CALLED,            /**< the same, by us                    */
	TEXT_WHY,
	TEXT_NO_TIME,
	TEXT_LINE_IN_FILE,      /**< followed by a rule's line          */
	TEXT_INFO,

	TEXT_DECLINE_WITH,      /**< above a text to choose             */
	TEXT_TO_VOICEMAIL,      /**< where a call was sent by you       */
	TEXT_BLOCKED,
	TEXT_BLOCKED_WHY,
	TEXT_UNBLOCKED,
	TEXT_UNBLOCKED_WHY,
	TEXT_NOT_SAVED,
	TEXT_DND_UNTIL,         /**< followed by a time                 */
	TEXT_DND_STILL,         /**< followed by a span of time         */
	TEXT_EMERGENCY,         /**< nothing is screened                */
	TEXT_DND,
	TEXT_DND_FOR,           /**< followed by a span of time         */
	TEXT_DND_MIDNIGHT,
	TEXT_DND_EVER,
	TEXT_DND_OFF,
	TEXT_COUNT
};

/** What stands around a name, all "" if nothing is said of it */
struct text_frame {
	const char *before; /**< with its space                            */
	const char *behind; /**< at once behind the name: a comma          */
	const char *after;  /**< after a space; kept if the name is cut    */
};

/** @return the text, "" if it is none */
const char *text_get(enum text id);

/** @return the soft key's label, at most 5 characters of ASCII */
const char *text_softkey(enum softkey key);

/** @return the title of a result: "Call declined" */
const char *text_title(enum status_meaning meaning);

/** @return what to do about it: "Write or call later" */
const char *text_advice(enum status_meaning meaning);

/** @return what is said of the far end: "by" NAME, "likely" */
struct text_frame text_about(enum status_meaning meaning);

/**
 * @return what is said where no name comes in: "codec or sound card", ""
 *         where text_about or the code itself says it
 */
const char *text_cause(enum status_meaning meaning);

/** @return why a call was refused: "do not disturb"; a rule's name follows */
const char *text_refused_by(enum decided_by by);

/** @return who decided, at most 16 characters; a rule's name follows */
const char *text_decided_by(enum decided_by by);

/** @return why something could not be kept: "no room left" */
const char *text_not_saved(enum phone_save_why why);

/** @return how an account stands: "registered" */
const char *text_registration(enum phone_reg reg);

/** @return the same in a word of at most 11 characters */
const char *text_registration_short(enum phone_reg reg);

/** Append a time of day: "18:04" */
void text_time(struct line *l, const struct civil *c);

/** Append a weekday: "Fr" */
void text_weekday(struct line *l, const struct civil *c);

/** Append a day: "20.11." */
void text_day(struct line *l, const struct civil *c);

/** Append how long a call has lasted: "00:42", "1:02:42" */
void text_timer(struct line *l, uint64_t s);

/** Append a span of time to read: "42 s", "2 min", "1 h 5 min", "3 days" */
void text_span(struct line *l, uint64_t s);

#endif
