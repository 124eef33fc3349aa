/**
 * @file tests/unit/policy/zone_file.h  The system's zone files, for tests
 */
#ifndef RINGFENCE_TEST_ZONE_FILE_H
#define RINGFENCE_TEST_ZONE_FILE_H

#include "app/policy/zone.h"

#define ZONE_DIR "/usr/share/zoneinfo"

enum {
	ZONE_FILE_MAX = 65536,
};

/** Read a file whole; @return its length, the test fails if it can't */
size_t zone_file_read(uint8_t buf[ZONE_FILE_MAX], const char *path);

/** Parse a zone of the system by its name; the test fails if it can't */
void zone_file_load(struct zone *z, const char *name);

/** Let the C library's localtime_r use a TZ setting from now on */
void zone_libc_set(const char *tz);

/** The instant that is written "2026-03-29T01:30" or "...:59", in UTC */
int64_t zone_utc(const char *text);

#endif
