/**
 * @file tests/stories/test_random.c  Any order of events, fixed seeds
 *
 * After each event the fixture holds that at most one call lives and that no
 * timer is overdue, and the fake port that nothing is asked of a call that
 * can't be. At the end every call has one final answer and one entry.
 */
#include "tests/stories/story.h"

#ifndef STORY_SEEDS
#define STORY_SEEDS 3000 /* fewer where a processor is emulated */
#endif

enum {
	SEED_COUNT = STORY_SEEDS,
	EVENT_COUNT = 400,
	NESTED_ODDS = 8,
};

static uint64_t seed;
static uint32_t next_id;


static unsigned below(unsigned n)
{
	return (unsigned)check_random_in(&seed, 0, (int64_t)n - 1);
}


/** A call that is not over, any that there ever was, or none at all */
static uint32_t some_id(const struct story *st)
{
	const struct call *c = &st->d.phone.call[below(PHONE_CALL_MAX)];

	if (below(4) && c->state != CALL_FREE)
		return c->id;

	return below(2) ? below(next_id + 1)
			: STORY_DIALLED + below(EVENT_COUNT);
}


static void random_invite(struct story *st)
{
	static const char *const number[] = {"204", "+4990123", "+49301", "x"};

	story_invite(st, next_id++, number[below(ROWS(number))]);
}


/* Only what a port may say: nothing of a call that it closed, and a second
   end of one all the same */
static void random_network(struct story *st)
{
	static const enum phone_event_type type[] = {
		EV_RINGING, EV_PROGRESS, EV_ESTABLISHED, EV_REMOTE_HOLD};
	static const uint16_t scode[] = {302, 404, 480, 486, 503, 603, 699};
	const uint32_t id = some_id(st);
	const bool ours = id & CALL_ID_OUTGOING;
	const enum story_call at = *story_book(st, id);

	if (at == STORY_NONE || at == STORY_INVITED)
		return;

	if (at == STORY_OVER) {
		story_end(st, id, (enum call_cause)below(CALL_CAUSE_COUNT));
		return;
	}

	switch (below(4)) {

	case 0:
		if (!ours && at == STORY_RINGING)
			story_cancel(st, id);
		else
			story_bye(st, id);
		break;

	case 1:
		if (ours && at == STORY_RINGING)
			story_final(st, id, scode[below(ROWS(scode))], "x",
				    (int64_t)below(3) * 100 - 1);
		break;

	case 2:
		if (ours || at == STORY_ANSWERED)
			story_post(st, EV_ESTABLISHED, id);
		break;

	default:
		if (at == STORY_ANSWERED || ours)
			story_post(st, type[below(ROWS(type))], id);
	}
}


static void random_key(struct story *st)
{
	const enum button b = (enum button)below(BUTTON_COUNT);

	story_button(st, b, BUTTON_PRESS);
	if (!below(4))
		story_button(st, b, BUTTON_LONG);
	story_button(st, b, BUTTON_RELEASE);
}


static void random_event(struct story *st);


static void random_port(struct story *st)
{
	st->inside = below(NESTED_ODDS) ? NULL : random_event;
	st->accept_cancels = !below(10);
	st->dial_err = below(10) ? 0 : (int)below(120);
	st->answer_err = below(10) ? 0 : 19;
	st->hold_err = below(5) ? 0 : 5;
	st->mute_err = below(5) ? 0 : 5;
	st->mute_port = !below(10);
	st->store_err = below(5) ? 0 : 28;
}


static void random_event(struct story *st)
{
	static const char *const text[] = {"205", "sip:a@b.test", "", "!"};

	switch (below(8)) {

	case 0:
		random_invite(st);
		break;

	case 1:
	case 2:
		random_network(st);
		break;

	case 3:
		story_dial(st, text[below(ROWS(text))]);
		break;

	case 4:
		st->now.utc_s += (int64_t)below(20000) - 10000;
		st->now.utc_valid = below(3) != 0;
		story_post(st, EV_TICK, 0);
		break;

	default:
		random_key(st);
	}
}


/** Whatever still lives comes to its end */
static void finish(struct story *st)
{
	const struct call *c;

	st->inside = NULL;
	st->accept_cancels = st->mute_port = false;
	st->answer_err = st->dial_err = 0;

	story_wait(st, 60000); /* what rings has had its time */
	c = phone_current(&st->d.phone);
	if (c)
		story_bye(st, c->id);
	story_wait(st, 10ULL * 24 * 3600 * 1000);
}


static unsigned entries_with(const struct history *h, uint32_t id)
{
	unsigned n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += history_at(h, i)->id == id;

	return n;
}


/* The history keeps the newest: those that it can still hold are looked up */
static void check_books(const struct story *st)
{
	const struct history *h = &st->d.phone.history;

	for (uint32_t id = 1; id < next_id; id++) {
		assert_int_equal(st->in[id], STORY_OVER);
		assert_int_equal(st->finals[id], 1);
		assert_in_range(entries_with(h, id), 0, 1);
		if (h->n < HISTORY_MAX)
			assert_int_equal(entries_with(h, id), 1);
	}

	for (uint32_t i = 1; i < st->d.phone.next_id; i++) {
		const uint32_t id = STORY_DIALLED + i;

		assert_in_range(entries_with(h, id), 0, 1);
		if (h->n < HISTORY_MAX)
			assert_int_equal(entries_with(h, id), 1);
	}
}


static void any_order_of_events_keeps_the_books(void **state)
{
	unsigned whole = 0;

	(void)state;
	for (unsigned s = 1; s <= SEED_COUNT; s++) {
		struct story *st = story_open();
		/* Half of them short, so that the history holds all */
		const unsigned count = s % 2 ? EVENT_COUNT / 4 : EVENT_COUNT;

		seed = s * 0x9e3779b97f4a7c15ULL;
		next_id = 1;
		story_rule(st, "spam", 34, "+4990*", POLICY_REJECT, 0);
		story_rule(st, "boss", 35, "+4930*", POLICY_RING, 0);
		story_hours(st, "Mo-Fr 09:00-18:00", POLICY_REJECT);

		for (unsigned i = 0; i < count; i++) {
			random_port(st);
			random_event(st);
			if (phone_face(&st->d.phone) == PHONE_FACE_IDLE)
				assert_int_equal(st->d.phone.path,
						 AUDIO_PATH_HANDSET);
			if (!below(3))
				story_wait(st, below(20000));
			st->wire[0] = '\0';
		}

		finish(st);
		check_books(st);
		story_sleeps(st);
		whole += st->d.phone.history.n < HISTORY_MAX;
		story_close(st);
	}

	/* The books were looked at whole often enough to mean something */
	assert_true(whole >= SEED_COUNT / 4);
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(any_order_of_events_keeps_the_books),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
