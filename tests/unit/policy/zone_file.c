/**
 * @file tests/unit/policy/zone_file.c  The system's zone files, for tests
 */
#define _POSIX_C_SOURCE 200809L

#include "zone_file.h"

#include "check.h"

#include <stdlib.h>
#include <time.h>


size_t zone_file_read(uint8_t buf[ZONE_FILE_MAX], const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		fail_msg("%s can't be opened: is tzdata installed?", path);
	n = fread(buf, 1, ZONE_FILE_MAX, f);
	(void)fclose(f);
	if (n == ZONE_FILE_MAX)
		fail_msg("%s is larger than the test expects", path);

	return n;
}


void zone_file_load(struct zone *z, const char *name)
{
	static uint8_t buf[ZONE_FILE_MAX];
	const char *what = "";
	char path[256];
	size_t n;

	(void)snprintf(path, sizeof(path), ZONE_DIR "/%s", name);
	n = zone_file_read(buf, path);
	if (zone_parse(z, name, buf, n, &what))
		fail_msg("%s: %s", path, what);
}


void zone_libc_set(const char *tz)
{
	assert_int_equal(setenv("TZ", tz, 1), 0);
	tzset();
}


int64_t zone_utc(const char *text)
{
	int year, month, day, hour, min, sec = 0;

	if (sscanf(text, "%d-%d-%dT%d:%d:%d", &year, &month, &day, &hour, &min,
		   &sec) < 5)
		fail_msg("no time: %s", text);

	return civil_to_days(year, (unsigned)month, (unsigned)day) * 86400 +
	       hour * 3600 + min * 60 + sec;
}
