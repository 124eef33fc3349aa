/**
 * @file agent.h  A baresip user agent on 127.0.0.1
 */
#ifndef PATCHES_AGENT_H
#define PATCHES_AGENT_H

#include "tests/patches/loop.h"
#include <rem.h>
#include <baresip.h>

/** What the agent told last, of the kind that the test waits for */
struct agent {
	struct ua *ua;
	struct sa addr;        /**< where it listens by UDP      */
	enum ua_event wanted;
	unsigned count;
	char text[256];
};

/**
 * Start baresip with one account
 *
 * @param config Lines of its configuration
 * @param aor    The account
 * @param wanted Event that is counted and kept, and ends loop_run
 */
void agent_open(struct agent *agent, const char *config, const char *aor,
		enum ua_event wanted);

void agent_close(struct agent *agent);

#endif
