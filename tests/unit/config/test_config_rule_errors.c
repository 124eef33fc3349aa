/**
 * @file tests/unit/config/test_config_rule_errors.c  Rules that can't be so
 *
 * And refusals, emergencies, limits and contacts: where it is told, and how.
 */
#include "tests/unit/config/load.h"

#include <errno.h>


#define ACCOUNT "[account office]\nuri = sip:204@pbx.example.com\n"
#define RULE ACCOUNT "[rule a]\n"

enum {
	WANT_MAX = 1024,
};


static const struct {
	const char *text;
	const char *errors; /* as in error_rows.h */
} error_row[] = {
	/* What says whom a rule is for */
	{RULE "nunber = 1\naction = ring\n",
	 "3:2 lacks \"number\"\n4:1 perhaps \"number\"; [rule] has number, "},
	{RULE "not.nunber = 1\naction = ring\n",
	 "3:2 lacks \"number\"\n4:1 perhaps \"not.number\"; "},
	{RULE "not.action = ring\nnumber = 1\naction = ring\n",
	 "4:1 unknown key: "},
	{RULE "not. = 1\nnumber = 1\naction = ring\n", "4:1 unknown key: "},
	{RULE "number = 1\nnot.number = 1\nnot.number = 2\naction = ring\n",
	 "6:1 not.number is given twice, first on line 5"},
	{RULE "not.number = x\naction = ring\n",
	 "4:14 not.number: not part of a number"},
	{RULE "contact = maybe\naction = ring\n",
	 "4:11 contact: write \"yes\" or \"no\""},
	{RULE "contact =\naction = ring\n", "4:10 contact: write \"yes\""},
	{RULE "anonymous = 1\naction = ring\n", "4:13 anonymous: write"},
	{RULE "diverted = 0,x\naction = ring\n",
	 "4:14 diverted: not part of a number"},
	{RULE "asserted =\naction = ring\n", "4:11 asserted: no number"},
	{RULE "name = a,,b\naction = ring\n", "4:10 name: no text"},
	{RULE "domain =\naction = ring\n", "4:9 domain: no text"},
	{RULE "verstat = passed, ok\naction = ring\n",
	 "4:19 verstat: write passed, passed-a"},
	{RULE "called_before_min = 0\naction = ring\n",
	 "4:21 called_before_min: out of range: write 1-1440"},
	{RULE "called_before_min = 1441\naction = ring\n",
	 "4:21 out of range"},
	{RULE "called_before_min = 99999999999999999999\naction = ring\n",
	 "4:21 out of range"},
	{RULE "called_before_min = 5m\naction = ring\n",
	 "4:22 not a number: write 1-1440"},
	{RULE "anyone = no\naction = ring\n",
	 "4:10 anyone: write \"anyone = yes\""},
	{RULE "not.anyone = yes\naction = ring\n",
	 "4:14 not.anyone: write \"anyone = yes\""},
	{RULE "anyone = yes\nname = x\naction = ring\n",
	 "4:10 anyone: the rule has other conditions"},

	/* Names of what may stand anywhere in the file */
	{RULE "account = office, home\naction = ring\n",
	 "4:19 account: no account \"home\": there are office"},
	{RULE "not.account = home, work\naction = ring\n",
	 "4:15 account: no account \"home\"\n4:21 no account \"work\""},
	{RULE "account = a,\naction = ring\n", "4:13 account: no name: write"},
	{RULE "when = lunch\naction = ring\n",
	 "4:8 when: no hours named \"lunch\": write [hours], or [hours NAME]"},
	{RULE "when = open\naction = ring\n[hours lunch]\nopen = 24/7\n"
	      "[hours night]\nopen = off\n[hours]\ntimezone = UTC\n",
	 "10:2 lacks \"open\""},
	{RULE "when = opem\naction = ring\n[hours]\ntimezone = UTC\n"
	      "open = off\n[hours lunch]\nopen = 24/7\n",
	 "4:8 when: no hours named \"opem\": there are open, closed, lunch"},
	{RULE "group = family\naction = ring\n",
	 "4:9 group: no group \"family\": write a file of [contacts] in which "
	 "it is"},

	/* What it does */
	{RULE "name = x\naction = reject 433\n",
	 "5:10 action: 433 tells a caller that he hides"},
	{RULE "anonymous = no\naction = reject 433\n", "5:10 433 tells"},
	{RULE "anonymous = no\nnot.anonymous = no\naction = reject 608\n",
	 "6:17 608 is sent by"},
	{RULE "name = x\naction = answer\n",
	 "5:10 action: only a call of somebody who is named"},
	{RULE "not.number = 1\naction = answer\n", "5:10 only a call of"},
	{RULE "contact = no\naction = answer\n", "5:10 only a call of"},
	{RULE "anyone = yes\naction = answer\n", "5:10 only a call of"},
	{RULE "number = 1\naction = redirect\n", "5:18 no address: write"},
	{RULE "number = 1\naction = redirect sip:\n", "5:23 no host"},
	{RULE "number = 1\naction = ring\ntone = 0\nlamp = off\n",
	 "6:8 tone: out of range: write 1-4\n"
	 "7:8 lamp: write white, red, green or amber"},
	{RULE "number = 1\naction = ring\ntone = 5\nlamp = Red\n",
	 "6:8 out of range\n7:8 write white"},
	{RULE "tone = 1\nnumber = 1\nlamp = red\naction = silence\n",
	 "4:8 tone: only with action = ring\n"
	 "6:8 lamp: only with action = ring"},
	/* Where something is wrong with the rule, no more is made of it */
	{RULE "anonymous = maybe\naction = reject 433\n", "4:13 anonymous"},

	/* Refusals, emergencies, limits */
	{ACCOUNT "[reject]\nbutton = 433\nrule = 608\nhours = auto\n",
	 "4:10 button: 433\n5:8 rule: 608\n6:9 hours: not a status code"},
	{ACCOUNT "[reject]\nbutton = Auto\n",
	 "4:10 button: write \"auto\" or a status code"},
	{ACCOUNT "[phone]\ndisclose = all\n",
	 "4:12 disclose: write \"cause\" or \"nothing\""},
	{ACCOUNT "[emergency]\nnumbers = 112, help\n",
	 "4:16 numbers: no number: write what is dialled"},
	{ACCOUNT "[emergency]\nnumbers =\n", "4:10 numbers: no number"},
	{ACCOUNT "[emergency]\nnumbers = 1,2,3,4,5,6,7,8,9\n",
	 "4:27 numbers: at most 8"},
	{ACCOUNT "[emergency]\nnumbers = "
		 "123456789012345678901234567890123456789012345678\n",
	 "4:11 too long"},
	{ACCOUNT "[emergency]\nwindow_min = 1441\n",
	 "4:14 out of range: write 0-1440"},
	{ACCOUNT "[limits]\nsource_per_min = 6001\nall_per_min = -1\n",
	 "4:18 out of range: write 0-6000\n5:15 not a number"},

	/* The contacts' file itself is tested with the contacts */
	{ACCOUNT "[contacts]\n", "3:2 lacks \"file\""},
	{ACCOUNT "[contacts]\nfile =\n", "4:7 file: no path: write"},
	{ACCOUNT "[contacts]\nfile = /nonexistent/a.vcf\n",
	 "4:8 file: can't read it: No such file or directory; write the path"},
	{ACCOUNT "[contacts]\nfile = /etc\n", "4:8 can't read it: Is a dir"},
};


