/**
 * @file tests/fuzz/vcf_fuzz.c  vCard files against any bytes
 *
 * Whatever comes in: each place that is told is one of the file, contacts are
 * sorted, each number once and a number, names clean text, groups those that
 * there are; and the numbers of a list file, read by the same lines, are
 * taken or told.
 */
#include "tests/fuzz/fuzz.h"

#include "firmware/config/contacts.h"
#include "firmware/vcard/vcard.h"

struct file {
	size_t lines, len;
	bool error;
};


static void wrong_handler(size_t line, size_t col, bool error,
			  const char *what, void *arg)
{
	struct file *f = arg;

	expect(line >= 1 && line <= f->lines && col >= 1 && col <= f->len + 1);
	expect(what && *what);
	f->error = f->error || error;
}


static void check_clean(const char *name)
{
	char again[CONTACT_NAME_MAX];

	expect(text_clean(again, sizeof(again), name, strlen(name)));
	expect(!strcmp(again, name));
}


static void check_contacts(const struct contacts *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct contact *one = &c->v[i];

		expect(one->number[0] && strlen(one->number) < NUMBER_MAX);
		expect(!i || strcmp(one[-1].number, one->number) < 0);
		expect(contacts_find(c, one->number) == one);
		expect(c->groupc == CONTACT_GROUP_MAX ||
		       !(one->groups >> c->groupc));
		check_clean(one->name);
	}
	for (size_t i = 0; i < c->groupc; i++) {
		const char *name = c->groupv[i].name;

		expect(name[0] &&
		       contacts_group_find(c, name, strlen(name)) == i);
		check_clean(name);
	}
}


static void read_cards(struct file *f, const char *buf, const char *country)
{
	struct arena arena = {.blocks = NULL};
	struct contacts contacts = {.n = 0};
	struct contacts_draft draft = {
		.wrongh = wrong_handler,
		.arg = f,
		.arena = &arena,
	};
	struct dial_plan plan;

	memset(&plan, 0, sizeof(plan));
	if (country)
		expect(!dial_plan_init(&plan, country));
	expect(!contacts_read(&draft, buf, f->len));
	expect(!contacts_finish(&draft, &contacts, &plan));
	contacts.groupv = draft.groupv;
	contacts.groupc = draft.groupc;
	check_contacts(&contacts);

	contacts_draft_free(&draft);
	arena_free(&arena);
}


/* Each property's value lies in the file and is as long as it is said */
static void read_lines(const struct file *f, const char *buf)
{
	struct vcard_reader r;
	struct vcard_property p;
	size_t line = 0;

	vcard_init(&r, buf, f->len);
	while (vcard_next(&r, &p)) {
		char value[64];
		const size_t n = vcard_unfold(value, sizeof(value), &p.value);

		expect(p.line > line && p.value.line >= p.line);
		line = p.line;
		expect(p.value.p >= buf && p.value.p <= p.value.end &&
		       p.value.end <= buf + f->len);
		expect(n <= (size_t)(p.value.end - p.value.p));
		expect(strlen(p.name) < VCARD_NAME_MAX);
	}
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;
	struct file f = {.lines = 1, .len = size};

	for (size_t i = 0; i < size; i++)
		f.lines += buf[i] == '\n';

	read_lines(&f, buf);
	read_cards(&f, buf, NULL);
	read_cards(&f, buf, "49");
	return 0;
}
