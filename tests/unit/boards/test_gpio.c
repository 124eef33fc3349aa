/**
 * @file tests/unit/boards/test_gpio.c  Lines, found by name or by chip
 */
#include "tests/unit/boards/machine.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <linux/gpio.h>

#include "boards/linux/gpio_chip.h"


static const char *const soc_lines[] = {"",      "REJECT", "RING",
					"TWICE", "HOOK",   NULL};
static const char *const more_lines[] = {"EXTRA", "TWICE", NULL};


static int set_up(void **state)
{
	if (machine_set_up(state))
		return -1;

	machine_chip("gpiochip0", "pinctrl-soc", soc_lines);
	machine_chip("gpiochip4", "expander", more_lines);
	/* As Raspberry Pi OS has it: an old number leads to a new one */
	return symlink("gpiochip0", machine_path("/dev/gpiochip9"));
}


static struct gpio *open_all(void)
{
	struct gpio *g = NULL;

	assert_int_equal(gpio_open(&g, machine_path("/dev")), 0);
	return g;
}


static bool readable(const struct gpio *g)
{
	struct pollfd pfd = {.fd = gpio_fd(g), .events = POLLIN};

	return poll(&pfd, 1, 0) == 1;
}


static void check_poll(struct gpio *g, uint64_t now_ms, const char *want,
		       uint64_t want_next_ms)
{
	struct told told = {.n = 0};
	uint64_t next_ms = HAL_NEVER_MS;

	gpio_poll(g, now_ms, told_edge, &told, &next_ms);
	told_check(&told, want);
	assert_true(next_ms == want_next_ms);
	assert_false(readable(g));
}


static void lines_are_found_as_the_rows_say(void **state)
{
	static const struct {
		struct gpio_line line;
		int err;
	} rows[] = {
		{{.name = "REJECT"}, 0},
		{{.name = "EXTRA"}, 0},
		{{.name = "REJEC"}, ENOENT},
		{{.name = "TWICE"}, ENOTUNIQ},
		{{.chip = "pinctrl-soc", .offset = 3}, 0},
		{{.chip = "expander", .offset = 1}, 0},
		{{.chip = "expander", .offset = 2}, ENOENT},
		{{.chip = "gpiochip0", .offset = 1}, ENOENT},
		{{.name = "RING"}, EBUSY},
	};
	struct gpio *g = open_all();
	bool polled;

	(void)state;

	machine_line_taken("RING", "leds-gpio");
	for (size_t i = 0; i < ROWS(rows); i++) {
		const int err =
			gpio_input(g, &rows[i].line, BUTTON_OK, &polled);

		if (err != rows[i].err)
			fail_msg("row %zu: %d", i, err);
	}
	gpio_close(g);
	gpio_close(NULL);
}


static void edges_come_with_the_kernels_time(void **state)
{
	static const struct gpio_line line = {
		.name = "REJECT", .active_low = true, .bias = GPIO_BIAS_UP};
	struct gpio *g = open_all();
	bool polled = true;

	(void)state;

	assert_int_equal(gpio_input(g, &line, BUTTON_REJECT, &polled), 0);
	assert_false(polled);
	assert_int_equal(machine_line_flags("REJECT"),
			 GPIO_V2_LINE_FLAG_INPUT |
				 GPIO_V2_LINE_FLAG_ACTIVE_LOW |
				 GPIO_V2_LINE_FLAG_BIAS_PULL_UP |
				 GPIO_V2_LINE_FLAG_EDGE_RISING |
				 GPIO_V2_LINE_FLAG_EDGE_FALLING);
	check_poll(g, 1, "", HAL_NEVER_MS);
	machine_line_set("REJECT", true, 100);
	machine_line_set("REJECT", false, 101);
	machine_line_set("REJECT", true, 140);
	assert_true(readable(g));
	check_poll(g, 150, "reject+@100 reject-@101 reject+@140 ",
		   HAL_NEVER_MS);
	gpio_close(g);
}


static void a_line_without_edges_is_read_now_and_then(void **state)
{
	static const struct gpio_line line = {.name = "REJECT"};
	static const struct gpio_line wanted = {.name = "HOOK",
						.polled = true};
	struct gpio *g = open_all();
	bool polled = false;

	(void)state;

	machine_line_no_edges("REJECT");
	assert_int_equal(gpio_input(g, &line, BUTTON_REJECT, &polled), 0);
	assert_true(polled);
	assert_int_equal(gpio_input(g, &wanted, BUTTON_OK, &polled), 0);
	assert_true(polled);
	assert_int_equal(machine_line_flags("HOOK"), GPIO_V2_LINE_FLAG_INPUT);

	check_poll(g, 1000, "", 1000 + GPIO_POLL_MS);
	machine_line_set("REJECT", true, 0);
	machine_line_set("HOOK", true, 0);
	check_poll(g, 1020, "reject+@1020 ok+@1020 ", 1020 + GPIO_POLL_MS);
	check_poll(g, 1040, "", 1040 + GPIO_POLL_MS);
	gpio_close(g);
}


