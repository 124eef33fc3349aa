/**
 * @file firmware/config/keep.h  What counts only when the phone starts
 *
 * A file that is read again brings a new policy; addresses, accounts and
 * hardware stay what they were, and it is said which of them have changed.
 */
#ifndef RINGFENCE_CONFIG_KEEP_H
#define RINGFENCE_CONFIG_KEEP_H

#include "firmware/config/config.h"

/** What is compared, by its name in the file */
#define CONFIG_START_TABLE(X)                                                 \
	X(NAME, "[phone] display_name in From")                               \
	X(STATE, "[phone] state")                                             \
	X(SIP, "[sip]")                                                       \
	X(ACCOUNT, "[account]")                                               \
	X(AUDIO, "[audio]")                                                   \
	X(CONTROL, "[control]")                                               \
	X(BOARD, "[board]")

enum config_start {
#define X(id, name) CONFIG_START_##id,
	CONFIG_START_TABLE(X)
#undef X
		CONFIG_START_COUNT
};

/** @return its name in the file */
const char *config_start_name(enum config_start part);

/**
 * Keep what runs
 *
 * Rules for accounts that don't run yet hold for none.
 *
 * @param cfg     The new one: gets what `running` has of the parts above
 * @param running The old one: fit to be freed afterwards, and nothing else
 * @param changed Set for each part: whether it was different, and counts
 *                after a restart
 */
void config_keep(struct config *cfg, struct config *running,
		 bool changed[CONFIG_START_COUNT]);

#endif
