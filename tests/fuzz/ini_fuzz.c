/**
 * @file tests/fuzz/ini_fuzz.c  The INI reader against any bytes
 *
 * Whatever comes in: each place that is told lies where it says, in order,
 * and what is handed out is clean text without blanks around it.
 */
#include "tests/fuzz/fuzz.h"

#include "firmware/config/ini.h"

struct file {
	const char *buf;
	size_t len;
	unsigned line; /* of what was told last */
	bool in_section;
};


/* Counts anew, by another way than the reader's: back to the line's start */
static void check_place(const struct file *f, const struct ini_text *text)
{
	const char *start = text->p;
	unsigned line = 1;

	expect(text->p >= f->buf && text->len <= INI_LINE_MAX);
	expect((size_t)(text->p - f->buf) + text->len <= f->len);

	while (start > f->buf && start[-1] != '\n')
		start--;
	for (const char *p = f->buf; p < start; p++)
		line += *p == '\n';
	if (start == f->buf && f->len >= 3 &&
	    !memcmp(f->buf, "\xef\xbb\xbf", 3))
		start += 3;

	expect(text->line == line);
	expect(text->col == (unsigned)(text->p - start) + 1);
}


static void check_clean(const struct ini_text *text)
{
	expect(!memchr(text->p, '\0', text->len));
	expect(!memchr(text->p, '\n', text->len));
	expect(!memchr(text->p, '\r', text->len));
	if (text->len) {
		expect(text->p[0] != ' ' && text->p[0] != '\t');
		expect(text->p[text->len - 1] != ' ' &&
		       text->p[text->len - 1] != '\t');
	}
}


static void section_handler(const struct ini_text *kind,
			    const struct ini_text *name, void *arg)
{
	struct file *f = arg;

	expect(kind->line >= f->line);
	f->line = kind->line;
	f->in_section = true;
	if (!kind->p)
		return;

	expect(kind->len > 0);
	check_place(f, kind);
	check_clean(kind);
	check_place(f, name);
	check_clean(name);
}


static void pair_handler(const struct ini_text *key,
			 const struct ini_text *value, void *arg)
{
	struct file *f = arg;

	expect(f->in_section && key->p && key->len > 0);
	expect(key->line >= f->line);
	f->line = key->line;
	if (!value->p)
		return;

	check_place(f, key);
	check_clean(key);
	check_place(f, value);
	check_clean(value);
	expect(value->line == key->line && value->col > key->col);
}


static void error_handler(unsigned line, unsigned col, const char *what,
			  void *arg)
{
	struct file *f = arg;

	expect(line >= f->line && line > 0);
	expect(col > 0 && col <= INI_LINE_MAX + 1);
	expect(what && *what);
	f->line = line;
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ini_handlers handlers = {
		.sectionh = section_handler,
		.pairh = pair_handler,
		.errorh = error_handler,
	};
	struct file f = {.buf = (const char *)data, .len = size};

	ini_read(f.buf, f.len, &handlers, &f);
	return 0;
}
