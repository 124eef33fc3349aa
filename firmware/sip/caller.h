/**
 * @file firmware/sip/caller.h  What an INVITE says of who calls
 *
 * Reads a decoded message and nothing else: no stack has to run. It takes
 * whatever libre's decoder lets through, and its time grows with the
 * message's length only.
 */
#ifndef RINGFENCE_SIP_CALLER_H
#define RINGFENCE_SIP_CALLER_H

#include "app/policy/caller.h"

struct sip_msg;

/**
 * Read who calls
 *
 * @param c       Set; account is not a matter of the message alone and stays
 *                0
 * @param msg     INVITE as sip_msg_decode gives it; its src may be unset
 * @param trusted It came from the account's own registrar or outbound proxy,
 *                so that what it asserts counts (RFC 3325 7)
 */
void sip_caller_read(struct caller *c, const struct sip_msg *msg,
		     bool trusted);

#endif
