/**
 * @file firmware/shell.h  The phone around the core: one event loop
 *
 * Owns the configuration, the dispatcher, the board, the SIP stack and the
 * control socket. What happens anywhere becomes an event; when its commands
 * are done, one pass shows the phone as it is then. It decides nothing about
 * calls, and it sleeps until something happens or is due.
 */
#ifndef RINGFENCE_SHELL_H
#define RINGFENCE_SHELL_H

#include "app/ui/view.h"
#include "firmware/clock.h"
#include "firmware/settings.h"
#include "hal/hal.h"

struct shell;

/**
 * Start a phone
 *
 * libre must be initialised. What goes wrong is said on standard error.
 *
 * @param shp    Set to the phone, ended by shell_close
 * @param cfg    Configuration; is taken, also on failure
 * @param errorh Called for each setting that names what this machine lacks
 * @param arg    Handler argument
 *
 * @return 0 or errno
 */
int shell_open(struct shell **shp, struct config *cfg, config_error_h *errorh,
	       void *arg);

/** Run it until SIGTERM, SIGINT or shell_stop; SIGHUP reads its file again;
    @return 0 or errno */
int shell_run(struct shell *sh);

/** End its calls, remove its socket, free it; NULL is ignored */
void shell_close(struct shell *sh);

/* For the control commands */

/** End shell_run when the event that is worked on is done */
void shell_stop(struct shell *sh);

/** Bring everything up to date: keys, what is due, lamps and screen */
void shell_sync(struct shell *sh);

/** Hand the phone an event; @return 0, or ENOSPC if it is too busy */
int shell_post(struct shell *sh, const struct phone_event *ev);

/** What the person meets now */
void shell_view(struct shell *sh, struct view *v);

/** The first error of the last reload, NULL if there was none */
const char *shell_config_error(const struct shell *sh);

struct settings *shell_settings(struct shell *sh);
const struct phone *shell_phone(const struct shell *sh);
const struct sip_stack *shell_sip(const struct shell *sh);
const struct hal *shell_hal(const struct shell *sh);
struct clock *shell_clock(struct shell *sh);

#endif
