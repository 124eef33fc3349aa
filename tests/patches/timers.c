/**
 * @file timers.c  Timers don't see a step of the wall clock
 *
 * The program is linked so that libre reads the wall clock through here.
 */
#include <time.h>
#include <sys/time.h>
#include "tests/patches/loop.h"

enum {
	DAY_S     = 86400,
	TIMER_MS  = 200,
	SLACK_MS  = 150,
};

int __real_gettimeofday(struct timeval *tv, void *tz);
int __wrap_gettimeofday(struct timeval *tv, void *tz);
int __real_clock_gettime(clockid_t id, struct timespec *ts);
int __wrap_clock_gettime(clockid_t id, struct timespec *ts);

static int wall_step_s;


int __wrap_gettimeofday(struct timeval *tv, void *tz)
{
	int err = __real_gettimeofday(tv, tz);

	tv->tv_sec += wall_step_s;

	return err;
}


int __wrap_clock_gettime(clockid_t id, struct timespec *ts)
{
	int err = __real_clock_gettime(id, ts);

	if (id == CLOCK_REALTIME)
		ts->tv_sec += wall_step_s;

	return err;
}


static uint64_t monotonic_ms(void)
{
	struct timespec ts;

	assert_int_equal(__real_clock_gettime(CLOCK_MONOTONIC, &ts), 0);

	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}


static void jiffies_are_the_monotonic_clock(void **state)
{
	const uint64_t before = monotonic_ms(), now = tmr_jiffies();
	(void)state;

	assert_in_range(now, before, monotonic_ms());
}


static void fire_handler(void *arg)
{
	*(uint64_t *)arg = monotonic_ms();
	loop_stop();
}


static void step_handler(void *arg)
{
	wall_step_s = *(int *)arg;
}


static void a_step_of_the_wall_clock_moves_no_timer(void **state)
{
	int steps[] = {-DAY_S, DAY_S};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		struct tmr tmr, step;
		uint64_t fired = 0, start = monotonic_ms();

		tmr_init(&tmr);
		tmr_init(&step);
		tmr_start(&tmr, TIMER_MS, fire_handler, &fired);
		tmr_start(&step, 1, step_handler, &steps[i]);
		loop_run(TIMER_MS + SLACK_MS);
		wall_step_s = 0;
		tmr_cancel(&tmr);
		tmr_cancel(&step);

		assert_in_range(fired, start + TIMER_MS,
				start + TIMER_MS + SLACK_MS);
	}
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jiffies_are_the_monotonic_clock),
		cmocka_unit_test(a_step_of_the_wall_clock_moves_no_timer),
	};
	int failed;

	if (libre_init())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libre_close();

	return failed;
}
