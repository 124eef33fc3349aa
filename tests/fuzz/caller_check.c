/**
 * @file tests/fuzz/caller_check.c  What the policy may rely on of a caller
 */
#include "tests/fuzz/caller_check.h"

#include "app/policy/text.h"
#include "tests/fuzz/fuzz.h"


/** Cleaning it again changes nothing */
static void expect_clean(const char *text, size_t size)
{
	char again[PARTY_URI_MAX * 2];

	expect(memchr(text, '\0', size) != NULL);
	expect(text_clean(again, sizeof(again), text, strlen(text)));
	expect(!strcmp(again, text));
}


static void expect_number(const char *number)
{
	char again[NUMBER_MAX];

	expect(memchr(number, '\0', NUMBER_MAX) != NULL);
	if (!number[0])
		return;
	expect(number_normalise(again, number));
	expect(!strcmp(again, number));
}


void caller_check(const struct caller *c, bool trusted)
{
	size_t i, n;

	expect_clean(c->from.uri, sizeof(c->from.uri));
	expect_clean(c->from.user, sizeof(c->from.user));
	expect_clean(c->from.name, sizeof(c->from.name));
	expect_clean(c->domain, sizeof(c->domain));
	expect(!strpbrk(c->domain, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
	expect(c->anonymous || strcmp(c->domain, "anonymous.invalid") != 0);
	expect_number(c->from.number);
	expect_number(c->asserted);
	expect(c->trusted == trusted);
	expect(trusted ||
	       (!c->asserted[0] && c->verstat == CALLER_VERSTAT_NONE));
	expect(c->verstat < CALLER_VERSTAT_COUNT);

	expect(c->divertedc <= CALLER_DIVERTED_MAX);
	for (i = 0; i < c->divertedc; i++) {
		expect(c->diverted[i][0] != '\0');
		expect_number(c->diverted[i]);
		for (n = 0; n < i; n++)
			expect(strcmp(c->diverted[i], c->diverted[n]) != 0);
	}
}


void caller_same(const struct caller *a, struct caller *b)
{
	b->trusted = a->trusted;
	b->verstat = a->verstat;
	memcpy(b->asserted, a->asserted, sizeof(b->asserted));
	expect(!memcmp(a, b, sizeof(*a)));
}
