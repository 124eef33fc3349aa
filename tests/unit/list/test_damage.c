/**
 * @file tests/unit/list/test_damage.c  A damaged list is refused, or harmless
 *
 * Each damaged file lies in a block of its own size, so that a sanitizer sees
 * whoever reads outside. With its checksum as it was, every damage is told;
 * with a checksum that was made to fit, what is opened must be safe to use.
 */
#include "tests/unit/list/check.h"

#include <errno.h>

#include "app/policy/number_list_file.h"


enum {
	MUTATIONS = 20000,
	NUMBERS = 900,
};

static struct list_bytes sound;


/* Each kind of set, more than one block and sample, and both kinds of text */
static int sound_make(void **state)
{
	static const char *const text[] = {
		"+*",
		"1*",
		"0190*",
		"+4990*",
		"*21#",
		"*100*",
		"#31#5",
		"12345678901234567",
		"+12345678901234567*",
	};
	struct list_build build = {.keyv = NULL};
	uint64_t rnd = 7;

	(void)state;

	for (size_t i = 0; i < ROWS(text); i++) {
		const struct number_pattern p = pattern_of(text[i]);

		assert_int_equal(list_build_add(&build, &p), 0);
	}
	for (unsigned i = 0; i < NUMBERS; i++) {
		struct number_pattern p = {
			.kind = i % 50 ? NUMBER_EXACT : NUMBER_PREFIX,
		};

		(void)snprintf(
			p.digits, sizeof(p.digits), "%s%u", i % 3 ? "" : "+",
			(unsigned)(figure(&rnd) % (i % 2 ? 9000000 : 4000)));
		assert_int_equal(list_build_add(&build, &p), 0);
	}
	sound = packed(&build);

	return 0;
}


static int sound_free(void **state)
{
	(void)state;
	free(sound.p);

	return 0;
}


static uint8_t *copy(size_t size)
{
	uint8_t *p = malloc(size ? size : 1);

	assert_non_null(p);
	memcpy(p, sound.p, size < sound.size ? size : sound.size);

	return p;
}


static void checksum_fit(uint8_t *p, size_t size)
{
	const uint64_t sum =
		number_list_checksum(p, size - NUMBER_LIST_TRAILER_SIZE);

	for (unsigned i = 0; i < NUMBER_LIST_TRAILER_SIZE; i++)
		p[size - NUMBER_LIST_TRAILER_SIZE + i] =
			(uint8_t)(sum >> 8 * i);
}


static void size_fit(uint8_t *p, size_t size)
{
	for (unsigned i = 0; i < 8; i++)
		p[NUMBER_LIST_MAGIC_SIZE + i] =
			(uint8_t)((uint64_t)size >> 8 * i);
}


/* Ask for what is there, near it and elsewhere */
static void use(const struct number_list *list, uint64_t *rnd)
{
	for (unsigned i = 0; i < 24; i++) {
		char number[NUMBER_MAX];
		const uint64_t v = figure(rnd);

		(void)snprintf(
			number, sizeof(number), "%s%.*llu", v & 1 ? "+" : "",
			(int)(v >> 1 & 15),
			(unsigned long long)(figure(rnd) >> (v >> 5 & 63)));
		(void)number_list_has(list, number);
	}
	(void)number_list_has(list, "*21#");
	(void)number_list_has(list, "*1001");
	(void)number_list_has(list, "+123456789012345678");
}


static void no_shorter_file_is_sound(void **state)
{
	(void)state;

	for (size_t size = 0; size < sound.size; size++) {
		uint8_t *p = copy(size);
		struct number_list list;
		const char *what = NULL;

		assert_int_equal(number_list_open(&list, p, size, &what),
				 EBADMSG);
		assert_non_null(what);
		free(p);
	}
}


static void no_shorter_file_is_sound_with_a_right_checksum(void **state)
{
	const size_t least =
		NUMBER_LIST_HEADER_SIZE + NUMBER_LIST_TRAILER_SIZE;

	(void)state;

	for (size_t size = least; size < sound.size; size++) {
		uint8_t *p = copy(size);
		struct number_list list;
		const char *what = NULL;

		size_fit(p, size);
		checksum_fit(p, size);
		assert_int_equal(number_list_open(&list, p, size, &what),
				 EBADMSG);
		assert_string_equal(what,
				    "it is damaged: its contents are wrong");
		free(p);
	}
}


