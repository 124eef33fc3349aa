/**
 * @file tests/unit/call/test_status_doc.c  docs/status.md is the status table
 *
 * Each row of the program, with its words, has its line in the document, and
 * the document's table has no other.
 */
#include "app/call/status.h"
#include "app/ui/text_id.h"

#include "tests/unit/policy/check.h"

enum {
	LINE_MAX_LEN = 256,
	DOC_MAX = 16384,
};

static const char *doc_path;

static const char *const cause_text[CALL_CAUSE_COUNT] = {
	[CALL_CAUSE_TIMEOUT] = "no response",
	[CALL_CAUSE_DNS] = "name not found",
	[CALL_CAUSE_CONNECTION] = "no connection",
	[CALL_CAUSE_MEDIA] = "no audio",
	[CALL_CAUSE_ADDRESS] = "no address",
};

static const char *const retry_text[] = {
	[STATUS_RETRY_SOON] = "soon",
	[STATUS_RETRY_LATER] = "later",
	[STATUS_RETRY_NEVER] = "no",
};

static const char *const fault_text[] = {
	[STATUS_FAULT_NOBODY] = "nobody",
	[STATUS_FAULT_CALLER] = "the number",
	[STATUS_FAULT_NETWORK] = "network",
	[STATUS_FAULT_SETTING] = "setting",
};


static const char *key_text(const struct status_row *row, size_t i)
{
	return row->key[i] == SOFTKEY_NONE ? "-" : softkey_name(row->key[i]);
}


static void end_text(char *text, size_t size, const struct status_row *row)
{
	if (row->cause != CALL_CAUSE_STATUS)
		(void)snprintf(text, size, "%s", cause_text[row->cause]);
	else if (row->first == row->last)
		(void)snprintf(text, size, "%u", row->first);
	else
		(void)snprintf(text, size, "%u-%u", row->first, row->last);
}


static void row_text(char *text, size_t size, const struct status_row *row)
{
	char end[LINE_MAX_LEN / 8], remind[LINE_MAX_LEN / 8] = "-";

	end_text(end, sizeof(end), row);
	if (row->remind_s)
		(void)snprintf(remind, sizeof(remind), "%u min",
			       row->remind_s / 60);

	(void)snprintf(
		text, size,
		"| %s | %s | %s | %s %u/%u | `%s` | %s, %s, %s, %s | "
		"%s | %s | %s |\n",
		end, text_title(row->meaning), text_advice(row->meaning),
		led_colour_name(row->lamp.colour), row->lamp.on_ms,
		row->lamp.off_ms, tone_name(row->tone), key_text(row, 0),
		key_text(row, 1), key_text(row, 2), key_text(row, 3),
		retry_text[row->retry], fault_text[row->fault], remind);
}


static void document_is_the_table(void **state)
{
	static char doc[DOC_MAX];
	FILE *f = fopen(doc_path, "r");
	size_t n, lines = 0;
	const struct status_row *row = status_rows(&n);

	(void)state;
	assert_non_null(f);
	doc[fread(doc, 1, sizeof(doc) - 1, f)] = '\0';
	assert_true(feof(f));
	(void)fclose(f);

	for (size_t i = 0; i < n; i++) {
		char text[LINE_MAX_LEN];

		row_text(text, sizeof(text), &row[i]);
		if (!strstr(doc, text))
			fail_msg("not in %s: %s", doc_path, text);
	}

	for (const char *c = doc; (c = strstr(c, "\n| ")); c++)
		++lines;
	assert_int_equal(lines, n + 1); /* and the heading */
}


int main(int argc, char *argv[])
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(document_is_the_table),
	};

	if (argc != 2) {
		(void)fprintf(stderr, "usage: %s docs/status.md\n", argv[0]);
		return 2;
	}
	doc_path = argv[1];

	return cmocka_run_group_tests(test, NULL, NULL);
}
