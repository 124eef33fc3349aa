/**
 * @file tests/unit/call/test_decide_matrix.c  All that can meet, with all
 *
 * Rule x hours x do not disturb x busy x emergency x block x limit x what is
 * disclosed x who else is there. What is right is worked out anew here, from
 * docs/interface.md and not from the program.
 */
#include "app/call/decide.h"
#include "app/policy/compile.h"

#include "tests/unit/policy/check.h"

enum {
	DAY_S = 86400,
	NOON_S = DAY_S / 2,
	TUESDAY = 20781, /* 2026-11-24, days from 1970-01-01 */
	RULE_LINE = 17,
	TONE = 3,
	LAMP = 2,
};

enum rule_case {
	NO_RULE,
	RULE_RING,
	RULE_SILENCE,
	RULE_ANSWER,
	RULE_REJECT,
	RULE_REJECT_410,
	RULE_REJECT_607,
	RULE_REDIRECT,
	RULE_CASES
};

enum hours_case {
	NO_HOURS,
	OPEN,
	SHUT,
	SHUT_SILENCE,
	SHUT_RING,
	SHUT_UNSET, /* closed, if only the clock were known */
	HOURS_CASES
};

enum emergency_case {
	NO_EMERGENCY,
	DIALLED,     /* lately, by us                  */
	CALL_BACK,   /* says who can be believed       */
	CALLED_ONCE, /* says somebody: changes nothing */
	EMERGENCY_CASES
};

enum button_case { BUTTON_600, BUTTON_607, BUTTON_AUTO, BUTTON_CASES };

/* One cell: how many of each there are stands in dimension[] */
struct cell {
	unsigned rule, hours, dnd, busy, emergency, blocked, limited;
	unsigned nothing; /* is disclosed                       */
	unsigned button, alone, sip_607;
	unsigned all_607; /* each cause's code is 607           */
};

static const struct {
	size_t offset;
	unsigned n;
} dimension[] = {
#define DIMENSION(name, n_)                                                   \
	{                                                                     \
		offsetof(struct cell, name), (n_)                             \
	}
	DIMENSION(rule, RULE_CASES),
	DIMENSION(hours, HOURS_CASES),
	DIMENSION(dnd, 2),
	DIMENSION(busy, 2),
	DIMENSION(emergency, EMERGENCY_CASES),
	DIMENSION(blocked, 2),
	DIMENSION(limited, 2),
	DIMENSION(nothing, 2),
	DIMENSION(button, BUTTON_CASES),
	DIMENSION(alone, 2),
	DIMENSION(sip_607, 2),
	DIMENSION(all_607, 2),
};

/* What is seen of a decision */
struct want {
	enum policy_action action;
	enum decided_by by;
	unsigned scode;
	bool retry;
};

static const uint16_t scode_own[POLICY_CAUSE_COUNT] = {
	[POLICY_CAUSE_BUTTON] = 600, [POLICY_CAUSE_RULE] = 604,
	[POLICY_CAUSE_HOURS] = 606,  [POLICY_CAUSE_DND] = 480,
	[POLICY_CAUSE_BUSY] = 486,   [POLICY_CAUSE_NO_ANSWER] = 408,
};

static const struct {
	enum policy_action action;
	uint16_t scode;
} rule_does[RULE_CASES] = {
	[RULE_RING] = {POLICY_RING, 0},
	[RULE_SILENCE] = {POLICY_SILENCE, 0},
	[RULE_ANSWER] = {POLICY_ANSWER, 0},
	[RULE_REJECT] = {POLICY_REJECT, 0},
	[RULE_REJECT_410] = {POLICY_REJECT, 410},
	[RULE_REJECT_607] = {POLICY_REJECT, 607},
	[RULE_REDIRECT] = {POLICY_REDIRECT, 0},
};

static const char uri[] = "sip:voicemail@pbx.example.com";

#define NOBODY                                                                \
	{                                                                     \
		POLICY_RING, DECIDED_NONE, 0, false                           \
	}

