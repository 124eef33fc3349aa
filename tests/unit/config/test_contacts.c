/**
 * @file tests/unit/config/test_contacts.c  Who is in a vCard file
 */
#include "tests/unit/config/load.h"

#include "firmware/config/contacts.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>


#define BEGIN "BEGIN:VCARD\r\nVERSION:4.0\r\n"
#define END "END:VCARD\r\n"
#define CARD(lines) BEGIN lines END
#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

enum {
	TOLD_MAX = 4096,
};

struct read {
	struct contacts_draft draft;
	struct arena arena;
	struct contacts contacts;
	char told[TOLD_MAX]; /* "3:1! words\n": "!" if it is an error */
	size_t n;
};


static void wrong_handler(size_t line, size_t col, bool error,
			  const char *what, void *arg)
{
	struct read *r = arg;
	const int n =
		snprintf(r->told + r->n, sizeof(r->told) - r->n,
			 "%zu:%zu%s %s\n", line, col, error ? "!" : "", what);

	if (n > 0 && (size_t)n < sizeof(r->told) - r->n)
		r->n += (size_t)n;
}


/* From a block of just this size, so that a sanitizer sees one byte too far */
static void read_text(struct read *r, const char *text, size_t len,
		      const char *country)
{
	struct dial_plan plan;
	char *exact = malloc(len ? len : 1);

	memset(r, 0, sizeof(*r));
	memset(&plan, 0, sizeof(plan));
	if (country)
		assert_int_equal(dial_plan_init(&plan, country), 0);
	r->draft.wrongh = wrong_handler;
	r->draft.arg = r;
	r->draft.arena = &r->arena;

	assert_non_null(exact);
	memcpy(exact, text, len);
	assert_int_equal(contacts_read(&r->draft, exact, len), 0);
	free(exact);
	assert_int_equal(contacts_finish(&r->draft, &r->contacts, &plan), 0);
	r->contacts.groupv = r->draft.groupv;
	r->contacts.groupc = r->draft.groupc;
}


static void read_close(struct read *r)
{
	contacts_draft_free(&r->draft);
	arena_free(&r->arena);
}


/* "+4930=Ada(family,work) 204=Bob()": as they are kept */
static void contacts_print(const struct read *r, char *s, size_t size)
{
	size_t n = 0;

	s[0] = '\0';
	for (size_t i = 0; i < r->contacts.n; i++) {
		const struct contact *c = &r->contacts.v[i];
		const char *comma = "";

		n += (size_t)snprintf(s + n, size - n, "%s%s=%s(",
				      i ? " " : "", c->number, c->name);
		for (size_t g = 0; g < r->contacts.groupc; g++) {
			if (!(c->groups >> g & 1))
				continue;
			n += (size_t)snprintf(s + n, size - n, "%s%s", comma,
					      r->contacts.groupv[g].name);
			comma = ",";
		}
		n += (size_t)snprintf(s + n, size - n, ")");
	}
	assert_true(n < size);
}


