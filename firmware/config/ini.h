/**
 * @file firmware/config/ini.h  A strict INI reader over bytes in memory
 *
 * Knows lines, sections and "key = value", and where each stands; what they
 * mean is its caller's. It goes on behind an error, so that one pass tells
 * all. No allocation, no copy: what it hands out points into the buffer.
 *
 * UTF-8, with or without a byte order mark; lines end in LF or CR LF. Blanks
 * around names, keys and values are left out. A comment is a whole line that
 * starts with "#" or ";": behind a value both are part of it.
 */
#ifndef RINGFENCE_INI_H
#define RINGFENCE_INI_H

#include <stddef.h>

enum {
	INI_LINE_MAX = 4096, /**< bytes, without the line's end */
};

/** A piece of the buffer, not terminated; line and col count from 1 */
struct ini_text {
	const char *p; /**< NULL: could not be read, which was told */
	size_t len;
	unsigned line, col;
};

/**
 * A section starts: "[kind name]"
 *
 * @param kind First word; p is NULL if the line could not be read, and then
 *             nobody knows where the keys behind it belong
 * @param name The rest, without blanks around it; len 0 if there is none
 * @param arg  Handler argument
 */
typedef void(ini_section_h)(const struct ini_text *kind,
			    const struct ini_text *name, void *arg);

/**
 * A key with its value; never before a section
 *
 * @param key   Key, never empty
 * @param value p is NULL if the line was wrong behind the key
 * @param arg   Handler argument
 */
typedef void(ini_pair_h)(const struct ini_text *key,
			 const struct ini_text *value, void *arg);

/** An error; `what` says what is wrong and what to write, static text */
typedef void(ini_error_h)(unsigned line, unsigned col, const char *what,
			  void *arg);

struct ini_handlers {
	ini_section_h *sectionh;
	ini_pair_h *pairh;
	ini_error_h *errorh;
};

/** Read a whole file's bytes; handlers are called in the file's order */
void ini_read(const char *buf, size_t len, const struct ini_handlers *h,
	      void *arg);

#endif
