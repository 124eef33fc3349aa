/**
 * @file tests/unit/config/load.c  Load a text as if it were a file
 */
#include "tests/unit/config/load.h"

#include <unistd.h>


static void error_handler(const char *path, unsigned line, unsigned col,
			  const char *what, void *arg)
{
	struct load *l = arg;
	int n;

	assert_non_null(path);
	assert_null(strchr(what, '\n'));
	n = snprintf(l->told + l->n, sizeof(l->told) - l->n, "%s%s%u:%u %s\n",
		     strcmp(path, l->path) ? path : "",
		     strcmp(path, l->path) ? ":" : "", line, col, what);
	if (n > 0 && (size_t)n < sizeof(l->told) - l->n)
		l->n += (size_t)n;
	l->errors++;
}


void load_file_write(char path[LOAD_PATH_MAX], const char *text, size_t len)
{
	const char *folder = getenv("TMPDIR");
	int fd;

	(void)snprintf(path, LOAD_PATH_MAX, "%s/ringfence-unit-XXXXXX",
		       folder ? folder : "/tmp");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_true(write(fd, text, len) == (ssize_t)len);
	assert_int_equal(close(fd), 0);
}


void load_path(struct load *l, const char *path)
{
	memset(l, 0, sizeof(*l));
	l->path = path;
	l->err = config_load(&l->cfg, path, error_handler, l);

	/* The one or the other, never both */
	assert_true(l->err ? !l->cfg && l->errors : l->cfg && !l->errors);
}


void load_text(struct load *l, const char *text, size_t len)
{
	char path[LOAD_PATH_MAX];

	load_file_write(path, text, len);
	load_path(l, path);
	assert_int_equal(unlink(path), 0);
	l->path = NULL;
}


void load_close(struct load *l)
{
	config_free(l->cfg);
	l->cfg = NULL;
}
