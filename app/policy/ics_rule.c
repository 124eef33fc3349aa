/**
 * @file app/policy/ics_rule.c  A calendar's yearly rules (RFC 5545 3.3.10)
 */
#include "app/policy/ics_text.h"

#include "app/policy/zone.h"

#include <errno.h>
#include <string.h>


enum {
	WEEK_DAYS = 7,
	MONTHS = 12,
	MONTHS_ALL = 0x1ffe,
	MONTH_DAYS_MAX = 31,
	NTH_EACH = 0x1f, /* the first to the fifth */
	UINT_DIGITS = 4,
	DAY_DIGITS = 2,
	INTERVAL_MAX = 1000,
};

_Static_assert(ICS_COUNT_MAX == 1000, "a message below says 1000");

/* What a part of a rule is read by */
typedef int(part_h)(struct ics_rule *rule, struct ics_text *t,
		    struct ics_error *err);


static int freq_read(struct ics_rule *rule, struct ics_text *t,
		     struct ics_error *err)
{
	const struct ics_text start = *t;
	char word[ICS_WORD_MAX];

	(void)rule;
	(void)ics_word(t, word);
	if (strcmp(word, "YEARLY"))
		return ics_fail(err, &start,
				"only FREQ=YEARLY is understood: write the "
				"days as RDATE, or as events of their own");

	return 0;
}


static int interval_read(struct ics_rule *rule, struct ics_text *t,
			 struct ics_error *err)
{
	const struct ics_text start = *t;

	(void)ics_digits(t, UINT_DIGITS, &rule->interval);
	if (!rule->interval || rule->interval > INTERVAL_MAX)
		return ics_fail(err, &start, "an interval is 1 to 1000 years");

	return 0;
}


static int count_read(struct ics_rule *rule, struct ics_text *t,
		      struct ics_error *err)
{
	const struct ics_text start = *t;

	(void)ics_digits(t, UINT_DIGITS, &rule->count);
	if (!rule->count || rule->count > ICS_COUNT_MAX)
		return ics_fail(err, &start,
				"a count is 1 to 1000: write UNTIL with the "
				"last day, or neither");

	return 0;
}


static int until_read(struct ics_rule *rule, struct ics_text *t,
		      struct ics_error *err)
{
	bool time;

	if (ics_date(t, &rule->until, &time, err))
		return EBADMSG;
	if (time)
		return ics_fail(err, t,
				"UNTIL has a time and DTSTART has none: write "
				"the date alone (RFC 5545 3.3.10)");

	rule->has_until = true;
	return 0;
}


static int month_read(struct ics_rule *rule, struct ics_text *t,
		      struct ics_error *err)
{
	do {
		const struct ics_text start = *t;
		uint32_t month;

		(void)ics_digits(t, DAY_DIGITS, &month);
		if (!month || month > MONTHS)
			return ics_fail(err, &start, "a month is 1 to 12");
		rule->months |= (uint16_t)(1u << month);
	} while (ics_take(t, ','));

	return 0;
}


static int month_day_read(struct ics_rule *rule, struct ics_text *t,
			  struct ics_error *err)
{
	do {
		const struct ics_text start = *t;
		const bool from_end = ics_take(t, '-');
		uint32_t day;

		if (!from_end)
			(void)ics_take(t, '+');
		(void)ics_digits(t, DAY_DIGITS, &day);
		if (!day || day > MONTH_DAYS_MAX)
			return ics_fail(err, &start,
					"a day of a month is 1 to 31, or -1 "
					"to -31 from its end");
		if (from_end)
			rule->month_ends |= 1u << day;
		else
			rule->month_days |= 1u << day;
	} while (ics_take(t, ','));

	return 0;
}


/* MO, 4TH or -1MO */
static int weekday_item_read(struct ics_rule *rule, struct ics_text *t,
			     struct ics_error *err)
{
	static const char name[WEEK_DAYS][3] = {"MO", "TU", "WE", "TH",
						"FR", "SA", "SU"};
	const struct ics_text start = *t;
	const bool from_end = ics_take(t, '-');
	char word[ICS_WORD_MAX];
	unsigned d = 0, bits = NTH_EACH;
	uint32_t nth;
	size_t n;

	if (!from_end)
		(void)ics_take(t, '+');
	n = ics_digits(t, DAY_DIGITS, &nth);
	if ((n && (!nth || nth > HOLIDAYS_NTH_MAX)) || (!n && from_end))
		return ics_fail(err, &start,
				"a weekday's number is 1 to 5, or -1 to -5 "
				"from the month's end");
	if (n) {
		bits = 1u << (nth - 1 + (from_end ? HOLIDAYS_NTH_MAX : 0));
		rule->has_number = true;
	}

	(void)ics_word(t, word);
	while (d < WEEK_DAYS && strcmp(word, name[d]))
		d++;
	if (d == WEEK_DAYS)
		return ics_fail(err, &start,
				"no weekday: it is MO TU WE TH FR SA SU, with "
				"a number in front or without");

	rule->weekdays[d] |= (uint16_t)bits;
	return 0;
}


static int weekday_read(struct ics_rule *rule, struct ics_text *t,
			struct ics_error *err)
{
	do {
		const int e = weekday_item_read(rule, t, err);

		if (e)
			return e;
	} while (ics_take(t, ','));

	return 0;
}


/* Where a week starts makes no difference to what is understood here */
static int week_start_read(struct ics_rule *rule, struct ics_text *t,
			   struct ics_error *err)
{
	char word[ICS_WORD_MAX];

