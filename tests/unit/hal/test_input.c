/**
 * @file tests/unit/hal/test_input.c  From a board's edges to logical events
 */
#include "tests/unit/hal/rows.h"

#include <errno.h>

#include "hal/input.h"


enum {
	EDGE_MAX = 16,
};

/** A board whose edges wait until somebody polls */
struct fake {
	struct button_edge edge[EDGE_MAX];
	size_t n;
	uint64_t next_ms;
	int err;
};

struct input_row {
	const char *name, *in, *out;
	uint64_t next_ms;
};

/* Edges wait for the next step without one: there the board is polled */
static const struct input_row rows[] = {
	{"a tap", "0:ok+ 0: 10: 50:ok- 50: 60:",
	 "10:ok PRESS 60:ok SHORT 60:ok RELEASE", HAL_NEVER_MS},
	{"a tap that is read late, in one go", "0:ok+ 50:ok- 400:",
	 "10:ok PRESS 60:ok SHORT 60:ok RELEASE", HAL_NEVER_MS},
	{"three bounces of 2 ms that are read late are one press",
	 "0:reject+ 2:reject- 4:reject+ 6:reject- 8:reject+ 40:",
	 "18:reject PRESS", 1018},
	{"a spike that is read late is nothing", "0:reject+ 5:reject- 40:", "",
	 HAL_NEVER_MS},
	{"it asks to be called when the level may have settled",
	 "0:reject+ 4:", "", 10},
	{"then when it will be long", "0:reject+ 10:", "10:reject PRESS",
	 1010},
	{"a second, and repeats", "0:back+ 10: 1010: 1210: 1220:back- 1300:",
	 "10:back PRESS 1010:back LONG 1210:back REPEAT 1230:back RELEASE",
	 HAL_NEVER_MS},
	{"a stall with another key's press in it keeps the order",
	 "0:back+ 10: 1100:ok+ 1130:",
	 "10:back PRESS 1010:back LONG 1110:ok PRESS", 1210},
	{"lifted and put back", "0:hook+ 10: 8000:hook- 8010:",
	 "10:hook PRESS 8010:hook RELEASE", HAL_NEVER_MS},
};


static int fake_poll(void *ctx, uint64_t now_ms, button_edge_h *edgeh,
		     void *arg, uint64_t *next_ms)
{
	struct fake *fake = ctx;

	(void)now_ms;
	for (size_t i = 0; i < fake->n; i++)
		edgeh(&fake->edge[i], arg);
	fake->n = 0;
	*next_ms = fake->next_ms;

	return fake->err;
}


static const struct hal_buttons fake_buttons = {.poll = fake_poll};


static void edges_become_the_events_that_the_rows_say(void **state)
{
	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		struct fake fake = {.next_ms = HAL_NEVER_MS};
		const struct hal hal = {.buttons = &fake_buttons,
					.ctx = &fake};
		struct row_log log = {.n = 0};
		const char *in = rows[i].in;
		struct row_step step;
		struct input input;
		uint64_t next_ms = 0;

		input_init(&input);
		while (row_step_next(&in, &step)) {
			if (step.has_edge) {
				assert_true(fake.n < EDGE_MAX);
				fake.edge[fake.n++] = step.edge;
				continue;
			}
			assert_int_equal(input_poll(&input, &hal, step.at_ms,
						    row_event_handler, &log,
						    &next_ms),
					 0);
		}

		row_log_check(&log, rows[i].name, rows[i].out);
		if (next_ms != rows[i].next_ms)
			fail_msg("%s: wants to be called at another time",
				 rows[i].name);
	}
}


static void what_was_read_before_an_error_counts(void **state)
{
	struct fake fake = {
		.edge = {{.button = BUTTON_OK, .down = true, .at_ms = 0}},
		.n = 1,
		.next_ms = 777,
		.err = ENODEV,
	};
	const struct hal hal = {.buttons = &fake_buttons, .ctx = &fake};
	struct row_log log = {.n = 0};
	struct input input;
	uint64_t next_ms;

	(void)state;

	input_init(&input);
	assert_int_equal(input_poll(&input, &hal, 20, row_event_handler, &log,
				    &next_ms),
			 ENODEV);
	assert_string_equal(log.text, "10:ok PRESS");
	assert_int_equal(next_ms, 777);
}


static void the_board_may_want_to_be_called_first(void **state)
{
	struct fake fake = {
		.edge = {{.button = BUTTON_OK, .down = true, .at_ms = 0}},
		.n = 1,
		.next_ms = 5,
	};
	const struct hal hal = {.buttons = &fake_buttons, .ctx = &fake};
	struct row_log log = {.n = 0};
	struct input input;
	uint64_t next_ms;

	(void)state;

	input_init(&input);
	assert_int_equal(
		input_poll(&input, &hal, 1, row_event_handler, &log, &next_ms),
		0);
	assert_int_equal(next_ms, 5);
}


static void a_board_without_keys_is_told(void **state)
{
	const struct hal hal = {.name = "bare"};
	struct row_log log = {.n = 0};
	struct input input;
	uint64_t next_ms = 0;

	(void)state;

	input_init(&input);
	assert_int_equal(
		input_poll(&input, &hal, 1, row_event_handler, &log, &next_ms),
		ENOSYS);
	assert_true(next_ms == HAL_NEVER_MS);
	assert_int_equal(
		input_poll(&input, NULL, 1, row_event_handler, &log, &next_ms),
		EINVAL);
	assert_int_equal(input_poll(&input, &hal, 1, NULL, &log, &next_ms),
			 EINVAL);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges_become_the_events_that_the_rows_say),
		cmocka_unit_test(what_was_read_before_an_error_counts),
		cmocka_unit_test(the_board_may_want_to_be_called_first),
		cmocka_unit_test(a_board_without_keys_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
