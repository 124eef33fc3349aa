/**
 * @file app/call/status.h  What the end of our own call means
 *
 * One row a fact: a SIP status code, or a failure that has none, with its
 * meaning, lamp, tone, next steps and whose fault it was. The words for it
 * are app/ui's, by text id. RFC 3261 21, RFC 3398, RFC 5079, 8197, 8688.
 *
 * It stands in app/call and not in app/ui because its soft keys are acted
 * upon by the reducer.
 */
#ifndef RINGFENCE_STATUS_H
#define RINGFENCE_STATUS_H

#include "app/call/softkey.h"
#include "app/call/tone.h"
#include "hal/led.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	STATUS_PHRASE_MAX = 64, /**< bytes, with the NUL */
};

/** How a call of ours, or one to us, came to its end */
enum call_cause {
	CALL_CAUSE_STATUS,     /**< a final response, scode 300-699       */
	CALL_CAUSE_BYE,        /**< the far end hung up                   */
	CALL_CAUSE_CANCEL,     /**< the caller gave up before an answer   */
	CALL_CAUSE_LOCAL,      /**< we ended it                           */
	CALL_CAUSE_TIMEOUT,    /**< nobody answered the request           */
	CALL_CAUSE_DNS,        /**< the name was not found                */
	CALL_CAUSE_CONNECTION, /**< refused, reset or unreachable         */
	CALL_CAUSE_MEDIA,      /**< no common codec, or no audio device   */
	CALL_CAUSE_ADDRESS,    /**< what was dialled is no address        */
	CALL_CAUSE_COUNT
};

struct call_end {
	enum call_cause cause;
	uint16_t scode; /**< CALL_CAUSE_STATUS; otherwise with what a call to
			     us was refused, or 0                         */
	char phrase[STATUS_PHRASE_MAX]; /**< as sent, cleaned             */
	bool has_retry_after;
	uint32_t retry_after_s;         /**< RFC 3261 20.33               */
};

/** What the code says of the person or the line: the title's text */
enum status_meaning {
	STATUS_NOT_AVAILABLE, /**< 480                             */
	STATUS_BUSY,          /**< 486, 600                        */
	STATUS_DECLINED,      /**< 603                             */
	STATUS_UNWANTED,      /**< 607                             */
	STATUS_BLOCKED,       /**< 608                             */
	STATUS_NOT_FOUND,     /**< 404, 410, 484, 485, 604         */
	STATUS_MOVED,         /**< 3xx, shown and not followed     */
	STATUS_NO_ANSWER,     /**< 408                             */
	STATUS_ANONYMOUS,     /**< 433                             */
	STATUS_REFUSED,       /**< 4xx: the far end's setting      */
	STATUS_NOT_ALLOWED,   /**< 401, 403, 407                   */
	STATUS_NO_COMMON,     /**< 415, 488, 606                   */
	STATUS_SERVER,        /**< 5xx                             */
	STATUS_GLOBAL,        /**< 6xx                             */
	STATUS_TIMEOUT,       /**< no response at all              */
	STATUS_DNS,
	STATUS_CONNECTION,
	STATUS_MEDIA,
	STATUS_ADDRESS,
	STATUS_MEANING_COUNT
};

/** Whether and when another try makes sense */
enum status_retry {
	STATUS_RETRY_SOON,  /**< in a minute                   */
	STATUS_RETRY_LATER, /**< when they say, or later       */
	STATUS_RETRY_NEVER, /**< not by redial                 */
};

/** Who would have to change something */
enum status_fault {
	STATUS_FAULT_NOBODY,  /**< a person's will or absence  */
	STATUS_FAULT_CALLER,  /**< what was dialled            */
	STATUS_FAULT_NETWORK, /**< a server or the network     */
	STATUS_FAULT_SETTING, /**< an account or codec setting */
};

struct status_row {
	uint16_t first, last; /**< codes, inclusive; 0: the cause has none */
	enum call_cause cause;
	enum status_meaning meaning;
	enum status_retry retry;
	enum status_fault fault;
	struct led_pattern lamp; /**< of the line */
	enum tone tone;
	enum softkey key[SOFTKEY_COUNT_MAX];
	uint32_t remind_s; /**< for SOFTKEY_REMIND without Retry-After */
};

/**
 * The row for an end that is shown as a result
 *
 * The exact code first, then its class; a code outside 300-699 is treated as
 * x00 of its class (RFC 3261 8.1.3.2), what has no class as 500.
 *
 * @return the row, or NULL if it is no result (BYE, CANCEL, LOCAL)
 */
const struct status_row *status_find(const struct call_end *end);

/** All rows, for tests and documents */
const struct status_row *status_rows(size_t *n);

#endif
