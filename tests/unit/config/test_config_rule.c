/**
 * @file tests/unit/config/test_config_rule.c  Rules, and what goes with them
 *
 * What is written about whom a rule is for and what it does, and what is told
 * of it that is hardly meant.
 */
#include "tests/unit/config/load.h"
#include "tests/unit/policy/number_list_golden.h"

#include "app/policy/screening.h"
#include "hal/led.h"

#include <unistd.h>


#define ACCOUNT "[account office]\nuri = sip:204@pbx.example.com\n"
#define RULE ACCOUNT "[rule a]\n"

enum {
	WANT_MAX = 1024,
};


/* Each condition, as it is written, and what the match is */
static void conditions_become_matches(void **state)
{
	static const struct {
		const char *key;
		enum policy_match_kind kind;
		bool negated;
		size_t numberc, textc;
		uint64_t mask;
		uint32_t within_s;
	} row[] = {
		{"number = 1, +49*", POLICY_MATCH_NUMBER, false, 2, 0, 0, 0},
		{"not.number = 1", POLICY_MATCH_NUMBER, true, 1, 0, 0, 0},
		{"contact = yes", POLICY_MATCH_CONTACT, false, 0, 0, 0, 0},
		{"contact = no", POLICY_MATCH_CONTACT, true, 0, 0, 0, 0},
		{"not.contact = yes", POLICY_MATCH_CONTACT, true, 0, 0, 0, 0},
		{"not.contact = no", POLICY_MATCH_CONTACT, false, 0, 0, 0, 0},
		{"name = *bank*, x", POLICY_MATCH_NAME, false, 0, 2, 0, 0},
		{"not.domain = *.de", POLICY_MATCH_DOMAIN, true, 0, 1, 0, 0},
		{"account = door", POLICY_MATCH_ACCOUNT, false, 0, 0, 2, 0},
		{"account = door,office", POLICY_MATCH_ACCOUNT, false, 0, 0, 3,
		 0},
		{"anonymous = yes", POLICY_MATCH_ANONYMOUS, false, 0, 0, 0, 0},
		{"anonymous = no", POLICY_MATCH_ANONYMOUS, true, 0, 0, 0, 0},
		{"asserted = +4930*", POLICY_MATCH_ASSERTED, false, 1, 0, 0,
		 0},
		{"verstat = failed", POLICY_MATCH_VERSTAT, false, 0, 0, 0x20,
		 0},
		{"diverted = yes", POLICY_MATCH_DIVERTED, false, 0, 0, 0, 0},
		{"diverted = no", POLICY_MATCH_DIVERTED, true, 0, 0, 0, 0},
		{"diverted = 1,2,3", POLICY_MATCH_DIVERTED, false, 3, 0, 0, 0},
		{"when = open", POLICY_MATCH_WHEN, false, 0, 0,
		 POLICY_WHEN_OPEN, 0},
		{"not.when = lunch, closed", POLICY_MATCH_WHEN, true, 0, 0,
		 POLICY_WHEN_CLOSED | 2, 0},
		{"called_before_min = 5", POLICY_MATCH_CALLED_BEFORE, false, 0,
		 0, 0, 300},
		{"called_before_min = 1440", POLICY_MATCH_CALLED_BEFORE, false,
		 0, 0, 0, 86400},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		char text[1024];
		const struct policy_match *m;
		struct load l;

		/* What it names stands in front and behind */
		(void)snprintf(text, sizeof(text),
			       RULE "action = ring\n%s\n"
				    "[hours]\ntimezone = UTC\nopen = 24/7\n"
				    "[hours night]\nopen = off\n"
				    "[account door]\nuri = sip:d@b\n"
				    "[hours lunch]\nopen = 24/7\n",
			       row[i].key);
		load_text(&l, text, strlen(text));
		assert_string_equal(l.told, "");
		assert_int_equal(l.cfg->policy.rulec, 1);
		assert_int_equal(l.cfg->policy.rulev->matchc, 1);
		m = l.cfg->policy.rulev->matchv;
		if (m->kind != row[i].kind || m->negated != row[i].negated ||
		    m->numberc != row[i].numberc || m->textc != row[i].textc ||
		    m->mask != row[i].mask || m->within_s != row[i].within_s ||
		    m->line != 5)
			fail_msg("%s: %s%s", row[i].key,
				 m->negated ? "not." : "",
				 policy_match_name(m->kind));
		load_close(&l);
	}
}


