/**
 * @file firmware/settings.h  What holds now, and how it changes while calls go
 *
 * The file's settings with the person's block list in their policy. They are
 * immutable: a change makes new ones, hands them to changedh, and frees the
 * old ones when the phone has let go of them. What can't be read or kept
 * changes nothing.
 */
#ifndef RINGFENCE_SETTINGS_H
#define RINGFENCE_SETTINGS_H

#include "firmware/config/keep.h"
#include "firmware/dispatch.h"

enum {
	SETTINGS_WHAT_MAX = 512, /**< bytes of an error's text, with NUL */
};

struct settings;

/** New ones hold: they outlive the phone's use of them */
typedef void(settings_changed_h)(const struct phone_settings *now, void *arg);

/**
 * Start with a configuration
 *
 * @param sp       Set to the settings, freed by settings_close
 * @param cfg      Configuration; is taken, also on failure
 * @param changedh Called for each change
 * @param arg      Handler argument
 *
 * @return 0 or ENOMEM
 */
int settings_open(struct settings **sp, struct config *cfg,
		  settings_changed_h *changedh, void *arg);

/** NULL is ignored */
void settings_close(struct settings *s);

/** Those that hold */
const struct phone_settings *settings_now(const struct settings *s);

/** The configuration that they are of; what counts only at the start is as
    the phone was started with */
const struct config *settings_config(const struct settings *s);

/** Do not disturb, as it was kept when the phone started */
void settings_dnd(struct settings *s, struct dnd_state *dnd);

/** What the last change of it met: 0, or an error as those of store_dnd */
int settings_dnd_error(const struct settings *s);

/**
 * Read the file and the block list again
 *
 * All errors go to the journal, and so does what needs a restart.
 *
 * @param changed Set on success for each part: it needs a restart
 *
 * @return 0 or errno: the old ones hold, and settings_error has the first
 */
int settings_reload(struct settings *s, bool changed[CONFIG_START_COUNT]);

/** The first error of the last reload, "FILE:LINE:COL: error: ..."; NULL if
    it went well or there was none */
const char *settings_error(const struct settings *s);

/** Block a number in the dial plan's form, or no longer; errors as those of
    store_block (firmware/store/store.h) */
int settings_block(struct settings *s, const char *number, bool on);

/** What such an error means and what to do */
void settings_explain(const struct settings *s, int err, char *what,
		      size_t size);

/** The phone uses these, and no others any more: free the rest */
void settings_release(struct settings *s, const struct phone_settings *used);

/** What the dispatcher keeps things with; its ctx is the settings */
extern const struct store_port settings_store_port;

#endif
