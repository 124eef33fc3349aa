/**
 * @file tests/stories/test_path.c  Handset or speaker: what decides
 */
#include "tests/stories/story.h"

enum {
	OUT1 = STORY_DIALLED + 1,
	LONG_MS = 60000,
};

/** How it stands when the key moves */
enum start {
	IDLE,
	MENU,
	NOTICE,
	DIALLING,   /**< 205 entered, by the digits */
	HOOK_DIALS, /**< the same with the handset lifted */
	SPEAKER_DIALS,
	INCOMING,
	INCOMING_OVER_DIALLING, /**< that was on the speaker */
	CALLING,
	SPEAKER_CALLING,
	RINGBACK,
	ANSWERING,
	TALKING,
	SPEAKER_TALKING,
	HOOK_TALKS,
	HOOK_UP_SPEAKER, /**< lifted, but it is on the speaker */
	SPEAKER_HELD,
	SPEAKER_RESULT,
};

enum move {
	SPEAKER,
	LIFT,
	PUT_BACK,
	ANSWER,
	OK,
	SOFT1,
	LINE1,
	REDIAL,
	FAR_END, /**< no key: the far end hangs up or gives up */
};


static void lift(struct story *st)
{
	story_button(st, BUTTON_HOOK, BUTTON_PRESS);
}


static void put_back(struct story *st)
{
	story_button(st, BUTTON_HOOK, BUTTON_RELEASE);
}


static void speaker(struct story *st)
{
	story_button(st, BUTTON_SPEAKER, BUTTON_PRESS);
	story_button(st, BUTTON_SPEAKER, BUTTON_RELEASE);
}


static void answer_by(struct story *st, enum button b)
{
	story_invite(st, 1, "300");
	story_button(st, b, BUTTON_PRESS);
	story_post(st, EV_ESTABLISHED, 1);
}


static void set_up(struct story *st, enum start start)
{
	switch (start) {

	case IDLE:
		break;

	case MENU:
		story_tap(st, BUTTON_SOFT1);
		break;

	case NOTICE:
		story_invite(st, 1, "300");
		story_cancel(st, 1);
		break;

	case DIALLING:
		story_type(st, "205");
		break;

	case HOOK_DIALS:
		lift(st);
		story_type(st, "205");
		break;

	case SPEAKER_DIALS:
		speaker(st);
		story_type(st, "205");
		break;

	case INCOMING:
		story_invite(st, 1, "300");
		break;

	case INCOMING_OVER_DIALLING:
		speaker(st);
		story_invite(st, 1, "300");
		break;

	case CALLING:
		story_type(st, "205#");
		break;

	case SPEAKER_CALLING:
		speaker(st);
		story_type(st, "205#");
		break;

	case RINGBACK:
		story_type(st, "205#");
		story_post(st, EV_RINGING, OUT1);
		break;

	case ANSWERING:
		story_invite(st, 1, "300");
		story_tap(st, BUTTON_ANSWER);
		break;

	case TALKING:
		answer_by(st, BUTTON_ANSWER);
		break;

	case SPEAKER_TALKING:
		answer_by(st, BUTTON_SPEAKER);
		break;

	case HOOK_TALKS:
		answer_by(st, BUTTON_HOOK);
		break;

	case HOOK_UP_SPEAKER:
		answer_by(st, BUTTON_HOOK);
		speaker(st);
		break;

	case SPEAKER_HELD:
		answer_by(st, BUTTON_SPEAKER);
		story_tap(st, BUTTON_SOFT1);
		break;

	case SPEAKER_RESULT:
		speaker(st);
		story_type(st, "205#");
		story_final(st, OUT1, 486, "Busy Here", -1);
		break;
	}
}


static void move(struct story *st, enum move what)
{
	const struct call *c;

	switch (what) {

	case SPEAKER:
		speaker(st);
		break;

	case LIFT:
		lift(st);
		break;

	case PUT_BACK:
		put_back(st);
		break;

	case ANSWER:
		story_tap(st, BUTTON_ANSWER);
		break;

	case OK:
		story_tap(st, BUTTON_OK);
		break;

	case SOFT1:
		story_tap(st, BUTTON_SOFT1);
		break;

	case LINE1:
		story_tap(st, BUTTON_LINE1);
		break;

	case REDIAL:
		story_tap(st, BUTTON_REDIAL);
		break;

	case FAR_END:
		c = phone_current(&st->d.phone);
		assert_non_null(c);
		story_bye(st, c->id);
		break;
	}
}


static const char *path(const struct story *st)
{
	return audio_path_name(st->d.phone.path);
}