static void numbers_and_list_are_one_condition(void **state)
{
	char path[LOAD_PATH_MAX], text[4 * LOAD_PATH_MAX];
	const struct policy_rule *rule;
	struct load l;

	(void)state;

	load_file_write(path, (const char *)number_list_golden,
			sizeof(number_list_golden));
	(void)snprintf(text, sizeof(text),
		       RULE "number = 5\nlist = %s\nnot.list = %s\n"
			    "not.number = 6, 7\naction = ring\n",
		       path, path);
	load_text(&l, text, strlen(text));
	assert_int_equal(unlink(path), 0);
	assert_string_equal(l.told, "");

	rule = l.cfg->policy.rulev;
	assert_int_equal(rule->matchc, 2);
	assert_int_equal(rule->matchv[0].numberc, 1);
	assert_non_null(rule->matchv[0].list);
	assert_false(rule->matchv[0].negated);
	assert_int_equal(rule->matchv[1].numberc, 2);
	assert_non_null(rule->matchv[1].list);
	assert_true(rule->matchv[1].negated);
	load_close(&l);
}


/* Both are conditions of their own: neither may swallow the other */
static void diverted_at_all_and_by_a_number_are_two_conditions(void **state)
{
	static const char text[] =
		RULE "diverted = yes\nnot.diverted = +4930*\naction = ring\n"
		     "[rule b]\ndiverted = no\nnot.diverted = +4930*\n"
		     "action = ring\n";
	struct load l;

	(void)state;
	load_text(&l, text, strlen(text));
	assert_string_equal(l.told, "");
	for (size_t i = 0; i < 2; i++) {
		const struct policy_rule *rule = &l.cfg->policy.rulev[i];

		assert_int_equal(rule->matchc, 2);
		assert_int_equal(rule->matchv[0].numberc, 0);
		assert_int_equal(rule->matchv[1].numberc, 1);
	}
	load_close(&l);
}


static void a_rule_for_everybody_has_no_match(void **state)
{
	static const char text[] = RULE "anyone = yes\naction = silence\n";
	struct load l;

	(void)state;
	load_text(&l, text, strlen(text));
	assert_string_equal(l.told, "");
	assert_int_equal(l.cfg->policy.rulec, 1);
	assert_int_equal(l.cfg->policy.rulev->matchc, 0);
	load_close(&l);
}


