/**
 * @file firmware/sip/stack.h  What the files of this folder share
 *
 * Nobody outside firmware/sip includes it: it shows libre and baresip.
 */
#ifndef RINGFENCE_SIP_STACK_H
#define RINGFENCE_SIP_STACK_H

#include <string.h>

#include <re.h>
#include <rem.h>
#include <baresip.h>

#include "firmware/sip/origin.h"
#include "firmware/sip/sip.h"

enum {
	/** Calls alive at a time: the phone's own, ending ones, and one that
	    is being decided */
	STACK_CALL_MAX = 16,

	STACK_TRUSTED_MAX = 8,
	STACK_REALM_MAX   = 128,
};

/** Who may challenge a request that is no REGISTER: our own server */
struct stack_trusted {
	struct sa addr;
	char realm[STACK_REALM_MAX];
};

/** What an account's registrar said last */
struct stack_registrar {
	uint16_t others; /**< contacts at its address that are not ours */
	bool others_told;
	bool sip_607;
};

struct stack_flood;
struct tone_player;

/** A call from the INVITE to its close */
struct stack_call {
	uint32_t id; /**< 0: free */
	unsigned account;
	const struct sip_msg *invite; /**< not answered yet */
	struct call *call;            /**< baresip's        */
	bool outgoing;
	bool sent;        /**< no name is looked up any more */
	bool established;
	bool remote_hold;
};

struct sip_stack {
	struct sip_config cfg;
	sip_event_h *eventh;
	void *arg;
	struct ua *ua[PHONE_ACCOUNT_MAX];
	struct stack_registrar registrar[PHONE_ACCOUNT_MAX];
	struct origin origin;
	uint64_t ignored;         /**< what strangers sent            */
	uint64_t ignored_told_ms; /**< when the journal said so last  */
	struct stack_call call[STACK_CALL_MAX];
	struct stack_call *accepting; /**< baresip does not know it yet */
	uint32_t next_id;
	struct stack_trusted trusted[STACK_TRUSTED_MAX];
	size_t trustedc;              /**< ever seen; the newest are kept  */
	struct tmr dtmf_tmr;          /**< ends the digit that sounds */
	uint32_t dtmf_id;
	struct tmr net_tmr;           /**< a new address is tried again    */
	uint16_t port;                /**< that we listen on               */
	struct stack_flood *flood;
	struct tone_player *tones;
	enum tone tone;        /**< that was asked for                */
	enum audio_path path;  /**< where calls are heard             */
	struct list players;   /**< of calls, see audio_path.c        */
	struct list sources;
	struct ausrc *path_src, *null_src, *alsa_src;
	struct auplay *path_play, *null_play, *alsa_play;
	struct log log;
	bool ready; /**< baresip's parts stand and have to be taken down */
};

/** The one stack: baresip keeps its own state in globals, too */
extern struct sip_stack *stack_current;

/* calls.c */
void stack_invite_handler(const struct sip_msg *msg, void *arg);
void stack_event_handler(struct ua *ua, enum ua_event ev, struct call *call,
			 const char *prm, void *arg);
struct stack_call *stack_call_talking(const struct sip_stack *stack);

/* sent.c */
void stack_trace_handler(bool tx, enum sip_transp tp, const struct sa *src,
			 const struct sa *dst, const uint8_t *pkt, size_t len,
			 void *arg);

/* door.c */
bool stack_door_guard(enum sip_transp tp, const struct sa *src,
		      const uint8_t *p, size_t len);
void stack_door_refused(struct sip_stack *stack, const struct sa *src);

/* registrar.c */
void stack_registered_handler(struct ua *ua, const struct sip_msg *msg,
			      void *arg);
void stack_registration(struct sip_stack *stack, const struct ua *ua,
			enum phone_reg reg, const char *prm);

/* message.c */
int stack_message(void *ctx, unsigned account, const char *uri,
		  const char *text);

/* accounts.c */
bool stack_account_of(const struct sip_stack *stack, unsigned *account,
		      const struct ua *ua);
bool stack_domain_is(const char *domain, const struct pl *host);
bool stack_account_find(const struct sip_config *cfg, unsigned *account,
			const struct sip_msg *msg);
bool stack_route_is_address(const struct sip_stack *stack, unsigned account,
			    const struct pl *host);

/* values.c */
size_t value_unescape(char *dst, size_t size, const struct pl *pl);
bool value_is_sip(const char *uri);
void value_party(struct party *party, const struct sip_taddr *addr);
void value_end(struct call_end *end, const struct stack_call *sc, int err,
		 const struct sip_msg *msg);
int value_refusal_print(struct re_printf *pf, const struct refusal *r);

/* credentials.c */
bool stack_auth_guard(const struct sip_msg *msg, const struct pl *realm);

/* network.c */
void stack_network_watch(struct sip_stack *stack);

/* audio_null.c */
int audio_null_register(struct sip_stack *stack);

/* audio_alsa.c */
int audio_alsa_register(struct sip_stack *stack);
void audio_alsa_close(struct sip_stack *stack);

#endif
