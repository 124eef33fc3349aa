/**
 * @file agent.c  A baresip user agent on 127.0.0.1
 */
#include <string.h>
#include "tests/patches/agent.h"


static void event_handler(struct ua *ua, enum ua_event ev, struct call *call,
			  const char *text, void *arg)
{
	struct agent *agent = arg;
	(void)ua;
	(void)call;

	if (ev != agent->wanted)
		return;

	++agent->count;
	str_ncpy(agent->text, text, sizeof(agent->text));
	loop_stop();
}


void agent_open(struct agent *agent, const char *config, const char *aor,
		enum ua_event wanted)
{
	memset(agent, 0, sizeof(*agent));
	agent->wanted = wanted;

	/* What an earlier agent configured stays otherwise */
	conf_config()->sip.cafile[0] = '\0';
	conf_config()->sip.capath[0] = '\0';

	log_enable_stdout(false);
	assert_int_equal(conf_configure_buf((const uint8_t *)config,
					    strlen(config)), 0);
	assert_int_equal(config_parse_conf(conf_config(), conf_cur()), 0);
	assert_int_equal(baresip_init(conf_config()), 0);
	assert_int_equal(module_preload("g711"), 0);
	assert_int_equal(ua_init("test", true, true, true), 0);
	assert_int_equal(uag_event_register(event_handler, agent), 0);
	assert_int_equal(ua_alloc(&agent->ua, aor), 0);

	assert_int_equal(sa_set_str(&agent->addr, "127.0.0.1", 0), 0);
	assert_int_equal(sip_transp_laddr(uag_sip(), &agent->addr,
					  SIP_TRANSP_UDP, &agent->addr), 0);
}


void agent_close(struct agent *agent)
{
	uag_event_unregister(event_handler);
	ua_stop_all(true);
	ua_close();
	module_app_unload();
	conf_close();
	baresip_close();
	mod_close();
	memset(agent, 0, sizeof(*agent));
}
