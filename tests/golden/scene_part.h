/**
 * @file tests/golden/scene_part.h  What the tables of scenes share
 */
#ifndef RINGFENCE_TEST_SCENE_PART_H
#define RINGFENCE_TEST_SCENE_PART_H

#include "scene.h"

/** What a scene does to a phone at rest */
typedef void(scene_h)(struct scene *s, const struct scene_world *w);

struct scene_row {
	const char *name;
	scene_h *build;
	bool pbm;
};

extern const struct scene_row scene_call[], scene_end[], scene_person[];
extern const size_t scene_call_n, scene_end_n, scene_person_n;

/** Calls in the history of scene_menu_use */
extern const size_t scene_entry_n;

extern const struct party party_zoe, party_stranger, party_anonymous;
extern const struct party party_alice, party_lengthy;

/** A phone at rest with these settings, its accounts registered */
void scene_phone_use(struct scene *s, const struct phone_settings *settings);

/** The clock is not set; before anything that takes the time from it */
void scene_clock_unset(struct scene *s);

/** A call of ours has just ended so; scode 0: the caller sets the cause */
void scene_result_use(struct scene *s, uint16_t scode,
		      const struct party *party);

/** A history with some of everything, and a list open at an entry */
void scene_menu_use(struct scene *s, enum phone_list list, size_t index,
		    bool why);

#endif
