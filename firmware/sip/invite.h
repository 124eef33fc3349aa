/**
 * @file firmware/sip/invite.h  An INVITE that is no call: read, and answered
 *                              on paper
 *
 * What `ringfence why` asks with is read by the same code as what comes from
 * the network, from the guard in front of libre to the account.
 */
#ifndef RINGFENCE_SIP_INVITE_H
#define RINGFENCE_SIP_INVITE_H

#include "firmware/sip/sip.h"

/**
 * Read an INVITE's bytes
 *
 * @param c       Set to who calls, and which account
 * @param cfg     The accounts
 * @param bytes   The message; a file's bare line feeds are taken, too
 * @param len     How many
 * @param trusted It came from the account's own registrar or outbound proxy
 * @param what    Set on failure to what is wrong, static text
 *
 * @return 0, EBADMSG no INVITE, ENOENT for a user that is no account's,
 *         ENOMEM
 */
int sip_invite_read(struct caller *c, const struct sip_config *cfg,
		    const uint8_t *bytes, size_t len, bool trusted,
		    const char **what);

/**
 * Write the headers with which a call is refused, a line each
 *
 * @return 0, or ENOSPC if they don't fit
 */
int sip_refusal_print(char *dst, size_t size, const struct refusal *r);

#endif
