/**
 * @file tests/unit/policy/test_ics.c  Calendars as people export them
 */
#include "app/policy/zone.h"

#include "check.h"
#include "ics_load.h"

#include <errno.h>

#define BEGIN "BEGIN:VCALENDAR\nVERSION:2.0\n"
#define END "END:VCALENDAR\n"
#define EVENT(lines) BEGIN "BEGIN:VEVENT\n" lines "END:VEVENT\n" END

static struct ics_load load;


static int64_t days(const char *date)
{
	int year, month, day;

	if (sscanf(date, "%d-%d-%d", &year, &month, &day) != 3)
		fail_msg("no date: %s", date);

	return civil_to_days(year, (unsigned)month, (unsigned)day);
}


/* A calendar, and whether days are holidays: "+2026-12-25 -2026-12-26" */
static const struct {
	const char *name, *text, *want;
} row[] = {
	{"a day", EVENT("DTSTART;VALUE=DATE:20261225\n"),
	 "-2026-12-24 +2026-12-25 -2026-12-26 -2027-12-25"},
	{"CR LF, a byte order mark, small letters",
	 "\xef\xbb\xbf"
	 "begin:vcalendar\r\nBegin:vevent\r\n"
	 "dtstart;value=date:20261225\r\nend:VEVENT\r\nEND:vcalendar\r\n",
	 "+2026-12-25 -2026-12-26"},
	{"folded lines, within a name, a date and a parameter",
	 BEGIN "BEGIN:VE\n VENT\nDTSTA\r\n\tRT;VALUE=DA\n TE:2026\n 12\n 25\n"
	       "SUMMARY:A name that goes on and on\n  and on;:,\"\n"
	       "END:VEVENT\n" END,
	 "+2026-12-25"},
	{"empty lines, no line end behind the last",
	 BEGIN "\n\r\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\n"
	       "\nEND:VCALENDAR",
	 "+2026-12-25"},
	{"two calendars in a file",
	 EVENT("DTSTART;VALUE=DATE:20261225\n")
		 EVENT("DTSTART;VALUE=DATE:20261226\n"),
	 "+2026-12-25 +2026-12-26 -2026-12-27"},
	{"eight digits are a date by themselves", EVENT("DTSTART:20261225\n"),
	 "+2026-12-25"},
	{"other parameters, one of them in quotes",
	 EVENT("DTSTART;X-A=\"VALUE=x;:y\";VALUE=DATE;X-B=c:20261225\n"),
	 "+2026-12-25"},
	{"an end is exclusive",
	 EVENT("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\n"),
	 "-2026-12-23 +2026-12-24 +2026-12-26 -2026-12-27"},
	{"an end on the day of the start is a day",
	 EVENT("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224\n"),
	 "-2026-12-23 +2026-12-24 -2026-12-25"},
	{"the end before the start, in the file",
	 EVENT("DTEND;VALUE=DATE:20270102\nDTSTART;VALUE=DATE:20261231\n"),
	 "+2026-12-31 +2027-01-01 -2027-01-02"},
	{"a duration in days",
	 EVENT("DTSTART;VALUE=DATE:20261224\nDURATION:P2D\n"),
	 "+2026-12-25 -2026-12-26"},
	{"a duration in weeks",
	 EVENT("DTSTART;VALUE=DATE:20261224\nDURATION:+P2W\n"),
	 "+2027-01-06 -2027-01-07"},
	{"each year",
	 EVENT("DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY\n"),
	 "-1999-12-25 +2000-12-25 +2026-12-25 +9999-12-25 -2026-12-26"},
	{"each year, the rule in front",
	 EVENT("RRULE:FREQ=YEARLY\nDTSTART;VALUE=DATE:20001225\n"),
	 "+2026-12-25"},
	{"29 February is a day of leap years",
	 EVENT("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY\n"),
	 "+2024-02-29 +2028-02-29 -2025-02-28 -2025-03-01 -2100-02-28"},
	{"each second year",
	 EVENT("DTSTART;VALUE=DATE:20240501\n"
	       "RRULE:FREQ=YEARLY;INTERVAL=2\n"),
	 "+2024-05-01 -2025-05-01 +2026-05-01"},
	{"until a day, included",
	 EVENT("DTSTART;VALUE=DATE:20240501\n"
	       "RRULE:FREQ=YEARLY;UNTIL=20260501\n"),
	 "+2024-05-01 +2026-05-01 -2027-05-01"},
	{"so many times",
	 EVENT("DTSTART;VALUE=DATE:20240501\nRRULE:FREQ=YEARLY;COUNT=3\n"),
	 "+2024-05-01 +2026-05-01 -2027-05-01"},
	{"so many times, counted over all its days",
	 EVENT("DTSTART;VALUE=DATE:20240501\n"
	       "RRULE:FREQ=YEARLY;BYMONTH=5,10;BYMONTHDAY=1,2;COUNT=5\n"),
	 "+2024-05-01 +2024-05-02 +2024-10-01 +2024-10-02 +2025-05-01 "
	 "-2025-05-02 -2025-10-01"},
	{"an exception counts",
	 EVENT("DTSTART;VALUE=DATE:20240501\n"
	       "RRULE:FREQ=YEARLY;COUNT=3\nEXDATE;VALUE=DATE:20250501\n"),
	 "+2024-05-01 -2025-05-01 +2026-05-01 -2027-05-01"},
	{"a month and a day of it",
	 EVENT("DTSTART;VALUE=DATE:20240501\n"
	       "RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1\n"),
	 "+2026-05-01 -2026-06-01 -2026-05-02"},
	{"the last day of February",
	 EVENT("DTSTART;VALUE=DATE:20240229\n"
	       "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\n"),
	 "+2024-02-29 +2025-02-28 -2025-02-27 +2028-02-29 -2028-02-28"},
	{"Thanksgiving",
	 EVENT("DTSTART;VALUE=DATE:20231123\n"
	       "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\n"),
	 "+2023-11-23 +2026-11-26 -2026-11-19 -2026-10-22 +2027-11-25"},
	{"Memorial Day",
	 EVENT("DTSTART;VALUE=DATE:20230529\n"
	       "RRULE:FREQ=YEARLY;WKST=SU;BYDAY=-1MO;BYMONTH=5\n"),
	 "+2023-05-29 +2026-05-25 -2026-05-18 +2027-05-31"},
	{"Victoria Day, the Monday before 25 May",
	 EVENT("DTSTART;VALUE=DATE:20230522\nRRULE:FREQ=YEARLY;BYMONTH=5;"
	       "BYMONTHDAY=18,19,20,21,22,23,24;BYDAY=MO\n"),
	 "+2023-05-22 +2026-05-18 -2026-05-25 +2027-05-24"},
	{"each weekday of a month",
	 EVENT("DTSTART;VALUE=DATE:20260803\n"
	       "RRULE:FREQ=YEARLY;BYMONTH=8;BYDAY=MO,+1TU\n"),
	 "+2026-08-03 +2026-08-10 +2026-08-04 -2026-08-11 +2027-08-30"},
	{"a long one each year, over the year's end",
	 EVENT("DTSTART;VALUE=DATE:20241230\nDURATION:P4D\n"
	       "RRULE:FREQ=YEARLY\n"),
	 "-2024-12-29 +2026-01-02 -2026-01-03 +2026-12-30"},
	{"exceptions, in two lines",
	 EVENT("EXDATE;VALUE=DATE:20260501,20270501\nRRULE:FREQ=YEARLY\n"
	       "DTSTART;VALUE=DATE:20240501\nEXDATE:20290501\n"),
	 "+2025-05-01 -2026-05-01 -2027-05-01 +2028-05-01 -2029-05-01"},
	{"an exception is of its event only",
	 EVENT("DTSTART;VALUE=DATE:20240501\nRRULE:FREQ=YEARLY\n"
	       "EXDATE;VALUE=DATE:20260501\nEND:VEVENT\nBEGIN:VEVENT\n"
	       "DTSTART;VALUE=DATE:20260501\n"),
	 "+2026-05-01"},
	{"the second event's exceptions are its own",
	 EVENT("DTSTART;VALUE=DATE:20240501\nRRULE:FREQ=YEARLY\n"
	       "EXDATE:20260501\nEND:VEVENT\nBEGIN:VEVENT\n"
	       "DTSTART;VALUE=DATE:20241003\nRRULE:FREQ=YEARLY\n"
	       "EXDATE:20271003,20281003\n"),
	 "-2026-05-01 +2027-05-01 +2026-10-03 -2027-10-03 -2028-10-03"},
	{"dates beside the start, as for Easter",
	 EVENT("DTSTART;VALUE=DATE:20250421\n"
	       "RDATE;VALUE=DATE:20260406,20270329\nRDATE:20280417\n"),
	 "+2025-04-21 +2026-04-06 +2027-03-29 +2028-04-17 -2026-04-21"},
	{"dates beside a rule, and one of them excepted",
	 EVENT("DTSTART;VALUE=DATE:20240501\nRRULE:FREQ=YEARLY\n"
	       "RDATE:20260601,20260701\nEXDATE:20260601\n"),
	 "+2026-05-01 -2026-06-01 +2026-07-01"},
	{"the start itself excepted",
	 EVENT("DTSTART;VALUE=DATE:20250421\nRDATE:20260406\n"
	       "EXDATE:20250421\n"),
	 "-2025-04-21 +2026-04-06"},
	{"what is at a time is no holiday, whatever else it says",
	 EVENT("DTSTART:20261225T100000Z\nRRULE:FREQ=DAILY\nEXDATE:x\n"
	       "END:VEVENT\nBEGIN:VEVENT\n"
	       "DTSTART;TZID=Europe/Berlin:20261225T100000\n"
	       "END:VEVENT\nBEGIN:VEVENT\nRECURRENCE-ID:1\n"
	       "DTSTART;VALUE=DATE-TIME:20261225T100000\n"
	       "END:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261226\n"),
	 "-2026-12-25 +2026-12-26"},
	{"what is cancelled is none",
	 EVENT("DTSTART;VALUE=DATE:20261225\nSTATUS:cancelled\n"
	       "RRULE:FREQ=DAILY\nEND:VEVENT\nBEGIN:VEVENT\n"
	       "STATUS:CONFIRMED\nDTSTART;VALUE=DATE:20261226\n"),
	 "-2026-12-25 +2026-12-26"},
	{"time zones, alarms and tasks say nothing of holidays",
	 BEGIN "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19701025T030000\n"
	       "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\n"
	       "END:VTIMEZONE\nBEGIN:VTODO\nDTSTART;VALUE=DATE:20260101\n"
	       "RRULE:FREQ=DAILY\nEND:VTODO\nBEGIN:VEVENT\n"
	       "DTSTART;VALUE=DATE:20261225\nBEGIN:VALARM\nDURATION:PT5M\n"
	       "REPEAT:2\nEND:VALARM\nDURATION:P2D\nEND:VEVENT\n" END,
	 "+2026-12-25 +2026-12-26 -2026-01-01 -2026-10-25"},
	{"a calendar without events", BEGIN END, "-2026-12-25"},
};


