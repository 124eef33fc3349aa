/**
 * @file firmware/control/answer.c  The answers of docs/interface.md, as JSON
 */
#include "firmware/control/answer.h"

#include "firmware/clock.h"
#include "firmware/object.h"
#include "firmware/shell.h"

#include <errno.h>
#include <string.h>

#include <re.h>

enum {
	TEXT_SIZE = 512,
	LINE_SIZE = 2048, /**< about what `show` takes */
};


/* What stands in an array needs a key, too: any does, it is not printed */
static const char item[] = "";


int answer_alloc(struct odict **op, bool ok)
{
	struct odict *o;
	int err;

	err = odict_alloc(&o, OBJECT_HASH_SIZE);
	if (err)
		return err;

	err = object_put_bool(o, "ok", ok);
	if (err)
		mem_deref(o);
	else
		*op = o;

	return err;
}


int answer_error(struct odict **op, const char *what)
{
	char clean[TEXT_SIZE];
	struct odict *o;
	int err;

	err = answer_alloc(&o, false);
	if (err)
		return err;

	(void)text_clean(clean, sizeof(clean), what, strlen(what));
	err = object_put_string(o, "error", clean);
	if (err)
		mem_deref(o);
	else
		*op = o;

	return err;
}


static int put_lines(struct odict *o, const struct view *v)
{
	struct odict *lines = object_put_container(o, "lines", ODICT_ARRAY);
	char text[2 * VIEW_TEXT_MAX];
	int err = 0;

	if (!lines)
		return ENOMEM;

	for (size_t i = 0; i < VIEW_ROW_COUNT && !err; i++) {
		view_row_text(text, sizeof(text), &v->row[i]);
		err = object_put_string(lines, item, text);
	}

	return err;
}


static int put_softkeys(struct odict *o, const struct view *v)
{
	struct odict *keys = object_put_container(o, "softkeys", ODICT_ARRAY);
	int err = 0;

	if (!keys)
		return ENOMEM;

	for (size_t i = 0; i < SOFTKEY_COUNT_MAX && !err; i++)
		err = object_put_string(keys, item, softkey_name(v->key[i]));

	return err;
}


static int put_leds(struct odict *o, const struct view *v)
{
	struct odict *leds = object_put_container(o, "leds", ODICT_OBJECT);
	int err = 0;

	if (!leds)
		return ENOMEM;

	for (int i = 0; i < LED_COUNT && !err; i++) {
		const struct led_pattern *p = &v->led[i];
		struct odict *led;

		led = object_put_container(leds, led_name((enum led)i), ODICT_OBJECT);
		if (!led)
			return ENOMEM;

		err = object_put_string(led, "colour", led_colour_name(p->colour));
		if (!err)
			err = object_put_int(led, "on_ms", p->on_ms);
		if (!err)
			err = object_put_int(led, "off_ms", p->off_ms);
	}

	return err;
}


static int put_bound(struct odict *o, const struct sip_stack *sip)
{
	struct odict *bound = object_put_container(o, "sip", ODICT_ARRAY);
	char address[SIP_ADDRESS_MAX];
	int err = 0;

	if (!bound)
		return ENOMEM;

	for (size_t i = 0; !err && !sip_stack_bound(sip, i, address); i++)
		err = object_put_string(bound, item, address);

	return err;
}


static const char *reg_name(enum phone_reg reg)
{
	switch (reg) {

	case PHONE_REG_OFF:
		return "off";
	case PHONE_REG_PENDING:
		return "pending";
	case PHONE_REG_OK:
		return "ok";
	case PHONE_REG_FAILED:
		return "failed";
	}

	return "off";
}


static int put_accounts(struct odict *o, const struct phone *p)
{
	struct odict *accounts = object_put_container(o, "accounts", ODICT_ARRAY);
	int err = 0;

	if (!accounts)
		return ENOMEM;

	for (size_t i = 0; i < p->settings->accountc && !err; i++) {
		const struct phone_registration *reg = &p->reg[i];
		struct odict *account;

		account = object_put_container(accounts, item, ODICT_OBJECT);
		if (!account)
			return ENOMEM;

		err = object_put_string(account, "name",
				 p->settings->account[i].name);
		if (!err)
			err = object_put_string(account, "registration",
					 reg_name(reg->reg));
		if (!err)
			err = object_put_int(account, "code", reg->scode);
		if (!err)
			err = object_put_int(account, "others", reg->others);
	}

	return err;
}


static int put_media(struct odict *o, const struct sip_stack *sip)
{
	struct sip_media media;
	struct odict *m;
	int err;

	if (sip_stack_media(sip, &media))
		return odict_entry_add(o, "media", ODICT_NULL);

	m = object_put_container(o, "media", ODICT_OBJECT);
	if (!m)
		return ENOMEM;

	err = object_put_string(m, "codec", media.codec);
	if (!err)
		err = object_put_int(m, "sent", media.sent);
	if (!err)
		err = object_put_int(m, "received", media.received);

	return err;
}


