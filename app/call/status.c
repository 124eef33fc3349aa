/**
 * @file app/call/status.c  One row for each way in which a call of ours ends
 *
 * A code's own row stands before its class's: the first that covers it
 * counts. docs/status.md shows the same table to people.
 */
#include "app/call/status.h"

enum {
	CODE_MIN = 300,
	CODE_MAX = 699,
	CODE_CLASS_UNKNOWN = 500, /**< RFC 3261 8.1.3.2: what has no class */

	REMIND_SOON_S = 300,
	REMIND_AWAY_S = 900,
	REMIND_LATER_S = 3600,
};

#define CODE(code) .first = (code), .last = (code), .cause = CALL_CAUSE_STATUS
#define CLASS(code)                                                           \
	.first = (code), .last = (code) + 99, .cause = CALL_CAUSE_STATUS

/* How it looks and sounds: what the person can tell without reading */
#define LOOKS_AWAY                                                            \
	.lamp = {LED_COLOUR_AMBER, 1000, 1000}, .tone = TONE_CONGESTION
#define LOOKS_BUSY .lamp = {LED_COLOUR_AMBER, 250, 250}, .tone = TONE_BUSY
#define LOOKS_DECLINED                                                        \
	.lamp = {LED_COLOUR_RED, 1500, 500}, .tone = TONE_DECLINED
#define LOOKS_FAULT .lamp = {LED_COLOUR_RED, 100, 900}, .tone = TONE_SIT

#define KEYS_OK .key = {SOFTKEY_NONE, SOFTKEY_NONE, SOFTKEY_NONE, SOFTKEY_OK}
#define KEYS_RETRY                                                            \
	.key = {SOFTKEY_RETRY, SOFTKEY_NONE, SOFTKEY_NONE, SOFTKEY_OK}
#define KEYS_REMIND(s)                                                        \
	.key = {SOFTKEY_NONE, SOFTKEY_REMIND, SOFTKEY_NONE, SOFTKEY_OK},      \
	.remind_s = (s)
#define KEYS_RETRY_REMIND(s)                                                  \
	.key = {SOFTKEY_RETRY, SOFTKEY_REMIND, SOFTKEY_NONE, SOFTKEY_OK},     \
	.remind_s = (s)

/* What several codes have in common */
#define NOT_FOUND                                                             \
	.meaning = STATUS_NOT_FOUND, .retry = STATUS_RETRY_NEVER,             \
	.fault = STATUS_FAULT_CALLER, LOOKS_FAULT, KEYS_OK
#define NOT_ALLOWED                                                           \
	.meaning = STATUS_NOT_ALLOWED, .retry = STATUS_RETRY_NEVER,           \
	.fault = STATUS_FAULT_SETTING, LOOKS_FAULT, KEYS_OK
#define NO_COMMON                                                             \
	.meaning = STATUS_NO_COMMON, .retry = STATUS_RETRY_NEVER,             \
	.fault = STATUS_FAULT_SETTING, LOOKS_FAULT, KEYS_OK
#define NETWORK(id)                                                           \
	.meaning = STATUS_##id, .retry = STATUS_RETRY_SOON,                   \
	.fault = STATUS_FAULT_NETWORK, LOOKS_FAULT, KEYS_RETRY


