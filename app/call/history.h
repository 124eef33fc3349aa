/**
 * @file app/call/history.h  The calls that were: each once, with who decided
 *
 * A ring of the newest HISTORY_MAX; it copies names and points nowhere.
 */
#ifndef RINGFENCE_HISTORY_H
#define RINGFENCE_HISTORY_H

#include "app/call/decide.h"
#include "app/call/status.h"

#include <stddef.h>

enum {
	HISTORY_MAX = 100,
};

struct history_entry {
	uint32_t id; /**< the call's, for tests and logs */
	bool outgoing;
	struct party party;
	unsigned account; /**< index into the settings' */
	char number[NUMBER_MAX]; /**< the party's in the dial plan's form */
	uint64_t start_ms; /**< when it began, monotonic */
	int64_t start_s; /**< UTC when it began; 0 with start_valid false */
	bool start_valid;
	uint32_t talk_s; /**< time talked, seconds                        */
	uint16_t scode;  /**< the call's final status, 0 if it had none   */
	char phrase[STATUS_PHRASE_MAX];
	enum call_cause cause;
	enum decided_by by;
	char rule[POLICY_NAME_MAX];
	unsigned line;
	bool missed; /**< came in, could have been wanted, nobody took it */
};

struct history {
	struct history_entry entry[HISTORY_MAX];
	size_t first, n;
	unsigned unseen; /**< missed calls since the person last looked */
};

void history_init(struct history *h);

/** Add a call; the oldest gives way */
void history_add(struct history *h, const struct history_entry *e);

/** @return the entry, 0 is the newest; NULL behind the oldest */
const struct history_entry *history_at(const struct history *h, size_t i);

/** How many entries; only the missed ones if so asked */
size_t history_count(const struct history *h, bool missed_only);

/** @return the i-th (missed) entry, 0 is the newest; NULL behind the last */
const struct history_entry *history_nth(const struct history *h, size_t i,
					bool missed_only);

/** @return the newest call of ours, for redial; NULL if there is none */
const struct history_entry *history_last_dialled(const struct history *h);

/**
 * How long ago somebody called us last
 *
 * @param h      History
 * @param number In the dial plan's form; "" never called
 * @param now_ms Monotonic
 *
 * @return seconds, rounded down, or SCREENING_NEVER_S
 */
uint32_t history_called_before_s(const struct history *h, const char *number,
				 uint64_t now_ms);

/** Another dial plan holds: numbers take its form */
void history_plan(struct history *h, const struct dial_plan *plan);

/** The person has looked at the missed calls */
void history_seen(struct history *h);

#endif
