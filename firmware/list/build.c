/**
 * @file firmware/list/build.c  From patterns to a list file's bytes
 */
#include "firmware/list/build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/policy/number_list_file.h"


enum {
	ROOM_FIRST = 1024,
	KEY_SHIFT = NUMBER_LIST_LOW_BITS_MAX, /* a value's bits in a key */
};

/* One set while it is packed */
struct set {
	uint32_t index, count, zeros, low_bits;
	uint64_t first;
	const uint64_t *keyv; /* ascending, `count` of them */
	struct number_list_layout layout;
};

struct sets {
	struct set v[NUMBER_LIST_SETS];
	uint32_t n;
	uint64_t size; /* of all that is packed */
};


static void store32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}


static void store64(uint8_t *p, uint64_t v)
{
	store32(p, (uint32_t)v);
	store32(p + 4, (uint32_t)(v >> 32));
}


static uint64_t key_value(uint64_t key)
{
	return key & ((UINT64_C(1) << KEY_SHIFT) - 1);
}


/* Make room for one more; @return the array, or NULL if there is no memory */
static void *room(void *v, size_t n, size_t *max, size_t size)
{
	const size_t more = *max ? *max * 2 : ROOM_FIRST;
	void *grown;

	if (n < *max)
		return v;
	if (more > SIZE_MAX / size)
		return NULL;

	grown = realloc(v, more * size);
	if (grown)
		*max = more;

	return grown;
}


int list_build_add(struct list_build *b, const struct number_pattern *p)
{
	uint64_t value;
	unsigned set;

	if (number_list_key(&set, &value, p)) {
		uint64_t *v = room(b->keyv, b->keyc, &b->key_max, sizeof(*v));

		if (!v)
			return ENOMEM;
		b->keyv = v;
		v[b->keyc++] = (uint64_t)set << KEY_SHIFT | value;
	}
	else {
		struct number_pattern *v =
			room(b->textv, b->textc, &b->text_max, sizeof(*v));

		if (!v)
			return ENOMEM;
		b->textv = v;
		v[b->textc++] = *p;
	}

	b->added++;
	return 0;
}


static int by_key(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return *a < *b ? -1 : *a > *b;
}


/* Numbers before prefixes, as they stand in the file */
static int by_text(const void *va, const void *vb)
{
	const struct number_pattern *a = va, *b = vb;

	if (a->kind != b->kind)
		return a->kind == NUMBER_PREFIX ? 1 : -1;

	return strcmp(a->digits, b->digits);
}


static size_t fold(void *v, size_t n, size_t size,
		   int(orderh)(const void *, const void *))
{
	unsigned char *kept = v;
	const unsigned char *p = v;

	if (!n)
		return 0;

	qsort(v, n, size, orderh);
	for (size_t i = 1; i < n; i++) {
		p += size;
		if (orderh(kept, p)) {
			kept += size;
			memmove(kept, p, size);
		}
	}

	return (size_t)(kept - (unsigned char *)v) / size + 1;
}


/* How many low bits make the set smallest */
static void set_layout(struct set *s)
{
	const uint64_t span = key_value(s->keyv[s->count - 1]) - s->first;
	uint64_t least = UINT64_MAX;

	for (uint32_t low_bits = 0; low_bits <= NUMBER_LIST_LOW_BITS_MAX;
	     low_bits++) {
		const uint64_t zeros = (span >> low_bits) + 1;
		struct number_list_layout layout;
		uint64_t size;

		if (zeros > NUMBER_LIST_COUNT_MAX)
			continue;
		size = number_list_layout(&layout, s->count, (uint32_t)zeros,
					  low_bits);
		if (size >= least)
			continue;
		least = size;
		s->low_bits = low_bits;
		s->zeros = (uint32_t)zeros;
		s->layout = layout;
	}
}


static int sets_split(struct sets *sets, const struct list_build *b)
{
	for (size_t i = 0; i < b->keyc;) {
		struct set *s = &sets->v[sets->n++];
		const uint64_t index = b->keyv[i] >> KEY_SHIFT;
		size_t n = 0;

		while (i + n < b->keyc && b->keyv[i + n] >> KEY_SHIFT == index)
			n++;
		if (n > NUMBER_LIST_COUNT_MAX)
			return EFBIG;

		s->index = (uint32_t)index;
		s->count = (uint32_t)n;
		s->keyv = &b->keyv[i];
		s->first = key_value(b->keyv[i]);
		set_layout(s);
		sets->size += s->layout.low + s->layout.high + s->layout.rank +
			      s->layout.sample;
		i += n;
	}

	return 0;
}


