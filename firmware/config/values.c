/**
 * @file firmware/config/values.c  From a value's text to a setting
 */
#include "firmware/config/values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/policy/compile.h"
#include "firmware/config/address.h"
#include "firmware/config/file.h"


enum {
	ZONE_FILE_MAX = 64 * 1024, /* the largest has 4 KiB */
	TIMEOUT_MAX_S = 3600,
	TIMEOUT_DIGITS = 4,
};

static const char zone_folder[] = "/usr/share/zoneinfo";


static int fail(struct text_error *err, size_t off, const char *what)
{
	err->off = off;
	err->what = what;
	return EBADMSG;
}


/* Put into the draft what has a figure or a system's error in it */
#define FAIL_PRINT(d, err, offset, ...)                                       \
	((void)snprintf((d)->what, sizeof((d)->what), __VA_ARGS__),           \
	 fail((err), (offset), (d)->what))


int value_text(struct config_draft *d, void *dst, size_t size,
	       const char *text, struct text_error *err)
{
	const size_t len = strlen(text);

	if (!len)
		return fail(err, 0,
			    "no value: write one, or leave out the line");
	if (len >= size)
		return FAIL_PRINT(d, err, size - 1,
				  "too long: at most %zu bytes", size - 1);

	memcpy(dst, text, len + 1);
	return 0;
}


int value_quotable(struct config_draft *d, void *dst, size_t size,
		   const char *text, struct text_error *err)
{
	const size_t off = strcspn(text, "\"\\");

	if (text[off])
		return fail(err, off,
			    "quotes and backslashes can't be sent: write the "
			    "text without them");

	return value_text(d, dst, size, text, err);
}


int value_yes(struct config_draft *d, void *dst, size_t size, const char *text,
	      struct text_error *err)
{
	bool *yes = dst;

	(void)d;
	(void)size;

	*yes = !strcmp(text, "yes");
	if (!*yes && strcmp(text, "no"))
		return fail(err, 0, "write \"yes\" or \"no\"");

	return 0;
}


int value_timeout(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	uint32_t *timeout_s = dst;
	size_t i;

	(void)size;

	*timeout_s = 0;
	for (i = 0; text[i] >= '0' && text[i] <= '9'; i++) {
		if (i < TIMEOUT_DIGITS)
			*timeout_s =
				*timeout_s * 10 + (uint32_t)(text[i] - '0');
	}
	if (!i || text[i])
		return FAIL_PRINT(d, err, i,
				  "not a number of seconds: write 1-%u",
				  TIMEOUT_MAX_S);
	if (i > TIMEOUT_DIGITS || !*timeout_s || *timeout_s > TIMEOUT_MAX_S)
		return FAIL_PRINT(d, err, 0, "out of range: write 1-%u",
				  TIMEOUT_MAX_S);

	return 0;
}


int value_listen(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	if (address_listen_check(text, err))
		return EBADMSG;

	return value_text(d, dst, size, text, err);
}


int value_uri(struct config_draft *d, void *dst, size_t size, const char *text,
	      struct text_error *err)
{
	struct sip_account *acc = dst;
	size_t user, host, len;
	int e;

	(void)size;

	if (address_uri_check(text, &user, &host, err))
		return EBADMSG;

	len = host - 1 - user;
	if (len >= sizeof(acc->user))
		return FAIL_PRINT(d, err, user + sizeof(acc->user) - 1,
				  "the user is too long: at most %zu bytes",
				  sizeof(acc->user) - 1);
	memcpy(acc->user, text + user, len);
	acc->user[len] = '\0';

	/* As the registrar it has "sip:" in front and has to fit as well */
	e = value_text(d, acc->domain, sizeof(acc->registrar) - strlen("sip:"),
		       text + host, err);
	if (e)
		err->off += host;

	return e;
}


int value_server(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	if (address_server_check(text, err))
		return EBADMSG;

	return value_text(d, dst, size, text, err);
}


/* The first line of what was read; nothing of it is ever shown */
static int password_take(struct config_draft *d, char *dst, size_t size,
			 const char *buf, size_t len, struct text_error *err)
{
	const char *end = memchr(buf, '\n', len);
	size_t n = end ? (size_t)(end - buf) : len;

	if (n && buf[n - 1] == '\r')
		n--;
	if (!n)
		return fail(err, 0,
			    "the password file's first line is empty: write "
			    "the password there");
	if (n >= size)
		return FAIL_PRINT(d, err, 0,
				  "the password file's first line is too "
				  "long: at most %zu bytes",
				  size - 1);
	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)buf[i] < ' ')
			return fail(err, 0,
				    "the password file's first line has a "
				    "control character: write the password "
				    "alone");
	}

	memcpy(dst, buf, n);
	dst[n] = '\0';
	return 0;
}