static void the_days_are_those_of_the_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		ics_load(&load, row[i].text, strlen(row[i].text));
		if (load.err)
			fail_msg("%s: %s", row[i].name, load.told);
		for (const char *w = row[i].want; w; w = strpbrk(w, "+-")) {
			if (holidays_has(&load.holidays, days(w + 1)) !=
			    (w[0] == '+'))
				fail_msg("%s: %.11s", row[i].name, w);
			w += strcspn(w, " ");
		}
	}
}


static const struct {
	const char *text, *told; /* how each line starts */
} error_row[] = {
	{"", "1:1 no calendar: an iCalendar file starts"},
	{"\n\n", "3:1 no calendar"},
	{"<!DOCTYPE html>\n<html>\n", "1:1 no calendar"},
	{"BEGIN:VCARD\nEND:VCARD\n", "1:1 no calendar"},
	{"VERSION:2.0\n", "1:1 no calendar"},
	{EVENT("DTSTART:20261225\n") "x\n", "7:1 no calendar"},
	{BEGIN, "3:1 the file ends within a calendar"},
	{BEGIN "BEGIN:VEVENT\nDTSTART:20261225\n",
	 "5:1 the file ends within a calendar"},
	{BEGIN "BEGIN:VEVENT\n" END, "4:1 this END has no BEGIN"},
	{BEGIN "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
	       "BEGIN:A\n",
	 "9:1 too deep"},
	{BEGIN "what\n" END, "3:5 no property"},
	{BEGIN ":x\nX;Y:z\n" END, "3:1 no property\n4:4 no \"=\""},
	{EVENT("SUMMARY:x\n"), "3:1 the event has no DTSTART"},
	{EVENT("DTSTART;VALUE=DATE:2026122\n"), "4:20 no date: it has"},
	{EVENT("DTSTART;VALUE=DATE:202612251\n"), "4:20 no date"},
	{EVENT("DTSTART;VALUE=DATE:2026-12-25\n"), "4:20 no date"},
	{EVENT("DTSTART;VALUE=DATE:20261325\n"), "4:20 there is no such day"},
	{EVENT("DTSTART;VALUE=DATE:20270229\n"), "4:20 there is no such day"},
	{EVENT("DTSTART;VALUE=DATE:20270200\n"), "4:20 there is no such day"},
	{EVENT("DTSTART;VALUE=DATE:\n 20270200\n"),
	 "5:2 there is no such day"},
	{EVENT("DTSTART;VALUE=DATE:20261225T100000\n"), "4:28 VALUE=DATE has"},
	{EVENT("DTSTART;VALUE=DATE:20261225,20261226\n"),
	 "4:28 not understood behind the value"},
	{EVENT("DTSTART:20261225\nDTSTART:20261226\n"),
	 "5:1 DTSTART is given twice"},
	{EVENT("DTSTART:20261225\nDTEND:20261226T000000Z\n"),
	 "5:7 this has a time and DTSTART has none"},
	{EVENT("DTSTART:20261225\nDTEND;VALUE=DATE-TIME:20261226T000000Z\n"),
	 "5:1 DTSTART is a date alone"},
	{EVENT("DTSTART:20261225\nDTEND:20261224\n"),
	 "3:1 the event's DTEND is before its DTSTART"},
	{EVENT("DTSTART:20261225\nDTEND:20280101\n"),
	 "3:1 an event is at most 366 days long"},
	{EVENT("DTSTART:20261225\nDTEND:20261226\nDURATION:P1D\n"),
	 "6:1 the event's end is given twice"},
	{EVENT("DTSTART:20261225\nDURATION:P1D\nDTEND:20261226\n"),
	 "6:1 the event's end is given twice"},
	{EVENT("DTSTART:20261225\nDURATION:PT24H\n"), "5:10 no duration in"},
	{EVENT("DTSTART:20261225\nDURATION:P1DT1H\n"), "5:10 no duration in"},
	{EVENT("DTSTART:20261225\nDURATION:-P1D\n"), "5:10 no duration in"},
	{EVENT("DTSTART:20261225\nDURATION:P0D\n"), "5:10 an event is 1 to"},
	{EVENT("DTSTART:20261225\nDURATION:P367D\n"), "5:10 an event is 1 to"},
	{EVENT("DTSTART:20261225\nEXDATE:20261225T000000Z\n"),
	 "5:8 this has a time"},
	{EVENT("DTSTART:20261225\nRDATE;VALUE=PERIOD:20261225/P1D\n"),
	 "5:1 DTSTART is a date alone"},
	{EVENT("DTSTART:20261225\nRDATE:20261226,\n"), "5:16 no date"},
	{EVENT("DTSTART:20261225\nEXRULE:FREQ=YEARLY\n"), "5:1 EXRULE is not"},
	{EVENT("DTSTART:20261225\nRECURRENCE-ID;VALUE=DATE:20261225\n"),
	 "5:1 RECURRENCE-ID is not"},
	{EVENT("DTSTART:20261225\nRRULE:FREQ=YEARLY\nRRULE:FREQ=YEARLY\n"),
	 "6:1 a second RRULE"},
#define RULE(rule) EVENT("DTSTART:20261225\nRRULE:" rule "\n")
	{RULE("FREQ=DAILY"), "5:12 only FREQ=YEARLY"},
	{RULE("FREQ=MONTHLY;BYDAY=1FR"), "5:12 only FREQ=YEARLY"},
	{RULE(""), "5:7 this part of a rule is not"},
	{RULE("INTERVAL=1"), "5:1 the rule has no FREQ"},
	{RULE("FREQ=YEARLY;"), "5:19 this part of a rule is not"},
	{RULE("FREQ=YEARLY;FREQ=YEARLY"), "5:19 this is given twice"},
	{RULE("FREQ=YEARLY;BYSETPOS=1"), "5:19 this part of a rule is not"},
	{RULE("FREQ=YEARLY;BYWEEKNO=20"), "5:19 this part of a rule is not"},
	{RULE("FREQ=YEARLY;BYYEARDAY=1"), "5:19 this part of a rule is not"},
	{RULE("FREQ=YEARLY;BYHOUR=1"), "5:19 this part of a rule is not"},
	{RULE("FREQ=YEARLY;INTERVAL=0"), "5:28 an interval is 1 to"},
	{RULE("FREQ=YEARLY;INTERVAL=1001"), "5:28 an interval is 1 to"},
	{RULE("FREQ=YEARLY;INTERVAL=00001"), "5:28 an interval is 1 to"},
	{RULE("FREQ=YEARLY;COUNT=0"), "5:25 a count is 1 to 1000"},
	{RULE("FREQ=YEARLY;COUNT=1001"), "5:25 a count is 1 to 1000"},
	{RULE("FREQ=YEARLY;COUNT=2;UNTIL=20281225"),
	 "5:1 COUNT and UNTIL exclude"},
	{RULE("FREQ=YEARLY;UNTIL=20281225T000000Z"), "5:33 UNTIL has a time"},
	{RULE("FREQ=YEARLY;UNTIL=2028"), "5:25 no date"},
	{RULE("FREQ=YEARLY;UNTIL=20261224"), "5:1 UNTIL is before DTSTART"},
	{RULE("FREQ=YEARLY;BYMONTH=0"), "5:27 a month is 1 to 12"},
	{RULE("FREQ=YEARLY;BYMONTH=12,13"), "5:30 a month is 1 to 12"},
	{RULE("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=32"), "5:41 a day of a"},
	{RULE("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25x"), "5:43 not understood"},
	{RULE("FREQ=YEARLY;BYMONTH=12;BYDAY=XX"), "5:36 no weekday"},
	{RULE("FREQ=YEARLY;BYMONTH=12;BYDAY=6FR"), "5:36 a weekday's number"},
	{RULE("FREQ=YEARLY;BYMONTH=12;BYDAY=-FR"), "5:36 a weekday's number"},
	{RULE("FREQ=YEARLY;BYDAY=-1FR"), "5:1 a weekday's number is"},
	{RULE("FREQ=YEARLY;BYMONTHDAY=25"), "5:1 BYMONTHDAY without BYMONTH"},
	{RULE("FREQ=YEARLY;BYMONTH=12;BYDAY=4FR;BYMONTHDAY=25"),
	 "5:1 a weekday's number beside"},
	{RULE("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"),
	 "5:1 DTSTART is not one of its rule's days"},
	{RULE("FREQ=YEARLY;BYMONTH=11"), "5:1 DTSTART is not one of"},
	{RULE("FREQ=YEARLY;WKST="), "5:24 no weekday"},
	/* one error for each event, and all of them */
	{EVENT("DTSTART:2026\nRRULE:x\nEND:VEVENT\nBEGIN:VEVENT\n"
	       "DTSTART:20261225\nEND:VEVENT\nBEGIN:VEVENT\n"
	       "DTSTART:20261225\nEXRULE:x\n"),
	 "4:9 no date\n12:1 EXRULE"},
};


