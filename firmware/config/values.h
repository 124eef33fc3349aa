/**
 * @file firmware/config/values.h  From a value's text to a setting
 *
 * One reader for each kind of value. What is checked here can't fail later;
 * what a file of the system has to say is read here as well.
 */
#ifndef RINGFENCE_CONFIG_VALUES_H
#define RINGFENCE_CONFIG_VALUES_H

#include "firmware/config/draft.h"

/**
 * Read a value
 *
 * @param d    Draft; lends room for an error's text
 * @param dst  Setting
 * @param size Its size in bytes
 * @param text Terminated, without blanks around it, valid UTF-8
 * @param err  Set on failure; never shows a secret
 *
 * @return 0, EBADMSG or ENOSPC for a wrong value, ENOMEM (err is not set)
 */
typedef int(value_read_h)(struct config_draft *d, void *dst, size_t size,
			  const char *text, struct text_error *err);

value_read_h value_quotable; /**< text that SIP puts in quotes            */
value_read_h value_text;     /**< any text                                */
value_read_h value_yes;      /**< bool: yes, no                           */
value_read_h value_timeout;  /**< uint32_t: seconds                       */
value_read_h value_listen;   /**< ADDRESS:PORT                            */
value_read_h value_uri;      /**< struct sip_account: user and domain     */
value_read_h value_server;   /**< sip:host[:port]                         */
value_read_h value_password; /**< from the first line of a file           */
value_read_h value_accept;   /**< enum sip_accept                         */
value_read_h value_zone;     /**< struct zone: by name                    */
value_read_h value_hours;    /**< struct hours                            */
value_read_h value_holidays; /**< policy.holidays, from an .ics file       */
value_read_h value_outside;  /**< enum policy_action                      */

value_read_h value_contacts;    /**< from a vCard file                   */

/* [dialplan] */
value_read_h value_country;      /**< a country code                      */
value_read_h value_prefix;       /**< digits                              */
value_read_h value_trunk;        /**< the same, or none; dst is not used  */
value_read_h value_min_national; /**< uint8_t: digits                     */

/* [reject], [emergency], [limits] */
value_read_h value_scode;       /**< uint16_t                             */
value_read_h value_button;      /**< struct config: code, or auto         */
value_read_h value_voicemail;   /**< text: an address as in a redirect     */
value_read_h value_disclose;    /**< bool: nothing is disclosed           */
value_read_h value_emergency;   /**< struct policy_emergency: numbers     */
value_read_h value_window;      /**< uint32_t: minutes, kept in seconds   */
value_read_h value_per_min;     /**< uint16_t                             */

/* [rule]: what it does */
value_read_h value_action;      /**< struct policy_rule                   */
value_read_h value_tone;        /**< uint8_t: 1-POLICY_RINGTONE_MAX       */
value_read_h value_lamp;        /**< uint8_t: an enum led_colour          */

/* [rule]: whom it is for; each adds a match to the rule, dst is not used */
value_read_h value_anyone;      /**< yes: it has none                     */
value_read_h value_numbers;
value_read_h value_list;        /**< of numbers, from a file              */
value_read_h value_contact;     /**< yes, no                              */
value_read_h value_groups;
value_read_h value_names;       /**< of people, with "*" and "?"          */
value_read_h value_domains;
value_read_h value_accounts;
value_read_h value_anonymous;   /**< yes, no                              */
value_read_h value_asserted;
value_read_h value_verstat;
value_read_h value_diverted;    /**< yes, no, or numbers                  */
value_read_h value_when;
value_read_h value_called_before;

/**
 * Read a figure in digits
 *
 * @param v Set if it is one from min to max, both included
 *
 * @return 0 or EBADMSG
 */
int value_figure(struct config_draft *d, uint32_t *v, uint32_t min,
		 uint32_t max, const char *text, struct text_error *err);

/** The machine's own zone, to show the time where no hours name one; UTC if
    it has none */
void value_zone_local(struct zone *zone);

#endif
