/**
 * @file tests/fuzz/store_fuzz.c  What the phone keeps, edited by anybody
 *
 * The bytes are a country's place among some, a number up to the end of its
 * line, and a file. As a block list: what is damaged is told with its place;
 * of what is sound, a number that is added and taken out again changes nothing
 * else, and each text that the phone writes is read as what was meant. As do
 * not disturb: what is read, written and read again stays the same.
 */
#include "tests/fuzz/fuzz.h"

#include "firmware/store/blocked.h"
#include "firmware/store/dnd.h"

static const char *const country[] = {"", "1", "39", "49", "7"};


static void error_check(const struct store_error *e, const char *text,
			size_t len)
{
	size_t lines = 1, line_len = 0;

	for (size_t i = 0; i < len && lines <= e->line; i++) {
		if (text[i] == '\n')
			lines++;
		else if (lines == e->line)
			line_len++;
	}

	expect(e->line >= 1 && e->line <= lines);
	expect(e->col >= 1 && e->col <= line_len + 1);
	expect(e->what[0] && memchr(e->what, '\0', sizeof(e->what)));
}


/** Sorted, each once, in the plan's form, and found */
static void numbers_check(const struct blocked *b,
			  const struct dial_plan *plan)
{
	char again[NUMBER_MAX];

	for (size_t i = 0; i < b->n; i++) {
		const char *number = b->v[i];

		expect(number[0] && memchr(number, '\0', NUMBER_MAX));
		expect(!i || strcmp(b->v[i - 1], number) < 0);
		expect(blocked_has(b, number));
		dial_plan_apply(plan, again, number);
		expect(!strcmp(again, number));
	}
}


/** b has what a has, and this number if with */
static void differ_check(const struct blocked *a, const struct blocked *b,
			 const char *number, bool with)
{
	const size_t rest = a->n - blocked_has(a, number);

	expect(b->n == rest + with);
	expect(blocked_has(b, number) == with);
	for (size_t i = 0; i < a->n; i++)
		expect(!strcmp(a->v[i], number) || blocked_has(b, a->v[i]));
}


/** Every byte that is left stood there before, in the same order */
static void kept_check(const struct blocked_text *less,
		       const struct blocked_text *more)
{
	size_t i = 0;

	for (size_t n = 0; n < less->len; n++, i++) {
		while (i < more->len && more->p[i] != less->p[n])
			i++;
		expect(i < more->len);
	}
}


static void without_check(const struct blocked *had,
			  const struct blocked_text *old,
			  const struct blocked_text *with,
			  const struct dial_plan *plan, const char *number)
{
	struct blocked_text text;
	struct store_error e;
	struct blocked b;

	expect(!blocked_without(&text, with, plan, number));
	expect(!blocked_parse(&b, &text, plan, &e));
	differ_check(had, &b, number, false);
	kept_check(&text, with);
	if (old->len && !blocked_has(had, number)) {
		expect(text.len >= old->len && text.len <= old->len + 1);
		expect(!memcmp(text.p, old->p, old->len));
	}

	blocked_free(&b);
	free(text.p);
}


/** What would be all that start so, is no pattern, or begins a comment can be
    dialled and yet not kept */
static bool is_writable(const char *number)
{
	return number[strlen(number) - 1] != '*' && strcmp(number, "#") != 0 &&
	       (number[0] != '+' || !strpbrk(number, "*#"));
}


static void change_check(const struct blocked *had,
			 const struct blocked_text *old,
			 const struct dial_plan *plan, const char *number)
{
	struct blocked_text text;
	struct store_error e;
	struct blocked b;

	expect(!blocked_with(&text, old, number));
	expect(!old->len || !memcmp(text.p, old->p, old->len));

	if (blocked_parse(&b, &text, plan, &e)) {
		expect(!is_writable(number));
		goto out;
	}

	numbers_check(&b, plan);
	if (is_writable(number)) {
		differ_check(had, &b, number, true);
		without_check(had, old, &text, plan, number);
	}
	blocked_free(&b);

out:
	free(text.p);
}


static void blocked_check(const struct blocked_text *text,
			  const struct dial_plan *plan, const char *spelling)
{
	char number[NUMBER_MAX];
	struct store_error e;
	struct blocked b;

	if (blocked_parse(&b, text, plan, &e)) {
		error_check(&e, text->p, text->len);
		return;
	}

	numbers_check(&b, plan);
	if (number_normalise(number, spelling)) {
		dial_plan_apply(plan, number, number);
		change_check(&b, text, plan, number);
	}
	blocked_free(&b);
}


static void dnd_check(const char *file, size_t len)
{
	struct dnd_state dnd, again;
	char text[DND_TEXT_MAX];
	struct store_error e;

	if (dnd_parse(&dnd, file, len, &e)) {
		error_check(&e, file, len);
		return;
	}

	dnd_print(text, &dnd);
	expect(!dnd_parse(&again, text, strlen(text), &e));
	expect(again.on == dnd.on && again.has_end == dnd.has_end);
	expect(again.until_s == dnd.until_s);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct dial_plan plan = {.min_national = 0};
	struct blocked_text text;
	const uint8_t *end;
	char *spelling;

	if (!len)
		return 0;
	(void)dial_plan_init(
		&plan,
		country[data[0] % (sizeof(country) / sizeof(country[0]))]);
	data++;
	len--;

	end = memchr(data, '\n', len);
	if (!end)
		return 0;
	spelling = fuzz_text(data, (size_t)(end - data));
	len -= (size_t)(end + 1 - data);

	text.p = fuzz_text(end + 1, len);
	text.len = len;
	blocked_check(&text, &plan, spelling);
	dnd_check(text.p, text.len);

	free(text.p);
	free(spelling);
	return 0;
}
