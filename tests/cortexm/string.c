/**
 * @file tests/cortexm/string.c  The few functions that app/ needs of others
 *
 * To be compiled so that the compiler does not find memcpy in memcpy.
 */
#include <stdint.h>
#include <string.h>


/* The standard's searches take const and give what is not */
static void *writable(const void *p)
{
	return (void *)(uintptr_t)p;
}


void *memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	for (; n; n--, p++) {
		if (*p == (unsigned char)c)
			return writable(p);
	}

	return NULL;
}


int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;

	for (; n; n--, p++, q++) {
		if (*p != *q)
			return *p < *q ? -1 : 1;
	}

	return 0;
}


void *memcpy(void *restrict dst, const void *restrict src, size_t n)
{
	unsigned char *d = dst;
	const unsigned char *s = src;

	while (n--)
		*d++ = *s++;

	return dst;
}


void *memmove(void *dst, const void *src, size_t n)
{
	unsigned char *d = dst;
	const unsigned char *s = src;

	if ((uintptr_t)dst <= (uintptr_t)src)
		return memcpy(dst, src, n);

	while (n--)
		d[n] = s[n];

	return dst;
}


void *memset(void *dst, int c, size_t n)
{
	unsigned char *d = dst;

	while (n--)
		*d++ = (unsigned char)c;

	return dst;
}


size_t strlen(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;

	return n;
}


char *strcat(char *restrict dst, const char *restrict src)
{
	memcpy(dst + strlen(dst), src, strlen(src) + 1);

	return dst;
}


char *strchr(const char *s, int c)
{
	return memchr(s, c, strlen(s) + 1);
}


int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}


int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		const unsigned char p = (unsigned char)*a;
		const unsigned char q = (unsigned char)*b;

		if (p != q)
			return p < q ? -1 : 1;
		if (!p)
			break;
	}

	return 0;
}


size_t strspn(const char *s, const char *accept)
{
	size_t n = 0;

	while (s[n] && strchr(accept, s[n]))
		n++;

	return n;
}


size_t strcspn(const char *s, const char *reject)
{
	size_t n = 0;

	while (s[n] && !strchr(reject, s[n]))
		n++;

	return n;
}


char *strstr(const char *s, const char *part)
{
	const size_t n = strlen(part);

	for (; *s || !n; s++) {
		if (!strncmp(s, part, n))
			return writable(s);
	}

	return NULL;
}
