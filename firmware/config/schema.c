/**
 * @file firmware/config/schema.c  Which sections and keys there are
 */
#include "firmware/config/schema.h"

#include <stdio.h>
#include <string.h>


enum {
	WORD_MAX = 32, /* longer than any name here */
	TYPO_MAX = 2,  /* wrong letters in a name that was perhaps meant */
	LIST_MAX = 384,
};

/* A key that may be left out, with the setting that its value goes to */
#define KEY(name_, readh_, type, member)                                      \
	{                                                                     \
		.name = (name_), .readh = (readh_),                           \
		.offset = offsetof(struct type, member),                      \
		.size = sizeof(((struct type *)0)->member)                    \
	}

/* A key that is needed, with what to write */
#define NEEDED(name_, readh_, type, member, example_)                         \
	{                                                                     \
		.name = (name_), .readh = (readh_),                           \
		.offset = offsetof(struct type, member),                      \
		.size = sizeof(((struct type *)0)->member),                   \
		.example = (example_)                                         \
	}

/* The same for a value that sets more than one member */
#define NEEDED_WHOLE(name_, readh_, example_)                                 \
	{                                                                     \
		.name = (name_), .readh = (readh_), .example = (example_)     \
	}

/* One that may be left out and sets more than one member, or makes more of
 * its value than a copy */
#define WHOLE(name_, readh_)                                                  \
	{                                                                     \
		.name = (name_), .readh = (readh_)                            \
	}

/* One that says whom a rule is for */
#define CONDITION(name_, readh_)                                              \
	{                                                                     \
		.name = (name_), .readh = (readh_), .condition = true         \
	}

#define REPLY(name_, i) KEY(name_, value_text, config, settings.reply[i])

