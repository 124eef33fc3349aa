/**
 * @file firmware/control/words.c  A command's line, cut into words
 */
#include "firmware/control/words.h"

#include <stdbool.h>
#include <string.h>


/**
 * Cut the next word off
 *
 * @return the word, NULL if there is none; what stands behind it is at *line
 */
static char *word_next(char **line)
{
	char *s = *line + strspn(*line, " ");
	char *word = s, *end = s;
	bool quoted = false;

	if (!*s)
		return NULL;

	for (; *s && (quoted || *s != ' '); s++) {
		if (*s == '"') {
			quoted = !quoted;
			continue;
		}
		if (*s == '\\' && quoted && s[1])
			s++;
		*end++ = *s;
	}

	*line = *s ? s + 1 : s;
	*end = '\0';

	return word;
}


size_t words_split(char **wordv, size_t max, char *line)
{
	char *word;
	size_t n = 0;

	while ((word = word_next(&line)) != NULL) {
		if (n == max)
			return n + 1;
		wordv[n++] = word;
	}

	return n;
}
