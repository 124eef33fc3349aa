/**
 * @file tests/golden/test_screens.c  Every screen is as it was agreed
 *
 * UPDATE_GOLDEN=1 in the environment writes the goldens; without it one that
 * is missing, or that no screen claims, is a failure.
 */
#include "golden.h"
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum {
	GOLDEN_TEXT_MAX = 2048,
	PBM_MAX         = 64 + RASTER_WIDTH / 8 * RASTER_HEIGHT,

	STEP_FINE_MS   = 250,
	STEPS_FINE     = 200,   /* 50 s */
	STEP_COARSE_MS = 60000,
	STEPS_COARSE   = 2880,  /* two days */
};

static struct scene_world world;
static struct font font;
static const char address[] = "127.0.0.1:5060";


static uint64_t build(struct view *v, const struct scene *s,
		      const struct now *now)
{
	return view_build(v, &s->phone, now, address);
}


static struct now later(const struct now *now, uint64_t ms)
{
	struct now n = *now;

	n.mono_ms += ms;
	if (n.utc_valid) {
		const uint64_t utc_ms = n.utc_ms + ms;

		n.utc_s += (int64_t)(utc_ms / 1000);
		n.utc_ms = (uint16_t)(utc_ms % 1000);
	}

	return n;
}


static bool looks_same(const struct view *a, const struct view *b)
{
	size_t i;

	for (i = 0; i < VIEW_ROW_COUNT; i++) {
		const struct view_row *x = &a->row[i], *y = &b->row[i];

		if (strcmp(x->left, y->left) || strcmp(x->right, y->right) ||
		    x->cut_front != y->cut_front || x->joined != y->joined)
			return false;
	}

	return a->face == b->face && a->tone == b->tone &&
	       !memcmp(a->key, b->key, sizeof(a->key)) &&
	       !memcmp(a->led, b->led, sizeof(a->led));
}


/** The view as the lines of a golden */
static void view_print(char *dst, size_t size, const struct view *v)
{
	FILE *f = fmemopen(dst, size, "w");
	size_t i;

	assert_non_null(f);
	fprintf(f, "state    %s\n", phone_face_name(v->face));
	for (i = 0; i < VIEW_ROW_COUNT; i++) {
		const struct view_row *row = &v->row[i];
		char text[2 * VIEW_TEXT_MAX];

		view_row_text(text, sizeof(text), row);
		fprintf(f, "line %zu   |%s|%s%s%s\n", i + 1, text,
			row->right[0] && !row->joined ? " right:" : "",
			row->right[0] && !row->joined ? row->right : "",
			row->cut_front ? " cut at the front" : "");
	}

	fprintf(f, "softkeys");
	for (i = 0; i < SOFTKEY_COUNT_MAX; i++)
		fprintf(f, " [%s]", softkey_name(v->key[i]));

	fprintf(f, "\nlamps   ");
	for (i = 0; i < LED_COUNT; i++) {
		const struct led_pattern *p = &v->led[i];

		if (p->colour == LED_COLOUR_OFF)
			continue;
		fprintf(f, " %s %s %u/%u", led_name((enum led)i),
			led_colour_name(p->colour), p->on_ms, p->off_ms);
	}
	fprintf(f, "\ntone     %s\n", tone_name(v->tone));
	fclose(f);
}


static void every_screen_is_its_golden_text(void **state)
{
	size_t i, failures = 0;

	(void)state;

	for (i = 0; i < scene_count(); i++) {
		char text[GOLDEN_TEXT_MAX] = "";
		struct scene s;
		struct view v;

		scene_build(&s, &world, i);
		build(&v, &s, &s.now);
		view_print(text, sizeof(text), &v);
		failures += !golden_text(s.name, text);
	}

	assert_int_equal(failures, 0);
}


static void the_main_screens_are_their_golden_pixels(void **state)
{
	size_t i, failures = 0, n = 0;

	(void)state;

	for (i = 0; i < scene_count(); i++) {
		uint8_t bits[RASTER_WIDTH / 8 * RASTER_HEIGHT];
		struct fb fb = {
			.w      = RASTER_WIDTH,
			.h      = RASTER_HEIGHT,
			.stride = RASTER_WIDTH / 8,
			.bits   = bits,
		};
		struct scene s;
		struct view v;

		scene_build(&s, &world, i);
		if (!s.pbm)
			continue;

		build(&v, &s, &s.now);
		raster_draw(&fb, &v, &font);
		failures += !golden_pbm(s.name, &fb);
		n++;
	}

	assert_true(n > 0);
	assert_int_equal(failures, 0);
}


static void no_golden_is_left_over(void **state)
{
	DIR *dir = opendir(GOLDEN_DIR);
	const struct dirent *entry;
	size_t i, files = 0, wanted = 0;

	(void)state;
	assert_non_null(dir);

	while ((entry = readdir(dir)) != NULL)
		files += entry->d_name[0] != '.';
	closedir(dir);

	for (i = 0; i < scene_count(); i++) {
		struct scene s;

		scene_build(&s, &world, i);
		wanted += s.pbm ? 2 : 1;
	}

	assert_int_equal(files, wanted);
}


static void every_scene_has_a_name_of_its_own(void **state)
{
	static char name[SCENE_MAX][SCENE_NAME_MAX];
	size_t i, k;

	(void)state;
	assert_true(scene_count() <= SCENE_MAX);

	for (i = 0; i < scene_count(); i++) {
		struct scene s;

		scene_build(&s, &world, i);
		memcpy(name[i], s.name, sizeof(name[i]));
		for (k = 0; k < i; k++)
			assert_string_not_equal(name[k], name[i]);
	}
}


