/**
 * @file firmware/config/value_fail.h  How a reader says what is wrong
 */
#ifndef RINGFENCE_CONFIG_VALUE_FAIL_H
#define RINGFENCE_CONFIG_VALUE_FAIL_H

#include <errno.h>
#include <stdio.h>

#include "firmware/config/draft.h"


static inline int fail(struct text_error *err, size_t off, const char *what)
{
	err->off = off;
	err->what = what;
	return EBADMSG;
}


/** Put into the draft what has a figure or a system's error in it */
#define FAIL_PRINT(d, err, offset, ...)                                       \
	((void)snprintf((d)->what, sizeof((d)->what), __VA_ARGS__),           \
	 fail((err), (offset), (d)->what))

#endif
