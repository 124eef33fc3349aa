/**
 * @file firmware/control/tap.h  A finger that presses keys, one at a time
 *
 * For a simulated board only. A tap that has begun is ended whatever becomes
 * of the client that asked for it, and the next one waits until the key has
 * settled: so taps come out in the order in which they came in.
 */
#ifndef RINGFENCE_CONTROL_TAP_H
#define RINGFENCE_CONTROL_TAP_H

#include "hal/button.h"

#include <stdint.h>

enum {
	TAP_DEFAULT_MS = 50,
	TAP_MAX_MS = 10000,
	TAP_QUEUE_MAX = 64,
};

struct control_client;
struct shell;
struct taps;

/** @return 0 or ENOMEM; freed by mem_deref */
int taps_alloc(struct taps **tapsp, struct shell *sh);

/**
 * Press a key, and release it after ms
 *
 * The client is answered when the key is up again and the phone has acted.
 *
 * @return 0, ENOSPC if too many wait, ENOMEM
 */
int taps_add(struct taps *taps, enum button button, uint32_t ms,
	     struct control_client *client);

/** Nobody waits for this client's answers any more */
void taps_forget(struct taps *taps, const struct control_client *client);

#endif
