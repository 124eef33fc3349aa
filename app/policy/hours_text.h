/**
 * @file app/policy/hours_text.h  What the readers of a schedule share
 */
#ifndef RINGFENCE_HOURS_TEXT_H
#define RINGFENCE_HOURS_TEXT_H

#include "app/policy/hours.h"

enum {
	HOURS_WEEK_DAYS = 7,
	HOURS_NTH_EACH = 0x8000, /**< a weekday without a number */
};

/** A schedule that is being read */
struct hours_text {
	const char *text;
	size_t i;
	struct hours *h;
	struct text_error *err;

	size_t always_off; /**< behind "24/7", 0 if it isn't there */
};

/** The weekdays of an entry: 0 not named, HOURS_NTH_EACH, or the bits of
    hours_special's nth */
struct hours_days {
	uint16_t nth[HOURS_WEEK_DAYS];
};

/** One end of a span of dates */
struct hours_date {
	unsigned year;       /**< 0: each        */
	unsigned month;      /**< 1-12           */
	unsigned day;        /**< 0: not given   */
	size_t off, day_off; /**< in the text    */
};

/** @return code, with the place and what is wrong set */
int hours_text_fail(const struct hours_text *p, size_t off, const char *what,
		    int code);

void hours_text_blanks(struct hours_text *p);

/** Take a character and the blanks around it */
bool hours_text_take(struct hours_text *p, char ch);

/** Take a word that no letter or digit follows, and the blanks behind it */
bool hours_text_word(struct hours_text *p, const char *word);

bool hours_text_is_digit(char ch);
bool hours_text_is_letter(char ch);

/** How many digits stand here */
size_t hours_text_digits(const struct hours_text *p);

/** Take so many digits */
unsigned hours_text_uint(struct hours_text *p, size_t digits);

/** Whether a day of the week stands here */
bool hours_days_here(const struct hours_text *p);

/** Read days of the week, a list, a range, "We[2]"; @return 0 or EBADMSG */
int hours_days_read(struct hours_text *p, struct hours_days *days);

/** Whether a date stands here: a month, or digits that are no time */
bool hours_date_here(const struct hours_text *p);

/**
 * Read a date or a span of dates and add it to the special days
 *
 * @param date That of before in a list, day 0: none, so that "Dec 24,31" is
 *             understood; set to this one
 *
 * @return 0, EBADMSG or ENOSPC
 */
int hours_date_read(struct hours_text *p, struct hours_date *date);

/** Add a special day, without ranges; @return 0 or ENOSPC */
int hours_special_add(struct hours_text *p, size_t off,
		      const struct hours_special *s);

/** Whether a special day stands here, so that it isn't one of the week */
bool hours_special_here(const struct hours_text *p);

/**
 * Read the days of a special entry, up to its hours; they stand behind the
 * schedule's other special days, without ranges
 *
 * @return 0, EBADMSG or ENOSPC
 */
int hours_special_read(struct hours_text *p);

/** The same of days of the week that were read already, "We[2]" */
int hours_special_weekdays(struct hours_text *p, size_t off,
			   const struct hours_days *days);

#endif
