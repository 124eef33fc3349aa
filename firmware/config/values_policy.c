/**
 * @file firmware/config/values_policy.c  Refusals, emergencies and limits
 */
#include "firmware/config/values.h"

#include <errno.h>
#include <string.h>

#include "app/policy/compile.h"
#include "firmware/config/value_fail.h"


enum {
	WINDOW_MAX_MIN = 24 * 60,
	PER_MIN_MAX = 6000,
	SECOND_PER_MIN = 60,
};

_Static_assert(POLICY_EMERGENCY_MAX == 8, "a message below says 8");


int value_scode(struct config_draft *d, void *dst, size_t size,
		const char *text, struct text_error *err)
{
	(void)d;
	(void)size;
	return compile_scode(dst, text, err);
}


int value_button(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	struct config *cfg = dst;

	(void)d;
	(void)size;
	return compile_button(&cfg->policy.button_auto,
			      &cfg->policy.scode[POLICY_CAUSE_BUTTON], text,
			      err);
}


int value_voicemail(struct config_draft *d, void *dst, size_t size,
		    const char *text, struct text_error *err)
{
	const int e = compile_uri(text, strlen(text), err);

	return e ? e : value_text(d, dst, size, text, err);
}


int value_disclose(struct config_draft *d, void *dst, size_t size,
		   const char *text, struct text_error *err)
{
	bool *nothing = dst;

	(void)d;
	(void)size;

	*nothing = !strcmp(text, "nothing");
	if (!*nothing && strcmp(text, "cause"))
		return fail(err, 0, "write \"cause\" or \"nothing\"");

	return 0;
}


int value_emergency(struct config_draft *d, void *dst, size_t size,
		    const char *text, struct text_error *err)
{
	struct policy_emergency *emergency = dst;
	struct compile_item item;
	size_t n = 0, pos = 0;

	(void)d;
	(void)size;

	while (compile_item_next(&item, text, &pos)) {
		char number[NUMBER_MAX];

		if (n == POLICY_EMERGENCY_MAX)
			return fail(err, item.off, "at most 8 numbers");
		if (item.len >= sizeof(number))
			return fail(err, item.off,
				    "the number is too long: at most 47 "
				    "characters");
		memcpy(number, text + item.off, item.len);
		number[item.len] = '\0';
		if (!number_normalise(emergency->number[n], number))
			return fail(err, item.off,
				    "no number: write what is dialled, e.g. "
				    "112, 110");
		n++;
	}

	emergency->numberc = n;
	return 0;
}


int value_window(struct config_draft *d, void *dst, size_t size,
		 const char *text, struct text_error *err)
{
	uint32_t *window_s = dst, min;

	(void)size;

	if (value_figure(d, &min, 0, WINDOW_MAX_MIN, text, err))
		return EBADMSG;

	*window_s = min * SECOND_PER_MIN;
	return 0;
}


int value_per_min(struct config_draft *d, void *dst, size_t size,
		  const char *text, struct text_error *err)
{
	uint16_t *per_min = dst;
	uint32_t v;

	(void)size;

	if (value_figure(d, &v, 0, PER_MIN_MAX, text, err))
		return EBADMSG;

	*per_min = (uint16_t)v;
	return 0;
}


void draft_emergency_finish(struct config_draft *d)
{
	struct policy *policy = &d->out->config.policy;
	struct text_error err;

	if (!policy->emergency.numberc)
		(void)value_emergency(
			d, &policy->emergency, sizeof(policy->emergency),
			dial_plan_emergency(policy->plan.country_code), &err);
}
