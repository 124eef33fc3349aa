/**
 * @file firmware/sip/origin.h  Where a message comes from, and who may speak
 *
 * A source is told by its address, never by what it writes. By UDP an address
 * can be forged by whoever need not see the answer; who may not be forged is
 * to be reached by TCP. The port says nothing: a proxy sends from any.
 *
 * A value: nothing here sends, waits or asks a name server.
 */
#ifndef RINGFENCE_SIP_ORIGIN_H
#define RINGFENCE_SIP_ORIGIN_H

#include <re.h>

#include "firmware/sip/sip.h"

enum {
	ORIGIN_ADDRESS_MAX = 16, /**< of an account; the newest are kept     */
	ORIGIN_DIALOG_MAX  = 16, /**< that are over; the newest are kept     */

	/** One that was not seen for so long is forgotten at the next that
	    is: a registration is renewed every ten minutes, and each time a
	    name may be resolved to some of its addresses only */
	ORIGIN_ADDRESS_MS = 3600 * 1000,

	/** A request within a dialog may come again so long after its end
	    (RFC 3261 17: 64*T1) */
	ORIGIN_DIALOG_MS = 32000,
};

enum origin_place {
	ORIGIN_ELSEWHERE,
	ORIGIN_LAN,     /**< private, link-local, unique local, loopback */
	ORIGIN_ACCOUNT, /**< its registrar or outbound proxy             */
};

/** An address of an account's registrar or outbound proxy */
struct origin_address {
	struct sa addr;
	uint64_t seen_ms; /**< UINT64_MAX: as configured, kept for ever */
};

struct origin_account {
	enum sip_accept accept;
	char host[2][PARTY_URI_MAX]; /**< registrar's, domain's; "" if none */
	struct origin_address addressv[ORIGIN_ADDRESS_MAX];
	size_t addressc;
};

struct origin {
	struct origin_account account[PHONE_ACCOUNT_MAX];
	size_t accountc;
	struct {
		uint64_t id; /**< a hash of its Call-ID, 0: free */
		uint64_t over_ms;
	} dialog[ORIGIN_DIALOG_MAX];
	size_t dialogs;
	uint64_t key; /**< of the hash */
};

/** What the head of a request says of its dialog */
enum origin_head {
	ORIGIN_HEAD_RESPONSE, /**< none: libre reads a response            */
	ORIGIN_HEAD_PARTIAL,  /**< more has to come                        */
	ORIGIN_HEAD_OUTSIDE,  /**< a request outside of a dialog, or junk  */
	ORIGIN_HEAD_WITHIN,   /**< it names a dialog                       */
};

/** Start with the addresses that the configuration names */
void origin_init(struct origin *o, const struct sip_config *cfg);

/** A name was resolved; of use if it is an account's */
void origin_resolved(struct origin *o, const char *host,
		     const struct sa *addr, uint64_t now_ms);

/** An account's REGISTER was accepted, from that address */
void origin_registered(struct origin *o, unsigned account,
		       const struct sa *addr, uint64_t now_ms);

enum origin_place origin_place(const struct origin *o, unsigned account,
			       const struct sa *src);

/** Whether an account takes anything from there */
bool origin_accepts(const struct origin *o, unsigned account,
		    const struct sa *src);

/** Whether any account does */
bool origin_accepts_any(const struct origin *o, const struct sa *src);

/**
 * Read a head as libre reads it, as far as it tells a response from a
 * request and says which dialog
 *
 * @param p      Bytes
 * @param len    How many
 * @param callid Set to the Call-ID if ORIGIN_HEAD_WITHIN
 */
enum origin_head origin_head(const uint8_t *p, size_t len, struct pl *callid);

/** A dialog is over; what still comes in it is let through for a while */
void origin_dialog_over(struct origin *o, const struct pl *callid,
			uint64_t now_ms);

/** Whether that dialog was over a moment ago */
bool origin_dialog_lately(const struct origin *o, const struct pl *callid,
			  uint64_t now_ms);

/**
 * A number for an address, equal if the address is: an IPv4 address, however
 * it is written; of IPv6 the network of 64 bits, which is one's own to choose
 * addresses from; of link-local ones the interface, as all share the network
 *
 * @return 0 if it is no address
 */
uint64_t origin_source(const struct sa *src);

#endif
