/**
 * @file app/policy/easter.c  Easter Sunday by the Gregorian calendar
 */
#include "app/policy/easter.h"

#include "app/policy/zone.h"


/* The computus of Nature, 20 April 1876, as in Meeus, Astronomical
 * Algorithms, chapter 8; it holds for all years without an exception */
int64_t easter_day(int32_t year)
{
	const int32_t a = year % 19; /* place in the moon's cycle */
	const int32_t b = year / 100;
	const int32_t c = year % 100;
	const int32_t f = (b + 8) / 25;
	const int32_t g = (b - f + 1) / 3;
	/* days from 21 March to the full moon */
	const int32_t h = (19 * a + b - b / 4 - g + 15) % 30;
	/* and on to the Sunday behind it */
	const int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	const int32_t m = (a + 11 * h + 22 * l) / 451;
	const int32_t n = h + l - 7 * m + 114;

	return civil_to_days(year, (unsigned)(n / 31), (unsigned)(n % 31) + 1);
}