#define CODE(name_, cause)                                                    \
	KEY(name_, value_scode, config, policy.scode[POLICY_CAUSE_##cause])

const struct schema_section schema[SCHEMA_SECTION_MAX] = {
	{.name = "phone",
	 .beginh = draft_begin_single,
	 .key = {KEY("display_name", value_quotable, config,
		     settings.display_name),
		 KEY("ring_timeout_s", value_timeout, config,
		     settings.ring_timeout_s),
		 KEY("notice", value_yes, config, settings.notice),
		 KEY("state", value_text, config, state),
		 KEY("disclose", value_disclose, config,
		     policy.disclose_nothing),
		 KEY("voicemail", value_voicemail, config,
		     settings.voicemail)}},

	{.name = "reply",
	 .beginh = draft_begin_single,
	 .key = {REPLY("text1", 0), REPLY("text2", 1), REPLY("text3", 2),
		 REPLY("text4", 3), REPLY("text5", 4)}},

	{.name = "sip",
	 .beginh = draft_begin_single,
	 .key = {KEY("listen", value_listen, config, sip.listen),
		 KEY("dns", value_listen, config, sip.dns)}},

	{.name = "account",
	 .named = true,
	 .beginh = draft_begin_account,
	 .key = {NEEDED_WHOLE("uri", value_uri, "sip:204@pbx.example.com"),
		 KEY("auth_user", value_quotable, sip_account, auth_user),
		 KEY("password_file", value_password, sip_account, password),
		 KEY("registrar", value_server, sip_account, registrar),
		 KEY("register", value_yes, sip_account, registers),
		 KEY("accept_from", value_accept, sip_account, accept)}},

	{.name = "reject",
	 .beginh = draft_begin_single,
	 .key = {WHOLE("button", value_button), CODE("rule", RULE),
		 CODE("hours", HOURS), CODE("dnd", DND), CODE("busy", BUSY),
		 CODE("no_answer", NO_ANSWER)}},

	{.name = "hours",
	 .beginh = draft_begin_hours,
	 .key = {NEEDED("timezone", value_zone, config, policy.zone,
			"Europe/Berlin"),
		 NEEDED("open", value_hours, config, policy.hours,
			"Mo-Fr 09:00-18:00"),
		 KEY("outside", value_outside, config, policy.outside),
		 WHOLE("holidays", value_holidays)}},

	{.name = "hours",
	 .title = "hours NAME",
	 .named = true,
	 .beginh = draft_begin_schedule,
	 .key = {NEEDED("open", value_hours, policy_hours, hours,
			"Mo-Fr 09:00-18:00")}},

	{.name = "rule",
	 .named = true,
	 .beginh = draft_begin_rule,
	 .endh = draft_end_rule,
	 .key = {CONDITION("number", value_numbers),
		 CONDITION("list", value_list),
		 CONDITION("contact", value_contact),
		 CONDITION("group", value_groups),
		 CONDITION("name", value_names),
		 CONDITION("domain", value_domains),
		 CONDITION("account", value_accounts),
		 CONDITION("anonymous", value_anonymous),
		 CONDITION("asserted", value_asserted),
		 CONDITION("verstat", value_verstat),
		 CONDITION("diverted", value_diverted),
		 CONDITION("when", value_when),
		 CONDITION("called_before_min", value_called_before),
		 CONDITION("anyone", value_anyone),
		 NEEDED_WHOLE("action", value_action, "reject"),
		 KEY("tone", value_tone, policy_rule, ringtone),
		 KEY("lamp", value_lamp, policy_rule, lamp)}},

	{.name = "audio",
	 .beginh = draft_begin_single,
	 .key = {KEY("device", value_text, config, sip.audio.device),
		 KEY("handset", value_text, config,
		     sip.audio.path[AUDIO_PATH_HANDSET]),
		 KEY("speaker", value_text, config,
		     sip.audio.path[AUDIO_PATH_SPEAKER]),
		 KEY("ring", value_text, config, sip.audio.ring)}},

	{.name = "control",
	 .beginh = draft_begin_single,
	 .key = {KEY("socket", value_text, config, control_socket)}},

	{.name = "dialplan",
	 .beginh = draft_begin_plan,
	 .key = {NEEDED("country_code", value_country, draft_plan,
			given.country_code, "49"),
		 WHOLE("trunk_prefix", value_trunk),
		 KEY("international_prefix", value_prefix, draft_plan,
		     given.international_prefix),
		 KEY("min_national", value_min_national, draft_plan,
		     given.min_national)}},

	{.name = "contacts",
	 .beginh = draft_begin_single,
	 .key = {NEEDED_WHOLE("file", value_contacts,
			      "/etc/ringfence/contacts.vcf")}},

	{.name = "emergency",
	 .beginh = draft_begin_single,
	 .key = {KEY("numbers", value_emergency, config, policy.emergency),
		 KEY("window_min", value_window, config,
		     policy.emergency.window_s)}},

	{.name = "limits",
	 .beginh = draft_begin_single,
	 .key = {KEY("source_per_min", value_per_min, config,
		     policy.limit.source_per_min),
		 KEY("all_per_min", value_per_min, config,
		     policy.limit.all_per_min)}},

	{.name = "board", .board = true, .beginh = draft_begin_single},
};


static bool is_name(const struct ini_text *text, const char *name)
{
	return name && strlen(name) == text->len &&
	       !memcmp(text->p, name, text->len);
}


size_t schema_section_find(const struct ini_text *kind,
			   const struct ini_text *name)
{
	size_t found = SCHEMA_SECTION_MAX;

	for (size_t i = 0; i < SCHEMA_SECTION_MAX; i++) {
		if (!is_name(kind, schema[i].name))
			continue;
		if (schema[i].named == (name->len > 0))
			return i;
		found = i;
	}

	return found;
}


const char *schema_section_title(const struct schema_section *section)
{
	return section->title ? section->title : section->name;
}


/* The key without "not." in front, if it has it */
static struct ini_text negation_cut(const struct ini_text *name, bool *negated)
{
	static const char in_front[] = "not.";
	const size_t n = strlen(in_front);
	struct ini_text rest = *name;

	*negated = name->len > n && !memcmp(name->p, in_front, n);
	if (*negated) {
		rest.p += n;
		rest.len -= n;
	}

	return rest;
}


size_t schema_key_find(const struct schema_section *section,
		       const struct ini_text *name, bool *negated)
{
	const struct ini_text rest = negation_cut(name, negated);
	size_t i;

	for (i = 0; i < SCHEMA_KEY_MAX; i++) {
		const struct schema_key *key = &section->key[i];

		if (is_name(&rest, key->name) && (key->condition || !*negated))
			break;
	}

	return i;
}


static size_t least(size_t a, size_t b, size_t c)
{
	const size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}


/* How many letters to insert, remove or change (Levenshtein 1966); capitals
 * are no difference */
static size_t distance(const struct ini_text *text, const char *name)
{
	const size_t n = strlen(name);
	size_t row[WORD_MAX + 1];

	if (text->len > WORD_MAX || n > WORD_MAX)
		return WORD_MAX;

	for (size_t k = 0; k <= n; k++)
		row[k] = k;
	for (size_t i = 0; i < text->len; i++) {
		size_t before = row[0];

		row[0] = i + 1;
		for (size_t k = 0; k < n; k++) {
			const size_t change =
				before + (text_lower(text->p[i]) != text_lower(name[k]));

			before = row[k + 1];
			row[k + 1] = least(change, before + 1, row[k] + 1);
		}
	}

	return row[n];
}


/* The names that there are and the nearest, if one was perhaps meant */
struct choice {
	const struct ini_text *text;
	char list[LIST_MAX];
	size_t used;
	const char *nearest;
	size_t nearest_distance;
};


static void choice_add(struct choice *c, const char *name, const char *before,
		       const char *after)
{
	size_t d;
	int n;

	if (!name)
		return;

	d = distance(c->text, name);
	if (d < c->nearest_distance && d < strlen(name)) {
		c->nearest_distance = d;
		c->nearest = name;
	}

	n = snprintf(c->list + c->used, sizeof(c->list) - c->used, "%s%s%s%s",
		     c->used ? ", " : "", before, name, after);
	if (n > 0 && (size_t)n < sizeof(c->list) - c->used)
		c->used += (size_t)n;
}


static struct choice choice_of(const struct ini_text *text)
{
	return (struct choice){
		.text = text,
		.nearest_distance = TYPO_MAX + 1,
	};
}


void schema_section_unknown(struct config_errors *errors,
			    const struct ini_text *name)
{
	struct choice c = choice_of(name);

	for (size_t i = 0; i < SCHEMA_SECTION_MAX; i++)
		choice_add(&c, schema[i].name, "[",
			   schema[i].named ? " NAME]" : "]");

	config_errors_add(errors, name->line, name->col,
			  "unknown section: %s%s%sthere are %s",
			  c.nearest ? "perhaps [" : "",
			  c.nearest ? c.nearest : "", c.nearest ? "]; " : "",
			  c.list);
}


void schema_key_unknown(struct config_errors *errors,
			const struct schema_section *section,
			const struct ini_text *name)
{
	bool negated, conditions = false;
	const struct ini_text rest = negation_cut(name, &negated);
	struct choice c = choice_of(&rest);

	for (size_t i = 0; i < SCHEMA_KEY_MAX; i++) {
		conditions = conditions || section->key[i].condition;
		choice_add(&c, section->key[i].name, "", "");
	}
	negated = negated && conditions;

	config_errors_add(
		errors, name->line, name->col,
		"unknown key: %s%s%s%s[%s] has %s%s",
		c.nearest ? "perhaps \"" : "",
		c.nearest && negated ? "not." : "", c.nearest ? c.nearest : "",
		c.nearest ? "\"; " : "", schema_section_title(section), c.list,
		conditions ? ", and not.KEY for what must not be" : "");
}
