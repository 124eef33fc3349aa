/**
 * @file tests/unit/hal/test_blink.c  Patterns come out as edges in time
 */
#include "tests/unit/hal/rows.h"

#include "hal/blink.h"


static void light_handler(enum led led, enum led_colour colour, void *arg)
{
	struct row_log *log = arg;
	const int n = snprintf(&log->text[log->n], sizeof(log->text) - log->n,
			       "%s%s:%s", log->n ? " " : "", led_name(led),
			       led_colour_name(colour));

	assert_true(n > 0 && (size_t)n < sizeof(log->text) - log->n);
	log->n += (size_t)n;
}


static void patterns_are_edges_in_time(void **state)
{
	/* What one lamp was told at 1,000 ms, when somebody looks, and what is
	   to be seen: first at once, then at each look */
	static const struct {
		const char *name;
		struct led_pattern p;
		uint64_t at_ms[6];
		const char *out;
		uint64_t next_ms; /* after the last look */
	} rows[] = {
		{"off is what it is already",
		 {LED_COLOUR_OFF, 0, 0},
		 {0},
		 "",
		 HAL_NEVER_MS},
		{"steady is told once",
		 {LED_COLOUR_RED, 1000, 0},
		 {5000},
		 "ring:red",
		 HAL_NEVER_MS},
		{"lit first, then dark, each for its time",
		 {LED_COLOUR_WHITE, 250, 100},
		 {1249, 1250, 1349, 1350, 1600},
		 "ring:white ring:off ring:white ring:off",
		 1700},
		{"after a stall it changes once and is in step",
		 {LED_COLOUR_RED, 100, 900},
		 {4050, 4100},
		 "ring:red ring:off",
		 5000},
		{"a stall of half a period over whole ones",
		 {LED_COLOUR_RED, 100, 900},
		 {9500},
		 "ring:red ring:off",
		 10000},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		struct row_log log = {.n = 0};
		struct blink b;
		uint64_t next_ms;

		blink_init(&b);
		blink_set(&b, LED_RING, &rows[i].p, 1000, light_handler, &log);
		next_ms = blink_next_ms(&b);
		for (size_t k = 0; k < ROWS(rows[i].at_ms); k++) {
			if (rows[i].at_ms[k])
				next_ms = blink_tick(&b, rows[i].at_ms[k],
						     light_handler, &log);
		}
		row_log_check(&log, rows[i].name, rows[i].out);
		if (next_ms != rows[i].next_ms || next_ms != blink_next_ms(&b))
			fail_msg("%s: next at %d", rows[i].name, (int)next_ms);
	}
}


static void the_same_pattern_goes_on_and_another_starts_anew(void **state)
{
	static const struct led_pattern slow = {LED_COLOUR_RED, 500, 500};
	static const struct led_pattern off = {LED_COLOUR_OFF, 0, 0};
	struct row_log log = {.n = 0};
	struct blink b;

	(void)state;

	blink_init(&b);
	blink_set(&b, LED_LINE1, &slow, 0, light_handler, &log);
	blink_set(&b, LED_LINE1, &slow, 400, light_handler, &log);
	assert_int_equal(blink_next_ms(&b), 500);
	blink_set(&b, LED_LINE1, &off, 450, light_handler, &log);
	assert_true(blink_next_ms(&b) == HAL_NEVER_MS);
	blink_set(&b, LED_LINE1, &slow, 460, light_handler, &log);
	assert_int_equal(blink_next_ms(&b), 960);
	row_log_check(&log, "lamp", "line1:red line1:off line1:red");
}


static void lamps_of_one_pattern_keep_in_step(void **state)
{
	static const struct led_pattern p = {LED_COLOUR_GREEN, 30, 70};
	struct row_log log = {.n = 0};
	struct blink b;

	(void)state;

	blink_init(&b);
	blink_set(&b, LED_LINE1, &p, 0, light_handler, &log);
	blink_set(&b, LED_LINE2, &p, 0, light_handler, &log);
	(void)blink_tick(&b, 30, light_handler, &log);
	(void)blink_tick(&b, 1077, light_handler, &log);
	(void)blink_tick(&b, 1105, light_handler, &log);
	row_log_check(&log, "lamps",
		      "line1:green line2:green line1:off line2:off "
		      "line1:green line2:green");
}


static void what_is_no_lamp_is_left_alone(void **state)
{
	static const struct led_pattern p = {LED_COLOUR_GREEN, 30, 70};
	struct row_log log = {.n = 0};
	struct blink b;

	(void)state;

	blink_init(&b);
	blink_set(&b, LED_COUNT, &p, 0, light_handler, &log);
	blink_set(NULL, LED_RING, &p, 0, light_handler, &log);
	blink_set(&b, LED_RING, NULL, 0, light_handler, &log);
	assert_true(blink_tick(&b, 1000, light_handler, &log) == HAL_NEVER_MS);
	assert_true(blink_tick(NULL, 1000, light_handler, &log) ==
		    HAL_NEVER_MS);
	row_log_check(&log, "nothing", "");
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_are_edges_in_time),
		cmocka_unit_test(
			the_same_pattern_goes_on_and_another_starts_anew),
		cmocka_unit_test(lamps_of_one_pattern_keep_in_step),
		cmocka_unit_test(what_is_no_lamp_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
