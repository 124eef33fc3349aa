/**
 * @file app/policy/text_pattern.h  Whether a text looks like a pattern
 *
 * "*" stands for any text, none too, "?" for any one character of UTF-8;
 * ASCII letters are the same in both cases, all others are as they are. The
 * whole text has to fit. It never takes more than (pattern * text) steps,
 * whatever a stranger calls himself.
 */
#ifndef RINGFENCE_TEXT_PATTERN_H
#define RINGFENCE_TEXT_PATTERN_H

#include "app/policy/text.h"

/** @return true if the text fits; both are terminated, NULL fits nothing */
bool text_pattern_match(const char *pattern, const char *text);

/**
 * Whether whatever fits one pattern also fits another
 *
 * @param wide   "*bank*"
 * @param narrow "bank of*"
 *
 * @return true only if it is so for every text; false may mean "not known"
 */
bool text_pattern_covers(const char *wide, const char *narrow);

#endif
