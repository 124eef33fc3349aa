/**
 * @file app/ui/view_part.h  What the faces of a view share
 *
 * Private to app/ui: rows, times and people, and one function a face.
 */
#ifndef RINGFENCE_VIEW_PART_H
#define RINGFENCE_VIEW_PART_H

#include "app/ui/text_id.h"
#include "app/ui/view.h"

enum {
	ROW_STATUS, /**< what is going on, and the time or the flags */
	ROW_BIG,
	ROW_3,
	ROW_4,
};

/** A view being built */
struct build {
	struct view *v;
	const struct phone *p;
	const struct now *now;
	const char *address;
	const struct zone *zone;
	uint64_t next_ms; /**< the soonest of what was asked for by wake_* */
};

/** Start a row's side anew */
struct line row_left(struct build *b, size_t row);
struct line row_right(struct build *b, size_t row);
void row_left_str(struct build *b, size_t row, const char *s);
void row_right_str(struct build *b, size_t row, const char *s);

/* When it changes; the latter three need a clock that is set */

void wake_at(struct build *b, uint64_t at_ms);
void wake_utc(struct build *b, int64_t at_s); /* in the future */
void wake_hours(struct build *b);
void wake_minute(struct build *b);
void wake_midnight(struct build *b);

/** Days from today to an instant, in the zone; needs a clock that is set */
int64_t when_day(const struct build *b, int64_t at_s);

/** Append "18:04" for today, "Mo 09:00" for this week, else "20.11." */
void put_when(struct build *b, struct line *l, int64_t at_s);

/** Append "Fr 20.11. 18:04" */
void put_stamp(struct build *b, struct line *l, int64_t at_s);

/** The time at the right of the status row, nothing if it is not known */
void put_status_time(struct build *b, int64_t at_s, bool valid);

/** The account at the right of the status row, if there are several */
void put_status_account(struct build *b, unsigned account);

/** "quiet until 14:00", nothing if do not disturb has no end of its own; a
    span of time without a clock */
void put_dnd_end(struct build *b, size_t row);

/** Text over two rows, broken between words where it can be */
void put_wrapped(struct build *b, size_t row, const char *text);

/** @return number, address or user, whatever tells most */
const char *party_shown(const struct party *party);

/** A name, or what there is in its place */
void put_label(struct build *b, size_t row, const struct party *party);

/** Name big, number below */
void put_party(struct build *b, const struct party *party);

/** Append what somebody is called in a sentence */
void put_short(struct line *l, const struct party *party);

/** @return the account to tell of: one that failed, or is not yet there */
size_t worst_account(const struct phone *p);

/** Whether all accounts that should be registered are */
bool all_registered(const struct phone *p);

/* The faces */

void build_idle(struct build *b);
void build_dialling(struct build *b);
void build_call(struct build *b, const struct call *c);
void build_result(struct build *b);
void build_notice(struct build *b);
void build_menu(struct build *b);

#endif
