/**
 * @file firmware/clock.c  Where the phone's time comes from
 */
#define _GNU_SOURCE 1
#include "firmware/clock.h"

#include "app/policy/zone.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

/* systemd-timesyncd says so here, also where it may not tell the kernel */
static const char sync_file[] = "/run/systemd/timesync/synchronized";

enum {
	MS_PER_S = 1000,
	NS_PER_MS = 1000000,
	S_PER_MIN = 60,
	S_PER_HOUR = 3600,
	S_PER_DAY = 86400,
	YEAR_END = 10000, /* RFC 3339 5.6: a year has four digits */

	STEP_MS = 500, /* less is the drift of one clock against the other */
};


static uint64_t mono_ms(void)
{
	struct timespec ts;

	/* Can't fail: Linux has this clock since 2.6 */
	(void)clock_gettime(CLOCK_MONOTONIC, &ts);

	return (uint64_t)ts.tv_sec * MS_PER_S +
	       (uint64_t)ts.tv_nsec / NS_PER_MS;
}


static bool system_synced(void)
{
	struct timex tx;
	int state;

	memset(&tx, 0, sizeof(tx)); /* modes 0: only asks */
	state = adjtimex(&tx);
	if (state >= 0 && state != TIME_ERROR && !(tx.status & STA_UNSYNC))
		return true;

	return access(sync_file, F_OK) == 0;
}


void clock_init(struct clock *c)
{
	memset(c, 0, sizeof(*c));
	clock_real(c);
}


static void utc_from_ms(struct now *now, int64_t utc_ms)
{
	int64_t ms = utc_ms % MS_PER_S;

	if (ms < 0)
		ms += MS_PER_S;

	now->utc_s = (utc_ms - ms) / MS_PER_S;
	now->utc_ms = (uint16_t)ms;
}


void clock_now(struct clock *c, struct now *now)
{
	struct timespec ts;

	memset(now, 0, sizeof(*now));
	now->mono_ms = mono_ms();

	switch (c->source) {

	case CLOCK_SET:
		utc_from_ms(now, (int64_t)now->mono_ms + c->offset_ms);
		now->utc_valid = true;
		break;

	case CLOCK_SYSTEM:
	case CLOCK_UNSET:
		(void)clock_gettime(CLOCK_REALTIME, &ts);
		now->utc_s = ts.tv_sec;
		now->utc_ms = (uint16_t)(ts.tv_nsec / NS_PER_MS);
		if (c->source == CLOCK_UNSET)
			break;

		if (now->mono_ms >= c->look_ms) {
			c->synced = system_synced();
			c->look_ms = now->mono_ms + CLOCK_RECHECK_MS;
		}
		now->utc_valid = c->synced;
		break;
	}
}


uint64_t clock_next_ms(const struct clock *c)
{
	/* A clock that is right is looked at when there is another reason */
	return c->source == CLOCK_SYSTEM && !c->synced ? c->look_ms
						       : NOW_NEVER_MS;
}


bool clock_stepped(struct clock_watch *w, const struct now *now)
{
	const int64_t less_ms = now->utc_s * MS_PER_S + now->utc_ms -
				(int64_t)now->mono_ms;
	const int64_t step_ms = less_ms - w->less_ms;
	const bool moved = step_ms > STEP_MS || step_ms < -STEP_MS;

	if (now->utc_valid == w->valid && (!now->utc_valid || !moved))
		return false;

	w->valid = now->utc_valid;
	w->less_ms = less_ms;

	return true;
}


void clock_set(struct clock *c, int64_t utc_ms)
{
	c->source = CLOCK_SET;
	c->offset_ms = utc_ms - (int64_t)mono_ms();
}


void clock_unset(struct clock *c)
{
	c->source = CLOCK_UNSET;
}


void clock_real(struct clock *c)
{
	c->source = CLOCK_SYSTEM;
	c->synced = false;
	c->look_ms = 0;
}


/** Read exactly n digits; @return false if there are fewer */
static bool digits(const char **s, unsigned n, unsigned *value)
{
	*value = 0;
	while (n--) {
		if (**s < '0' || **s > '9')
			return false;
		*value = *value * 10 + (unsigned)(*(*s)++ - '0');
	}

	return true;
}