static const struct {
	const char *name, *text, *contacts;
	const char *told; /* places and words, NULL: nothing */
} row[] = {
	{"no card", "", "", NULL},
	{"blank lines", "\r\n  \r\n\n", "", NULL},
	{"a card", CARD("FN:Ada\r\nTEL:204\r\n"), "204=Ada()", NULL},
	{"LF, small letters, a byte order mark",
	 "\xef\xbb\xbf"
	 "begin:vcard\nversion:3.0\nfn:Ada\ntel:204\n"
	 "end:vcard\n",
	 "204=Ada()", NULL},
	{"a card without a number", CARD("FN:Ada\r\n"), "", NULL},
	{"no END's line end", "BEGIN:VCARD\nTEL:1\nEND:VCARD", "1=()", NULL},
	{"several numbers",
	 CARD("TEL;TYPE=home,voice:2\r\nFN:Ada\r\nitem1.TEL:1\r\n"
	      "TEL;VALUE=uri;TYPE=\"voice,work:x\":tel:+49-30-1;ext=7\r\n"),
	 "+49301=Ada() 1=Ada() 2=Ada()", NULL},
	{"folded",
	 CARD("F\r\n N:Ad\r\n a Love\r\n\tlace\r\nTEL;TYPE=\r\n x:+49\r\n"
	      "  30\r\n"),
	 "+4930=Ada Lovelace()", NULL},
	{"separators as people write them",
	 CARD("FN:A\r\nTEL:(030) 12-34.5/6 \r\nTEL: 7\r\n"),
	 "030123456=A() 7=A()", NULL},
	{"escapes", CARD("FN:A\\, B\\; C\\\\D\\nE\r\nTEL:1\r\n"),
	 "1=A, B; C\\D E()", NULL},
	{"CHARSET is left over",
	 CARD("FN;CHARSET=UTF-8:Zo\xc3\xab\r\nTEL:1\r\n"), "1=Zo\xc3\xab()",
	 NULL},
	{"what is no UTF-8 is shown as such", CARD("FN:Zo\xeb\r\nTEL:1\r\n"),
	 "1=Zo\xef\xbf\xbd()", NULL},
	{"N where FN is missing", CARD("N:Lovelace;Ada;King;;\r\nTEL:1\r\n"),
	 "1=Ada Lovelace()", NULL},
	{"N with one part", CARD("N:Ada\r\nTEL:1\r\n"), "1=Ada()", NULL},
	{"FN before N, in whatever order",
	 CARD("N:X;Y\r\nFN:Ada\r\nFN:Bob\r\nTEL:1\r\n"), "1=Ada()", NULL},
	{"a long name is cut between characters",
	 CARD("FN:" X64 "x\r\nTEL:1\r\n"),
	 "1=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx()",
	 NULL},
	{"a picture is not looked at",
	 CARD("PHOTO;ENCODING=b:AAAA\r\n BBBB\r\nTEL:1\r\n"), "1=()", NULL},
	{"sorted",
	 CARD("FN:A\r\nTEL:3\r\nTEL:1\r\n") CARD("FN:B\r\nTEL:2\r\n"),
	 "1=A() 2=B() 3=A()", NULL},

	/* Groups */
	{"categories",
	 CARD("FN:A\r\nTEL:1\r\nCATEGORIES:family, Friends\\, old ,,\r\n")
		 CARD("FN:B\r\nTEL:2\r\nCATEGORIES:FAMILY\r\nCATEGORIES:"
		      "work\r\n"),
	 "1=A(family,Friends, old) 2=B(family,work)", NULL},
	{"a group of 4.0, by UID, before and behind its members",
	 CARD("UID:urn:uuid:AB-1\r\nFN:A\r\nTEL:1\r\nTEL:3\r\n")
		 CARD("KIND:group\r\nMEMBER:urn:uuid:ab-1\r\nFN:team\r\n"
		      "MEMBER:urn:uuid:ab-2\r\nMEMBER:urn:uuid:none\r\n")
			 CARD("UID:ab-2\r\nFN:B\r\nTEL:2\r\n"),
	 "1=A(team) 2=B(team) 3=A(team)", NULL},
	{"a group as Apple writes it",
	 CARD("X-ADDRESSBOOKSERVER-KIND:group\r\nFN:team\r\n"
	      "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:u\r\n")
		 CARD("UID:u\r\nFN:A\r\nTEL:1\r\n"),
	 "1=A(team)", NULL},
	{"members of what is no group",
	 CARD("FN:team\r\nMEMBER:u\r\n") CARD("UID:u\r\nFN:A\r\nTEL:1\r\n"),
	 "1=A()", NULL},
	{"a group without a name",
	 CARD("KIND:group\r\nMEMBER:u\r\n") CARD("UID:u\r\nFN:A\r\nTEL:1\r\n"),
	 "1=A()", NULL},

	/* One number */
	{"two people with one number: the first has it",
	 CARD("FN:A\r\nTEL:1\r\n") CARD("FN:B\r\nTEL:1\r\nTEL:2\r\n"),
	 "1=A() 2=B()", "9:5 the number of \"B\" is that of \"A\" on line 4"},
	{"one person with one number twice",
	 CARD("FN:A\r\nTEL:1\r\nTEL:1\r\nCATEGORIES:x\r\n")
		 CARD("FN:A\r\nTEL:1\r\nCATEGORIES:y\r\n"),
	 "1=A(x,y)", NULL},

	/* What is left out, and where it stands */
	{"what is no number is left out",
	 CARD("FN:A\r\nTEL:call me\r\nTEL;X=y:\r\nTEL:tel:x\r\nTEL:1\r\n"),
	 "1=A()", "4:5 no number\n5:9 no number\n6:9 no number"},
	{"a number that is too long",
	 CARD("TEL:123456789012345678901234567890123456789012345678\r\n"), "",
	 "3:5 no number"},
	{"a place behind a fold", CARD("TEL:te\r\n l:x\r\n"), "",
	 "4:4 no number"},

	/* Errors */
	{"no vCard", "Name;Number\n", "", "1:1! outside of a card"},
	{"behind the last", CARD("TEL:1\r\n") "x\n", "1=()",
	 "5:1! outside of a card"},
	{"a line without a colon", CARD("FN\r\nTEL:1\r\n"), "1=()",
	 "3:1! no \":\""},
	{"2.1, once",
	 "BEGIN:VCARD\nVERSION:2.1\nEND:VCARD\n"
	 "BEGIN:VCARD\nVERSION:2.1\nEND:VCARD\n",
	 "", "2:9! another version of vCard: export"},
	{"one in another", BEGIN "TEL:2\r\n" CARD("TEL:1\r\n"), "1=() 2=()",
	 "4:1! the card in front is never closed"},
	{"never closed", BEGIN "FN:A\r\nTEL:1\r\n", "1=A()",
	 "1:1! the card is never closed"},
	{"a group in front that is never closed",
	 BEGIN "KIND:group\r\nMEMBER:u\r\n" CARD("UID:u\r\nTEL:1\r\n"), "1=()",
	 "5:1! the card in front is never closed"},
	{"members of nothing in front that is never closed",
	 BEGIN "FN:A\r\nMEMBER:u\r\n" CARD("UID:u\r\nTEL:1\r\n"), "1=()",
	 "5:1! the card in front is never closed"},
	{"another thing", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "",
	 "1:1! no vCard\n2:1! ends otherwise"},
};


