/**
 * @file tests/unit/policy/phonenumber_oracle.h  Google's libphonenumber, in C
 *
 * The judge of dial plans, for the tests alone. A region is a country by its
 * letters ("DE"), "ZZ" none.
 */
#ifndef RINGFENCE_TEST_PHONENUMBER_ORACLE_H
#define RINGFENCE_TEST_PHONENUMBER_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ORACLE_REGION_MAX = 4,
	ORACLE_REGIONS_MAX = 300,
	ORACLE_TEXT_MAX = 64,
	ORACLE_TYPES = 11, /**< of numbers: fixed line, mobile, toll-free... */
};

typedef char oracle_text[ORACLE_TEXT_MAX];

#ifdef __cplusplus
extern "C" {
#endif

/** Set all regions; @return how many there are */
size_t oracle_regions(char v[ORACLE_REGIONS_MAX][ORACLE_REGION_MAX]);

/** The region's country code, "49" */
void oracle_code(oracle_text code, const char *region);

/** The main region of a country code, false if it is of no region */
bool oracle_main_region(char region[ORACLE_REGION_MAX], const char *code);

/** The usual prefixes; the international one is "" if there are several */
void oracle_prefixes(oracle_text trunk, oracle_text international,
		     const char *region);

/** A valid number of a type in E.164; false if the region has none */
bool oracle_example(oracle_text e164, const char *region, unsigned type);

/** Parse what is dialled in a region; @return whether it is a valid number */
bool oracle_parse(oracle_text e164, const char *dialled, const char *region);

/** As the number is written within its country, and from abroad; both false
    if the text is no number */
bool oracle_national(oracle_text text, const char *e164);
bool oracle_international(oracle_text text, const char *e164);

bool oracle_is_emergency(const char *number, const char *region);

#ifdef __cplusplus
}
#endif

#endif