static bool literal(const char **s, char c)
{
	if (**s != c)
		return false;

	++*s;
	return true;
}


/* RFC 3339 5.6: "T" and "Z" may be lower case */
static bool letter(const char **s, char c)
{
	return literal(s, c) || literal(s, (char)(c | ' '));
}


static bool full_date(const char **s, int64_t *days)
{
	unsigned year, month, day;
	int64_t first, next;

	if (!digits(s, 4, &year) || !literal(s, '-') ||
	    !digits(s, 2, &month) || !literal(s, '-') || !digits(s, 2, &day))
		return false;

	if (month < 1 || month > 12 || day < 1)
		return false;

	first = civil_to_days((int32_t)year, month, 1);
	next = month < 12 ? civil_to_days((int32_t)year, month + 1, 1)
			  : civil_to_days((int32_t)year + 1, 1, 1);
	*days = first + day - 1;

	return *days < next;
}


static bool partial_time(const char **s, unsigned *day_s, unsigned *ms,
			 bool *leap)
{
	unsigned hour, min, sec;

	if (!digits(s, 2, &hour) || !literal(s, ':') || !digits(s, 2, &min) ||
	    !literal(s, ':') || !digits(s, 2, &sec))
		return false;

	if (hour > 23 || min > 59 || sec > 60)
		return false;

	*day_s = hour * S_PER_HOUR + min * S_PER_MIN + sec;
	*leap = sec == 60;
	*ms = 0;

	if (literal(s, '.')) {
		unsigned unit = MS_PER_S, digit;

		if (!digits(s, 1, &digit))
			return false;
		do {
			unit /= 10;
			*ms += digit * unit;
		} while (digits(s, 1, &digit));
	}

	return true;
}


static bool time_offset(const char **s, int32_t *offset_s)
{
	unsigned hour, min;
	int32_t sign;

	*offset_s = 0;
	if (letter(s, 'Z'))
		return true;

	if (literal(s, '+'))
		sign = 1;
	else if (literal(s, '-'))
		sign = -1;
	else
		return false;

	if (!digits(s, 2, &hour) || !literal(s, ':') || !digits(s, 2, &min) ||
	    hour > 23 || min > 59)
		return false;

	*offset_s = sign * (int32_t)(hour * S_PER_HOUR + min * S_PER_MIN);

	return true;
}


/* RFC 3339 5.7: leap seconds come at the end of a month, UTC */
static bool month_begins(int64_t utc_s)
{
	struct civil c;

	if (utc_s % S_PER_DAY)
		return false;

	civil_from_days(utc_s / S_PER_DAY, &c);

	return c.day == 1;
}


/* What is read can be written again, in UTC */
static bool year_fits(int64_t utc_s)
{
	return utc_s >= civil_to_days(0, 1, 1) * S_PER_DAY &&
	       utc_s < civil_to_days(YEAR_END, 1, 1) * S_PER_DAY;
}


int clock_parse(int64_t *utc_ms, const char *text)
{
	unsigned day_s, ms;
	int32_t offset_s;
	int64_t days, utc_s;
	bool leap;

	if (!full_date(&text, &days) || !letter(&text, 'T') ||
	    !partial_time(&text, &day_s, &ms, &leap) ||
	    !time_offset(&text, &offset_s) || *text)
		return EBADMSG;

	utc_s = days * S_PER_DAY + day_s - offset_s;
	if (!year_fits(utc_s) || (leap && !month_begins(utc_s)))
		return EBADMSG;

	*utc_ms = utc_s * MS_PER_S + ms;

	return 0;
}


void clock_print(char text[CLOCK_TEXT_MAX], int64_t utc_s)
{
	int64_t day_s = utc_s % S_PER_DAY;
	struct civil c;

	if (day_s < 0)
		day_s += S_PER_DAY;

	civil_from_days((utc_s - day_s) / S_PER_DAY, &c);
	(void)snprintf(text, CLOCK_TEXT_MAX, "%04d-%02u-%02uT%02u:%02u:%02uZ",
		       (int)c.year, c.month, c.day,
		       (unsigned)(day_s / S_PER_HOUR),
		       (unsigned)(day_s / S_PER_MIN % S_PER_MIN),
		       (unsigned)(day_s % S_PER_MIN));
}
