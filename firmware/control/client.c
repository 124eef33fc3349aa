/**
 * @file firmware/control/client.c  `ringfence ctl`: one command to a phone
 */
#define _GNU_SOURCE 1
#include "firmware/control/client.h"

#include "firmware/control/server.h"
#include "firmware/journal.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <re.h>

enum {
	ANSWER_S = 30, /**< a tap may take 10 s, and wait for another */
	JSON_DEPTH = 8,
	JSON_HASH = 16,
};


static int socket_connect(int *fdp, const char *path)
{
	struct sockaddr_un sun = {.sun_family = AF_UNIX};
	const size_t len = strlen(path);
	int fd, err;

	if (len >= sizeof(sun.sun_path))
		return ENAMETOOLONG;

	memcpy(sun.sun_path, path, len + 1);

	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return errno;

	if (connect(fd, (const struct sockaddr *)&sun, sizeof(sun))) {
		err = errno;
		(void)close(fd);
		return err;
	}

	*fdp = fd;

	return 0;
}


/* The phone's folder is not ours: what it shall write is named in full */
static int word_add(struct mbuf *mb, const char *word, bool is_file)
{
	char cwd[PATH_MAX];
	int err = 0;

	if (strpbrk(word, "\r\n"))
		return EINVAL;

	if (is_file && word[0] != '/') {
		if (!getcwd(cwd, sizeof(cwd)))
			return errno;
		err = mbuf_printf(mb, "%s/", cwd);
	}

	return err ? err : mbuf_write_str(mb, word);
}


static int line_send(int fd, int wordc, char *const *wordv)
{
	const bool file = !strcmp(wordv[0], "screenshot");
	struct mbuf *mb;
	int err = 0;

	mb = mbuf_alloc(CONTROL_LINE_MAX);
	if (!mb)
		return ENOMEM;

	for (int i = 0; i < wordc && !err; i++) {
		err = i ? mbuf_write_u8(mb, ' ') : 0;
		if (!err)
			err = word_add(mb, wordv[i], file && i == 1);
	}
	if (!err)
		err = mbuf_write_u8(mb, '\n');
	if (err)
		goto out;

	/* It fits into the socket's buffer, or it is refused anyway */
	if (send(fd, mb->buf, mb->end, MSG_NOSIGNAL) < 0)
		err = errno;

out:
	mem_deref(mb);

	return err;
}


static bool answer_ok(const char *line, size_t len)
{
	struct odict *o = NULL;
	bool ok = false;

	if (json_decode_odict(&o, JSON_HASH, line, len, JSON_DEPTH))
		return false;

	(void)odict_get_boolean(o, &ok, "ok");
	mem_deref(o);

	return ok;
}


/** Print the answers: one, or as many as come */
static enum client_exit answers_print(FILE *f, bool many)
{
	enum client_exit code = CLIENT_UNREACHABLE;
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	while ((n = getline(&line, &size, f)) > 0 && line[n - 1] == '\n') {
		(void)fwrite(line, 1, (size_t)n, stdout);
		(void)fflush(stdout);
		code = answer_ok(line, (size_t)n) ? CLIENT_OK : CLIENT_REFUSED;

		if (!many || code != CLIENT_OK)
			break;
	}

	free(line);

	return code;
}


enum client_exit client_run(const char *path, int wordc, char *const *wordv)
{
	const struct timeval wait = {.tv_sec = ANSWER_S};
	const bool many = !strcmp(wordv[0], "watch");
	enum client_exit code = CLIENT_UNREACHABLE;
	FILE *f = NULL;
	int fd = -1;
	int err;

	err = socket_connect(&fd, path);
	if (err)
		goto out;

	if (!many &&
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait))) {
		err = errno;
		goto out;
	}

	err = line_send(fd, wordc, wordv);
	if (err)
		goto out;

	f = fdopen(fd, "r");
	if (!f) {
		err = errno;
		goto out;
	}

	code = answers_print(f, many);
	if (code == CLIENT_UNREACHABLE)
		journal_say(JOURNAL_ERROR, "%s: no answer", path);

out:
	if (err)
		journal_say(JOURNAL_ERROR, "%s: %s", path, strerror(err));
	if (f)
		(void)fclose(f);
	else if (fd >= 0)
		(void)close(fd);

	return code;
}
