/**
 * @file tests/unit/call/person.c  A phone and the person before it
 */
#include "tests/unit/call/person.h"

struct person person;


int person_begin(void **state)
{
	(void)state;
	memset(&person, 0, sizeof(person));
	policy_init(&person.policy);
	person.settings.policy = &person.policy;
	person.settings.ring_timeout_s = 60;
	person.settings.notice = true;
	person.settings.accountc = 1;
	text_copy(person.settings.account[0].domain,
		  sizeof(person.settings.account[0].domain),
		  "pbx.example.com");
	person.settings.account[0].registers = true;
	phone_init(&person.phone, &person.settings);
	person.now = (struct now){
		.mono_ms = 5000,
		.utc_s = FRIDAY_S,
		.utc_valid = true,
	};

	return 0;
}


void person_post(const struct phone_event *ev)
{
	phone_step(&person.phone, ev, &person.now, &person.out);
}


void person_wait_ms(uint64_t ms)
{
	static const struct phone_event tick = {.type = EV_TICK};
	const uint64_t end_ms = person.now.mono_ms + ms;

	while (person.now.mono_ms < end_ms) {
		const uint64_t next_ms = phone_next_ms(&person.phone);
		const uint64_t to_ms = next_ms < end_ms ? next_ms : end_ms;
		uint64_t step_ms;

		assert_true(to_ms > person.now.mono_ms);
		step_ms = to_ms - person.now.mono_ms + person.now.utc_ms;
		person.now.mono_ms = to_ms;
		person.now.utc_s += (int64_t)(step_ms / SECOND_MS);
		person.now.utc_ms = (uint16_t)(step_ms % SECOND_MS);
		if (next_ms <= person.now.mono_ms)
			person_post(&tick);
	}
}


void person_button(enum button b, enum button_action action)
{
	const struct phone_event ev = {
		.type = EV_BUTTON,
		.button = {.button = b, .action = action},
	};

	person_post(&ev);
}


struct phone_event person_invite_event(const char *number)
{
	struct phone_event ev = {.type = EV_INVITE, .id = ++person.id};
	struct party *from = &ev.invite.caller.from;

	assert_true(number_normalise(from->number, number));
	text_copy(from->user, sizeof(from->user), number);
	text_copy(from->uri, sizeof(from->uri), "sip:");
	text_copy(from->uri + strlen(from->uri), sizeof(from->uri) - 8,
		  number);
	text_copy(from->uri + strlen(from->uri), 32, "@pbx.example.com");

	return ev;
}


void person_invite(const char *number)
{
	const struct phone_event ev = person_invite_event(number);

	person_post(&ev);
}


const struct command *person_asked(size_t i, enum command_type type)
{
	assert_true(i < person.out.n);
	assert_int_equal(person.out.v[i].type, type);

	return &person.out.v[i];
}


void person_closed(uint32_t id)
{
	const struct phone_event ev = {
		.type = EV_CLOSED,
		.id = id,
		.end = {.cause = CALL_CAUSE_LOCAL},
	};

	person_post(&ev);
}


void person_given_up(uint32_t id)
{
	const struct phone_event ev = {
		.type = EV_CLOSED,
		.id = id,
		.end = {.cause = CALL_CAUSE_CANCEL},
	};

	person_post(&ev);
}


enum softkey person_key(size_t i)
{
	enum softkey v[SOFTKEY_COUNT_MAX];

	phone_softkeys(&person.phone, v);

	return v[i];
}
