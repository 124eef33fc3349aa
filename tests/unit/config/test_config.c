/**
 * @file tests/unit/config/test_config.c  What a sound file says is what holds
 */
#include "tests/unit/config/load.h"
#include "tests/unit/policy/number_list_golden.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>


#define ACCOUNT "[account office]\nuri = sip:204@pbx.example.com\n"
#define SECRET "correct horse % \"battery\" \xc3\xab"

static const char everything[] =
	"# Front desk\n"
	"[phone]\n"
	"display_name = Front desk\n"
	"ring_timeout_s = 61\n"
	"notice = no\n"
	"\n"
	"[sip]\n"
	"listen = 127.0.0.1:5061\n"
	"\n"
	"[account office]\n"
	"uri = sip:204@pbx.example.com:5070\n"
	"auth_user = two-o-four\n"
	"password_file = %s\n"
	"registrar = sip:reg.example.com\n"
	"register = yes\n"
	"# register = no: direct calls\n"
	"\n"
	"[account door]\n"
	"uri = sip:door@[2001:db8::1]:5060\n"
	"register = no\n"
	"\n"
	"[reject]\n"
	"button = 600\n"
	"rule = 601\n"
	"hours = 602\n"
	"dnd = 604\n"
	"busy = 605\n"
	"no_answer = 408\n"
	"\n"
	"[hours]\n"
	"timezone = Europe/Berlin\n"
	"open = Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00\n"
	"outside = silence\n"
	"\n"
	"[rule boss]\n"
	"number = +493011\n"
	"action = ring\n"
	"[rule spam]\n"
	"number = +4990*, +493012345, 0 (30) 12-3\n"
	"action = reject\n"
	"  [rule late]\n"
	"action = reject 486\n"
	"number = *21#\n"
	"[rule quiet]\n"
	"number = 7*\n"
	"action = silence\n"
	"\n"
	"[audio]\n"
	"device = plughw:0,0\n"
	"handset = hw:CARD=Phone,DEV=0\n"
	"speaker = null\n"
	"ring = auto\n"
	"[control]\n"
	"socket = /run/ringfence/ctl\n";


static void load_everything(struct load *l)
{
	char secret[LOAD_PATH_MAX], text[4096];
	int n;

	load_file_write(secret, SECRET "\nsecond line\n",
			strlen(SECRET "\nsecond line\n"));
	n = snprintf(text, sizeof(text), everything, secret);
	load_text(l, text, (size_t)n);
	assert_int_equal(unlink(secret), 0);
	assert_string_equal(l->told, "");
}


static void the_phone_and_its_sip_are_as_written(void **state)
{
	struct load l;

	(void)state;

	load_everything(&l);
	assert_string_equal(l.cfg->settings.display_name, "Front desk");
	assert_string_equal(l.cfg->sip.display_name, "Front desk");
	assert_int_equal(l.cfg->settings.ring_timeout_s, 61);
	assert_false(l.cfg->settings.notice);
	assert_string_equal(l.cfg->sip.listen, "127.0.0.1:5061");
	assert_string_equal(l.cfg->sip.dns, "");
	assert_string_equal(l.cfg->sip.audio.device, "plughw:0,0");
	assert_string_equal(l.cfg->sip.audio.path[AUDIO_PATH_HANDSET],
			    "hw:CARD=Phone,DEV=0");
	assert_string_equal(l.cfg->sip.audio.path[AUDIO_PATH_SPEAKER], "null");
	assert_string_equal(l.cfg->sip.audio.ring, "auto");
	assert_string_equal(l.cfg->control_socket, "/run/ringfence/ctl");
	assert_ptr_equal(l.cfg->settings.policy, &l.cfg->policy);
	load_close(&l);
}


