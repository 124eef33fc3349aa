/**
 * @file firmware/config/errors.h  Errors, kept until they can be told in order
 *
 * That a section lacks a key is known only at its end and told at its start.
 */
#ifndef RINGFENCE_CONFIG_ERRORS_H
#define RINGFENCE_CONFIG_ERRORS_H

#include "firmware/config/config.h"

struct config_errors {
	struct config_error *v;
	size_t n, max;
	bool lost; /**< no memory for one more */
};

/** Keep an error; line 0 is the file as a whole */
void config_errors_add(struct config_errors *e, unsigned line, unsigned col,
		       const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/** Tell all, by their place; what stands at one place, as it was found */
void config_errors_tell(struct config_errors *e, const char *path,
			config_error_h *errorh, void *arg);

void config_errors_free(struct config_errors *e);

#endif
