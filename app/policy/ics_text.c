/**
 * @file app/policy/ics_text.c  A calendar's lines, words and dates
 */
#include "app/policy/ics_text.h"

#include "app/policy/zone.h"

#include <errno.h>


enum {
	YEAR_DIGITS = 4,
	FIELD_DIGITS = 2,
};


int ics_fail(struct ics_error *err, const struct ics_text *t, const char *what)
{
	struct ics_text at = *t;

	(void)ics_peek(&at); /* not on the fold in front of it */
	if (!err->what) {
		err->line = at.line;
		err->col = (unsigned)(at.i - at.line_start) + 1;
		err->what = what;
	}

	return EBADMSG;
}


/* Bytes of the line's end that stands here, or 0 */
static size_t line_end_len(const struct ics_text *t)
{
	if (t->i < t->len && t->buf[t->i] == '\n')
		return 1;
	if (t->i + 1 < t->len && t->buf[t->i] == '\r' &&
	    t->buf[t->i + 1] == '\n')
		return 2;

	return 0;
}


static void line_next(struct ics_text *t, size_t end)
{
	t->i += end;
	t->line_start = t->i;
	t->line++;
}


int ics_peek(struct ics_text *t)
{
	for (;;) {
		const size_t end = line_end_len(t);
		const size_t next = t->i + end;

		if (t->i == t->len)
			return ICS_END;
		if (!end)
			return (unsigned char)t->buf[t->i];
		if (next == t->len ||
		    (t->buf[next] != ' ' && t->buf[next] != '\t'))
			return ICS_END;

		line_next(t, end);
		t->i++;
	}
}


bool ics_take(struct ics_text *t, char ch)
{
	if (ics_peek(t) != (unsigned char)ch)
		return false;

	t->i++;
	return true;
}


void ics_line_skip(struct ics_text *t)
{
	size_t end;

	while (ics_peek(t) != ICS_END)
		t->i++;

	end = line_end_len(t);
	if (end)
		line_next(t, end);
}


static bool is_digit(int ch)
{
	return ch >= '0' && ch <= '9';
}


size_t ics_word(struct ics_text *t, char word[ICS_WORD_MAX])
{
	size_t n = 0;

	for (;;) {
		int ch = ics_peek(t);

		if (ch >= 'a' && ch <= 'z')
			ch -= 'a' - 'A';
		if (!(ch >= 'A' && ch <= 'Z') && !is_digit(ch) && ch != '-')
			break;
		if (n < ICS_WORD_MAX - 1)
			word[n] = (char)ch;
		n++;
		t->i++;
	}

	word[n < ICS_WORD_MAX ? n : ICS_WORD_MAX - 1] = '\0';
	return n;
}


size_t ics_digits(struct ics_text *t, size_t max, uint32_t *v)
{
	size_t n = 0;

	*v = 0;
	while (n < max && is_digit(ics_peek(t))) {
		*v = *v * 10 + (uint32_t)(ics_peek(t) - '0');
		t->i++;
		n++;
	}

	return n;
}


int ics_date(struct ics_text *t, int32_t *day, bool *time,
	     struct ics_error *err)
{
	static const char form[] =
		"no date: it has eight digits, year, month and day, e.g. "
		"20261224";
	const struct ics_text start = *t;
	uint32_t year, month, mday;

	if (ics_digits(t, YEAR_DIGITS, &year) != YEAR_DIGITS ||
	    ics_digits(t, FIELD_DIGITS, &month) != FIELD_DIGITS ||
	    ics_digits(t, FIELD_DIGITS, &mday) != FIELD_DIGITS ||
	    is_digit(ics_peek(t)))
		return ics_fail(err, &start, form);
	if (!month || month > 12 || !mday ||
	    mday > civil_month_days((int32_t)year, month))
		return ics_fail(err, &start, "there is no such day");

	*day = (int32_t)civil_to_days((int32_t)year, month, mday);
	*time = ics_peek(t) == 'T' || ics_peek(t) == 't';
	return 0;
}