static void a_held_key_is_no_press_but_a_lifted_handset_is(void **state)
{
	static const struct gpio_line reject = {.name = "REJECT"};
	static const struct gpio_line slow = {.name = "EXTRA", .polled = true};
	static const struct gpio_line hook = {.name = "HOOK"};
	struct gpio *g = open_all();
	bool polled;

	(void)state;

	machine_line_set("REJECT", true, 0);
	machine_line_set("EXTRA", true, 0);
	machine_line_set("HOOK", true, 0);
	assert_int_equal(gpio_input(g, &reject, BUTTON_REJECT, &polled), 0);
	assert_int_equal(gpio_input(g, &slow, BUTTON_OK, &polled), 0);
	assert_int_equal(gpio_input(g, &hook, BUTTON_HOOK, &polled), 0);
	check_poll(g, 5, "hook+@5 ", 5 + GPIO_POLL_MS);
	machine_line_set("REJECT", false, 6);
	machine_line_set("EXTRA", false, 6);
	check_poll(g, 7, "", 7 + GPIO_POLL_MS);
	machine_line_set("REJECT", true, 8);
	machine_line_set("EXTRA", true, 8);
	check_poll(g, 9, "reject+@8 ok+@9 ", 9 + GPIO_POLL_MS);
	gpio_close(g);
}


static void lost_edges_are_made_up_for(void **state)
{
	static const struct gpio_line line = {.name = "REJECT"};
	struct gpio *g = open_all();
	bool polled;

	(void)state;

	assert_int_equal(gpio_input(g, &line, BUTTON_REJECT, &polled), 0);
	check_poll(g, 1, "", HAL_NEVER_MS);

	/* The last edge that came says down; it is up since */
	machine_line_lose("REJECT", true);
	machine_line_set("REJECT", true, 10);
	machine_line_set("REJECT", false, 11);
	machine_line_lose("REJECT", false);
	machine_line_set("REJECT", true, 12);
	machine_line_lose("REJECT", true);
	machine_line_set("REJECT", false, 13);
	machine_line_lose("REJECT", false);
	check_poll(g, 20, "reject+@12 reject-@20 ", HAL_NEVER_MS);
	gpio_close(g);
}


static void lamps_are_driven(void **state)
{
	static const struct gpio_line line = {.name = "RING"};
	static const struct gpio_line low = {
		.chip = "pinctrl-soc", .offset = 0, .active_low = true};
	struct gpio *g = open_all();
	unsigned ring = 9, other = 9;

	(void)state;

	machine_line_set("RING", true, 0);
	assert_int_equal(gpio_output(g, &line, &ring), 0);
	assert_int_equal(gpio_output(g, &low, &other), 0);
	assert_int_equal(machine_line_flags(""),
			 GPIO_V2_LINE_FLAG_OUTPUT |
				 GPIO_V2_LINE_FLAG_ACTIVE_LOW);
	assert_false(machine_line_get("RING"));
	assert_int_equal(gpio_set(g, ring, true), 0);
	assert_true(machine_line_get("RING"));
	assert_false(machine_line_get(""));
	assert_int_equal(gpio_set(g, ring, false), 0);
	assert_false(machine_line_get("RING"));
	assert_int_equal(gpio_set(g, 2, true), EINVAL);
	assert_int_equal(gpio_output(g, &line, &ring), EBUSY);
	gpio_close(g);
}


static void what_there_is_can_be_told(void **state)
{
	static const struct gpio_line ring = {.name = "RING"};
	char text[128], small[16], user[GPIO_NAME_SIZE];

	(void)state;

	gpio_chip_list(machine_path("/dev"), text, sizeof(text));
	assert_string_equal(text, "pinctrl-soc (5 lines), expander (2 lines)");
	gpio_line_list(machine_path("/dev"), text, sizeof(text));
	assert_string_equal(text, "REJECT, RING, TWICE, HOOK, EXTRA, TWICE");
	gpio_line_list(machine_path("/dev"), small, sizeof(small));
	assert_string_equal(small, "REJECT, ...");
	gpio_line_user(machine_path("/dev"), &ring, user);
	assert_string_equal(user, "");
	machine_line_taken("RING", "leds-gpio");
	gpio_line_user(machine_path("/dev"), &ring, user);
	assert_string_equal(user, "leds-gpio");
}


#define ON_MACHINE(test)                                                      \
	cmocka_unit_test_setup_teardown(test, set_up, machine_tear_down)


int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_MACHINE(lines_are_found_as_the_rows_say),
		ON_MACHINE(edges_come_with_the_kernels_time),
		ON_MACHINE(a_line_without_edges_is_read_now_and_then),
		ON_MACHINE(a_held_key_is_no_press_but_a_lifted_handset_is),
		ON_MACHINE(lost_edges_are_made_up_for),
		ON_MACHINE(lamps_are_driven),
		ON_MACHINE(what_there_is_can_be_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
