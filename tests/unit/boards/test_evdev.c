/**
 * @file tests/unit/boards/test_evdev.c  Input devices, as they come and go
 */
#include "tests/unit/boards/machine.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <linux/input.h>

#include "boards/linux/evdev.h"


static const unsigned phone_keys[] = {KEY_HANGUP_PHONE, KEY_NUMERIC_5,
				      KEY_PHONE, 0};


/* Rows of events: type, code, value; a bit of time between them */
struct event_row {
	const char *name;
	size_t n;
	struct {
		unsigned type, code;
		int value;
	} ev[8];
	const char *out;
	int err;
};


static void events_become_edges(void **state)
{
	static const struct event_row rows[] = {
		{"a key goes down and up",
		 4,
		 {{EV_MSC, MSC_SCAN, 7},
		  {EV_KEY, KEY_HANGUP_PHONE, 1},
		  {EV_SYN, SYN_REPORT, 0},
		  {EV_KEY, KEY_HANGUP_PHONE, 0}},
		 "reject+@2 reject-@4 ",
		 0},
		{"one that repeats is held",
		 3,
		 {{EV_KEY, KEY_5, 1}, {EV_KEY, KEY_5, 2}, {EV_KEY, KEY_5, 2}},
		 "5+@1 ",
		 0},
		{"the same level twice is one edge",
		 4,
		 {{EV_KEY, KEY_5, 1},
		  {EV_KEY, KEY_5, 1},
		  {EV_KEY, KEY_5, 0},
		  {EV_KEY, KEY_5, 0}},
		 "5+@1 5-@3 ",
		 0},
		{"two codes of one button are two keys",
		 2,
		 {{EV_KEY, KEY_5, 1}, {EV_KEY, KEY_KP5, 1}},
		 "5+@1 5+@2 ",
		 0},
		{"what is nobody's key is nothing",
		 3,
		 {{EV_KEY, KEY_A, 1}, {EV_REL, REL_X, 1}, {EV_SW, SW_LID, 1}},
		 "",
		 0},
		{"an axis with a key's number is nothing",
		 1,
		 {{EV_ABS, KEY_5, 1}},
		 "",
		 0},
		{"an inverted switch is down at 0",
		 3,
		 {{EV_SW, SW_DOCK, 1},
		  {EV_SW, SW_DOCK, 0},
		  {EV_SW, SW_DOCK, 1}},
		 "hook+@2 hook-@3 ",
		 0},
		{"what follows lost events counts from the next report",
		 5,
		 {{EV_KEY, KEY_1, 1},
		  {EV_SYN, SYN_DROPPED, 0},
		  {EV_KEY, KEY_2, 1},
		  {EV_SYN, SYN_REPORT, 0},
		  {EV_KEY, KEY_3, 1}},
		 "1+@1 3+@5 ",
		 EAGAIN},
		{"a loss without its report is not over",
		 2,
		 {{EV_SYN, SYN_DROPPED, 0}, {EV_KEY, KEY_2, 1}},
		 "",
		 0},
	};
	static const struct evdev_code dock = {EV_SW, SW_DOCK, BUTTON_HOOK,
					       true};
	struct evdev_map map;

	(void)state;

	evdev_map_init(&map);
	assert_int_equal(evdev_map_add(&map, &dock), 0);

	for (size_t i = 0; i < ROWS(rows); i++) {
		struct input_event ev[ROWS(rows[i].ev)];
		struct evdev_stream s;
		struct told told = {.n = 0};

		memset(ev, 0, sizeof(ev));
		memset(&s, 0, sizeof(s));
		for (size_t k = 0; k < rows[i].n; k++) {
			ev[k].input_event_usec = (suseconds_t)(k + 1) * 1000;
			ev[k].type = (uint16_t)rows[i].ev[k].type;
			ev[k].code = (uint16_t)rows[i].ev[k].code;
			ev[k].value = rows[i].ev[k].value;
		}

		/* A rest that is no whole event is ignored */
		assert_int_equal(evdev_decode(&s, &map, ev,
					      rows[i].n * sizeof(ev[0]) + 3,
					      told_edge, &told),
				 rows[i].err);
		told_check(&told, rows[i].out);
	}
}