static void nor_is_a_longer_one(void **state)
{
	const size_t size = sound.size + 1;
	uint8_t *p = copy(size);
	struct number_list list;
	const char *what = NULL;

	(void)state;

	p[sound.size] = 0;
	assert_int_equal(number_list_open(&list, p, size, &what), EBADMSG);
	size_fit(p, size);
	checksum_fit(p, size);
	assert_int_equal(number_list_open(&list, p, size, &what), EBADMSG);
	free(p);
}


static void every_bit_counts(void **state)
{
	uint8_t *p = copy(sound.size);
	struct number_list list;
	const char *what;

	(void)state;

	assert_int_equal(number_list_open(&list, p, sound.size, &what), 0);
	for (size_t bit = 0; bit < sound.size * 8; bit++) {
		const uint8_t mask = (uint8_t)(1U << bit % 8);

		p[bit / 8] ^= mask;
		assert_int_equal(number_list_open(&list, p, sound.size, &what),
				 EBADMSG);
		p[bit / 8] ^= mask;
	}
	free(p);
}


/* Change up to 8 bytes; half of the time in the header and the sets' entries,
 * where most depends on them */
static void mutate(uint8_t *p, uint64_t *rnd)
{
	const unsigned n = 1 + (unsigned)(figure(rnd) % 8);
	const size_t reach = figure(rnd) % 2
				     ? sound.size
				     : NUMBER_LIST_HEADER_SIZE +
					       30 * NUMBER_LIST_ENTRY_SIZE;
	size_t at = 0;

	for (unsigned i = 0; i < n; i++) {
		const uint64_t v = figure(rnd);

		at = i && v & 1 ? at + 1 : (size_t)(v >> 8) % reach;
		if (at < sound.size)
			p[at] = v & 2 ? (uint8_t)(v >> 40)
				      : (uint8_t)(p[at] ^ 1U << (v >> 40) % 8);
	}
}


static void what_is_changed_is_told_or_safe_to_use(void **state)
{
	unsigned opened = 0, told = 0;
	uint64_t rnd = 99;

	(void)state;

	for (unsigned i = 0; i < MUTATIONS; i++) {
		uint8_t *p = copy(sound.size);
		struct number_list list;
		const char *what = NULL;

		mutate(p, &rnd);
		if (!memcmp(p, sound.p, sound.size)) {
			free(p);
			continue;
		}
		assert_int_equal(number_list_open(&list, p, sound.size, &what),
				 EBADMSG);
		assert_non_null(what);
		told++;

		checksum_fit(p, sound.size);
		if (!number_list_open(&list, p, sound.size, &what))
			opened++;
		use(&list, &rnd);
		free(p);
	}

	/* Both happen: other numbers are sound, too */
	assert_in_range(told, MUTATIONS / 2, MUTATIONS);
	assert_in_range(opened, MUTATIONS / 100, MUTATIONS / 2);
}


static void checked_refused(const char *name, const struct list_bytes *bytes)
{
	struct number_list list;
	const char *what = NULL;

	checksum_fit(bytes->p, bytes->size);
	if (!number_list_open(&list, bytes->p, bytes->size, &what) ||
	    strcmp(what, "it is damaged: its contents are wrong"))
		fail_msg("%s: %s", name, what ? what : "opened");
}


/* What the packer never makes of a pattern, but packs */
static void numbers_that_are_none_of_their_set_are_refused(void **state)
{
	static const struct {
		const char *name;
		unsigned set;
		uint64_t value[2];
	} row[] = {
		{"4 digits among 3", 3, {1, 1000}},
		{"the first, too", 3, {1000, 1001}},
		{"far too many", 3, {1, UINT64_C(1) << 49}},
		{"no digits", 0, {0, 0}},
		{"a plus alone", NUMBER_LIST_PLUS, {0, 0}},
		{"a star alone", NUMBER_LIST_PREFIX, {0, 0}},
		{"a digit where there is none",
		 NUMBER_LIST_PREFIX + NUMBER_LIST_PLUS,
		 {0, 1}},
	};

	(void)state;

	for (size_t i = 0; i < ROWS(row); i++) {
		uint64_t key[2];
		struct list_build build = {.keyv = key, .keyc = 2};
		struct list_bytes bytes;

		for (size_t k = 0; k < 2; k++)
			key[k] = (uint64_t)row[i].set
					 << NUMBER_LIST_LOW_BITS_MAX |
				 row[i].value[k];
		assert_int_equal(list_build_pack(&build, &bytes), 0);
		checked_refused(row[i].name, &bytes);
		free(bytes.p);
	}
}


/* Three numbers in one bucket, and one in the next set; two texts */
static struct list_bytes small(void)
{
	static const char *const text[] = {"1", "2", "3", "10", "*1", "*2"};
	struct list_build build = {.keyv = NULL};

