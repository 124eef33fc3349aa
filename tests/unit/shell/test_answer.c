/**
 * @file tests/unit/shell/test_answer.c  The answers, byte by byte
 *
 * The phone around them is a stand-in that shows what a test puts there.
 */
#include "tests/unit/shell/check.h"

#include "firmware/control/answer.h"
#include "firmware/shell.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct view view;
static struct phone phone;
static struct phone_settings settings;
static struct policy empty;
static struct sip_media media;
static const char *device;
static const char *config_error;


void shell_view(struct shell *sh, struct view *v)
{
	(void)sh;

	*v = view;
}


const struct phone *shell_phone(const struct shell *sh)
{
	(void)sh;

	return &phone;
}


const char *shell_config_error(const struct shell *sh)
{
	(void)sh;

	return config_error;
}


const struct sip_stack *shell_sip(const struct shell *sh)
{
	(void)sh;

	return NULL;
}


int sip_stack_bound(const struct sip_stack *sip, size_t i,
		    char address[SIP_ADDRESS_MAX])
{
	static const char *const bound[] = {"udp:127.0.0.1:5060",
					    "tcp:127.0.0.1:5060"};

	(void)sip;

	if (i >= ROWS(bound))
		return ENOENT;

	(void)snprintf(address, SIP_ADDRESS_MAX, "%s", bound[i]);

	return 0;
}


const char *sip_stack_audio_device(const struct sip_stack *sip,
				   enum audio_path path)
{
	(void)sip;
	(void)path;

	return device;
}


uint64_t sip_stack_ignored(const struct sip_stack *sip)
{
	(void)sip;

	return 12345678901;
}


int sip_stack_media(const struct sip_stack *sip, struct sip_media *m)
{
	(void)sip;

	*m = media;

	return media.codec[0] ? 0 : ENOENT;
}


static int setup(void **state)
{
	(void)state;

	memset(&view, 0, sizeof(view));
	memset(&settings, 0, sizeof(settings));
	memset(&media, 0, sizeof(media));
	device = "null";
	config_error = NULL;
	policy_init(&empty);
	settings.policy = &empty;
	phone_init(&phone, &settings);

	return 0;
}


static void assert_show_has(const char *part)
{
	struct answer_line line;
	struct odict *o = NULL;

	assert_int_equal(answer_alloc(&o, true), 0);
	assert_int_equal(answer_show(o, NULL), 0);
	assert_int_equal(answer_print(&line, o), 0);

	if (!strstr(line.text, part))
		fail_msg("no %s in %s", part, line.text);

	answer_line_free(&line);
	answer_free(o);
}


static void assert_history_is(const char *text)
{
	struct answer_line line;
	struct odict *o = NULL;

	assert_int_equal(answer_alloc(&o, true), 0);
	assert_int_equal(answer_history(o, &phone.history), 0);
	assert_int_equal(answer_print(&line, o), 0);
	assert_string_equal(line.text, text);
	assert_int_equal(line.len, strlen(text));

	answer_line_free(&line);
	answer_free(o);
}