static const struct status_row row_table[] = {
	{CODE(401), NOT_ALLOWED},
	{CODE(403), NOT_ALLOWED},
	{CODE(404), NOT_FOUND},
	{CODE(407), NOT_ALLOWED},
	{CODE(408), .meaning = STATUS_NO_ANSWER, .retry = STATUS_RETRY_LATER,
	 .fault = STATUS_FAULT_NOBODY, LOOKS_AWAY,
	 KEYS_RETRY_REMIND(REMIND_AWAY_S)},
	{CODE(410), NOT_FOUND},
	{CODE(415), NO_COMMON},
	{CODE(433), .meaning = STATUS_ANONYMOUS, .retry = STATUS_RETRY_NEVER,
	 .fault = STATUS_FAULT_SETTING, LOOKS_FAULT, KEYS_OK},
	{CODE(480), .meaning = STATUS_NOT_AVAILABLE,
	 .retry = STATUS_RETRY_LATER, .fault = STATUS_FAULT_NOBODY, LOOKS_AWAY,
	 KEYS_RETRY_REMIND(REMIND_AWAY_S)},
	{CODE(484), NOT_FOUND},
	{CODE(485), NOT_FOUND},
	{CODE(486), .meaning = STATUS_BUSY, .retry = STATUS_RETRY_SOON,
	 .fault = STATUS_FAULT_NOBODY, LOOKS_BUSY, KEYS_RETRY},
	{CODE(488), NO_COMMON},
	{CODE(503), .meaning = STATUS_SERVER, .retry = STATUS_RETRY_LATER,
	 .fault = STATUS_FAULT_NETWORK, LOOKS_FAULT,
	 KEYS_RETRY_REMIND(REMIND_SOON_S)},
	{CODE(600), .meaning = STATUS_BUSY, .retry = STATUS_RETRY_SOON,
	 .fault = STATUS_FAULT_NOBODY, LOOKS_BUSY, KEYS_RETRY},
	{CODE(603), .meaning = STATUS_DECLINED, .retry = STATUS_RETRY_LATER,
	 .fault = STATUS_FAULT_NOBODY, LOOKS_DECLINED,
	 KEYS_REMIND(REMIND_LATER_S)},
	{CODE(604), NOT_FOUND},
	{CODE(606), NO_COMMON},
	{CODE(607), .meaning = STATUS_UNWANTED, .retry = STATUS_RETRY_NEVER,
	 .fault = STATUS_FAULT_NOBODY, LOOKS_DECLINED, KEYS_OK},
	{CODE(608), .meaning = STATUS_BLOCKED, .retry = STATUS_RETRY_NEVER,
	 .fault = STATUS_FAULT_NETWORK, LOOKS_FAULT, KEYS_OK},

	{CLASS(300), .meaning = STATUS_MOVED, .retry = STATUS_RETRY_NEVER,
	 .fault = STATUS_FAULT_CALLER, LOOKS_FAULT, KEYS_OK},
	{CLASS(400), .meaning = STATUS_REFUSED, .retry = STATUS_RETRY_NEVER,
	 .fault = STATUS_FAULT_SETTING, LOOKS_FAULT, KEYS_OK},
	{CLASS(500), NETWORK(SERVER)},
	{CLASS(600), .meaning = STATUS_GLOBAL, .retry = STATUS_RETRY_NEVER,
	 .fault = STATUS_FAULT_NOBODY, LOOKS_DECLINED, KEYS_OK},

	{.cause = CALL_CAUSE_TIMEOUT, NETWORK(TIMEOUT)},
	{.cause = CALL_CAUSE_DNS, NETWORK(DNS)},
	{.cause = CALL_CAUSE_CONNECTION, NETWORK(CONNECTION)},
	{.cause = CALL_CAUSE_MEDIA,
	 .meaning = STATUS_MEDIA,
	 .retry = STATUS_RETRY_NEVER,
	 .fault = STATUS_FAULT_SETTING,
	 LOOKS_FAULT,
	 KEYS_OK},
	{.cause = CALL_CAUSE_ADDRESS,
	 .meaning = STATUS_ADDRESS,
	 .retry = STATUS_RETRY_NEVER,
	 .fault = STATUS_FAULT_CALLER,
	 LOOKS_FAULT,
	 KEYS_OK},
};

enum {
	ROW_COUNT = sizeof(row_table) / sizeof(row_table[0]),
};


const struct status_row *status_find(const struct call_end *end)
{
	uint16_t scode = 0;

	if (end->cause == CALL_CAUSE_STATUS) {
		scode = end->scode;

		if (scode < CODE_MIN || scode > CODE_MAX)
			scode = CODE_CLASS_UNKNOWN;
	}

	for (size_t i = 0; i < ROW_COUNT; i++) {
		const struct status_row *row = &row_table[i];

		if (row->cause == end->cause && row->first <= scode &&
		    scode <= row->last)
			return row;
	}

	return NULL;
}


const struct status_row *status_rows(size_t *n)
{
	*n = ROW_COUNT;

	return row_table;
}
