/**
 * @file tests/unit/hal/test_debounce.c  Rows of time, in and out
 */
#include "tests/unit/hal/rows.h"

#include "hal/debounce.h"


struct debounce_row {
	const char *name, *in, *out;
	uint64_t next_ms;
};

static const struct debounce_row rows[] = {
	{"a level counts after 10 ms", "0:answer+ 9: 10:", "10:answer+",
	 HAL_NEVER_MS},
	{"at 9 ms it does not count yet", "0:answer+ 9:", "", 10},
	{"a settled level says when it settled, however late one looks",
	 "0:answer+ 500:", "10:answer+", HAL_NEVER_MS},
	{"press and release", "0:ok+ 50:ok- 100:", "10:ok+ 60:ok-",
	 HAL_NEVER_MS},

	{"bounces of 2 ms are one press",
	 "0:reject+ 2:reject- 4:reject+ 6:reject- 8:reject+ 17: 18: 90:",
	 "18:reject+", HAL_NEVER_MS},
	{"bounces of 2 ms are one release",
	 "0:reject+ 50:reject- 52:reject+ 54:reject- 56:reject+ 58:reject- "
	 "67: 90:",
	 "10:reject+ 68:reject-", HAL_NEVER_MS},
	{"bounces that end where they began are nothing",
	 "0:reject+ 2:reject- 4:reject+ 6:reject- 90:", "", HAL_NEVER_MS},
	{"a bounce of 9 ms starts the wait again",
	 "0:ok+ 9:ok- 11:ok+ 20: 21:", "21:ok+", HAL_NEVER_MS},

	{"a spike of 5 ms is nothing", "0:reject+ 5:reject- 4000:", "",
	 HAL_NEVER_MS},
	{"a spike of 9 ms is nothing", "0:reject+ 9:reject- 4000:", "",
	 HAL_NEVER_MS},
	{"a level of 10 ms is a press, then a release",
	 "0:reject+ 10:reject- 4000:", "10:reject+ 20:reject-", HAL_NEVER_MS},
	{"a gap of 5 ms in a held key is nothing",
	 "0:hook+ 100:hook- 105:hook+ 4000:", "10:hook+", HAL_NEVER_MS},
	{"a thousand spikes of the same edge are one",
	 "0:ok+ 1:ok+ 2:ok+ 3:ok+ 9:ok+ 10:", "10:ok+", HAL_NEVER_MS},
	{"up without down is nothing", "0:ok- 100:", "", HAL_NEVER_MS},

	{"keys settle by themselves",
	 "0:1+ 3:2+ 5:1- 6:3+ 12: 13: 16: 40:3- 50:", "13:2+ 16:3+ 50:3-",
	 HAL_NEVER_MS},
	{"keys come in order of time, not of the table",
	 "0:line8+ 1:answer+ 2:hook+ 100:", "10:line8+ 11:answer+ 12:hook+",
	 HAL_NEVER_MS},
	{"the next time is that of the first to settle", "0:9+ 4:0+ 6:", "",
	 10},
	{"and then that of the second", "0:9+ 4:0+ 10:", "10:9+", 14},

	{"time jumps forward: settled once", "0:ok+ 86400000:", "10:ok+",
	 HAL_NEVER_MS},
	{"what stood before a late edge counts",
	 "0:ok+ 5000:ok- 9000:", "10:ok+ 5010:ok-", HAL_NEVER_MS},
	{"time stands: nothing settles", "7:ok+ 7: 7: 7:", "", 17},
	{"time goes back: nothing settles early", "1000:ok+ 3: 900:", "",
	 1010},
	{"late in the life of a clock",
	 "9223372036854775807:ok+ 9223372036854775817:",
	 "9223372036854775817:ok+", HAL_NEVER_MS},
};


static void levels_settle_as_the_rows_say(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		struct row_log log = {.n = 0};
		uint64_t next_ms = 0;
		struct debounce d;
		struct row_step step;
		const char *in = rows[i].in;

		debounce_init(&d);
		while (row_step_next(&in, &step)) {
			next_ms = debounce_settle(&d, step.at_ms,
						  row_edge_handler, &log);
			if (step.has_edge)
				debounce_edge(&d, &step.edge);
		}

		row_log_check(&log, rows[i].name, rows[i].out);
		if (next_ms != rows[i].next_ms)
			fail_msg("%s: wants to be called at another time",
				 rows[i].name);
	}
}


static void an_edge_of_no_key_is_ignored(void **state)
{
	const struct button_edge edge = {.button = BUTTON_COUNT, .down = true};
	struct row_log log = {.n = 0};
	struct debounce d;

	(void)state;

	debounce_init(&d);
	debounce_edge(&d, &edge);
	debounce_edge(&d, NULL);
	debounce_edge(NULL, &edge);
	assert_true(debounce_settle(&d, 100, row_edge_handler, &log) ==
		    HAL_NEVER_MS);
	assert_string_equal(log.text, "");
}


/* While a handler is called the key counts already: it may ask again */
static void ask_again_handler(const struct button_edge *edge, void *arg)
{
	struct debounce *d = arg;
	struct row_log log = {.n = 0};

	(void)debounce_settle(d, edge->at_ms, row_edge_handler, &log);
	assert_string_equal(log.text, "");
}


static void a_handler_may_ask_again(void **state)
{
	const struct button_edge edge = {.button = BUTTON_OK, .down = true};
	struct debounce d;

	(void)state;

	debounce_init(&d);
	debounce_edge(&d, &edge);
	assert_true(debounce_settle(&d, 100, ask_again_handler, &d) ==
		    HAL_NEVER_MS);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_settle_as_the_rows_say),
		cmocka_unit_test(an_edge_of_no_key_is_ignored),
		cmocka_unit_test(a_handler_may_ask_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
