/**
 * @file app/policy/compile.c  From a setting's text to a piece of policy
 */
#include "app/policy/compile.h"

#include <errno.h>
#include <string.h>


enum {
	SCODE_MIN = 400,
	SCODE_MAX = 699,
	SCODE_DIGITS = 3,
};

/* Each asks the caller for something else than to go away: 401 and 407 for a
 * password, 421 and 494 for an extension, 423 for a longer time; 487 is the
 * answer to a CANCEL */
static const uint16_t scode_other[] = {401, 407, 421, 423, 487, 494};

static const struct {
	const char *name;
	enum policy_action action;
} action_name[] = {
	{"ring", POLICY_RING},
	{"silence", POLICY_SILENCE},
	{"reject", POLICY_REJECT},
};


static int fail(struct text_error *err, size_t off, const char *what, int code)
{
	if (err) {
		err->off = off;
		err->what = what;
	}

	return code;
}


static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}


static size_t blank_skip(const char *text, size_t i)
{
	while (is_blank(text[i]))
		i++;

	return i;
}


bool compile_scode_allowed(unsigned long scode)
{
	for (size_t i = 0; i < sizeof(scode_other) / sizeof(scode_other[0]);
	     i++) {
		if (scode_other[i] == scode)
			return false;
	}

	return scode >= SCODE_MIN && scode <= SCODE_MAX;
}


/* Read the code that starts at text[i] and ends the text */
static int scode_read(uint16_t *scode, const char *text, size_t i,
		      struct text_error *err)
{
	const size_t start = i;
	unsigned v = 0;

	while (text[i] >= '0' && text[i] <= '9') {
		v = v * 10 + (unsigned)(text[i] - '0');
		i++;
	}
	if (i == start)
		return fail(err, i,
			    "not a status code: write one of 400-699, "
			    "e.g. 603",
			    EBADMSG);
	if (i - start != SCODE_DIGITS || v < SCODE_MIN || v > SCODE_MAX)
		return fail(err, start,
			    "a call is refused with 400-699: write e.g. 603",
			    EBADMSG);
	if (text[blank_skip(text, i)])
		return fail(err, blank_skip(text, i),
			    "nothing may stand behind the status code",
			    EBADMSG);
	if (!compile_scode_allowed(v))
		return fail(err, start,
			    "401, 407, 421, 423, 487 and 494 ask the caller "
			    "for something else: write another of 400-699, "
			    "e.g. 603",
			    EBADMSG);

	*scode = (uint16_t)v;
	return 0;
}


int compile_scode(uint16_t *scode, const char *text, struct text_error *err)
{
	if (!scode || !text)
		return EINVAL;

	return scode_read(scode, text, blank_skip(text, 0), err);
}


/* Read an action's name at text[*i], leave *i behind it and its blanks */
static bool action_read(enum policy_action *action, const char *text,
			size_t *i)
{
	for (size_t k = 0; k < sizeof(action_name) / sizeof(action_name[0]);
	     k++) {
		const size_t n = strlen(action_name[k].name);
		const char *end = &text[*i];

		if (strncmp(end, action_name[k].name, n))
			continue;
		end += n;
		if (*end && !is_blank(*end))
			continue;

		*action = action_name[k].action;
		*i = blank_skip(text, *i + n);
		return true;
	}

	return false;
}


int compile_outside(enum policy_action *action, const char *text,
		    struct text_error *err)
{
	enum policy_action a;
	size_t i;

	if (!action || !text)
		return EINVAL;

	i = blank_skip(text, 0);
	if (!action_read(&a, text, &i))
		return fail(err, i,
			    "write \"ring\", \"silence\" or \"reject\"",
			    EBADMSG);
	if (text[i])
		return fail(err, i,
			    "nothing may stand behind it: the status code is "
			    "\"hours\" of [reject]",
			    EBADMSG);

	*action = a;
	return 0;
}


int compile_action(enum policy_action *action, uint16_t *scode,
		   const char *text, struct text_error *err)
{
	enum policy_action a;
	uint16_t code = 0;
	size_t i;

	if (!action || !scode || !text)
		return EINVAL;

	i = blank_skip(text, 0);
	if (!action_read(&a, text, &i))
		return fail(err, i,
			    "write \"ring\", \"silence\", \"reject\" or "
			    "\"reject\" with a status code, e.g. "
			    "\"reject 603\"",
			    EBADMSG);
	if (text[i] && a != POLICY_REJECT)
		return fail(err, i,
			    "nothing may stand behind it: only \"reject\" "
			    "takes a status code",
			    EBADMSG);
	if (text[i]) {
		const int e = scode_read(&code, text, i, err);

		if (e)
			return e;
	}

	*action = a;
	*scode = code;
	return 0;
}


/* The item that starts at text[i]: its length without blanks around it */
static size_t item_trim(const char *text, size_t *i, size_t end)
{
	while (*i < end && is_blank(text[*i]))
		++*i;
	while (end > *i && is_blank(text[end - 1]))
		end--;

	return end - *i;
}


int compile_numbers(struct number_pattern *v, size_t max, size_t *n,
		    const char *text, struct text_error *err)
{
	size_t count = 0, i = 0;

	if (!n || !text)
		return EINVAL;

	for (;;) {
		const size_t end = i + strcspn(&text[i], ",");
		const size_t len = item_trim(text, &i, end);
		struct number_pattern p;
		int e;

		e = number_pattern_parse(&p, &text[i], len, err);
		if (e) {
			if (err)
				err->off += i;
			return e;
		}
		if (v && count == max)
			return fail(err, i, "too many numbers", ENOSPC);
		if (v)
			v[count] = p;
		count++;

		if (!text[end])
			break;
		i = end + 1;
	}

	*n = count;
	return 0;
}
