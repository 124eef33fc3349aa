/**
 * @file tests/fuzz/number_list_fuzz.c  List files, and what they are made of
 *
 * The first byte chooses: a list file's bytes, whose size and checksum are
 * made to fit, for else nothing behind them would ever be reached; or a text
 * that is imported, with a dial plan or without, after which every number that
 * was taken must be found.
 */
#include "tests/fuzz/fuzz.h"

#include "app/policy/number_list_file.h"
#include "firmware/list/read.h"


static void store64(uint8_t *p, uint64_t v)
{
	for (unsigned i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}


static void fuzz_file(const uint8_t *data, size_t len)
{
	static const char *const number[] = {
		"0",
		"301",
		"+4930123",
		"*21#",
		"999999999999999",
		"+1234567890123456",
		"+000000000000000",
	};
	const size_t size = len + NUMBER_LIST_TRAILER_SIZE;
	uint8_t *bytes = malloc(size);
	struct number_list list;
	const char *what = NULL;
	uint64_t count = 0;

	expect(bytes != NULL);
	memcpy(bytes, data, len);
	if (len >= NUMBER_LIST_HEADER_SIZE) {
		memcpy(bytes, NUMBER_LIST_MAGIC, NUMBER_LIST_MAGIC_SIZE);
		store64(bytes + NUMBER_LIST_MAGIC_SIZE, size);
	}
	store64(bytes + len, number_list_checksum(bytes, len));

	if (number_list_open(&list, bytes, size, &what)) {
		expect(what != NULL);
	}
	else {
		for (size_t i = 0; i < NUMBER_LIST_SETS; i++)
			count += list.set[i].count;
		expect(count + list.textc[0] + list.textc[1] ==
		       list.numbers + list.prefixes);
		for (size_t i = 0; i < sizeof(number) / sizeof(*number); i++)
			(void)number_list_has(&list, number[i]);
	}
	free(bytes);
}


static void wrong_handler(size_t line, size_t col, const char *what, void *arg)
{
	(void)arg;
	expect(line && col && what);
}


/* A prefix is found as the number that it is itself */
static void found_check(const struct number_list *list, unsigned set,
			uint64_t value)
{
	char number[NUMBER_MAX];
	const unsigned digits = set % NUMBER_LIST_PLUS;
	char *p = number;

	if (set & NUMBER_LIST_PLUS)
		*p++ = '+';
	for (unsigned i = digits; i; i--) {
		p[i - 1] = (char)('0' + value % 10);
		value /= 10;
	}
	p[digits] = '\0';
	expect(number_list_has(list, number));
}


static void fuzz_import(const char *text, size_t len, bool planned)
{
	struct dial_plan plan;
	struct list_build build = {.keyv = NULL};
	struct list_reader r = {
		.build = &build,
		.plan = planned ? &plan : NULL,
		.wrongh = wrong_handler,
	};
	struct list_bytes bytes;
	struct number_list list;
	const char *what = NULL;

	expect(!dial_plan_init(&plan, "49"));
	expect(!list_read(&r, text, len));
	expect(!list_build_pack(&build, &bytes));
	expect(!number_list_open(&list, bytes.p, bytes.size, &what));
	expect(list.numbers == bytes.numbers &&
	       list.prefixes == bytes.prefixes);

	for (size_t i = 0; i < build.keyc; i++)
		found_check(
			&list,
			(unsigned)(build.keyv[i] >> NUMBER_LIST_LOW_BITS_MAX),
			build.keyv[i] &
				((UINT64_C(1) << NUMBER_LIST_LOW_BITS_MAX) -
				 1));
	for (size_t i = 0; i < build.textc; i++)
		expect(number_list_has(&list, build.textv[i].digits));

	list_build_free(&build);
	free(bytes.p);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *text;

	if (len < 2)
		return 0;

	if (data[0] & 1) {
		fuzz_file(data + 1, len - 1);
		return 0;
	}

	/* In a block of its own size: nobody may read on */
	text = malloc(len - 1);
	expect(text != NULL);
	memcpy(text, data + 1, len - 1);
	fuzz_import(text, len - 1, data[0] & 2);
	free(text);

	return 0;
}