static void what_a_rule_does_is_as_written(void **state)
{
	static const struct {
		const char *keys;
		enum policy_action action;
		uint16_t scode;
		const char *uri;
		uint8_t ringtone, lamp;
	} row[] = {
		{"number=1\naction=ring\ntone=4\nlamp=amber", POLICY_RING, 0,
		 "", 4, LED_COLOUR_AMBER},
		{"number=1\naction=ring\nlamp=white", POLICY_RING, 0, "", 0,
		 LED_COLOUR_WHITE},
		{"name=x\naction=reject 607", POLICY_REJECT, 607, "", 0, 0},
		{"anonymous=yes\naction=reject 433", POLICY_REJECT, 433, "", 0,
		 0},
		{"number=1\naction=redirect sip:vm@b;x=y", POLICY_REDIRECT, 0,
		 "sip:vm@b;x=y", 0, 0},
		{"number=1\naction=answer", POLICY_ANSWER, 0, "", 0, 0},
		{"asserted=1\nwhen=open\naction=answer", POLICY_ANSWER, 0, "",
		 0, 0},
		{"contact=yes\naction=answer", POLICY_ANSWER, 0, "", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		const struct policy_rule *rule;
		char text[512];
		struct load l;

		(void)snprintf(text, sizeof(text),
			       RULE "%s\n[hours]\ntimezone=UTC\nopen=off\n",
			       row[i].keys);
		load_text(&l, text, strlen(text));
		assert_string_equal(l.told, "");
		rule = l.cfg->policy.rulev;
		assert_int_equal(rule->action, row[i].action);
		assert_int_equal(rule->scode, row[i].scode);
		assert_string_equal(rule->uri ? rule->uri : "", row[i].uri);
		assert_int_equal(rule->ringtone, row[i].ringtone);
		assert_int_equal(rule->lamp, row[i].lamp);
		load_close(&l);
	}
}


static void refusals_emergencies_and_limits_are_as_written(void **state)
{
	static const char text[] =
		ACCOUNT "[phone]\ndisclose = nothing\n"
			"[reject]\nbutton = auto\n"
			"[emergency]\nnumbers = 112, +49 110,  911 \n"
			"window_min = 0\n"
			"[limits]\nsource_per_min = 0\nall_per_min = 6000\n";
	const struct policy *p;
	struct load l;

	(void)state;
	load_text(&l, text, strlen(text));
	assert_string_equal(l.told, "");
	p = &l.cfg->policy;
	assert_true(p->disclose_nothing);
	assert_true(p->button_auto);
	assert_int_equal(p->scode[POLICY_CAUSE_BUTTON], 603);
	assert_int_equal(p->emergency.numberc, 3);
	assert_string_equal(p->emergency.number[0], "112");
	assert_string_equal(p->emergency.number[1], "+49110");
	assert_string_equal(p->emergency.number[2], "911");
	assert_int_equal(p->emergency.window_s, 0);
	assert_int_equal(p->limit.source_per_min, 0);
	assert_int_equal(p->limit.all_per_min, 6000);
	load_close(&l);
}


static void what_is_not_written_is_the_default(void **state)
{
	static const struct {
		const char *plan, *first, *second;
	} row[] = {
		{"", "112", "911"},
		{"[dialplan]\ncountry_code = 49\n", "112", "110"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		char text[512];
		const struct policy *p;
		struct load l;

		(void)snprintf(text, sizeof(text), ACCOUNT "%s", row[i].plan);
		load_text(&l, text, strlen(text));
		assert_string_equal(l.told, "");
		p = &l.cfg->policy;
		assert_false(p->disclose_nothing);
		assert_false(p->button_auto);
		assert_int_equal(p->emergency.numberc, 2);
		assert_string_equal(p->emergency.number[0], row[i].first);
		assert_string_equal(p->emergency.number[1], row[i].second);
		assert_int_equal(p->emergency.window_s, 3600);
		assert_int_equal(p->limit.source_per_min, 30);
		assert_int_equal(p->limit.all_per_min, 120);
		load_close(&l);
	}
}


/* The plan may stand behind the rules; the index is of its form */
static void rules_and_contacts_are_in_the_plans_form(void **state)
{
	static const char text[] = RULE "number = 030 12*\naction = ring\n"
					"[dialplan]\ncountry_code = 49\n";
	const struct policy_rule *rule;
	struct caller caller;
	const struct screening s = {.caller = &caller};
	struct load l;

	(void)state;
	memset(&caller, 0, sizeof(caller));
	strcpy(caller.from.number, "0049301234");
	load_text(&l, text, strlen(text));
	assert_string_equal(l.told, "");
	rule = l.cfg->policy.rulev;
	assert_string_equal(rule->matchv->numberv->digits, "+493012");
	assert_non_null(l.cfg->policy.index);
	assert_int_equal(l.cfg->policy.index->keyc, 1);
	assert_ptr_equal(l.cfg->policy.index->keyv->pattern,
			 rule->matchv->numberv);
	assert_ptr_equal(screening_find(&l.cfg->policy, &s, NULL, NULL), rule);
	load_close(&l);
}


struct warned {
	char text[WANT_MAX];
	size_t n;
};


static void warn_handler(const char *path, unsigned line, unsigned col,
			 const char *what, void *arg)
{
	struct warned *w = arg;
	const char *name = strrchr(path, '/');
	const int n = snprintf(w->text + w->n, sizeof(w->text) - w->n,
			       "%s:%u:%u %s\n", name ? name + 1 : path, line,
			       col, what);

	assert_true(n > 0 && (size_t)n < sizeof(w->text) - w->n);
	w->n += (size_t)n;
}


/* Not what a file is to be free of: it is marked here */
static void hint_handler(const char *path, unsigned line, unsigned col,
			 const char *what, void *arg)
{
	char text[256];

	(void)snprintf(text, sizeof(text), "hint: %s", what);
	warn_handler(path, line, col, text, arg);
}


static void what_is_hardly_meant_is_told_where_it_stands(void **state)
{
	static const char cards[] =
		"BEGIN:VCARD\nVERSION:4.0\nTEL:call me\nEND:VCARD\n";
	static const char *const want[] = {
		":3:5 no number: it is left out",
		":6:1 no call reaches [rule b]: [rule a] on line 3 is for all "
		"of them, too",
		":9:1 [rule c] holds for no call: number (line 10) excludes "
		"not.number (line 11)",
		":13:1 no call can ring: this rule is for everybody",
		":16:1 hint: out of hours a caller is told 603",
	};
	char vcf[LOAD_PATH_MAX], path[LOAD_PATH_MAX], text[1024];
	struct warned w = {.n = 0};
	const char *at = w.text;
	struct load l;

	(void)state;
	load_file_write(vcf, cards, sizeof(cards) - 1);
	(void)snprintf(text, sizeof(text),
		       ACCOUNT "[rule a]\nnumber = 1*\naction = reject\n"
			       "[rule b]\nnumber = 12\naction = ring\n"
			       "[rule c]\nnumber = 2\nnot.number = 2*\n"
			       "action = ring\n"
			       "[rule d]\nanyone = yes\naction = silence\n"
			       "[hours]\ntimezone = UTC\nopen = 24/7\n"
			       "[contacts]\nfile = %s\n",
		       vcf);
	load_file_write(path, text, strlen(text));
	load_path(&l, path);
	assert_string_equal(l.told, "");
	config_warn(l.cfg, warn_handler, hint_handler, &w);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(unlink(vcf), 0);

	for (size_t i = 0; i < ROWS(want); i++) {
		const size_t n = strcspn(at, "\n");
		char line[WANT_MAX];

		(void)snprintf(line, sizeof(line), "%.*s", (int)n, at);
		if (!strstr(line, want[i]) ||
		    strncmp(line, strrchr(i ? path : vcf, '/') + 1,
			    strlen(strrchr(i ? path : vcf, '/') + 1)))
			fail_msg("%s\n%s", want[i], w.text);
		at += n + 1;
	}
	assert_string_equal(at, "");
	load_close(&l);
}


static void a_sound_file_has_no_warnings(void **state)
{
	static const char text[] =
		RULE "number = 1\naction = ring\n[rule b]\nanyone = yes\n"
		     "action = reject\n[reject]\nhours = 480\n"
		     "[hours]\ntimezone = UTC\nopen = Mo 09:00-10:00\n";
	struct warned w = {.n = 0};
	char path[LOAD_PATH_MAX];
	struct load l;

	(void)state;
	load_file_write(path, text, sizeof(text) - 1);
	load_path(&l, path);
	config_warn(l.cfg, warn_handler, hint_handler, &w);
	assert_int_equal(unlink(path), 0);
	assert_string_equal(w.text, "");
	load_close(&l);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions_become_matches),
		cmocka_unit_test(numbers_and_list_are_one_condition),
		cmocka_unit_test(
			diverted_at_all_and_by_a_number_are_two_conditions),
		cmocka_unit_test(a_rule_for_everybody_has_no_match),
		cmocka_unit_test(what_a_rule_does_is_as_written),
		cmocka_unit_test(
			refusals_emergencies_and_limits_are_as_written),
		cmocka_unit_test(what_is_not_written_is_the_default),
		cmocka_unit_test(rules_and_contacts_are_in_the_plans_form),
		cmocka_unit_test(what_is_hardly_meant_is_told_where_it_stands),
		cmocka_unit_test(a_sound_file_has_no_warnings),
	};

	return cmocka_run_group_tests_name("config_rule", tests, NULL, NULL);
}