static void low_pack(uint8_t *p, const struct set *s)
{
	const uint64_t mask = (UINT64_C(1) << s->low_bits) - 1;
	uint64_t pending = 0;
	uint32_t bits = 0;

	/* At most 7 bits are pending when up to 50 more come */
	for (uint32_t i = 0; i < s->count; i++) {
		const uint64_t v = key_value(s->keyv[i]) - s->first;

		pending |= (v & mask) << bits;
		for (bits += s->low_bits; bits >= 8; bits -= 8) {
			*p++ = (uint8_t)pending;
			pending >>= 8;
		}
	}
	if (bits)
		*p = (uint8_t)pending;
}


static void high_pack(uint8_t *p, const struct set *s)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const uint64_t v = key_value(s->keyv[i]) - s->first;
		const uint64_t bit = (v >> s->low_bits) + i;

		p[bit / 8] = (uint8_t)(p[bit / 8] | 1U << bit % 8);
	}
}


/* Walk through high once, with what it says of itself */
static void directory_pack(uint8_t *rank, uint8_t *sample, const uint8_t *high,
			   const struct set *s)
{
	const uint32_t used = s->count + s->zeros;
	uint32_t zeros = 0;

	for (uint32_t bit = 0; bit < used; bit++) {
		const uint32_t block = bit / NUMBER_LIST_BLOCK_BITS;

		if (bit % NUMBER_LIST_BLOCK_BITS == 0)
			store32(rank + block * (size_t)4, zeros);
		if (high[bit / 8] >> bit % 8 & 1)
			continue;
		if (zeros++ % NUMBER_LIST_SAMPLE == 0) {
			store32(sample, block);
			sample += 4;
		}
	}
	store32(sample, (used - 1) / NUMBER_LIST_BLOCK_BITS);
}


static uint8_t *set_pack(uint8_t *entry, uint8_t *p, const struct set *s)
{
	uint8_t *high = p + s->layout.low;
	uint8_t *rank = high + s->layout.high;
	uint8_t *sample = rank + s->layout.rank;

	store32(entry, s->index);
	store32(entry + 4, s->low_bits);
	store64(entry + 8, s->first);
	store32(entry + 16, s->count);
	store32(entry + 20, s->zeros);

	low_pack(p, s);
	high_pack(high, s);
	directory_pack(rank, sample, high, s);

	return sample + s->layout.sample;
}


static void all_pack(struct list_bytes *bytes, const struct list_build *b,
		     const struct sets *sets, uint32_t textc)
{
	uint8_t *entry = bytes->p + NUMBER_LIST_HEADER_SIZE;
	uint8_t *p = entry + sets->n * (size_t)NUMBER_LIST_ENTRY_SIZE;

	memcpy(bytes->p, NUMBER_LIST_MAGIC, NUMBER_LIST_MAGIC_SIZE);
	store64(bytes->p + 8, bytes->size);
	store32(bytes->p + 16, sets->n);
	store32(bytes->p + 20, textc);
	store32(bytes->p + 24, (uint32_t)b->textc - textc);

	for (uint32_t i = 0; i < sets->n; i++) {
		p = set_pack(entry, p, &sets->v[i]);
		entry += NUMBER_LIST_ENTRY_SIZE;
	}
	for (size_t i = 0; i < b->textc; i++) {
		memcpy(p, b->textv[i].digits, strlen(b->textv[i].digits));
		p += NUMBER_MAX;
	}

	store64(p, number_list_checksum(bytes->p, (size_t)(p - bytes->p)));
}


int list_build_pack(struct list_build *b, struct list_bytes *bytes)
{
	struct sets sets = {.n = 0};
	uint32_t textc = 0;
	uint64_t size;

	memset(bytes, 0, sizeof(*bytes));
	b->keyc = fold(b->keyv, b->keyc, sizeof(*b->keyv), by_key);
	b->textc = fold(b->textv, b->textc, sizeof(*b->textv), by_text);
	if (b->textc > NUMBER_LIST_COUNT_MAX || sets_split(&sets, b))
		return EFBIG;

	while (textc < b->textc && b->textv[textc].kind != NUMBER_PREFIX)
		textc++;

	size = NUMBER_LIST_HEADER_SIZE +
	       sets.n * (uint64_t)NUMBER_LIST_ENTRY_SIZE + sets.size +
	       b->textc * (uint64_t)NUMBER_MAX + NUMBER_LIST_TRAILER_SIZE;
	if (size > SIZE_MAX)
		return EFBIG;

	bytes->p = calloc(1, (size_t)size);
	if (!bytes->p)
		return ENOMEM;

	bytes->size = (size_t)size;
	bytes->numbers = textc;
	bytes->prefixes = b->textc - textc;
	for (uint32_t i = 0; i < sets.n; i++)
		*(sets.v[i].index < NUMBER_LIST_PREFIX ? &bytes->numbers
						       : &bytes->prefixes) +=
			sets.v[i].count;
	all_pack(bytes, b, &sets, textc);

	return 0;
}


void list_build_free(struct list_build *b)
{
	free(b->keyv);
	free(b->textv);
	memset(b, 0, sizeof(*b));
}
