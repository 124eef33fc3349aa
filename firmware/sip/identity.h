/**
 * @file firmware/sip/identity.h  Addresses in headers, taken apart
 *
 * For headers that libre does not know, and for tel URIs, whose number it
 * takes for a host. Points into the message, copies nothing, and needs time
 * that grows with the text's length only.
 */
#ifndef RINGFENCE_SIP_IDENTITY_H
#define RINGFENCE_SIP_IDENTITY_H

#include <stdbool.h>

#include <re.h>

#include "app/policy/number.h"

/** An address of a sip, sips or tel URI (RFC 3261 19.1.1, RFC 3966 3) */
struct identity {
	bool tel;
	struct pl user;   /**< with its parameters, without a password; of a
			       tel URI the number with its parameters       */
	struct pl host;   /**< without brackets and port; none of a tel URI */
	struct pl params; /**< the URI's, from their ";"; none of a tel URI */
	struct pl header; /**< the header's, from their ";"                 */
};

/** Leave out the white space around it, line ends of a folded header among
    it */
void identity_trim(struct pl *pl);

/**
 * Take the next value off a list with commas (RFC 3261 7.3.1)
 *
 * @param list  What is left; moved behind the value
 * @param value Set to the value, without white space around it
 *
 * @return false if there is none left
 */
bool identity_next(struct pl *list, struct pl *value);

/** A value of a header; @return true to go on */
typedef bool(identity_h)(const struct pl *value, void *arg);

/**
 * Go through the values of a header, in order, however they are put into
 * lines
 *
 * By the name itself: libre tells headers apart by 12 bits of a hash, and
 * parts lists at commas in brackets, too.
 *
 * @param msg  Message
 * @param name Header's name; a compact form is another one
 * @param h    Handler
 * @param arg  Handler argument
 */
void identity_apply(const struct sip_msg *msg, const char *name, identity_h *h,
		    void *arg);

/**
 * Take a URI apart
 *
 * @return false if it is none that is known
 */
bool identity_uri(struct identity *id, const struct pl *uri);

/**
 * Take an address apart: "Name" <URI>;params, or a URI alone, whose
 * parameters then are the header's as well
 *
 * @return false if there is no URI that is known
 */
bool identity_read(struct identity *id, const struct pl *value);

/** The display name in front of the brackets, quotes and all; false if there
    is none */
bool identity_name(struct pl *name, const struct pl *value);

/**
 * Find a parameter; names have no case
 *
 * @param params ";name=value;name", or a user with such behind it
 * @param name   Name
 * @param value  Set to the value, without quotes; empty if it has none
 *
 * @return false if there is none of this name
 */
bool identity_param(const struct pl *params, const char *name,
		    struct pl *value);

/** Its number, normalised; "" if the user is none */
void identity_number(char number[NUMBER_MAX], const struct identity *id);

#endif
