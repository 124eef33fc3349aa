/**
 * @file tests/unit/store/folder.h  A folder for what is kept
 */
#ifndef RINGFENCE_TEST_STORE_FOLDER_H
#define RINGFENCE_TEST_STORE_FOLDER_H

#include "firmware/store/store.h"

#include "tests/unit/policy/check.h"

enum {
	FOLDER_PATH_SIZE = 256,
};

/** Its path */
extern char folder[FOLDER_PATH_SIZE];

/* Set-up and tear-down of a test; what it left there goes */
int folder_make(void **state);
int folder_remove(void **state);

/** The path of a file in it, till the next call */
const char *folder_path(const char *name);

/** How many files are in it */
int folder_files(void);

/** Write a file */
void folder_put(const char *name, const char *text);

/** A file is there and has this text */
void folder_has(const char *name, const char *text);

/** A store of a folder, freed by store_close */
struct store *folder_open(const char *path);

#define TEST(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)

#endif
