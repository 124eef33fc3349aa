/**
 * @file firmware/why/question.c  A question, read from words
 */
#include "firmware/why/why.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
	DECIMAL = 10,
	MINUTE_MAX = 1440, /**< of called_before_min, as in the rules */
	OTHERS_MAX = 100,
};

enum option_kind {
	OPTION_TEXT,
	OPTION_HEADER, /**< as often as one likes */
	OPTION_FLAG,
	OPTION_NUMBER,
};

struct option {
	const char *name;
	enum option_kind kind;
	bool alone; /**< only where no phone runs */
	size_t offset;
};

#define OPTION(name_, kind_, alone_, member)                                  \
	{                                                                     \
		.name = (name_), .kind = (kind_), .alone = (alone_),          \
		.offset = offsetof(struct why_question, member)               \
	}

static const struct option options[] = {
	OPTION("--from", OPTION_TEXT, false, from),
	OPTION("--name", OPTION_TEXT, false, name),
	OPTION("--account", OPTION_TEXT, false, account),
	OPTION("--at", OPTION_TEXT, false, at),
	OPTION("--header", OPTION_HEADER, false, header),
	OPTION("--invite", OPTION_TEXT, false, invite),
	OPTION("--trusted", OPTION_FLAG, false, trusted),
	OPTION("-c", OPTION_TEXT, true, config),
	OPTION("--json", OPTION_FLAG, true, json),
	OPTION("--dnd", OPTION_FLAG, true, dnd),
	OPTION("--busy", OPTION_FLAG, true, busy),
	OPTION("--emergency", OPTION_FLAG, true, emergency),
	OPTION("--sip-607", OPTION_FLAG, true, sip_607),
	OPTION("--called-before", OPTION_NUMBER, true, called_before_min),
	OPTION("--others", OPTION_NUMBER, true, others),
};


static const struct option *option_find(const char *name, bool alone)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (!strcmp(options[i].name, name) &&
		    (alone || !options[i].alone))
			return &options[i];
	}

	return NULL;
}


static bool number_read(uint32_t *value, const char *text, uint32_t max)
{
	uint32_t v = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		v = v * DECIMAL + (uint32_t)(*text - '0');
		if (v > max)
			return false;
	}
	*value = v;

	return true;
}


/* What goes into a message's header as it is must not end it */
static bool is_line(const char *text)
{
	return !text[strcspn(text, "\r\n")];
}


static int number_take(struct why_question *q, const struct option *o,
		       const char *value, char what[WHY_WHAT_MAX])
{
	const bool others = o->offset == offsetof(struct why_question, others);
	const uint32_t max = others ? OTHERS_MAX : MINUTE_MAX;
	uint32_t v;

	if (!number_read(&v, value, max)) {
		(void)snprintf(what, WHY_WHAT_MAX,
			       "%s: write a number from 0 to %u", o->name,
			       (unsigned)max);
		return EINVAL;
	}

	if (others)
		q->others = (uint16_t)v;
	else
		q->called_before_min = v;

	return 0;
}


static int option_take(struct why_question *q, const struct option *o,
		       const char *value, char what[WHY_WHAT_MAX])
{
	char *member = (char *)q + o->offset;

	switch (o->kind) {

	case OPTION_FLAG:
		memcpy(member, &(bool){true}, sizeof(bool));
		break;

	case OPTION_TEXT:
		if (!is_line(value)) {
			(void)snprintf(what, WHY_WHAT_MAX,
				       "%s: it has more than one line",
				       o->name);
			return EINVAL;
		}
		memcpy(member, &value, sizeof(value));
		break;

	case OPTION_HEADER:
		if (!is_line(value) || !strchr(value, ':') ||
		    q->headerc == WHY_HEADER_MAX) {
			(void)snprintf(what, WHY_WHAT_MAX,
				       "--header: write \"Name: value\", at "
				       "most %d times",
				       WHY_HEADER_MAX);
			return EINVAL;
		}
		q->header[q->headerc++] = value;
		break;

	case OPTION_NUMBER:
		return number_take(q, o, value, what);
	}

	return 0;
}


static int question_check(const struct why_question *q, bool alone,
			  char what[WHY_WHAT_MAX])
{
	const char *wrong = NULL;

	if (alone && !q->config)
		wrong = "write which configuration: -c FILE";
	else if ((!q->from || !q->from[0]) && !q->invite)
		wrong = "write who calls: --from sip:USER@HOST, or a number, "
			"or --invite FILE";
	else if (q->invite && (q->from || q->name || q->account || q->headerc))
		wrong = "--invite says all of it: leave out --from, --name, "
			"--account and --header";
	if (!wrong)
		return 0;

	(void)snprintf(what, WHY_WHAT_MAX, "%s", wrong);
	return EINVAL;
}


int why_question_read(struct why_question *q, int argc, char *const *argv,
		      bool alone, char what[WHY_WHAT_MAX])
{
	memset(q, 0, sizeof(*q));

	for (int i = 0; i < argc; i++) {
		const struct option *o = option_find(argv[i], alone);
		int err;

		if (!o) {
			(void)snprintf(what, WHY_WHAT_MAX,
				       "no option \"%s\": see ringfence --help",
				       argv[i]);
			return EINVAL;
		}
		if (o->kind != OPTION_FLAG && i + 1 == argc) {
			(void)snprintf(what, WHY_WHAT_MAX,
				       "%s: a value is to follow", o->name);
			return EINVAL;
		}

		err = option_take(q, o, o->kind == OPTION_FLAG ? "" : argv[++i],
				  what);
		if (err)
			return err;
	}

	return question_check(q, alone, what);
}
