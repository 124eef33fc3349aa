/**
 * @file tests/fuzz/config_fuzz.c  The phone's file, as a whole
 *
 * Each error is told at a place in the file, in the file's order, by a text
 * that can't steer a terminal. What is taken can be asked: whoever calls, the
 * verdict is one that may be sent. No other file is there.
 */
#include "tests/fuzz/fuzz.h"

#include <errno.h>

#include "app/policy/compile.h"
#include "firmware/config/config.h"
#include "firmware/config/file.h"

static const char path[] = "phone.ini";

/* What stands in it: config_load opens it by its path */
static const uint8_t *bytes;
static size_t bytes_len;

struct told {
	bool in_order; /* errors are, warnings needn't be */
	unsigned line; /* of the last that was told       */
	size_t n;
};


int file_read(char *buf, size_t size, size_t *len, const char *file)
{
	if (strcmp(file, path) != 0)
		return ENOENT;

	*len = bytes_len < size ? bytes_len : size;
	memcpy(buf, bytes, *len);

	return 0;
}


/** The board has no settings */
int board_check(const struct board_setting *v, size_t n, board_error_h *errorh,
		void *arg)
{
	for (size_t i = 0; i < n; i++)
		errorh(&v[i], "this board has no settings: remove it", arg);

	return n ? EBADMSG : 0;
}


static void place_check(unsigned line, unsigned col)
{
	unsigned lines = 1;
	size_t line_len = 0;

	for (size_t i = 0; i < bytes_len && lines <= line; i++) {
		if (bytes[i] == '\n')
			lines++;
		else if (lines == line)
			line_len++;
	}

	expect(line <= lines && !line == !col);
	expect(col <= line_len + 1);
}


static void error_handler(const char *file, unsigned line, unsigned col,
			  const char *what, void *arg)
{
	struct told *told = arg;

	expect(!strcmp(file, path));
	place_check(line, col);
	expect(!told->in_order || line >= told->line);
	expect(what && *what);
	for (; *what; what++)
		expect(*what == '\t' ||
		       ((uint8_t)*what >= ' ' && *what != 0x7f));

	told->line = line;
	told->n++;
}


static void verdict_check(const struct verdict *v)
{
	switch (v->action) {

	case POLICY_REJECT:
		expect(compile_scode_allowed(v->scode));
		break;

	case POLICY_REDIRECT:
		expect(v->scode == 302 && v->uri[0]);
		break;

	default:
		expect(!v->scode && !v->has_retry_after);
		break;
	}
	expect(v->by < DECIDED_COUNT);
	expect((v->by == DECIDED_RULE) == (v->line != 0));
}


static void policy_check(const struct policy *p)
{
	static const struct caller caller[] = {
		{.from = {.uri = "sip:+4930123@a.test",
			  .number = "+4930123",
			  .user = "+4930123",
			  .name = "A"},
		 .domain = "a.test"},
		{.from = {.uri = "sip:204@a.test",
			  .number = "204",
			  .user = "204"},
		 .domain = "a.test",
		 .trusted = true,
		 .asserted = "+4990123",
		 .verstat = CALLER_VERSTAT_FAILED,
		 .diverted = {"0301"},
		 .divertedc = 1},
		{.from = {.uri = "sip:anonymous@anonymous.invalid"},
		 .domain = "anonymous.invalid",
		 .anonymous = true},
	};
	static const int64_t utc_s[] = {0, 1782000000, 1861876800};

	for (size_t i = 0; i < 2 * 3 * 3 * 2; i++) {
		const struct decide_facts facts = {
			.caller = &caller[i % 3],
			.called_before_s = i % 2 ? 60 : SCREENING_NEVER_S,
			.dnd = i / 6 % 2,
			.busy = i / 12 % 2,
			.alone = i % 2,
		};
		const struct now now = {
			.mono_ms = 1000000,
			.utc_s = utc_s[i / 3 % 3],
			.utc_valid = i / 18 % 2,
		};
		struct verdict v;

		decide(&v, p, &facts, &now, NULL, NULL);
		verdict_check(&v);
	}
}


static void config_check(struct config *cfg)
{
	struct told warned = {.in_order = false};

	expect(cfg->settings.policy == &cfg->policy);
	expect(cfg->sip.accountc && cfg->sip.accountc <= PHONE_ACCOUNT_MAX);
	for (size_t i = 0; i < cfg->sip.accountc; i++)
		expect(cfg->sip.account[i].user[0] &&
		       cfg->sip.account[i].domain[0]);
	policy_check(&cfg->policy);
	config_warn(cfg, error_handler, error_handler, &warned);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct told told = {.in_order = true}, plan_told = {.in_order = true};
	struct config *cfg = NULL;
	struct dial_plan plan;
	int err;

	bytes = data;
	bytes_len = len;
	err = config_load(&cfg, path, error_handler, &told);
	expect(!err == !told.n && (!err || err == EBADMSG));
	if (!err)
		config_check(cfg);

	if (config_plan_load(&plan, path, error_handler, &plan_told))
		expect(plan_told.n);
	else if (!err)
		expect(!memcmp(&plan, &cfg->policy.plan, sizeof(plan)));

	config_free(cfg);
	return 0;
}
