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
#include "firmware/config/value_fail.h"


enum {
	ZONE_FILE_MAX = 64 * 1024, /* the largest has 4 KiB */
	TIMEOUT_MAX_S = 3600,
};

static const char zone_folder[] = "/usr/share/zoneinfo";


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


int value_figure(struct config_draft *d, uint32_t *v, uint32_t min,
		 uint32_t max, const char *text, struct text_error *err)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; text[i] >= '0' && text[i] <= '9'; i++) {
		if (n <= max)
			n = n * 10 + (uint64_t)(text[i] - '0');
	}
	if (!i || text[i])
		return FAIL_PRINT(d, err, i, "not a number: write %u-%u", min,
				  max);
	if (n < min || n > max)
		return FAIL_PRINT(d, err, 0, "out of range: write %u-%u", min,
				  max);

	*v = (uint32_t)n;
	return 0;
}


int value_timeout(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	(void)size;
	return value_figure(d, dst, 1, TIMEOUT_MAX_S, text, err);
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


int value_accept(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	static const struct {
		const char *text;
		enum sip_accept accept;
	} known[] = {
		{"account", SIP_ACCEPT_ACCOUNT},
		{"lan", SIP_ACCEPT_LAN},
		{"anyone", SIP_ACCEPT_ANYONE},
	};
	enum sip_accept *accept = dst;

	(void)d;
	(void)size;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (!strcmp(text, known[i].text)) {
			*accept = known[i].accept;
			return 0;
		}
	}

	return fail(err, 0,
		    "write \"account\" for the registrar's calls only, "
		    "\"lan\" for those from private addresses as well, or "
		    "\"anyone\"");
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


int value_outside(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	(void)d;
	(void)size;
	return compile_outside(dst, text, err);
}
