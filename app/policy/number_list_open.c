/**
 * @file app/policy/number_list_open.c  Whether a list file is sound
 */
#include "app/policy/number_list.h"
#include "app/policy/number_list_bits.h"
#include "app/policy/number_list_file.h"

#include <errno.h>
#include <string.h>


#define CRC64_POLYNOMIAL UINT64_C(0xc96c5795d7870f42)

_Static_assert(NUMBER_LIST_BLOCK_BITS ==
		       NUMBER_LIST_BLOCK_WORDS * NUMBER_LIST_WORD_BITS,
	       "a block is whole words");
_Static_assert(sizeof(NUMBER_LIST_MAGIC) == NUMBER_LIST_MAGIC_SIZE + 1,
	       "the magic has its size");

/* What is still to be read */
struct rest {
	const uint8_t *p;
	size_t size;
};


uint64_t number_list_checksum(const uint8_t *bytes, size_t size)
{
	uint64_t table[256], crc = UINT64_MAX;

	for (unsigned i = 0; i < 256; i++) {
		uint64_t c = i;

		for (unsigned bit = 0; bit < 8; bit++)
			c = c >> 1 ^ (c & 1 ? CRC64_POLYNOMIAL : 0);
		table[i] = c;
	}

	for (size_t i = 0; i < size; i++)
		crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xff];

	return ~crc;
}


uint64_t number_list_limit(unsigned digits)
{
	uint64_t limit = 1;

	while (digits--)
		limit *= 10;

	return limit;
}


uint64_t number_list_layout(struct number_list_layout *layout, uint32_t count,
			    uint32_t zeros, uint32_t low_bits)
{
	const uint64_t words =
		((uint64_t)count + zeros + NUMBER_LIST_WORD_BITS - 1) /
		NUMBER_LIST_WORD_BITS;
	const uint64_t samples = ((uint64_t)zeros + NUMBER_LIST_SAMPLE - 1) /
				 NUMBER_LIST_SAMPLE;

	layout->low = ((uint64_t)count * low_bits + 7) / 8 + 8;
	layout->high = words * 8;
	layout->rank = (words + NUMBER_LIST_BLOCK_WORDS - 1) /
		       NUMBER_LIST_BLOCK_WORDS * 4;
	layout->sample = (samples + 1) * 4;

	return layout->low + layout->high + layout->rank + layout->sample;
}


/* @return the next bytes, or NULL if there are not so many */
static const uint8_t *take(struct rest *rest, uint64_t size)
{
	const uint8_t *p = rest->p;

	if (size > rest->size)
		return NULL;

	rest->p += size;
	rest->size -= (size_t)size;
	return p;
}


/* Whether rank and sample say of high what is there, whose last used bit
 * has to be a zero and all behind it clear */
static bool high_sound(const struct number_list_set *s, uint64_t words)
{
	const uint64_t used = (uint64_t)s->count + s->zeros;
	const uint32_t blocks =
		(uint32_t)((words + NUMBER_LIST_BLOCK_WORDS - 1) /
			   NUMBER_LIST_BLOCK_WORDS);
	const uint8_t *sample = s->sample;
	uint64_t ones = 0;
	uint32_t next = 0;

	for (uint64_t w = 0; w < words; w++) {
		const uint64_t word = load64(s->high + w * 8);
		const uint64_t block = w / NUMBER_LIST_BLOCK_WORDS;
		uint64_t zeros = w * NUMBER_LIST_WORD_BITS - ones;

		if (w % NUMBER_LIST_BLOCK_WORDS == 0 &&
		    load32(s->rank + block * 4) != zeros)
			return false;

		ones += byte_counts(word) >> 56;
		zeros = (w + 1) * NUMBER_LIST_WORD_BITS - ones;
		for (; next < s->zeros && next < zeros;
		     next += NUMBER_LIST_SAMPLE) {
			if (load32(sample) != block)
				return false;
			sample += 4;
		}
	}

	return ones == s->count && load32(sample) == blocks - 1 &&
	       !(load64(s->high + (words - 1) * 8) >> (used - 1) % 64);
}


/* Whether the numbers ascend, from the first to below the limit */
static bool numbers_sound(const struct number_list_set *s, uint64_t limit)
{
	uint64_t last = 0;
	uint32_t i = 0;

	for (uint64_t bit = 0; i < s->count; bit++) {
		const uint8_t *p = s->high + bit / 8;
		uint64_t v;

		if (!(*p >> bit % 8 & 1))
			continue;

		v = (bit - i) << s->low_bits | number_list_low(s, i);
		if (i ? v <= last : v != 0)
			return false;
		last = v;
		i++;
	}

	return last < limit - s->first && last >> s->low_bits == s->zeros - 1;
}


/* Read the entry of a set at p and find its parts in the rest */
static bool set_open(struct number_list_set *s, unsigned set, const uint8_t *p,
		     struct rest *rest)
{
	struct number_list_layout layout;
	uint64_t limit;

