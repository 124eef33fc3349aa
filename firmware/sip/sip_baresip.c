/**
 * @file firmware/sip/sip_baresip.c  libre and baresip, started and ended
 */
#include "firmware/journal.h"
#include "firmware/sip/audio_path.h"
#include "firmware/sip/flood.h"
#include "firmware/sip/tone.h"

enum {
	REGISTER_S       = 600, /**< asked for; the registrar may say less  */
	GOODBYE_MS       = 1000, /**< for BYE and un-REGISTER to be answered */
	CONF_MAX         = 1024,
	PORT_TRIES       = 16,
};

static const char software[] = "Ringfence";

struct sip_stack *stack_current;


static void log_handler(uint32_t level, const char *msg)
{
	char clean[512];

	if (level < LEVEL_WARN)
		return;

	(void)text_clean(clean, sizeof(clean), msg, str_len(msg));
	journal_say(JOURNAL_WARNING, "sip: %s", clean);
}


static void addr_handler(const char *host, const struct sa *addr)
{
	if (stack_current)
		origin_resolved(&stack_current->origin, host, addr,
				tmr_jiffies());
}


/**
 * Give a port that is free by UDP and by TCP: whoever knows the one may try
 * the other (RFC 3261 18.2.1)
 */
static int port_choose(struct sa *listen)
{
	int err = EADDRINUSE, i;

	for (i = 0; err && i < PORT_TRIES; i++) {
		struct udp_sock *us = NULL;
		struct tcp_sock *ts = NULL;
		struct sa any = *listen, both;

		err = udp_listen(&us, &any, NULL, NULL);
		if (!err)
			err = udp_local_get(us, &both);
		if (!err)
			err = tcp_listen(&ts, &both, NULL, NULL);
		if (!err)
			sa_set_port(listen, sa_port(&both));

		mem_deref(us);
		mem_deref(ts);
	}

	return err;
}


/** What baresip reads as its own configuration file */
static int configure(const struct sip_stack *stack, const struct sa *listen)
{
	const struct sip_config *cfg = &stack->cfg;
	char conf[CONF_MAX];
	struct mbuf *mb = mbuf_alloc(sizeof(conf));
	int err;

	if (!mb)
		return ENOMEM;

	err = mbuf_printf(mb,
			  "sip_listen %J\n"
			  "audio_source " AUDIO_PATH_DEVICE "\n"
			  "audio_player " AUDIO_PATH_DEVICE "\n"
			  "audio_alert " AUDIO_PATH_DEVICE "\n"
			  "audio_txmode poll\n"
			  "audio_buffer 20-160\n"
			  "call_local_timeout 0\n"
			  "call_max_calls 0\n"
			  "call_hold_other_calls no\n"
			  "sip_verify_server yes\n",
			  listen);

	/* A fixed address is also where audio is received */
	if (!sa_is_any(listen))
		err |= mbuf_printf(mb, "net_interface %j\n", listen);
	if (str_isset(cfg->dns))
		err |= mbuf_printf(mb, "dns_server %s\n", cfg->dns);
	if (!err)
		err = conf_configure_buf(mb->buf, mb->end);
	if (!err)
		err = config_parse_conf(conf_config(), conf_cur());

	mem_deref(mb);

	return err;
}


static int account_open(struct sip_stack *stack, unsigned i)
{
	static const char scheme[] = "sip:";
	const struct sip_account *acc = &stack->cfg.account[i];
	char aor[PARTY_URI_MAX + 64];
	struct account *account;
	int err;

	if (re_snprintf(aor, sizeof(aor), "<sip:%s@%s>;regint=%u", acc->user,
			acc->domain, acc->registers ? REGISTER_S : 0) < 0)
		return ENOSPC;

	err = ua_alloc(&stack->ua[i], aor);
	if (err)
		return err;

	/* A REFER would get 202 and be followed by nobody */
	account = ua_account(stack->ua[i]);
	err |= account_set_call_transfer(account, "no");
	if (str_isset(stack->cfg.display_name))
		err |= account_set_display_name(account,
						stack->cfg.display_name);
	if (str_isset(acc->auth_user))
		err |= account_set_auth_user(account, acc->auth_user);
	if (str_isset(acc->password))
		err |= account_set_auth_pass(account, acc->password);

	/* The server of the domain itself needs no Route */
	if (str_isset(acc->registrar) &&
	    (strncmp(acc->registrar, scheme, strlen(scheme)) ||
	     str_cmp(acc->registrar + strlen(scheme), acc->domain)))
		err |= account_set_outbound(account, acc->registrar, 0);

	return err;
}