static int put_state(struct odict *o, const struct phone *p)
{
	const struct call *call = phone_current(p);
	int err;

	err = object_put_bool(o, "dnd", p->dnd);
	if (!err)
		err = object_put_bool(o, "muted", call && call->muted);
	if (!err)
		err = object_put_int(o, "missed", p->history.unseen);

	return err;
}


static int put_audio(struct odict *o, const struct sip_stack *sip,
		     enum audio_path path)
{
	const char *device = sip_stack_audio_device(sip, path);
	int err;

	err = object_put_string_or_null(o, "audio",
				 strcmp(device, "null") ? device : NULL);
	if (!err)
		err = object_put_string(o, "audio_path", audio_path_name(path));

	return err;
}


static int put_config_error(struct odict *o, const char *error)
{
	char clean[TEXT_SIZE];

	if (error)
		(void)text_clean(clean, sizeof(clean), error, strlen(error));

	return object_put_string_or_null(o, "config_error", error ? clean : NULL);
}


int answer_show(struct odict *o, struct shell *sh)
{
	const struct sip_stack *sip = shell_sip(sh);
	const struct phone *p = shell_phone(sh);
	struct view v;
	int err;

	shell_view(sh, &v);

	err = object_put_string(o, "state", phone_face_name(v.face));
	if (!err)
		err = put_lines(o, &v);
	if (!err)
		err = put_softkeys(o, &v);
	if (!err)
		err = put_leds(o, &v);
	if (!err)
		err = object_put_string(o, "tone", tone_name(v.tone));
	if (!err)
		err = put_bound(o, sip);
	if (!err)
		err = put_state(o, p);
	if (!err)
		err = put_audio(o, sip, v.path);
	if (!err)
		err = put_accounts(o, p);
	if (!err)
		err = object_put_int(o, "ignored",
			      (int64_t)sip_stack_ignored(sip));
	if (!err)
		err = put_media(o, sip);
	if (!err)
		err = put_config_error(o, shell_config_error(sh));

	return err;
}


static int put_call(struct odict *o, const struct history_entry *e)
{
	const bool rule = e->by == DECIDED_RULE;
	char start[CLOCK_TEXT_MAX];
	int err;

	clock_print(start, e->start_s);

	err = object_put_string(o, "direction", e->outgoing ? "out" : "in");
	if (!err)
		err = object_put_string(o, "number", e->party.user);
	if (!err)
		err = object_put_string(o, "uri", e->party.uri);
	if (!err)
		err = object_put_string(o, "name", e->party.name);
	if (!err)
		err = object_put_string_or_null(o, "start",
					 e->start_valid ? start : NULL);
	if (!err)
		err = object_put_int(o, "duration_s", e->talk_s);
	if (!err)
		err = object_put_int(o, "code", e->scode);
	if (!err)
		err = object_put_string(o, "phrase", e->phrase);
	if (!err)
		err = object_put_string(o, "decided_by", decided_name(e->by));
	if (!err)
		err = object_put_string_or_null(o, "rule", rule ? e->rule : NULL);
	if (!err)
		err = rule ? object_put_int(o, "line", e->line)
			   : odict_entry_add(o, "line", ODICT_NULL);
	if (!err)
		err = object_put_bool(o, "missed", e->missed);

	return err;
}


int answer_history(struct odict *o, const struct history *h)
{
	struct odict *calls = object_put_container(o, "calls", ODICT_ARRAY);
	const struct history_entry *e;
	int err = 0;

	if (!calls)
		return ENOMEM;

	for (size_t i = 0; !err && (e = history_at(h, i)); i++) {
		struct odict *call = object_put_container(calls, item, ODICT_OBJECT);

		err = call ? put_call(call, e) : ENOMEM;
	}

	return err;
}


int answer_blocked(struct odict *o, const struct policy *p)
{
	struct odict *blocked = object_put_container(o, "blocked", ODICT_ARRAY);
	int err = blocked ? 0 : ENOMEM;

	for (size_t i = 0; i < p->blockc && !err; i++)
		err = object_put_string(blocked, item, p->blockv[i]);

	return err;
}


int answer_restart(struct odict *o, const bool changed[CONFIG_START_COUNT])
{
	struct odict *restart = object_put_container(o, "restart", ODICT_ARRAY);
	int err = restart ? 0 : ENOMEM;

	for (int i = 0; i < CONFIG_START_COUNT && !err; i++) {
		if (changed[i])
			err = object_put_string(
				restart, item,
				config_start_name((enum config_start)i));
	}

	return err;
}


void answer_free(struct odict *o)
{
	mem_deref(o);
}


int answer_print(struct answer_line *line, const struct odict *o)
{
	struct mbuf *mb;
	int err;

	mb = mbuf_alloc(LINE_SIZE);
	if (!mb)
		return ENOMEM;

	err = mbuf_printf(mb, "%H\n", json_encode_odict, o);
	if (!err)
		err = mbuf_write_u8(mb, 0);
	if (err) {
		mem_deref(mb);
		return err;
	}

	line->mb = mb;
	line->text = (const char *)mb->buf;
	line->len = mb->end - 1;

	return 0;
}


void answer_line_free(struct answer_line *line)
{
	mem_deref(line->mb);
	memset(line, 0, sizeof(*line));
}
