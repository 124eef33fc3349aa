/**
 * @file firmware/config/contacts_file.c  [contacts]: the file that it names
 */
#include "firmware/config/values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "firmware/config/file.h"
#include "firmware/config/value_fail.h"


enum {
	CONTACTS_FILE_MAX = 64 * 1024 * 1024, /* bytes, with pictures */
};

static const char write_path[] =
	"write the path of a vCard file, e.g. /etc/ringfence/contacts.vcf";


static void wrong_handler(size_t line, size_t col, bool error,
			  const char *what, void *arg)
{
	struct config_draft *d = arg;

	config_errors_add_in(error ? &d->errors : &d->out->warnings,
			     &d->contacts_place, d->contacts_path,
			     (unsigned)line, (unsigned)col, what);
}


static int bytes_read(struct config_draft *d, const char *path, char **bufp,
		      size_t *len, struct text_error *err)
{
	struct stat st;
	int e = 0;

	if (stat(path, &st))
		e = errno;
	else if (S_ISDIR(st.st_mode))
		e = EISDIR;
	else if (st.st_size > CONTACTS_FILE_MAX)
		return FAIL_PRINT(d, err, 0,
				  "the file is too large: at most 64 MiB");
	if (e)
		return FAIL_PRINT(d, err, 0, "can't read it: %s; %s",
				  strerror(e), write_path);

	/* One byte more tells whether it grew */
	*bufp = malloc((size_t)st.st_size + 1);
	if (!*bufp)
		return ENOMEM;

	e = file_read(*bufp, (size_t)st.st_size + 1, len, path);
	if (!e && *len > (size_t)st.st_size)
		e = EAGAIN;
	if (e)
		return FAIL_PRINT(d, err, 0, "can't read it: %s; %s",
				  strerror(e), write_path);

	return 0;
}


static int path_keep(struct config_draft *d, const char *path)
{
	const size_t size = strlen(path) + 1;
	char *copy = arena_alloc(&d->out->arena, 1, size);

	if (!copy)
		return ENOMEM;

	memcpy(copy, path, size);
	d->contacts_path = copy;
	d->contacts_place = d->place;
	return 0;
}


int value_contacts(struct config_draft *d, void *dst, size_t size,
		   const char *text, struct text_error *err)
{
	struct contacts_draft *contacts = &d->contacts;
	char *buf = NULL;
	size_t len;
	int e;

	(void)dst;
	(void)size;

	if (!text[0])
		return FAIL_PRINT(d, err, 0, "no path: %s", write_path);
	if (contacts->arena)
		return 0; /* given twice, which was told */

	e = bytes_read(d, text, &buf, &len, err);
	if (!e)
		e = path_keep(d, text);
	if (!e) {
		contacts->wrongh = wrong_handler;
		contacts->arg = d;
		contacts->arena = &d->out->arena;
		e = contacts_read(contacts, buf, len);
	}

	free(buf);
	return e;
}


void draft_contacts_finish(struct config_draft *d)
{
	struct policy *policy = &d->out->config.policy;
	struct contacts_draft *contacts = &d->contacts;

	policy->contacts.groupv = contacts->groupv;
	policy->contacts.groupc = contacts->groupc;
	if (contacts_finish(contacts, &policy->contacts, &policy->plan))
		d->errors.lost = true;
	contacts_draft_free(contacts);
}