static void accounts_are_as_written(void **state)
{
	const struct sip_account *acc;
	struct load l;

	(void)state;

	load_everything(&l);
	assert_int_equal(l.cfg->sip.accountc, 2);
	acc = &l.cfg->sip.account[0];
	assert_string_equal(acc->name, "office");
	assert_string_equal(acc->user, "204");
	assert_string_equal(acc->domain, "pbx.example.com:5070");
	assert_string_equal(acc->auth_user, "two-o-four");
	assert_string_equal(acc->password, SECRET);
	assert_string_equal(acc->registrar, "sip:reg.example.com");
	assert_true(acc->registers);

	acc = &l.cfg->sip.account[1];
	assert_string_equal(acc->name, "door");
	assert_string_equal(acc->domain, "[2001:db8::1]:5060");
	assert_false(acc->registers);

	/* The phone knows as much of them as it needs */
	assert_int_equal(l.cfg->settings.accountc, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct phone_account *known =
			&l.cfg->settings.account[i];

		acc = &l.cfg->sip.account[i];
		assert_string_equal(known->name, acc->name);
		assert_string_equal(known->user, acc->user);
		assert_string_equal(known->domain, acc->domain);
		assert_int_equal(known->registers, acc->registers);
	}
	load_close(&l);
}


static void codes_go_to_their_causes(void **state)
{
	static const uint16_t want[POLICY_CAUSE_COUNT] = {
		[POLICY_CAUSE_BUTTON] = 600, [POLICY_CAUSE_RULE] = 601,
		[POLICY_CAUSE_HOURS] = 602,  [POLICY_CAUSE_DND] = 604,
		[POLICY_CAUSE_BUSY] = 605,   [POLICY_CAUSE_NO_ANSWER] = 408,
	};
	struct load l;

	(void)state;

	load_everything(&l);
	for (size_t i = 0; i < POLICY_CAUSE_COUNT; i++)
		assert_int_equal(l.cfg->policy.scode[i], want[i]);
	load_close(&l);
}


static void hours_are_as_written(void **state)
{
	struct load l;

	(void)state;

	load_everything(&l);
	assert_true(l.cfg->policy.has_hours);
	assert_int_equal(l.cfg->policy.outside, POLICY_SILENCE);
	assert_int_equal(l.cfg->policy.hours.n, 11);
	assert_string_equal(l.cfg->policy.zone.name, "Europe/Berlin");

	/* Fri 2026-11-20, 11:29:59 and 11:30 UTC are 12:29:59 and 12:30 */
	assert_true(hours_open(&l.cfg->policy.hours, NULL,
			       &l.cfg->policy.zone,
			       INT64_C(1795174199)));
	assert_false(hours_open(&l.cfg->policy.hours, NULL,
			       &l.cfg->policy.zone,
				INT64_C(1795174200)));
	load_close(&l);
}


static void rules_keep_their_order_line_and_numbers(void **state)
{
	static const struct {
		const char *name, *first;
		unsigned line;
		size_t numberc;
		enum policy_action action;
		uint16_t scode;
	} want[] = {
		{"boss", "+493011", 35, 1, POLICY_RING, 0},
		{"spam", "+4990", 38, 3, POLICY_REJECT, 0},
		{"late", "*21#", 41, 1, POLICY_REJECT, 486},
		{"quiet", "7", 44, 1, POLICY_SILENCE, 0},
	};
	const struct policy_rule *rule;
	struct load l;

	(void)state;

	load_everything(&l);
	assert_int_equal(l.cfg->policy.rulec, ROWS(want));
	for (size_t i = 0; i < ROWS(want); i++) {
		rule = &l.cfg->policy.rulev[i];
		assert_string_equal(rule->name, want[i].name);
		assert_int_equal(rule->line, want[i].line);
		assert_int_equal(rule->matchc, 1);
		assert_int_equal(rule->matchv->kind, POLICY_MATCH_NUMBER);
		assert_int_equal(rule->matchv->numberc, want[i].numberc);
		assert_string_equal(rule->matchv->numberv[0].digits,
				    want[i].first);
		assert_int_equal(rule->action, want[i].action);
		assert_int_equal(rule->scode, want[i].scode);
	}

	rule = &l.cfg->policy.rulev[1];
	assert_int_equal(rule->matchv->numberv[0].kind, NUMBER_PREFIX);
	assert_int_equal(rule->matchv->numberv[1].kind, NUMBER_EXACT);
	assert_string_equal(rule->matchv->numberv[2].digits, "030123");
	assert_int_equal(rule->matchv->line, 39);
	load_close(&l);
}


