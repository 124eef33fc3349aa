/**
 * @file tests/unit/config/test_config_memory.c  Loading with too little memory
 *
 * The linker leads the allocations of firmware/config here (--wrap).
 */
#include "tests/unit/config/load.h"
#include "tests/unit/policy/number_list_golden.h"

#include <errno.h>
#include <unistd.h>


enum {
	BLOCKS_ALL = 1000000,
};

static unsigned blocks_left = BLOCKS_ALL;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
char *__real_strdup(const char *s);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
char *__wrap_strdup(const char *s);


static bool block_take(void)
{
	if (!blocks_left)
		return false;

	blocks_left--;
	return true;
}


void *__wrap_malloc(size_t size)
{
	return block_take() ? __real_malloc(size) : NULL;
}


void *__wrap_calloc(size_t n, size_t size)
{
	return block_take() ? __real_calloc(n, size) : NULL;
}


void *__wrap_realloc(void *p, size_t size)
{
	return block_take() ? __real_realloc(p, size) : NULL;
}


char *__wrap_strdup(const char *s)
{
	return block_take() ? __real_strdup(s) : NULL;
}


/* Load with 0, 1, 2 ... blocks until it is enough; a sanitizer sees leaks */
static unsigned blocks_needed(const char *path, int enough)
{
	for (unsigned n = 0; n < BLOCKS_ALL; n++) {
		struct load l;

		blocks_left = n;
		load_path(&l, path);
		blocks_left = BLOCKS_ALL;
		load_close(&l);

		if (l.err == enough)
			return n;
		assert_int_equal(l.err, ENOMEM);
		assert_non_null(strstr(l.told, "out of memory"));
	}

	return BLOCKS_ALL;
}


static void check_text(const char *text, int enough, unsigned least)
{
	char path[LOAD_PATH_MAX];

	load_file_write(path, text, strlen(text));
	assert_in_range(blocks_needed(path, enough), least, BLOCKS_ALL - 1);
	assert_int_equal(unlink(path), 0);
}


static void a_sound_file_is_loaded_or_memory_is_told(void **state)
{
	/* More rules and numbers than their lists have room for at first */
	enum {
		RULES = 40,
		/* the structs, the file, the zone, the lists, the holidays
		   with their three lists and a schedule */
		LEAST = 16,
	};
	static const char days[] =
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260501\n"
		"RRULE:FREQ=YEARLY\nEXDATE:20270501\nRDATE:20260502\n"
		"END:VEVENT\nEND:VCALENDAR\n";
	char text[RULES * 64 + 2 * LOAD_PATH_MAX], list[LOAD_PATH_MAX];
	char calendar[LOAD_PATH_MAX];
	size_t n;

	(void)state;

	load_file_write(calendar, days, strlen(days));
	n = (size_t)snprintf(text, sizeof(text),
			     "[account a]\nuri=sip:a@b\n"
			     "[board]\nlamp=on\nkey=off\n"
			     "[hours]\ntimezone=UTC\nopen=off\n"
			     "holidays=%s\n",
			     calendar);
	for (unsigned i = 0; i < RULES; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
				      "[rule r%u]\nnumber=1,2\naction=ring\n",
				      i);
	n += (size_t)snprintf(text + n, sizeof(text) - n,
			      "[hours lunch]\nopen=PH off\n");
	load_file_write(list, (const char *)number_list_golden,
			sizeof(number_list_golden));
	n += (size_t)snprintf(text + n, sizeof(text) - n,
			      "[rule listed]\nlist=%s\naction=ring\n", list);
	assert_true(n < sizeof(text));
	check_text(text, 0, LEAST);
	assert_int_equal(unlink(list), 0);
	assert_int_equal(unlink(calendar), 0);
}


/* Contacts with groups by category and by UID, and rules that name them; one
 * number is none, which is a warning */
static void contacts_are_loaded_or_memory_is_told(void **state)
{
	static const char cards[] =
		"BEGIN:VCARD\nVERSION:4.0\nUID:u\nFN:A\nTEL:1\nTEL:x\n"
		"CATEGORIES:family\nEND:VCARD\n"
		"BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:team\nMEMBER:u\n"
		"END:VCARD\n";
	char text[1024], path[LOAD_PATH_MAX];

	(void)state;

	load_file_write(path, cards, sizeof(cards) - 1);
	(void)snprintf(text, sizeof(text),
		       "[account a]\nuri=sip:a@b\n[contacts]\nfile=%s\n"
		       "[rule a]\ngroup=team,family\nnot.name=*x*\n"
		       "not.account=a\naction=redirect sip:a@b\n",
		       path);
	check_text(text, 0, 11);
	assert_int_equal(unlink(path), 0);
}


static void errors_are_all_told_or_memory_is(void **state)
{
	(void)state;

	check_text("[a]\n[b]\n[c]\n[d]\n[e]\n[f]\n[g]\n[h]\n[i]\n[j]\n"
		   "[k]\n[l]\n[m]\n[n]\n[o]\n[p]\n[q]\n[r]\n",
		   EBADMSG, 18);
}


static void a_file_that_is_not_there_is_told_or_memory_is(void **state)
{
	(void)state;

	assert_in_range(blocks_needed("/nonexistent/phone.ini", ENOENT), 3,
			BLOCKS_ALL - 1);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_file_is_loaded_or_memory_is_told),
		cmocka_unit_test(contacts_are_loaded_or_memory_is_told),
		cmocka_unit_test(errors_are_all_told_or_memory_is),
		cmocka_unit_test(
			a_file_that_is_not_there_is_told_or_memory_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