static void check_told(const char *name, const char *told, const char *want)
{
	const char *at = told;

	while (want && *want) {
		const size_t place = strcspn(want, " ") + 1;
		const size_t n = strcspn(want, "\n");
		char words[256];

		(void)snprintf(words, sizeof(words), "%.*s", (int)(n - place),
			       want + place);
		if (strncmp(at, want, place) || !strstr(at, words))
			break;
		at += strcspn(at, "\n");
		at += *at == '\n';
		want += n + (want[n] == '\n');
	}
	if (*at || (want && *want))
		fail_msg("%s: told\n%s", name, told);
}


static void contacts_are_as_the_rows_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		char got[1024];
		struct read r;

		read_text(&r, row[i].text, strlen(row[i].text), NULL);
		contacts_print(&r, got, sizeof(got));
		if (strcmp(got, row[i].contacts))
			fail_msg("%s:\n got  %s\n want %s", row[i].name, got,
				 row[i].contacts);
		check_told(row[i].name, r.told, row[i].told);
		read_close(&r);
	}
}


static void numbers_take_the_plans_form_and_are_then_one(void **state)
{
	static const char text[] = CARD("FN:A\r\nTEL:(030) 123456\r\n")
		CARD("FN:B\r\nTEL:+49 30 123456\r\nTEL:204\r\n");
	struct read r;

	(void)state;
	read_text(&r, text, sizeof(text) - 1, "49");
	assert_int_equal(r.contacts.n, 2);
	assert_string_equal(contacts_find(&r.contacts, "+4930123456")->name,
			    "A");
	assert_string_equal(contacts_find(&r.contacts, "204")->name, "B");
	check_told("one", r.told, "9:5 the number of \"B\" is that of \"A\"");
	read_close(&r);
}


static void the_33rd_group_is_told_once_and_left_out(void **state)
{
	char text[4096] = BEGIN "FN:A\r\nTEL:1\r\n";
	size_t n = strlen(text);
	struct read r;

	(void)state;
	for (unsigned i = 0; i < CONTACT_GROUP_MAX + 3; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
				      "CATEGORIES:g%u\r\n", i);
	n += (size_t)snprintf(text + n, sizeof(text) - n, END);
	read_text(&r, text, n, NULL);
	assert_int_equal(r.contacts.groupc, CONTACT_GROUP_MAX);
	assert_int_equal(r.contacts.v->groups, UINT32_MAX);
	assert_int_equal(contacts_group_find(&r.contacts, "G31", 3), 31);
	assert_int_equal(contacts_group_find(&r.contacts, "g32", 3),
			 CONTACT_GROUP_MAX);
	check_told("33", r.told, "37:12 one group too many");
	read_close(&r);
}


/* No byte is read behind the end, wherever that is */
static void every_start_of_a_file_is_read_without_a_step_too_far(void **state)
{
	static const char text[] =
		CARD("item1.TEL;TYPE=\"a:b\";X=\r\n y:tel:+49\\,\r\n 30;ext=1"
		     "\r\nCATEGORIES:a\\,b,c\\\r\nN:a;b\\\r\nUID:urn:uuid:x"
		     "\r\nFN:Zo\xc3\xab\r\n");

	(void)state;
	for (size_t n = 0; n < sizeof(text); n++) {
		struct read r;

		read_text(&r, text, n, "49");
		read_close(&r);
	}
}