static void levels_tell_what_was_lost(void **state)
{
	struct evdev_stream s = {.dropped = true};
	struct evdev_levels levels;
	struct evdev_map map;
	struct told told = {.n = 0};

	(void)state;

	evdev_map_init(&map);
	memset(&levels, 0, sizeof(levels));
	levels.key[KEY_5 / EVDEV_LONG_BITS] = 1UL << KEY_5 % EVDEV_LONG_BITS;
	evdev_sync(&s, &map, &levels, 7, told_edge, &told);
	assert_false(s.dropped);
	told_check(&told, "5+@7 ");
	evdev_sync(&s, &map, &levels, 8, told_edge, &told);
	told_check(&told, "");
	evdev_sync(&s, &map, NULL, 9, told_edge, &told);
	told_check(&told, "5-@9 ");
}


static void a_code_is_one_button(void **state)
{
	static const struct evdev_code moved = {EV_KEY, KEY_ESC, BUTTON_DND,
						false};
	struct evdev_code more = {EV_KEY, 0, BUTTON_DND, false};
	struct evdev_map map;
	size_t n;

	(void)state;

	evdev_map_init(&map);
	n = map.n;
	assert_int_equal(evdev_map_add(&map, &moved), 0);
	assert_int_equal(map.n, n);
	evdev_map_clear(&map, BUTTON_5);
	assert_int_equal(map.n, n - 3);
	for (size_t i = 0; i < map.n; i++) {
		assert_int_not_equal(map.v[i].button, BUTTON_5);
		for (size_t k = 0; k < i; k++)
			assert_false(map.v[i].type == map.v[k].type &&
				     map.v[i].code == map.v[k].code);
	}

	for (more.code = 0x100; !evdev_map_add(&map, &more); more.code++)
		assert_true(more.code < KEY_CNT);
	assert_int_equal(map.n, EVDEV_MAP_MAX);
}


static struct evdev *open_all(bool grab)
{
	const struct evdev_filter filter = {.grab = grab};
	struct evdev_map map;
	struct evdev *e = NULL;

	evdev_map_init(&map);
	assert_int_equal(
		evdev_open(&e, machine_path("/dev/input"), &map, &filter), 0);
	return e;
}


static bool readable(const struct evdev *e)
{
	struct pollfd pfd = {.fd = evdev_fd(e), .events = POLLIN};

	return poll(&pfd, 1, 0) == 1;
}


static void check_poll(struct evdev *e, uint64_t now_ms, const char *want)
{
	struct told told = {.n = 0};

	assert_int_equal(evdev_poll(e, now_ms, told_edge, &told), 0);
	told_check(&told, want);
	assert_false(readable(e));
}


static void keys_come_with_the_kernels_time(void **state)
{
	struct evdev *e;

	(void)state;

	machine_plug("event3", "gpio-keys", phone_keys, -1);
	e = open_all(false);
	assert_int_equal(evdev_count(e), 1);
	check_poll(e, 1, "");
	machine_event("event3", EV_KEY, KEY_HANGUP_PHONE, 1, 12);
	machine_event("event3", EV_SYN, SYN_REPORT, 0, 12);
	machine_event("event3", EV_KEY, KEY_HANGUP_PHONE, 0, 90);
	assert_true(readable(e));
	check_poll(e, 100, "reject+@12 reject-@90 ");
	assert_false(machine_grabbed("event3"));
	evdev_close(e);
}


/* As on a machine that has no input device at all until one is plugged in */
static void a_keypad_that_comes_later_works(void **state)
{
	struct evdev *e;

	(void)state;

	e = open_all(false);
	assert_int_equal(evdev_count(e), 0);
	check_poll(e, 1, "");

	for (unsigned i = 0; i < 3; i++) {
		machine_plug("event0", "USB Phone", phone_keys, -1);
		assert_true(readable(e));
		check_poll(e, 2, "");
		assert_int_equal(evdev_count(e), 1);
		machine_event("event0", EV_KEY, KEY_NUMERIC_5, 1, 3);
		check_poll(e, 4, "5+@3 ");

		/* It is pulled out while the key is held */
		machine_unplug("event0");
		assert_true(readable(e));
		check_poll(e, 9, "5-@9 ");
		assert_int_equal(evdev_count(e), 0);

		/* The kernel removes the folder with the last device */
		assert_int_equal(rmdir(machine_path("/dev/input")), 0);
		assert_true(readable(e));
		check_poll(e, 10, "");
	}
	evdev_close(e);
}


