/**
 * @file firmware/config/board.c  The board's settings: kept here, known there
 */
#include "firmware/config/draft.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(CONFIG_BOARD_MAX == 128, "a message below says 128");


static bool room_make(struct config_draft *d)
{
	struct config_loaded *out = d->out;

	/* All at once: a board has few settings */
	if (!out->boardv)
		out->boardv = calloc(CONFIG_BOARD_MAX, sizeof(*out->boardv));

	out->config.boardv = out->boardv;
	return out->boardv != NULL;
}


static bool is_key(const struct board_setting *s, const struct ini_text *key)
{
	return strlen(s->key) == key->len && !memcmp(s->key, key->p, key->len);
}


/* Whether it is one more; what is wrong is told */
static bool is_new(struct config_draft *d, const struct ini_text *key)
{
	const struct config *cfg = &d->out->config;

	for (size_t i = 0; i < cfg->boardc; i++) {
		if (!is_key(&cfg->boardv[i], key))
			continue;
		config_errors_add(&d->errors, key->line, key->col,
				  "%s is given twice, first on line %u: keep "
				  "one",
				  cfg->boardv[i].key, cfg->boardv[i].line);
		return false;
	}

	if (cfg->boardc < CONFIG_BOARD_MAX)
		return true;

	config_errors_add(&d->errors, key->line, key->col,
			  "one setting too many: [board] takes at most 128");
	return false;
}


int draft_board_add(struct config_draft *d, const struct ini_text *key,
		    const struct ini_text *value)
{
	struct config_loaded *out = d->out;
	char *text;

	if (!room_make(d))
		return ENOMEM;
	if (!is_new(d, key))
		return EBADMSG;

	text = calloc(1, key->len + 1 + value->len + 1);
	if (!text)
		return ENOMEM;

	memcpy(text, key->p, key->len);
	memcpy(text + key->len + 1, value->p, value->len);
	out->boardv[out->config.boardc++] = (struct board_setting){
		.key = text,
		.value = text + key->len + 1,
		.line = value->line,
		.col = value->col,
		.key_col = key->col,
	};

	return 0;
}


static void error_handler(const struct board_setting *s, const char *what,
			  void *arg)
{
	struct config_draft *d = arg;

	if (s)
		config_errors_add(&d->errors, s->line, s->col, "%s: %s",
				  s->key, what);
	else
		config_errors_add(&d->errors, 0, 0, "[board]: %s", what);
}


void draft_board_check(struct config_draft *d)
{
	const struct config *cfg = &d->out->config;

	(void)board_check(cfg->boardv, cfg->boardc, error_handler, d);
}


void draft_loaded_free(struct config_loaded *out)
{
	while (out->maps) {
		struct list_map *map = out->maps;

		out->maps = map->next;
		list_map_free(map);
	}

	for (size_t i = 0; i < out->config.boardc; i++)
		free((char *)(uintptr_t)out->boardv[i].key);

	free(out->boardv);
	free(out->rulev);
	config_errors_free(&out->warnings);
	arena_free(&out->arena);
}