/* The file may go once it is mapped; two rules may have the same */
static void a_rule_has_its_list_with_or_without_numbers(void **state)
{
	char path[LOAD_PATH_MAX], text[4 * LOAD_PATH_MAX];
	const struct policy_match *m[3];
	struct load l;

	(void)state;

	load_file_write(path, (const char *)number_list_golden,
			sizeof(number_list_golden));
	(void)snprintf(text, sizeof(text),
		       ACCOUNT "[rule listed]\nlist = %s\naction = reject\n"
			       "[rule both]\nnumber = 1, 2\nlist = %s\n"
			       "action = ring\n"
			       "[rule plain]\nnumber = 3\naction = ring\n",
		       path, path);
	load_text(&l, text, strlen(text));
	assert_int_equal(unlink(path), 0);
	assert_string_equal(l.told, "");
	assert_int_equal(l.cfg->policy.rulec, 3);

	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(l.cfg->policy.rulev[i].matchc, 1);
		m[i] = l.cfg->policy.rulev[i].matchv;
		assert_int_equal(m[i]->kind, POLICY_MATCH_NUMBER);
	}
	assert_int_equal(m[0]->numberc, 0);
	assert_true(number_list_has(m[0]->list, "0301"));
	assert_false(number_list_has(m[0]->list, "1"));
	assert_int_equal(m[1]->numberc, 2);
	assert_string_equal(m[1]->numberv[0].digits, "1");
	assert_true(number_list_has(m[1]->list, "+49901"));
	assert_string_equal(m[2]->numberv[0].digits, "3");
	assert_null(m[2]->list);
	load_close(&l);
}


static void an_account_alone_is_enough_and_the_rest_is_default(void **state)
{
	const struct sip_account *acc;
	struct load l;

	(void)state;

	load_text(&l, ACCOUNT, strlen(ACCOUNT));
	assert_string_equal(l.told, "");
	assert_string_equal(l.cfg->settings.display_name, "Ringfence");
	assert_int_equal(l.cfg->settings.ring_timeout_s, 60);
	assert_true(l.cfg->settings.notice);
	assert_string_equal(l.cfg->sip.listen, "0.0.0.0:5060");
	assert_string_equal(l.cfg->sip.audio.device, "auto");
	assert_string_equal(l.cfg->sip.audio.path[AUDIO_PATH_HANDSET], "");
	assert_string_equal(l.cfg->sip.audio.path[AUDIO_PATH_SPEAKER], "");
	assert_string_equal(l.cfg->sip.audio.ring, "");
	assert_string_equal(l.cfg->control_socket, "");
	assert_false(l.cfg->policy.has_hours);
	assert_int_equal(l.cfg->policy.outside, POLICY_REJECT);
	assert_int_equal(l.cfg->policy.rulec, 0);
	assert_int_equal(l.cfg->policy.scode[POLICY_CAUSE_BUTTON], 603);
	assert_int_equal(l.cfg->policy.scode[POLICY_CAUSE_RULE], 603);
	assert_int_equal(l.cfg->policy.scode[POLICY_CAUSE_HOURS], 603);
	assert_int_equal(l.cfg->policy.scode[POLICY_CAUSE_DND], 480);
	assert_int_equal(l.cfg->policy.scode[POLICY_CAUSE_BUSY], 486);
	assert_int_equal(l.cfg->policy.scode[POLICY_CAUSE_NO_ANSWER], 480);

	acc = &l.cfg->sip.account[0];
	assert_true(acc->registers);
	assert_string_equal(acc->auth_user, "204");
	assert_string_equal(acc->password, "");
	assert_string_equal(acc->registrar, "sip:pbx.example.com");
	assert_int_equal(acc->accept, SIP_ACCEPT_ACCOUNT);
	load_close(&l);
}


static void who_does_not_register_has_no_registrar_in_the_way(void **state)
{
	static const char text[] =
		ACCOUNT "registrar = sip:reg.example.com\nregister = no\n";
	struct load l;

	(void)state;

	load_text(&l, text, strlen(text));
	assert_string_equal(l.told, "");
	assert_string_equal(l.cfg->sip.account[0].registrar, "");
	assert_int_equal(l.cfg->sip.account[0].accept, SIP_ACCEPT_LAN);
	load_close(&l);
}


static void an_account_says_from_whom_it_takes_calls(void **state)
{
	static const struct {
		const char *value;
		enum sip_accept accept;
	} rows[] = {
		{"account", SIP_ACCEPT_ACCOUNT},
		{"lan", SIP_ACCEPT_LAN},
		{"anyone", SIP_ACCEPT_ANYONE},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		char text[256];
		struct load l;

		(void)snprintf(text, sizeof(text),
			       ACCOUNT "accept_from = %s\n", rows[i].value);
		load_text(&l, text, strlen(text));
		assert_string_equal(l.told, "");
		assert_int_equal(l.cfg->sip.account[0].accept,
				 rows[i].accept);
		load_close(&l);
	}
}


