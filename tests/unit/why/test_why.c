/**
 * @file tests/unit/why/test_why.c  What `why` says is what the phone does
 *
 * Configurations, callers and times are made up by the thousand; each is
 * asked, and then comes as a call. A seed that fails is printed and can be
 * given as the first argument.
 */
#include "firmware/why/why.h"

#include "firmware/sip/invite.h"
#include "tests/unit/policy/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	CONFIGS = 400,
	QUESTIONS = 25, /* of each */
	CONFIG_SIZE = 16384,
	WORD_SIZE = 160,
	RULES_MAX = 12,
	HEADERS = 1024,
};

static uint64_t seed = 1;


static uint32_t below(uint32_t n)
{
	/* Knuth, MMIX; the high bits are the better ones */
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);

	return (uint32_t)(seed >> 33) % n;
}


#define PICK(list) (list)[below((uint32_t)ROWS(list))]

static const char *const number[] = {
	"+4930123",  "004930123", "030123",   "(030) 1-23", "301",
	"+49901",    "+499012",   "112",      "*21#",	    "00441234567",
	"+15551234", "090",	  "+4930124", "3",
};

static const char *const pattern[] = {
	"+4930123",  "030123",	  "+4990*",		 "3*",
	"301",	     "+493012?",  "+4930100..+4930199", "0*",
	"+*",	     "00441*",	  "*21#",		 "30?",
	"+15551234", "0301, 301",
};

static const char *const name[] = {"Zoe", "Bank of X", "", "spam likely"};

static const char *const domain[] = {"pbx.example.com", "example.org",
				     "a.b.example.org", "192.0.2.7"};

static const char *const at[] = {
	"2026-11-20T18:04",	     "2026-11-20T10:00",
	"2026-12-25T10:00",	     "2026-10-25T02:30",
	"2026-03-29T02:30",	     "2027-01-01T00:00:00Z",
	"2026-11-21T12:00:00+05:30",
};

static const char *const condition[] = {
	"anonymous = yes",     "anonymous = no",
	"name = *bank*, zoe",  "name = *",
	"domain = *.example.org", "domain = pbx.example.com",
	"account = one",       "account = two",
	"when = open",	       "when = closed",
	"when = late",	       "called_before_min = 3",
	"verstat = passed",    "verstat = failed, none",
	"diverted = yes",      "diverted = +4930*",
	"asserted = +4930*",
};

static const char *const action[] = {
	"ring",	  "silence",	"reject",     "reject 486",
	"reject 480", "reject 607", "redirect sip:mail@pbx.example.com",
};

static const char *const header[] = {
	"Privacy: id",
	"P-Asserted-Identity: <sip:+4930123@pbx.example.com>",
	("P-Asserted-Identity: "
	 "<tel:+4990;verstat=TN-Validation-Passed-A>"),
	"Diversion: <sip:+4930999@pbx.example.com>;reason=no-answer",
	"Priority: psap-callback",
	"Subject: \"a, b\"",
};


/** Append to a configuration, which has room for it */
static void put(char *text, const char *what)
{
	const size_t used = strlen(text);

	assert_true(used + strlen(what) < CONFIG_SIZE);
	memcpy(text + used, what, strlen(what) + 1);
}


/** Append "KEY = VALUE" */
static void put_key(char *text, bool negated, const char *key,
		    const char *value)
{
	put(text, negated ? "not." : "");
	put(text, key);
	put(text, " = ");
	put(text, value);
	put(text, "\n");
}


/* The same key twice is an error of the file */
static void conditions_make(char *text)
{
	const uint32_t n = below(3);
	bool used[ROWS(condition)] = {false};

	for (uint32_t i = 0; i < n; i++) {
		const uint32_t k = below((uint32_t)ROWS(condition));
		const size_t key = strcspn(condition[k], " ");
		bool twice = false;

		for (size_t j = 0; j < ROWS(condition); j++) {
			if (used[j] &&
			    !strncmp(condition[j], condition[k], key + 1))
				twice = true;
		}
		if (twice)
			continue;
		used[k] = true;
		put(text, below(3) ? "" : "not.");
		put(text, condition[k]);
		put(text, "\n");
	}
}


