/**
 * @file firmware/config/ini.c  A strict INI reader over bytes in memory
 */
#include "firmware/config/ini.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "app/policy/text.h"


_Static_assert(INI_LINE_MAX == 4096, "a message below says 4,096");

enum {
	CP_INVALID = 0xfffd, /* what text_utf8_decode gives for a wrong byte */
	CP_DELETE = 0x7f,
	CP_C1_LAST = 0x9f, /* the C1 controls follow DEL */
};

struct reader {
	const struct ini_handlers *h;
	void *arg;
	unsigned line;
	bool in_section;
	bool told_outside; /* that a key stands before any section */
};

static const char bom[] = "\xef\xbb\xbf";


static void fail(const struct reader *r, unsigned col, const char *what)
{
	r->h->errorh(r->line, col, what, r->arg);
}


static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}


/* A part of a line, without the blanks around it */
static struct ini_text part(const struct reader *r, const char *line,
			    size_t from, size_t to)
{
	while (from < to && is_blank(line[from]))
		from++;
	while (to > from && is_blank(line[to - 1]))
		to--;

	return (struct ini_text){
		.p = line + from,
		.len = to - from,
		.line = r->line,
		.col = (unsigned)from + 1,
	};
}


static struct ini_text unreadable(const struct reader *r)
{
	return (struct ini_text){.p = NULL, .line = r->line, .col = 1};
}


/* What is wrong with a character, NULL if nothing is. U+FFFD itself takes
 * three bytes, a wrong byte one. */
static const char *char_error(uint32_t cp, size_t bytes)
{
	if (cp == CP_INVALID && bytes == 1)
		return "not UTF-8: save the file as UTF-8";
	if (cp == '\0')
		return "a NUL byte: this must be a text file in UTF-8";
	if (cp == '\r')
		return "a carriage return within a line: end lines with LF "
		       "or CR LF";
	if ((cp < ' ' && cp != '\t') || (cp >= CP_DELETE && cp <= CP_C1_LAST))
		return "a control character: remove it";

	return NULL;
}


/* Tell the first byte of a line that is no text */
static bool bytes_are_sound(const struct reader *r, const char *line,
			    size_t len)
{
	size_t i = 0;

	if (len > INI_LINE_MAX) {
		fail(r, INI_LINE_MAX + 1,
		     "the line is too long: at most 4,096 bytes");
		return false;
	}

	while (i < len) {
		uint32_t cp;
		const size_t n = text_utf8_decode(line + i, len - i, &cp);
		const char *what = char_error(cp, n);

		if (what) {
			fail(r, (unsigned)i + 1, what);
			return false;
		}
		i += n;
	}

	return true;
}


static void section_read(struct reader *r, const char *line,
			 const struct ini_text *text, bool sound)
{
	const char *end = memchr(text->p, ']', text->len);
	const size_t open = (size_t)(text->p - line);
	struct ini_text kind = unreadable(r), name = unreadable(r);
	size_t close, word;

	r->in_section = true;
	if (!sound)
		goto out;
	if (!end) {
		fail(r, text->col + (unsigned)text->len,
		     "the section's name does not end: write \"]\" behind it");
		goto out;
	}

	close = (size_t)(end - line);
	if (close + 1 < open + text->len) {
		const struct ini_text rest =
			part(r, line, close + 1, open + text->len);

		fail(r, rest.col,
		     "nothing may stand behind \"]\": a comment is a line of "
		     "its own");
		goto out;
	}

	name = part(r, line, open + 1, close);
	if (!name.len) {
		fail(r, text->col + 1,
		     "the section has no name: write e.g. [phone]");
		goto out;
	}

	for (word = 0; word < name.len && !is_blank(name.p[word]);)
		word++;
	kind = name;
	kind.len = word;
	name = part(r, line, (size_t)(name.p - line) + word, close);

out:
	r->h->sectionh(&kind, &name, r->arg);
}


/* The key of a line that is wrong: it counts as given */
static void pair_unreadable(const struct reader *r,
			    const struct ini_text *text)
{
	const struct ini_text value = unreadable(r);
	struct ini_text key = *text;

	for (key.len = 0; key.len < text->len; key.len++) {
		if (is_blank(key.p[key.len]) || key.p[key.len] == '=')
			break;
	}

	if (key.len && r->in_section)
		r->h->pairh(&key, &value, r->arg);
}


static void pair_read(struct reader *r, const char *line,
		      const struct ini_text *text, bool sound)
{
	const char *equals = memchr(text->p, '=', text->len);
	const size_t start = (size_t)(text->p - line);
	struct ini_text key, value;
	size_t at;

	if (!sound) {
		pair_unreadable(r, text);
		return;
	}
	if (!equals) {
		fail(r, text->col,
		     "no \"=\": write \"key = value\", or \"#\" in front of a "
		     "comment");
		pair_unreadable(r, text);
		return;
	}

	at = (size_t)(equals - line);
	key = part(r, line, start, at);
	value = part(r, line, at + 1, start + text->len);
	if (!key.len) {
		fail(r, text->col,
		     "no key in front of \"=\": write \"key = value\"");
		return;
	}
	if (r->in_section) {
		r->h->pairh(&key, &value, r->arg);
		return;
	}
	if (!r->told_outside)
		fail(r, key.col,
		     "a key before any section: write the section above it, "
		     "e.g. [phone]");
	r->told_outside = true;
}


static void line_read(struct reader *r, const char *line, size_t len)
{
	const bool sound = bytes_are_sound(r, line, len);
	const struct ini_text text = part(r, line, 0, len);

	if (!text.len || *text.p == '#' || *text.p == ';')
		return;

	if (*text.p == '[')
		section_read(r, line, &text, sound);
	else
		pair_read(r, line, &text, sound);
}


void ini_read(const char *buf, size_t len, const struct ini_handlers *h,
	      void *arg)
{
	struct reader r = {.h = h, .arg = arg};
	size_t i = 0;

	if (!buf || !h || !h->sectionh || !h->pairh || !h->errorh)
		return;

	/* Nobody sees a byte order mark: columns count from behind it */
	if (len >= sizeof(bom) - 1 && !memcmp(buf, bom, sizeof(bom) - 1))
		i = sizeof(bom) - 1;

	while (i < len) {
		const char *end = memchr(buf + i, '\n', len - i);
		const size_t next = end ? (size_t)(end - buf) + 1 : len;
		size_t n = end ? next - 1 - i : next - i;

		if (n && buf[i + n - 1] == '\r')
			n--;
		r.line++;
		line_read(&r, buf + i, n);
		i = next;
	}
}
