/**
 * @file app/policy/zone_tzif.c  A time zone from a TZif file's bytes, RFC 9636
 */
#include "app/policy/zone.h"

#include "app/policy/text.h"

#include <errno.h>
#include <string.h>


enum {
	MIN_S = 60,
	HOUR_S = 3600,

	HEADER_SIZE = 44,
	TYPE_SIZE = 6,
	V1_TIME_SIZE = 4,
	V2_TIME_SIZE = 8, /* and later */

	STD_HOURS_MAX = 24,
	RULE_HOURS_MAX = 167,
	RULE_AT_S = 2 * HOUR_S, /* when no time is named */
	NAME_MIN = 3,
};

struct tzif {
	const uint8_t *p; /* behind the header */
	uint8_t version;
	uint32_t isutc, isstd, leap, time, type, ch;
};

struct cursor {
	const char *p, *end;
};


static bool take(struct cursor *c, char ch)
{
	if (c->p == c->end || *c->p != ch)
		return false;

	c->p++;
	return true;
}


static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}


static bool is_alpha(char ch)
{
	return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
}


static bool uint_read(struct cursor *c, int32_t min, int32_t max, int32_t *v)
{
	if (c->p == c->end || !is_digit(*c->p))
		return false;

	*v = 0;
	while (c->p < c->end && is_digit(*c->p) && *v <= max)
		*v = *v * 10 + (*c->p++ - '0');

	return *v >= min && *v <= max;
}


/* [+-]hh[:mm[:ss]] */
static bool time_read(struct cursor *c, int32_t hours_max, int32_t *s)
{
	const bool minus = take(c, '-');
	int32_t hour, min = 0, sec = 0;

	if (!minus)
		(void)take(c, '+');
	if (!uint_read(c, 0, hours_max, &hour))
		return false;
	if (take(c, ':')) {
		if (!uint_read(c, 0, 59, &min))
			return false;
		if (take(c, ':') && !uint_read(c, 0, 59, &sec))
			return false;
	}

	*s = hour * HOUR_S + min * MIN_S + sec;
	if (minus)
		*s = -*s;
	return true;
}


/* CET, or <+03> for what is not of letters alone */
static bool name_read(struct cursor *c)
{
	const bool quoted = take(c, '<');
	const char *start = c->p;

	while (c->p < c->end &&
	       (is_alpha(*c->p) ||
		(quoted && (is_digit(*c->p) || *c->p == '+' || *c->p == '-'))))
		c->p++;

	if (c->p - start < NAME_MIN)
		return false;

	return !quoted || take(c, '>');
}


/* ,Mm.w.d or ,Jn or ,n and then perhaps /time */
static bool switch_read(struct cursor *c, struct zone_switch *sw)
{
	int32_t month = 0, week = 0, day;

	if (!take(c, ','))
		return false;

	if (take(c, 'M')) {
		sw->kind = 'M';
		if (!uint_read(c, 1, 12, &month) || !take(c, '.') ||
		    !uint_read(c, 1, 5, &week) || !take(c, '.') ||
		    !uint_read(c, 0, 6, &day))
			return false;
	}
	else if (take(c, 'J')) {
		sw->kind = 'J';
		if (!uint_read(c, 1, 365, &day))
			return false;
	}
	else {
		sw->kind = 'D';
		if (!uint_read(c, 0, 365, &day))
			return false;
	}

	sw->month = (uint8_t)month;
	sw->week = (uint8_t)week;
	sw->day = (uint16_t)day;
	sw->at_s = RULE_AT_S;
	return !take(c, '/') || time_read(c, RULE_HOURS_MAX, &sw->at_s);
}


/* POSIX counts west of Greenwich */
static bool rule_parse(struct zone_rule *r, struct cursor c)
{
	int32_t west;

	memset(r, 0, sizeof(*r));
	if (c.p == c.end)
		return true;

	if (!name_read(&c) || !time_read(&c, STD_HOURS_MAX, &west))
		return false;
	r->valid = true;
	r->std_s = -west;
	r->dst_s = r->std_s;
	if (c.p == c.end)
		return true;

	r->has_dst = true;
	r->dst_s = r->std_s + HOUR_S;
	if (!name_read(&c))
		return false;
	if (c.p < c.end && *c.p != ',') {
		if (!time_read(&c, STD_HOURS_MAX, &west))
			return false;
		r->dst_s = -west;
	}

	return switch_read(&c, &r->start) && switch_read(&c, &r->end) &&
	       c.p == c.end;
}


static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}


static int64_t time_get(const uint8_t *p, size_t size)
{
	if (size == V1_TIME_SIZE)
		return (int32_t)be32(p);

	return (int64_t)((uint64_t)be32(p) << 32 | be32(p + V1_TIME_SIZE));
}