static void rule_make(char *text, unsigned i)
{
	char title[WORD_SIZE];

	(void)snprintf(title, sizeof(title), "[rule r%u]\n", i);
	put(text, title);
	put_key(text, false, "action", PICK(action));
	put_key(text, !below(4), "number", PICK(pattern));
	conditions_make(text);
}


static void config_make(char *text)
{
	static const char *const plan[] = {
		"", "[dialplan]\ncountry_code = 49\n",
		"[dialplan]\ncountry_code = 1\n"};
	static const char *const disclose[] = {
		"", "[phone]\ndisclose = nothing\n"};
	static const char *const codes[] = {
		"", "[reject]\nbutton = auto\nrule = 607\n",
		"[reject]\nbutton = 486\nhours = 480\ndnd = 600\n"};
	static const char *const outside[] = {"ring", "silence", "reject"};
	const unsigned rules = below(RULES_MAX);

	text[0] = '\0';
	put(text, "[account one]\nuri = sip:204@pbx.example.com\n"
		  "[account two]\nuri = sip:205@pbx.example.com\n");
	put(text, PICK(plan));
	put(text, PICK(disclose));
	put(text, PICK(codes));
	put(text, "[hours late]\nopen = Mo-Su 20:00-23:00\n"
		  "[hours]\ntimezone = Europe/Berlin\n"
		  "open = Mo-Fr 09:00-18:00; Dec 24-26 off\n");
	put_key(text, false, "outside", PICK(outside));
	for (unsigned i = 0; i < rules; i++)
		rule_make(text, i);
}


static void told(const char *path, unsigned line, unsigned col,
		 const char *what, void *arg)
{
	(void)arg;
	print_error("%s:%u:%u: %s\n", path, line, col, what);
}


static struct config *config_of(const char *text)
{
	char path[] = "/tmp/ringfence-why-XXXXXX";
	struct config *cfg = NULL;
	const int fd = mkstemp(path);
	const size_t len = strlen(text);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	assert_int_equal(close(fd), 0);
	if (config_load(&cfg, path, told, NULL))
		fail_msg("no sound configuration:\n%s", text);
	assert_int_equal(unlink(path), 0);

	return cfg;
}


/** A question, the words of which live as long as it does */
struct words {
	char v[32][WORD_SIZE];
	char *argv[32];
	int argc;
};


static void word(struct words *w, const char *text)
{
	assert_true((size_t)w->argc < ROWS(w->v));
	(void)snprintf(w->v[w->argc], WORD_SIZE, "%s", text);
	w->argv[w->argc] = w->v[w->argc];
	w->argc++;
}


static void question_make(struct words *w)
{
	char from[WORD_SIZE];

	w->argc = 0;
	word(w, "-c");
	word(w, "unused");
	word(w, "--from");
	if (below(8)) {
		/* "(030) 1-23" is no user part as it stands */
		const char *n = PICK(number);

		(void)snprintf(from, sizeof(from), "sip:%s@%s",
			       *n == '(' ? "(030)1-23"
			       : strchr(n, '#') ? "*21%23"
						: n,
			       PICK(domain));
	}
	else {
		(void)snprintf(from, sizeof(from), "%s",
			       below(2) ? "sip:anonymous@anonymous.invalid"
					: "sip:alice@example.org");
	}
	word(w, from);
	word(w, "--at");
	word(w, PICK(at));
	if (below(2)) {
		word(w, "--name");
		word(w, PICK(name));
	}
	word(w, "--account");
	word(w, below(2) ? "one" : "two");
	for (uint32_t i = below(3); i; i--) {
		word(w, "--header");
		word(w, PICK(header));
	}
	if (below(2))
		word(w, "--trusted");
	if (!below(6))
		word(w, "--dnd");
	if (!below(6))
		word(w, "--busy");
	if (!below(12))
		word(w, "--emergency");
	if (!below(3))
		word(w, "--sip-607");
	if (below(2)) {
		word(w, "--others");
		word(w, below(2) ? "1" : "0");
	}
	if (below(2)) {
		word(w, "--called-before");
		word(w, below(2) ? "2" : "5");
	}
}