/* There is nothing here to subscribe to (RFC 6665 4.2.1.3) */
static bool subscribe_handler(const struct sip_msg *msg, void *arg)
{
	(void)arg;
	(void)sip_treply(NULL, uag_sip(), msg, 489, "Bad Event");

	return true;
}


static int stack_start(struct sip_stack *stack, const struct sa *listen,
		       char *what, size_t size)
{
	static const char *const modules[] = {"g711"};
	unsigned i;
	int err;

	err = configure(stack, listen);
	if (err) {
		(void)re_snprintf(what, size, "baresip's configuration: %m",
				  err);
		return err;
	}

	err = baresip_init(conf_config());
	if (err) {
		(void)re_snprintf(what, size, "network: %m", err);
		return err;
	}

	stack->ready = true;
	err = ua_init(software, true, true, false);
	if (err) {
		(void)re_snprintf(what, size,
				  "[sip] listen = %s: %m; end the program "
				  "that has this port, or name another",
				  stack->cfg.listen, err);
		return err;
	}

	err = stack_flood_start(stack);
	if (err) {
		(void)re_snprintf(what, size, "limits: %m", err);
		return err;
	}

	sip_set_guard_handler(uag_sip(), stack_door_guard);
	sip_set_addr_handler(uag_sip(), addr_handler);
	sip_set_trace_handler(uag_sip(), stack_trace_handler);
	sip_auth_set_guard(stack_auth_guard);
	uag_set_invite_handler(stack_invite_handler, stack);
	uag_set_registered_handler(stack_registered_handler, stack);
	uag_set_sub_handler(subscribe_handler);

	for (i = 0; i < ARRAY_SIZE(modules); i++) {
		err = module_load(".", modules[i]);
		if (err) {
			(void)re_snprintf(what, size, "module %s: %m",
					  modules[i], err);
			return err;
		}
	}

	err = audio_path_register(stack);
	err |= tone_player_alloc(&stack->tones);
	err |= uag_event_register(stack_event_handler, stack);
	for (i = 0; !err && i < stack->cfg.accountc; i++)
		err = account_open(stack, i);
	if (err) {
		(void)re_snprintf(what, size, "accounts: %m", err);
		return err;
	}

	if (sa_is_any(listen))
		stack_network_watch(stack);

	for (i = 0; i < stack->cfg.accountc; i++) {
		if (stack->cfg.account[i].registers)
			(void)ua_register(stack->ua[i]);
	}

	return 0;
}


static void goodbye_done(void *arg)
{
	bool *done = arg;

	*done = true;
	re_cancel();
}


static void destructor(void *arg)
{
	struct sip_stack *stack = arg;
	bool done = false;
	struct tmr tmr;
	size_t i;

	uag_event_unregister(stack_event_handler);
	uag_set_invite_handler(NULL, NULL);
	uag_set_registered_handler(NULL, NULL);
	sip_auth_set_guard(NULL);
	tmr_cancel(&stack->dtmf_tmr);
	tmr_cancel(&stack->net_tmr);
	stack->tones = mem_deref(stack->tones);

	if (stack->ready) {
		/* From here on nobody tells us which calls are gone */
		sip_set_trace_handler(uag_sip(), NULL);

		/* BYE and un-REGISTER go out, and have a moment */
		tmr_init(&tmr);
		uag_set_exit_handler(goodbye_done, &done);
		ua_stop_all(false);
		tmr_start(&tmr, GOODBYE_MS, goodbye_done, &done);
		if (!done)
			(void)re_main(NULL);
		tmr_cancel(&tmr);

		/* Who has not answered by now is waited for no more */
		uag_set_exit_handler(NULL, NULL);
		sip_close(uag_sip(), true);
		stack_flood_stop(stack);
		ua_close();
		module_app_unload();
	}

	for (i = 0; i < STACK_CALL_MAX; i++)
		mem_deref((void *)(uintptr_t)stack->call[i].invite);

	audio_path_unregister(stack);
	conf_close();
	if (stack->ready)
		baresip_close();
	mod_close();
	log_unregister_handler(&stack->log);
	stack_current = NULL;
}


