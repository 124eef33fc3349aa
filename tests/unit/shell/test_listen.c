/**
 * @file tests/unit/shell/test_listen.c  Whose socket file is replaced
 */
#define _GNU_SOURCE 1
#include "tests/unit/shell/check.h"

#include "firmware/control/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char folder[] = "/tmp/ringfence-test-XXXXXX";
static char path[CONFIG_PATH_MAX];


static int group_setup(void **state)
{
	(void)state;

	if (!mkdtemp(folder))
		return -1;

	(void)snprintf(path, sizeof(path), "%s/ctl", folder);

	return 0;
}


static int group_teardown(void **state)
{
	(void)state;

	(void)unlink(path);

	return rmdir(folder);
}


static bool answers(void)
{
	struct sockaddr_un sun = {.sun_family = AF_UNIX};
	bool connected;
	int fd;

	(void)snprintf(sun.sun_path, sizeof(sun.sun_path), "%s", path);
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_true(fd >= 0);
	connected = !connect(fd, (const struct sockaddr *)&sun, sizeof(sun));
	(void)close(fd);

	return connected;
}


static void the_file_is_for_its_owner_alone_and_goes_with_it(void **state)
{
	const mode_t before = umask(0);
	struct listen_socket ls;
	struct stat st;

	(void)state;

	assert_int_equal(listen_open(&ls, path), 0);
	(void)umask(before);
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISSOCK(st.st_mode));
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_true(answers());

	listen_close(&ls);
	assert_int_equal(access(path, F_OK), -1);
}


static void what_a_dead_phone_left_is_replaced(void **state)
{
	struct listen_socket dead, ls;

	(void)state;

	assert_int_equal(listen_open(&dead, path), 0);
	(void)close(dead.fd); /* as the kernel does for one that is killed */
	assert_false(answers());

	assert_int_equal(listen_open(&ls, path), 0);
	assert_true(answers());
	listen_close(&ls);
}


static void a_live_one_is_never_replaced(void **state)
{
	struct listen_socket live, ls;

	(void)state;

	assert_int_equal(listen_open(&live, path), 0);
	assert_int_equal(listen_open(&ls, path), EADDRINUSE);
	assert_int_equal(ls.fd, -1);
	assert_true(answers());
	listen_close(&live);
}


static void a_live_one_whose_queue_is_full_is_live(void **state)
{
	struct sockaddr_un sun = {.sun_family = AF_UNIX};
	struct listen_socket live, ls;
	int fd[512]; /* more than any queue */
	size_t n = 0;

	(void)state;

	(void)snprintf(sun.sun_path, sizeof(sun.sun_path), "%s", path);
	assert_int_equal(listen_open(&live, path), 0);
	while (n < ROWS(fd)) {
		fd[n] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
		assert_true(fd[n] >= 0);
		if (connect(fd[n++], (const struct sockaddr *)&sun,
			    sizeof(sun)))
			break;
	}
	assert_int_equal(errno, EAGAIN);

	assert_int_equal(listen_open(&ls, path), EADDRINUSE);
	while (n)
		(void)close(fd[--n]);
	assert_true(access(path, F_OK) == 0);
	listen_close(&live);
}


static void what_is_no_socket_is_left_alone(void **state)
{
	struct listen_socket ls;
	int fd;

	(void)state;

	fd = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	(void)close(fd);

	assert_int_equal(listen_open(&ls, path), EEXIST);
	assert_int_equal(access(path, F_OK), 0);
	(void)unlink(path);
}


static void at_the_end_another_phones_file_stays(void **state)
{
	struct listen_socket first, second;

	(void)state;

	assert_int_equal(listen_open(&first, path), 0);
	(void)unlink(path);
	assert_int_equal(listen_open(&second, path), 0);

	listen_close(&first);
	assert_true(answers());
	listen_close(&second);
}


static void a_folder_that_is_not_there_is_told(void **state)
{
	struct listen_socket ls;

	(void)state;

	assert_int_equal(listen_open(&ls, "/nonexistent/folder/ctl"), ENOENT);
	assert_int_equal(ls.fd, -1);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_file_is_for_its_owner_alone_and_goes_with_it),
		cmocka_unit_test(what_a_dead_phone_left_is_replaced),
		cmocka_unit_test(a_live_one_is_never_replaced),
		cmocka_unit_test(a_live_one_whose_queue_is_full_is_live),
		cmocka_unit_test(what_is_no_socket_is_left_alone),
		cmocka_unit_test(at_the_end_another_phones_file_stays),
		cmocka_unit_test(a_folder_that_is_not_there_is_told),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
