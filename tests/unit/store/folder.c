/**
 * @file tests/unit/store/folder.c  A folder for what is kept
 */
#include "tests/unit/store/folder.h"

#include "firmware/store/replace.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TEXT_SIZE = 4096,
};

char folder[FOLDER_PATH_SIZE];


const char *folder_path(const char *name)
{
	static char path[FOLDER_PATH_SIZE * 2];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);

	return path;
}


int folder_make(void **state)
{
	(void)state;

	(void)snprintf(folder, sizeof(folder), "%s", "/tmp/ringfence-XXXXXX");

	return mkdtemp(folder) ? 0 : -1;
}


int folder_remove(void **state)
{
	const struct dirent *entry;
	DIR *dir = opendir(folder);

	(void)state;

	while (dir && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] != '.')
			(void)unlink(folder_path(entry->d_name));
	}
	if (dir)
		(void)closedir(dir);

	return rmdir(folder);
}


int folder_files(void)
{
	const struct dirent *entry;
	DIR *dir = opendir(folder);
	int n = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL)
		n += entry->d_name[0] != '.';
	(void)closedir(dir);

	return n;
}


void folder_put(const char *name, const char *text)
{
	assert_int_equal(
		store_replace(folder_path(name), text, strlen(text), 0600), 0);
}


void folder_has(const char *name, const char *text)
{
	char have[TEXT_SIZE];
	size_t n;
	FILE *f = fopen(folder_path(name), "r");

	assert_non_null(f);
	n = fread(have, 1, sizeof(have) - 1, f);
	(void)fclose(f);
	have[n] = '\0';
	assert_string_equal(have, text);
}


struct store *folder_open(const char *path)
{
	struct store *st = NULL;

	assert_int_equal(store_open(&st, path), 0);

	return st;
}