static void refusal_is(const struct refusal *a, const struct refusal *b)
{
	char x[HEADERS], y[HEADERS];

	assert_int_equal(a->scode, b->scode);
	assert_string_equal(a->phrase, b->phrase);
	assert_int_equal(sip_refusal_print(x, sizeof(x), a), 0);
	assert_int_equal(sip_refusal_print(y, sizeof(y), b), 0);
	assert_string_equal(x, y);
}


/** The call comes: what it meets is what was said */
static void call_meets(struct phone *p, const struct why_answer *a)
{
	struct phone_event ev = {
		.type = EV_INVITE,
		.id = 1,
	};
	const struct history_entry *e;
	struct commands out;

	ev.invite.caller = a->caller;
	phone_step(p, &ev, &a->now, &out);
	assert_true(out.n > 0);

	switch (a->verdict.action) {

	case POLICY_REJECT:
	case POLICY_REDIRECT:
		assert_int_equal(out.v[0].type, CMD_REFUSE);
		refusal_is(&out.v[0].refusal, &a->refusal);
		e = history_at(&p->history, 0);
		assert_int_equal(e->by, a->verdict.by);
		assert_string_equal(e->rule, a->verdict.rule);
		assert_int_equal(e->line, a->verdict.line);
		break;

	case POLICY_ANSWER:
		assert_int_equal(out.v[1].type, CMD_ANSWER);
		/* fall through */

	case POLICY_RING:
	case POLICY_SILENCE:
		assert_int_equal(out.v[0].type, CMD_ACCEPT);
		assert_int_equal(phone_current(p)->silent,
				 a->verdict.action == POLICY_SILENCE);
		break;
	}
}


static unsigned ask_once(const struct config *cfg, unsigned *by)
{
	static struct phone phone;
	const struct now now = {.mono_ms = 7 * 24 * 3600 * UINT64_C(1000)};
	char what[WHY_WHAT_MAX] = "";
	struct why_question q;
	struct why_answer a;
	struct words w;

	question_make(&w);
	if (why_question_read(&q, w.argc, w.argv, true, what))
		fail_msg("%s", what);

	phone_init(&phone, &cfg->settings);
	if (why_ask(&a, &q, &phone, &cfg->sip, &now, what))
		fail_msg("%s: %s", q.from, what);
	why_phone_prepare(&phone, &q, &a.caller, &a.now);
	why_answer_free(&a);
	assert_int_equal(why_ask(&a, &q, &phone, &cfg->sip, &now, what), 0);

	call_meets(&phone, &a);
	by[a.verdict.by]++;
	why_answer_free(&a);

	return 1;
}


static void what_it_says_is_what_the_phone_does(void **state)
{
	unsigned by[DECIDED_COUNT] = {0};
	unsigned n = 0;

	(void)state;
	for (unsigned i = 0; i < CONFIGS; i++) {
		static char text[CONFIG_SIZE];
		const uint64_t start = seed;
		struct config *cfg;

		config_make(text);
		print_message("seed %llu\r", (unsigned long long)start);
		cfg = config_of(text);
		for (unsigned k = 0; k < QUESTIONS; k++)
			n += ask_once(cfg, by);
		config_free(cfg);
	}
	assert_int_equal(n, CONFIGS * QUESTIONS);

	/* All that can decide did, or the test says nothing about it */
	assert_true(by[DECIDED_NONE] && by[DECIDED_RULE] &&
		    by[DECIDED_HOURS] && by[DECIDED_DND] &&
		    by[DECIDED_BUSY] && by[DECIDED_EMERGENCY]);
}


