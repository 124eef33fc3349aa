/**
 * @file app/policy/compile.c  From a setting's text to lists of a policy
 */
#include "app/policy/compile.h"

#include <string.h>

#include "app/policy/caller.h"
#include "app/policy/compile_text.h"


_Static_assert(POLICY_TEXT_MAX == 64, "a message below says 63 bytes");

#define VERSTAT(id) (UINT64_C(1) << CALLER_VERSTAT_##id)

static const struct {
	const char *name;
	uint64_t mask;
} verstat_name[] = {
	{"passed", VERSTAT(PASSED) | VERSTAT(PASSED_A) | VERSTAT(PASSED_B) |
			   VERSTAT(PASSED_C)},
	{"passed-a", VERSTAT(PASSED_A)},
	{"passed-b", VERSTAT(PASSED_B)},
	{"passed-c", VERSTAT(PASSED_C)},
	{"failed", VERSTAT(FAILED)},
	{"none", VERSTAT(NONE)},
};


bool compile_item_next(struct compile_item *item, const char *text,
		       size_t *pos)
{
	size_t start = *pos, end;

	if (start && !text[start - 1])
		return false;

	end = start + strcspn(&text[start], ",");
	*pos = end + 1;
	while (start < end && compile_blank(text[start]))
		start++;
	while (end > start && compile_blank(text[end - 1]))
		end--;

	*item = (struct compile_item){.off = start, .len = end - start};
	return true;
}


int compile_numbers(struct number_pattern *v, size_t max, size_t *n,
		    const char *text, struct text_error *err)
{
	struct compile_item item;
	size_t count = 0, pos = 0;

	if (!n || !text)
		return EINVAL;

	while (compile_item_next(&item, text, &pos)) {
		struct number_pattern p;
		const int e = number_pattern_parse(&p, &text[item.off],
						   item.len, err);

		if (e) {
			if (err)
				err->off += item.off;
			return e;
		}
		if (v && count == max)
			return compile_fail(err, item.off, "too many numbers",
					    ENOSPC);
		if (v)
			v[count] = p;
		count++;
	}

	*n = count;
	return 0;
}


int compile_texts(struct policy_text *v, size_t max, size_t *n,
		  const char *text, struct text_error *err)
{
	struct compile_item item;
	size_t count = 0, pos = 0;

	if (!n || !text)
		return EINVAL;

	while (compile_item_next(&item, text, &pos)) {
		if (!item.len)
			return compile_fail(err, item.off,
					    "no text: write one, e.g. "
					    "*example*",
					    EBADMSG);
		if (item.len >= POLICY_TEXT_MAX)
			return compile_fail(
				err, item.off + POLICY_TEXT_MAX - 1,
				"text too long: at most 63 bytes", ENOSPC);
		if (v && count == max)
			return compile_fail(err, item.off, "too many texts",
					    ENOSPC);
		if (v) {
			memcpy(v[count].text, &text[item.off], item.len);
			v[count].text[item.len] = '\0';
		}
		count++;
	}

	*n = count;
	return 0;
}


/* @return the bits of a name, 0 if it is none */
static uint64_t verstat_find(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(verstat_name) / sizeof(verstat_name[0]);
	     i++) {
		if (strlen(verstat_name[i].name) == len &&
		    !memcmp(verstat_name[i].name, name, len))
			return verstat_name[i].mask;
	}

	return 0;
}


int compile_verstat(uint64_t *mask, const char *text, struct text_error *err)
{
	struct compile_item item;
	uint64_t all = 0;
	size_t pos = 0;

	if (!mask || !text)
		return EINVAL;

	while (compile_item_next(&item, text, &pos)) {
		const uint64_t one = verstat_find(&text[item.off], item.len);

		if (!one)
			return compile_fail(
				err, item.off,
				"write passed, passed-a, passed-b, passed-c, "
				"failed or none",
				EBADMSG);
		all |= one;
	}

	*mask = all;
	return 0;
}
