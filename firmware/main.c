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
#include "firmware/why/why.h"

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
	"       ringfence list import [-c FILE] IN OUT make a list of "
	"numbers\n"
	"       ringfence list show FILE               say what is in one\n"
	"       ringfence why -c FILE --from URI [OPTION...]\n"
	"                                              say what would happen "
	"to a call\n"
	"       ringfence --version | --help\n"
	"commands: show, watch, dial URI, history, dnd on|off [UNTIL],\n"
	"block NUMBER, unblock NUMBER, blocked, why OPTION..., reload, quit;\n"
	"on the host board also tap KEY [MS], press KEY, release KEY,\n"
	"screenshot FILE, clock TIME\n"
	"options of why: --from URI, --name NAME, --account NAME, --at TIME,\n"
	"--header \"NAME: VALUE\", --invite FILE, --trusted; without a phone\n"
	"also --json, --dnd, --busy, --emergency, --called-before MIN,\n"
	"--others N, --sip-607\n";


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


static void config_warning(const char *path, unsigned line, unsigned col,
			   const char *what, void *arg)
{
	(void)arg;

	(void)fprintf(stderr, "%s:%u:%u: warning: %s\n", path, line, col,
		      what);
}


static void config_hint(const char *path, unsigned line, unsigned col,
			const char *what, void *arg)
{
	(void)arg;

	(void)fprintf(stderr, "%s:%u:%u: hint: %s\n", path, line, col, what);
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
		config_free(cfg);
		return EXIT_FAILURE;
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

	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}


static int file_check(const char *path)
{
	struct config *cfg = NULL;

	if (config_load(&cfg, path, config_error, NULL))
		return EXIT_FAILURE;

	config_warn(cfg, config_warning, config_hint, NULL);
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


/** `list import` may have "-c FILE", whose dial plan counts, behind it */
static int list_run(int argc, char **argv)
{
	struct dial_plan plan = {.country_code = ""};
	const char *path = NULL;
	int code;

	if (argc > 1 && !strcmp(argv[0], "import")) {
		char *const import = argv[0];

		--argc;
		++argv;
		path = option(&argc, &argv, 'c');
		++argc;
		*--argv = import;
	}

	if (path && argc == 3 &&
	    config_plan_load(&plan, path, config_error, NULL))
		return EXIT_FAILURE;

	code = list_command(argc, argv, path ? &plan : NULL);

	return code < 0 ? usage_wrong() : code;
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

	if (!strcmp(first, "why"))
		return why_command(argc - 1, argv + 1);

	if (!strcmp(first, "list"))
		return list_run(argc - 1, argv + 1);

	path = option(&argc, &argv, 'c');

	return path && !argc ? phone_run(path) : usage_wrong();
}