static void a_wrong_question_says_what_to_write(void **state)
{
	static const struct {
		const char *argv[8];
		const char *what;
	} row[] = {
		{{NULL}, "-c FILE"},
		{{"-c", "x", NULL}, "--from"},
		{{"-c", NULL}, "a value is to follow"},
		{{"-c", "x", "--form", "1", NULL}, "no option \"--form\""},
		{{"-c", "x", "--from", "1\r\nX: y", NULL}, "more than one"},
		{{"-c", "x", "--from", "1", "--header", "abc", NULL},
		 "Name: value"},
		{{"-c", "x", "--invite", "f", "--from", "1", NULL},
		 "leave out"},
		{{"-c", "x", "--from", "1", "--others", "-1", NULL},
		 "0 to 100"},
		{{"-c", "x", "--from", "1", "--called-before", "1441", NULL},
		 "0 to 1440"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		char what[WHY_WHAT_MAX] = "", *argv[8];
		struct why_question q;
		int argc = 0;

		while (row[i].argv[argc]) {
			argv[argc] = strdup(row[i].argv[argc]);
			argc++;
		}
		if (!why_question_read(&q, argc, argv, true, what) ||
		    !strstr(what, row[i].what))
			fail_msg("row %zu: \"%s\"", i, what);
		while (argc)
			free(argv[--argc]);
	}
}


static void a_time_without_an_offset_is_where_the_hours_are(void **state)
{
	static const struct {
		const char *at;
		int64_t utc_s;
	} row[] = {
		{"2026-12-24T18:30", 1798133400},
		{"2026-12-24T18:30:00", 1798133400},
		{"2026-12-24T18:30:00+01:00", 1798133400},
		{"2026-12-24T17:30:00Z", 1798133400},
		{"1969-12-31T23:59:58.5Z", -2},
		{"2026-10-25T02:30", 1792888200}, /* twice: the first, +02 */
		{"2026-03-29T02:30", 1774747800}, /* skipped: 03:30, +02   */
	};
	static const char *const wrong[] = {
		"", "now", "2026-12-24", "24.12.2026 18:30",
		"2026-13-24T18:30", "2026-12-24T18:30+01:00",
	};
	static struct phone phone;
	static const struct now now;
	struct config *cfg =
		config_of("[account a]\nuri = sip:1@x\n[hours]\n"
			  "timezone = Europe/Berlin\nopen = 24/7\n");
	char what[WHY_WHAT_MAX];
	struct why_question q = {.from = "2"};
	struct why_answer a;

	(void)state;
	phone_init(&phone, &cfg->settings);
	for (size_t i = 0; i < ROWS(row); i++) {
		q.at = row[i].at;
		assert_int_equal(
			why_ask(&a, &q, &phone, &cfg->sip, &now, what), 0);
		assert_int_equal(a.now.utc_s, row[i].utc_s);
		assert_in_range(a.now.utc_ms, 0, 999);
		why_answer_free(&a);
	}
	for (size_t i = 0; i < ROWS(wrong); i++) {
		q.at = wrong[i];
		assert_int_not_equal(
			why_ask(&a, &q, &phone, &cfg->sip, &now, what), 0);
		assert_non_null(strstr(what, "--at"));
		why_answer_free(&a);
	}
	config_free(cfg);
}


int main(int argc, char **argv)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(what_it_says_is_what_the_phone_does),
		cmocka_unit_test(a_wrong_question_says_what_to_write),
		cmocka_unit_test(
			a_time_without_an_offset_is_where_the_hours_are),
	};

	if (argc > 1)
		seed = strtoull(argv[1], NULL, 10);

	return cmocka_run_group_tests(test, NULL, NULL);
}