	for (size_t i = 0; i < ROWS(text); i++) {
		const struct number_pattern p = pattern_of(text[i]);

		assert_int_equal(list_build_add(&build, &p), 0);
	}

	return packed(&build);
}


static void what_does_not_hold_together_is_refused(void **state)
{
	enum {
		ENTRY = NUMBER_LIST_HEADER_SIZE,
	};
	struct number_list list;
	struct list_bytes b = small();
	const char *what;
	size_t high, texts;
	uint8_t kept;

	(void)state;

	assert_int_equal(number_list_open(&list, b.p, b.size, &what), 0);
	high = (size_t)(list.set[1].high - b.p);
	texts = (size_t)(list.textv[0] - b.p);

	kept = b.p[high];
	b.p[high] = (uint8_t)(kept & (kept - 1));
	checked_refused("a number less than counted", &b);
	b.p[high] = 0xff;
	checked_refused("more numbers than counted", &b);
	b.p[high] = kept;

	b.p[ENTRY + NUMBER_LIST_ENTRY_SIZE] = 1;
	checked_refused("the same set twice", &b);
	b.p[ENTRY + NUMBER_LIST_ENTRY_SIZE] = 2;

	memset(b.p + texts, 0, 2);
	checked_refused("an empty text", &b);
	memcpy(b.p + texts, "*2", 2);
	checked_refused("a text twice", &b);
	memcpy(b.p + texts, "*3", 2);
	checked_refused("texts that descend", &b);
	memset(b.p + texts, '1', NUMBER_MAX);
	checked_refused("a text without an end", &b);
	memset(b.p + texts, 0, NUMBER_MAX);
	memcpy(b.p + texts, "*1", 2);

	b.p[texts + NUMBER_MAX - 1] = '1';
	checked_refused("something behind a text's end", &b);
	b.p[texts + NUMBER_MAX - 1] = 0;

	checksum_fit(b.p, b.size);
	assert_int_equal(number_list_open(&list, b.p, b.size, &what), 0);
	free(b.p);
}


static void numbers_that_do_not_ascend_are_refused(void **state)
{
	static const char *const text[] = {"100000", "100001", "100002",
					   "900000"};
	struct list_build build = {.keyv = NULL};
	struct list_bytes bytes;
	struct number_list list;
	const char *what;
	size_t low;

	(void)state;

	for (size_t i = 0; i < ROWS(text); i++) {
		const struct number_pattern p = pattern_of(text[i]);

		assert_int_equal(list_build_add(&build, &p), 0);
	}
	bytes = packed(&build);
	assert_int_equal(number_list_open(&list, bytes.p, bytes.size, &what),
			 0);
	assert_in_range(list.set[6].low_bits, 8, 24);
	low = (size_t)(list.set[6].low - bytes.p) * 8 + list.set[6].low_bits;

	/* The second becomes the first once more */
	bytes.p[low / 8] ^= (uint8_t)(1U << low % 8);
	checked_refused("the same number twice", &bytes);
	free(bytes.p);
}


static void what_is_none_is_refused(void **state)
{
	static const uint8_t text[] = "+4930123\n+4930124\n";
	uint8_t *p = copy(sound.size);
	struct number_list list;
	const char *what = NULL;

	(void)state;

	assert_int_equal(number_list_open(&list, text, sizeof(text), &what),
			 EBADMSG);
	assert_string_equal(what, "it is no number list");
	p[NUMBER_LIST_MAGIC_SIZE - 1]++;
	assert_int_equal(number_list_open(&list, p, sound.size, &what),
			 EBADMSG);
	assert_string_equal(what, "it is a number list of another version");
	assert_int_equal(number_list_open(NULL, p, sound.size, &what), EINVAL);
	assert_int_equal(number_list_open(&list, NULL, 0, &what), EINVAL);
	assert_int_equal(number_list_open(&list, p, sound.size, NULL), EINVAL);
	free(p);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_shorter_file_is_sound),
		cmocka_unit_test(
			no_shorter_file_is_sound_with_a_right_checksum),
		cmocka_unit_test(nor_is_a_longer_one),
		cmocka_unit_test(every_bit_counts),
		cmocka_unit_test(what_is_changed_is_told_or_safe_to_use),
		cmocka_unit_test(
			numbers_that_are_none_of_their_set_are_refused),
		cmocka_unit_test(what_does_not_hold_together_is_refused),
		cmocka_unit_test(numbers_that_do_not_ascend_are_refused),
		cmocka_unit_test(what_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, sound_make, sound_free);
}