static void every_state_has_a_screen(void **state)
{
	bool seen[PHONE_FACE_COUNT] = {false};
	size_t i;

	(void)state;

	for (i = 0; i < scene_count(); i++) {
		struct scene s;

		scene_build(&s, &world, i);
		seen[phone_face(&s.phone)] = true;
	}

	for (i = 0; i < PHONE_FACE_COUNT; i++)
		assert_true(seen[i]);
}


/** Whether it looks as now at all steps before next_ms */
static void assert_still(const struct scene *s, const struct view *v,
			 uint64_t wait_ms, uint64_t step_ms, size_t steps)
{
	size_t k;

	for (k = 1; k <= steps && k * step_ms < wait_ms; k++) {
		const struct now now = later(&s->now, k * step_ms);
		struct view w;

		build(&w, s, &now);
		if (!looks_same(v, &w))
			fail_msg("%s changed %zu ms too early", s->name,
				 (size_t)(wait_ms - k * step_ms));
	}
}


static void a_view_changes_when_it_says_and_not_before(void **state)
{
	size_t i;

	(void)state;

	for (i = 0; i < scene_count(); i++) {
		struct scene s;
		struct view v, w;
		struct now now;
		uint64_t next_ms, wait_ms;

		scene_build(&s, &world, i);
		next_ms = build(&v, &s, &s.now);
		assert_true(next_ms > s.now.mono_ms);
		wait_ms = next_ms - s.now.mono_ms;

		assert_still(&s, &v, wait_ms, STEP_FINE_MS, STEPS_FINE);
		assert_still(&s, &v, wait_ms, STEP_COARSE_MS, STEPS_COARSE);
		if (next_ms == NOW_NEVER_MS)
			continue;

		now = later(&s.now, wait_ms - 1);
		build(&w, &s, &now);
		if (!looks_same(&v, &w))
			fail_msg("%s changed a millisecond early", s.name);

		now = later(&s.now, wait_ms);
		build(&w, &s, &now);
		if (!s.same_after && looks_same(&v, &w))
			fail_msg("%s did not change when it said", s.name);
	}
}


static void a_view_is_a_function_of_state_and_time_alone(void **state)
{
	size_t i;

	(void)state;

	for (i = 0; i < scene_count(); i++) {
		struct scene s;
		struct phone before;
		struct view v, w;

		scene_build(&s, &world, i);
		before = s.phone;
		memset(&v, 0x00, sizeof(v));
		memset(&w, 0xff, sizeof(w));
		build(&v, &s, &s.now);
		build(&w, &s, &s.now);
		assert_memory_equal(&v, &w, sizeof(v));
		assert_memory_equal(&before, &s.phone, sizeof(before));
	}
}


/** A code's title, lamp, tone and soft keys */
static void result_build(struct view *v, uint16_t scode)
{
	struct scene s;

	scene_build(&s, &world, 0);
	s.phone.result.shown     = true;
	s.phone.result.since_ms  = s.now.mono_ms;
	s.phone.result.end.cause = CALL_CAUSE_STATUS;
	s.phone.result.end.scode = scode;
	build(v, &s, &s.now);
}


static void the_answers_480_486_and_603_differ_pairwise(void **state)
{
	static const uint16_t code[] = {480, 486, 603};
	const size_t n               = sizeof(code) / sizeof(code[0]);
	size_t i, k;

	(void)state;

	for (i = 0; i < n; i++) {
		for (k = 0; k < i; k++) {
			struct view a, b;

			result_build(&a, code[i]);
			result_build(&b, code[k]);
			assert_string_not_equal(a.row[1].left, b.row[1].left);
			assert_memory_not_equal(&a.led[LED_LINE1],
						&b.led[LED_LINE1],
						sizeof(a.led[LED_LINE1]));
			assert_int_not_equal(a.tone, b.tone);
			assert_memory_not_equal(a.key, b.key, sizeof(a.key));
		}
	}
}


static void a_results_tone_plays_for_ten_seconds(void **state)
{
	struct scene s;
	struct view v;
	struct now now;

	(void)state;

	scene_build(&s, &world, 0);
	s.phone.result.shown     = true;
	s.phone.result.since_ms  = s.now.mono_ms;
	s.phone.result.end.cause = CALL_CAUSE_STATUS;
	s.phone.result.end.scode = 486;

	assert_int_equal(build(&v, &s, &s.now), s.now.mono_ms + 10000);
	assert_int_equal(v.tone, TONE_BUSY);

	now = later(&s.now, 9999);
	build(&v, &s, &now);
	assert_int_equal(v.tone, TONE_BUSY);

	now = later(&s.now, 10000);
	build(&v, &s, &now);
	assert_int_equal(v.tone, TONE_NONE);
}


static int setup(void **state)
{
	(void)state;

	if (scene_world_init(&world))
		return -1;

	return golden_font_load(&font);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_is_its_golden_text),
		cmocka_unit_test(the_main_screens_are_their_golden_pixels),
		cmocka_unit_test(no_golden_is_left_over),
		cmocka_unit_test(every_scene_has_a_name_of_its_own),
		cmocka_unit_test(every_state_has_a_screen),
		cmocka_unit_test(a_view_changes_when_it_says_and_not_before),
		cmocka_unit_test(a_view_is_a_function_of_state_and_time_alone),
		cmocka_unit_test(the_answers_480_486_and_603_differ_pairwise),
		cmocka_unit_test(a_results_tone_plays_for_ten_seconds),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
