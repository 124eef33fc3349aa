/**
 * @file tests/golden/scene.h  Phones in every state, as rows of a table
 */
#ifndef RINGFENCE_TEST_SCENE_H
#define RINGFENCE_TEST_SCENE_H

#include "app/ui/view.h"

enum {
	SCENE_NAME_MAX = 64,
	SCENE_MAX      = 160,
};

struct scene {
	char name[SCENE_NAME_MAX]; /**< of its golden, without the ending   */
	bool pbm;                  /**< its pixels are a golden too         */
	bool same_after;           /**< may look the same at its next_ms    */
	struct phone phone;
	struct now now;
};

/** What all scenes have in common: settings, hours and a zone */
struct scene_world {
	struct policy policy;        /**< Europe/Berlin, business hours */
	struct policy policy_free;   /**< no hours, UTC                 */
	struct phone_settings one;   /**< one account that registers    */
	struct phone_settings many;  /**< three accounts                */
	struct phone_settings free;  /**< one account, direct, no hours */
	struct phone_settings none;  /**< no account                    */
};

/** Set the world up; @return 0 or errno */
int scene_world_init(struct scene_world *w);

/** How many scenes there are */
size_t scene_count(void);

/** Build the i-th scene */
void scene_build(struct scene *s, const struct scene_world *w, size_t i);

#endif
