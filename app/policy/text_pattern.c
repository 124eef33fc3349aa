/**
 * @file app/policy/text_pattern.c  Whether a text looks like a pattern
 */
#include "app/policy/text_pattern.h"

#include <string.h>


/* Bytes of the character that starts at s, which is not the text's end */
static size_t char_len(const char *s)
{
	uint32_t cp;

	return text_utf8_decode(s, strlen(s), &cp);
}


/*
 * Only the last star is ever given more: what an earlier one could take as
 * well, the last one can. So a step back is never followed by a second.
 *
 * A pattern that is read as a text has its own "*" and "?" in it. What covers
 * it with its "*" taken by a star alone, and its "?" by a star or a "?",
 * covers all that they stand for.
 */
static bool fits(const char *pattern, const char *text, bool is_pattern)
{
	const char *star = NULL, *from = NULL;

	while (*text) {
		const bool any = is_pattern && *text == '*';

		if (*pattern == '*') {
			star = ++pattern;
			from = text;
		}
		else if (*pattern == '?' && !any) {
			pattern++;
			text += char_len(text);
		}
		else if (*pattern != '?' && *pattern &&
			 text_lower(*pattern) == text_lower(*text)) {
			pattern++;
			text++;
		}
		else if (star) {
			pattern = star;
			from += char_len(from);
			text = from;
		}
		else {
			return false;
		}
	}

	while (*pattern == '*')
		pattern++;

	return !*pattern;
}


bool text_pattern_match(const char *pattern, const char *text)
{
	return pattern && text && fits(pattern, text, false);
}


bool text_pattern_covers(const char *wide, const char *narrow)
{
	return wide && narrow && fits(wide, narrow, true);
}
