/**
 * @file tests/fuzz/compile_fuzz.c  Values of rules against any text
 *
 * What is refused is told with its place in the text; what is taken keeps its
 * limits, and a code or an address in it may be sent.
 */
#include "tests/fuzz/fuzz.h"

#include "app/policy/caller.h"
#include "app/policy/compile.h"

enum {
	NUMBERC_MAX = 8,
};


/* What may be sent on to can stand in a header as it is */
static void uri_check(const char *text, size_t len)
{
	expect(len && len < POLICY_URI_MAX);
	for (size_t i = 0; i < len; i++)
		expect(text[i] > ' ' && text[i] < 0x7f && text[i] != '<' &&
		       text[i] != '>' && text[i] != '"');
}


static void action_check(const char *text, size_t len)
{
	struct text_error err = {0, NULL};
	struct compile_action a;

	if (compile_action(&a, text, &err)) {
		expect(err.what && err.off <= len);
		return;
	}

	expect(!a.scode || compile_scode_allowed(a.scode));
	expect(!a.uri == (a.action != POLICY_REDIRECT));
	if (a.uri)
		uri_check(a.uri, a.uri_len);
}


static void values_check(const char *text, size_t len)
{
	struct number_pattern v[NUMBERC_MAX];
	struct text_error err = {0, NULL};
	struct policy_text texts[NUMBERC_MAX];
	enum policy_action action;
	bool automatic;
	uint16_t scode;
	uint64_t mask;
	size_t n;

	if (compile_numbers(v, NUMBERC_MAX, &n, text, &err))
		expect(err.what && err.off <= len);
	else
		expect(n && n <= NUMBERC_MAX);

	if (compile_texts(texts, NUMBERC_MAX, &n, text, &err))
		expect(err.what && err.off <= len);
	else
		expect(n && n <= NUMBERC_MAX && texts[n - 1].text[0]);

	if (compile_uri(text, len, &err))
		expect(err.what && err.off <= len);
	else
		uri_check(text, len);

	if (compile_button(&automatic, &scode, text, &err))
		expect(err.what && err.off <= len);
	else
		expect(compile_scode_allowed(scode));

	if (compile_verstat(&mask, text, &err))
		expect(err.what && err.off <= len);
	else
		expect(mask && mask < UINT64_C(1) << CALLER_VERSTAT_COUNT);

	if (compile_scode(&scode, text, &err))
		expect(err.what && err.off <= len);
	else
		expect(compile_scode_allowed(scode));

	if (compile_outside(&action, text, &err))
		expect(err.what && err.off <= len);

	action_check(text, len);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *text = fuzz_text(data, len);

	values_check(text, strlen(text));
	free(text);
	return 0;
}