/* Each of these is sound and has to stay so */
static void sound_files_load(void **state)
{
	static const char *const sound[] = {
		"\xef\xbb\xbf" ACCOUNT,
		"[account office]\r\nuri = sip:204@pbx.example.com\r\n",
		"[account office]\nuri = sip:204@pbx.example.com",
		"[account a]\nuri = sip:a@h\n[account b]\nuri = sip:b@h\n"
		"[account c]\nuri = sip:c@h\n[account d]\nuri = sip:d@h\n"
		"[account e]\nuri = sip:e@h\n[account f]\nuri = sip:f@h\n"
		"[account g]\nuri = sip:g@h\n[account h]\nuri = sip:h@h\n",
		"[account x]\nuri = sip:Room%20Hall@192.0.2.1:65535\n",
		"[account x]\nuri = sip:+49-30.1!~*'()&=$,;?/@a-b.example.\n",
		ACCOUNT "registrar = sip:[::1]:1\n",
		ACCOUNT "[sip]\nlisten = [::]:0\n",
		ACCOUNT "[sip]\nlisten = 0.0.0.0:65535\n",
		ACCOUNT "[phone]\nring_timeout_s = 1\n",
		ACCOUNT "[phone]\nring_timeout_s = 3600\n",
		ACCOUNT "[phone]\ndisplay_name = Zo\xc3\xab M\xc3\xbcller "
			"\xe7\x94\xb0\xe4\xb8\xad; # 1\n",
		ACCOUNT "[phone]\n[sip]\n[reject]\n[audio]\n[control]\n",
		ACCOUNT "[hours]\ntimezone = UTC\nopen = 24/7\n",
		ACCOUNT "[hours]\nopen = off\ntimezone = Etc/GMT+5\n",
		ACCOUNT "[hours]\ntimezone = America/Argentina/Buenos_Aires\n"
			"open = Fr 22:00-02:00\n",
		ACCOUNT "[rule spam]\nnumber = 1\naction = ring\n"
			"[account spam]\nuri = sip:a@b\n",
	};
	struct load l;

	(void)state;

	for (size_t i = 0; i < ROWS(sound); i++) {
		load_text(&l, sound[i], strlen(sound[i]));
		if (l.err)
			fail_msg("%s\n%s", sound[i], l.told);
		load_close(&l);
	}
}


static void a_password_may_be_the_whole_file_and_127_bytes(void **state)
{
	static const struct {
		size_t len;
		const char *end;
		bool sound;
	} rows[] = {{1, "", true},        {1, "\n", true},
		    {1, "\r\n", true},    {127, "", true},
		    {127, "\n", true},    {127, "\r\n", true},
		    {128, "", false},     {128, "\n", false},
		    {128, "\r\n", false}, {4000, "\n", false}};

	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		char secret[4096], path[LOAD_PATH_MAX], text[1024];
		struct load l;
		int n;

		memset(secret, 'z', rows[i].len);
		(void)strcpy(secret + rows[i].len, rows[i].end);
		load_file_write(path, secret, strlen(secret));
		n = snprintf(text, sizeof(text), "%spassword_file = %s\n",
			     ACCOUNT, path);
		load_text(&l, text, (size_t)n);
		assert_int_equal(unlink(path), 0);

		assert_int_equal(!l.err, rows[i].sound);
		if (rows[i].sound)
			assert_int_equal(
				strlen(l.cfg->sip.account[0].password),
				rows[i].len);
		else
			assert_null(strstr(l.told, "zz"));
		load_close(&l);
	}
}


