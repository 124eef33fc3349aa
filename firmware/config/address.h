/**
 * @file firmware/config/address.h  Whether a text is an address, and which
 *
 * Says at which byte it isn't. No name is looked up.
 */
#ifndef RINGFENCE_CONFIG_ADDRESS_H
#define RINGFENCE_CONFIG_ADDRESS_H

#include "app/policy/text.h"

/** "127.0.0.1:5060", "[::1]:0"; @return 0 or EBADMSG */
int address_listen_check(const char *text, struct text_error *err);

/** "sip:host", "sip:host:port"; @return 0 or EBADMSG */
int address_server_check(const char *text, struct text_error *err);

/**
 * "sip:user@host", "sip:user@host:port" (RFC 3261 19.1.1, no parameters)
 *
 * @param text Terminated
 * @param user Set to where the user starts
 * @param host Set to where the host starts, one behind the "@"
 * @param err  Set on failure
 *
 * @return 0 or EBADMSG
 */
int address_uri_check(const char *text, size_t *user, size_t *host,
		      struct text_error *err);

#endif
