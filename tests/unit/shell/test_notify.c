/**
 * @file tests/unit/shell/test_notify.c  What the service manager is told
 */
#define _GNU_SOURCE 1
#include "tests/unit/shell/check.h"

#include "firmware/notify.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FILL_MAX = 4096, /* more datagrams than any queue holds */
};

static char folder[] = "/tmp/ringfence-test-XXXXXX";
static char path[64];
static char longest[128];
static int manager = -1;


static void environment(const char *to, const char *usec, const char *pid)
{
	const char *name[] = {"NOTIFY_SOCKET", "WATCHDOG_USEC",
			      "WATCHDOG_PID"};
	const char *value[] = {to, usec, pid};

	for (size_t i = 0; i < ROWS(name); i++) {
		if (value[i])
			(void)setenv(name[i], value[i], 1);
		else
			(void)unsetenv(name[i]);
	}
}


/* As the service manager's: bound to a file, or to "@name" */
static void listen_at(const char *name)
{
	struct sockaddr_un sun = {.sun_family = AF_UNIX};
	socklen_t len = sizeof(sun.sun_family) + (socklen_t)strlen(name);

	memcpy(sun.sun_path, name, strlen(name));
	if (name[0] == '@')
		sun.sun_path[0] = '\0';

	manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	assert_true(manager >= 0);
	assert_int_equal(bind(manager, (const struct sockaddr *)&sun, len), 0);
}


/** What the manager hears next, "" if nothing */
static const char *heard(void)
{
	static char text[64];
	const ssize_t n = recv(manager, text, sizeof(text) - 1, 0);

	text[n > 0 ? n : 0] = '\0';

	return text;
}


static int setup(void **state)
{
	(void)state;

	listen_at(path);

	return 0;
}


static int teardown(void **state)
{
	(void)state;

	(void)close(manager);
	(void)unlink(path);
	environment(NULL, NULL, NULL);

	return 0;
}


static int group_setup(void **state)
{
	(void)state;

	if (!mkdtemp(folder))
		return -1;

	(void)snprintf(path, sizeof(path), "%s/notify", folder);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[0] = '/';

	return 0;
}


static int group_teardown(void **state)
{
	(void)state;

	return rmdir(folder);
}


static void up_alive_and_down_are_told_in_that_order(void **state)
{
	struct notify n;

	(void)state;

	environment(path, "10000000", NULL);
	assert_int_equal(notify_open(&n), 0);
	assert_int_equal(notify_ready(&n), 0);
	(void)notify_alive(&n, 0);
	assert_int_equal(notify_stopping(&n), 0);

	assert_string_equal(heard(), "READY=1");
	assert_string_equal(heard(), "WATCHDOG=1");
	assert_string_equal(heard(), "STOPPING=1");
	assert_string_equal(heard(), "");
}


static void a_sign_of_life_comes_twice_per_patience(void **state)
{
	static const struct {
		uint64_t now_ms, next_ms;
		const char *told;
	} rows[] = {
		{7000, 12000, "WATCHDOG=1"},
		{7001, 12000, ""},
		{11999, 12000, ""},
		{12000, 17000, "WATCHDOG=1"},
		{99000, 104000, "WATCHDOG=1"}, /* after a long sleep: one */
		{99001, 104000, ""},
	};
	struct notify n;

	(void)state;

	environment(path, "10000000", NULL);
	assert_int_equal(notify_open(&n), 0);
	for (size_t i = 0; i < ROWS(rows); i++) {
		assert_int_equal(notify_alive(&n, rows[i].now_ms),
				 rows[i].next_ms);
		assert_string_equal(heard(), rows[i].told);
	}
}


static void one_that_found_no_room_is_given_again_soon(void **state)
{
	uint64_t next_ms;
	struct notify n;
	int sent;

	(void)state;

	environment(path, "10000000", NULL);
	assert_int_equal(notify_open(&n), 0);
	for (sent = 0; !notify_ready(&n); sent++)
		assert_true(sent < FILL_MAX);

	next_ms = notify_alive(&n, 0);
	assert_in_range(next_ms, 1, 1000);
	while (sent--)
		assert_string_equal(heard(), "READY=1");
	assert_string_equal(heard(), "");

	assert_int_equal(notify_alive(&n, next_ms), next_ms + 5000);
	assert_string_equal(heard(), "WATCHDOG=1");
}


static void a_name_without_a_file_is_reached_too(void **state)
{
	char name[64];
	struct notify n;

	(void)state;

	(void)snprintf(name, sizeof(name), "@ringfence-test-%d",
		       (int)getpid());
	(void)close(manager);
	listen_at(name);

	environment(name, NULL, NULL);
	assert_int_equal(notify_open(&n), 0);
	assert_int_equal(notify_ready(&n), 0);
	assert_string_equal(heard(), "READY=1");
}


static void without_a_manager_nothing_is_told(void **state)
{
	struct notify n;

	(void)state;

	environment(NULL, "10000000", NULL);
	assert_int_equal(notify_open(&n), 0);
	assert_int_equal(notify_ready(&n), 0);
	assert_int_equal(notify_stopping(&n), 0);
	assert_true(notify_alive(&n, 0) == NOTIFY_NEVER_MS);
	assert_string_equal(heard(), "");
}


static void a_manager_that_is_gone_is_an_error(void **state)
{
	struct notify n;

	(void)state;

	environment(path, NULL, NULL);
	assert_int_equal(notify_open(&n), 0);
	(void)unlink(path);
	assert_int_equal(notify_ready(&n), ENOENT);
}


static void the_watchdog_is_who_it_is_meant_for(void **state)
{
	char own[16];
	const struct {
		const char *usec, *pid;
		uint64_t period_ms;
	} rows[] = {
		{NULL, NULL, 0},  {NULL, own, 0}, {"10000000", NULL, 5000},
		{"3000", own, 1}, {"1", own, 1},  {"10000000", "1", 0},
	};
	struct notify n;

	(void)state;

	(void)snprintf(own, sizeof(own), "%d", (int)getpid());
	for (size_t i = 0; i < ROWS(rows); i++) {
		environment(path, rows[i].usec, rows[i].pid);
		assert_int_equal(notify_open(&n), 0);
		assert_int_equal(n.period_ms, rows[i].period_ms);
	}
}


static void an_environment_that_makes_no_sense_is_refused(void **state)
{
	const struct {
		const char *to, *usec, *pid;
	} rows[] = {
		{"", NULL, NULL},
		{"notify", NULL, NULL},
		{"/", NULL, NULL},
		{"@", NULL, NULL},
		{longest, NULL, NULL},
		{path, "0", NULL},
		{path, "-1", NULL},
		{path, "10 s", NULL},
		{path, "", NULL},
		{path, "10000000", "me"},
		{path, "18446744073709551616", NULL},
	};
	struct notify n;

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		environment(rows[i].to, rows[i].usec, rows[i].pid);
		assert_int_equal(notify_open(&n), EINVAL);
	}
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(up_alive_and_down_are_told_in_that_order),
		TEST(a_sign_of_life_comes_twice_per_patience),
		TEST(one_that_found_no_room_is_given_again_soon),
		TEST(a_name_without_a_file_is_reached_too),
		TEST(without_a_manager_nothing_is_told),
		TEST(a_manager_that_is_gone_is_an_error),
		TEST(the_watchdog_is_who_it_is_meant_for),
		TEST(an_environment_that_makes_no_sense_is_refused),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
