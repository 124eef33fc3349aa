/**
 * @file tests/unit/policy/test_tzif.c  TZif files byte by byte, RFC 9636
 *
 * Files are built here, so that each kind of damage stands alone.
 */
#include "zone_file.h"

#include "check.h"

#include <errno.h>

enum {
	FILE_MAX = 16384,
	V1_TIME = 4,
	V2_TIME = 8,
};

/** A block's header and its parts; counts may lie */
struct block {
	uint32_t isutc, isstd, leap, time, type, ch;
	int64_t at_s[ZONE_TRANSITION_MAX + 2];
	uint8_t index[ZONE_TRANSITION_MAX + 2];
	struct {
		int32_t off_s;
		uint8_t dst, name;
	} typev[4];
};

struct file {
	uint8_t p[FILE_MAX];
	size_t n;
};

/* Berlin's two offsets and one change in 2000 */
static const struct block sound = {
	.time = 1,
	.type = 2,
	.ch = 4,
	.at_s = {946684800},
	.index = {1},
	.typev = {{3600, 0, 0}, {7200, 1, 0}},
};


static void put(struct file *f, uint64_t v, size_t size)
{
	assert_true(f->n + size <= FILE_MAX);
	while (size--)
		f->p[f->n++] = (uint8_t)(v >> 8 * size);
}


static void put_block(struct file *f, char version, const struct block *b,
		      size_t time_size)
{
	put(f, 0x545a6966, 4); /* TZif */
	put(f, (uint8_t)version, 1);
	f->n += 15;
	put(f, b->isutc, 4);
	put(f, b->isstd, 4);
	put(f, b->leap, 4);
	put(f, b->time, 4);
	put(f, b->type, 4);
	put(f, b->ch, 4);

	for (size_t i = 0; i < b->time && i < ROWS(b->at_s); i++)
		put(f, (uint64_t)b->at_s[i], time_size);
	for (size_t i = 0; i < b->time && i < ROWS(b->index); i++)
		put(f, b->index[i], 1);
	for (size_t i = 0; i < b->type && i < ROWS(b->typev); i++) {
		put(f, (uint32_t)b->typev[i].off_s, 4);
		put(f, b->typev[i].dst, 1);
		put(f, b->typev[i].name, 1);
	}
	put(f, 0x43455400, b->ch); /* CET */
	for (size_t i = 0; i < b->leap && i < 2; i++) {
		put(f, 0, time_size);
		put(f, 1, 4);
	}
	put(f, 0, b->isstd <= 8 ? b->isstd : 0);
	put(f, 0, b->isutc <= 8 ? b->isutc : 0);
}


/* A version 2 file as zic -b slim writes it: an empty 32-bit part */
static void put_file(struct file *f, char version, const struct block *b,
		     const char *footer)
{
	static const struct block empty = {.type = 1, .ch = 1};

	memset(f, 0, sizeof(*f));
	put_block(f, version, &empty, V1_TIME);
	put_block(f, version, b, V2_TIME);
	assert_true(f->n + strlen(footer) <= FILE_MAX);
	memcpy(&f->p[f->n], footer, strlen(footer));
	f->n += strlen(footer);
}


static int parse(struct zone *z, const struct file *f, const char **what)
{
	*what = "";
	return zone_parse(z, "Test/Zone", f->p, f->n, what);
}


static void parse_footer(struct zone *z, const char *rule)
{
	static const struct block none = {.type = 1, .ch = 4};
	static struct file f;
	const char *what;
	char footer[128];

	(void)snprintf(footer, sizeof(footer), "\n%s\n", rule);
	put_file(&f, '3', &none, footer);
	if (parse(z, &f, &what))
		fail_msg("%s: %s", rule, what);
}


static void versions_1_to_4_are_read(void **state)
{
	static struct file f;
	static struct zone z;
	const char *what;

	(void)state;
	put_block(&f, '\0', &sound, V1_TIME);
	assert_int_equal(parse(&z, &f, &what), 0);
	assert_string_equal(z.name, "Test/Zone");
	assert_int_equal(z.n, 1);
	assert_int_equal(zone_offset_s(&z, 946684799), 3600);
	assert_int_equal(zone_offset_s(&z, 946684800), 7200);
	assert_int_equal(zone_offset_s(&z, 4000000000), 7200);

	for (char version = '2'; version <= '4'; version++) {
		put_file(&f, version, &sound, "\nCET-1\n");
		assert_int_equal(parse(&z, &f, &what), 0);
		assert_int_equal(zone_offset_s(&z, 946684799), 3600);
		assert_int_equal(zone_offset_s(&z, 946684801), 3600);
	}
}


