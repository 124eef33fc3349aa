/**
 * @file boards/linux/keys.c  All keys of a board, from wherever they come
 */
#include "boards/linux/keys.h"
#include "boards/linux/codes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum {
	EDGE_MAX = 128, /* more than fingers make between two polls */
	DIR_SIZE = 128,
	LIST_SIZE = 320,
};

struct keys {
	struct evdev *evdev; /* NULL: none */
	struct gpio *gpio;
	uint8_t down[BUTTON_COUNT]; /* by how many sources */
	struct button_edge edge[EDGE_MAX];
	size_t n;

	button_edge_h *edgeh; /* while keys_poll runs */
	void *arg;
};


/* Sources have clocks, but nobody reads them at once */
static void edges_sort(struct button_edge *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const struct button_edge edge = v[i];
		size_t k = i;

		for (; k && v[k - 1].at_ms > edge.at_ms; k--)
			v[k] = v[k - 1];
		v[k] = edge;
	}
}


static void edges_tell(struct keys *k)
{
	edges_sort(k->edge, k->n);

	for (size_t i = 0; i < k->n; i++) {
		const struct button_edge *edge = &k->edge[i];
		uint8_t *down = &k->down[edge->button];
		const bool was = *down;

		if (edge->down)
			(*down)++;
		else if (*down)
			(*down)--;
		if (was != (*down > 0))
			k->edgeh(edge, k->arg);
	}

	k->n = 0;
}


static void edge_handler(const struct button_edge *edge, void *arg)
{
	struct keys *k = arg;

	if (k->n == EDGE_MAX)
		edges_tell(k);
	k->edge[k->n++] = *edge;
}


int keys_poll(struct keys *k, uint64_t now_ms, button_edge_h *edgeh, void *arg,
	      uint64_t *next_ms)
{
	int err = 0;

	k->edgeh = edgeh;
	k->arg = arg;
	if (k->evdev)
		err = evdev_poll(k->evdev, now_ms, edge_handler, k);
	gpio_poll(k->gpio, now_ms, edge_handler, k, next_ms);
	edges_tell(k);

	return err;
}


int keys_fd(const struct keys *k)
{
	return k->evdev ? evdev_fd(k->evdev) : -1;
}


/* What a setting names replaces what that key had */
static int map_build(struct evdev_map *map, const struct report_row *rowv,
		     size_t rowc)
{
	int err = 0;

	evdev_map_init(map);
	for (size_t i = 0; i < rowc; i++) {
		if (rowv[i].setting && rowv[i].set.kind == SETTING_KEY)
			evdev_map_clear(map, rowv[i].set.button);
	}

	/* Settings come behind the defaults and take codes from them */
	for (size_t i = 0; i < rowc && !err; i++) {
		const struct setting *set = &rowv[i].set;

		if (set->kind != SETTING_KEY)
			continue;
		for (size_t k = 0; k < set->sourcec && !err; k++) {
			if (set->source[k].type == SETTING_EVDEV)
				err = evdev_map_add(map, &set->source[k].code);
		}
	}

	return err;
}


static void filter_build(struct evdev_filter *filter,
			 const struct report_row *rowv, size_t rowc)
{
	bool grab = false;

	memset(filter, 0, sizeof(*filter));
	for (size_t i = 0; i < rowc; i++) {
		if (rowv[i].set.kind == SETTING_INPUT)
			*filter = rowv[i].set.filter;
		if (rowv[i].set.kind == SETTING_INPUT_GRAB)
			grab = rowv[i].set.yes;
	}

	filter->grab = grab;
}


static void lines_take(struct keys *k, const char *dev,
		       const struct report_row *row,
		       struct report_missing *missing, struct report *r)
{
	for (size_t i = 0; i < row->set.sourcec; i++) {
		const struct setting_source *source = &row->set.source[i];
		const char *name = button_name(row->set.button);
		bool polled = false;
		int err;

		if (source->type != SETTING_GPIO)
			continue;

		err = gpio_input(k->gpio, &source->line, row->set.button,
				 &polled);
		if (err && row->setting)
			report_gpio(r, row, source, dev, err);
		else if (err)
			report_missing_add(missing, name, err);
		else if (polled && !source->line.polled)
			report_note(r,
				    "the line of the key %s gives no edges: "
				    "it is read every %d ms",
				    name, GPIO_POLL_MS);
	}
}


static void inputs_note(const struct keys *k, const char *dir,
			const struct evdev_filter *filter, struct report *r)
{
	char list[LIST_SIZE];

	if (filter->none ||
	    evdev_count(k->evdev) >= (filter->n ? filter->n : 1))
		return;

	evdev_list(dir, list, sizeof(list));
	report_note(r, "%s in %s%s%s%s: keys work when it is plugged in",
		    filter->n ? "not every device of \"input\" is"
			      : "no input device with keys of a phone",
		    dir, list[0] ? "; there are " : "", list,
		    evdev_denied(dir) ? "; some may not be read" : "");
}


int keys_open(struct keys **kp, struct gpio *gpio, const char *dev,
	      const struct report_row *rowv, size_t rowc, struct report *r)
{
	char list[LIST_SIZE], why[LIST_SIZE], dir[DIR_SIZE];
	struct report_missing missing = {.names = names_in(list, LIST_SIZE)};
	struct evdev_filter filter;
	struct evdev_map map;
	struct keys *k;
	int err;

	err = map_build(&map, rowv, rowc);
	if (err)
		return err;

	k = calloc(1, sizeof(*k));
	if (!k)
		return ENOMEM;

	k->gpio = gpio;
	for (size_t i = 0; i < rowc; i++) {
		if (rowv[i].set.kind == SETTING_KEY)
			lines_take(k, dev, &rowv[i], &missing, r);
	}
	if (list[0])
		report_note(r, "no GPIO lines for the keys %s%s", list,
			    report_missing_why(&missing, why, sizeof(why)));

	filter_build(&filter, rowv, rowc);
	(void)snprintf(dir, sizeof(dir), "%s/input", dev);
	err = evdev_open(&k->evdev, dir, &map, &filter);
	if (err)
		report_note(r, "input devices in %s can't be watched: %s", dir,
			    strerror(err));
	else
		inputs_note(k, dir, &filter, r);

	*kp = k;
	return 0;
}


void keys_close(struct keys *k)
{
	if (!k)
		return;

	evdev_close(k->evdev);
	free(k);
}