/* Each line that is told starts with its line of what is wanted */
static bool told_is(const char *told, const char *want)
{
	while (*want) {
		const size_t n = strcspn(want, "\n");

		if (strncmp(told, want, n))
			return false;
		told += strcspn(told, "\n");
		told += *told == '\n';
		want += n + (want[n] == '\n');
	}

	return !*told;
}


static void what_is_not_understood_is_told_where_it_stands(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(error_row); i++) {
		ics_load(&load, error_row[i].text, strlen(error_row[i].text));
		if (!told_is(load.told, error_row[i].told))
			fail_msg("%s\ntold: %swant: %s", error_row[i].text,
				 load.told, error_row[i].told);
	}
}


static void what_is_left_out_is_counted(void **state)
{
	static const char text[] =
		EVENT("DTSTART:20261225\nEND:VEVENT\nBEGIN:VEVENT\n"
		      "DTSTART:20261225T100000\nEND:VEVENT\nBEGIN:VEVENT\n"
		      "DTSTART:20261226T100000\nEND:VEVENT\nBEGIN:VEVENT\n"
		      "STATUS:CANCELLED\n");

	(void)state;
	ics_load(&load, text, strlen(text));
	assert_int_equal(load.err, 0);
	assert_int_equal(load.count.eventc, 1);
	assert_int_equal(load.count.timedc, 2);
	assert_int_equal(load.count.cancelledc, 1);
}