static void whatever_stands_in_a_row_is_sound_json(void **state)
{
	static const struct {
		const char *text, *json;
	} row[] = {
		{"", "\"\""},
		{"plain", "\"plain\""},
		{"a \"quoted\" word", "\"a \\\"quoted\\\" word\""},
		{"back\\slash", "\"back\\\\slash\""},
		{"\"", "\"\\\"\""},
		{"\\", "\"\\\\\""},
		{"\\\"", "\"\\\\\\\"\""},
		{"</b>", "\"<\\/b>\""},
		{"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
		{"\x01\x1f", "\"\\u0001\\u001F\""},
		{"\x7f", "\"\x7f\""},
		{"%s%n%H%m", "\"%s%n%H%m\""},
		{"Zo\xc3\xab", "\"Zo\xc3\xab\""},
		{"\xe7\x94\xb0\xe4\xb8\xad", "\"\xe7\x94\xb0\xe4\xb8\xad\""},
		{"\xf0\x9f\x93\x9e", "\"\xf0\x9f\x93\x9e\""},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		char part[VIEW_TEXT_MAX];

		(void)snprintf(view.row[1].left, sizeof(view.row[1].left),
			       "%s", row[i].text);
		(void)snprintf(part, sizeof(part),
			       "\"lines\":[\"\",%s,\"\",\"\"],", row[i].json);
		assert_show_has(part);
	}
}


static void an_error_that_repeats_what_was_asked_is_clean(void **state)
{
	static const struct {
		const char *what, *text;
	} row[] = {
		{"no key \"x\"", "no key \\\"x\\\""},
		{"\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"a\x01\n  b", "a b"},
		{"\xe2\x80\xaeltr", "ltr"},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		struct answer_line line;
		struct odict *o = NULL;
		char text[128];

		(void)snprintf(text, sizeof(text),
			       "{\"ok\":false,\"error\":\"%s\"}\n",
			       row[i].text);
		assert_int_equal(answer_error(&o, row[i].what), 0);
		assert_int_equal(answer_print(&line, o), 0);
		assert_string_equal(line.text, text);

		answer_line_free(&line);
		answer_free(o);
	}
}


static void show_tells_what_there_is(void **state)
{
	(void)state;

	settings.accountc = 2;
	memcpy(settings.account[0].name, "office", sizeof("office"));
	memcpy(settings.account[1].name, "home", sizeof("home"));
	phone.reg[0].reg = PHONE_REG_OK;
	phone.reg[0].others = 2;
	phone.reg[1].reg = PHONE_REG_FAILED;
	phone.reg[1].scode = 403;
	phone.dnd = true;
	phone.history.unseen = 3;
	view.face = PHONE_FACE_TALKING;
	view.tone = TONE_SIT;
	view.key[0] = SOFTKEY_HOLD;
	view.key[3] = SOFTKEY_END;
	view.led[LED_LINE1] = (struct led_pattern){LED_COLOUR_GREEN, 1000, 0};
	memcpy(view.row[0].left, "left", sizeof("left"));
	memcpy(view.row[0].right, "right", sizeof("right"));

	assert_show_has("{\"ok\":true,\"state\":\"talking\",");
	assert_show_has("\"lines\":[\"left right\",");
	assert_show_has("\"softkeys\":[\"hold\",\"\",\"\",\"end\"]");
	assert_show_has("\"leds\":{\"ring\":{\"colour\":\"off\","
			"\"on_ms\":0,\"off_ms\":0},");
	assert_show_has("\"line1\":{\"colour\":\"green\",\"on_ms\":1000,"
			"\"off_ms\":0},");
	assert_show_has("\"tone\":\"sit\"");
	assert_show_has("\"sip\":[\"udp:127.0.0.1:5060\","
			"\"tcp:127.0.0.1:5060\"]");
	assert_show_has("\"dnd\":true,\"muted\":false,\"missed\":3,");
	assert_show_has("\"accounts\":[{\"name\":\"office\","
			"\"registration\":\"ok\",\"code\":0,\"others\":2},"
			"{\"name\":\"home\",\"registration\":\"failed\","
			"\"code\":403,\"others\":0}]");
	assert_show_has("\"ignored\":12345678901,");
	assert_show_has("\"audio\":null,\"audio_path\":\"handset\",");
	assert_show_has("\"media\":null,\"config_error\":null}\n");

	device = "alsa,default";
	media = (struct sip_media){.codec = "PCMU", .sent = 7, .received = 8};
	view.path = AUDIO_PATH_SPEAKER;
	assert_show_has("\"audio\":\"alsa,default\","
			"\"audio_path\":\"speaker\",");
	assert_show_has("\"media\":{\"codec\":\"PCMU\",\"sent\":7,"
			"\"received\":8},");

	config_error = "/a\xff:3:1: error: \"x\"";
	assert_show_has("\"config_error\":\"\\/a\xef\xbf\xbd:3:1: error: "
			"\\\"x\\\"\"}\n");
}


static void blocked_numbers_and_what_needs_a_restart_are_lists(void **state)
{
	static const char blocked[][NUMBER_MAX] = {"+49301", "300"};
	struct policy policy = {.blockv = blocked, .blockc = ROWS(blocked)};
	bool changed[CONFIG_START_COUNT] = {
		[CONFIG_START_SIP] = true,
		[CONFIG_START_BOARD] = true,
	};
	struct answer_line line;
	struct odict *o = NULL;

	(void)state;

	assert_int_equal(answer_alloc(&o, true), 0);
	assert_int_equal(answer_blocked(o, &policy), 0);
	assert_int_equal(answer_restart(o, changed), 0);
	assert_int_equal(answer_print(&line, o), 0);
	assert_string_equal(line.text,
			    "{\"ok\":true,\"blocked\":[\"+49301\",\"300\"],"
			    "\"restart\":[\"[sip]\",\"[board]\"]}\n");
	answer_line_free(&line);
	answer_free(o);
}


static void no_calls_are_an_empty_list(void **state)
{
	(void)state;

	assert_history_is("{\"ok\":true,\"calls\":[]}\n");
}


static void history_tells_the_newest_first_and_null_for_unknown(void **state)
{
	const struct history_entry screened = {
		.party = {.uri = "sip:+4990123@x",
			  .user = "+4990123",
			  .name = "Zo\xc3\xab"},
		.start_s = 1798133400,
		.start_valid = true,
		.scode = 603,
		.phrase = "Decline",
		.by = DECIDED_RULE,
		.rule = "spam",
		.line = 34,
	};
	const struct history_entry failed = {
		.outgoing = true,
		.party = {.uri = "sip:204@x", .user = "204"},
		.by = DECIDED_NETWORK,
		/* left from elsewhere: no rule decided */
		.rule = "spam",
		.line = 34,
	};

	(void)state;

	history_add(&phone.history, &screened);
	history_add(&phone.history, &failed);
	assert_history_is(
		"{\"ok\":true,\"calls\":["
		"{\"direction\":\"out\",\"number\":\"204\","
		"\"uri\":\"sip:204@x\",\"name\":\"\",\"start\":null,"
		"\"duration_s\":0,\"code\":0,\"phrase\":\"\","
		"\"decided_by\":\"network\",\"rule\":null,\"line\":null,"
		"\"missed\":false},"
		"{\"direction\":\"in\",\"number\":\"+4990123\","
		"\"uri\":\"sip:+4990123@x\",\"name\":\"Zo\xc3\xab\","
		"\"start\":\"2026-12-24T17:30:00Z\",\"duration_s\":0,"
		"\"code\":603,\"phrase\":\"Decline\","
		"\"decided_by\":\"rule\",\"rule\":\"spam\",\"line\":34,"
		"\"missed\":false}]}\n");
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(whatever_stands_in_a_row_is_sound_json,
				       setup),
		cmocka_unit_test_setup(
			an_error_that_repeats_what_was_asked_is_clean, setup),
		cmocka_unit_test_setup(show_tells_what_there_is, setup),
		cmocka_unit_test_setup(
			blocked_numbers_and_what_needs_a_restart_are_lists,
			setup),
		cmocka_unit_test_setup(no_calls_are_an_empty_list, setup),
		cmocka_unit_test_setup(
			history_tells_the_newest_first_and_null_for_unknown,
			setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
