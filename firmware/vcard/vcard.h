/**
 * @file firmware/vcard/vcard.h  The lines of vCards, and where they stand
 *
 * vCard 3.0 (RFC 2426) and 4.0 (RFC 6350): "group.NAME;parameters:value", any
 * of it folded into lines that start with a blank. It knows no property;
 * which of them mean something is its caller's. No allocation, no copy.
 */
#ifndef RINGFENCE_VCARD_H
#define RINGFENCE_VCARD_H

#include <stdbool.h>
#include <stddef.h>

enum {
	VCARD_NAME_MAX = 40, /**< bytes, with the NUL; longer ones are cut */
};

/** A piece of the file as it is, folds among it */
struct vcard_text {
	const char *p, *end;
	size_t line, col; /**< of p, from 1; columns in bytes */
};

struct vcard_property {
	char name[VCARD_NAME_MAX]; /**< in capitals, without its group; "" if
					the line has no ":"                 */
	struct vcard_text value;
	size_t line; /**< where it starts, at the first column */
};

struct vcard_reader {
	const char *p, *end;
	size_t line;
};

/** Read a file's bytes; a byte order mark is left out */
void vcard_init(struct vcard_reader *r, const char *buf, size_t len);

/** The next line that isn't empty; @return false behind the last */
bool vcard_next(struct vcard_reader *r, struct vcard_property *p);

/** Whether it has this name, given in capitals */
bool vcard_is(const struct vcard_property *p, const char *name);

/**
 * A value without its folds
 *
 * @param dst  Set to as much as fits, not terminated
 * @param size Its size in bytes
 * @param text Value
 *
 * @return how long the value is, more than size if it was cut
 */
size_t vcard_unfold(char *dst, size_t size, const struct vcard_text *text);

/** Where the byte stands that is the off-th without folds */
void vcard_place(const struct vcard_text *text, size_t off, size_t *line,
		 size_t *col);

/**
 * Cut what is separated off the start of an unfolded value, and take its
 * escapes away (RFC 6350 3.4: "\\", "\,", "\;", "\n")
 *
 * @param value     Value; its start is changed
 * @param len       Its length in bytes
 * @param pos       0 at first; moved on behind the separator
 * @param separator ',' or ';'; '\0': the whole of it is one
 * @param n         Set to the length of the piece
 *
 * @return the piece, or NULL behind the last
 */
char *vcard_piece(char *value, size_t len, size_t *pos, char separator,
		  size_t *n);

#endif