int sip_stack_open(struct sip_stack **sipp, const struct sip_config *cfg,
		   sip_event_h *eventh, void *arg, char *what, size_t size)
{
	struct sip_stack *stack;
	struct sa listen;
	int err;

	if (!sipp || !cfg || !eventh || !what || !size || stack_current)
		return EINVAL;

	err = sa_decode(&listen, cfg->listen, str_len(cfg->listen));
	if (err) {
		(void)re_snprintf(what, size,
				  "[sip] listen = %s: no ADDRESS:PORT",
				  cfg->listen);
		return err;
	}

	if (!sa_port(&listen)) {
		err = port_choose(&listen);
		if (err) {
			(void)re_snprintf(what, size,
					  "[sip] listen = %s: no free port: "
					  "%m",
					  cfg->listen, err);
			return err;
		}
	}

	stack = mem_zalloc(sizeof(*stack), destructor);
	if (!stack)
		return ENOMEM;

	stack_current = stack;
	stack->cfg    = *cfg;
	stack->eventh = eventh;
	stack->arg    = arg;
	stack->log.h  = log_handler;
	stack->port   = sa_port(&listen);
	tmr_init(&stack->dtmf_tmr);
	tmr_init(&stack->net_tmr);
	log_enable_stdout(false);
	log_enable_info(false);
	log_register_handler(&stack->log);
	audio_path_choose(stack);
	origin_init(&stack->origin, cfg);

	err = stack_start(stack, &listen, what, size);
	if (err)
		mem_deref(stack);
	else
		*sipp = stack;

	return err;
}


void sip_stack_close(struct sip_stack *sip)
{
	mem_deref(sip);
}


int sip_stack_bound(const struct sip_stack *sip, size_t i,
		    char address[SIP_ADDRESS_MAX])
{
	static const struct {
		enum sip_transp tp;
		const char *name;
	} transports[] = {
		{SIP_TRANSP_UDP, "udp"},
		{SIP_TRANSP_TCP, "tcp"},
	};
	static const int families[] = {AF_INET, AF_INET6};
	size_t n = 0, f, t;
	(void)sip;

	for (f = 0; f < ARRAY_SIZE(families); f++) {
		for (t = 0; t < ARRAY_SIZE(transports); t++) {
			struct sa dst, laddr;

			sa_init(&dst, families[f]);
			if (sip_transp_laddr(uag_sip(), &laddr,
					     transports[t].tp, &dst))
				continue;
			if (n++ != i)
				continue;

			(void)re_snprintf(address, SIP_ADDRESS_MAX, "%s:%J",
					  transports[t].name, &laddr);
			return 0;
		}
	}

	return ENOENT;
}


void sip_stack_sound(struct sip_stack *sip, enum tone tone,
		     enum audio_path path)
{
	const bool changed = tone != sip->tone;

	/* What ends is not moved first */
	if (changed)
		tone_player_stop(sip->tones);

	sip->tone = tone;
	audio_path_set(sip, path);
	if (changed)
		tone_player_play(sip->tones, tone,
				 audio_path_tone_device(sip, tone));
}


const char *sip_stack_audio_device(const struct sip_stack *sip,
				   enum audio_path path)
{
	return sip->cfg.audio.path[path];
}


int sip_stack_media(const struct sip_stack *sip, struct sip_media *m)
{
	const struct stack_call *sc = stack_call_talking(sip);
	const struct stream *strm;
	const struct aucodec *codec;

	if (!sc)
		return ENOENT;

	strm  = audio_strm(call_audio(sc->call));
	codec = audio_codec(call_audio(sc->call), true);
	memset(m, 0, sizeof(*m));
	str_ncpy(m->codec, codec ? codec->name : "", sizeof(m->codec));
	m->sent     = stream_metric_get_tx_n_packets(strm);
	m->received = stream_metric_get_rx_n_packets(strm);

	return 0;
}
