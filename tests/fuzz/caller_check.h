/**
 * @file tests/fuzz/caller_check.h  What the policy may rely on of a caller
 */
#ifndef RINGFENCE_TEST_FUZZ_CALLER_CHECK_H
#define RINGFENCE_TEST_FUZZ_CALLER_CHECK_H

#include "app/policy/caller.h"

/** Clean text, normalised numbers, and nothing asserted by who is not trusted;
    what does not hold is a finding */
void caller_check(const struct caller *c, bool trusted);

/** What is asserted has no say in the rest
 *
 * @param a The caller, trusted
 * @param b The same, not trusted; is changed
 */
void caller_same(const struct caller *a, struct caller *b);

#endif
