/**
 * @file boards/linux/screen.c  The board's display, of whatever kind
 */
#define _GNU_SOURCE 1
#include "boards/linux/screen.h"
#include "boards/linux/backlight.h"
#include "boards/linux/drm.h"
#include "boards/linux/names.h"
#include "boards/linux/oled.h"

#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum {
	DIR_SIZE = 128,
	LIST_SIZE = 256,
	CONTRAST = 80, /* percent; brighter ages the glass */
	BACKLIGHT = 100,
};

struct screen {
	struct oled *oled; /* the one or the other */
	struct drm *drm;
	char light_dir[DIR_SIZE];
	char light[SETTING_PATH_MAX]; /* "": the first that is there */
	bool has_light;
};

/* What the settings around "display" say */
struct glass {
	struct oled_config oled;
	const struct report_row *light; /* NULL: not told */
	const struct report_row *shape; /* the last that is about the OLED */
};


static void glass_read(struct glass *g, const struct report_row *rowv,
		       size_t rowc)
{
	*g = (struct glass){
		.oled = {.address = OLED_ADDRESS,
			 .w = OLED_WIDTH_MAX,
			 .h = OLED_HEIGHT_MAX,
			 .contrast = CONTRAST},
	};

	for (size_t i = 0; i < rowc; i++) {
		const struct setting *set = &rowv[i].set;

		switch (set->kind) {
		case SETTING_DISPLAY_SIZE:
			g->oled.w = set->w;
			g->oled.h = set->h;
			g->shape = &rowv[i];
			break;
		case SETTING_DISPLAY_OFFSET:
			g->oled.column = (uint8_t)set->number;
			g->shape = &rowv[i];
			break;
		case SETTING_DISPLAY_ADDRESS:
			g->oled.address = (uint8_t)set->number;
			break;
		case SETTING_DISPLAY_CONTRAST:
			g->oled.contrast = set->number;
			break;
		case SETTING_BACKLIGHT:
			g->light = &rowv[i];
			break;
		case SETTING_KEY:
		case SETTING_LAMP:
		case SETTING_INPUT:
		case SETTING_INPUT_GRAB:
		case SETTING_DISPLAY:
			break;
		}
	}
}


/* The devices beside the one that was named */
static void siblings_list(const char *path, const char *prefix, char *buf,
			  size_t size)
{
	struct names names = names_in(buf, size);
	struct dirent **entry = NULL;
	char copy[PATH_MAX];
	const char *dir;
	int n;

	(void)snprintf(copy, sizeof(copy), "%s", path);
	dir = dirname(copy);
	n = scandir(dir, &entry, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char name[PATH_MAX];

		(void)snprintf(name, sizeof(name), "%.*s/%s", DIR_SIZE, dir,
			       entry[i]->d_name);
		if (!strncmp(entry[i]->d_name, prefix, strlen(prefix)))
			names_add(&names, name);
		free(entry[i]);
	}

	free(entry);
}


static void oled_why(char *what, size_t size, const char *path,
		     const struct glass *g, int err)
{
	char list[LIST_SIZE];

	switch (err) {
	case ENOENT:
		siblings_list(path, "i2c-", list, sizeof(list));
		(void)snprintf(what, size, "no I2C bus %s: there %s %s", path,
			       list[0] ? "are" : "is",
			       list[0] ? list : "none");
		break;
	case ENXIO:
	case EREMOTEIO:
	case ETIMEDOUT:
		(void)snprintf(what, size,
			       "no OLED answers at 0x%02x on %s: look at its "
			       "wires, or write another display_address",
			       g->oled.address, path);
		break;
	case EINVAL:
		(void)snprintf(what, size,
			       "there is no OLED of %ux%u pixels at column "
			       "%u: at most 128x64, the height a multiple of "
			       "8",
			       g->oled.w, g->oled.h, g->oled.column);
		break;
	default:
		(void)snprintf(what, size, "the OLED on %s can't be used: %s",
			       path, strerror(err));
		break;
	}
}


static void drm_why(char *what, size_t size, const char *path, int err)
{
	char list[LIST_SIZE];

	switch (err) {
	case ENOENT:
		siblings_list(path, "card", list, sizeof(list));
		(void)snprintf(what, size, "no graphics card %s: there %s %s",
			       path, list[0] ? "are" : "is",
			       list[0] ? list : "none");
		break;
	case ENODEV:
		(void)snprintf(what, size, "no panel is connected to %s",
			       path);
		break;
	case ENOTSUP:
		(void)snprintf(what, size,
			       "%s has no screen to draw on: "
			       "perhaps another card has",
			       path);
		break;
	default:
		(void)snprintf(what, size, "the panel of %s can't be used: %s",
			       path, strerror(err));
		break;
	}
}


