/**
 * @file tests/unit/config/test_config_hours.c  Schedules, and their holidays
 */
#include "tests/unit/config/load.h"

#include <errno.h>
#include <unistd.h>

#include "app/policy/holidays.h"

#define ACCOUNT "[account a]\nuri = sip:a@b\n"
#define HOURS ACCOUNT "[hours]\ntimezone = UTC\n"
#define X31 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

#define EVENT(lines)                                                          \
	"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" lines "END:VEVENT\nEND:VCALENDAR\n"

enum {
	TEXT_MAX = 8192,
};


/* Load a text in which each "%s" is a calendar's path */
static void load_with(struct load *l, const char *text, const char *calendar,
		      char path[LOAD_PATH_MAX])
{
	char full[TEXT_MAX];
	size_t n = 0;

	load_file_write(path, calendar, strlen(calendar));
	for (const char *p = text; *p; p++) {
		const bool here = !strncmp(p, "%s", 2);

		n += (size_t)snprintf(full + n, sizeof(full) - n, "%.*s",
				      here ? LOAD_PATH_MAX : 1,
				      here ? path : p);
		assert_true(n < sizeof(full));
		p += here;
	}
	load_text(l, full, n);
	assert_int_equal(unlink(path), 0);
}


static void holidays_are_those_of_the_file(void **state)
{
	char path[LOAD_PATH_MAX];
	const struct policy *p;
	struct load l;

	(void)state;
	load_with(&l,
		  HOURS "open = Mo-Fr 09:00-18:00; PH off\nholidays = %s\n",
		  EVENT("DTSTART;VALUE=DATE:20240501\nRRULE:FREQ=YEARLY\n"
			"EXDATE:20270501\nEND:VEVENT\nBEGIN:VEVENT\n"
			"DTSTART;VALUE=DATE:20261120\n"),
		  path);
	assert_string_equal(l.told, "");
	p = &l.cfg->policy;
	assert_non_null(p->holidays);
	assert_true(holidays_has(p->holidays, 20209));  /* 2025-05-01 */
	assert_false(holidays_has(p->holidays, 20939)); /* 2027-05-01 */

	/* Fri 2026-11-20 at 12:00, a holiday, and a week later */
	assert_false(hours_open(&p->hours, p->holidays, &p->zone,
				INT64_C(1795176000)));
	assert_true(hours_open(&p->hours, p->holidays, &p->zone,
			       INT64_C(1795780800)));
	load_close(&l);
}


static void schedules_have_names_and_lines_and_are_found(void **state)
{
	static const char text[] =
		"[hours lunch]\nopen = Mo-Fr 12:00-13:00\n" ACCOUNT
		"[hours]\ntimezone = UTC\nopen = 24/7\n"
		"[hours night shift]\nopen = Mo-Su 22:00-06:00; Dec 24 off\n"
		"[rule lunch]\nnumber = 1\naction = ring\n";
	const struct policy *p;
	struct load l;

	(void)state;
	load_text(&l, text, strlen(text));
	assert_string_equal(l.told, "");
	p = &l.cfg->policy;
	assert_int_equal(p->hourc, 2);
	assert_string_equal(p->hourv[0].name, "lunch");
	assert_int_equal(p->hourv[0].line, 1);
	assert_int_equal(p->hourv[0].hours.n, 5);
	assert_string_equal(p->hourv[1].name, "night shift");
	assert_int_equal(p->hourv[1].line, 8);
	assert_int_equal(p->hourv[1].hours.specialc, 1);
	assert_int_equal(p->hours.n, 7);

	assert_int_equal(policy_hours_find(p, "lunch", 5), 0);
	assert_int_equal(policy_hours_find(p, "night shift, x", 11), 1);
	assert_int_equal(policy_hours_find(p, "lunch", 4), -1);
	assert_int_equal(policy_hours_find(p, "night", 5), -1);
	assert_int_equal(policy_hours_find(p, "", 0), -1);
	load_close(&l);
}


/* n schedules, and the lines in front of them */
static size_t schedules_print(char text[TEXT_MAX], unsigned n)
{
	size_t len = (size_t)snprintf(text, TEXT_MAX, HOURS "open = off\n");

	for (unsigned i = 0; i < n; i++)
		len += (size_t)snprintf(text + len, TEXT_MAX - len,
					"[hours h%u]\nopen = off\n", i);
	assert_true(len < TEXT_MAX);
	return len;
}


static void there_are_31_schedules_and_no_more(void **state)
{
	char text[TEXT_MAX];
	struct load l;

	(void)state;
	load_text(&l, text, schedules_print(text, POLICY_HOURS_MAX));
	assert_string_equal(l.told, "");
	assert_int_equal(l.cfg->policy.hourc, POLICY_HOURS_MAX);
	assert_int_equal(policy_hours_find(&l.cfg->policy, "h30", 3), 30);
	load_close(&l);

	load_text(&l, text, schedules_print(text, POLICY_HOURS_MAX + 2));
	assert_string_equal(l.told,
			    "68:2 [hours NAME] once too often: at most 31\n"
			    "70:2 [hours NAME] once too often: at most 31\n");
	load_close(&l);
}


