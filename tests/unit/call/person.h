/**
 * @file tests/unit/call/person.h  A phone and the person before it
 *
 * Events in, commands out, without a SIP port: what is asked of the outside,
 * and what the next call meets.
 */
#ifndef RINGFENCE_TEST_PERSON_H
#define RINGFENCE_TEST_PERSON_H

#include "app/call/phone.h"

#include "tests/unit/policy/check.h"

enum {
	SECOND_MS = 1000,
	MINUTE_MS = 60 * SECOND_MS,
	HOUR_S = 3600,

	FRIDAY_S = 1795194240, /* 2026-11-20 18:04 in Berlin, 17:04 UTC */
};

extern struct person {
	struct phone phone;
	struct phone_settings settings;
	struct policy policy;
	struct contact contact;
	struct policy_rule rule;
	struct now now;
	struct commands out;
	uint32_t id;
} person;

/** Set-up of a test: a phone at rest, of one account, at FRIDAY_S */
int person_begin(void **state);

/** Let something happen; person.out is what is asked for then */
void person_post(const struct phone_event *ev);

/** Let time pass, and the phone be woken when it wants to be */
void person_wait_ms(uint64_t ms);

void person_button(enum button b, enum button_action action);

/** A call from a number that is yet to come in */
struct phone_event person_invite_event(const char *number);

/** Let it come in */
void person_invite(const char *number);

/** The i-th thing that was asked for */
const struct command *person_asked(size_t i, enum command_type type);

/** A call is over, by our own doing */
void person_closed(uint32_t id);

/** A call is over, by its caller's */
void person_given_up(uint32_t id);

/** What the i-th soft key means */
enum softkey person_key(size_t i);

#define TEST(name) cmocka_unit_test_setup(name, person_begin)

#endif
