/**
 * @file app/policy/caller.h  Who calls: what one INVITE says, as a value
 *
 * Cleaned and cut to size by the SIP port before anything decides. It says
 * what was sent and by whom it may be believed, never what follows from it.
 */
#ifndef RINGFENCE_CALLER_H
#define RINGFENCE_CALLER_H

#include "app/policy/number.h"

enum {
	PARTY_URI_MAX  = 256, /**< bytes, with the NUL */
	PARTY_NAME_MAX = 128,

	CALLER_DIVERTED_MAX = 4, /**< who sent the call on; more are left out */
};

/** Who calls or is called, cleaned and cut to size */
struct party {
	char uri[PARTY_URI_MAX];   /**< "sip:204@pbx.example.com"           */
	char number[NUMBER_MAX];   /**< normalised, "" if the user is none  */
	char user[NUMBER_MAX * 2]; /**< the user part, to show              */
	char name[PARTY_NAME_MAX]; /**< display name, "" if none            */
	bool truncated;            /**< something was too long and was cut  */
};

/** What the caller's provider says of the number (RFC 8224, TS 24.229
    7.2A.20: the tel URI parameter "verstat") */
enum caller_verstat {
	CALLER_VERSTAT_NONE,   /**< not said, or No-TN-Validation        */
	CALLER_VERSTAT_PASSED, /**< TN-Validation-Passed without a level */
	CALLER_VERSTAT_PASSED_A,
	CALLER_VERSTAT_PASSED_B,
	CALLER_VERSTAT_PASSED_C,
	CALLER_VERSTAT_FAILED,
	CALLER_VERSTAT_COUNT
};

/** An INVITE, as far as it says who calls */
struct caller {
	struct party from;
	char domain[PARTY_URI_MAX]; /**< From's host, lower case, no port    */
	unsigned account;           /**< that is called, the settings' index */

	/** It came from the account's own registrar or outbound proxy: only
	    then are asserted and verstat set (RFC 3325 7) */
	bool trusted;
	char asserted[NUMBER_MAX];  /**< P-Asserted-Identity, "" if none     */
	enum caller_verstat verstat;

	bool anonymous;     /**< From is anonymous.invalid, or its user is none
				 or "anonymous", or Privacy has "id" or "user"
				 (RFC 3323, 3325)                             */
	bool psap_callback; /**< Priority: psap-callback (RFC 7090)          */

	/** Whom it was for before: Diversion (RFC 5806), History-Info (RFC
	    7044), the newest first */
	char diverted[CALLER_DIVERTED_MAX][NUMBER_MAX];
	size_t divertedc;

	uint64_t source; /**< of its sender's address: equal if the same */
};

#endif
