/**
 * @file firmware/config/config.h  The phone's file, read whole or not at all
 *
 * All errors in one pass, each with its place. Names, values and defaults
 * are those of docs/interface.md; those of [board] are the board's, which is
 * asked whether they are sound.
 */
#ifndef RINGFENCE_CONFIG_H
#define RINGFENCE_CONFIG_H

#include "app/call/phone.h"
#include "boards/board.h"
#include "firmware/sip/sip.h"

enum {
	CONFIG_FILE_MAX = 1024 * 1024, /**< bytes */
	CONFIG_LINE_MAX = 4096,        /**< bytes, without the line's end */
	CONFIG_PATH_MAX = 108,         /**< as sockaddr_un has it */
	CONFIG_BOARD_MAX = 128,        /**< settings in [board] */
	CONFIG_FOLDER_MAX = 256,       /**< bytes of a path, with the NUL */
};

struct config {
	struct phone_settings settings; /**< points to policy below */
	struct policy policy;
	struct sip_config sip;
	char control_socket[CONFIG_PATH_MAX]; /**< "" if none */
	char state[CONFIG_FOLDER_MAX]; /**< what the phone changes is kept
					    there, "": it isn't          */
	const struct board_setting *boardv;   /**< board_check has seen them */
	size_t boardc;
	const char *path; /**< the file, as config_load was told: not kept */
};

/** An error in the file; line and col count from 1, 0: the file as a whole */
typedef void(config_error_h)(const char *path, unsigned line, unsigned col,
			     const char *what, void *arg);

/**
 * Read a configuration
 *
 * @param cfgp   Set on success, freed by config_free
 * @param path   File
 * @param errorh Called for each error, in the file's order
 * @param arg    Handler argument
 *
 * @return 0, EBADMSG after errors were told, or errno of reading the file
 *         (told as well)
 */
int config_load(struct config **cfgp, const char *path,
		config_error_h *errorh, void *arg);

/**
 * Read a configuration's dial plan and nothing else: what the rest names, a
 * list of numbers say, need not be there yet
 *
 * @param plan   Set on success
 * @param path   File
 * @param errorh Called for each error
 * @param arg    Handler argument
 *
 * @return as config_load; EBADMSG if there is no plan in it, too
 */
int config_plan_load(struct dial_plan *plan, const char *path,
		     config_error_h *errorh, void *arg);

/**
 * Tell what is sound and yet hardly meant: rules that no call reaches, numbers
 * of contacts that are none
 *
 * @param cfg   Configuration, while the path that it was loaded by stands
 * @param warnh Called for each
 * @param hinth Called for what may well be meant, and has a better way: no
 *              retry out of hours
 * @param arg   Handlers' argument
 */
void config_warn(struct config *cfg, config_error_h *warnh,
		 config_error_h *hinth, void *arg);

/** Free it, and everything its policy points to; NULL is ignored */
void config_free(struct config *cfg);

#endif
