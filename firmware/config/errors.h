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

/** Where something stands in the configuration */
struct config_place {
	unsigned line, col;
};

/** Keep an error in another file, told among those of the place that names
    that file; path is copied */
void config_errors_add_in(struct config_errors *e,
			  const struct config_place *place, const char *path,
			  unsigned line, unsigned col, const char *what);

/** Tell all, by their place; what stands at one place, as it was found */
void config_errors_tell(struct config_errors *e, const char *path,
			config_error_h *errorh, void *arg);

void config_errors_free(struct config_errors *e);

#endif
