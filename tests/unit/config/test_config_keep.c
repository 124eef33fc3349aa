/**
 * @file tests/unit/config/test_config_keep.c  What counts only when the phone
 * starts
 */
#include "tests/unit/config/load.h"

#include "firmware/config/keep.h"

#define START                                                                 \
	"[phone]\n"                                                           \
	"display_name = Front desk\n"                                         \
	"state = /var/lib/x\n"                                                \
	"[sip]\n"                                                             \
	"listen = 127.0.0.1:5061\n"                                           \
	"[account office]\n"                                                  \
	"uri = sip:204@pbx.test\n"                                            \
	"[account door]\n"                                                    \
	"uri = sip:205@pbx.test\n"                                            \
	"[audio]\n"                                                           \
	"device = null\n"                                                     \
	"[control]\n"                                                         \
	"socket = /run/ctl\n"                                                 \
	"[board]\n"                                                           \
	"key = on\n"

struct change {
	const char *from, *to; /**< in the text above */
	const char *changed;   /**< "[sip], [audio]"  */
};


static void loaded(struct load *l, const char *text)
{
	load_text(l, text, strlen(text));
	if (l->err)
		fail_msg("%s", l->told);
}


static void text_change(char *dst, size_t size, const struct change *c)
{
	const char *at = strstr(START, c->from);

	assert_non_null(at);
	(void)snprintf(dst, size, "%.*s%s%s", (int)(at - START), START, c->to,
		       at + strlen(c->from));
}


static void names_print(char *dst, size_t size,
			const bool changed[CONFIG_START_COUNT])
{
	dst[0] = '\0';
	for (int i = 0; i < CONFIG_START_COUNT; i++) {
		const size_t used = strlen(dst);

		if (changed[i])
			(void)snprintf(
				dst + used, size - used, "%s%s",
				used ? ", " : "",
				config_start_name((enum config_start)i));
	}
}


static void what_changed_is_named_and_stays_as_it_was(void **state)
{
	static const struct change row[] = {
		{"5061", "5061", ""},
		{"/var/lib/x", "/var/lib/y", "[phone] state"},
		{"Front desk", "Back door", "[phone] display_name in From"},
		{"5061", "5062", "[sip]"},
		{"[account office]", "dns = 127.0.0.1:53\n[account office]",
		 "[sip]"},
		{"sip:204", "sip:206", "[account]"},
		{"[account door]", "register = no\n[account door]",
		 "[account]"},
		{"[account door]\nuri = sip:205@pbx.test\n", "", "[account]"},
		{"device = null", "device = hw:0", "[audio]"},
		{"/run/ctl", "/run/other", "[control]"},
		{"key = on", "key = off", "[board]"},
		{"key = on\n", "", "[board]"},
		{"key = on\n", "key = on\nlamp = on\n", "[board]"},
		{"[audio]", "[rule x]\nnumber = 1\naction = ring\n[audio]",
		 ""},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		bool changed[CONFIG_START_COUNT];
		char text[sizeof(START) * 2], names[sizeof(START)];
		struct load running, now;

		loaded(&running, START);
		text_change(text, sizeof(text), &row[i]);
		loaded(&now, text);

		config_keep(now.cfg, running.cfg, changed);
		load_close(&running);
		names_print(names, sizeof(names), changed);
		assert_string_equal(names, row[i].changed);

		assert_string_equal(now.cfg->sip.listen, "127.0.0.1:5061");
		assert_int_equal(now.cfg->sip.accountc, 2);
		assert_string_equal(now.cfg->sip.account[0].user, "204");
		assert_string_equal(now.cfg->settings.account[1].user, "205");
		assert_true(now.cfg->settings.account[0].registers);
		assert_string_equal(now.cfg->state, "/var/lib/x");
		assert_string_equal(now.cfg->control_socket, "/run/ctl");
		assert_int_equal(now.cfg->boardc, 1);
		assert_string_equal(now.cfg->boardv[0].value, "on");
		load_close(&now);
	}
}


static uint64_t mask_of(const struct config *cfg, const char *rule)
{
	for (size_t i = 0; i < cfg->policy.rulec; i++) {
		const struct policy_rule *r = &cfg->policy.rulev[i];

		if (!strcmp(r->name, rule)) {
			assert_int_equal(r->matchv[0].kind,
					 POLICY_MATCH_ACCOUNT);
			return r->matchv[0].mask;
		}
	}

	fail();

	return 0;
}


static void rules_mean_the_accounts_that_run(void **state)
{
	static const char other[] =
		"[account new]\nuri = sip:200@pbx.test\n"
		"[account door]\nuri = sip:205@pbx.test\n"
		"[account office]\nuri = sip:204@pbx.test\n"
		"[rule a]\naccount = office\naction = reject\n"
		"[rule b]\naccount = new\naction = reject\n"
		"[rule c]\naccount = new, door, office\naction = reject\n";
	bool changed[CONFIG_START_COUNT];
	struct load running, now;

	(void)state;

	loaded(&running, START);
	loaded(&now, other);
	assert_true(mask_of(now.cfg, "a") == 4);
	config_keep(now.cfg, running.cfg, changed);
	load_close(&running);

	assert_true(changed[CONFIG_START_ACCOUNT]);
	assert_true(mask_of(now.cfg, "a") == 1);
	assert_true(mask_of(now.cfg, "b") == 0);
	assert_true(mask_of(now.cfg, "c") == 3);
	load_close(&now);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(what_changed_is_named_and_stays_as_it_was),
		cmocka_unit_test(rules_mean_the_accounts_that_run),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
