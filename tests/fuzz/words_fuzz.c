/**
 * @file tests/fuzz/words_fuzz.c  The control socket's lines against any text
 *
 * The words are those that a reader finds who copies instead of moving; they
 * lie in the line in their order; and put into quotes, they are cut into the
 * same words again.
 */
#include "tests/fuzz/fuzz.h"

#include "firmware/control/words.h"

enum {
	WORD_MAX = 8,
};


/** Copy the next word; @return what is behind it, NULL if there is none */
static const char *word_copy(char *dst, const char *line)
{
	bool quoted = false;

	while (*line == ' ')
		line++;
	if (!*line)
		return NULL;

	for (; *line; line++) {
		if (!quoted && *line == ' ')
			break;
		if (*line == '"')
			quoted = !quoted;
		else if (quoted && *line == '\\' && line[1])
			*dst++ = *++line;
		else
			*dst++ = *line;
	}
	*dst = '\0';

	return line;
}


static void words_check(const char *line, char **wordv, size_t n)
{
	char *word = fuzz_room(strlen(line) + 1);

	for (size_t i = 0; i < n && i < WORD_MAX; i++) {
		line = word_copy(word, line);
		expect(line && !strcmp(word, wordv[i]));
	}
	expect(!word_copy(word, line) == (n <= WORD_MAX));

	free(word);
}


static void places_check(const char *line, size_t len, char **wordv, size_t n)
{
	const char *free_from = line;

	for (size_t i = 0; i < n && i < WORD_MAX; i++) {
		expect(wordv[i] >= free_from && wordv[i] <= line + len);
		free_from = wordv[i] + strlen(wordv[i]) + 1;
	}
	expect(free_from <= line + len + 1);
}


static size_t word_quote(char *dst, const char *word)
{
	size_t n = 0;

	dst[n++] = '"';
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			dst[n++] = '\\';
		dst[n++] = *word;
	}
	dst[n++] = '"';
	dst[n++] = ' ';

	return n;
}


static void again_check(size_t len, char **wordv, size_t n)
{
	char *line = fuzz_room(2 * len + 3 * WORD_MAX + 1);
	char *again[WORD_MAX];
	size_t used = 0;

	for (size_t i = 0; i < n; i++)
		used += word_quote(line + used, wordv[i]);
	line[used] = '\0';

	expect(words_split(again, WORD_MAX, line) == n);
	for (size_t i = 0; i < n; i++)
		expect(!strcmp(again[i], wordv[i]));

	free(line);
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *line = fuzz_text(data, len);
	char *cut = fuzz_text(data, len);
	char *wordv[WORD_MAX];
	size_t n;

	len = strlen(line);
	n = words_split(wordv, WORD_MAX, cut);
	expect(n <= WORD_MAX + 1);
	places_check(cut, len, wordv, n);
	words_check(line, wordv, n);
	if (n <= WORD_MAX)
		again_check(len, wordv, n);

	free(cut);
	free(line);
	return 0;
}