static void a_version_1_time_before_1970_is_negative(void **state)
{
	static struct file f;
	static struct zone z;
	struct block b = sound;
	const char *what;

	(void)state;
	b.at_s[0] = -1693706400;
	put_block(&f, '\0', &b, V1_TIME);
	assert_int_equal(parse(&z, &f, &what), 0);
	assert_int_equal(z.at_s[0], -1693706400);
}


static void without_a_footer_the_last_offset_stays(void **state)
{
	static struct file f;
	static struct zone z;
	const char *what;
	int64_t at_s;

	(void)state;
	put_file(&f, '2', &sound, "\n\n");
	assert_int_equal(parse(&z, &f, &what), 0);
	assert_int_equal(zone_offset_s(&z, 4000000000), 7200);
	assert_false(zone_next_change(&z, 946684800, &at_s));
}


static void as_many_transitions_as_fit_and_no_more(void **state)
{
	static struct file f;
	static struct zone z;
	static struct block b;
	const char *what;

	(void)state;
	b = sound;
	for (size_t i = 0; i < ROWS(b.at_s); i++) {
		b.at_s[i] = (int64_t)i * 100;
		b.index[i] = i % 2;
	}

	b.time = ZONE_TRANSITION_MAX;
	put_file(&f, '2', &b, "\n\n");
	assert_int_equal(parse(&z, &f, &what), 0);
	assert_int_equal(z.n, ZONE_TRANSITION_MAX);
	assert_int_equal(zone_offset_s(&z, -1), 3600);
	assert_int_equal(zone_offset_s(&z, 250), 3600);
	assert_int_equal(zone_offset_s(&z, 350), 7200);

	b.time++;
	put_file(&f, '2', &b, "\n\n");
	assert_int_equal(parse(&z, &f, &what), ENOSPC);
	assert_string_equal(what, "it has too many transitions");
	assert_string_equal(z.name, "UTC");
}


/* One field of the 64-bit part's header or body changed */
static const struct {
	size_t off; /* from the second header's start */
	uint8_t byte;
	const char *what;
} damage_row[] = {
	{0, 'X', "its 64-bit part is missing"},
	{4, '5', "its version is not 1 to 4"},
	{4, 1, "its version is not 1 to 4"},
	{20, 255, "it is cut short"},
	{24, 255, "it is cut short"},
	{28, 255, "it is cut short"},
	{32, 255, "it is cut short"},
	{36, 255, "it is cut short"},
	{40, 255, "it is cut short"},
	{39, 0, "its counts contradict each other"},
	{43, 0, "its counts contradict each other"},
	{23, 1, "its counts contradict each other"},
	{27, 1, "its counts contradict each other"},
	{52, 2, "a transition names no local time type"},
	{53, 127, "an offset from UTC is out of range"},
	{53, 128, "an offset from UTC is out of range"},
	{57, 2, "a local time type is out of range"},
	{58, 4, "a local time type is out of range"},
	{69, ' ', "its footer is missing"},
};


static void damage_is_told(void **state)
{
	static struct file f;
	static struct zone z;
	const char *what;

	(void)state;
	put_file(&f, '2', &sound, "\nCET-1\n");
	assert_int_equal(parse(&z, &f, &what), 0);

	for (size_t i = 0; i < ROWS(damage_row); i++) {
		const size_t second = 44 + 6 + 1;
		int err;

		put_file(&f, '2', &sound, "\nCET-1\n");
		f.p[second + damage_row[i].off] = damage_row[i].byte;
		err = parse(&z, &f, &what);
		if (err != EBADMSG || strcmp(what, damage_row[i].what))
			fail_msg("row %zu: %d, \"%s\", not \"%s\"", i, err,
				 what, damage_row[i].what);
	}

	assert_int_equal(zone_parse(&z, "x", NULL, 0, &what), EBADMSG);
	assert_string_equal(what, "it is no zone file (TZif)");
	assert_int_equal(zone_parse(NULL, "x", f.p, f.n, &what), EINVAL);
}