/* What each says when it is asked alone; DECIDED_NONE: nothing */
static struct want says_rule(const struct cell *c)
{
	static const struct want want[RULE_CASES] = {
		[NO_RULE] = NOBODY,
		[RULE_RING] = {POLICY_RING, DECIDED_RULE, 0, false},
		[RULE_SILENCE] = {POLICY_SILENCE, DECIDED_RULE, 0, false},
		[RULE_ANSWER] = {POLICY_ANSWER, DECIDED_RULE, 0, false},
		[RULE_REJECT] = {POLICY_REJECT, DECIDED_RULE, 604, false},
		[RULE_REJECT_410] = {POLICY_REJECT, DECIDED_RULE, 410, false},
		[RULE_REJECT_607] = {POLICY_REJECT, DECIDED_RULE, 607, false},
		[RULE_REDIRECT] = {POLICY_REDIRECT, DECIDED_RULE, 302, false},
	};
	struct want w = want[c->rule];

	if (w.scode == 604 && c->all_607)
		w.scode = 607;
	return w;
}


static struct want says_hours(const struct cell *c)
{
	static const struct want want[HOURS_CASES] = {
		[NO_HOURS] = NOBODY,
		[OPEN] = NOBODY,
		[SHUT] = {POLICY_REJECT, DECIDED_HOURS, 606, true},
		[SHUT_SILENCE] = {POLICY_SILENCE, DECIDED_HOURS, 0, false},
		[SHUT_RING] = NOBODY,
		[SHUT_UNSET] = NOBODY,
	};
	struct want w = want[c->hours];

	if (w.scode && c->all_607)
		w.scode = 607;
	return w;
}


static struct want says_dnd(const struct cell *c)
{
	const struct want dnd = {POLICY_REJECT, DECIDED_DND,
				 c->all_607 ? 607 : 480, false};
	const struct want nobody = NOBODY;

	return c->dnd ? dnd : nobody;
}


static struct want says_block(const struct cell *c)
{
	const struct want block = {POLICY_REJECT, DECIDED_BLOCK,
				   c->all_607 ? 607 : 604, false};
	const struct want nobody = NOBODY;

	return c->blocked ? block : nobody;
}


static struct want says_emergency(const struct cell *c)
{
	const struct want emergency = {POLICY_RING, DECIDED_EMERGENCY, 0,
				       false};
	const struct want nobody = NOBODY;

	return c->emergency == DIALLED || c->emergency == CALL_BACK ? emergency
								    : nobody;
}


static unsigned button_code(const struct cell *c)
{
	if (c->button == BUTTON_AUTO)
		return c->alone ? 603 : 486;

	return c->button == BUTTON_607 ? 607 : 600;
}


/* Emergency, block, rule, do not disturb, hours: the first that speaks; then
 * too many calls, which those pass whom a rule or an emergency lets through;
 * then busy, which only who would come through can meet */
static struct want right(const struct cell *c)
{
	struct want (*const order[])(const struct cell *) = {
		says_emergency, says_block, says_rule, says_dnd, says_hours};
	struct want w = NOBODY;
	bool through;

	for (size_t i = 0; i < ROWS(order) && w.by == DECIDED_NONE; i++)
		w = order[i](c);

	through = w.action != POLICY_REJECT && w.action != POLICY_REDIRECT;
	if (through && c->limited && w.by != DECIDED_RULE &&
	    w.by != DECIDED_EMERGENCY)
		w = (struct want){POLICY_REJECT, DECIDED_LIMIT, 480, false};
	else if (through && c->busy)
		w = (struct want){POLICY_REJECT, DECIDED_BUSY,
				  c->all_607 ? 607 : 486, false};

	/* On the wire: like the key, where nothing is disclosed */
	if (c->nothing && w.action == POLICY_REJECT &&
	    (w.by == DECIDED_RULE || w.by == DECIDED_BLOCK ||
	     w.by == DECIDED_HOURS)) {
		w.scode = button_code(c);
		w.retry = false;
	}
	if (w.scode == 607 && !c->sip_607)
		w.scode = 603;

	return w;
}


struct fixture {
	struct policy policy;
	struct policy_rule rule;
	struct policy_match match;
	struct number_pattern number;
	char block[1][NUMBER_MAX];
	struct caller caller;
	struct now now;
	struct decide_facts facts;
};


