/**
 * @file tests/cortexm/freestanding/string.h  What app/ may have of a C library
 */
#ifndef RINGFENCE_FREESTANDING_STRING_H
#define RINGFENCE_FREESTANDING_STRING_H

#include <stddef.h>

void *memchr(const void *s, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memcpy(void *restrict dst, const void *restrict src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);

char *strcat(char *restrict dst, const char *restrict src);
char *strchr(const char *s, int c);
int strcmp(const char *a, const char *b);
size_t strcspn(const char *s, const char *reject);
size_t strlen(const char *s);
int strncmp(const char *a, const char *b, size_t n);
size_t strspn(const char *s, const char *accept);
char *strstr(const char *s, const char *part);

#endif
