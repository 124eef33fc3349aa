/**
 * @file tests/unit/policy/test_ics_oracle.c  Calendars against libical
 *
 * Random events, as holiday files have them; libical says on which days each
 * starts. The seed is fixed.
 */
#include "app/policy/zone.h"

#include "check.h"
#include "ics_load.h"

#include <libical/ical.h>

enum {
	ROUNDS = 800,
	EVENTS_MAX = 3,
	PROPERTIES_MAX = 16,
	TEXT_MAX = 8192,
	START_MIN = 10957, /* 2000-01-01 */
	START_MAX = 21915, /* 2030-01-01 */
	END = 29220,       /* 2050-01-01: libical is asked until then */
	DAYS = END + 40 - START_MIN,
};

struct text {
	char buf[TEXT_MAX];
	size_t len;
};

static const char weekday[7][3] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
static struct ics_load load;
static bool expected[DAYS];


static void print(struct text *t, const char *what, ...)
	__attribute__((format(printf, 2, 3)));

static void print(struct text *t, const char *what, ...)
{
	va_list ap;

	va_start(ap, what);
	t->len += (size_t)vsnprintf(t->buf + t->len, TEXT_MAX - t->len, what,
				    ap);
	va_end(ap);
	assert_true(t->len < TEXT_MAX);
}


static void date_print(struct text *t, int64_t day)
{
	struct civil c;

	civil_from_days(day, &c);
	print(t, "%04d%02u%02u", (int)c.year, c.month, c.day);
}


/* BYDAY's number that the start's weekday has in its month */
static int nth_of(const struct civil *c, bool from_end)
{
	const unsigned left = civil_month_days(c->year, c->month) - c->day;

	return from_end ? -(int)(left / 7 + 1) : (c->day - 1) / 7 + 1;
}


static void month_days_print(struct text *t, uint64_t *seed,
			     const struct civil *c)
{
	const unsigned left = civil_month_days(c->year, c->month) - c->day;

	print(t, ";BYMONTHDAY=");
	for (int64_t n = check_random_in(seed, 0, 4); n; n--)
		print(t, "%d,",
		      (int)(check_random_in(seed, 1, 31) *
			    (check_random_in(seed, 0, 3) ? 1 : -1)));
	if (check_random_in(seed, 0, 2))
		print(t, "%u", c->day);
	else
		print(t, "-%u", left + 1);
}


/* A rule one of whose days is the start */
static void rule_print(struct text *t, uint64_t *seed, int64_t start)
{
	const unsigned kind = (unsigned)check_random_in(seed, 0, 6);
	const bool month = (kind && kind != 3) || check_random_in(seed, 0, 2);
	struct civil c;

	civil_from_days(start, &c);
	print(t, "RRULE:FREQ=YEARLY");
	if (!check_random_in(seed, 0, 2))
		print(t, ";INTERVAL=%d", (int)check_random_in(seed, 1, 5));
	if (month) {
		print(t, ";BYMONTH=%u", c.month);
		for (int64_t n = check_random_in(seed, 0, 2); n > 0; n--)
			print(t, ",%d", (int)check_random_in(seed, 1, 12));
	}
	if (kind == 1 || kind == 2 || kind == 4)
		month_days_print(t, seed, &c);
	if (kind == 2 || kind == 3)
		print(t, ";BYDAY=%s,%s",
		      weekday[check_random(seed) % ROWS(weekday)],
		      weekday[c.weekday]);
	if (kind >= 5) {
		print(t, ";BYDAY=%d%s", nth_of(&c, kind == 6),
		      weekday[c.weekday]);
		if (!check_random_in(seed, 0, 2))
			print(t, ",%d%s", (int)check_random_in(seed, 1, 5),
			      weekday[check_random(seed) % ROWS(weekday)]);
	}

	if (!check_random_in(seed, 0, 3))
		print(t, ";COUNT=%d", (int)check_random_in(seed, 1, 30));
	else if (!check_random_in(seed, 0, 2)) {
		print(t, ";UNTIL=");
		date_print(t, start + check_random_in(seed, 0, 6000));
	}
	print(t, "\r\n");
}


/* Days near the start's in other years, so that some are the rule's */
static void dates_print(struct text *t, uint64_t *seed, const char *property,
			int64_t start)
{
	struct civil c;

	civil_from_days(start, &c);
	print(t, "%s;VALUE=DATE:", property);
	for (int64_t n = check_random_in(seed, 1, 4); n; n--) {
		const int32_t year =
			c.year + (int32_t)check_random_in(seed, 0, 12);

		date_print(t, civil_to_days(year, c.month, c.day) +
				      check_random_in(seed, -1, 1) *
					      check_random_in(seed, 0, 1));
		print(t, n > 1 ? "," : "\r\n");
	}
}


static void event_print(struct text *t, uint64_t *seed)
{
	const int64_t start = check_random_in(seed, START_MIN, START_MAX);

	print(t, "BEGIN:VEVENT\r\nUID:%u\r\nDTSTART;VALUE=DATE:",
	      (unsigned)t->len);
	date_print(t, start);
	print(t, "\r\n");
	if (!check_random_in(seed, 0, 2)) {
		print(t, "DTEND;VALUE=DATE:");
		date_print(t, start + check_random_in(seed, 1, 9));
		print(t, "\r\n");
	}
	if (check_random_in(seed, 0, 4))
		rule_print(t, seed, start);
	if (!check_random_in(seed, 0, 3))
		dates_print(t, seed, "EXDATE", start);
	if (!check_random_in(seed, 0, 3))
		dates_print(t, seed, "RDATE", start);
	print(t, "END:VEVENT\r\n");
}