/* The start of an event with so many dates of a property */
static size_t dates_print(char *text, size_t size, const char *property,
			  unsigned n)
{
	size_t len = (size_t)snprintf(text, size,
				      BEGIN "BEGIN:VEVENT\nDTSTART:20260101\n"
					    "%s:",
				      property);

	for (unsigned i = 0; i < n; i++)
		len += (size_t)snprintf(text + len, size - len,
					"%s%04u0101\n ", i ? "," : "",
					2027 + i);

	return len +
	       (size_t)snprintf(text + len, size - len, "\nEND:VEVENT\n" END);
}


static void as_many_dates_as_fit_and_no_more(void **state)
{
	char text[16 * ICS_DATES_MAX];
	size_t len;

	(void)state;
	len = dates_print(text, sizeof(text), "RDATE", ICS_DATES_MAX);
	ics_load(&load, text, len);
	assert_string_equal(load.told, "");
	assert_int_equal(load.holidays.spanc, ICS_DATES_MAX + 1);

	len = dates_print(text, sizeof(text), "EXDATE", ICS_DATES_MAX + 1);
	ics_load(&load, text, len);
	assert_true(told_is(load.told, "371:3 too many dates in an event"));
}


static void no_error_handler(unsigned line, unsigned col, const char *what,
			     void *arg)
{
	(void)arg;
	fail_msg("%u:%u %s", line, col, what);
}


