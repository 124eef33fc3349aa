/**
 * @file tests/unit/call/test_names.c  Names that scripts rely on
 */
#include "app/call/phone.h"

#include "tests/unit/policy/check.h"


static void names_are_those_of_the_interface(void **state)
{
	(void)state;
	assert_string_equal(tone_name(TONE_NONE), "none");
	assert_string_equal(tone_name(TONE_SIT), "sit");
	assert_string_equal(audio_path_name(AUDIO_PATH_HANDSET), "handset");
	assert_string_equal(audio_path_name(AUDIO_PATH_SPEAKER), "speaker");
	assert_string_equal(softkey_name(SOFTKEY_NONE), "");
	assert_string_equal(softkey_name(SOFTKEY_BACK), "back");
	assert_string_equal(decided_name(DECIDED_NO_ANSWER), "no_answer");
	assert_string_equal(phone_face_name(PHONE_FACE_RINGBACK), "ringback");
}


static void every_value_has_its_own_name_and_no_other_has_one(void **state)
{
	(void)state;
	for (unsigned i = 0; i < TONE_COUNT; i++) {
		assert_non_null(tone_name((enum tone)i));
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(tone_name((enum tone)i),
						tone_name((enum tone)k));
	}
	for (unsigned i = 0; i < SOFTKEY_KINDS; i++)
		assert_non_null(softkey_name((enum softkey)i));
	for (unsigned i = 0; i < DECIDED_COUNT; i++)
		assert_non_null(decided_name((enum decided_by)i));
	for (unsigned i = 0; i < PHONE_FACE_COUNT; i++)
		assert_non_null(phone_face_name((enum phone_face)i));

	assert_null(tone_name(TONE_COUNT));
	assert_null(audio_path_name(AUDIO_PATH_COUNT));
	assert_null(softkey_name(SOFTKEY_KINDS));
	assert_null(decided_name(DECIDED_COUNT));
	assert_null(phone_face_name(PHONE_FACE_COUNT));
}


static void only_what_calls_the_person_rings(void **state)
{
	(void)state;
	for (unsigned i = 0; i < TONE_COUNT; i++) {
		const enum tone tone = (enum tone)i;
		const bool ring = !strncmp(tone_name(tone), "ring", 4) &&
				  tone != TONE_RINGBACK;

		assert_int_equal(tone_rings(tone),
				 ring || tone == TONE_REMIND);
	}
}


/* A phone in each face without a call, and what a key without a meaning
   there must leave as it was */
static void key_without_a_meaning_does_nothing(void **state)
{
	static const enum button dead[] = {
		BUTTON_LEFT,  BUTTON_RIGHT,     BUTTON_LINE2,
		BUTTON_LINE8, BUTTON_VOLUME_UP, BUTTON_VOLUME_DOWN,
		BUTTON_MUTE};
	static const struct now now = {.mono_ms = 1000};
	static struct phone_settings settings;
	static struct policy policy;
	static struct phone p, before;

	(void)state;
	policy_init(&policy);
	settings.policy = &policy;

	for (int face = 0; face < 3; face++) {
		phone_init(&p, &settings);
		p.dialling = face == 1;
		p.menu.list = face == 2 ? PHONE_LIST_INFO : PHONE_LIST_NONE;

		for (size_t i = 0; i < ROWS(dead); i++) {
			for (int a = BUTTON_PRESS; a <= BUTTON_RELEASE; a++) {
				struct phone_event ev = {.type = EV_BUTTON};
				struct commands out;

				ev.button.button = dead[i];
				ev.button.action = (enum button_action)a;
				before = p;
				phone_step(&p, &ev, &now, &out);
				assert_int_equal(out.n, 0);
				assert_memory_equal(&before, &p, sizeof(p));
			}
		}
	}
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(names_are_those_of_the_interface),
		cmocka_unit_test(
			every_value_has_its_own_name_and_no_other_has_one),
		cmocka_unit_test(only_what_calls_the_person_rings),
		cmocka_unit_test(key_without_a_meaning_does_nothing),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
