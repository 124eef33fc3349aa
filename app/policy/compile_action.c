/**
 * @file app/policy/compile_action.c  What is to happen to a call, from its
 * text
 */
#include "app/policy/compile.h"

#include <string.h>

#include "app/policy/compile_text.h"


enum {
	SCODE_MIN = 400,
	SCODE_MAX = 699,
	SCODE_DIGITS = 3,
	SCODE_DECLINE = 603,
	SCODE_REJECTED = 608,
};

/* Each asks the caller for something else than to go away: 401 and 407 for a
 * password, 421 and 494 for an extension, 423 for a longer time; 487 is the
 * answer to a CANCEL */
static const uint16_t scode_other[] = {401, 407, 421, 423, 487, 494};

static const struct {
	const char *name;
	enum policy_action action;
	bool outside; /* may stand for the hours, too */
} action_name[] = {
	{"ring", POLICY_RING, true},      {"silence", POLICY_SILENCE, true},
	{"reject", POLICY_REJECT, true},  {"redirect", POLICY_REDIRECT, false},
	{"answer", POLICY_ANSWER, false},
};

static const char code_expected[] =
	"not a status code: write one of 400-699, e.g. 603";


bool compile_scode_allowed(unsigned long scode)
{
	for (size_t i = 0; i < sizeof(scode_other) / sizeof(scode_other[0]);
	     i++) {
		if (scode_other[i] == scode)
			return false;
	}

	return scode >= SCODE_MIN && scode <= SCODE_MAX &&
	       scode != SCODE_REJECTED;
}


/* Read the code that starts at text[i] and ends the text */
static int scode_read(uint16_t *scode, const char *text, size_t i,
		      struct text_error *err)
{
	const size_t start = i;
	unsigned v = 0;

	while (compile_digit(text[i])) {
		v = v * 10 + (unsigned)(text[i] - '0');
		i++;
	}
	if (i == start)
		return compile_fail(err, i, code_expected, EBADMSG);
	if (i - start != SCODE_DIGITS || v < SCODE_MIN || v > SCODE_MAX)
		return compile_fail(
			err, start,
			"a call is refused with 400-699: write e.g. 603",
			EBADMSG);
	if (text[compile_blank_skip(text, i)])
		return compile_fail(err, compile_blank_skip(text, i),
				    "nothing may stand behind the status code",
				    EBADMSG);
	if (v == SCODE_REJECTED)
		return compile_fail(
			err, start,
			"608 is sent by a service in the network, never by a "
			"phone (RFC 8688): write e.g. 603 or 607",
			EBADMSG);
	if (!compile_scode_allowed(v))
		return compile_fail(
			err, start,
			"401, 407, 421, 423, 487 and 494 ask the caller "
			"for something else: write another of 400-699, "
			"e.g. 603",
			EBADMSG);

	*scode = (uint16_t)v;
	return 0;
}


int compile_scode(uint16_t *scode, const char *text, struct text_error *err)
{
	uint16_t code;
	size_t i;
	int e;

	if (!scode || !text)
		return EINVAL;

	i = compile_blank_skip(text, 0);
	e = scode_read(&code, text, i, err);
	if (e)
		return e;
	if (code == COMPILE_SCODE_ANONYMITY)
		return compile_fail(
			err, i,
			"433 tells a caller that he hides (RFC 5079): write "
			"it as the action of a rule with anonymous = yes",
			EBADMSG);

	*scode = code;
	return 0;
}


int compile_button(bool *automatic, uint16_t *scode, const char *text,
		   struct text_error *err)
{
	static const char word[] = "auto";
	size_t i;
	int e;

	if (!automatic || !scode || !text)
		return EINVAL;

	i = compile_blank_skip(text, 0);
	if (!strncmp(&text[i], word, strlen(word)) &&
	    !text[compile_blank_skip(text, i + strlen(word))]) {
		*automatic = true;
		*scode = SCODE_DECLINE;
		return 0;
	}

	e = compile_scode(scode, text, err);
	if (e && err && err->what == code_expected)
		err->what = "write \"auto\" or a status code of 400-699, "
			    "e.g. 603";
	if (!e)
		*automatic = false;

	return e;
}


/* Read an action's name at text[*i], leave *i behind it and its blanks */
static bool action_read(enum policy_action *action, bool outside,
			const char *text, size_t *i)
{
	for (size_t k = 0; k < sizeof(action_name) / sizeof(action_name[0]);
	     k++) {
		const size_t n = strlen(action_name[k].name);
		const char *end = &text[*i];

		if (outside && !action_name[k].outside)
			continue;
		if (strncmp(end, action_name[k].name, n))
			continue;
		end += n;
		if (*end && !compile_blank(*end))
			continue;

		*action = action_name[k].action;
		*i = compile_blank_skip(text, *i + n);
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

	i = compile_blank_skip(text, 0);
	if (!action_read(&a, true, text, &i))
		return compile_fail(
			err, i, "write \"ring\", \"silence\" or \"reject\"",
			EBADMSG);
	if (text[i])
		return compile_fail(
			err, i,
			"nothing may stand behind it: the status code is "
			"\"hours\" of [reject]",
			EBADMSG);

	*action = a;
	return 0;
}


static int redirect_read(struct compile_action *a, const char *text, size_t i,
			 struct text_error *err)
{
	size_t len = strlen(&text[i]);
	int e;

	while (len && compile_blank(text[i + len - 1]))
		len--;

	e = compile_uri(&text[i], len, err);
	if (e) {
		if (err)
			err->off += i;
		return e;
	}

	a->uri = &text[i];
	a->uri_len = len;
	return 0;
}


int compile_action(struct compile_action *a, const char *text,
		   struct text_error *err)
{
	struct compile_action read = {.action = POLICY_RING};
	size_t i;
	int e = 0;

	if (!a || !text)
		return EINVAL;

	i = compile_blank_skip(text, 0);
	if (!action_read(&read.action, false, text, &i))
		return compile_fail(
			err, i,
			"write \"ring\", \"silence\", \"answer\", \"reject\", "
			"\"reject\" with a status code, e.g. \"reject 603\", "
			"or \"redirect\" with an address",
			EBADMSG);

	if (read.action == POLICY_REDIRECT)
		e = redirect_read(&read, text, i, err);
	else if (text[i] && read.action == POLICY_REJECT)
		e = scode_read(&read.scode, text, i, err);
	else if (text[i])
		e = compile_fail(
			err, i,
			"nothing may stand behind it: only \"reject\" takes a "
			"status code, and \"redirect\" an address",
			EBADMSG);
	if (e)
		return e;

	*a = read;
	return 0;
}
