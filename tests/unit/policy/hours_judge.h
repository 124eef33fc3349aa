/**
 * @file tests/unit/policy/hours_judge.h  Open or closed, by another way
 *
 * The C library's calendar, Gauss' Easter, and what a schedule's text was
 * made of instead of what was read of it.
 */
#ifndef RINGFENCE_TEST_HOURS_JUDGE_H
#define RINGFENCE_TEST_HOURS_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	JUDGE_WEEK_DAYS = 7,
	JUDGE_RANGES_MAX = 3,
	JUDGE_SPECIALS_MAX = 6,
	JUDGE_TEXT_MAX = 4096,
	JUDGE_WEEK_MAX = 64,
};

/* What a special day's text was made of */
enum judge_kind {
	JUDGE_DATES,
	JUDGE_DATED,
	JUDGE_MONTHS,
	JUDGE_EASTER,
	JUDGE_HOLIDAYS,
	JUDGE_NTH,
	JUDGE_KINDS
};

struct judge_range {
	int from, to;
};

struct judge_special {
	enum judge_kind kind;
	int year, month, day, month_to, day_to; /* months from 1 */
	int off, off_to;                        /* from Easter   */
	int nth, weekday;                       /* -1: any       */
	struct judge_range range[JUDGE_RANGES_MAX];
	int n;
};

struct judge_schedule {
	struct judge_range week[JUDGE_WEEK_DAYS][JUDGE_WEEK_MAX];
	int n[JUDGE_WEEK_DAYS];
	struct judge_special special[JUDGE_SPECIALS_MAX];
	int specialc;
	char text[JUDGE_TEXT_MAX];
	size_t len;
};

/** February has 29 */
extern const int judge_month_days[12];

/** What the clock on the wall says, in the C library's time zone; holidays
    are 1 May and 26 October */
bool judge_open(const struct judge_schedule *s, int64_t utc_s);

#endif
