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

#include "firmware/sip/sip.h"

enum {
	/** Calls alive at a time: the phone's own, ending ones, and one that
	    is being decided */
	STACK_CALL_MAX = 16,

	STACK_TRUSTED_MAX = 8,
	STACK_REALM_MAX   = 128,
	STACK_PATH_MAX    = 64,
};

/** Who may challenge a request that is no REGISTER: our own server */
struct stack_trusted {
	struct sa addr;
	char realm[STACK_REALM_MAX];
};

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
	struct stack_call call[STACK_CALL_MAX];
	struct stack_call *accepting; /**< baresip does not know it yet */
	uint32_t next_id;
	struct stack_trusted trusted[STACK_TRUSTED_MAX];
	size_t trustedc;              /**< ever seen; the newest are kept  */
	struct tmr dtmf_tmr;          /**< ends the digit that sounds */
	uint32_t dtmf_id;
	struct tmr net_tmr;           /**< a new address is tried again    */
	uint16_t port;                /**< that we listen on               */
	struct tone_player *tones;
	struct ausrc *null_src;
	struct auplay *null_play;
	bool null_audio;
	struct log log;
	bool ready; /**< baresip's parts stand and have to be taken down */
};

/** The one stack: baresip keeps its own state in globals, too */
extern struct sip_stack *stack_current;

/* calls.c */
void stack_invite_handler(const struct sip_msg *msg, void *arg);
void stack_event_handler(struct ua *ua, enum ua_event ev, struct call *call,
			 const char *prm, void *arg);
void stack_trace_handler(bool tx, enum sip_transp tp, const struct sa *src,
			 const struct sa *dst, const uint8_t *pkt, size_t len,
			 void *arg);
struct stack_call *stack_call_talking(const struct sip_stack *stack);

/* accounts.c */
bool stack_domain_is(const char *domain, const struct pl *host);
bool stack_account_find(const struct sip_stack *stack, unsigned *account,
			const struct sip_msg *msg);
bool stack_route_is_address(const struct sip_stack *stack, unsigned account,
			    const struct pl *host);

/* values.c */
size_t value_unescape(char *dst, size_t size, const struct pl *pl);
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

#endif
