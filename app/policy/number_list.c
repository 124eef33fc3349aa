/**
 * @file app/policy/number_list.c  Many numbers, looked up where they lie
 */
#include "app/policy/number_list.h"
#include "app/policy/number_list_bits.h"
#include "app/policy/number_list_file.h"

#include <string.h>


#define BYTES_01 UINT64_C(0x0101010101010101)
#define BYTES_80 UINT64_C(0x8080808080808080)


static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}


/* The place of the n-th one, from 0, in a word whose bytes' running counts
 * are known */
static unsigned word_select(uint64_t word, uint64_t counts, unsigned n)
{
	/* In every byte whose running count is at most n, the top bit */
	const uint64_t before =
		((n * BYTES_01 | BYTES_80) - counts) & BYTES_80;
	const unsigned bit = (unsigned)((before >> 7) * BYTES_01 >> 56) * 8;
	unsigned i = 0;

	n -= (unsigned)((counts << 8) >> bit) & 0xff;
	for (word >>= bit; !(word & 1) || n; word >>= 1) {
		n -= word & 1;
		i++;
	}

	return bit + i;
}


/* Where the n-th zero, from 0, is in high; there are more than n */
static uint32_t zero_find(const struct number_list_set *s, uint32_t n)
{
	const uint8_t *sample = s->sample + n / NUMBER_LIST_SAMPLE * 4;
	uint32_t block = load32(sample), last = load32(sample + 4);
	const uint8_t *p;

	while (block < last) {
		const uint32_t mid = block + (last - block + 1) / 2;

		if (load32(s->rank + mid * (size_t)4) <= n)
			block = mid;
		else
			last = mid - 1;
	}

	n -= load32(s->rank + block * (size_t)4);
	p = s->high + block * (size_t)(NUMBER_LIST_BLOCK_BITS / 8);
	block *= NUMBER_LIST_BLOCK_BITS;

	for (;;) {
		const uint64_t word = ~load64(p);
		const uint64_t counts = byte_counts(word);
		const unsigned ones = (unsigned)(counts >> 56);

		if (n < ones)
			return block + word_select(word, counts, n);
		n -= ones;
		p += 8;
		block += NUMBER_LIST_WORD_BITS;
	}
}


/* Where the zero of a bucket is whose ones, if any, begin at `from`: mostly
 * it is near */
static uint32_t bucket_end(const struct number_list_set *s, uint32_t bucket,
			   uint32_t from)
{
	uint64_t word = ~load64(s->high + from / 64 * (size_t)8) >> from % 64;

	if (!word)
		return zero_find(s, bucket);

	for (; !(word & 1); word >>= 1)
		from++;

	return from;
}


static bool set_has(const struct number_list_set *s, uint64_t value)
{
	uint64_t high;
	uint32_t bucket, from, to;

	if (!s->count || value < s->first)
		return false;

	value -= s->first;
	high = value >> s->low_bits;
	if (high >= s->zeros)
		return false;

	bucket = (uint32_t)high;
	value -= high << s->low_bits;
	from = bucket ? zero_find(s, bucket - 1) + 1 : 0;
	to = bucket_end(s, bucket, from);

	/* From places in high to the numbers' indices */
	from -= bucket;
	to -= bucket;
	while (from < to) {
		const uint32_t mid = from + (to - from) / 2;
		const uint64_t low = number_list_low(s, mid);

		if (low == value)
			return true;
		if (low < value)
			from = mid + 1;
		else
			to = mid;
	}

	return false;
}


/* Whether a text is exactly the first len characters of s */
static bool text_find(const uint8_t *v, uint32_t n, const char *s, size_t len)
{
	uint32_t from = 0;

	while (from < n) {
		const uint32_t mid = from + (n - from) / 2;
		const uint8_t *text = v + mid * (size_t)NUMBER_MAX;
		const int order = memcmp(text, s, len);

		if (!order && !text[len])
			return true;
		if (order < 0)
			from = mid + 1;
		else
			n = mid;
	}

	return false;
}


static bool text_has(const struct number_list *list, const char *number)
{
	const size_t len = strlen(number);

	if (len < NUMBER_MAX &&
	    text_find(list->textv[0], list->textc[0], number, len))
		return true;

	for (size_t i = 1; i <= len && i < NUMBER_MAX; i++) {
		if (text_find(list->textv[1], list->textc[1], number, i))
			return true;
	}

	return false;
}


bool number_list_has(const struct number_list *list, const char *number)
{
	const char *s = number;
	uint64_t value = 0;
	unsigned kind = 0, n;

	if (!list || !number || !number[0])
		return false;

	if (*s == '+') {
		kind = NUMBER_LIST_PLUS;
		s++;
	}

	for (n = 0;; n++) {
		if (list->prefix_sets >> (kind + n) & 1 &&
		    set_has(&list->set[NUMBER_LIST_PREFIX + kind + n], value))
			return true;
		if (n == NUMBER_LIST_DIGITS_MAX || !is_digit(s[n]))
			break;
		value = value * 10 + (uint64_t)(s[n] - '0');
	}

	return s[n] ? text_has(list, number)
		    : set_has(&list->set[kind + n], value);
}


bool number_list_key(unsigned *set, uint64_t *value,
		     const struct number_pattern *p)
{
	const bool plus = p->digits[0] == '+';
	const char *s = p->digits + plus;
	uint64_t v = 0;
	unsigned n;

	for (n = 0; is_digit(s[n]); n++) {
		if (n == NUMBER_LIST_DIGITS_MAX)
			return false;
		v = v * 10 + (uint64_t)(s[n] - '0');
	}
	if (s[n])
		return false;

	if (plus)
		n += NUMBER_LIST_PLUS;
	if (p->kind == NUMBER_PREFIX)
		n += NUMBER_LIST_PREFIX;
	*set = n;
	*value = v;
	return true;
}