/* Each line that is told, after "%s" for the calendar's path */
static const struct {
	const char *name, *text, *calendar, *told;
} error_row[] = {
	{"PH without holidays", HOURS "open = Mo 09:00-12:00; PH off\n", "",
	 "5:24 open: nothing says which days PH are: write holidays = "},
	{"PH of a further schedule, in front of [hours]",
	 "[hours x]\nopen = Mo 09:00-12:00;PH off\n" HOURS "open = PH off\n",
	 "",
	 "2:23 open: nothing says which days PH are\n"
	 "7:8 open: nothing says which days PH are"},
	{"a file that is not there",
	 HOURS "open = PH off\nholidays = /nonexistent/x.ics\n", "",
	 "6:12 holidays: can't read it: No such file or directory; write"},
	{"no path", HOURS "open = PH off\nholidays =\n", "",
	 "6:11 holidays: no path"},
	{"a folder", HOURS "open = off\nholidays = /\n", "",
	 "6:12 holidays: can't read it: Is a directory"},
	{"a file without end", HOURS "open = off\nholidays = /dev/zero\n", "",
	 "6:12 holidays: the file is too large: at most 1 MiB"},
	{"no calendar", HOURS "open = off\nholidays = %s\n", "<html>",
	 "%s:1:1 no calendar"},
	{"all errors of the calendar, in their places, among the others",
	 HOURS "x = 1\nholidays = %s\nopen = no\n",
	 EVENT("DTSTART:20260230\nEND:VEVENT\nBEGIN:VEVENT\n"
	       "DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=WEEKLY\n"),
	 "5:1 unknown key: [hours] has timezone, open, outside, holidays\n"
	 "%s:3:9 there is no such day\n%s:7:12 only FREQ=YEARLY\n"
	 "7:8 open: no day"},
	{"a calendar with nothing but meetings",
	 HOURS "open = off\nholidays = %s\n",
	 EVENT("DTSTART:20260501T100000Z\nEND:VEVENT\nBEGIN:VEVENT\n"
	       "STATUS:CANCELLED\n"),
	 "6:12 holidays: no holiday in it, but 1 events at a time of day and "
	 "1 that are cancelled"},
	{"holidays given twice",
	 HOURS "open = off\nholidays = /\nholidays = /\n", "",
	 "6:12 holidays: can't\n7:1 holidays is given twice, first on line "
	 "6\n7:12 holidays: can't"},
	{"a further schedule without [hours]",
	 ACCOUNT "[hours x]\nopen = off\n[hours y]\nopen = off\n", "",
	 "3:2 there is no [hours], which has the time zone: write it"},
	{"what may have been [hours] is not missed",
	 ACCOUNT "[hour]\n[hours x]\nopen = off\n", "",
	 "3:2 unknown section: perhaps [hours]"},
	{"a schedule without hours", HOURS "open = off\n[hours x]\n", "",
	 "6:2 [hours NAME] lacks \"open\": write e.g. open = Mo-Fr"},
	{"a key of [hours] in a schedule",
	 HOURS "open = off\n[hours x]\nopen = off\ntimezone = UTC\n", "",
	 "8:1 unknown key: [hours NAME] has open"},
	{"names that rules need",
	 HOURS "open = off\n[hours open]\nopen = off\n[hours closed]\n"
	       "open = off\n",
	 "",
	 "6:8 \"open\" and \"closed\" are what [hours] is: write another\n"
	 "8:8 \"open\" and \"closed\" are what [hours] is"},
	{"a name twice",
	 HOURS "open = off\n[hours x]\nopen = off\n[hours y]\nopen = off\n"
	       "[hours x]\nopen = off\n",
	 "", "10:8 [hours] of this name is given twice, first on line 6"},
	{"a name that is too long",
	 HOURS "open = off\n[hours " X31 "x]\nopen = off\n", "",
	 "6:39 the name is too long"},
	{"[hours] itself twice", HOURS "open = off\n[hours]\nopen = off\n", "",
	 "6:2 [hours] is given twice, first on line 3\n"
	 "6:2 [hours] lacks \"timezone\""},
};


/* Each line that is told starts with its line of what is wanted */
static bool told_is(const char *told, const char *want, const char *path)
{
	while (*want) {
		size_t n = strcspn(want, "\n");

		if (!strncmp(want, "%s", 2)) {
			if (strncmp(told, path, strlen(path)))
				return false;
			told += strlen(path);
			want += 2;
			n -= 2;
		}
		if (strncmp(told, want, n))
			return false;
		told += strcspn(told, "\n");
		told += *told == '\n';
		want += n + (want[n] == '\n');
	}

	return !*told;
}


static void errors_stand_where_the_rows_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(error_row); i++) {
		char path[LOAD_PATH_MAX];
		struct load l;

		load_with(&l, error_row[i].text, error_row[i].calendar, path);
		assert_int_equal(l.err, EBADMSG);
		if (!told_is(l.told, error_row[i].told, path))
			fail_msg("%s:\n%s\ntold:\n%swant:\n%s",
				 error_row[i].name, error_row[i].text, l.told,
				 error_row[i].told);
		load_close(&l);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holidays_are_those_of_the_file),
		cmocka_unit_test(schedules_have_names_and_lines_and_are_found),
		cmocka_unit_test(there_are_31_schedules_and_no_more),
		cmocka_unit_test(errors_stand_where_the_rows_say),
	};

	return cmocka_run_group_tests_name("config_hours", tests, NULL, NULL);
}
