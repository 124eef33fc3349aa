/**
 * @file tests/cortexm/standin/stdio.c  Formatting
 */
#include <cmocka.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/cortexm/machine.h"

enum {
	DIGITS_MAX = 20, /* of 64 bits, decimal */
};

struct text {
	char *dst;
	size_t size;
	size_t n; /* what it would take */
};

/* %[0][width][l|ll|z]letter */
struct spec {
	bool zeros;
	unsigned width;
	unsigned longs;
	bool is_size;
	char letter;
};


static void put(struct text *t, char c)
{
	if (t->n + 1 < t->size)
		t->dst[t->n] = c;
	t->n++;
}


static void put_padded(struct text *t, const struct spec *s, const char *p,
		       size_t n)
{
	for (size_t i = n; i < s->width; i++)
		put(t, s->zeros ? '0' : ' ');
	for (size_t i = 0; i < n; i++)
		put(t, p[i]);
}


static void put_number(struct text *t, const struct spec *s, uint64_t u,
		       bool negative)
{
	const unsigned base = s->letter == 'x' ? 16 : 10;
	char digits[DIGITS_MAX + 1];
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[u % base];
		u /= base;
	} while (u);
	if (negative)
		digits[--at] = '-';

	put_padded(t, s, &digits[at], sizeof(digits) - at);
}


static const char *spec_read(struct spec *s, const char *fmt)
{
	memset(s, 0, sizeof(*s));
	s->zeros = *fmt == '0';
	for (; *fmt >= '0' && *fmt <= '9'; fmt++)
		s->width = s->width * 10 + (unsigned)(*fmt - '0');
	for (; *fmt == 'l'; fmt++)
		s->longs++;
	if (*fmt == 'z') {
		s->is_size = true;
		fmt++;
	}
	s->letter = *fmt;

	return *fmt ? fmt + 1 : fmt;
}


static uint64_t unsigned_arg(const struct spec *s, va_list *ap)
{
	if (s->is_size)
		return va_arg(*ap, size_t);
	if (s->longs > 1)
		return va_arg(*ap, unsigned long long);
	if (s->longs)
		return va_arg(*ap, unsigned long);

	return va_arg(*ap, unsigned);
}


static int64_t signed_arg(const struct spec *s, va_list *ap)
{
	if (s->longs > 1)
		return va_arg(*ap, long long);
	if (s->longs)
		return va_arg(*ap, long);

	return va_arg(*ap, int);
}


static void put_spec(struct text *t, const struct spec *s, va_list *ap)
{
	const char *p;
	int64_t d;

	switch (s->letter) {

	case '%':
		put(t, '%');
		break;

	case 'c':
		put(t, (char)va_arg(*ap, int));
		break;

	case 's':
		p = va_arg(*ap, const char *);
		put_padded(t, s, p, strlen(p));
		break;

	case 'd':
		d = signed_arg(s, ap);
		put_number(t, s, d < 0 ? 0 - (uint64_t)d : (uint64_t)d, d < 0);
		break;

	case 'u':
	case 'x':
		put_number(t, s, unsigned_arg(s, ap), false);
		break;

	default:
		/* Not by an assertion, which would format in turn */
		machine_print("a format that is not stood in for\n");
		machine_exit(1);
	}
}


int vsnprintf(char *dst, size_t size, const char *fmt, va_list ap)
{
	struct text t = {.dst = dst, .size = size};
	struct spec s;
	va_list copy;

	va_copy(copy, ap);
	while (*fmt) {
		if (*fmt != '%') {
			put(&t, *fmt++);
			continue;
		}
		fmt = spec_read(&s, fmt + 1);
		put_spec(&t, &s, &copy);
	}
	va_end(copy);

	if (size)
		dst[t.n < size ? t.n : size - 1] = '\0';

	return (int)t.n;
}


int snprintf(char *dst, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(dst, size, fmt, ap);
	va_end(ap);

	return n;
}
