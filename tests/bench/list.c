/**
 * @file tests/bench/list.c  Look-ups: a list file, a sorted array, SQLite
 *
 *	bench_list numbers COUNT SEED      prints random numbers below 10^11
 *	bench_list lookup LIST COUNT SEED DB
 *
 * The second asks a list that was imported from the first's numbers, a sorted
 * array of 64-bit integers and an SQLite table for random numbers: those that
 * are in it, and any. A number is text, as it comes with a call, and what each
 * makes of it is measured, too. The three take turns; one look-up is too short
 * for the clock, so each figure is the median or the 99th percentile of
 * batches of 16. SQLite is at its best: a prepared statement within one read
 * transaction. Prints a line for each: NAME BYTES HIT50 HIT99 MISS50 MISS99.
 */
#include "firmware/list/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>


enum {
	BATCH = 16,
	BATCHES = 20000, /* of a round */
	ROUNDS = 5,
	TEXT_SIZE = 16,
	WAYS = 3,
};

static const uint64_t below = UINT64_C(100000000000);

struct bench {
	uint64_t *v; /* sorted */
	size_t count;
	struct list_map *map;
	sqlite3 *db;
	sqlite3_stmt *find;
};

struct way {
	const char *name;
	bool (*has)(const struct bench *b, const char *number);
	uint64_t bytes;
	double ns[2][ROUNDS * BATCHES]; /* of hits, of any */
};


static uint64_t figure(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;

	return *state;
}


static void must(bool holds, const char *what)
{
	if (holds)
		return;
	(void)fprintf(stderr, "bench_list: %s\n", what);
	exit(EXIT_FAILURE);
}


static double now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);

	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}


static uint64_t value_of(const char *number)
{
	uint64_t v = 0;

	while (*number)
		v = v * 10 + (uint64_t)(*number++ - '0');

	return v;
}


static bool list_has(const struct bench *b, const char *number)
{
	return number_list_has(&b->map->list, number);
}


static bool array_has(const struct bench *b, const char *number)
{
	const uint64_t v = value_of(number);
	const uint64_t *p = b->v;

	/* Without a branch that could be foretold wrongly */
	for (size_t n = b->count; n > 1; n -= n / 2)
		p += (p[n / 2 - 1] < v) * (n / 2);

	return *p == v;
}


static bool sqlite_has(const struct bench *b, const char *number)
{
	bool has;

	(void)sqlite3_bind_int64(b->find, 1, (sqlite3_int64)value_of(number));
	has = sqlite3_step(b->find) == SQLITE_ROW;
	(void)sqlite3_reset(b->find);

	return has;
}


static int by_value(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return *a < *b ? -1 : *a > *b;
}


static int by_ns(const void *va, const void *vb)
{
	const double *a = va, *b = vb;

	return *a < *b ? -1 : *a > *b;
}


static void numbers_make(struct bench *b, size_t count, uint64_t seed)
{
	b->v = malloc(count * sizeof(*b->v));
	must(b->v != NULL, "out of memory");
	for (size_t i = 0; i < count; i++)
		b->v[i] = figure(&seed) % below;
	b->count = count;
}


static uint64_t db_make(struct bench *b, const char *path)
{
	sqlite3_stmt *add;
	uint64_t size;
	FILE *f;

	must(!sqlite3_open(path, &b->db) &&
		     !sqlite3_exec(b->db,
				   "CREATE TABLE n (number INTEGER PRIMARY "
				   "KEY); BEGIN",
				   NULL, NULL, NULL) &&
		     !sqlite3_prepare_v2(b->db,
					 "INSERT OR IGNORE INTO n VALUES (?)",
					 -1, &add, NULL),
	     "SQLite does not start");
	for (size_t i = 0; i < b->count; i++) {
		(void)sqlite3_bind_int64(add, 1, (sqlite3_int64)b->v[i]);
		must(sqlite3_step(add) == SQLITE_DONE, "SQLite takes none");
		(void)sqlite3_reset(add);
	}
	(void)sqlite3_finalize(add);
	must(!sqlite3_exec(b->db, "COMMIT; BEGIN", NULL, NULL, NULL) &&
		     !sqlite3_prepare_v2(b->db,
					 "SELECT 1 FROM n WHERE number = ?",
					 -1, &b->find, NULL),
	     "SQLite does not find");

	f = fopen(path, "rb");
	must(f && !fseek(f, 0, SEEK_END), path);
	size = (uint64_t)ftell(f);
	(void)fclose(f);

	return size;
}


/* One round of one way: numbers that are in the list, or any */
static void round_run(const struct bench *b, struct way *w, bool any,
		      double *ns, uint64_t *rnd)
{
	static char text[BATCH][TEXT_SIZE];

	for (size_t i = 0; i < BATCHES; i++) {
		unsigned found = 0;
		double start;

		for (size_t k = 0; k < BATCH; k++)
			(void)snprintf(
				text[k], TEXT_SIZE, "%llu",
				(unsigned long long)(any ? figure(rnd) % below
							 : b->v[figure(rnd) %
								b->count]));

		start = now_ns();
		for (size_t k = 0; k < BATCH; k++)
			found += w->has(b, text[k]);
		ns[i] = (now_ns() - start) / BATCH;

		must(any || found == BATCH, w->name);
	}
}


static int lookup(struct bench *b, const char *list, const char *db)
{
	static struct way way[WAYS] = {
		{.name = "list", .has = list_has},
		{.name = "array", .has = array_has},
		{.name = "sqlite", .has = sqlite_has},
	};
	const char *what = NULL;
	uint64_t rnd = 0x9e3779b97f4a7c15;

	must(!list_map_open(&b->map, list, &what), what ? what : list);
	qsort(b->v, b->count, sizeof(*b->v), by_value);
	way[0].bytes = b->map->size;
	way[1].bytes = b->count * sizeof(*b->v);
	way[2].bytes = db_make(b, db);

	for (size_t r = 0; r < ROUNDS; r++) {
		for (size_t i = 0; i < WAYS * 2; i++)
			round_run(b, &way[i % WAYS], i / WAYS,
				  &way[i % WAYS].ns[i / WAYS][r * BATCHES],
				  &rnd);
	}

	for (size_t i = 0; i < WAYS; i++) {
		(void)printf("%s %llu", way[i].name,
			     (unsigned long long)way[i].bytes);
		for (size_t any = 0; any < 2; any++) {
			const size_t n = (size_t)ROUNDS * BATCHES;

			qsort(way[i].ns[any], n, sizeof(double), by_ns);
			(void)printf(" %.0f %.0f", way[i].ns[any][n / 2],
				     way[i].ns[any][n / 100 * 99]);
		}
		(void)printf("\n");
	}

	(void)sqlite3_finalize(b->find);
	(void)sqlite3_close(b->db);
	list_map_free(b->map);

	return EXIT_SUCCESS;
}


int main(int argc, char *argv[])
{
	struct bench b = {.count = 0};
	const bool numbers = argc == 4 && !strcmp(argv[1], "numbers");
	int code = EXIT_SUCCESS;

	must(numbers || (argc == 6 && !strcmp(argv[1], "lookup")),
	     "numbers COUNT SEED, or lookup LIST COUNT SEED DB");
	argv += numbers ? 2 : 3;
	numbers_make(&b, strtoul(argv[0], NULL, 10),
		     strtoull(argv[1], NULL, 10));

	for (size_t i = 0; numbers && i < b.count; i++)
		(void)printf("%llu\n", (unsigned long long)b.v[i]);
	if (!numbers)
		code = lookup(&b, argv[-1], argv[2]);
	free(b.v);

	return code;
}
