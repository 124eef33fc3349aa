/**
 * @file tests/golden/scene.c  Phones in every state, as rows of a table
 */
#include "scene_part.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>


#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

enum {
	HOUR_S = 3600,

	/* In the middle of a second: nothing may depend on a round one */
	MONO_MS = 5000250,
	UTC_MS  = 250,
};

static const int64_t friday_s = 1795194270; /* Fr 20.11.2026 18:04:30 */


const struct party party_zoe = {
	.uri    = "sip:+49301234567@pbx.example.com",
	.number = "+49301234567",
	.user   = "+49301234567",
	.name   = "Zo\u00eb M\u00fcller \u7530\u4e2d",
};
const struct party party_stranger = {
	.uri    = "sip:+49900123456@198.51.100.7",
	.number = "+49900123456",
	.user   = "+49900123456",
};
const struct party party_anonymous = {
	.uri  = "sip:anonymous@anonymous.invalid",
	.user = "anonymous",
};
const struct party party_alice = {
	.uri  = "sip:alice@atlanta.example.com:5070",
	.user = "alice",
};
const struct party party_lengthy = {
	.uri    = "sip:+4930123456789012345678901234567@example.com",
	.number = "+4930123456789012345678901234567",
	.user   = "+4930123456789012345678901234567",
	.name   = "Bundesversicherungsamt, Referat f\u00fcr Fernsprecher",
};


int scene_world_init(struct scene_world *w)
{
	static const struct zone_rule berlin = {
		.valid   = true,
		.has_dst = true,
		.std_s   = HOUR_S,
		.dst_s   = 2 * HOUR_S,
		.start   = {.kind = 'M', .month = 3, .week = 5,
			    .at_s = 2 * HOUR_S},
		.end     = {.kind = 'M', .month = 10, .week = 5,
			    .at_s = 3 * HOUR_S},
	};
	static const struct phone_account account[] = {
		{"office", "204", "pbx.example.com", true},
		{"home", "4711", "home.example.org", true},
		{"door", "door", "192.0.2.9", false},
	};
	struct text_error err;

	memset(w, 0, sizeof(*w));

	policy_init(&w->policy);
	policy_init(&w->policy_free);
	w->policy.has_hours    = true;
	w->policy.outside      = POLICY_REJECT;
	w->policy.zone.rule    = berlin;
	w->policy.zone.first_s = berlin.std_s;

	memcpy(w->one.display_name, "Front desk", sizeof("Front desk"));
	w->one.ring_timeout_s = 60;
	w->one.notice         = true;
	w->one.policy         = &w->policy;

	w->many = w->free = w->none = w->one;
	memcpy(w->many.account, account, sizeof(account));
	w->many.accountc = ARRAY_SIZE(account);
	w->one.account[0] = account[0];
	w->one.accountc   = 1;

	w->free.policy     = &w->policy_free;
	w->free.account[0] = account[2];
	w->free.accountc   = 1;

	return hours_parse(&w->policy.hours,
			   "Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00",
			   &err);
}


void scene_phone_use(struct scene *s, const struct phone_settings *settings)
{
	size_t i;

	phone_init(&s->phone, settings);
	for (i = 0; i < settings->accountc; i++) {
		if (settings->account[i].registers)
			s->phone.reg[i].reg = PHONE_REG_OK;
	}
}


void scene_clock_unset(struct scene *s)
{
	s->now.utc_valid = false;
	s->now.utc_s     = 0;
	s->now.utc_ms    = 0;
}


static void scene_menu(struct scene *s, size_t i, bool why)
{
	snprintf(s->name, sizeof(s->name), "menu-%s-%zu",
		 why ? "why" : "calls", i);
	scene_menu_use(s, PHONE_LIST_CALLS, i, why);
}


/** A result as the status table has it; a class by a code that is nowhere
    else in the table */
static void scene_status(struct scene *s, const struct status_row *row)
{
	static const struct {
		uint16_t scode;
		const char *phrase;
	} sample[] = {
		{302, "Moved Temporarily"},
		{482, "Loop Detected"},
		{502, "Bad Gateway"},
		{605, ""},
	};
	static const char *const cause[CALL_CAUSE_COUNT] = {
		[CALL_CAUSE_TIMEOUT]    = "timeout",
		[CALL_CAUSE_DNS]        = "dns",
		[CALL_CAUSE_CONNECTION] = "connection",
		[CALL_CAUSE_MEDIA]      = "media",
		[CALL_CAUSE_ADDRESS]    = "address",
	};

	if (row->cause != CALL_CAUSE_STATUS) {
		snprintf(s->name, sizeof(s->name), "status-%s",
			 cause[row->cause] ? cause[row->cause] : "unnamed");
		scene_result_use(s, 0, &party_zoe);
		s->phone.result.end.cause = row->cause;
	}
	else if (row->first == row->last) {
		snprintf(s->name, sizeof(s->name), "status-%u", row->first);
		scene_result_use(s, row->first, &party_zoe);
		s->pbm = row->meaning == STATUS_BUSY && row->first == 486;
	}
	else {
		snprintf(s->name, sizeof(s->name), "status-%u-%u", row->first,
			 row->last);
		const size_t class = (row->first - 300u) / 100u;

		scene_result_use(s, sample[class].scode, &party_zoe);
		snprintf(s->phone.result.end.phrase,
			 sizeof(s->phone.result.end.phrase), "%s",
			 sample[class].phrase);
	}
}


size_t scene_count(void)
{
	size_t n;

	(void)status_rows(&n);

	return scene_call_n + scene_end_n + scene_person_n +
	       2 * scene_entry_n + n;
}


void scene_build(struct scene *s, const struct scene_world *w, size_t i)
{
	static const struct {
		const struct scene_row *v;
		const size_t *n;
	} table[] = {
		{scene_call, &scene_call_n},
		{scene_end, &scene_end_n},
		{scene_person, &scene_person_n},
	};
	const struct status_row *row;
	size_t n;

	memset(s, 0, sizeof(*s));
	s->now = (struct now){
		.mono_ms   = MONO_MS,
		.utc_s     = friday_s,
		.utc_ms    = UTC_MS,
		.utc_valid = true,
	};
	scene_phone_use(s, &w->one);

	for (size_t k = 0; k < ARRAY_SIZE(table); k++) {
		if (i < *table[k].n) {
			const struct scene_row *scene = &table[k].v[i];

			snprintf(s->name, sizeof(s->name), "%s", scene->name);
			s->pbm = scene->pbm;
			scene->build(s, w);
			return;
		}
		i -= *table[k].n;
	}

	n = 2 * scene_entry_n;
	if (i < n) {
		scene_menu(s, i / 2, i % 2);
		return;
	}
	i -= n;

	row = status_rows(&n);
	if (i < n)
		scene_status(s, &row[i]);
}