	(void)rule;
	if (!ics_word(t, word))
		return ics_fail(err, t, "no weekday: write e.g. WKST=MO");

	return 0;
}


static const struct {
	const char *name;
	part_h *readh;
} parts[] = {
	{"FREQ", freq_read},     {"INTERVAL", interval_read},
	{"COUNT", count_read},   {"UNTIL", until_read},
	{"BYMONTH", month_read}, {"BYMONTHDAY", month_day_read},
	{"BYDAY", weekday_read}, {"WKST", week_start_read},
};

enum {
	PARTS = sizeof(parts) / sizeof(parts[0]),
};


/* NAME=VALUE; each part once */
static int part_read(struct ics_rule *rule, struct ics_text *t,
		     unsigned *given, struct ics_error *err)
{
	const struct ics_text start = *t;
	char name[ICS_WORD_MAX];
	size_t i = 0;

	(void)ics_word(t, name);
	while (i < PARTS && strcmp(name, parts[i].name))
		i++;
	if (i == PARTS || !ics_take(t, '='))
		return ics_fail(err, &start,
				"this part of a rule is not understood: FREQ, "
				"INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, "
				"BYDAY and WKST are");
	if (*given & 1u << i)
		return ics_fail(err, &start, "this is given twice");

	*given |= 1u << i;
	return parts[i].readh(rule, t, err);
}


/* What the parts need of one another */
static int rule_check(const struct ics_rule *rule, unsigned given,
		      struct ics_error *err)
{
	const char *what = NULL;

	if (!(given & 1u))
		what = "the rule has no FREQ: write FREQ=YEARLY";
	else if (rule->count && rule->has_until)
		what = "COUNT and UNTIL exclude each other: keep one";
	else if (rule->has_number && !rule->months)
		what = "a weekday's number is understood within a month "
		       "only: write BYMONTH";
	else if ((rule->month_days || rule->month_ends) && !rule->months)
		what = "BYMONTHDAY without BYMONTH is each month to some and "
		       "one to others: write BYMONTH";
	else if (rule->has_number && (rule->month_days || rule->month_ends))
		what = "a weekday's number beside BYMONTHDAY is not "
		       "understood: leave out one of them";
	if (!what)
		return 0;

	if (!err->what) {
		*err = rule->place;
		err->what = what;
	}

	return EBADMSG;
}


int ics_rule_read(struct ics_rule *rule, struct ics_text *t,
		  struct ics_error *err)
{
	const struct ics_error place = rule->place;
	unsigned given = 0;

	memset(rule, 0, sizeof(*rule));
	rule->place = place;
	rule->interval = 1;
	do {
		if (part_read(rule, t, &given, err))
			return EBADMSG;
	} while (ics_take(t, ';'));

	if (ics_peek(t) != ICS_END)
		return ics_fail(err, t,
				"not understood: a rule's parts are parted by "
				"\";\"");

	return rule_check(rule, given, err);
}


/* The day on which the rule starts for the count-th time */
static int32_t count_last(const struct holidays_rule *r, uint32_t count)
{
	struct civil c;

	civil_from_days(r->first, &c);
	for (int32_t year = c.year; year < ICS_YEAR_END; year += r->interval) {
		const int64_t end = civil_to_days(year, MONTHS + 1, 1);

		for (int64_t day = civil_to_days(year, 1, 1); day < end;
		     day++) {
			civil_from_days(day, &c);
			if (!(r->months >> c.month & 1)) {
				day += civil_month_days(year, c.month) - 1;
				continue;
			}
			if (holidays_rule_fits(r, day) && !--count)
				return (int32_t)day;
		}
	}

	return HOLIDAYS_FOREVER;
}


/* Without a day that on which it starts; weekdays without a month are those of
 * the year */
static void days_default(struct holidays_rule *dst,
			 const struct ics_rule *rule)
{
	unsigned weekdays = 0;
	bool any_day;
	struct civil c;

	for (unsigned d = 0; d < WEEK_DAYS; d++)
		weekdays |= rule->weekdays[d];
	any_day = rule->month_days || rule->month_ends || weekdays;

	civil_from_days(dst->first, &c);
	if (!any_day)
		dst->month_days = 1u << c.day;
	if (!dst->months)
		dst->months = any_day ? (uint16_t)MONTHS_ALL
				      : (uint16_t)(1u << c.month);
}


int ics_rule_make(struct holidays_rule *dst, const struct ics_rule *rule,
		  int32_t start, int32_t days, struct ics_error *err)
{
	*dst = (struct holidays_rule){
		.first = start,
		.last = HOLIDAYS_FOREVER,
		.days = days,
		.interval = (int32_t)rule->interval,
		.months = rule->months,
		.month_days = rule->month_days,
		.month_ends = rule->month_ends,
	};
	memcpy(dst->weekdays, rule->weekdays, sizeof(dst->weekdays));
	days_default(dst, rule);

	*err = rule->place;
	if (!holidays_rule_fits(dst, start)) {
		err->what = "DTSTART is not one of its rule's days, and "
			    "nobody knows what holds then (RFC 5545 3.8.5.3): "
			    "start on the first of them";
		return EBADMSG;
	}
	if (rule->has_until && rule->until < start) {
		err->what = "UNTIL is before DTSTART";
		return EBADMSG;
	}

	if (rule->has_until)
		dst->last = rule->until;
	else if (rule->count)
		dst->last = count_last(dst, rule->count);

	return 0;
}
