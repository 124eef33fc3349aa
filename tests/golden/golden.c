/**
 * @file tests/golden/golden.c  Comparing with what was agreed
 */
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum {
	PATH_SIZE   = 512,
	GOLDEN_SIZE = 8192,
};


static bool is_update(void)
{
	const char *env = getenv("UPDATE_GOLDEN");

	return env && !strcmp(env, "1");
}


static size_t file_read(const char *path, char *dst, size_t size)
{
	FILE *f  = fopen(path, "rb");
	size_t n = 0;

	if (f) {
		n = fread(dst, 1, size, f);
		fclose(f);
	}

	return n;
}


static bool file_write(const char *path, const char *data, size_t size)
{
	FILE *f = fopen(path, "wb");
	bool ok;

	if (!f) {
		fprintf(stderr, "%s can't be written\n", path);
		return false;
	}

	ok = fwrite(data, 1, size, f) == size;

	return !fclose(f) && ok;
}


/**
 * Compare with a golden, or write it
 *
 * @param golden Set to the golden, terminated; "" if it is missing
 *
 * @return whether they are equal
 */
static bool compare(char golden[GOLDEN_SIZE], const char *name,
		    const char *ending, const char *data, size_t size)
{
	char path[PATH_SIZE];
	size_t n;

	snprintf(path, sizeof(path), "%s/%s.%s", GOLDEN_DIR, name, ending);
	golden[0] = '\0';

	if (is_update())
		return file_write(path, data, size);

	n         = file_read(path, golden, GOLDEN_SIZE - 1);
	golden[n] = '\0';
	if (n == size && !memcmp(golden, data, size))
		return true;

	fprintf(stderr, "%s: %s\n", path,
		n ? "differs" : "missing; UPDATE_GOLDEN=1 writes it");

	return false;
}


static void print_line(char mark, const char *s, size_t len)
{
	fprintf(stderr, "%c %.*s\n", mark, (int)len, s);
}


/** Line by line: '-' expected, '+' actual, ' ' equal */
static void print_diff(const char *a, const char *b)
{
	while (*a || *b) {
		const size_t an = strcspn(a, "\n"), bn = strcspn(b, "\n");

		if (an == bn && !memcmp(a, b, an)) {
			print_line(' ', a, an);
		}
		else {
			if (*a)
				print_line('-', a, an);
			if (*b)
				print_line('+', b, bn);
		}

		a += an + (a[an] != '\0');
		b += bn + (b[bn] != '\0');
	}
}


bool golden_text(const char *name, const char *text)
{
	char golden[GOLDEN_SIZE];

	if (compare(golden, name, "txt", text, strlen(text)))
		return true;

	print_diff(golden, text);

	return false;
}


/** '#' as agreed, '+' ink too much, '-' ink that is missing */
static void print_pixels(const uint8_t *expected, const struct fb *fb)
{
	unsigned x, y;

	for (y = 0; y < fb->h; y++) {
		char line[RASTER_WIDTH + 1];

		for (x = 0; x < fb->w && x < RASTER_WIDTH; x++) {
			const size_t at   = y * fb->stride + x / 8;
			const uint8_t bit = (uint8_t)(0x80u >> x % 8);
			const bool is     = fb->bits[at] & bit;
			const bool was    = expected ? expected[at] & bit : is;

			line[x] = is == was ? (is ? '#' : ' ')
					    : (is ? '+' : '-');
		}
		line[x] = '\0';
		fprintf(stderr, "|%s|\n", line);
	}
}


bool golden_pbm(const char *name, const struct fb *fb)
{
	char golden[GOLDEN_SIZE], pbm[GOLDEN_SIZE];
	const size_t bytes = fb->stride * fb->h;
	const int head     = snprintf(pbm, sizeof(pbm), "P4\n%u %u\n", fb->w,
				      fb->h);

	memcpy(pbm + head, fb->bits, bytes);
	if (compare(golden, name, "pbm", pbm, (size_t)head + bytes))
		return true;

	fprintf(stderr, "'#' as agreed, '+' too much, '-' missing:\n");
	print_pixels(memcmp(golden, pbm, (size_t)head)
			     ? NULL
			     : (const uint8_t *)golden + head, fb);

	return false;
}


int golden_font_load(struct font *font)
{
	static uint8_t *data;
	FILE *f = fopen(GLYPHS_FILE, "rb");
	long size;
	size_t n = 0;

	if (!f)
		return -1;

	if (!fseek(f, 0, SEEK_END) && (size = ftell(f)) > 0 &&
	    (data = malloc((size_t)size)) != NULL) {
		rewind(f);
		n = fread(data, 1, (size_t)size, f);
	}
	fclose(f);

	return n && !font_open(font, data, n) ? 0 : -1;
}