static void check_told(const char *text, const struct load *l,
		       const char *errors)
{
	const char *told = l->told, *want = errors;

	while (*told && *want) {
		const size_t place = strcspn(want, " ") + 1;
		const size_t told_n = strcspn(told, "\n");
		const size_t n = strcspn(want, "\n");
		char words[WANT_MAX], line[WANT_MAX];

		(void)snprintf(words, sizeof(words), "%.*s", (int)(n - place),
			       want + place);
		(void)snprintf(line, sizeof(line), "%.*s", (int)told_n, told);
		if (strncmp(line, want, place) || !strstr(line, words))
			break;
		told += told_n + (told[told_n] == '\n');
		want += n + (want[n] == '\n');
	}
	if (*told || *want)
		fail_msg("%s\ntold:\n%swant:\n%s", text, l->told, errors);
}


static void errors_stand_where_the_rows_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(error_row); i++) {
		struct load l;

		load_text(&l, error_row[i].text, strlen(error_row[i].text));
		assert_int_equal(l.err, EBADMSG);
		check_told(error_row[i].text, &l, error_row[i].errors);
		load_close(&l);
	}
}


/* A key that is given over and over is told, and nothing else happens */
static void a_key_given_a_hundred_times_does_no_harm(void **state)
{
	char text[4096] = RULE "action = ring\n";
	size_t n = strlen(text);
	struct load l;

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
				      "name = x%u\n", i);
	load_text(&l, text, n);
	assert_int_equal(l.err, EBADMSG);
	assert_int_equal(l.errors, 99);
	load_close(&l);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_stand_where_the_rows_say),
		cmocka_unit_test(a_key_given_a_hundred_times_does_no_harm),
	};

	return cmocka_run_group_tests_name("config_rule_errors", tests, NULL,
					   NULL);
}