static void policy_fill(struct fixture *f, const struct cell *c)
{
	struct policy *p = &f->policy;

	policy_init(p);
	memcpy(p->scode, scode_own, sizeof(p->scode));
	for (size_t i = 0; i < POLICY_CAUSE_COUNT && c->all_607; i++)
		p->scode[i] = 607;
	p->scode[POLICY_CAUSE_BUTTON] = c->button == BUTTON_607 ? 607 : 600;
	if (c->button == BUTTON_AUTO)
		p->scode[POLICY_CAUSE_BUTTON] = 603;
	p->button_auto = c->button == BUTTON_AUTO;
	p->disclose_nothing = c->nothing;

	p->has_hours = c->hours != NO_HOURS;
	if (c->hours == SHUT_SILENCE)
		p->outside = POLICY_SILENCE;
	if (c->hours == SHUT_RING)
		p->outside = POLICY_RING;

	if (c->blocked) {
		text_copy(f->block[0], NUMBER_MAX, "204");
		p->blockv = (const char(*)[NUMBER_MAX])f->block;
		p->blockc = 1;
	}

	f->number =
		(struct number_pattern){.kind = NUMBER_EXACT, .digits = "204"};
	f->match = (struct policy_match){
		.kind = POLICY_MATCH_NUMBER,
		.numberv = &f->number,
		.numberc = 1,
	};
	f->rule = (struct policy_rule){
		.name = "r",
		.line = RULE_LINE,
		.matchv = &f->match,
		.matchc = 1,
		.action = rule_does[c->rule].action,
		.scode = rule_does[c->rule].scode,
		.uri = c->rule == RULE_REDIRECT ? uri : NULL,
		.ringtone = c->rule == RULE_RING ? TONE : 0,
		.lamp = c->rule == RULE_RING ? LAMP : 0,
	};
	p->rulev = &f->rule;
	p->rulec = c->rule != NO_RULE;
}


static void facts_fill(struct fixture *f, const struct cell *c)
{
	text_copy(f->caller.from.number, NUMBER_MAX, "204");
	f->caller.psap_callback =
		c->emergency == CALL_BACK || c->emergency == CALLED_ONCE;
	f->caller.trusted = c->emergency == CALL_BACK;
	f->now = (struct now){
		.utc_s = (int64_t)TUESDAY * DAY_S + NOON_S,
		.utc_valid = c->hours != SHUT_UNSET,
	};
	f->facts = (struct decide_facts){
		.caller = &f->caller,
		.called_before_s = SCREENING_NEVER_S,
		.dnd = c->dnd,
		.busy = c->busy,
		.emergency = c->emergency == DIALLED,
		.limited = c->limited,
		.alone = c->alone,
		.sip_607 = c->sip_607,
	};
}


static bool is_right(const struct verdict *v, const struct cell *c,
		     const struct want *w)
{
	const bool by_rule = w->by == DECIDED_RULE;
	const bool rings = by_rule && c->rule == RULE_RING;

	return v->action == w->action && v->by == w->by &&
	       v->scode == w->scode && v->has_retry_after == w->retry &&
	       v->retry_after_s == (w->retry ? DAY_S : 0) &&
	       v->line == (by_rule ? RULE_LINE : 0) &&
	       !strcmp(v->rule, by_rule ? "r" : "") &&
	       !strcmp(v->uri, w->action == POLICY_REDIRECT ? uri : "") &&
	       v->ringtone == (rings ? TONE : 0) &&
	       v->lamp == (rings ? LAMP : 0);
}


static void cell_check(const struct cell *c, const struct hours *open,
		       const struct hours *shut)
{
	const struct want w = right(c);
	static struct fixture f;
	struct verdict v;

	memset(&f, 0, sizeof(f));
	policy_fill(&f, c);
	if (c->hours != NO_HOURS)
		f.policy.hours = c->hours == OPEN ? *open : *shut;
	facts_fill(&f, c);

	memset(&v, 0xff, sizeof(v));
	decide(&v, &f.policy, &f.facts, &f.now, NULL, NULL);
	if (!is_right(&v, c, &w))
		fail_msg(
			"rule %u hours %u dnd %u busy %u emergency %u blocked "
			"%u limited %u nothing %u button %u alone %u 607 "
			"%u/%u: action %d by %s %u, not %d by %s %u",
			c->rule, c->hours, c->dnd, c->busy, c->emergency,
			c->blocked, c->limited, c->nothing, c->button,
			c->alone, c->sip_607, c->all_607, (int)v.action,
			decided_name(v.by), v.scode, (int)w.action,
			decided_name(w.by), w.scode);
}


