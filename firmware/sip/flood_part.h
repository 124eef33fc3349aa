/**
 * @file firmware/sip/flood_part.h  What flood.c and refuse.c share
 */
#ifndef RINGFENCE_FLOOD_PART_H
#define RINGFENCE_FLOOD_PART_H

#include "firmware/sip/answered.h"
#include "firmware/sip/keyed_hash.h"
#include "firmware/sip/stack.h"

struct stack_flood {
	struct keyed_hash *hash;
	struct sip_lsnr *lsnr;
	struct answered known_calls; /**< those of our own server        */
	struct answered calls;       /**< all others, which may overflow */
};

/* refuse.c */
uint64_t stack_tag_handler(const struct sip_msg *msg);
bool stack_refused_cancel_handler(const struct sip_msg *msg, void *arg);

#endif