static void a_key_chooses_the_path(void **state)
{
	static const struct {
		enum start start;
		enum move move;
		const char *face, *path;
	} row[] = {
		{IDLE, SPEAKER, "dialling", "speaker"},
		{IDLE, LIFT, "dialling", "handset"},
		{IDLE, ANSWER, "dialling", "handset"},
		{IDLE, PUT_BACK, "idle", "handset"},
		{MENU, SPEAKER, "dialling", "speaker"},
		{MENU, LIFT, "dialling", "handset"},
		{NOTICE, SPEAKER, "dialling", "speaker"},
		{NOTICE, LIFT, "dialling", "handset"},

		{DIALLING, SPEAKER, "calling", "speaker"},
		{DIALLING, LIFT, "dialling", "handset"},
		{DIALLING, ANSWER, "calling", "handset"},
		{HOOK_DIALS, SPEAKER, "calling", "speaker"},
		{HOOK_DIALS, PUT_BACK, "idle", "handset"},
		{SPEAKER_DIALS, SPEAKER, "calling", "speaker"},
		{SPEAKER_DIALS, LIFT, "dialling", "handset"},
		{SPEAKER_DIALS, PUT_BACK, "dialling", "speaker"},
		{SPEAKER_DIALS, ANSWER, "calling", "speaker"},
		{SPEAKER_DIALS, SOFT1, "calling", "speaker"},

		{INCOMING, SPEAKER, "talking", "speaker"},
		{INCOMING, LIFT, "talking", "handset"},
		{INCOMING, ANSWER, "talking", "handset"},
		{INCOMING, OK, "talking", "handset"},
		{INCOMING, SOFT1, "talking", "handset"},
		{INCOMING, LINE1, "talking", "handset"},
		{INCOMING_OVER_DIALLING, ANSWER, "talking", "handset"},
		{INCOMING_OVER_DIALLING, LIFT, "talking", "handset"},
		{INCOMING_OVER_DIALLING, SPEAKER, "talking", "speaker"},
		{INCOMING_OVER_DIALLING, FAR_END, "dialling", "speaker"},

		{CALLING, SPEAKER, "calling", "speaker"},
		{CALLING, LIFT, "calling", "handset"},
		{CALLING, PUT_BACK, "idle", "handset"},
		{SPEAKER_CALLING, SPEAKER, "calling", "handset"},
		{SPEAKER_CALLING, LIFT, "calling", "handset"},
		{SPEAKER_CALLING, PUT_BACK, "calling", "speaker"},
		{RINGBACK, SPEAKER, "ringback", "speaker"},
		{RINGBACK, LIFT, "ringback", "handset"},

		{ANSWERING, SPEAKER, "talking", "speaker"},
		{TALKING, SPEAKER, "talking", "speaker"},
		{TALKING, LIFT, "talking", "handset"},
		{TALKING, PUT_BACK, "idle", "handset"},
		{SPEAKER_TALKING, SPEAKER, "talking", "handset"},
		{SPEAKER_TALKING, LIFT, "talking", "handset"},
		{SPEAKER_TALKING, PUT_BACK, "talking", "speaker"},
		{SPEAKER_TALKING, FAR_END, "idle", "handset"},
		{HOOK_TALKS, SPEAKER, "talking", "speaker"},
		{HOOK_TALKS, PUT_BACK, "idle", "handset"},
		{HOOK_UP_SPEAKER, PUT_BACK, "talking", "speaker"},
		{HOOK_UP_SPEAKER, SPEAKER, "talking", "handset"},
		{SPEAKER_HELD, SPEAKER, "held", "handset"},
		{SPEAKER_HELD, LIFT, "held", "handset"},
		{SPEAKER_HELD, PUT_BACK, "held", "speaker"},
		{SPEAKER_HELD, SOFT1, "talking", "speaker"},

		{SPEAKER_RESULT, SPEAKER, "dialling", "speaker"},
		{SPEAKER_RESULT, LIFT, "dialling", "handset"},
		{SPEAKER_RESULT, PUT_BACK, "idle", "handset"},
		{SPEAKER_RESULT, SOFT1, "calling", "speaker"},
		{SPEAKER_RESULT, REDIAL, "calling", "speaker"},
		{SPEAKER_RESULT, OK, "idle", "handset"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		set_up(st, row[i].start);
		move(st, row[i].move);
		if (strcmp(phone_face_name(phone_face(&st->d.phone)),
			   row[i].face) ||
		    strcmp(path(st), row[i].path))
			fail_msg("row %zu: %s on %s", i,
				 phone_face_name(phone_face(&st->d.phone)),
				 path(st));
		story_close(st);
	}
}


static void the_answer_says_where_audio_starts(void **state)
{
	static const struct {
		enum button key;
		const char *wire;
	} row[] = {
		{BUTTON_SPEAKER, "accept 1; answer 1 speaker"},
		{BUTTON_HOOK, "accept 1; answer 1"},
		{BUTTON_ANSWER, "accept 1; answer 1"},
		{BUTTON_SOFT1, "accept 1; answer 1"},
	};

	(void)state;
	for (size_t i = 0; i < ROWS(row); i++) {
		struct story *st = story_open();

		story_invite(st, 1, "300");
		story_button(st, row[i].key, BUTTON_PRESS);
		story_wire(st, row[i].wire);
		story_close(st);
	}
}


static void the_speaker_key_hangs_nothing_up(void **state)
{
	struct story *st = story_open();

	(void)state;
	answer_by(st, BUTTON_HOOK);
	speaker(st);
	put_back(st);
	speaker(st);
	speaker(st);
	lift(st);
	story_face(st, "talking");
	story_wire(st, "accept 1; answer 1");
	put_back(st);
	story_wire(st, "hangup 1");
	story_face(st, "idle");

	story_close(st);
}


static void the_next_call_begins_on_the_handset(void **state)
{
	struct story *st = story_open();

	(void)state;
	set_up(st, SPEAKER_RESULT);
	assert_string_equal(path(st), "speaker");
	story_wait(st, LONG_MS);
	story_face(st, "idle");
	assert_string_equal(path(st), "handset");
	story_dial(st, "206");
	story_face(st, "calling");
	assert_string_equal(path(st), "handset");

	story_close(st);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_chooses_the_path),
		cmocka_unit_test(the_answer_says_where_audio_starts),
		cmocka_unit_test(the_speaker_key_hangs_nothing_up),
		cmocka_unit_test(the_next_call_begins_on_the_handset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
