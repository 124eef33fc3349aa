/**
 * @file firmware/list/vcard.c  vCard 3.0 (RFC 2426) and 4.0 (RFC 6350)
 *
 * Only the TEL lines are looked at, with or without a group and parameters.
 */
#include "firmware/list/read.h"

#include <string.h>

#include "firmware/vcard/vcard.h"


enum {
	VALUE_MAX = 256, /* bytes of a TEL line's value */
};


/* "tel:+1-555-0100;ext=9" is the number and its parameters (RFC 3966) */
static void value_take(struct list_reader *r, size_t line, size_t col,
		       const char *s, size_t len)
{
	static const char scheme[] = "tel:";
	char uri[VALUE_MAX + 1], number[NUMBER_MAX];
	const char *parameters;

	if (!list_starts_with(s, len, scheme)) {
		list_take(r, line, col, s, len);
		return;
	}

	s += strlen(scheme);
	len -= strlen(scheme);
	col += strlen(scheme);
	parameters = memchr(s, ';', len);
	if (parameters) {
		memcpy(uri, s, len);
		uri[len] = '\0';
		len = (size_t)(parameters - s);

		/* One of them may be what comes in front of it */
		if (number_normalise(number, uri)) {
			s = number;
			len = strlen(number);
		}
	}

	list_take(r, line, col, s, len);
}


void list_vcard_read(struct list_reader *r, const char *buf, size_t len)
{
	struct vcard_reader cards;
	struct vcard_property p;

	vcard_init(&cards, buf, len);
	while (!r->no_memory && vcard_next(&cards, &p)) {
		char value[VALUE_MAX];
		size_t n;

		if (!vcard_is(&p, "TEL"))
			continue;

		n = vcard_unfold(value, sizeof(value), &p.value);
		if (n > sizeof(value))
			list_wrong(r, p.value.line, p.value.col,
				   "too long for a number");
		else
			value_take(r, p.value.line, p.value.col, value, n);
	}
}