static void transitions_out_of_order_are_refused(void **state)
{
	static struct file f;
	static struct zone z;
	static struct block b;
	const char *what;

	(void)state;
	b = sound;
	b.time = 2;
	b.at_s[1] = b.at_s[0];
	put_file(&f, '2', &b, "\n\n");
	assert_int_equal(parse(&z, &f, &what), EBADMSG);
	assert_string_equal(what, "its transitions are not in order");
}


static void leap_seconds_are_refused(void **state)
{
	static struct file f;
	static struct zone z;
	static struct block b;
	const char *what;

	(void)state;
	b = sound;
	b.leap = 1;
	put_file(&f, '4', &b, "\nCET-1\n");
	assert_int_equal(parse(&z, &f, &what), EBADMSG);
	assert_non_null(strstr(what, "leap seconds"));
}


static const struct {
	const char *rule;
	const char *utc;
	int32_t off_s;
} footer_row[] = {
	{"UTC0", "2026-07-01T00:00", 0},
	{"CET-1", "2026-07-01T00:00", 3600},
	{"<+03>-3", "2026-07-01T00:00", 10800},
	{"<-03>3", "2026-07-01T00:00", -10800},
	{"<+0545>-5:45", "2026-07-01T00:00", 20700},
	{"XXX+5:30:15", "2026-07-01T00:00", -19815},
	{"LONG-24:59:59", "2026-07-01T00:00", 89999},

	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59", 3600},
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00", 7200},
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T00:59:59", 7200},
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00", 3600},
	{"EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59", -18000},
	{"EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00", -14400},
	/* the south, 30 minutes */
	{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-01-01T00:00", 39600},
	{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-04-04T14:59:59", 39600},
	{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-04-04T15:00", 37800},
	{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-12-31T23:59", 39600},
	/* daylight saving that is behind, in winter */
	{"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00", 0},
	{"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00", 3600},
	/* before midnight of the day: Saturday 22:00 and 23:00 */
	{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59", -7200},
	{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00", -3600},
	/* hours past a day: Thursday's 50:00 is Saturday 02:00 */
	{"IST-2IDT,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59", 7200},
	{"IST-2IDT,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00", 10800},
	/* the utmost hours: 31 December and its 167:00 is 6 January 23:00 */
	{"AAA0BBB,J365/167,J60/-167", "2026-01-06T22:59:59", 0},
	{"AAA0BBB,J365/167,J60/-167", "2026-01-06T23:00", 3600},
	{"AAA0BBB,J365/167,J60/-167", "2026-02-21T23:59:59", 3600},
	{"AAA0BBB,J365/167,J60/-167", "2026-02-22T00:00", 0},
	{"AAA0BBB,J1/-167,J60/0", "2025-12-25T00:59:59", 0},
	{"AAA0BBB,J1/-167,J60/0", "2025-12-25T01:00", 3600},
	/* J leaves 29 February out, n counts it */
	{"AAA0BBB,J60/0,J100/0", "2024-02-29T23:59:59", 0},
	{"AAA0BBB,J60/0,J100/0", "2024-03-01T00:00", 3600},
	{"AAA0BBB,J59/0,J100/0", "2024-02-28T00:00", 3600},
	{"AAA0BBB,59/0,100/0", "2024-02-28T23:59:59", 0},
	{"AAA0BBB,59/0,100/0", "2024-02-29T00:00", 3600},
	{"AAA0BBB,59/0,100/0", "2026-03-01T00:00", 3600},
	/* all the year, RFC 9636 3.3.1 */
	{"EST5EDT,0/0,J365/25", "2026-01-01T04:59:59", -14400},
	{"EST5EDT,0/0,J365/25", "2026-01-01T05:00", -14400},
	{"EST5EDT,0/0,J365/25", "2028-12-31T23:00", -14400},
	/* the fifth week is the last, whether there are four or five */
	{"AAA0BBB,M2.5.0/0,M6.5.6/0", "2026-02-21T23:59:59", 0},
	{"AAA0BBB,M2.5.0/0,M6.5.6/0", "2026-02-22T00:00", 3600},
	{"AAA0BBB,M5.5.0/0,M6.5.6/0", "2026-05-30T23:59:59", 0},
	{"AAA0BBB,M5.5.0/0,M6.5.6/0", "2026-05-31T00:00", 3600},
	/* its own offset */
	{"AAA1BBB-3:30,M3.1.0,M9.1.0", "2026-07-01T00:00", 12600},
};


static void a_footer_rules_after_the_last_transition(void **state)
{
	static struct zone z;

	(void)state;
	for (size_t i = 0; i < ROWS(footer_row); i++) {
		const int64_t utc = zone_utc(footer_row[i].utc);

		parse_footer(&z, footer_row[i].rule);
		if (zone_offset_s(&z, utc) != footer_row[i].off_s)
			fail_msg("row %zu: %s at %s is %d, not %d", i,
				 footer_row[i].rule, footer_row[i].utc,
				 zone_offset_s(&z, utc), footer_row[i].off_s);
	}
}


static const char *const bad_footer[] = {
	"C-1",
	"CE-1",
	"CET",
	"-1",
	"<+03-3",
	"<+3>-3",
	"<a b>-3",
	"CET-",
	"CET-25",
	"CET--1",
	"CET-1:60",
	"CET-1:00:60",
	"CET-1:",
	"CET-1 ",
	"CET-1CEST",
	"CET-1CEST,",
	"CET-1CEST,M3.5.0",
	"CET-1CEST,M3.5.0,",
	"CET-1CEST,M13.5.0,M10.5.0",
	"CET-1CEST,M0.5.0,M10.5.0",
	"CET-1CEST,M3.6.0,M10.5.0",
	"CET-1CEST,M3.0.0,M10.5.0",
	"CET-1CEST,M3.5.7,M10.5.0",
	"CET-1CEST,M3.5,M10.5.0",
	"CET-1CEST,M3.5.0/168,M10.5.0",
	"CET-1CEST,M3.5.0/,M10.5.0",
	"CET-1CEST,J0,J100",
	"CET-1CEST,J366,J100",
	"CET-1CEST,366,100",
	"CET-1CEST,99999999999999,100",
	"CET-1CEST,M3.5.0,M10.5.0/3x",
	"CET-1CEST,M3.5.0,M10.5.0,M11.5.0",
	":Europe/Berlin",
};


static void a_footer_that_is_no_rule_is_refused(void **state)
{
	static struct file f;
	static struct zone z;

	(void)state;
	for (size_t i = 0; i < ROWS(bad_footer); i++) {
		char footer[128];
		const char *what;
		int err;

		(void)snprintf(footer, sizeof(footer), "\n%s\n",
			       bad_footer[i]);
		put_file(&f, '3', &sound, footer);
		err = parse(&z, &f, &what);
		if (err != EBADMSG ||
		    strcmp(what, "its footer is no rule that can be read"))
			fail_msg("\"%s\": %d, \"%s\"", bad_footer[i], err,
				 what);
	}
}


static void utc_is_a_zone_without_a_file(void **state)
{
	static struct zone z;
	struct civil c;
	int64_t at_s;

	(void)state;
	zone_utc_init(&z);
	assert_string_equal(z.name, "UTC");
	zone_to_civil(&z, zone_utc("2026-12-24T18:30:15"), &c);
	assert_int_equal(c.year, 2026);
	assert_int_equal(c.hour, 18);
	assert_int_equal(c.weekday, 3);
	assert_int_equal(zone_from_civil(&z, &c),
			 zone_utc("2026-12-24T18:30:15"));
	assert_false(zone_next_change(&z, 0, &at_s));
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_1_to_4_are_read),
		cmocka_unit_test(a_version_1_time_before_1970_is_negative),
		cmocka_unit_test(without_a_footer_the_last_offset_stays),
		cmocka_unit_test(as_many_transitions_as_fit_and_no_more),
		cmocka_unit_test(damage_is_told),
		cmocka_unit_test(transitions_out_of_order_are_refused),
		cmocka_unit_test(leap_seconds_are_refused),
		cmocka_unit_test(a_footer_rules_after_the_last_transition),
		cmocka_unit_test(a_footer_that_is_no_rule_is_refused),
		cmocka_unit_test(utc_is_a_zone_without_a_file),
	};

	return cmocka_run_group_tests_name("tzif", tests, NULL, NULL);
}