static void too_little_room_is_told_and_nothing_beyond_it_written(void **state)
{
	static const char text[] =
		EVENT("DTSTART:20260101\nRRULE:FREQ=YEARLY\n"
		      "EXDATE:20270101,20280101\nRDATE:20260102,20260104\n");
	struct holidays_span span[3];
	struct holidays_rule rule[2];
	int32_t except[3];
	struct holidays h = {.spanc = 77};

	(void)state;
	for (unsigned i = 0; i < 2 * 3 * 2; i++) {
		const struct ics_room room = {span,  i % 2 + 1, rule,
					      i / 6, except,    i / 2 % 3};
		struct ics_count count;
		const bool fits = room.span_max == 2 && room.rule_max == 1 &&
				  room.except_max == 2;

		memset(span, 0x55, sizeof(span));
		memset(rule, 0x55, sizeof(rule));
		memset(except, 0x55, sizeof(except));
		assert_int_equal(ics_read(&h, &room, &count, text,
					  strlen(text), no_error_handler,
					  NULL),
				 fits ? 0 : ENOSPC);
		assert_int_equal(span[room.span_max].first, 0x55555555);
		assert_int_equal(rule[room.rule_max].first, 0x55555555);
		assert_int_equal(except[room.except_max], 0x55555555);
		assert_int_equal(h.spanc, fits ? 2 : 77);
	}
}


