/**
 * @file tests/unit/hal/test_press.c  Rows of time, in and out
 */
#include "tests/unit/hal/rows.h"

#include "hal/press.h"


struct press_row {
	const char *name, *in, *out;
	uint64_t next_ms;
};

static const struct press_row rows[] = {
	{"a press acts at once", "0:answer+", "0:answer PRESS", 1000},
	{"short is told before release", "0:ok+ 300:ok- 2000:",
	 "0:ok PRESS 300:ok SHORT 300:ok RELEASE", HAL_NEVER_MS},
	{"999 ms is short", "0:ok+ 999: 999:ok- 2000:",
	 "0:ok PRESS 999:ok SHORT 999:ok RELEASE", HAL_NEVER_MS},
	{"1,000 ms is long, and then not short", "0:ok+ 1000:ok- 2000:",
	 "0:ok PRESS 1000:ok LONG 1000:ok RELEASE", HAL_NEVER_MS},
	{"a second press is a press", "0:ok+ 50:ok- 100:ok+",
	 "0:ok PRESS 50:ok SHORT 50:ok RELEASE 100:ok PRESS", 1100},

	{"a short press after a long one is short",
	 "0:ok+ 1000: 1100:ok- 2000:ok+ 2100:ok-",
	 "0:ok PRESS 1000:ok LONG 1100:ok RELEASE 2000:ok PRESS "
	 "2100:ok SHORT 2100:ok RELEASE",
	 HAL_NEVER_MS},

	{"long, then a repeat every 200 ms",
	 "0:back+ 1000: 1100: 1200: 1399: 1400: 1450:back- 3000:",
	 "0:back PRESS 1000:back LONG 1200:back REPEAT 1400:back REPEAT "
	 "1450:back RELEASE",
	 HAL_NEVER_MS},
	{"nothing is due before its time", "0:ok+ 999:", "0:ok PRESS", 1000},
	{"after long, 200 ms", "0:ok+ 1000:", "0:ok PRESS 1000:ok LONG", 1200},
	{"after a repeat, 200 ms",
	 "0:ok+ 1000: 1200:", "0:ok PRESS 1000:ok LONG 1200:ok REPEAT", 1400},
	{"a tick that is late keeps the beat",
	 "0:ok+ 1030: 1230:", "0:ok PRESS 1000:ok LONG 1200:ok REPEAT", 1400},

	{"after a stall long comes once, and no repeat at once",
	 "0:ok+ 60000: 60000: 60199: 60200:",
	 "0:ok PRESS 1000:ok LONG 60200:ok REPEAT", 60400},
	{"after a stall one repeat, not three hundred",
	 "0:ok+ 1000: 61000: 61000: 61100: 61200:",
	 "0:ok PRESS 1000:ok LONG 1200:ok REPEAT 61200:ok REPEAT", 61400},
	{"a stall over the release: long, release, nothing more",
	 "0:ok+ 60000:ok- 99000:", "0:ok PRESS 1000:ok LONG 60000:ok RELEASE",
	 HAL_NEVER_MS},
	{"time goes back: nothing is due",
	 "5000:ok+ 10: 4000:", "5000:ok PRESS", 6000},

	{"the hook says press and release only",
	 "0:hook+ 1000: 5000: 9000:hook- 9999:",
	 "0:hook PRESS 9000:hook RELEASE", HAL_NEVER_MS},
	{"the hook, up soon: not short", "0:hook+ 100:hook- 9999:",
	 "0:hook PRESS 100:hook RELEASE", HAL_NEVER_MS},
	{"a lifted handset waits for nothing", "0:hook+ 1:", "0:hook PRESS",
	 HAL_NEVER_MS},

	{"keys hold by themselves, in order of time",
	 "0:line8+ 10:0+ 500:line8- 1010: 3000:0-",
	 "0:line8 PRESS 10:0 PRESS 500:line8 SHORT 500:line8 RELEASE "
	 "1010:0 LONG 1210:0 REPEAT 3000:0 RELEASE",
	 HAL_NEVER_MS},
	{"of two that are due the first comes first", "0:line8+ 10:0+ 1010:",
	 "0:line8 PRESS 10:0 PRESS 1000:line8 LONG 1010:0 LONG", 1200},

	{"down twice is one press", "0:ok+ 100:ok+ 200:", "0:ok PRESS", 1000},
	{"up without down is nothing", "0:ok- 100:", "", HAL_NEVER_MS},
	{"up twice is one release", "0:ok+ 1:ok- 2:ok- 9:",
	 "0:ok PRESS 1:ok SHORT 1:ok RELEASE", HAL_NEVER_MS},
};


static void keys_mean_what_the_rows_say(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		struct row_log log = {.n = 0};
		struct press p;
		struct row_step step = {.at_ms = 0};
		const char *in = rows[i].in;

		press_init(&p);
		while (row_step_next(&in, &step)) {
			if (step.has_edge)
				press_edge(&p, &step.edge, row_event_handler,
					   &log);
			else
				(void)press_tick(&p, step.at_ms,
						 row_event_handler, &log);
		}

		row_log_check(&log, rows[i].name, rows[i].out);
		if (press_tick(&p, 0, row_event_handler, &log) !=
		    rows[i].next_ms)
			fail_msg("%s: wants to be called at another time",
				 rows[i].name);
	}
}


static void an_edge_of_no_key_is_ignored(void **state)
{
	const struct button_edge edge = {.button = BUTTON_COUNT, .down = true};
	struct row_log log = {.n = 0};
	struct press p;

	(void)state;

	press_init(&p);
	press_edge(&p, &edge, row_event_handler, &log);
	press_edge(&p, NULL, row_event_handler, &log);
	assert_true(press_tick(&p, 9999, row_event_handler, &log) ==
		    HAL_NEVER_MS);
	assert_string_equal(log.text, "");
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_mean_what_the_rows_say),
		cmocka_unit_test(an_edge_of_no_key_is_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