static void the_boards_settings_are_kept_with_their_places(void **state)
{
	static const char text[] = "[account a]\nuri = sip:a@b\n[board]\n"
				   "lamp = on\n\n  key\t=  off \nleft =\n";
	const struct board_setting *v;
	struct load l;

	(void)state;

	load_text(&l, text, sizeof(text) - 1);
	assert_int_equal(l.err, 0);
	assert_int_equal(l.cfg->boardc, 3);
	v = l.cfg->boardv;
	assert_string_equal(v[0].key, "lamp");
	assert_string_equal(v[0].value, "on");
	assert_int_equal(v[0].line, 4);
	assert_int_equal(v[0].key_col, 1);
	assert_int_equal(v[0].col, 8);
	assert_string_equal(v[1].key, "key");
	assert_string_equal(v[1].value, "off");
	assert_int_equal(v[1].line, 6);
	assert_int_equal(v[1].key_col, 3);
	assert_int_equal(v[1].col, 10);
	assert_string_equal(v[2].value, "");
	load_close(&l);
}


static void a_board_takes_128_settings_and_no_more(void **state)
{
	char text[8 * (CONFIG_BOARD_MAX + 2)] =
		"[account a]\nuri = sip:a@b\n[board]\n";
	size_t n = strlen(text);
	struct load l;

	(void)state;

	/* The board in board.c knows none of them; they are taken first */
	for (unsigned i = 0; i <= CONFIG_BOARD_MAX; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "k%u=1\n",
				      i);
	load_text(&l, text, n);
	assert_int_equal(l.err, EBADMSG);
	assert_non_null(strstr(l.told, "131:1 k127: unknown key"));
	assert_non_null(strstr(l.told, "132:1 one setting too many"));
	assert_null(strstr(l.told, "k128: unknown"));
	load_close(&l);
}


static void arguments_are_checked(void **state)
{
	struct config *cfg = NULL;

	(void)state;

	assert_int_equal(config_load(NULL, "x", NULL, NULL), EINVAL);
	assert_int_equal(config_load(&cfg, NULL, NULL, NULL), EINVAL);
	assert_int_equal(config_load(&cfg, "x", NULL, NULL), EINVAL);
	assert_null(cfg);
	config_free(NULL);
}


/* Quadratic work on names or numbers would take far longer than this */
static void a_file_full_of_rules_loads_in_a_second(void **state)
{
	enum {
		RULES = 20000,
		TEXT_MAX = CONFIG_FILE_MAX,
	};
	char *text = malloc(TEXT_MAX);
	const clock_t start = clock();
	struct load l;
	size_t n;

	(void)state;

	assert_non_null(text);
	n = (size_t)snprintf(text, TEXT_MAX, "%s", ACCOUNT);
	for (unsigned i = 0; i < RULES; i++)
		n += (size_t)snprintf(text + n, TEXT_MAX - n,
				      "[rule r%u]\nnumber=+49%u,1\n"
				      "action=reject\n",
				      i, i);
	assert_true(n < TEXT_MAX - 1);
	load_text(&l, text, n);
	assert_string_equal(l.told, "");
	assert_int_equal(l.cfg->policy.rulec, RULES);
	assert_string_equal(l.cfg->policy.rulev[RULES - 1].name, "r19999");
	assert_int_equal(l.cfg->policy.rulev[RULES - 1].line, 3 * RULES);
	assert_string_equal(
		l.cfg->policy.rulev[RULES - 1].matchv->numberv[0].digits,
		"+4919999");
	load_close(&l);
	free(text);

	print_message("%d rules: %.1f ms\n", RULES,
		      (double)(clock() - start) * 1e3 / CLOCKS_PER_SEC);
	assert_true(clock() - start < CLOCKS_PER_SEC);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_phone_and_its_sip_are_as_written),
		cmocka_unit_test(accounts_are_as_written),
		cmocka_unit_test(codes_go_to_their_causes),
		cmocka_unit_test(hours_are_as_written),
		cmocka_unit_test(rules_keep_their_order_line_and_numbers),
		cmocka_unit_test(a_rule_has_its_list_with_or_without_numbers),
		cmocka_unit_test(
			an_account_alone_is_enough_and_the_rest_is_default),
		cmocka_unit_test(
			who_does_not_register_has_no_registrar_in_the_way),
		cmocka_unit_test(an_account_says_from_whom_it_takes_calls),
		cmocka_unit_test(sound_files_load),
		cmocka_unit_test(
			a_password_may_be_the_whole_file_and_127_bytes),
		cmocka_unit_test(
			the_boards_settings_are_kept_with_their_places),
		cmocka_unit_test(a_board_takes_128_settings_and_no_more),
		cmocka_unit_test(arguments_are_checked),
		cmocka_unit_test(a_file_full_of_rules_loads_in_a_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