static void one_that_may_be_read_only_later_is_tried_again(void **state)
{
	struct evdev *e;

	(void)state;

	e = open_all(false);
	machine_plug("event0", "USB Phone", NULL, -1);
	check_poll(e, 1, "");
	assert_int_equal(evdev_count(e), 0);
	machine_unplug("event0");

	/* udev changes the rights when it has a look at it */
	machine_plug("event1", "other", NULL, -1);
	check_poll(e, 1, "");
	machine_plug("event2", "USB Phone", phone_keys, -1);
	check_poll(e, 1, "");
	assert_int_equal(evdev_count(e), 1);
	evdev_close(e);
}


static void a_held_key_is_no_press_but_a_lifted_handset_is(void **state)
{
	struct evdev *e;

	(void)state;

	machine_plug("event0", "USB Phone", phone_keys, -1);
	machine_level("event0", EV_KEY, KEY_NUMERIC_5, true);
	machine_level("event0", EV_KEY, KEY_PHONE, true);
	e = open_all(false);
	check_poll(e, 5, "hook+@5 ");
	machine_event("event0", EV_KEY, KEY_NUMERIC_5, 0, 6);
	machine_event("event0", EV_KEY, KEY_NUMERIC_5, 1, 7);
	machine_event("event0", EV_KEY, KEY_PHONE, 0, 8);
	check_poll(e, 9, "5+@7 hook-@8 ");
	evdev_close(e);
}


static void lost_events_are_made_up_for(void **state)
{
	struct evdev *e;

	(void)state;

	machine_plug("event0", "USB Phone", phone_keys, -1);
	e = open_all(false);
	check_poll(e, 1, "");
	machine_event("event0", EV_KEY, KEY_NUMERIC_5, 1, 2);
	machine_event("event0", EV_SYN, SYN_DROPPED, 0, 3);
	machine_level("event0", EV_KEY, KEY_NUMERIC_5, false);
	machine_level("event0", EV_KEY, KEY_HANGUP_PHONE, true);
	machine_event("event0", EV_SYN, SYN_REPORT, 0, 4);
	check_poll(e, 5, "5+@2 reject+@5 5-@5 ");
	evdev_close(e);
}


static void only_chosen_devices_are_used(void **state)
{
	struct evdev_filter filter = {.n = 1, .name = {"USB Phone"}};
	struct evdev_map map;
	struct evdev *e = NULL;
	char list[64];

	(void)state;

	machine_plug("event0", "admin's keyboard", phone_keys, -1);
	machine_plug("event1", "USB Phone", phone_keys, -1);
	evdev_map_init(&map);
	filter.grab = true;
	assert_int_equal(
		evdev_open(&e, machine_path("/dev/input"), &map, &filter), 0);
	assert_int_equal(evdev_count(e), 1);
	assert_true(machine_grabbed("event1"));
	assert_false(machine_grabbed("event0"));
	evdev_close(e);

	filter.none = true;
	assert_int_equal(
		evdev_open(&e, machine_path("/dev/input"), &map, &filter), 0);
	assert_int_equal(evdev_count(e), 0);
	evdev_close(e);

	evdev_list(machine_path("/dev/input"), list, sizeof(list));
	assert_non_null(strstr(list, "admin's keyboard"));
	assert_non_null(strstr(list, "USB Phone"));
	evdev_list(machine_path("/nowhere"), list, sizeof(list));
	assert_string_equal(list, "");
}


static void devices_beyond_the_limit_are_left_alone(void **state)
{
	struct evdev *e;

	(void)state;

	for (unsigned i = 0; i <= EVDEV_DEVICE_MAX; i++) {
		char file[16];

		(void)snprintf(file, sizeof(file), "event%u", i);
		machine_plug(file, "keys", phone_keys, -1);
	}
	e = open_all(false);
	assert_int_equal(evdev_count(e), EVDEV_DEVICE_MAX);
	check_poll(e, 1, "");
	evdev_close(e);
	evdev_close(NULL);
}


#define ON_MACHINE(test)                                                      \
	cmocka_unit_test_setup_teardown(test, machine_set_up,                 \
					machine_tear_down)


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_become_edges),
		cmocka_unit_test(levels_tell_what_was_lost),
		cmocka_unit_test(a_code_is_one_button),
		ON_MACHINE(keys_come_with_the_kernels_time),
		ON_MACHINE(a_keypad_that_comes_later_works),
		ON_MACHINE(one_that_may_be_read_only_later_is_tried_again),
		ON_MACHINE(a_held_key_is_no_press_but_a_lifted_handset_is),
		ON_MACHINE(lost_events_are_made_up_for),
		ON_MACHINE(only_chosen_devices_are_used),
		ON_MACHINE(devices_beyond_the_limit_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
