/**
 * @file firmware/main.c  The program: runs the phone, checks a file, or asks
 *
 * What each call does and its exit codes stand in docs/interface.md.
 */
#define _GNU_SOURCE 1
#include "firmware/config/config.h"
#include "firmware/control/client.h"
#include "firmware/journal.h"
#include "firmware/list/command.h"
#include "firmware/shell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <re.h>

static const char usage[] =
	"usage: ringfence -c FILE                      run the phone\n"
	"       ringfence check -c FILE                say what is wrong in "
	"it\n"
	"       ringfence ctl -s SOCKET COMMAND [ARGUMENT...]\n"
	"                                              ask a running phone\n"
	"       ringfence list import IN OUT           make a list of "
	"numbers\n"
	"       ringfence list show FILE               say what is in one\n"
	"       ringfence --version | --help\n"
	"commands: show, watch, dial URI, history, quit; on the host board\n"
	"also tap KEY [MS], press KEY, release KEY, screenshot FILE,\n"
	"clock TIME\n";


static int usage_wrong(void)
{
	(void)fputs(usage, stderr);

	return EXIT_FAILURE;
}


/* What concerns the file as a whole is told at its first byte, so that every
   line has the form that editors read */
static void config_error(const char *path, unsigned line, unsigned col,
			 const char *what, void *arg)
{
	(void)arg;

	(void)fprintf(stderr, "%s:%u:%u: error: %s\n", path, line ? line : 1,
		      col ? col : 1, what);
}


static int phone_run(const char *path)
{
	struct config *cfg = NULL;
	struct shell *sh = NULL;
	int err;

	journal_init();

	err = config_load(&cfg, path, config_error, NULL);
	if (err)
		return EXIT_FAILURE;

	err = libre_init();
	if (err) {
		journal_say(JOURNAL_ERROR, "libre does not start: %s",
			    strerror(err));
		goto out;
	}

	err = shell_open(&sh, cfg, config_error, NULL);
	if (!err)
		err = shell_run(sh);

	shell_close(sh);
	libre_close();

#if RINGFENCE_LEAK_CHECK
	tmr_debug();
	mem_debug();
#endif

out:
	config_free(cfg);

	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}


static int file_check(const char *path)
{
	struct config *cfg = NULL;

	if (config_load(&cfg, path, config_error, NULL))
		return EXIT_FAILURE;

	config_free(cfg);

	return EXIT_SUCCESS;
}


/** The value of the only option, -c or -s; NULL if it is anything else */
static const char *option(int *argcp, char ***argvp, char letter)
{
	const char name[] = {'-', letter, '\0'};
	char **argv = *argvp;

	if (*argcp < 2 || strcmp(argv[0], name) != 0)
		return NULL;

	*argcp -= 2;
	*argvp += 2;

	return argv[1];
}


int main(int argc, char **argv)
{
	const char *first = argc > 1 ? argv[1] : "";
	const char *path;

	--argc;
	++argv;

	if (!strcmp(first, "--help") || !strcmp(first, "-h"))
		return fputs(usage, stdout) < 0;

	if (!strcmp(first, "--version"))
		return printf("ringfence %s\n", RINGFENCE_VERSION) < 0;

	if (!strcmp(first, "ctl")) {
		--argc;
		++argv;
		path = option(&argc, &argv, 's');
		return path && argc ? (int)client_run(path, argc, argv)
				    : usage_wrong();
	}

	if (!strcmp(first, "check")) {
		--argc;
		++argv;
		path = option(&argc, &argv, 'c');
		return path && !argc ? file_check(path) : usage_wrong();
	}

	if (!strcmp(first, "list")) {
		const int code = list_command(argc - 1, argv + 1);

		return code < 0 ? usage_wrong() : code;
	}

	path = option(&argc, &argv, 'c');

	return path && !argc ? phone_run(path) : usage_wrong();
}