static void arguments_are_checked(void **state)
{
	const struct ics_room room = {.span_max = 0};
	struct ics_count count;
	struct holidays h;

	(void)state;
	assert_int_equal(
		ics_read(NULL, NULL, NULL, "", 0, no_error_handler, NULL),
		EINVAL);
	assert_int_equal(
		ics_read(NULL, NULL, &count, NULL, 0, no_error_handler, NULL),
		EINVAL);
	assert_int_equal(ics_read(NULL, NULL, &count, "", 0, NULL, NULL),
			 EINVAL);
	assert_int_equal(
		ics_read(&h, NULL, &count, "", 0, no_error_handler, NULL),
		EINVAL);
	assert_int_equal(
		ics_read(NULL, &room, &count, "", 0, no_error_handler, NULL),
		EINVAL);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_days_are_those_of_the_rows),
		cmocka_unit_test(
			what_is_not_understood_is_told_where_it_stands),
		cmocka_unit_test(what_is_left_out_is_counted),
		cmocka_unit_test(as_many_dates_as_fit_and_no_more),
		cmocka_unit_test(
			too_little_room_is_told_and_nothing_beyond_it_written),
		cmocka_unit_test(arguments_are_checked),
	};

	return cmocka_run_group_tests_name("ics", tests, NULL, NULL);
}
