/**
 * @file tests/fuzz/ics_fuzz.c  The reader of calendars against any bytes
 *
 * Whatever comes in: what was counted is what is filled, no byte beyond it;
 * each place that is told lies in the file; and the days that come out are in
 * their order and can be asked for.
 */
#include "tests/fuzz/fuzz.h"

#include "app/policy/ics.h"

enum {
	DAY_FIRST = -720000, /* before year 0 */
	DAY_LAST = 2940000,  /* behind year 9999 */
	DAY_STEP = 9973,
};

struct file {
	const uint8_t *buf;
	size_t len;
	unsigned line; /* of what was told last */
};


static void error_handler(unsigned line, unsigned col, const char *what,
			  void *arg)
{
	struct file *f = arg;
	unsigned lines = 1;
	size_t start = 0, end;

	expect(what && *what && line && col);
	for (size_t i = 0; i < f->len && lines < line; i++) {
		lines += f->buf[i] == '\n';
		start = i + 1;
	}
	expect(lines == line);
	for (end = start; end < f->len && f->buf[end] != '\n'; end++)
		;
	expect(col <= end - start + 1);
	f->line = line;
}


/* Room for exactly so much, so that one more is seen */
static void *room(size_t n, size_t size)
{
	void *p = malloc(n * size + !n);

	expect(p != NULL);
	return p;
}


static void check_days(const struct holidays *h)
{
	for (size_t i = 0; i < h->spanc; i++) {
		expect(h->spanv[i].first <= h->spanv[i].last);
		expect(!i || h->spanv[i].first > h->spanv[i - 1].last + 1);
		expect(holidays_has(h, h->spanv[i].first));
		expect(holidays_has(h, h->spanv[i].last));
	}
	for (size_t i = 0; i < h->rulec; i++) {
		const struct holidays_rule *r = &h->rulev[i];

		expect(r->days >= 1 && r->days <= ICS_DAYS_MAX);
		expect(r->interval >= 1 && r->first <= r->last);
		expect(r->except_at + r->exceptc <= h->exceptc);
		expect(holidays_rule_fits(r, r->first));
		expect(r->last == HOLIDAYS_FOREVER || r->exceptc ||
		       !holidays_rule_fits(r, (int64_t)r->last + 1));
	}
	for (int64_t d = DAY_FIRST; d < DAY_LAST; d += DAY_STEP)
		(void)holidays_has(h, d);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct file f = {.buf = data, .len = len};
	struct ics_count count, again;
	struct holidays h;
	struct ics_room r;

	if (ics_read(NULL, NULL, &count, (const char *)data, len,
		     error_handler, &f)) {
		expect(f.line);
		return 0;
	}

	expect(!f.line);
	r = (struct ics_room){
		.spanv = room(count.spanc, sizeof(*r.spanv)),
		.span_max = count.spanc,
		.rulev = room(count.rulec, sizeof(*r.rulev)),
		.rule_max = count.rulec,
		.exceptv = room(count.exceptc, sizeof(*r.exceptv)),
		.except_max = count.exceptc,
	};
	expect(!ics_read(&h, &r, &again, (const char *)data, len,
			 error_handler, &f));
	expect(again.spanc == count.spanc && h.rulec == count.rulec &&
	       h.exceptc == count.exceptc && h.spanc <= count.spanc);
	check_days(&h);

	free(r.spanv);
	free(r.rulev);
	free(r.exceptv);
	return 0;
}
