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


static int word_add_quoted(struct mbuf *mb, const char *word)
{
	int err = mbuf_write_u8(mb, '"');

	for (; *word && !err; word++) {
		if (*word == '"' || *word == '\\')
			err = mbuf_write_u8(mb, '\\');
		if (!err)
			err = mbuf_write_u8(mb, (uint8_t)*word);
	}

	return err ? err : mbuf_write_u8(mb, '"');
}


static int word_add(struct mbuf *mb, const char *word)
{
	if (strpbrk(word, "\r\n"))
		return EINVAL;

	if (!word[0] || strpbrk(word, " \"\\"))
		return word_add_quoted(mb, word);

	return mbuf_write_str(mb, word);
}


/* The phone's folder is not ours: what it shall write or read is named in
   full */
static int file_add(struct mbuf *mb, const char *word)
{
	char cwd[PATH_MAX], path[2 * PATH_MAX];

	if (!word[0] || word[0] == '/')
		return word_add(mb, word);

	if (!getcwd(cwd, sizeof(cwd)))
		return errno;
	if (re_snprintf(path, sizeof(path), "%s/%s", cwd, word) < 0)
		return ENAMETOOLONG;

	return word_add(mb, path);
}


/** Whether a command's i-th word is the path of a file */
static bool is_file(char *const *wordv, int i)
{
	if (!strcmp(wordv[0], "screenshot"))
		return i == 1;

	return i > 1 && !strcmp(wordv[0], "why") &&
	       !strcmp(wordv[i - 1], "--invite");
}


static int line_send(int fd, int wordc, char *const *wordv)
{
	struct mbuf *mb;
	int err = 0;

	mb = mbuf_alloc(CONTROL_LINE_MAX);
	if (!mb)
		return ENOMEM;

	for (int i = 0; i < wordc && !err; i++) {
		err = i ? mbuf_write_u8(mb, ' ') : 0;
		if (!err)
			err = is_file(wordv, i) ? file_add(mb, wordv[i])
						: word_add(mb, wordv[i]);
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
