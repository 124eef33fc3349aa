/**
 * @file app/policy/compile_text.h  What the readers of values have in common
 */
#ifndef RINGFENCE_COMPILE_TEXT_H
#define RINGFENCE_COMPILE_TEXT_H

#include <errno.h>

#include "app/policy/text.h"


static inline int compile_fail(struct text_error *err, size_t off,
			       const char *what, int code)
{
	if (err) {
		err->off = off;
		err->what = what;
	}

	return code;
}


static inline bool compile_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}


/** @return where the blanks that start at text[i] end */
static inline size_t compile_blank_skip(const char *text, size_t i)
{
	while (compile_blank(text[i]))
		i++;

	return i;
}


static inline bool compile_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

#endif
