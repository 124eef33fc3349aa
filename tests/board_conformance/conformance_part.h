/**
 * @file tests/board_conformance/conformance_part.h  Checks that conformance.c
 * runs, of other files
 */
#ifndef RINGFENCE_TESTS_CONFORMANCE_PART_H
#define RINGFENCE_TESTS_CONFORMANCE_PART_H

#include "tests/board_conformance/conformance.h"

/** What a check finds in *state: the board, just opened */
struct conformance_bench {
	const struct conformance_kit *kit;
	struct hal *hal;
};

void check_the_screen_starts_empty(void **state);
void check_a_flush_shows_the_dirty_part_and_no_more(void **state);
void check_after_any_pictures_the_last_one_is_seen(void **state);
void check_a_flush_of_nothing_or_beyond_the_edge_changes_nothing(
	void **state);
void check_the_light_takes_every_percent_and_keeps_the_picture(
	void **state);

#endif
