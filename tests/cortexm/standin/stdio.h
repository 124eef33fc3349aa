/**
 * @file tests/cortexm/standin/stdio.h  As much of it as the stories print
 */
#ifndef RINGFENCE_STANDIN_STDIO_H
#define RINGFENCE_STANDIN_STDIO_H

#include <stdarg.h>
#include <stddef.h>

/** Knows c s d u x, l ll z, a width and zeros before it; fails on others */
int snprintf(char *dst, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int vsnprintf(char *dst, size_t size, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

#endif