static void ten_thousand_contacts_load_in_no_time(void **state)
{
	enum {
		CARDS = 10000,
		LINE_MAX_ = 256,
	};
	char *text = malloc((size_t)CARDS * LINE_MAX_);
	const char *const group[] = {"family", "work", "club"};
	size_t n = 0;
	clock_t start;
	struct read r;
	double ms;

	(void)state;
	assert_non_null(text);
	for (unsigned i = 0; i < CARDS; i++)
		n += (size_t)snprintf(
			text + n, LINE_MAX_,
			CARD("UID:urn:uuid:%08x\r\nFN:Person %u\r\n"
			     "TEL;TYPE=cell:+49 170 %07u\r\n"
			     "TEL;TYPE=work:(030) %06u\r\n"
			     "CATEGORIES:%s\r\n"),
			i * 2654435761u, i, i * 7, i, group[i % 3]);

	start = clock();
	read_text(&r, text, n, "49");
	ms = (double)(clock() - start) * 1e3 / CLOCKS_PER_SEC;
	assert_int_equal(r.contacts.n, 2 * CARDS);
	assert_string_equal(r.told, "");
	assert_string_equal(contacts_find(&r.contacts, "+491700069993")->name,
			    "Person 9999");
	print_message("%d contacts: %.1f ms\n", CARDS, ms);
	assert_true(ms < 500);
	read_close(&r);
	free(text);
}


/* From the configuration: errors in their file, where it is named, and
 * warnings not among them */
static void the_file_is_read_and_its_groups_serve_rules(void **state)
{
	static const char cards[] =
		CARD("FN:Ada\r\nTEL:030 123456\r\nCATEGORIES:family\r\n")
			CARD("FN:Bob\r\nTEL:call me\r\nCATEGORIES:work\r\n");
	char path[LOAD_PATH_MAX], text[1024];
	const struct policy *p;
	struct load l;

	(void)state;
	load_file_write(path, cards, sizeof(cards) - 1);
	(void)snprintf(text, sizeof(text),
		       "[rule a]\ngroup = WORK, family\naction = answer\n"
		       "[contacts]\nfile = %s\n[dialplan]\ncountry_code = 49\n"
		       "[account a]\nuri = sip:a@b\n",
		       path);
	load_text(&l, text, strlen(text));
	assert_int_equal(unlink(path), 0);
	assert_string_equal(l.told, "");
	p = &l.cfg->policy;
	assert_int_equal(p->rulev->matchv->mask, 3);
	assert_int_equal(p->contacts.n, 1);
	assert_string_equal(contacts_find(&p->contacts, "+4930123456")->name,
			    "Ada");
	load_close(&l);
}


static void a_group_that_is_not_there_is_told_with_those_that_are(void **state)
{
	static const char cards[] =
		CARD("FN:Ada\r\nTEL:1\r\nCATEGORIES:family,work\r\n");
	char path[LOAD_PATH_MAX], text[1024];
	struct load l;

	(void)state;
	load_file_write(path, cards, sizeof(cards) - 1);
	(void)snprintf(text, sizeof(text),
		       "[account a]\nuri = sip:a@b\n"
		       "[rule a]\nnot.group = work, friends\naction = ring\n"
		       "[contacts]\nfile = %s\n",
		       path);
	load_text(&l, text, strlen(text));
	assert_int_equal(unlink(path), 0);
	assert_string_equal(l.told, "4:19 group: no group \"friends\": there "
				    "are family, work\n");
	load_close(&l);
}


static void an_error_in_the_file_is_told_there(void **state)
{
	static const char cards[] = "BEGIN:VCARD\nVERSION:2.1\nEND:VCARD\n";
	char path[LOAD_PATH_MAX], text[1024], want[LOAD_PATH_MAX + 64];
	struct load l;

	(void)state;
	load_file_write(path, cards, sizeof(cards) - 1);
	(void)snprintf(text, sizeof(text),
		       "[account a]\nuri = sip:a@b\n[contacts]\nfile = %s\n",
		       path);
	load_text(&l, text, strlen(text));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(l.err, EBADMSG);
	(void)snprintf(want, sizeof(want), "%s:2:9 another version of vCard",
		       path);
	assert_int_equal(strncmp(l.told, want, strlen(want)), 0);
	load_close(&l);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contacts_are_as_the_rows_say),
		cmocka_unit_test(numbers_take_the_plans_form_and_are_then_one),
		cmocka_unit_test(the_33rd_group_is_told_once_and_left_out),
		cmocka_unit_test(
			every_start_of_a_file_is_read_without_a_step_too_far),
		cmocka_unit_test(ten_thousand_contacts_load_in_no_time),
		cmocka_unit_test(the_file_is_read_and_its_groups_serve_rules),
		cmocka_unit_test(
			a_group_that_is_not_there_is_told_with_those_that_are),
		cmocka_unit_test(an_error_in_the_file_is_told_there),
	};

	return cmocka_run_group_tests_name("contacts", tests, NULL, NULL);
}