static int64_t days_of(struct icaltimetype time)
{
	return civil_to_days(time.year, (unsigned)time.month,
			     (unsigned)time.day);
}


/* libical walks a component's properties in one place only */
static size_t properties_of(icalcomponent *event, icalproperty_kind kind,
			    icalproperty *v[PROPERTIES_MAX])
{
	icalproperty *p = icalcomponent_get_first_property(event, kind);
	size_t n = 0;

	for (; p; p = icalcomponent_get_next_property(event, kind)) {
		assert_true(n < PROPERTIES_MAX);
		v[n++] = p;
	}

	return n;
}


static bool is_excepted(icalcomponent *event, int64_t day)
{
	icalproperty *v[PROPERTIES_MAX];
	const size_t n = properties_of(event, ICAL_EXDATE_PROPERTY, v);

	for (size_t i = 0; i < n; i++) {
		if (days_of(icalproperty_get_exdate(v[i])) == day)
			return true;
	}

	return false;
}


static void expect(icalcomponent *event, int64_t day)
{
	const int64_t length = days_of(icalcomponent_get_dtend(event)) -
			       days_of(icalcomponent_get_dtstart(event));

	if (day >= END || is_excepted(event, day))
		return;
	for (int64_t d = day; d < day + (length > 0 ? length : 1); d++)
		expected[d - START_MIN] = true;
}


static void event_expect(icalcomponent *event)
{
	const struct icaltimetype start = icalcomponent_get_dtstart(event);
	icalproperty *p =
		icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
	icalproperty *rdate[PROPERTIES_MAX];
	struct icaltimetype next;
	size_t n;

	if (p) {
		icalrecur_iterator *it = icalrecur_iterator_new(
			icalproperty_get_rrule(p), start);

		assert_non_null(it);
		while (next = icalrecur_iterator_next(it),
		       !icaltime_is_null_time(next) && days_of(next) < END)
			expect(event, days_of(next));
		icalrecur_iterator_free(it);
	}
	else {
		expect(event, days_of(start));
	}

	n = properties_of(event, ICAL_RDATE_PROPERTY, rdate);
	for (size_t i = 0; i < n; i++)
		expect(event, days_of(icalproperty_get_rdate(rdate[i]).time));
}


static void calendar_expect(const char *text)
{
	icalcomponent *calendar = icalparser_parse_string(text);
	icalcomponent *event = icalcomponent_get_first_component(
		calendar, ICAL_VEVENT_COMPONENT);

	assert_non_null(calendar);
	memset(expected, 0, sizeof(expected));
	for (; event; event = icalcomponent_get_next_component(
			      calendar, ICAL_VEVENT_COMPONENT)) {
		if (icalcomponent_get_dtstart(event).is_date &&
		    icalcomponent_get_status(event) != ICAL_STATUS_CANCELLED)
			event_expect(event);
	}

	icalcomponent_free(calendar);
}


/* Both read a text; @return how many days are holidays */
static unsigned compare(const char *text, size_t len)
{
	unsigned days = 0;

	ics_load(&load, text, len);
	if (load.err)
		fail_msg("%s%s", text, load.told);

	calendar_expect(text);
	for (int64_t d = START_MIN; d < END; d++) {
		const bool has = holidays_has(&load.holidays, d);

		if (has != expected[d - START_MIN])
			fail_msg("%s%lld is %d", text, (long long)d, has);
		days += has;
	}

	return days;
}


static void the_days_are_those_of_libical(void **state)
{
	static struct text t;
	uint64_t seed = 5545;
	unsigned days = 0;

	(void)state;
	for (unsigned i = 0; i < ROUNDS; i++) {
		t.len = 0;
		print(&t, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n");
		for (int64_t n = check_random_in(&seed, 1, EVENTS_MAX); n; n--)
			event_print(&t, &seed);
		print(&t, "END:VCALENDAR\r\n");

		days += compare(t.buf, t.len);
	}
	print_message("%u days of %d calendars\n", days, ROUNDS);
}


static void file_read(struct text *t, const char *name)
{
	char path[256];
	FILE *f;

	(void)snprintf(path, sizeof(path), CALENDARS "/%s", name);
	f = fopen(path, "rb");
	assert_non_null(f);
	t->len = fread(t->buf, 1, TEXT_MAX - 1, f);
	t->buf[t->len] = '\0';
	(void)fclose(f);
}


static int days_in(int32_t year)
{
	int n = 0;

	for (int64_t d = civil_to_days(year, 1, 1);
	     d < civil_to_days(year + 1, 1, 1); d++)
		n += holidays_has(&load.holidays, d);

	return n;
}


/* Berlin has ten holidays in a year, eleven in 2025; the other file ten
 * days, Thanksgiving's two among them, and an election each fourth year */
static void files_as_people_export_them_are_read(void **state)
{
	static struct text t;

	(void)state;
	file_read(&t, "berlin.ics");
	(void)compare(t.buf, t.len);
	assert_int_equal(days_in(2025), 11);
	assert_int_equal(days_in(2026), 10);
	assert_int_equal(load.count.timedc, 1);

	file_read(&t, "us.ics");
	(void)compare(t.buf, t.len);
	assert_int_equal(days_in(2026), 10);
	assert_int_equal(days_in(2027), 8);
	assert_int_equal(days_in(2028), 11);
	assert_int_equal(load.count.cancelledc, 1);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_as_people_export_them_are_read),
		cmocka_unit_test(the_days_are_those_of_libical),
	};

	return cmocka_run_group_tests_name("ics_oracle", tests, NULL, NULL);
}
