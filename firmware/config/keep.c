/**
 * @file firmware/config/keep.c  What counts only when the phone starts
 */
#include "firmware/config/keep.h"

#include <string.h>

#include "firmware/config/draft.h"


const char *config_start_name(enum config_start part)
{
	static const char *const name[CONFIG_START_COUNT] = {
#define X(id, text) [CONFIG_START_##id] = text,
		CONFIG_START_TABLE(X)
#undef X
	};

	return name[part];
}


/** A mask of the new file's accounts as one of those that run */
static uint64_t accounts_map(uint64_t mask, const struct sip_config *from,
			     const struct sip_config *to)
{
	uint64_t mapped = 0;

	for (size_t i = 0; i < from->accountc; i++) {
		if (!(mask >> i & 1))
			continue;
		for (size_t k = 0; k < to->accountc; k++) {
			if (!strcmp(from->account[i].name,
				    to->account[k].name))
				mapped |= UINT64_C(1) << k;
		}
	}

	return mapped;
}


static void rules_map(struct config_loaded *out, const struct sip_config *to)
{
	for (size_t i = 0; i < out->config.policy.rulec; i++) {
		const struct policy_rule *rule = &out->rulev[i];
		/* The matches are ours: they stand in out->arena */
		struct policy_match *m =
			(void *)(uintptr_t)(const void *)rule->matchv;

		for (size_t k = 0; k < rule->matchc; k++) {
			if (m[k].kind == POLICY_MATCH_ACCOUNT)
				m[k].mask = accounts_map(m[k].mask,
							 &out->config.sip, to);
		}
	}
}


/** Keep a member as it was; @return whether it was different */
static bool member_keep(void *member, const void *running, size_t size)
{
	const bool changed = memcmp(member, running, size) != 0;

	memcpy(member, running, size);

	return changed;
}


#define KEEP(cfg, running, member)                                            \
	member_keep(&(cfg)->member, &(running)->member, sizeof((cfg)->member))


/* All of it was zeroed before it was read, so that bytes can be compared:
   what is added to it later is compared too */
static void sip_keep(struct sip_config *sip, const struct sip_config *running,
		     bool changed[CONFIG_START_COUNT])
{
	changed[CONFIG_START_ACCOUNT] = KEEP(sip, running, account);
	changed[CONFIG_START_ACCOUNT] |= KEEP(sip, running, accountc);
	changed[CONFIG_START_AUDIO] = KEEP(sip, running, audio);
	changed[CONFIG_START_NAME] = KEEP(sip, running, display_name);
	changed[CONFIG_START_SIP] = member_keep(sip, running, sizeof(*sip));
}


static bool board_same(const struct config *a, const struct config *b)
{
	if (a->boardc != b->boardc)
		return false;

	for (size_t i = 0; i < a->boardc; i++) {
		if (strcmp(a->boardv[i].key, b->boardv[i].key) != 0 ||
		    strcmp(a->boardv[i].value, b->boardv[i].value) != 0)
			return false;
	}

	return true;
}


/* They are freed with the configuration that has them: they change places */
static void board_swap(struct config_loaded *a, struct config_loaded *b)
{
	struct board_setting *v = a->boardv;
	const size_t n = a->config.boardc;

	a->boardv = b->boardv;
	a->config.boardv = b->config.boardv;
	a->config.boardc = b->config.boardc;
	b->boardv = v;
	b->config.boardv = v;
	b->config.boardc = n;
}


void config_keep(struct config *cfg, struct config *running,
		 bool changed[CONFIG_START_COUNT])
{
	struct config_loaded *out = (void *)cfg;
	struct config_loaded *old = (void *)running;

	rules_map(out, &running->sip);
	sip_keep(&cfg->sip, &running->sip, changed);
	memcpy(cfg->settings.account, running->settings.account,
	       sizeof(cfg->settings.account));
	cfg->settings.accountc = running->settings.accountc;

	changed[CONFIG_START_CONTROL] = KEEP(cfg, running, control_socket);
	changed[CONFIG_START_STATE] = KEEP(cfg, running, state);

	changed[CONFIG_START_BOARD] = !board_same(cfg, running);
	board_swap(out, old);
}