/* The next cell, counting up; @return false behind the last */
static bool cell_next(struct cell *c)
{
	for (size_t i = 0; i < ROWS(dimension); i++) {
		unsigned *at =
			(unsigned *)(void *)((char *)c + dimension[i].offset);

		if (++*at < dimension[i].n)
			return true;
		*at = 0;
	}

	return false;
}


static void every_cell_is_decided_right(void **state)
{
	static struct hours open, shut;
	bool seen[DECIDED_COUNT] = {false};
	struct cell c;
	size_t cells = 0;

	(void)state;
	/* It opens again in one day */
	assert_int_equal(hours_parse(&open, "24/7", NULL), 0);
	assert_int_equal(hours_parse(&shut, "We 12:00-13:00", NULL), 0);

	memset(&c, 0, sizeof(c));
	do {
		cell_check(&c, &open, &shut);
		seen[right(&c).by] = true;
		cells++;
	} while (cell_next(&c));

	print_message("%zu cells\n", cells);
	assert_int_equal(cells, RULE_CASES * HOURS_CASES * EMERGENCY_CASES *
					BUTTON_CASES * 256);
	assert_true(seen[DECIDED_NONE] && seen[DECIDED_EMERGENCY] &&
		    seen[DECIDED_BLOCK] && seen[DECIDED_RULE] &&
		    seen[DECIDED_HOURS] && seen[DECIDED_DND] &&
		    seen[DECIDED_LIMIT] && seen[DECIDED_BUSY]);
}


/* A rule, or the hours, and a hand: the caller sees no difference */
static void with_nothing_disclosed_a_rule_looks_like_a_hand(void **state)
{
	static struct hours open, shut;
	struct cell c;

	(void)state;
	assert_int_equal(hours_parse(&open, "24/7", NULL), 0);
	assert_int_equal(hours_parse(&shut, "We 12:00-13:00", NULL), 0);

	memset(&c, 0, sizeof(c));
	c.nothing = 1;
	do {
		static struct fixture f;
		struct verdict v;

		if (!c.nothing)
			continue;
		memset(&f, 0, sizeof(f));
		policy_fill(&f, &c);
		if (c.hours != NO_HOURS)
			f.policy.hours = c.hours == OPEN ? open : shut;
		facts_fill(&f, &c);
		decide(&v, &f.policy, &f.facts, &f.now, NULL, NULL);
		if (v.action != POLICY_REJECT ||
		    (v.by != DECIDED_RULE && v.by != DECIDED_HOURS &&
		     v.by != DECIDED_BLOCK))
			continue;
		assert_int_equal(
			v.scode,
			decide_button_scode(&f.policy, c.alone, c.sip_607));
		assert_false(v.has_retry_after);
	} while (cell_next(&c));
}


static void the_key_declines_by_who_else_there_is(void **state)
{
	static const struct {
		bool automatic;
		uint16_t scode;
		bool alone, sip_607;
		uint16_t want;
	} button[] = {
		{true, 603, true, true, 603},   {true, 603, true, false, 603},
		{true, 603, false, true, 486},  {true, 603, false, false, 486},
		{false, 603, false, true, 603}, {false, 480, true, true, 480},
		{false, 607, true, true, 607},  {false, 607, true, false, 603},
	};
	static struct policy p;

	(void)state;
	policy_init(&p);
	for (size_t i = 0; i < ROWS(button); i++) {
		p.button_auto = button[i].automatic;
		p.scode[POLICY_CAUSE_BUTTON] = button[i].scode;
		assert_int_equal(decide_button_scode(&p, button[i].alone,
						     button[i].sip_607),
				 button[i].want);
	}
}


int main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(every_cell_is_decided_right),
		cmocka_unit_test(
			with_nothing_disclosed_a_rule_looks_like_a_hand),
		cmocka_unit_test(the_key_declines_by_who_else_there_is),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