	s->low_bits = load32(p + 4);
	s->first = load64(p + 8);
	s->count = load32(p + 16);
	s->zeros = load32(p + 20);
	limit = number_list_limit(set % NUMBER_LIST_PLUS);
	if (s->low_bits > NUMBER_LIST_LOW_BITS_MAX || s->first >= limit ||
	    !s->count || s->count > NUMBER_LIST_COUNT_MAX || !s->zeros ||
	    s->zeros > NUMBER_LIST_COUNT_MAX ||
	    s->zeros - 1 > (limit - 1 - s->first) >> s->low_bits)
		return false;

	(void)number_list_layout(&layout, s->count, s->zeros, s->low_bits);
	s->low = take(rest, layout.low);
	s->high = take(rest, layout.high);
	s->rank = take(rest, layout.rank);
	s->sample = take(rest, layout.sample);

	return s->low && s->high && s->rank && s->sample &&
	       high_sound(s, layout.high / 8) && numbers_sound(s, limit);
}


static bool sets_open(struct number_list *list, uint32_t n, struct rest *rest)
{
	const uint8_t *entry =
		take(rest, (uint64_t)n * NUMBER_LIST_ENTRY_SIZE);
	uint64_t least = 1;

	for (; entry && n; n--, entry += NUMBER_LIST_ENTRY_SIZE) {
		const uint32_t set = load32(entry);

		/* No digit at all is only in "+*", all that have a plus */
		if (set < least || set >= NUMBER_LIST_SETS ||
		    set == NUMBER_LIST_PLUS || set == NUMBER_LIST_PREFIX ||
		    !set_open(&list->set[set], set, entry, rest))
			return false;

		least = (uint64_t)set + 1;
		if (set < NUMBER_LIST_PREFIX) {
			list->numbers += list->set[set].count;
		}
		else {
			list->prefixes += list->set[set].count;
			list->prefix_sets |= UINT32_C(1)
					     << (set - NUMBER_LIST_PREFIX);
		}
	}

	return entry;
}


/* Whether the texts end, are filled up with NUL and ascend */
static bool texts_sound(const uint8_t *v, uint32_t n)
{
	for (const uint8_t *p = v; n; n--, p += NUMBER_MAX) {
		const uint8_t *end = memchr(p, '\0', NUMBER_MAX);

		if (!end || end == p)
			return false;
		while (end < p + NUMBER_MAX) {
			if (*end++)
				return false;
		}
		if (p != v && memcmp(p - NUMBER_MAX, p, NUMBER_MAX) >= 0)
			return false;
	}

	return true;
}


static bool texts_open(struct number_list *list, size_t i, uint32_t n,
		       struct rest *rest)
{
	list->textc[i] = n;
	list->textv[i] = take(rest, (uint64_t)n * NUMBER_MAX);

	return list->textv[i] && texts_sound(list->textv[i], n);
}


/* What is wrong with the bytes, NULL if nothing is */
static const char *file_read(struct number_list *list, const uint8_t *bytes,
			     size_t size)
{
	struct rest rest = {.p = bytes, .size = size};
	const uint8_t *p = take(&rest, NUMBER_LIST_HEADER_SIZE);

	if (size < NUMBER_LIST_MAGIC_SIZE ||
	    memcmp(bytes, NUMBER_LIST_MAGIC, NUMBER_LIST_MAGIC_SIZE - 1) != 0)
		return "it is no number list";
	if (bytes[NUMBER_LIST_MAGIC_SIZE - 1] !=
	    NUMBER_LIST_MAGIC[NUMBER_LIST_MAGIC_SIZE - 1])
		return "it is a number list of another version";
	if (!p || rest.size < NUMBER_LIST_TRAILER_SIZE ||
	    load64(p + 8) != size)
		return "it is damaged: its size is wrong";

	rest.size -= NUMBER_LIST_TRAILER_SIZE;
	if (number_list_checksum(bytes, size - NUMBER_LIST_TRAILER_SIZE) !=
	    load64(bytes + size - NUMBER_LIST_TRAILER_SIZE))
		return "it is damaged: its checksum is wrong";

	/* Whoever wrote a right checksum could still have written nonsense */
	if (!sets_open(list, load32(p + 16), &rest) ||
	    !texts_open(list, 0, load32(p + 20), &rest) ||
	    !texts_open(list, 1, load32(p + 24), &rest) || rest.size)
		return "it is damaged: its contents are wrong";

	list->numbers += list->textc[0];
	list->prefixes += list->textc[1];
	return NULL;
}


int number_list_open(struct number_list *list, const uint8_t *bytes,
		     size_t size, const char **what)
{
	const char *wrong;

	if (!list || !bytes || !what)
		return EINVAL;

	memset(list, 0, sizeof(*list));
	wrong = file_read(list, bytes, size);
	if (!wrong)
		return 0;

	memset(list, 0, sizeof(*list));
	*what = wrong;
	return EBADMSG;
}
