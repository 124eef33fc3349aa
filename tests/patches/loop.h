/**
 * @file loop.h  libre's event loop for a test, and a peer on 127.0.0.1 that
 *               speaks whatever datagrams the test wants
 */
#ifndef PATCHES_LOOP_H
#define PATCHES_LOOP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <re.h>

enum {
	PEER_SIP_MAX = 8192,
};

struct peer;

/** A SIP message came from the stack under test */
typedef void(peer_h)(struct peer *peer, const struct sip_msg *msg);

struct peer {
	struct udp_sock *sock;
	struct sa addr;             /**< ours                              */
	struct sa from;             /**< of the last datagram              */
	peer_h *msgh;
	void *arg;                  /**< the test's                        */
	unsigned requests;          /**< received, by all methods          */
	char last[PEER_SIP_MAX];    /**< datagram, terminated              */
};

/** Run the loop for a time, or until loop_stop */
void loop_run(uint32_t ms);

/** End the loop_run that is under way */
void loop_stop(void);

void peer_open(struct peer *peer, peer_h *msgh, void *arg);

void peer_close(struct peer *peer);

/** Send text as it is */
void peer_send(struct peer *peer, const struct sa *to, const char *text);

/**
 * Answer a request
 *
 * @param status  Code and phrase
 * @param headers More header lines, each with its CRLF, or ""
 * @param body    Body, or ""
 */
void peer_answer(struct peer *peer, const struct sip_msg *msg,
		 const char *status, const char *headers, const char *body);

/** A SIP stack on a free port of 127.0.0.1; its address to *addr */
struct sip *stack_open(struct sa *addr);

void stack_close(struct sip *sip);

#endif