/* A header and, behind it, as many bytes as it announces */
static const char *header_read(struct tzif *t, const uint8_t *p, size_t len,
			       bool second, size_t *size)
{
	uint64_t body;
	size_t time_size;

	if (len < HEADER_SIZE || memcmp(p, "TZif", 4))
		return second ? "its 64-bit part is missing"
			      : "it is no zone file (TZif)";

	t->p = p + HEADER_SIZE;
	t->version = p[4];
	t->isutc = be32(p + 20);
	t->isstd = be32(p + 24);
	t->leap = be32(p + 28);
	t->time = be32(p + 32);
	t->type = be32(p + 36);
	t->ch = be32(p + 40);
	if (t->version && (t->version < '2' || t->version > '4'))
		return "its version is not 1 to 4";

	time_size = second ? V2_TIME_SIZE : V1_TIME_SIZE;
	body = (uint64_t)t->time * (time_size + 1) +
	       (uint64_t)t->type * TYPE_SIZE + t->ch +
	       (uint64_t)t->leap * (time_size + 4) + t->isstd + t->isutc;
	if (body > len - HEADER_SIZE)
		return "it is cut short";

	*size = HEADER_SIZE + (size_t)body;
	return NULL;
}


static const char *types_check(const struct tzif *t, const uint8_t *type)
{
	if (!t->type || !t->ch || (t->isstd && t->isstd != t->type) ||
	    (t->isutc && t->isutc != t->type))
		return "its counts contradict each other";

	for (uint32_t i = 0; i < t->type; i++, type += TYPE_SIZE) {
		const int32_t off = (int32_t)be32(type);

		if (off > ZONE_OFFSET_MAX_S || off < -ZONE_OFFSET_MAX_S)
			return "an offset from UTC is out of range";
		if (type[4] > 1 || type[5] >= t->ch)
			return "a local time type is out of range";
	}

	return NULL;
}


/* The transitions, each with the offset of its type */
static const char *block_read(struct zone *z, const struct tzif *t,
			      size_t time_size)
{
	const uint8_t *index = t->p + t->time * time_size;
	const uint8_t *type = index + t->time;
	const char *what = types_check(t, type);

	if (what)
		return what;
	if (t->leap)
		return "it counts leap seconds: name the zone without "
		       "\"right/\"";

	z->first_s = (int32_t)be32(type);
	for (size_t i = 0; i < t->time; i++) {
		z->at_s[i] = time_get(t->p + i * time_size, time_size);
		if (i && z->at_s[i] <= z->at_s[i - 1])
			return "its transitions are not in order";
		if (index[i] >= t->type)
			return "a transition names no local time type";
		z->off_s[i] =
			(int32_t)be32(type + (size_t)index[i] * TYPE_SIZE);
	}

	z->n = t->time;
	return NULL;
}


static const char *footer_read(struct zone *z, const uint8_t *p, size_t len)
{
	const char *s = (const char *)p;
	const char *end;

	end = len && *s == '\n' ? memchr(s + 1, '\n', len - 1) : NULL;
	if (!end)
		return "its footer is missing";
	if (!rule_parse(&z->rule, (struct cursor){s + 1, end}))
		return "its footer is no rule that can be read";

	return NULL;
}


static int zone_read(struct zone *z, const uint8_t *p, size_t len,
		     const char **what)
{
	size_t size, time_size = V1_TIME_SIZE;
	struct tzif t;

	*what = header_read(&t, p, len, false, &size);
	if (*what)
		return EBADMSG;

	if (t.version) {
		time_size = V2_TIME_SIZE;
		p += size;
		len -= size;
		*what = header_read(&t, p, len, true, &size);
		if (*what)
			return EBADMSG;
	}
	if (t.time > ZONE_TRANSITION_MAX) {
		*what = "it has too many transitions";
		return ENOSPC;
	}

	*what = block_read(z, &t, time_size);
	if (!*what && time_size == V2_TIME_SIZE)
		*what = footer_read(z, p + size, len - size);

	return *what ? EBADMSG : 0;
}


int zone_parse(struct zone *z, const char *name, const uint8_t *tzif,
	       size_t len, const char **what)
{
	const char *why = NULL;
	int err;

	if (!z || !name || (!tzif && len))
		return EINVAL;

	memset(z, 0, sizeof(*z));
	err = zone_read(z, tzif, len, &why);
	if (err) {
		zone_utc_init(z);
		if (what)
			*what = why;
		return err;
	}

	text_copy(z->name, sizeof(z->name), name);
	return 0;
}