int value_password(struct config_draft *d, void *dst, size_t size,
		   const char *text, struct text_error *err)
{
	char buf[SIP_SECRET_MAX + sizeof("\r\n")];
	size_t len;
	int e;

	if (!text[0])
		return fail(err, 0,
			    "no path: write that of a file whose first line "
			    "is the password");

	/* The path isn't shown: it could be the password by mistake */
	e = file_read(buf, sizeof(buf), &len, text);
	if (e)
		e = FAIL_PRINT(d, err, 0,
			       "can't read the password file: %s; write the "
			       "path of a file whose first line is the "
			       "password",
			       strerror(e));
	else
		e = password_take(d, dst, size, buf, len, err);

	explicit_bzero(buf, sizeof(buf));
	return e;
}


/* Nothing that leads out of the folder: no dot, no empty part */
static int zone_name_check(const char *name, struct text_error *err)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789_+-/";
	const size_t off = strspn(name, allowed);
	const char *empty = strstr(name, "//");

	if (!name[0])
		return fail(err, 0, "no time zone: write e.g. Europe/Berlin");
	if (name[off])
		return fail(err, off,
			    "not part of a time zone's name: write e.g. "
			    "Europe/Berlin");
	if (name[0] == '/' || name[off - 1] == '/' || empty)
		return fail(err,
			    name[0] == '/' ? 0
			    : empty        ? (size_t)(empty - name) + 1
					   : off - 1,
			    "a time zone's name has \"/\" only between its "
			    "parts: write e.g. Europe/Berlin");

	return 0;
}


static int zone_load(struct config_draft *d, struct zone *zone,
		     const char *name, struct text_error *err)
{
	char path[sizeof(zone_folder) + ZONE_NAME_MAX];
	char *buf = malloc(ZONE_FILE_MAX);
	const char *what = NULL;
	size_t len;
	int e;

	if (!buf)
		return ENOMEM;

	(void)snprintf(path, sizeof(path), "%s/%s", zone_folder, name);
	e = file_read(buf, ZONE_FILE_MAX, &len, path);
	if (e && access(zone_folder, X_OK))
		e = FAIL_PRINT(d, err, 0,
			       "no time zones on this system: install "
			       "tzdata, which fills %s",
			       zone_folder);
	else if (e)
		e = FAIL_PRINT(d, err, 0,
			       "no such time zone in %s: write e.g. "
			       "Europe/Berlin",
			       zone_folder);
	else if (zone_parse(zone, name, (const uint8_t *)buf, len, &what))
		e = FAIL_PRINT(d, err, 0,
			       "no usable time zone: %s; write e.g. "
			       "Europe/Berlin",
			       what);

	free(buf);
	return e;
}


int value_zone(struct config_draft *d, void *dst, size_t size,
	       const char *text, struct text_error *err)
{
	(void)size;

	if (zone_name_check(text, err))
		return EBADMSG;
	if (strlen(text) >= ZONE_NAME_MAX)
		return fail(err, ZONE_NAME_MAX - 1,
			    "no time zone has so long a name: write e.g. "
			    "Europe/Berlin");

	return zone_load(d, dst, text, err);
}


void value_zone_local(struct zone *zone)
{
	char *buf = malloc(ZONE_FILE_MAX);
	const char *what = NULL;
	size_t len;

	/* zone_parse leaves UTC where it fails */
	zone_utc_init(zone);
	if (buf && !file_read(buf, ZONE_FILE_MAX, &len, "/etc/localtime"))
		(void)zone_parse(zone, "localtime", (const uint8_t *)buf, len,
				 &what);

	free(buf);
}


int value_hours(struct config_draft *d, void *dst, size_t size,
		const char *text, struct text_error *err)
{
	(void)d;
	(void)size;
	return hours_parse(dst, text, err);
}


int value_outside(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	(void)d;
	(void)size;
	return compile_outside(dst, text, err);
}


int value_scode(struct config_draft *d, void *dst, size_t size,
		const char *text, struct text_error *err)
{
	(void)d;
	(void)size;
	return compile_scode(dst, text, err);
}


int value_action(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	struct policy_rule *rule = dst;

	(void)d;
	(void)size;
	return compile_action(&rule->action, &rule->scode, text, err);
}


int value_numbers(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	struct policy_rule *rule = dst;
	struct number_pattern *v;
	size_t n;
	int e;

	(void)size;

	e = compile_numbers(NULL, 0, &n, text, err);
	if (e)
		return e;

	v = draft_numbers_room(d, n);
	if (!v)
		return ENOMEM;

	/* A second list is an error of its own; both have their room */
	rule->numberc += n;
	return compile_numbers(v, n, &n, text, err);
}


int value_list(struct config_draft *d, void *dst, size_t size,
	       const char *text, struct text_error *err)
{
	static const char made[] =
		"write the path of a file that \"ringfence list import\" made";
	struct policy_rule *rule = dst;
	struct list_map *map = NULL;
	const char *what = NULL;
	int e;

	(void)size;

	if (!text[0])
		return FAIL_PRINT(d, err, 0, "no path: %s", made);

	e = list_map_open(&map, text, &what);
	if (e == ENOMEM)
		return e;
	if (e)
		return FAIL_PRINT(d, err, 0, "can't use it: %s; %s",
				  what ? what : strerror(e), made);

	map->next = d->out->maps;
	d->out->maps = map;
	rule->list = &map->list;
	return 0;
}
