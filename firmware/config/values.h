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
value_read_h value_zone;     /**< struct zone: by name                    */
value_read_h value_hours;    /**< struct hours                            */
value_read_h value_outside;  /**< enum policy_action                      */
value_read_h value_scode;    /**< uint16_t                                */
value_read_h value_action;   /**< struct policy_rule: action and scode    */
value_read_h value_numbers;  /**< struct policy_rule: numberc             */
value_read_h value_list;     /**< struct policy_rule: list, from a file   */

/** The machine's own zone, to show the time where no hours name one; UTC if
    it has none */
void value_zone_local(struct zone *zone);

#endif