/* @return whether it is there; what says why not */
static bool display_open(struct screen *s, const char *root,
			 const struct setting *set, const struct glass *g,
			 char *what, size_t size)
{
	char path[DIR_SIZE + SETTING_PATH_MAX];
	int err;

	(void)snprintf(path, sizeof(path), "%s%s", root, set->path);
	if (set->display == SETTING_DISPLAY_OLED) {
		err = oled_open(&s->oled, path, &g->oled);
		if (err)
			oled_why(what, size, path, g, err);
	}
	else {
		err = drm_open(&s->drm, path, &drm_colours_default);
		if (err)
			drm_why(what, size, path, err);
	}

	return !err;
}


/* A light that the settings name must be there */
static void light_open(struct screen *s, const struct glass *g,
		       struct report *r)
{
	char list[LIST_SIZE];
	int err;

	if (g->light && !g->light->set.path[0])
		return; /* none */
	if (g->light)
		(void)strcpy(s->light, g->light->set.path);

	err = backlight_set(s->light_dir, s->light, BACKLIGHT);
	s->has_light = !err;
	if (!err || !g->light)
		return;

	backlight_list(s->light_dir, list, sizeof(list));
	if (err != ENOENT)
		report_error(r, g->light->setting, 0, "can't be set: %s",
			     strerror(err));
	else
		report_error(r, g->light->setting, 0,
			     "no backlight \"%s\" in %s: there %s %s",
			     s->light, s->light_dir, list[0] ? "are" : "is",
			     list[0] ? list : "none");
}


static void rows_open(struct screen *s, const char *root,
		      const struct report_row *rowv, size_t rowc,
		      const struct glass *g, struct report *r)
{
	char what[SETTING_WHAT_MAX] = "";
	bool told = false;

	for (size_t i = 0; i < rowc && !s->oled && !s->drm; i++) {
		const struct report_row *row = &rowv[i];

		if (row->set.kind != SETTING_DISPLAY)
			continue;
		if (row->set.display == SETTING_DISPLAY_NONE)
			return;
		if (display_open(s, root, &row->set, g, what, sizeof(what)))
			return;
		if (row->setting)
			report_error(r, row->setting, 0, "%s", what);
		told = row->setting;
	}

	if (what[0] && !told)
		report_note(r, "no display: %s", what);
}


int screen_open(struct screen **sp, const char *root,
		const struct report_row *rowv, size_t rowc, struct report *r)
{
	struct screen *s;
	struct glass g;

	s = calloc(1, sizeof(*s));
	if (!s)
		return ENOMEM;

	(void)snprintf(s->light_dir, sizeof(s->light_dir),
		       "%s/sys/class/backlight", root);
	glass_read(&g, rowv, rowc);
	if (g.shape && oled_check(&g.oled)) {
		char what[SETTING_WHAT_MAX];

		oled_why(what, sizeof(what), "", &g, EINVAL);
		report_error(r, g.shape->setting, 0, "%s", what);
	}
	else {
		rows_open(s, root, rowv, rowc, &g, r);
	}
	if (s->drm || g.light)
		light_open(s, &g, r);

	if (s->oled || s->drm) {
		*sp = s;
		return 0;
	}

	screen_close(s);
	return 0;
}


void screen_close(struct screen *s)
{
	if (!s)
		return;

	oled_close(s->oled);
	drm_close(s->drm);
	free(s);
}


/* A small glass is a window on the upper left: nothing is drawn smaller */
void screen_size(const struct screen *s, uint16_t *w, uint16_t *h)
{
	*w = s->drm ? drm_width(s->drm) : (uint16_t)OLED_WIDTH_MAX;
	*h = s->drm ? drm_height(s->drm) : (uint16_t)OLED_HEIGHT_MAX;
}


int screen_flush(struct screen *s, const struct fb *fb,
		 const struct fb_rect *dirty)
{
	return s->oled ? oled_flush(s->oled, fb, dirty)
		       : drm_flush(s->drm, fb, dirty);
}


int screen_backlight(struct screen *s, unsigned percent)
{
	if (s->oled)
		return oled_contrast(s->oled, percent);
	if (!s->has_light)
		return ENOSYS;

	return backlight_set(s->light_dir, s->light, percent);
}
